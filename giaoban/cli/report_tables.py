"""The report's tables as heads and rows, the same for text, CSV and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.figures.breakdowns import Group
from giaoban.figures.by_unit import UnitRow
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import DECREASES, INCREASES, OFFICIAL, Line
from giaoban.figures.organisation_work import OrganisationWork, StatementRow

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` is its file's name, ``title`` is read by people; the columns ``labels``
    say what a row is about, the others hold its values."""

    name: str
    title: str
    heads: list[str]
    rows: list[Row]
    labels: tuple[int, ...]


_CODES = {
    Line.OPENING: "A",
    Line.ADMITTED: "B.1",
    Line.ARRIVED: "B.2",
    Line.RESTORED: "B.3",
    Line.DIED: "C.1",
    Line.EXPELLED: "C.2",
    Line.STRUCK_OFF: "C.3",
    Line.RESIGNED: "C.4",
    Line.DEPARTED: "C.5",
    Line.CLOSING: "D",
}


def statement_table(rows: Iterable[StatementRow]) -> Table:
    """The statement in the order of Biểu số 1-BTCTW; lines beyond the form only where not zero.

    The last column is the ratio to the same period last year, as on the form: 109,8 where the
    number grew by 9,8 per cent.
    """
    by_line = {row.line: row for row in rows}
    shown: list[Row] = []
    for line in _order():
        row = by_line[line]
        if line not in OFFICIAL and not (any(row.amount) or row.last_year):
            continue
        if line == Line.ADMITTED:
            shown.append(_sum("B", _("Increase in the period"), by_line, INCREASES))
        if line == Line.DIED:
            shown.append(_sum("C", _("Decrease in the period"), by_line, DECREASES))
        amount = row.amount
        both = amount.full if line == Line.RECOGNISED else amount.both
        split: Row = (amount.probationary, amount.full)
        shown.append(
            (_CODES.get(line, ""), line.label, *split, both, row.last_year,
             _ratio(both, row.last_year))
        )  # fmt: skip
    heads = [_("Row"), _("Item"), _("Probationary"), _("Full"), _("Both"),
             _("Same period last year"), "%"]  # fmt: skip
    return Table("tang-giam-dang-vien", _("Increase and decrease of members"), heads, shown, (0, 1))


def _order() -> list[Line]:
    """The form's rows, each extra line after the block it belongs to."""
    increases = [line for line in Line if line in INCREASES]
    decreases = [line for line in Line if line in DECREASES]
    return [Line.OPENING, *increases, *decreases, Line.RECOGNISED, Line.CLOSING]


def _sum(code: str, label: str, rows: dict[Line, StatementRow], lines: tuple[Line, ...]) -> Row:
    amounts = [rows[line].amount for line in lines]
    both, before = sum(a.both for a in amounts), sum(rows[line].last_year for line in lines)
    return (code, label, sum(a.probationary for a in amounts), sum(a.full for a in amounts),
            both, before, _ratio(both, before))  # fmt: skip


def _ratio(now: int, before: int) -> str | None:
    share = vietnamese.percent(now, before)
    return None if share is None else vietnamese.format_number(share, 1)


def ranked(rows: Iterable[UnitRow]) -> list[UnitRow]:
    """Units by falling per cent, ties in the office's order, those without a target last."""
    listed = list(rows)
    return sorted(
        listed,
        key=lambda row: (row.achievement.rank is None, row.achievement.rank or 0),
    )


def units_table(work: OrganisationWork) -> Table:
    """Admissions against plan by unit; units with neither a target nor admissions left out."""
    rows: list[Row] = []
    for row in ranked(work.units):
        done = row.achievement
        if done.plan is None and not done.actual:
            continue
        percent = None
        if done.share is not None:
            percent = vietnamese.format_percent(done.actual, done.plan)
        rows.append((done.rank, row.life.code, row.life.name, done.plan, done.actual, percent,
                     done.rest, done.pace.label if done.pace else None))  # fmt: skip
    rest = work.rest
    if rest.actual or rest.plan:
        label = (
            _("In the unit's own book")
            if work.question.tree is None
            else _("Of units that were split: not attributable")
        )
        rows.append((None, "", label, rest.plan or None, rest.actual, None, None, None))
    whole = work.whole
    percent = None if not whole.plan else vietnamese.format_percent(whole.actual, whole.plan)
    rows.append((None, work.unit.code, _("Total"), whole.plan, whole.actual, percent, whole.rest,
                 whole.pace.label if whole.pace else None))  # fmt: skip
    heads = [_("Rank"), _("Code"), _("Unit"), _("Plan"), _("Actual"), "%", _("Rest"), _("Pace")]
    return Table(
        "ket-nap-theo-don-vi", _("Admissions against the year's plan"), heads, rows, (1, 2)
    )


def breakdown_table(groups: dict[str, list[Group]], title: str) -> Table:
    """Members by particulars: one block for each field."""
    rows: list[Row] = []
    for field, found in groups.items():
        total = sum(group.count for group in found)
        rows += [
            (_field_title(field), group.title, group.count,
             vietnamese.format_percent(group.count, total))
            for group in found
        ]  # fmt: skip
    heads = [_("By"), _("Group"), _("Members"), "%"]
    return Table("chia-theo-trich-ngang", title, heads, rows, (0, 1))


def _field_title(field: str) -> str:
    titles = {
        "sex": _("Sex"),
        "age": _("Age"),
        "ethnicity": _("Ethnicity"),
        "religion": _("Religion"),
        "schooling": _("General education"),
        "profession": _("Professional education"),
        "theory": _("Political theory"),
        "occupation": _("Occupation"),
    }
    return titles[field]


def indicator_table(work: OrganisationWork) -> Table:
    """All indicators of the unit."""
    rows: list[Row] = []
    for code, found in work.indicators.items():
        indicator = INDICATORS[code]
        shown: Any = found
        if isinstance(found, Fraction):
            shown = vietnamese.format_percent(found.numerator, found.denominator)
        rows.append((code, str(indicator.label), shown, str(indicator.measure)))
    heads = [_("Code"), _("Indicator"), _("Number"), _("Measure")]
    return Table("tieu-chi", _("Indicators"), heads, rows, (0, 1))


def tables(work: OrganisationWork) -> list[Table]:
    """All tables of the report."""
    return [
        statement_table(work.statement),
        units_table(work),
        breakdown_table(work.breakdowns, _("Members admitted, by particulars")),
        indicator_table(work),
    ]
