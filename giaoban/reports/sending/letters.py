"""What the letters say: one with a draft report, one that tells of a failure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from giaoban.figures.by_unit import period_title
from giaoban.journal.errors import present
from giaoban.periods import Period
from giaoban.reports.documents.blocks import Document
from giaoban.reports.issues import period_of
from giaoban.reports.sending.mail import Attachment, Letter
from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.vietnamese import format_number


def report_letter(
    schedule: Schedule, document: Document, attachments: Sequence[Attachment], *, unit: str,
    period: Period, known: int, at: datetime,
) -> Letter:  # fmt: skip
    """The letter with a draft print of a report: what it is, and that it is not issued."""
    title = f"{document.title.kind} - {document.title.subject}"
    lines = (
        _("To: the recipients of the report."),
        "",
        _("Attached is a draft: {title}.").format(title=title),
        _("Unit: {unit}.").format(unit=unit),
        _("Period: {period}.").format(period=period_title(period)),
        _("The numbers are by the books as of {time}, entry {n}.").format(
            time=present(at), n=format_number(known)
        ),
        "",
        _(
            "This is a draft: it is not issued, has no number and no signature, and does not stand"
            " for the official document."
        ),
        "",
        _("Files:"),
        *(f"- {one.name}" for one in attachments),
        "",
        _("Sent by itself by schedule {n} of the login {login}. Not to be answered.").format(
            n=schedule.pk, login=schedule.login_name
        ),
    )
    return Letter(
        mark=f"giaoban.report.{schedule.pk}.{period.code}",
        recipients=schedule.recipients,
        subject=_("Draft: {title}").format(title=title),
        text="\n".join(lines) + "\n",
        at=at,
        attachments=attachments,
    )


def failure_letter(schedule: Schedule, run: ScheduleRun, *, unit: str, at: datetime) -> Letter:
    """The letter that tells a person what was not sent, or not to whom, and why."""
    nobody = run.state != ScheduleRun.State.SENT
    said = (
        _("The report of {unit} for {period} was not sent.")
        if nobody
        else _("The report of {unit} for {period} did not reach every recipient.")
    ).format(unit=unit, period=period_title(period_of(run.period, schedule.regime)))
    lines = (
        said,
        "",
        _("Reason: {reason}").format(reason=run.reason),
        _("Last tried at {time}.").format(time=present(run.at)),
        _("Recipients: {addresses}.").format(addresses=", ".join(schedule.recipients)),
        "",
        _(
            "It is not tried again by itself. Put right what is said above, then send it from the"
            " page of schedules, or hand it over by another way."
        ),
    )
    return Letter(
        mark=f"giaoban.failure.{run.pk}",
        recipients=schedule.told_of_failures,
        subject=said,
        text="\n".join(lines) + "\n",
        at=at,
    )
