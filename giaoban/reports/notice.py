"""What a notice of corrected figures says: which numbers of a document changed, and why.

Its own numbers are told in sentences with the entries behind them; a table holds every number that
reads otherwise. Counts by particulars are told without entries: an entry is of one member, and a
paper must not say of anybody what group they are in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Literal

from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban import vietnamese
from giaoban.figures.values import Value
from giaoban.reports.causes import Cause
from giaoban.reports.changes import FigureChange, changes_since
from giaoban.reports.documents.blocks import (
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
# A table's name and title, what its numbers are, and the shapes of those that stand in it.
_Sort = tuple[str, str, Literal["number", "percent", "ratio"], tuple[Shape, ...]]


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
    changes = changes_since(issued, reckoning)
    lead = _("Compared with {document}, figures are adjusted as follows:")
    body: list[Block] = [Paragraph((Text(lead.format(document=cited(issued))),), "lead")]
    if items := tuple(_items(changes, reckoning, leading_zero=leading_zero)):
        body.append(Listing(items))
    body += _tables(changes, reckoning)
    return replace(document, body=(*body, *document.body))


def _items(
    changes: Iterable[FigureChange], reckoning: Reckoning, *, leading_zero: bool
) -> Iterator[Inlines]:
    """A line for each count of the unit itself, with what made it so."""
    for change in changes:
        address = change.address
        if address != Address(address.cell) or shape_of(address) is not Shape.COUNT:
            continue
        before, after = (
            in_prose(value, Shape.COUNT, leading_zero=leading_zero)
            for value in (change.then, change.now)
        )
        said = _("{figure}: from {old} to").format(figure=named(address, reckoning), old=before)
        why = f"{_because(change.causes)}." if change.causes else "."
        yield (Text(f"{said} "), Figure(after, str(address)), Text(bound(why)))


def _because(causes: Iterable[Cause]) -> str:
    """ ", because of …": the acts behind a change, the first of them one by one."""
    acts = list(dict.fromkeys(_act(cause) for cause in causes))
    rest = len(acts) - MOST_ENTRIES
    told = "; ".join(acts[:MOST_ENTRIES])
    if rest > 0:
        told += "; " + _("{n} more entries").format(n=vietnamese.format_number(rest))
    return ", " + _("because of {acts}").format(acts=told)


def _act(cause: Cause) -> str:
    said = (
        _("{act} of {day} (entry {n})")
        if cause.reverses is None
        else _("the reversal of entry {reversed} (entry {n})")
    )
    return said.format(
        act=cause.kind.label, day=vietnamese.format_signed_date(cause.effective_on),
        n=vietnamese.format_number(cause.entry),
        reversed=vietnamese.format_number(cause.reverses or 0),
    )  # fmt: skip


def _tables(changes: Sequence[FigureChange], reckoning: Reckoning) -> Iterator[Table]:
    """Every number that reads otherwise: counts, then what is worked out of them."""
    sorts: tuple[_Sort, ...] = (
        ("so-lieu-dieu-chinh", _("Corrected figures"), "number", (Shape.COUNT,)),
        ("ty-le-tinh-lai", _("Per cents, by the corrected figures"), "percent", (Shape.PERCENT,)),
        ("chi-so-tinh-lai", _("Other figures, by the corrected ones"), "ratio",
         (Shape.POINTS, Shape.MEAN)),
    )  # fmt: skip
    for name, title, holds, shapes in sorts:
        rows = [_row(one, reckoning) for one in changes if shape_of(one.address) in shapes]
        columns = (
            Column(_("Figure"), "text", 5), Column(_("As issued"), holds, 1.2),
            Column(_("Corrected"), holds, 1.2), Column(_("Entries"), "text", 2),
        )  # fmt: skip
        if rows:
            yield Table(name, title, columns, tuple(rows))


def _row(change: FigureChange, reckoning: Reckoning) -> Row:
    address = change.address
    shape = shape_of(address)
    then, now = (
        Cell(in_table(value, shape), _exact(value, shape)) for value in (change.then, change.now)
    )
    entries = "" if address.group else _entries(change.causes)
    return Row((
        Cell(named(address, reckoning)), then, replace(now, address=str(address)), Cell(entries)
    ))  # fmt: skip


def _entries(causes: Iterable[Cause]) -> str:
    numbers = list(dict.fromkeys(cause.entry for cause in causes))
    told = ", ".join(vietnamese.format_number(n) for n in numbers[:MOST_ENTRIES])
    return f"{told} …" if len(numbers) > MOST_ENTRIES else told


def _exact(value: Value, shape: Shape) -> tuple[int, int] | None:
    if value is None:
        return None
    told = Fraction(value) * (100 if shape is Shape.POINTS else 1)
    return told.numerator, told.denominator
