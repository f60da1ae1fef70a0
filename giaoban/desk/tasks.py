"""What the queue's worker does for the desk."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from giaoban.intake import actions
from giaoban.intake.models import Intake
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Recorder


@app.task(name="record_file")  # type: ignore[untyped-decorator]
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
