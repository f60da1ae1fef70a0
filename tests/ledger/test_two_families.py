"""Two families in one tree: members of both, unions below Party units that merge, split and close.

The histories of ``test_random_histories.py``, each act now of the Party, now of the unions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.journal.queries import AsOf, head
from giaoban.ledger.queries import standings
from giaoban.units.queries import lives
from giaoban.units.rules import NewUnit
from tests.histories import History, examples, rolled_back
from tests.ledger.test_random_histories import LateHistory, check_answers, check_totals
from tests.world import World

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
KINDS = {"party": "party-base", "union": "union-base"}


class TwoFamilies(LateHistory):
    """A history whose acts are of either family; a third of the newcomers are known already."""

    family = "party"

    def play(self, steps: int) -> History:
        for _ in range(steps):
            self.family = self.random.choice(("party", "party", "union"))
            super().play(1)
        return self

    def open_units(self, day: date, family: str = "") -> list[int]:
        return super().open_units(day, family or self.family)

    def below_the_top(self) -> int:
        unit = super().below_the_top()
        while unit == self.world.unit("LD"):  # the unions' top stays
            if len(self.open_units(self.day)) == 1:
                self.found()
            unit = super().below_the_top()
        return unit

    def new_person(self) -> int:
        if self.persons and self.random.random() < 0.35:
            return self.random.choice(self.persons)
        return super().new_person()

    def somebody(self) -> tuple[int, int]:
        now = AsOf(self.day, head().number)
        families = {unit: life.family for unit, life in lives(None, now).items()}
        mine = [p for p in standings(self.persons, now) if families[p.unit] == self.family]
        if not mine:
            return self.new_person(), self.random.choice(self.open_units(self.day))
        place = self.random.choice(sorted(mine))
        return place.person, place.unit

    def new_unit(self, parent: int) -> NewUnit:
        if self.family == "union" and self.random.random() < 0.6:
            parent = self.random.choice(self.open_units(self.day, "party"))
        return replace(super().new_unit(parent), kind=KINDS[self.family])


@settings(max_examples=examples(4), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6), steps=st.integers(40, 80))
def test_the_books_answer_what_the_legs_say(world: World, seed: int, steps: int) -> None:
    with rolled_back():
        check_answers(TwoFamilies(replace(world), seed).play(steps))


@settings(max_examples=examples(2), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6))
def test_reorganisations_change_no_total(world: World, seed: int) -> None:
    with rolled_back():
        check_totals(TwoFamilies(replace(world), seed).play(60))


def test_both_families_live_in_these_histories(world: World) -> None:
    """What is tried is really there: unions below Party units that end, persons in both."""
    seen: Counter[str] = Counter()
    for seed in range(2):
        with rolled_back():
            history = TwoFamilies(replace(world), seed).play(80)
            as_of = AsOf(history.day, head().number)
            families = {unit: life.family for unit, life in lives(None, as_of).items()}
            for day in range(0, 900, 60):
                at = AsOf(history.day - timedelta(days=day), head().number)
                stood: dict[int, set[str]] = {}
                for place in standings(history.persons, at):
                    assert families[place.unit] not in stood.setdefault(place.person, set())
                    stood[place.person].add(families[place.unit])
                seen["both"] += sum(len(one) == 2 for one in stood.values())
            seen["merged"] += sum(
                life.closed is not None and life.family == "union"
                for life in lives(None, as_of).values()
            )
    assert seen["both"]
    assert seen["merged"]
