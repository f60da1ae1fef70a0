"""Which indicators may have a target: their codes, so that no target hangs on a wrong one.

What each of them counts, and all that have no target, is told by the figures.
"""

from __future__ import annotations

from giaoban.plans.errors import IndicatorUntargeted

# Books hold these codes; one is never taken away. The order is that of lists.
TARGETED = ("admitted", "recognised", "party-founded-private", "unions-founded-private")

# Years that a target can be for.
YEARS = range(1930, 2200)


def check_targeted(code: str) -> None:
    """Refuse a code that no target can be set for. Raises ``IndicatorUntargeted``."""
    if code not in TARGETED:
        raise IndicatorUntargeted(indicator=code, indicators=list(TARGETED))
