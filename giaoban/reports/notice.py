"""What a notice of corrected figures says: which numbers of a document changed, and why.

The chief numbers are told in sentences with the acts behind them; an annex holds every number that
reads otherwise, and each entry once. Counts by particulars are told without entries: an entry is of
one member, and a paper must not say of anybody what group they are in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban import vietnamese
from giaoban.figures.cells import PLAN
from giaoban.figures.indicators import INDICATORS, RatioFormula
from giaoban.figures.lines import Line
from giaoban.figures.values import Value
from giaoban.journal.writing import VIETNAM
from giaoban.reports.causes import Cause
from giaoban.reports.changes import FigureChange, changes_since
from giaoban.reports.definitions.assembling import label
from giaoban.reports.documents.blocks import (
    Annex,
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Inlines,
    Listing,
    Paragraph,
    Row,
    Table,
    Text,
)
from giaoban.reports.issues import Issued, issued_by, issued_document
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import Shape, in_prose, in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named
from giaoban.reports.wording.setting import bound

MOST_ENTRIES = 8
# What is told in sentences: lines of the statement, indicators that count, and the target.
_CHIEF = {
    *(line.name.lower().replace("_", "-") for line in Line),
    *(code for code, one in INDICATORS.items() if not isinstance(one.formula, RatioFormula)),
    PLAN,
}
_Holds = Literal["number", "percent", "ratio"]


def cited(issued: Issued) -> str:
    """A document as others cite it: Báo cáo số 01-BC/BTC, ngày 05/10/2018."""
    kind = issued_document(issued.entry).title.kind
    said = _("{kind} no. {symbol} of {day}").format(
        kind=vietnamese.capitalise_first(kind.lower()), symbol=issued.symbol,
        day=vietnamese.format_signed_date(issued.issued_on),
    )  # fmt: skip
    return bound(said)


def with_changes(
    document: Document, issue: int, reckoning: Reckoning, *, leading_zero: bool = False
) -> Document:
    """A correction notice with its changes before what the office adds: what was said, what it
    reads now, and by which entries. The new numbers keep their addresses."""
    issued = issued_by(issue)
    changes = [without_what_was_taken_back(one) for one in changes_since(issued, reckoning)]
    lead = _("Compared with {document}, figures are adjusted as follows:")
    body: list[Block] = [Paragraph((Text(lead.format(document=cited(issued))),), "lead")]
    if items := tuple(_items(changes, reckoning, leading_zero=leading_zero)):
        body.append(Listing(items))
    tables = (*_tables(changes, reckoning), *_entries(changes))
    if tables:
        body.append(Paragraph((Text(_("Every figure that changed stands in the annex.")),)))
    annex = Annex(label(1, 1), _("Corrected figures"), tables)
    return replace(
        document, body=(*body, *document.body), annexes=(annex, *document.annexes) if tables else ()
    )


def without_what_was_taken_back(change: FigureChange) -> FigureChange:
    """A change without the entries that were taken back since, and what took them back."""
    back = {(one.reverses, one.cell): one.by for one in change.causes if one.reverses}
    gone = {
        (one.entry, one.cell)
        for one in change.causes
        if one.by and back.get((one.entry, one.cell)) == -one.by
    }
    kept = tuple(
        one
        for one in change.causes
        if (one.entry, one.cell) not in gone and (one.reverses, one.cell) not in gone
    )
    return FigureChange(change.address, change.then, change.now, kept)


def _items(
    changes: Iterable[FigureChange], reckoning: Reckoning, *, leading_zero: bool
) -> Iterator[Inlines]:
    """A line for each chief number of the unit itself, with what made it so."""
    for change in changes:
        address = change.address
        if address != Address(address.cell) or address.cell not in _CHIEF:
            continue
        before, after = (
            in_prose(value, Shape.COUNT, leading_zero=leading_zero)
            for value in (change.then, change.now)
        )
        said = _("{figure}: from {old} to").format(figure=named(address, reckoning), old=before)
        why = f"{_because(change.causes)}." if change.causes else "."
        yield (Text(f"{said} "), Figure(after, str(address)), Text(bound(why)))


def _because(causes: Iterable[Cause]) -> str:
    """ ", because of …": the kinds of act behind a change, each with its entries."""
    acts: dict[str, list[int]] = {}
    for cause in causes:
        numbers = acts.setdefault(_act(cause), [])
        if cause.entry not in numbers:
            numbers.append(cause.entry)
    said = _("{act} (entry {n})")
    told = [said.format(act=act, n=_listed(numbers)) for act, numbers in acts.items()]
    return ", " + _("because of {acts}").format(acts="; ".join(told))


def _act(cause: Cause) -> str:
    if cause.reverses is None:
        return str(cause.kind.label)
    n = vietnamese.format_number(cause.reverses)
    return _("the reversal of entry {n}").format(n=n)


def _listed(numbers: Sequence[int]) -> str:
    """Numbers of entries, the first of them one by one."""
    told = ", ".join(vietnamese.format_number(n) for n in numbers[:MOST_ENTRIES])
    return f"{told} …" if len(numbers) > MOST_ENTRIES else told


def _tables(changes: Sequence[FigureChange], reckoning: Reckoning) -> Iterator[Table]:
    """Every number that reads otherwise: counts with their entries, then what is worked out."""
    counts = [one for one in changes if _is_counted(one.address)]
    others = [one for one in changes if not _is_counted(one.address)]
    shares = [one for one in others if shape_of(one.address) is Shape.PERCENT]
    rest = [one for one in others if shape_of(one.address) is not Shape.PERCENT]
    if counts:
        title, name = _("Numbers of members, units and targets"), "so-lieu-dieu-chinh"
        yield _table(name, title, counts, reckoning, "number", entries=True)
    if shares:
        title = _("Per cents, by the corrected figures")
        yield _table("ty-le-tinh-lai", title, shares, reckoning, "percent")
    if rest:
        title = _("Ranks and comparisons, by the corrected figures")
        yield _table("thu-tu-tinh-lai", title, rest, reckoning, "ratio")


def _is_counted(address: Address) -> bool:
    """Whether a number is a count of something, and not worked out of counts."""
    return not address.way and shape_of(address) is Shape.COUNT and address.cell != "rank"


def _table(
    name: str, title: str, changes: Iterable[FigureChange], reckoning: Reckoning, holds: _Holds,
    *, entries: bool = False,
) -> Table:  # fmt: skip
    columns = [
        Column(_("Figure"), "text", 5), Column(_("As issued"), holds, 1.2),
        Column(_("Corrected"), holds, 1.2),
    ]  # fmt: skip
    if entries:
        columns.append(Column(_("Entries"), "text", 2.4))
    rows = tuple(_row(one, reckoning, entries=entries) for one in changes)
    return Table(name, title, tuple(columns), rows)


def _row(change: FigureChange, reckoning: Reckoning, *, entries: bool) -> Row:
    address = change.address
    shape = shape_of(address)
    then, now = (
        Cell(in_table(value, shape), _exact(value, shape)) for value in (change.then, change.now)
    )
    cells = [Cell(named(address, reckoning)), then, replace(now, address=str(address))]
    if entries:
        numbers = [] if address.group else [cause.entry for cause in change.causes]
        cells.append(Cell(_listed(list(dict.fromkeys(numbers)))))
    return Row(tuple(cells))


def _exact(value: Value, shape: Shape) -> tuple[int, int] | None:
    if value is None:
        return None
    told = Fraction(value) * (100 if shape is Shape.POINTS else 1)
    return told.numerator, told.denominator


def _entries(changes: Iterable[FigureChange]) -> Iterator[Table]:
    """Each entry that changed a number, once: what it records, its day, the day of recording."""
    found = {cause.entry: cause for one in changes if not one.address.group for cause in one.causes}
    if not found:
        return
    columns = (
        Column(_("Entry"), "code", 1.2), Column(_("Act"), "text", 4),
        Column(_("Effective on"), "text", 1.6), Column(_("Recorded on"), "text", 1.6),
    )  # fmt: skip
    rows = tuple(
        Row((
            Cell(vietnamese.format_number(entry)), Cell(vietnamese.capitalise_first(_act(cause))),
            Cell(vietnamese.format_date(cause.effective_on)),
            Cell(vietnamese.format_date(cause.recorded_at.astimezone(VIETNAM).date())),
        ))
        for entry, cause in sorted(found.items())
    )  # fmt: skip
    yield Table("dong-nhat-ky", _("Entries that changed the figures"), columns, rows)
