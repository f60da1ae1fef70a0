"""The report's tables as heads and rows, the same for text, CSV and JSON, and what a report calls
the unit it is about: a cell has no Đảng bộ, a trade union no đảng viên."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.figures.breakdowns import Group
from giaoban.figures.by_unit import UnitRow
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import DECREASES, INCREASES, OFFICIAL, Line
from giaoban.figures.organisation_work import OrganisationWork, StatementRow

Row = tuple[Any, ...]
PARTY = "party"


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``name`` is its file's name, ``title`` is read by people; the columns ``labels``
    say what a row is about, the others hold its values."""

    name: str
    title: str
    heads: list[str]
    rows: list[Row]
    labels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a report calls a unit of one kind: with all below it, and as such.

    ``above`` is true of those whose members stand in grassroots organisations below them.
    """

    whole: str | Promise
    itself: str | Promise
    above: bool = False


@dataclass(frozen=True, slots=True)
class MemberWords:
    """What a report calls the members of one family, one and many, and the section on them."""

    one: str | Promise
    many: str | Promise
    section: str | Promise


_COMMITTEE = gettext_lazy("the whole organisation"), gettext_lazy("the organisation")
_CELL = gettext_lazy("the cell")
_UNION = gettext_lazy("the grassroots trade union")
_YOUTH = gettext_lazy("the grassroots youth union")
_BRANCH = gettext_lazy("the youth union branch")

UNIT_WORDS = {
    "party-central": UnitWords(*_COMMITTEE, above=True),
    "party-district": UnitWords(*_COMMITTEE, above=True),
    "party-superior": UnitWords(*_COMMITTEE, above=True),
    "party-base": UnitWords(*_COMMITTEE),
    "party-section": UnitWords(*_COMMITTEE),
    "party-base-cell": UnitWords(_CELL, _CELL),
    "party-cell": UnitWords(_CELL, _CELL),
    "union-superior": UnitWords(
        gettext_lazy("the trade unions at all levels"), gettext_lazy("the federation of labour")
    ),
    "union-base": UnitWords(_UNION, _UNION),
    "youth-superior": UnitWords(
        gettext_lazy("the youth union at all levels"), gettext_lazy("the youth union")
    ),
    "youth-base": UnitWords(_YOUTH, _YOUTH),
    "youth-cell": UnitWords(_BRANCH, _BRANCH),
}
MEMBER_WORDS = {
    PARTY: MemberWords(
        gettext_lazy("member"),
        gettext_lazy("members"),
        gettext_lazy("Organisations and members"),
    ),
    "union": MemberWords(
        gettext_lazy("union member"),
        gettext_lazy("union members"),
        gettext_lazy("Trade unions and their members"),
    ),
    "youth": MemberWords(
        gettext_lazy("youth union member"),
        gettext_lazy("youth union members"),
        gettext_lazy("The youth union and its members"),
    ),
}


def number(value: int) -> str:
    """A count as prose has it: Vietnamese offices write 04 beside 134; tables never do."""
    vietnamese_prose = (get_language() or "vi").startswith("vi")
    return vietnamese.format_number(value, leading_zero=vietnamese_prose)


def counted(family: str, value: int) -> str:
    """So many members of a family, in prose."""
    said = {
        PARTY: ngettext("{n} member", "{n} members", value),
        "union": ngettext("{n} union member", "{n} union members", value),
        "youth": ngettext("{n} youth union member", "{n} youth union members", value),
    }
    return said[family].format(n=number(value))


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


# The form is the Party's. Trade and youth unions have neither its exclusions nor its probation.
_OF_ALL_FAMILIES = (
    Line.OPENING,
    Line.ADMITTED,
    Line.ARRIVED,
    Line.DIED,
    Line.DEPARTED,
    Line.CLOSING,
)


def statement_table(rows: Iterable[StatementRow], family: str = PARTY) -> Table:
    """The statement in the order of Biểu số 1-BTCTW; lines beyond the form only where not zero.

    The last column is the ratio to the same period last year, as on the form: 109,8 where the
    number grew by 9,8 per cent.
    """
    by_line = {row.line: row for row in rows}
    shown: list[Row] = []
    always = OFFICIAL if family == PARTY else _OF_ALL_FAMILIES
    for line in _order():
        row = by_line[line]
        if line not in always and not (any(row.amount) or row.last_year):
            continue
        if line in SUMS:
            code, _cell, lines = SUMS[line]
            shown.append(_sum(code, _SUM_TITLES[code](), by_line, lines))
        amount = row.amount
        both = amount.full if line == Line.RECOGNISED else amount.both
        split: Row = (amount.probationary, amount.full)
        shown.append(
            (_CODES.get(line, ""), line.label, *split, both, row.last_year,
             _ratio(both, row.last_year))
        )  # fmt: skip
    heads = [_("Row"), _("Item"), _("Probationary"), _("Full"), _("Both"),
             _("Same period last year"), _("Per cent of the same period last year")]  # fmt: skip
    if family != PARTY:
        heads = [*heads[:2], *heads[4:]]
        shown = [(row[0] if row[0] in "ABCD" else "", row[1], *row[4:]) for row in shown]
    title = _("Increase and decrease of {members}").format(members=MEMBER_WORDS[family].many)
    return Table("tang-giam-dang-vien", title, heads, shown, (0, 1))


SUMS = {Line.ADMITTED: ("B", "increase", INCREASES), Line.DIED: ("C", "decrease", DECREASES)}


def statement_objects(rows: Iterable[StatementRow]) -> list[dict[str, Any]]:
    """The statement for programs: every line and both sums, by the names that trace takes."""
    by_line = {row.line: row for row in rows}
    told: list[dict[str, Any]] = []
    for line in _order():
        if line in SUMS:
            code, cell, lines = SUMS[line]
            told.append(_object(cell, *_sum(code, _SUM_TITLES[code](), by_line, lines)))
        row = by_line[line]
        both = row.amount.full if line == Line.RECOGNISED else row.amount.both
        cell = line.name.lower().replace("_", "-")
        told.append(
            _object(cell, _CODES.get(line, ""), line.label, *row.amount, both, row.last_year, None)
        )
    return told


def _object(
    cell: str, code: str, label: str, probationary: int, full: int, both: int, before: int,
    _shown: str | None,
) -> dict[str, Any]:  # fmt: skip
    share = vietnamese.percent(both, before)
    return {"cell": cell, "row": code, "label": label, "probationary": probationary, "full": full,
            "both": both, "same_period_last_year": before,
            "percent_of_same_period": None if share is None else str(share)}  # fmt: skip


_SUM_TITLES = {
    "B": lambda: _("Increase in the period"),
    "C": lambda: _("Decrease in the period"),
}


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
        if work.restated:
            label = _("In the unit's own book, or not attributable below it")
        elif work.question.tree is not None:
            label = _("Of units that were split: not attributable")
        else:
            label = _("In the unit's own book")
        rows.append((None, "", label, rest.plan or None, rest.actual, None, None, None))
    whole = work.whole
    percent = None
    if whole.share is not None:
        percent = vietnamese.format_percent(whole.actual, whole.plan)
    rows.append((None, work.unit.code, _("Total"), whole.plan, whole.actual, percent, whole.rest,
                 whole.pace.label if whole.pace else None))  # fmt: skip
    heads = [_("Rank"), _("Code"), _("Unit"), _("Plan"), _("Actual"), "%", _("Rest"), _("Pace")]
    title = _("Admissions of {members} against the year's plan")
    title = title.format(members=MEMBER_WORDS[work.unit.family].many)
    return Table("ket-nap-theo-don-vi", title, heads, rows, (1, 2))


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


def breakdown_objects(groups: dict[str, list[Group]]) -> list[dict[str, Any]]:
    """The same for programs; ``code`` None holds who is not known."""
    return [
        {"field": field, "code": group.code, "title": group.title, "count": group.count,
         "percent": str(vietnamese.percent(group.count, sum(each.count for each in found)))}
        for field, found in groups.items()
        for group in found
    ]  # fmt: skip


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
    heads = [_("Code"), _("Indicator"), _("Figure"), _("Measure")]
    return Table("tieu-chi", _("Indicators"), heads, rows, (0, 1))


def tables(work: OrganisationWork) -> list[Table]:
    """All tables of the report."""
    family = work.unit.family
    admitted = _("Number of {members} admitted, by particulars")
    return [
        statement_table(work.statement, family),
        units_table(work),
        breakdown_table(work.breakdowns, admitted.format(members=MEMBER_WORDS[family].many)),
        indicator_table(work),
    ]
