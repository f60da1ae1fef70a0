"""The statement of increase and decrease in the rows and the order of Biểu số 1-BTCTW."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.figures.cells import SUMS
from giaoban.figures.lines import OFFICIAL, Amount, Line
from giaoban.figures.organisation_work import StatementRow
from giaoban.periods import Period
from giaoban.reports.catalogue.cells import number, ratio
from giaoban.reports.documents.blocks import Cell, Column, Inlines, Row, Table
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import worked_out
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS, PARTY
from giaoban.reports.wording.known import has_ended
from giaoban.reports.wording.setting import plain

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
_SUM_TITLES = {
    "increase": ("B", gettext_lazy("Increase in the period")),
    "decrease": ("C", gettext_lazy("Decrease in the period")),
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


class StatementLine(NamedTuple):
    """A row of the statement: the cell that it is, its code on the form, and its numbers.

    ``both`` and ``last_year`` are of who became full where it tells of recognition.
    """

    cell: str
    code: str
    label: str
    amount: Amount
    both: int
    last_year: int
    line: Line | None  # None for a sum

    @property
    def ratio(self) -> Fraction | None:
        """This number by that of the year before, exact; None without one."""
        found = worked_out("ratio", self.both, self.last_year)
        return None if found is None else Fraction(found)


def statement_lines(rows: Iterable[StatementRow]) -> list[StatementLine]:
    """Every line and both sums, each sum before the first of its lines."""
    by_line = {row.line: row for row in rows}
    told = [_line(by_line[Line.OPENING])]
    for cell, lines in SUMS.items():
        parts = [by_line[line] for line in lines]
        code, title = _SUM_TITLES[cell]
        amount = Amount(
            sum(row.amount.probationary for row in parts), sum(row.amount.full for row in parts)
        )
        before = sum(row.last_year for row in parts)
        told.append(StatementLine(cell, code, str(title), amount, amount.both, before, None))
        told += [_line(row) for row in parts]
    return [*told, _line(by_line[Line.RECOGNISED]), _line(by_line[Line.CLOSING])]


def _line(row: StatementRow) -> StatementLine:
    line, amount = row.line, row.amount
    both = amount.full if line == Line.RECOGNISED else amount.both
    cell = line.name.lower().replace("_", "-")
    code = _CODES.get(line, "")
    return StatementLine(cell, code, line.label, amount, both, row.last_year, line)


def statement_table(
    rows: Iterable[StatementRow], period: Period, family: str = PARTY, *, running: bool = False
) -> Table:
    """The statement as a table; lines beyond the form only where they are not zero.

    The last column is the ratio to the same period last year, as on the form: 109,8 where the
    number grew by 9,8 per cent. A period that is ``running`` has last year's whole beside it.
    """
    party, always = family == PARTY, OFFICIAL if family == PARTY else _OF_ALL_FAMILIES
    shown = [
        line
        for line in statement_lines(rows)
        if line.line is None or line.line in always or any(line.amount) or line.last_year
    ]
    members = MEMBER_WORDS[family].many
    return Table(
        name="tang-giam-dang-vien",
        title=_("Increase and decrease of {members}").format(members=members),
        columns=_columns(party=party),
        rows=tuple(_row(line, period, party=party) for line in shown),
        role="statement",
        measure=_("Counted in: {members}").format(members=members),
        legend=legend(shown, running=running),
    )


def legend(lines: Iterable[StatementLine], *, running: bool) -> tuple[Inlines, ...]:
    """What is to be said of a comparison with last year: where it is missing, or unlike."""
    said = []
    if any(line.ratio is None for line in lines):
        said.append(_("“–”: none in the same period last year to compare with."))
    if running:
        said.append(_("The period has not ended: last year's numbers are of the whole period."))
    return tuple(plain(one) for one in said)


def _columns(*, party: bool) -> tuple[Column, ...]:
    standings = (Column(_("Probationary")), Column(_("Full"))) if party else ()
    return (
        Column(_("Row"), "code", 0.7),
        Column(_("Item"), "text", 4),
        *standings,
        Column(_("Total")),
        Column(_("Same period last year"), weight=1.2),
        Column(_("Per cent of same period"), "ratio", 1.2),
    )


def _row(line: StatementLine, period: Period, *, party: bool) -> Row:
    address, before = Address(line.cell), period.same_period_last_year.code
    standings: tuple[Cell, ...] = ()
    if party:
        standings = tuple(
            number(f"{line.cell}:{standing}", amount)
            for standing, amount in line.amount._asdict().items()
        )
    code = line.code if party or line.code in "ABCD" else ""
    cells = (
        Cell(code), Cell(line.label), *standings, number(address, line.both),
        number(Address(line.cell, period=before), line.last_year),
        ratio(address.by("ratio"), line.ratio),
    )  # fmt: skip
    if line.line in (Line.OPENING, Line.CLOSING):
        return Row(cells, "total")
    return Row(cells, "sum") if line.line is None else Row(cells, indent=1)


def statement(reckoning: Reckoning) -> Table:
    """The statement of the report's own unit."""
    work = reckoning.work
    running, period = not has_ended(work.question), work.question.period
    return statement_table(work.statement, period, work.unit.family, running=running)
