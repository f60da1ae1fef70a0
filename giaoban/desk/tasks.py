"""What the queue's worker does for the desk."""

from __future__ import annotations

from contextlib import suppress

from django.utils import timezone
from procrastinate.contrib.django import app

from giaoban.intake import actions
from giaoban.intake.models import Intake
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Recorder
from giaoban.reports.sending.errors import BeingSent, SentAlready
from giaoban.reports.sending.running import due, run_schedule, tell_of_failures


@app.task(name="record_file")  # type: ignore[untyped-decorator]  # untyped library
def record_file(intake: int, login: str) -> None:
    """Record a file. A refusal is kept with it, for the page that waits; anything else is a bug
    and fails the job."""
    found = Intake.objects.filter(pk=intake, state=Intake.State.RECORDING).first()
    if found is None:
        return  # given up, or recorded by an earlier try
    # Somebody else's worker at the same file is a refusal, too: it is left to go on.
    try:
        actions.record_intake(found, by=Recorder(login, timezone.now()))
    except RuleBroken:
        return


@app.periodic(cron="*/5 * * * *")  # type: ignore[untyped-decorator]  # untyped library
@app.task(name="send_reports", queueing_lock="send_reports")  # type: ignore[untyped-decorator]  # untyped library
def send_reports(timestamp: int) -> None:  # noqa: ARG001 - the queue tells when it was due
    """Send the reports that are due, then tell a person of what did not go out."""
    for one in due(timezone.now()):
        # Somebody else is at it, or was just now.
        with suppress(BeingSent, SentAlready):
            by = Recorder(one.schedule.login_name, timezone.now())
            run_schedule(one.schedule, one.period, by=by)
    tell_of_failures(at=timezone.now())
