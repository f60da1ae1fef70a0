"""Tells a story of the books, written so that a clerk could read it.

One act or one look into the books a line; ``#`` begins a comment. A day is when the act holds; the
clerk records it the same day, or on the day after ``recorded``, never earlier than the line above::

    2018-03-05  [admission] admit An to CY1
    2019-04-20  recognise An in CY1
    2019-03-04  An is probationary in CY1
    2019-05-01  expel Binh from CY1                             !! not_a_member
    2018-05-02  An dies in CY1, recorded 2019-07-01
    2019-08-01  reverse [admission]                             !! later_movement
    2025-07-01  split CY into new CYA, new CYB: An to CYA, CY1 to CYA, CY2 to CYB
    2025-07-01  CY has 3 members

``!! code`` expects the refusal with that code, and that nothing was recorded by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger import actions, reorganisation
from giaoban.ledger.accounts import Account
from giaoban.ledger.corrections import correct_entry, reverse_entry
from giaoban.ledger.joining import Admission
from giaoban.ledger.queries import standings, strength
from giaoban.units.queries import lives
from giaoban.units.rules import NewUnit, children_on
from tests.world import World

STANDINGS = {
    "probationary": Account.PROBATIONARY,
    "full": Account.FULL,
    "probationary, in transit,": Account.PROBATIONARY_IN_TRANSIT,
    "full, in transit,": Account.FULL_IN_TRANSIT,
}
_LINE = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)\s+(?:\[(?P<label>\w+)\]\s+)?(?P<act>.+?)"
    r"(?:, recorded (?P<recorded>\d{4}-\d\d-\d\d))?(?:\s+!!\s*(?P<code>\w+))?$"
)
_VIA = re.compile(r" going from (\w+) to (\w+)$")

Teller = Callable[..., Any]
_ACTS: list[tuple[re.Pattern[str], Teller]] = []


def act(pattern: str) -> Callable[[Teller], Teller]:
    """Let a function tell the lines of this pattern."""

    def known(teller: Teller) -> Teller:
        _ACTS.append((re.compile(pattern + "$"), teller))
        return teller

    return known


class Story:
    """A story being told in a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.persons: dict[str, int] = {}
        self.entries: dict[str, int] = {}
        self.recorded: date | None = None
        self.paper: dict[str, Any] = {}

    def tell(self, text: str) -> Story:
        """Play every line, or fail naming the one that went otherwise."""
        for raw in text.splitlines():
            line = raw.split("#")[0].strip()
            if line:
                self._line(line)
        return self

    def _line(self, line: str) -> None:
        found = _LINE.match(line)
        assert found, f"cannot read: {line}"
        day = date.fromisoformat(found["day"])
        self.recorded = date.fromisoformat(found["recorded"]) if found["recorded"] else day
        before, refusal, number = _acts_recorded(), None, None
        try:
            number = self._act(found["act"].strip(), day)
        except RuleBroken as refused:
            refusal = refused
        assert (refusal.code if refusal else None) == found["code"], f"{line}\n  {refusal}"
        assert refusal is None or _acts_recorded() == before, f"{line}\n  left a mark"
        if found["label"] and number:
            self.entries[found["label"]] = number

    def _act(self, text: str, day: date) -> Any:
        self.paper = {}
        if via := _VIA.search(text):
            text = text[: via.start()]
            self.paper["destinations"] = {self.unit(via[1]): self.unit(via[2])}
        for pattern, teller in _ACTS:
            if found := pattern.match(text):
                return teller(self, day, **found.groupdict())
        raise AssertionError(f"nobody knows how to tell: {text}")

    # What the tellers need ----------------------------------------------------------------

    def by(self) -> Recorder:
        return self.world.by(self.recorded)

    def basis(self, day: date) -> BasisOn:
        return BasisOn(f"{day:%d%m}-QĐ/HU", day, "Huyện ủy")

    def person(self, name: str) -> int:
        if name not in self.persons:
            self.persons[name] = self.world.person(f"Nguyễn Văn {name}")
        return self.persons[name]

    def unit(self, code: str) -> int:
        return self.world.unit(code)

    def new_or_old(self, text: str, like: int, day: date) -> int | NewUnit:
        """``CY`` is a unit of the world; ``new CYA`` one of the same kind and parent as another."""
        if not text.startswith("new "):
            return self.unit(text)
        code = text.removeprefix("new ").split()[0]
        under = text.split(" under ")[1] if " under " in text else None
        life = lives([like], AsOf(day, head().number))[like]
        parent = under or lives(None, AsOf(day, head().number))[self._parent(like, day)].code
        return NewUnit(code=code, kind=life.kind, name=f"Xã {code}", parent=parent)

    def _parent(self, unit: int, day: date) -> int:
        from giaoban.units.rules import ancestors

        return ancestors(unit, AsOf(day, head().number))[1]


def _acts_recorded() -> int:
    """The entries of the journal, but for persons met for the first time."""
    return Entry.objects.exclude(kind=Kind.REGISTRATION).count()


@act(r"admit (?P<name>\w+) to (?P<unit>\w+)(?:, decided (?P<decided>[\d-]+))?")
def _admit(story: Story, day: date, name: str, unit: str, decided: str | None) -> int:
    return actions.admit_member(
        person=story.person(name), unit=story.unit(unit), ceremony_on=day,
        decided_on=date.fromisoformat(decided) if decided else day,
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"readmit (?P<name>\w+) to (?P<unit>\w+)(?P<why>, because .+)?")
def _readmit(story: Story, day: date, name: str, unit: str, why: str | None) -> int:
    return actions.readmit_member(
        person=story.person(name), unit=story.unit(unit), decided_on=day, ceremony_on=day,
        basis=story.basis(day), by=story.by(), note=why or "", **story.paper,
    )  # fmt: skip


@act(r"(?P<name>\w+) stands at the beginning in (?P<unit>\w+)(?: as (?P<standing>\w+))?"
     r"(?:, ceremony (?P<ceremony>[\d-]+))?")  # fmt: skip
def _open(
    story: Story, day: date, name: str, unit: str, standing: str | None, ceremony: str | None
) -> int:
    return actions.open_balance(
        person=story.person(name), unit=story.unit(unit), on=day,
        standing=STANDINGS[standing or "full"],
        ceremony_on=date.fromisoformat(ceremony) if ceremony else None, by=story.by(),
    )  # fmt: skip


@act(r"(?P<name>\w+) arrives in (?P<unit>\w+) from outside")
def _arrive(story: Story, day: date, name: str, unit: str) -> int:
    return actions.receive_arrival(
        person=story.person(name), unit=story.unit(unit), received_on=day,
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"restore (?P<name>\w+) in (?P<unit>\w+)(?P<why>, because .+)?")
def _restore(story: Story, day: date, name: str, unit: str, why: str | None) -> int:
    return actions.restore_member(
        person=story.person(name), unit=story.unit(unit), restored_on=day,
        basis=story.basis(day), by=story.by(), note=why or "", **story.paper,
    )  # fmt: skip


@act(r"(?P<name>\w+) turns out to stand in (?P<unit>\w+)(?P<why>, because .+)?")
def _adjust(story: Story, day: date, name: str, unit: str, why: str | None) -> int:
    return actions.adjust_roll(
        person=story.person(name), unit=story.unit(unit), found_on=day, note=why or "",
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


_LEAVING: dict[str, Callable[..., int]] = {
    "dies in": actions.record_death,
    "departs from": actions.record_departure,
    "resigns from": actions.accept_resignation,
    "ages out of": actions.record_ageing_out,
    "is expelled from": actions.expel_member,
    "is struck off in": actions.strike_off_member,
}


@act(rf"(?P<name>\w+) (?P<how>{'|'.join(_LEAVING)}) (?P<unit>\w+)")
def _leave(story: Story, day: date, name: str, how: str, unit: str) -> int:
    return _LEAVING[how](
        person=story.person(name), unit=story.unit(unit), left_on=day,
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"recognise (?P<name>\w+) in (?P<unit>\w+)(?:, full from (?P<full>[\d-]+))?"
     r"(?P<why>, because .+)?")  # fmt: skip
def _recognise(
    story: Story, day: date, name: str, unit: str, full: str | None, why: str | None
) -> int:
    return actions.recognise_member(
        person=story.person(name), unit=story.unit(unit), approved_on=day,
        full_on=date.fromisoformat(full) if full else None, note=why or "",
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"transfer (?P<name>\w+) from (?P<unit>\w+) to (?P<to>\w+)")
def _transfer(story: Story, day: date, name: str, unit: str, to: str) -> int:
    return actions.transfer_member(
        person=story.person(name), unit=story.unit(unit), to=story.unit(to), on=day,
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"give (?P<name>\w+) a transfer paper in (?P<unit>\w+)")
def _give(story: Story, day: date, name: str, unit: str) -> int:
    return actions.give_transfer_paper(
        person=story.person(name), unit=story.unit(unit), given_on=day,
        basis=story.basis(day), by=story.by(), **story.paper,
    )  # fmt: skip


@act(r"(?P<unit>\w+) receives (?P<name>\w+)")
def _receive(story: Story, day: date, name: str, unit: str) -> int:
    return actions.receive_transfer(
        person=story.person(name), unit=story.unit(unit), received_on=day, by=story.by(),
        **story.paper,
    )  # fmt: skip


@act(r"found (?P<code>\w+) under (?P<parent>\w+)")
def _found(story: Story, day: date, code: str, parent: str) -> int:
    new = NewUnit(code=code, kind="party-cell", name=f"Chi bộ {code}", parent=parent)
    return reorganisation.found_unit(new, on=day, basis=story.basis(day), by=story.by())


@act(r"close (?P<unit>\w+)")
def _close(story: Story, day: date, unit: str) -> int:
    return reorganisation.close_unit(
        story.unit(unit), on=day, basis=story.basis(day), by=story.by()
    )


@act(r"move (?P<unit>\w+) under (?P<parent>\w+)")
def _move(story: Story, day: date, unit: str, parent: str) -> int:
    return reorganisation.move_unit(
        story.unit(unit), story.unit(parent), on=day, basis=story.basis(day), by=story.by()
    )


@act(r"merge (?P<sources>[\w, ]+?) into (?P<into>(?:new )?\w+(?: under \w+)?)")
def _merge(story: Story, day: date, sources: str, into: str) -> int:
    units = [story.unit(code) for code in sources.split(", ")]
    return reorganisation.merge_units(
        units, story.new_or_old(into, units[0], day), on=day, basis=story.basis(day),
        by=story.by(),
    )  # fmt: skip


@act(r"(?P<how>split|divide) (?P<unit>\w+) into (?P<into>[\w, ]+?)(?:: (?P<places>.+))?")
def _split(story: Story, day: date, how: str, unit: str, into: str, places: str | None) -> int:
    """``split`` ends the unit (chia), ``divide`` lets it stay (tách)."""
    old = story.unit(unit)
    members: dict[int, str] = {}
    below: dict[str, str] = {}
    for place in (places or "").split(", ") if places else []:
        who, to = place.split(" to ")
        if who in story.persons:
            members[story.persons[who]] = to
        else:
            below[who] = to
    return reorganisation.split_unit(
        old, [story.new_or_old(code, old, day) for code in into.split(", ")], on=day,
        members=members, units_below=below, basis=story.basis(day), by=story.by(),
        stays=how == "divide",
    )  # fmt: skip


@act(r"reverse \[(?P<label>\w+)\]")
def _reverse(story: Story, day: date, label: str) -> int:
    return reverse_entry(story.entries[label], reason="ghi nhầm", by=story.by(), **story.paper)


@act(r"correct \[(?P<label>\w+)\]: admit (?P<name>\w+) to (?P<unit>\w+) on (?P<right>[\d-]+)")
def _correct(story: Story, day: date, label: str, name: str, unit: str, right: str) -> int:
    on = date.fromisoformat(right)
    admission = Admission(
        person=story.person(name), unit=story.unit(unit), decided_on=on, ceremony_on=on,
        basis=story.basis(on), **story.paper,
    )  # fmt: skip
    return correct_entry(story.entries[label], admission, reason="ghi nhầm", by=story.by())


@act(r"(?P<name>\w+) is (?P<standing>[\w, ]+?) in (?P<unit>\w+)")
def _is(story: Story, day: date, name: str, standing: str, unit: str) -> None:
    found = standings([story.person(name)], AsOf(day, head().number))
    told = [(place.unit, place.account) for place in found]
    assert told == [(story.unit(unit), STANDINGS[standing])], f"{day} {name}: {told}"


@act(r"(?P<name>\w+) is nowhere")
def _nowhere(story: Story, day: date, name: str) -> None:
    assert standings([story.person(name)], AsOf(day, head().number)) == [], f"{day} {name}"


@act(r"(?P<unit>\w+) has (?P<count>no|\d+) members?")
def _has(story: Story, day: date, unit: str, count: str) -> None:
    found = strength([story.unit(unit)], AsOf(day, head().number)).get(story.unit(unit), 0)
    assert found == (0 if count == "no" else int(count)), f"{day} {unit}: {found}"


@act(r"(?P<unit>\w+) lies under (?P<parent>\w+)")
def _lies(story: Story, day: date, unit: str, parent: str) -> None:
    below = children_on(story.unit(parent), AsOf(day, head().number))
    assert story.unit(unit) in below, f"{day} {unit} is not under {parent}"


@act(r"(?P<unit>\w+) is (?P<state>open|closed)")
def _life(story: Story, day: date, unit: str, state: str) -> None:
    life = lives([story.unit(unit)], AsOf(day, head().number))[story.unit(unit)]
    assert life.open_on(day) == (state == "open"), f"{day} {unit}"
