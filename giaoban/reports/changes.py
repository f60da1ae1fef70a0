"""What the books give otherwise by now than an issued document says, and because of what."""

from __future__ import annotations

from dataclasses import dataclass

from giaoban.figures.values import Value
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import Head
from giaoban.reports.causes import Cause, Comparison, Effects, told
from giaoban.reports.issues import Issued, frozen_figures
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning


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
    """The same before its causes are told, which is done with the rights of who reads them.

    A count by particulars that is off because some were erased since is no change: what was issued
    was right, and the books only can't tell it any more.
    """
    if now.question.head.number <= issued.head_number:
        return []
    then = Reckoning(issued.question)
    comparison = Comparison(then, now)
    found = []
    for text, frozen in frozen_figures(issued.entry).items():
        value, address = value_now(now, text), Address.parse(text)
        if value == frozen or (address.group and value == value_now(then, text)):
            continue
        effects = comparison.effects(address) if why else []
        found.append(Differs(address, frozen, value, effects))
    return found


def value_now(reckoning: Reckoning, address: str) -> Value:
    """A number as known now; None where its unit or group is there no longer."""
    try:
        return reckoning.value(address)
    except RuleBroken:
        return None
