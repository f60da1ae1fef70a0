"""The sheet of targets: a unit and those below it, this year's and last year's, what is left."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from giaoban.figures.by_indicator import counts, hidden_below
from giaoban.journal.queries import AsOf
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.plans.queries import targets
from giaoban.units.queries import UnitLife, lives, tree_on, units_of_family


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A unit on the sheet, ``depth`` levels below its first one, with what hangs on its number.

    ``below`` is the sum of the targets directly below; ``children`` whether there is anybody
    below. ``actual`` is last year's; None where the unit was not there or can't be read in full.
    """

    life: UnitLife
    depth: int
    above: int | None
    children: bool
    opened: bool
    target: int | None
    below: int
    given: bool
    last_target: int | None
    actual: int | None

    @property
    def rest(self) -> int | None:
        """What is not handed down yet; below zero where more was; None where there is no target,
        or where nothing was handed down."""
        return self.target - self.below if self.given and self.target is not None else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows in the office's order, the unit itself first, by the tree of ``as_of``."""

    rows: list[SheetRow]
    as_of: AsOf

    @property
    def top(self) -> SheetRow:
        return self.rows[0]


def allocation_sheet(
    unit: int, indicator: str, year: int, as_of: AsOf, *, opened: Collection[int],
    sight: Collection[int],
) -> Sheet:  # fmt: skip
    """The sheet of a unit for a year, by the tree of the day or, later, of the year's last one.

    ``opened`` are units whose own units below are shown, too.
    """
    on = replace(as_of, on=min(as_of.on, date(year, 12, 31)))
    tree = tree_on(on)
    family = _family(unit, on)
    members = set(units_of_family(family, as_of.known).tolist())
    listed: list[tuple[int, int, int | None]] = []

    def add(one: int, depth: int, above: int | None) -> None:
        listed.append((one, depth, above))
        if one == unit or one in opened:
            for child in tree.children(one).tolist():
                if child in members:
                    add(child, depth + 1, one)

    add(unit, 0, None)
    ids = [one for one, _depth, _above in listed]
    shown, now = lives(ids, on), targets(indicator, year, as_of.known)
    last = targets(indicator, year - 1, as_of.known)
    done = _actual(ids, indicator, year - 1, as_of.known, family, sight)
    rows = []
    for one, depth, above in listed:
        children = [child for child in tree.children(one).tolist() if child in members]
        rows.append(
            SheetRow(
                life=shown[one], depth=depth, above=above, children=bool(children),
                opened=one == unit or one in opened, target=now.get(one),
                below=sum(now.get(child, 0) for child in children),
                given=any(child in now for child in children),
                last_target=last.get(one), actual=done.get(one),
            )
        )  # fmt: skip
    return Sheet(rows, on)


def _family(unit: int, as_of: AsOf) -> str:
    return lives([unit], as_of)[unit].family


def _actual(
    units: list[int], indicator: str, year: int, known: int, family: str, sight: Collection[int]
) -> dict[int, int]:
    """unit → what it reached in a year, of those that were there and can be read in full."""
    period = Period(kind=PeriodKind.YEAR, year=year, regime=regime_named("calendar"))
    tree = tree_on(AsOf(period.last_day, known))
    there = [unit for unit in units if tree.position(unit) >= 0]
    if not there:
        return {}
    found = counts(there, indicator, period, known, family)[1]
    partial = (
        {unit for unit in there if hidden_below(unit, period, known, sight)}
        if not set(tree.ids.tolist()) <= set(sight)
        else set()
    )
    return {unit: n for unit, n in found.items() if unit not in partial}
