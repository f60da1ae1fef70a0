"""Admissions against the year's plan by unit, and who is behind it."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.figures.by_unit import UnitRow
from giaoban.figures.cells import ADMITTED, PLAN, REST, REST_PLAN
from giaoban.reports.catalogue.cells import EMPTY, figure, number
from giaoban.reports.documents.blocks import Cell, Column, Inlines, Row, Table
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import ranked, units_in
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.reports.wording.known import has_ended, year_is_over
from giaoban.reports.wording.setting import plain

FURTHEST = 10
_IN_PLAN = (PLAN, ADMITTED, "achievement", "remaining")


def has_units(reckoning: Reckoning) -> bool:
    """Whether any unit below has a target or admissions: a cell has no table by unit."""
    rows = (row.achievement for row in reckoning.work.units)
    return any(done.plan is not None or done.actual for done in rows)


def admissions_by_unit(reckoning: Reckoning, *, codes: bool = False) -> Table:
    """Admissions against plan by unit; units with neither a target nor admissions left out.

    A unit without a target has a dash, and no per cent. ``codes`` adds a column for programs.
    """
    shown = [
        row
        for row in ranked(reckoning.work.units)
        if row.achievement.plan is not None or row.achievement.actual
    ]
    rows = [_row(reckoning, row, codes=codes) for row in shown]
    rest = reckoning.work.rest
    if rest.actual or rest.plan:
        rows.append(_rest(reckoning, codes=codes))
    rows.append(_total(reckoning, codes=codes))
    title = _("Admissions of {members} against the year's plan")
    members = MEMBER_WORDS[reckoning.work.unit.family].many
    return Table(
        name="ket-nap-theo-don-vi",
        title=title.format(members=members),
        columns=_columns(codes=codes),
        rows=tuple(rows),
        measure=_("Counted in: {members}").format(members=members),
        legend=_legend(reckoning, shown),
    )


def _columns(*, codes: bool) -> tuple[Column, ...]:
    code = (Column(_("Code"), "code", 2),) if codes else ()
    return (
        Column(_("Rank"), weight=0.8),
        *code,
        Column(_("Unit"), "text", 4),
        Column(_("Plan")),
        Column(_("Actual")),
        Column("%", "percent"),
        Column(_("Rest")),
        Column(_("Pace"), "text", 1.6),
    )


def _row(reckoning: Reckoning, row: UnitRow, *, codes: bool) -> Row:
    code, done = row.life.code, row.achievement
    pace = done.pace.label if done.pace else vietnamese.MISSING
    rank = figure(reckoning, Address("rank", code))
    numbers = (figure(reckoning, Address(cell, code)) for cell in _IN_PLAN)
    told = (Cell(code),) if codes else ()
    return Row((rank, *told, Cell(row.life.name), *numbers, Cell(pace)))


def _rest(reckoning: Reckoning, *, codes: bool) -> Row:
    """What of the whole stands in no row."""
    work = reckoning.work
    if work.restated:
        label = _("In the unit's own book, or not attributable below it")
    elif work.question.tree is not None:
        label = _("Of units that were split: not attributable")
    else:
        label = _("In the unit's own book")
    plan = number(REST_PLAN, work.rest.plan) if work.rest.plan else Cell(vietnamese.MISSING)
    told = (EMPTY,) if codes else ()
    dashes = [Cell(vietnamese.MISSING)] * 3
    return Row((EMPTY, *told, Cell(label), plan, number(REST, work.rest.actual), *dashes))


def _total(reckoning: Reckoning, *, codes: bool) -> Row:
    work = reckoning.work
    pace = work.whole.pace.label if work.whole.pace else vietnamese.MISSING
    numbers = (figure(reckoning, Address(cell)) for cell in _IN_PLAN)
    told = (Cell(work.unit.code),) if codes else ()
    return Row((EMPTY, *told, Cell(_("Total")), *numbers, Cell(pace)), "total")


def _legend(reckoning: Reckoning, shown: Sequence[UnitRow]) -> tuple[Inlines, ...]:
    """Why there are dashes."""
    whole = reckoning.work.whole
    done = [whole, *(row.achievement for row in shown)]
    said = []
    if any(one.plan is None for one in done):
        said.append(
            _("“–”: without a target.")
            if year_is_over(reckoning.question)
            else _("“–”: as yet without a target.")
        )
    if any(one.plan is not None and not one.comparable for one in done):
        said.append(_("“–”: only part of the plan is of this unit, so there is no per cent."))
    if loose := sum(row.unattributed for row in shown):
        told = _(
            "Of these, {n} can be attributed to no unit below those in the rows: the unit they "
            "were in was divided after they had left it."
        )
        said.append(told.format(n=vietnamese.format_number(loose)))
    rest = reckoning.work.rest
    if rest.actual or rest.plan:
        said.append(_("“–” in a row that is of no unit: it has no target of its own."))
    return tuple(plain(one) for one in (*said, *_pace(reckoning)))


def _pace(reckoning: Reckoning) -> list[str]:
    """By which day the pace is, where that day has not come."""
    if has_ended(reckoning.question):
        return []
    return [_("The period has not ended: the pace is that of its last day.")]


def behind(reckoning: Reckoning) -> Table | None:
    """The units that are behind an even pace, by falling per cent; None where none is."""
    title = _("Units behind the pace of the year's plan")
    return _behind(reckoning, units_in(reckoning.work, "units-behind"), "cham-tien-do", title)


def furthest_behind(reckoning: Reckoning) -> Table | None:
    """The ten furthest behind, the lowest per cent first."""
    rows = units_in(reckoning.work, "units-behind")[::-1]
    title = _("Units furthest behind the year's plan")
    return _behind(reckoning, rows[:FURTHEST], "cham-tien-do-nhat", title)


def _behind(reckoning: Reckoning, rows: Sequence[UnitRow], name: str, title: str) -> Table | None:
    if not rows:
        return None
    columns = (
        Column(_("Unit"), "text", 4), Column(_("Plan")), Column(_("Actual")),
        Column("%", "percent"), Column(_("Rest")),
    )  # fmt: skip
    members = MEMBER_WORDS[reckoning.work.unit.family].many
    return Table(
        name=name,
        title=title,
        columns=columns,
        rows=tuple(
            Row((
                Cell(row.life.name),
                *(figure(reckoning, Address(cell, row.life.code)) for cell in _IN_PLAN),
            ))
            for row in rows
        ),
        measure=_("Counted in: {members}").format(members=members),
        legend=tuple(plain(one) for one in _pace(reckoning)),
    )  # fmt: skip
