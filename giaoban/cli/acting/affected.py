"""Issued reports that an act would make read otherwise, told before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from giaoban.terminal.office import print_table

if TYPE_CHECKING:
    from giaoban.reports.affecting import Affected

Figures = list[tuple[str, str, str]]


def told_of(affected: Iterable[Affected]) -> Iterator[tuple[dict[str, Any], Figures]]:
    """Each document as an object for programs, and its figures as (in words, before, after)."""
    # See ``performing``: an act that is recorded starts without reports.
    from giaoban.reports.numbers.printed import in_table, shape_of
    from giaoban.reports.wording.naming import named

    for one in affected:
        figures = [
            (str(address), named(address, one.was), in_table(before, shape_of(address)),
             in_table(after, shape_of(address)))
            for address, before, after in one.figures
        ]  # fmt: skip
        said = {
            "entry": one.issued.entry, "symbol": one.issued.symbol,
            "figures": [{"figure": a, "before": b, "after": c} for a, _words, b, c in figures],
        }  # fmt: skip
        yield said, [(words, before, after) for _address, words, before, after in figures]


def print_affected(affected: Iterable[Affected]) -> None:
    """A table for each document: its figures before and after. They stay as issued."""
    for one, figures in told_of(affected):
        title = _("Issued report {symbol} would read otherwise").format(symbol=one["symbol"])
        print_table([_("Figure"), _("Before"), _("After")], figures, title=title)
