"""What the portal's queue does for living figures, with the office's rights."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from giaoban.portal.living.findable import hear_of_reports
from giaoban.portal.living.learning import compare_public_reports
from giaoban.portal.living.preparing.prepare import prepare
from giaoban.portal.living.reasons import keep_reasons

QUEUE = "portal"


@app.task(name="portal_prepare_report", queue=QUEUE)  # type: ignore[untyped-decorator]  # untyped library
def prepare_report(issue: int) -> None:
    """Work out what of a report is public, and store it."""
    prepare(issue, at=timezone.now())


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]  # untyped library
@app.task(name="portal_compare_reports", queue=QUEUE, queueing_lock="portal_compare_reports")  # type: ignore[untyped-decorator]  # untyped library
def compare_reports(timestamp: int) -> None:  # noqa: ARG001 - the queue tells when it was due
    """Hear which public reports were withdrawn, and why, or replaced; compare those that are cited
    with the books, if these moved."""
    hear_of_reports()
    keep_reasons()
    compare_public_reports(at=timezone.now())
