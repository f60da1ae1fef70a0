"""Why a number of a report reads otherwise now: the entries recorded since that changed it.

A plain cell is told item by item, as a trace tells it. What is worked out of cells (a per cent, a
rank, a number of units) is told by the cells that it is made of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from giaoban.figures import cells
from giaoban.figures.achievement import Achievement
from giaoban.figures.breakdowns import group_of
from giaoban.figures.by_unit import Question
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.knowledge import history
from giaoban.figures.trace import Item
from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, Head
from giaoban.journal.sql import fetch
from giaoban.plans.history import Revision, revisions
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import OF_ACHIEVEMENT, STATES
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.units.queries import unit_by_code

_SHARES = ("share", "points")
_COUNTS_OF_ROWS = (*STATES, "units-nobody-plan", "rank")


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry that changed a cell: by how much, and what it was.

    ``cell`` is the address of the plain cell; ``by`` is None for an act on units of which it can't
    be told alone. ``reverses`` is the entry that it takes back; ``note`` only what the asker may
    see.
    """

    entry: int
    cell: str
    by: int | None
    kind: Kind
    effective_on: date
    recorded_at: datetime
    reverses: int | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Effects:
    """What changed one plain cell: items of late entries, and what acts on units account for."""

    cell: Address
    items: list[Item]
    moved: int
    acts: list[int]


class Comparison:
    """One question as known then and now, for the causes of every address that differs."""

    def __init__(self, then: Reckoning, now: Reckoning) -> None:
        self.then, self.now = then, now
        self._kept: dict[Address, Effects] = {}

    def effects(self, address: Address) -> list[Effects]:
        """What changed the cells that an address is made of; cells that nothing changed are left
        out. Runs with rights to see everybody; no names come out."""
        found = []
        for cell in dict.fromkeys(self._cells(address)):
            if cell not in self._kept:
                self._kept[cell] = self._of_cell(cell)
            effects = self._kept[cell]
            if effects.items or effects.moved:
                found.append(effects)
        return found

    def _cells(self, address: Address) -> Iterator[Address]:
        """The plain cells that an address is worked out of."""
        plain = address.base
        periods = [plain]
        if address.way and address.way != "share":
            before = self.now.last_year.code
            periods.append(replace(plain, period=before))
        for one in periods:
            yield from self._plain(one)
            if address.way in _SHARES:
                yield from self._plain(_whole(one))

    def _plain(self, address: Address) -> Iterator[Address]:
        name, row = address.cell, address.row
        if name in _COUNTS_OF_ROWS:
            yield from self._rows_that_differ(address)
        elif name in OF_ACHIEVEMENT or name == "monthly-need":
            yield from (replace(address, cell=cell) for cell in (cells.ADMITTED, cells.PLAN))
        elif name == "unallocated":
            yield replace(address, cell=cells.PLAN)
            yield from (Address(cells.PLAN, code) for code in self._rows())
        elif name in INDICATORS:
            yield from (replace(address, cell=part) for part in cells.parts_of(name))
        elif name != "months-left":
            yield Address(name, row, address.group, address.period)

    def _rows(self) -> Iterable[str]:
        return dict.fromkeys((*self.then.rows, *self.now.rows))

    def _rows_that_differ(self, address: Address) -> Iterator[Address]:
        for code in self._rows():
            if _told(self.then, code) != _told(self.now, code):
                for cell in (cells.ADMITTED, cells.PLAN):
                    yield Address(cell, code, "", address.period)

    def _of_cell(self, cell: Address) -> Effects:
        first, last = self.then.question.head.number, self.now.question.head.number
        if cell.cell == cells.PLAN:
            return Effects(cell, self._plans(cell, first, last), 0, [])
        then, now = self._items(self.then, cell), self._items(self.now, cell)
        late = [item for item in now if item.entry > first]
        if cell.group:
            late += self._regrouped(cell, first, last)
        moved = _sum(now) - _sum(then) - _sum(late)
        asked = _asked(self.now, cell)
        before = max(asked.period.end, (asked.tree or date.min) + timedelta(days=1))
        acts = _acts_on_units(first, last, before) if moved else []
        return Effects(cell, late, moved, acts)

    def _items(self, reckoning: Reckoning, cell: Address) -> list[Item]:
        question = _asked(reckoning, cell)
        try:
            row = unit_by_code(cell.row) if cell.row else None
            group = cell.group or None
            return cells.items_behind(question, cell.cell, row=row, group=group, in_table=True)
        except RuleBroken:  # a unit that was not there, as known then
            return []

    def _plans(self, cell: Address, first: int, last: int) -> list[Item]:
        """Revisions of the targets that stand behind a plan, each with what it added."""
        question = _asked(self.now, cell)
        behind = (*self._items(self.then, cell), *self._items(self.now, cell))
        own = unit_by_code(cell.row) if cell.row else question.unit
        units = sorted({own, *(item.unit for item in behind)})
        told = revisions(units, cells.ADMITTED, question.period.year, last)
        return [item for one in told for item in _revised(one) if item.entry > first]

    def _regrouped(self, cell: Address, first: int, last: int) -> list[Item]:
        """Members of the cell whose particulars were told otherwise since then."""
        field, _sign, code = cell.group.partition("=")
        question = _asked(self.now, cell)
        day = question.period.last_day
        everybody = self._items(self.now, replace(cell, group=""))
        net = Counter[tuple[int, int]]()
        for item in everybody:
            if item.person is not None and item.entry <= first:
                net[item.person, item.unit] += item.quantity
        persons = {person for person, _unit in net}
        then = group_of(persons, field, AsOf(day, first))
        now = group_of(persons, field, AsOf(day, last))
        wanted = code or None
        entries = _particulars([p for p in persons if then.get(p) != now.get(p)], first, last)
        return [
            Item(
                entry,
                person,
                unit,
                n * ((now.get(person) == wanted) - (then.get(person) == wanted)),
                on,
            )
            for (person, unit), n in net.items()
            if person in entries
            for entry, on in [entries[person]]
        ]


def told(effects: Iterable[Effects], first: Head) -> list[Cause]:
    """The causes of some effects, by rising entry, with the notes that the asker may see."""
    found: list[Cause] = []
    for one in effects:
        changes = history(one.items, first).changes
        kinds = _kinds([change.entry for change in changes] + one.acts)
        for change in changes:
            kind, _on, _at = kinds[change.entry]
            found.append(
                Cause(change.entry, str(one.cell), change.by, kind, change.effective_on,
                      change.recorded_at, change.reverses, change.note)
            )  # fmt: skip
        alone = one.moved if len(one.acts) == 1 else None
        for entry in one.acts:
            kind, on, at = kinds[entry]
            found.append(Cause(entry, str(one.cell), alone, kind, on, at, None, None))
    return sorted(found, key=lambda cause: (cause.entry, cause.cell))


def _whole(address: Address) -> Address:
    """What a share is a share of."""
    if address.group:
        return replace(address, group="")
    return Address("closing", address.row, "", address.period)


def _told(reckoning: Reckoning, code: str) -> Achievement | None:
    row = reckoning.rows.get(code)
    return row.achievement if row else None


def _asked(reckoning: Reckoning, cell: Address) -> Question:
    if not cell.period or cell.period == reckoning.question.period.code:
        return reckoning.question
    return reckoning.other(cell.period).question


def _sum(items: Iterable[Item]) -> int:
    return sum(item.quantity for item in items)


def _revised(one: Revision) -> Iterator[Item]:
    """What a revision of a target added, and what its reversal took back."""
    change = (one.value or 0) - (one.before or 0)
    yield Item(one.entry, None, one.unit, change, one.effective_on)
    if one.reversed_by is not None:
        yield Item(one.reversed_by, None, one.unit, -change, one.effective_on)


def _particulars(persons: list[int], first: int, last: int) -> dict[int, tuple[int, date]]:
    """The last entry since then that told a person's particulars, or took them back."""
    rows = fetch(
        "SELECT DISTINCT ON (x.person_id) x.person_id, e.id, x.from_on"
        " FROM people_particulars AS x JOIN journal_entry AS e"
        " ON e.id = x.entry_id OR e.reverses_id = x.entry_id"
        " WHERE x.person_id = ANY(%(persons)s) AND e.id > %(first)s AND e.id <= %(last)s"
        " ORDER BY x.person_id, e.id DESC",
        persons=persons, first=first, last=last,
    )  # fmt: skip
    return {person: (entry, on) for person, entry, on in rows}


def _acts_on_units(first: int, last: int, before: date) -> list[int]:
    """The acts since then that moved, closed, merged or split units before a day, or were taken
    back."""
    union = " UNION ".join(
        f"SELECT entry_id FROM {table} WHERE from_on < %(before)s"
        for table in ("units_placement", "units_closing", "units_succession")
    )
    rows = fetch(
        "SELECT e.id FROM journal_entry AS e WHERE e.kind BETWEEN 20 AND 24 AND e.id > %(first)s"
        f" AND e.id <= %(last)s AND COALESCE(e.reverses_id, e.id) IN ({union}) ORDER BY e.id",
        first=first, last=last, before=before,
    )  # fmt: skip
    return [int(row[0]) for row in rows]


def _kinds(entries: list[int]) -> dict[int, tuple[Kind, date, datetime]]:
    rows = fetch(
        "SELECT id, kind, effective_on, recorded_at FROM journal_entry"
        " WHERE id = ANY(%(entries)s)",
        entries=entries,
    )  # fmt: skip
    return {entry: (Kind(kind), on, at) for entry, kind, on, at in rows}
