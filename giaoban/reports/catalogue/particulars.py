"""Members by particulars: who was admitted, and who is on the roll; and the indicators."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from django.utils.translation import gettext as _

from giaoban.figures.breakdowns import Group, group_titles
from giaoban.figures.cells import ADMITTED
from giaoban.figures.indicators import INDICATORS, RatioFormula
from giaoban.reports.catalogue.cells import EMPTY, number
from giaoban.reports.documents.blocks import Cell, Column, Row, Table
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS, PARTY
from giaoban.vietnamese import capitalise_first

CLOSING = "closing"


def breakdown_table(
    groups: Mapping[str, list[Group]], title: str, *, cell: str, family: str = PARTY, name: str
) -> Table:
    """Members of a cell by particulars: a head and its groups for each field."""
    rows: list[Row] = []
    for field, found in groups.items():
        titles, whole = group_titles(field), sum(group.count for group in found)
        rows.append(Row((Cell(field_title(field)), EMPTY, EMPTY), "group"))
        rows += [_group(field, titles[one.code], one, whole, cell) for one in found]
    head = _("Members") if family == PARTY else capitalise_first(str(MEMBER_WORDS[family].many))
    return Table(
        name=name,
        title=title,
        columns=(Column(_("Group"), "text", 4), Column(head), Column("%", "percent")),
        rows=tuple(rows),
    )


def _group(field: str, title: str, group: Group, whole: int, cell: str) -> Row:
    address = Address(cell, group=f"{field}={group.code or ''}")
    share = Fraction(group.count, whole) if whole else None
    counted = number(address, group.count), number(address.by("share"), share)
    return Row((Cell(title), *counted), indent=1)


def field_title(field: str) -> str:
    """What a field of the particulars is called."""
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


def admissions_by_particulars(reckoning: Reckoning) -> Table | None:
    """Who was admitted, by particulars; None where nobody was."""
    work = reckoning.work
    if not any(work.breakdowns.values()):
        return None
    title = _("Number of {members} admitted, by particulars")
    title = title.format(members=MEMBER_WORDS[work.unit.family].many)
    return breakdown_table(
        work.breakdowns, title, cell=ADMITTED, family=work.unit.family, name="chia-theo-trich-ngang"
    )


def roll_by_particulars(reckoning: Reckoning) -> Table | None:
    """Who is on the roll at the end of the period, by particulars; None where nobody is, and of
    restated figures, which have no roll of their own."""
    work, roll = reckoning.work, reckoning.roll
    if not any(roll.values()):
        return None
    title = _("Number of {members} on the roll, by particulars")
    title = title.format(members=MEMBER_WORDS[work.unit.family].many)
    family = work.unit.family
    return breakdown_table(
        roll, title, cell=CLOSING, family=family, name="dang-vien-theo-trich-ngang"
    )


def indicators(reckoning: Reckoning, *, codes: bool = False) -> Table:
    """All indicators of the unit. ``codes`` adds a column for programs."""
    rows = []
    for code, indicator in INDICATORS.items():
        counted = number(code, reckoning.work.indicators[code])
        if isinstance(indicator.formula, RatioFormula):
            # The column is of counts: a spreadsheet would show a share there as 0.
            counted = Cell(counted.text, None, code)
        told = (Cell(code),) if codes else ()
        measure = Cell(str(indicator.measure))
        rows.append(Row((*told, Cell(str(indicator.label)), counted, measure)))
    code_column = (Column(_("Code"), "code", 2),) if codes else ()
    columns = (
        *code_column, Column(_("Indicator"), "text", 4), Column(_("Figure")),
        Column(_("Measure"), "text", 1.5),
    )  # fmt: skip
    return Table(name="tieu-chi", title=_("Indicators"), columns=columns, rows=tuple(rows))


def party_indicators(reckoning: Reckoning) -> Table | None:
    """The indicators, which are the Party's: None for trade and youth unions."""
    return indicators(reckoning) if reckoning.work.unit.family == PARTY else None
