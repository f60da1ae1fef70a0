"""What the queue does about comments each night: what is no longer needed goes."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from giaoban.portal.comments.actions import forget_old
from giaoban.portal.pages.limits import forget_counts


@app.periodic(cron="10 2 * * *")  # type: ignore[untyped-decorator]  # untyped library
@app.task(name="forget_comments", queue="portal", queueing_lock="forget_comments")  # type: ignore[untyped-decorator]  # untyped library
def forget_comments(timestamp: int) -> None:  # noqa: ARG001 - the queue tells when it was due
    """Erase what was declined or removed long ago, and counts and salts of days gone by."""
    forget_old(at=timezone.now())
    forget_counts(timezone.now())
