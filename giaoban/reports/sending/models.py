"""The tables of sending: what is sent to whom and when, and what came of each try."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.periods import PeriodKind
from giaoban.units.models import Unit


class Schedule(models.Model):
    """A report that is sent by itself, to the office's own addresses, after each period.

    It goes out at ``hour`` o'clock in Vietnam, ``days_after`` days after the last day of a period
    of ``kind`` under ``regime``; the first such moment lies after ``since``. ``forms`` are
    attached; ``recipients`` and ``told_of_failures`` are lists of addresses. No book: it says what
    is to be done, not what was. It is never removed, since its runs name it; it ends.
    """

    seen_by_unit = ("books", "unit_id")

    definition = models.CharField(_("report"), max_length=60)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(
        _("kind of period"),
        max_length=20,
        choices=[(kind.value, kind.value) for kind in PeriodKind],
    )
    regime = models.CharField(_("regime"), max_length=60)
    days_after = models.SmallIntegerField(_("days after the period"))
    hour = models.SmallIntegerField(_("hour"))
    forms = models.JSONField(_("forms"))
    recipients = models.JSONField(_("recipients"))
    told_of_failures = models.JSONField(_("told of failures"))
    language = models.CharField(_("language"), max_length=2)
    login_name = models.CharField(_("login"), max_length=150)
    since = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("schedule of sending")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hour__gte=0, hour__lte=23), name="schedule_hour_of_a_day"
            ),
            models.CheckConstraint(
                condition=models.Q(days_after__gte=0), name="schedule_after_its_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.definition}"

    @property
    def is_active(self) -> bool:
        """Whether it goes on."""
        return self.ended_at is None


class ScheduleRun(models.Model):
    """What came of one try to send a schedule's report for a period. Lines are only ever added.

    ``files`` is what was sent: name → sha256 in hexadecimal; ``known`` the journal's last entry by
    which it was built; ``reason`` says in words why nothing was sent, or which recipients the mail
    server refused. A line TOLD says that somebody was told of the failure before it.
    """

    seen_with = ("schedule_id", "reports_schedule", "id")
    is_identity = True

    class State(models.TextChoices):
        """What came of it."""

        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent, will be tried again")
        GIVEN_UP = "given_up", _("not sent")
        TOLD = "told", _("a person was told")

    schedule = models.ForeignKey(Schedule, models.PROTECT, related_name="runs")
    period = models.CharField(_("period"), max_length=20)
    at = models.DateTimeField(_("tried at"))
    by = models.CharField(_("by"), max_length=150)
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    reason = models.TextField(_("reason"), blank=True)
    files = models.JSONField(_("files"), default=dict)
    known = models.BigIntegerField(_("by entry"), null=True)

    class Meta:
        verbose_name = _("try to send a report")
        constraints = [
            models.UniqueConstraint(
                fields=["schedule", "period"],
                condition=models.Q(state="sent"),
                name="schedule_sent_once",
            ),
        ]
        indexes = [models.Index(fields=["schedule", "period", "at"], name="schedule_run_of")]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.schedule_id} {self.period} {self.state}"
