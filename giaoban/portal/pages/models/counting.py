"""How much was sent in a stretch of time, without who sent it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tally(models.Model):
    """How often something was done in a stretch of time: by one address, to one page, by all.

    ``of`` names an address by its hash with the day's salt (``DaySalt``), never by itself.
    """

    of = models.CharField(max_length=100)
    begun_at = models.DateTimeField()
    times = models.IntegerField()

    class Meta:
        verbose_name = _("count of what readers sent")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["of", "begun_at"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.of} {self.times}"


class DaySalt(models.Model):
    """What addresses are hashed with for a day; gone the day after, and with it all likeness."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField()

    class Meta:
        verbose_name = _("salt of a day")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.day)
