"""What pages with living figures are made of, as the cache knows it."""

from __future__ import annotations

# All of them, as the map of the site lists them with their last change. A page that tells of one
# depends on that one's own key.
REPORTS, FIGURES, CORRECTIONS = "reports", "figures", "corrections"


def report_key(issue: int) -> str:
    """Whatever is said of a public report: that it is public, withdrawn, replaced."""
    return f"report:{issue}"


def figure_key(figure: int) -> str:
    """What is known of a public figure since."""
    return f"figure:{figure}"
