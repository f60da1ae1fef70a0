"""What the portal's queue does for the boards."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from giaoban.portal.boards.errors import AskedTooSoon
from giaoban.portal.boards.fetching import due, fetch_rates, fetch_weather


@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]  # untyped library
@app.task(name="fetch_boards", queue="portal", queueing_lock="fetch_boards", lock="fetch_boards")  # type: ignore[untyped-decorator]  # untyped library
def fetch_boards(timestamp: int) -> None:  # noqa: ARG001 - the queue tells when it was due
    """Fetch from the feeds that are on, if it is time to; with none on nothing is asked."""
    now = timezone.now()
    if not due(now):
        return
    # Somebody may have asked by hand just now.
    with suppress(AskedTooSoon):
        fetch_rates(at=now)
    with suppress(AskedTooSoon):
        fetch_weather(at=now)
