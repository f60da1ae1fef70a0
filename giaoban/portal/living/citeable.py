"""Whether the figures of a report may still be cited, and why not."""

from __future__ import annotations

from giaoban.journal.errors import RuleBroken
from giaoban.portal.living.errors import FigureReplaced, FigureWithdrawn, ReportWithdrawn
from giaoban.portal.living.queries import Fate
from giaoban.reports.issues import Standing


def refusal(fate: Fate) -> str:
    """Why figures of a report are not to be chosen; empty where they are."""
    try:
        require_citeable(fate)
    except RuleBroken as refused:
        return str(refused)
    return ""


def require_citeable(fate: Fate) -> None:
    """Refuse a report that is no longer in force. Raises ``FigureWithdrawn`` or ``FigureReplaced``
    naming the one that stands for it, ``ReportWithdrawn`` where none does."""
    if fate.in_force:
        return
    if fate.successor is None:
        raise ReportWithdrawn(number=fate.issued.symbol)
    refused = FigureWithdrawn if fate.standing is Standing.WITHDRAWN else FigureReplaced
    raise refused(number=fate.issued.symbol, new=fate.successor.symbol)
