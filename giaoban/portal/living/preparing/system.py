"""The counts that a public report tells, and every equation that a reader can set up between them.

By unit, by group and by standing they add up; increase and decrease lead from opening to closing;
and what a sentence works out of them (a per cent, a difference) is an equation, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from giaoban.figures import cells
from giaoban.figures.values import Value
from giaoban.journal.errors import RuleBroken
from giaoban.portal.living.preparing.parts import (
    ADMITTED,
    CLOSING,
    FULL,
    LINE_CELLS,
    OPENING,
    PLAN,
    PROBATIONARY,
    canonical,
    counts_behind,
    counts_persons,
    whole_of,
)
from giaoban.portal.living.suppression.system import Cell, Equation
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning

_CHANGE_OF_STANDING = "recognised"
# Sentences with these numbers name the units that are exactly at their target.
_NAME_WHO_IS_MET = ("units-completed", "units-met")


class Told:
    """What a report tells: numbers ``said`` in sentences, and ``shown`` in tables and charts."""

    def __init__(
        self, said: Iterable[Address], shown: Iterable[Address], reckoning: Reckoning
    ) -> None:
        self.reckoning = reckoning
        self.said = [canonical(one, reckoning) for one in said]
        told = dict.fromkeys(
            count for one in (*self.said, *shown) for count in counts_behind(one, reckoning)
        )
        self.counts = {one: count for one in told if (count := self._count(one)) is not None}
        self.hidden: dict[str, int] = {}

    def _value(self, address: Address) -> Value:
        try:
            return self.reckoning.value(address)
        except RuleBroken:  # a unit that is there no longer
            return None

    def _count(self, address: Address) -> int | None:
        value = self._value(address)
        return int(value) if value is not None and value.denominator == 1 else None

    def system(
        self, public: Callable[[Address, int], bool] = lambda _address, _count: False
    ) -> tuple[list[Cell], list[Equation]]:
        """The cells and the equations; what is ``public`` anyway hides nothing beside it."""
        equations = [
            *self._sums("row"), *self._sums("group"), *self._standings(), *self._statements(),
            *self._totals(), *self._sentences(),
        ]  # fmt: skip
        fixed = set(self.said)
        told = [
            Cell(str(one), count, persons=counts_persons(one),
                 fixed=one in fixed or public(one, count))
            for one, count in self.counts.items()
        ]  # fmt: skip
        nobodys = [Cell(key, count, hidden=True) for key, count in self.hidden.items()]
        return [*told, *nobodys], equations

    def _sums(self, part: str) -> Iterator[Equation]:
        """Rows or groups and what they add up to. What stands in none of them nobody is told."""
        parts: dict[tuple[Address, str], list[Address]] = defaultdict(list)
        for one in self.counts:
            told = getattr(one, part)
            if told:
                field = told.partition("=")[0] if part == "group" else ""
                parts[replace(one, **{part: ""}), field].append(one)
        for (whole, field), found in parts.items():
            if whole not in self.counts:
                continue
            if part == "row" and whole.cell == ADMITTED:
                rest = replace(whole, cell=cells.REST)
                found += [rest] if rest in self.counts else []
            missing = self.counts[whole] - sum(self.counts[one] for one in found)
            times = {str(one): 1 for one in found} | {str(whole): -1}
            if missing > 0 and counts_persons(whole):
                key = f"~{whole}{field}"
                self.hidden[key] = missing
                yield Equation(times | {key: 1})
            else:
                yield Equation(times, -missing)

    def _standings(self) -> Iterator[Equation]:
        """Probationary and full make both; whoever is recognised leaves the one for the other."""
        for one in self.counts:
            name, _colon, standing = one.cell.partition(":")
            if standing != PROBATIONARY:
                continue
            full, both = replace(one, cell=f"{name}:{FULL}"), replace(one, cell=name)
            if full in self.counts and name == _CHANGE_OF_STANDING:
                yield Equation({str(one): 1, str(full): 1})
            elif full in self.counts and both in self.counts:
                yield Equation({str(one): 1, str(full): 1, str(both): -1})

    def _statements(self) -> Iterator[Equation]:
        """The opening and what came, less what left, is the closing."""
        for one in list(self.counts):
            name, _colon, standing = one.cell.partition(":")
            opening = replace(one, cell=_cell(OPENING, standing))
            if name != CLOSING or one.group or opening not in self.counts:
                continue
            times = {str(opening): 1, str(one): -1}
            for code, line in LINE_CELLS.items():
                sign = line.sign
                if standing and code == _CHANGE_OF_STANDING:
                    sign = 1
                if sign:
                    times |= self._part(replace(one, cell=_cell(code, standing)), sign)
            yield self._balanced(times)

    def _totals(self) -> Iterator[Equation]:
        """Increase and decrease are the sums of their lines."""
        for one in list(self.counts):
            name, _colon, standing = one.cell.partition(":")
            if name not in cells.SUMS or one.group:
                continue
            times = {str(one): -1}
            for line in cells.SUMS[name]:
                code = line.name.lower().replace("_", "-")
                times |= self._part(replace(one, cell=_cell(code, standing)), 1)
            yield self._balanced(times)

    def _part(self, part: Address, sign: int) -> dict[str, int]:
        """A line of a sum; one that is told nowhere stands for itself, unless it is none."""
        if part in self.counts:
            return {str(part): sign}
        count = self._count(part) or 0
        if not count:
            return {}
        self.hidden[f"~{part}"] = count
        return {f"~{part}": sign}

    def _balanced(self, times: dict[str, int]) -> Equation:
        """An equation over counts, with what it comes to."""
        known = {str(one): count for one, count in self.counts.items()} | self.hidden
        return Equation(times, sum(n * known[key] for key, n in times.items()))

    def _sentences(self) -> Iterator[Equation]:
        """What sentences work out of counts."""
        for one in self.said:
            value = self._value(one)
            if value is None:
                continue
            if one.cell in _NAME_WHO_IS_MET and not one.way:
                yield from self._met()
            else:
                yield from self._worked_out(one, Fraction(value))

    def _worked_out(self, one: Address, value: Fraction) -> Iterator[Equation]:
        base, times, by = one.base, value.denominator, value.numerator
        before = replace(base, period=self.reckoning.last_year.code)
        if one.way == "share":
            yield from self._both(base, whole_of(base), times, -by)
        elif one.way == "ratio":
            yield from self._both(base, before, times, -by)
        elif one.way == "growth":
            yield from self._both(base, before, times, -by - times)
        elif one.way == "change":
            yield from self._both(base, before, 1, -1, int(value))
        elif one.cell == "achievement":
            done, plan = replace(base, cell=ADMITTED), replace(base, cell=PLAN)
            yield from self._both(done, plan, times, -by)
        elif one.cell == "remaining" and value > 0:
            done, plan = replace(base, cell=ADMITTED), replace(base, cell=PLAN)
            yield from self._both(plan, done, 1, -1, int(value))

    def _both(
        self, one: Address, other: Address, times: int, by: int, total: int = 0
    ) -> Iterator[Equation]:
        one, other = (canonical(each, self.reckoning) for each in (one, other))
        if one in self.counts and other in self.counts:
            yield Equation({str(one): times, str(other): by}, total, share=True)

    def _met(self) -> Iterator[Equation]:
        """The units exactly at their target are named in a sentence."""
        for one, count in self.counts.items():
            plan = replace(one, cell=PLAN)
            if one.cell == ADMITTED and one.row and self.counts.get(plan) == count:
                yield Equation({str(one): 1, str(plan): -1}, share=True)


def _cell(name: str, standing: str) -> str:
    return f"{name}:{standing}" if standing else name
