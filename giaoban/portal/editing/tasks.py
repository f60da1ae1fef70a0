"""What the portal's queue does for editors."""

from __future__ import annotations

from django.core.management import call_command
from procrastinate.contrib.django import app


@app.periodic(cron="* * * * *")  # type: ignore[untyped-decorator]  # untyped library
@app.task(  # type: ignore[untyped-decorator]  # untyped library
    name="portal.publish_scheduled", queue="portal", queueing_lock="portal.publish_scheduled"
)
def publish_scheduled(timestamp: int) -> None:  # noqa: ARG001 - the queue tells when it was due
    """Publish what is due by its schedule, take down what has had its time."""
    call_command("publish_scheduled", verbosity=0)
