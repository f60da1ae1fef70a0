"""The tables of plans: targets of a unit for an indicator and year, revised by new rows."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.journal.models import BookRow
from giaoban.units.models import Unit


class Target(BookRow):
    """What a unit is to reach in a year (chỉ tiêu). NULL takes a target back."""

    columns = ("unit_id", "indicator", "year", "value")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    indicator = models.CharField(_("indicator"), max_length=60)
    year = models.SmallIntegerField(_("year"))
    value = models.IntegerField(_("target"), null=True)

    class Meta:
        verbose_name = _("target")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__gte=0),
                name="target_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["indicator", "year"], name="target_indicator_year")]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.unit_id} {self.indicator} {self.year}: {self.value}"
