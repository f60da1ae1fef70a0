"""What the books give otherwise by now than an issued document says, and a notice that tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban import vietnamese
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import Line
from giaoban.figures.values import Value
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import Head
from giaoban.reports.causes import Cause, Comparison, Effects, told
from giaoban.reports.documents.blocks import (
    Block,
    Document,
    Figure,
    Inlines,
    Listing,
    Paragraph,
    Text,
)
from giaoban.reports.issues import Issued, frozen_figures, issued_by
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import Shape, in_prose, shape_of
from giaoban.reports.numbers.reckoning import Reckoning

_LINES = {line.name.lower().replace("_", "-"): line for line in Line}


@dataclass(frozen=True, slots=True)
class FigureChange:
    """A number of an issued document that reads otherwise: as issued, as known, and because of
    which entries."""

    address: Address
    then: Value
    now: Value
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Differs:
    """An address whose value differs, and what changed the cells that it is made of."""

    address: Address
    then: Value
    now: Value
    effects: list[Effects]


def changes_since(
    issued: Issued, known: Head | Reckoning, *, why: bool = True
) -> list[FigureChange]:
    """The numbers of an issue that differ by the books as known, in the order in which it cites
    them; ``why`` with their causes.

    Asks for everybody's books: who calls has the writer's rights, and lets out only numbers.
    """
    now = known if isinstance(known, Reckoning) else Reckoning(issued.asked(known))
    return [
        FigureChange(one.address, one.then, one.now, tuple(told(one.effects, issued.head)))
        for one in differing(issued, now, why=why)
    ]


def differing(issued: Issued, now: Reckoning, *, why: bool) -> list[Differs]:
    """The same before its causes are told, which is done with the rights of who reads them."""
    if now.question.head.number <= issued.head_number:
        return []
    comparison = Comparison(Reckoning(issued.question), now)
    found = []
    for text, then in frozen_figures(issued.entry).items():
        value = value_now(now, text)
        if value != then:
            address = Address.parse(text)
            effects = comparison.effects(address) if why else []
            found.append(Differs(address, then, value, effects))
    return found


def value_now(reckoning: Reckoning, address: str) -> Value:
    """A number as known now; None where its unit or group is there no longer."""
    try:
        return reckoning.value(address)
    except RuleBroken:
        return None


def with_changes(
    document: Document, issue: int, reckoning: Reckoning, *, leading_zero: bool = False
) -> Document:
    """A correction notice with its changes listed after the first paragraph: what was said, what it
    reads now, and by which entries. The new numbers keep their addresses."""
    issued = issued_by(issue)
    lead = Paragraph((Text(_lead(issued)),), "lead")
    items = tuple(_items(changes_since(issued, reckoning), reckoning, leading_zero=leading_zero))
    listed: tuple[Block, ...] = (lead, Listing(items)) if items else (lead,)
    return replace(document, body=(*listed, *document.body))


def _lead(issued: Issued) -> str:
    said = _("Compared with {kind} no. {symbol} of {day}, figures are adjusted as follows:")
    return said.format(
        kind=_("Report"), symbol=issued.symbol,
        day=vietnamese.format_signed_date(issued.issued_on),
    )  # fmt: skip


def _items(
    changes: Iterable[FigureChange], reckoning: Reckoning, *, leading_zero: bool
) -> Iterator[Inlines]:
    """A line for each plain count; shares, ranks and groups follow from these and are left to the
    tables of the report that stands for it."""
    for change in changes:
        if not _told_in_a_notice(change.address):
            continue
        before, after = (
            in_prose(value, Shape.COUNT, leading_zero=leading_zero)
            for value in (change.then, change.now)
        )
        said = _("{figure}: from {old} to").format(
            figure=label_of(change.address, reckoning), old=before
        )
        yield (
            Text(f"{said} "),
            Figure(after, str(change.address)),
            Text(f"{_because(change.causes)}."),
        )


def _told_in_a_notice(address: Address) -> bool:
    plain = not (address.way or address.group or address.period)
    return plain and shape_of(address) is Shape.COUNT and _label(address) is not None


def _because(causes: Iterable[Cause]) -> str:
    """ ", because of …": the acts behind a change."""
    acts = dict.fromkeys(_cause(cause) for cause in causes)
    return ", " + _("because of {acts}").format(acts="; ".join(acts)) if acts else ""


def _cause(cause: Cause) -> str:
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


def label_of(address: Address, reckoning: Reckoning) -> str:
    """What a number counts, in words: its line or indicator, and its unit where it is one below."""
    words = [_label(address) or str(address.base)]
    if address.row:
        row = reckoning.rows.get(address.row)
        words.append(row.life.name if row else address.row)
    return ", ".join(words)


def _label(address: Address) -> str | None:
    name, _colon, standing = address.cell.partition(":")
    label = _LINES[name].label if name in _LINES else None
    if label is None and name in INDICATORS:
        label = str(INDICATORS[name].label)
    if label is None or not standing:
        return label
    return f"{label} ({_('probationary') if standing == 'probationary' else _('full')})"
