"""How long a session may rest: the same at every door, for a login has one session for all."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

SEEN = "seen"
# Written at most once a minute: a page that reads writes nothing.
NOTED_EVERY = 60


def left_alone(session: SessionBase, at: datetime) -> bool:
    """Whether the last page is longer ago than a session may rest; notes this one if not."""
    now = int(at.timestamp())
    seen = session.get(SEEN, now)
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return True
    if SEEN not in session or now - seen >= NOTED_EVERY:
        session[SEEN] = now
    return False
