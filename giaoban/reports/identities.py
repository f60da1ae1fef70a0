"""What must hold among the numbers of a report, each as one small function.

The ledger keeps every statement in balance, so the first of them guards against a fault of the
program or of the data. The second can fail on any day: a movement recorded late, before a period
begins, changes its opening, while the closing that was reported stays as it was issued.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from giaoban.figures.cells import SUMS
from giaoban.figures.lines import Amount, Line
from giaoban.journal.sql import fetch
from giaoban.reports.issues import period_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.vietnamese import format_number

OPENING, CLOSING = "opening", "closing"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Numbers of a report that don't fit: ``figure`` is the address that an explanation is given
    under, ``told`` says in the active language what does not fit, ``among`` are the addresses that
    it is about: a report that cites none of them has nothing to explain."""

    figure: str
    told: str
    among: frozenset[str]


def balances(reckoning: Reckoning) -> Iterator[Discrepancy]:
    """Opening and increase less decrease are the closing: of all members, and of each standing."""
    amounts = {row.line: row.amount for row in reckoning.work.statement}
    both = {line: Amount(amount.both, 0) for line, amount in amounts.items()}
    found = _unbalanced(both, 0, "")
    for at, standing in enumerate(Amount._fields):
        # Who became full moves between the standings, neither in nor out.
        found = found or _unbalanced(amounts, at, f":{standing}")
    if found is not None:
        yield found


def _unbalanced(amounts: dict[Line, Amount], at: int, tail: str) -> Discrepancy | None:
    """The discrepancy of one column of the statement, if there is one."""
    column = {line: amount[at] for line, amount in amounts.items()}
    into, out_of = (sum(column[line] for line in lines) for lines in SUMS.values())
    into += column[Line.RECOGNISED]
    off = column[Line.CLOSING] - (column[Line.OPENING] + into - out_of)
    if not off:
        return None
    said = _(
        "the opening {opening}, the increase {increase} and the decrease {decrease} make {made},"
        " not the closing {closing}: off by {n}"
    )
    told = said.format(
        opening=format_number(column[Line.OPENING]), increase=format_number(into),
        decrease=format_number(out_of), made=format_number(column[Line.CLOSING] - off),
        closing=format_number(column[Line.CLOSING]), n=format_number(abs(off)),
    )  # fmt: skip
    among = (*(line.name.lower().replace("_", "-") for line in Line), *SUMS, "strength")
    return Discrepancy(f"{CLOSING}{tail}", told, frozenset(f"{cell}{tail}" for cell in among))


# The closings that a unit's documents in force froze, by the tree of each day; the newest first.
_REPORTED = f"""
    SELECT i.period, i.regime, i.symbol, f.numerator FROM reports_issue AS i
    JOIN reports_frozenfigure AS f ON f.entry_id = i.entry_id AND f.address = '{CLOSING}'
    WHERE i.unit_id = %(unit)s AND i.tree_on IS NULL AND f.numerator IS NOT NULL
        AND NOT EXISTS (SELECT FROM reports_issue AS r WHERE r.replaces = i.entry_id)
        AND NOT EXISTS (SELECT FROM reports_withdrawal AS w WHERE w.issue = i.entry_id)
    ORDER BY i.entry_id DESC
"""


def goes_on(reckoning: Reckoning) -> Iterator[Discrepancy]:
    """The opening is the closing that was last reported for the day before, where one was: by a
    report, or by a notice that corrected it."""
    question = reckoning.question
    if question.tree is not None:
        return
    reported = (
        (symbol, closing)
        for code, regime, symbol, closing in fetch(_REPORTED, unit=question.unit)
        if period_of(code, regime).end == question.period.start
    )
    symbol, closing = next(reported, ("", None))
    opening = int(reckoning.value(OPENING) or 0)
    if closing is None or closing == opening:
        return
    said = _("the opening is {opening}, while document {symbol} closed with {closing}: off by {n}")
    told = said.format(
        opening=format_number(opening), symbol=symbol, closing=format_number(closing),
        n=format_number(abs(opening - closing)),
    )  # fmt: skip
    yield Discrepancy(OPENING, told, frozenset((OPENING,)))


IDENTITIES: Sequence[Callable[[Reckoning], Iterator[Discrepancy]]] = (balances, goes_on)


def broken(reckoning: Reckoning) -> list[Discrepancy]:
    """Every identity that does not hold, in the active language."""
    return [one for identity in IDENTITIES for one in identity(reckoning)]
