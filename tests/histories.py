"""Random histories of a district, played through actions: members come, move and leave, units
are founded, renamed, moved, merged, split and closed, some of it recorded late or reversed."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction

from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger import actions
from giaoban.ledger.accounts import Account
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.queries import roster, standings
from giaoban.ledger.reorganisation import (
    close_unit,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from giaoban.units.queries import lives
from giaoban.units.rules import NewUnit, children_on
from tests.world import World


def examples(number: int) -> int:
    """How many histories a property plays: ``number``, or as many as EXAMPLES asks for."""
    return int(os.environ.get("EXAMPLES", number))


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction that leaves nothing behind: one for each example of a property."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


START = date(2018, 1, 1)
BASIS = BasisOn("09-NQ/TU", date(2017, 12, 1), "Thành ủy", "Nghị quyết")


class History:
    """A world that goes on by random acts; refused ones leave no mark and are counted."""

    def __init__(self, world: World, seed: int, days_apart: int = 12) -> None:
        self.world, self.random = world, random.Random(seed)
        self.days_apart = days_apart
        self.day = START
        self.persons: list[int] = []
        self.entries: list[int] = []
        self.refused: list[RuleBroken] = []
        self.codes = 0

    def by(self) -> Recorder:
        return self.world.by(self.day)

    def open_units(self, day: date, family: str = "party") -> list[int]:
        found = lives(None, AsOf(day, head().number)).values()
        return sorted(u.id for u in found if u.open_on(day) and u.family == family)

    def effective(self) -> date:
        """Mostly today, sometimes up to 200 days ago."""
        late = self.random.random() < 0.3
        return self.day - timedelta(days=self.random.randrange(200) if late else 0)

    def play(self, steps: int) -> History:
        """Go on for a number of acts, fewer than ``days_apart`` days from one to the next."""
        acts: list[tuple[Callable[[], int], int]] = [
            (self.admit, 6), (self.arrive, 3), (self.leave, 4), (self.recognise, 3),
            (self.transfer, 5), (self.paper, 4), (self.reverse, 2), (self.found, 2),
            (self.move, 3), (self.merge, 3), (self.split, 3), (self.close, 1), (self.rename, 1),
        ]  # fmt: skip
        choices = [act for act, weight in acts for _ in range(weight)]
        for _ in range(steps):
            self.day += timedelta(days=self.random.randrange(self.days_apart))
            try:
                self.entries.append(self.random.choice(choices)())
            except RuleBroken as refused:
                self.refused.append(refused)
        return self

    def new_person(self) -> int:
        person = self.world.person(f"Nguyễn Văn {chr(65 + len(self.persons) % 26)}")
        self.persons.append(person)
        return person

    def somebody(self) -> tuple[int, int]:
        """(person, unit) of somebody who stands somewhere today, or a newcomer."""
        places = sorted(standings(self.persons, AsOf(self.day, head().number)))
        if not places:
            return self.new_person(), self.random.choice(self.open_units(self.day))
        place = self.random.choice(places)
        return place.person, place.unit

    def admit(self) -> int:
        on = self.effective()
        unit = self.random.choice(self.open_units(on))
        return actions.admit_member(
            person=self.new_person(), unit=unit, decided_on=on, ceremony_on=on, basis=BASIS,
            by=self.by(),
        )  # fmt: skip

    def arrive(self) -> int:
        on = self.effective()
        unit = self.random.choice(self.open_units(on))
        return actions.receive_arrival(
            person=self.new_person(), unit=unit, received_on=on, basis=BASIS, by=self.by()
        )

    def leave(self) -> int:
        person, unit = self.somebody()
        act = self.random.choice(
            [actions.record_departure, actions.record_death, actions.strike_off_member]
        )
        return act(person=person, unit=unit, left_on=self.effective(), basis=BASIS, by=self.by())

    def recognise(self) -> int:
        person, unit = self.somebody()
        on = self.effective()
        return actions.recognise_member(
            person=person, unit=unit, approved_on=on, full_on=on, note="theo quyết định",
            basis=BASIS, by=self.by(),
        )  # fmt: skip

    def transfer(self) -> int:
        person, unit = self.somebody()
        to = self.random.choice(self.open_units(self.day))
        return actions.transfer_member(
            person=person, unit=unit, to=to, on=self.effective(), basis=BASIS, by=self.by()
        )

    def paper(self) -> int:
        person, unit = self.somebody()
        places = standings([person], AsOf(self.day, head().number))
        if places and Account(places[0].account).is_in_transit:
            to = self.random.choice(self.open_units(self.day))
            return actions.receive_transfer(
                person=person, unit=to, received_on=self.day, by=self.by()
            )
        return actions.give_transfer_paper(
            person=person, unit=unit, given_on=self.effective(), basis=BASIS, by=self.by()
        )

    def reverse(self) -> int:
        if not self.entries:
            return self.admit()
        return reverse_entry(self.random.choice(self.entries), reason="ghi nhầm", by=self.by())

    def new_unit(self, parent: int) -> NewUnit:
        self.codes += 1
        code = lives([parent], AsOf(self.day, head().number))[parent].code
        return NewUnit(code=f"M{self.codes}", kind="party-base", name=f"Đảng bộ {self.codes}",
                       parent=code)  # fmt: skip

    def found(self) -> int:
        parent = self.random.choice(self.open_units(self.day))
        return found_unit(self.new_unit(parent), on=self.day, basis=BASIS, by=self.by())

    def below_the_top(self) -> int:
        top = {self.world.unit("TP")}
        if self.random.random() < 0.8:  # the district itself ends now and then
            top.add(self.world.unit("HU"))
        found = [u for u in self.open_units(self.day) if u not in top]
        if not found:
            self.found()
            return self.below_the_top()
        return self.random.choice(found)

    def move(self) -> int:
        parent = self.random.choice(self.open_units(self.day))
        return move_unit(
            self.below_the_top(), parent, on=self.effective(), basis=BASIS, by=self.by()
        )

    def merge(self) -> int:
        sources = {self.below_the_top() for _ in range(self.random.choice((1, 2)))}
        into: int | NewUnit = self.random.choice(self.open_units(self.day))
        if self.random.random() < 0.5:
            into = self.new_unit(self.world.unit("TP"))
        return merge_units(sorted(sources), into, on=self.day, basis=BASIS, by=self.by())

    def split(self) -> int:
        unit, now = self.below_the_top(), AsOf(self.day, head().number)
        stays = self.random.random() < 0.3
        above = self.random.choice([u for u in self.open_units(self.day) if u != unit])
        successors: list[int | NewUnit] = [self.new_unit(above) for _ in range(2)]
        if self.random.random() < 0.5:
            successors[1] = self.random.choice(self.open_units(self.day))
        names = lives(None, now)
        codes = [s.code if isinstance(s, NewUnit) else names[s].code for s in successors]
        codes += [names[unit].code] if stays else []
        pick = self.random.choice
        return split_unit(
            unit, successors, on=self.day, stays=stays, basis=BASIS, by=self.by(),
            members={place.person: pick(codes) for place in roster([unit], now)},
            units_below={names[c].code: pick(codes) for c in children_on(unit, now)},
        )  # fmt: skip

    def close(self) -> int:
        return close_unit(self.below_the_top(), on=self.day, basis=BASIS, by=self.by())

    def rename(self) -> int:
        return rename_unit(self.below_the_top(), "Đảng bộ tên mới", on=self.day, basis=BASIS,
                           by=self.by())  # fmt: skip
