"""Increase and decrease by unit, and what changed against the same period of the year before."""

from __future__ import annotations

from django.utils.translation import gettext as _

from giaoban.figures.lines import Line
from giaoban.reports.catalogue.cells import figure, number, ratio, signed
from giaoban.reports.catalogue.statement import legend, statement_lines
from giaoban.reports.documents.blocks import Cell, Column, Row, Table
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import worked_out
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.reports.wording.known import has_ended
from giaoban.reports.wording.setting import plain

_CELLS = ("opening", "increase", "decrease", "closing")


def change_by_unit(reckoning: Reckoning) -> Table | None:
    """Opening, in, out, closing of every unit directly below; None where there is none.

    Each row is a unit's own statement: its opening and what came less what left is its closing.
    Transfers between the units count in their rows and not in the total.
    """
    work = reckoning.work
    if not work.units:
        return None
    members = MEMBER_WORDS[work.unit.family].many
    rows = [
        Row((Cell(row.life.name), *(figure(reckoning, Address(c, row.life.code)) for c in _CELLS)))
        for row in work.units
    ]
    total = Row((Cell(_("Total")), *(figure(reckoning, Address(c)) for c in _CELLS)), "total")
    return Table(
        name="tang-giam-theo-don-vi",
        title=_("Increase and decrease of {members} by unit").format(members=members),
        columns=(
            Column(_("Unit"), "text", 4), Column(_("Opening number")), Column(_("Increase")),
            Column(_("Decrease")), Column(_("Closing number")),
        ),
        rows=(*rows, total),
        measure=_("Counted in: {members}").format(members=members),
        legend=tuple(plain(one) for one in _legend(rows, total)),
    )  # fmt: skip


def _legend(rows: list[Row], total: Row) -> list[str]:
    """Why the rows don't add up to the total, where they don't."""
    opening, into, out, closing = (
        sum((row.cells[at].value or (0, 1))[0] for row in rows)
        - (total.cells[at].value or (0, 1))[0]
        for at in range(1, 5)
    )
    said = []
    if opening < 0 or closing < 0:
        said.append(_("The total holds members in the unit's own book, too."))
    if into > 0 or out > 0:
        said.append(
            _("Transfers between these units count in their rows, and cancel out in the total.")
        )
    return said


def against_last_year(reckoning: Reckoning) -> Table | None:
    """The lines of the statement that differ from the same period last year, with by how much.

    None where nothing does.
    """
    before = reckoning.last_year.code
    lines = [
        line
        for line in statement_lines(reckoning.work.statement)
        if line.both != line.last_year and line.line not in (None, Line.OPENING)
    ]
    if not lines:
        return None
    rows = []
    for line in lines:
        address = Address(line.cell)
        change = worked_out("change", line.both, line.last_year)
        rows.append(Row((
            Cell(line.label), number(address, line.both),
            number(Address(line.cell, period=before), line.last_year),
            signed(address.by("change"), change), ratio(address.by("ratio"), line.ratio),
        )))  # fmt: skip
    members = MEMBER_WORDS[reckoning.work.unit.family].many
    return Table(
        name="so-voi-cung-ky",
        title=_("What changed against the same period last year"),
        columns=(
            Column(_("Item"), "text", 4), Column(_("This period")),
            Column(_("Same period last year")), Column(_("Difference")),
            Column(_("Per cent of same period"), "ratio"),
        ),
        rows=tuple(rows),
        measure=_("Counted in: {members}").format(members=members),
        legend=legend(lines, running=not has_ended(reckoning.question)),
    )  # fmt: skip
