"""Who does what in the demonstration: the logins that ``giaoban demo`` makes and appoints."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.people.models import Login
from giaoban.portal.editing.arranging import arrange_editing
from giaoban.portal.editing.hands import settle_hands

WRITER, EDITOR, PUBLISHER = "nguoi-viet", "bien-tap", "duyet-dang"
CLERK = "ban-to-chuc"  # of the board, who says who is in charge
ALL = (WRITER, EDITOR, PUBLISHER)


def take_hands() -> None:
    """Groups and workflow over the new home, and the three logins in their groups."""
    arrange_editing()
    for login in ALL:
        settle_hands(login, on=timezone.localdate(timezone=VIETNAM), known=head().number)


def by(login: str, at: datetime) -> Recorder:
    """Somebody who does something at a moment, of 2018 for the most part."""
    return Recorder(login, at)


def who(login: str) -> Any:
    """The login as Wagtail's pages and revisions name it."""
    return Login.objects.get(username=login)
