"""The ways through reports: what is issued, what is being prepared, and what both are made by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import Sitting
from giaoban.desk.reports.sight import reads_members


@dataclass(frozen=True, slots=True)
class Tab:
    """A way; ``count`` is of what waits there, None where nothing does."""

    label: str
    url: str
    current: bool
    count: int | None = None


def tabs(here: str, sitting: Sitting, *, waiting: int | None = None) -> list[Tab]:
    """The ways open to a login; ``here`` is the name of the page's own."""
    labels = {"reports": _("Issued")}
    if reads_members(sitting):
        labels |= {
            "reports-drafts": _("Drafts"),
            "reports-definitions": _("Definitions"),
            "reports-registers": _("Registers of documents"),
            "reports-schedules": _("Sent by themselves"),
        }
    return [
        Tab(label, reverse(f"desk:{name}"), name == here,
            waiting if name == "reports-drafts" else None)
        for name, label in labels.items()
    ]  # fmt: skip


def trail(*steps: tuple[str, str]) -> list[dict[str, Any]]:
    """The way down to a page of reports: (label, address) of each step after the first."""
    first = {"label": _("Reports"), "url": reverse("desk:reports")}
    return [first, *({"label": label, "url": url} for label, url in steps)]
