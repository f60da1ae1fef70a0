"""What intake keeps: matches settled before, and the files being brought in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.intake.fields import Subject


class RememberedMatch(models.Model):
    """Which column held which field in a table with these heads; no person's data."""

    mark = models.CharField(max_length=64, unique=True)
    columns = models.JSONField()

    class Meta:
        verbose_name = _("remembered match of columns")

    def __str__(self) -> str:
        return self.mark


class Intake(models.Model):
    """A file being brought in (nhập từ Excel), from its upload until it is recorded or given up.

    ``content`` are the file's bytes: personal data, so they go when the intake ends. ``decisions``
    say of suspected duplicates, by row, "new" or the number of the person. Only whose login it is
    may see it.
    """

    class State(models.TextChoices):
        """How far it has come."""

        MATCHING = "matching", _("columns to be matched")
        CHECKED = "checked", _("checked, nothing recorded")
        RECORDING = "recording", _("being recorded")
        RECORDED = "recorded", _("recorded")
        STOPPED = "stopped", _("stopped, nothing recorded")

    own_of_login = "login_name"

    login_name = models.CharField(max_length=150, db_index=True)
    subject = models.CharField(max_length=20, choices=Subject.choices)
    file_name = models.CharField(max_length=255)
    file_digest = models.CharField(max_length=64)
    content = models.BinaryField()
    state = models.CharField(max_length=20, choices=State.choices, default=State.MATCHING)
    sheet = models.CharField(max_length=255, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    on = models.DateField(null=True)
    columns = models.JSONField(default=dict)
    decisions = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    total = models.IntegerField(default=0)
    done = models.IntegerField(default=0)
    stop_asked = models.BooleanField(default=False)
    refusal = models.TextField(blank=True)
    first_entry = models.BigIntegerField(null=True)
    last_entry = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("file brought in")
        verbose_name_plural = _("files brought in")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        """Whether it is neither recorded nor given up."""
        return self.state != self.State.RECORDED
