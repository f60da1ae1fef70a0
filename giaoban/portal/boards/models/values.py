"""The values that the boards show."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .choices import Feed, Measure
from .lists import Place, PriceKind


class Value(models.Model):
    """A value on a board: from a feed, or entered by somebody."""

    source = models.CharField(_("source"), max_length=20, choices=Feed, blank=True)
    fetched_at = models.DateTimeField(_("fetched at"), null=True)
    entered_by = models.CharField(_("entered by"), max_length=150, blank=True)

    class Meta:
        abstract = True


def _of_one_source(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        name=name,
        condition=Q(entered_by="", fetched_at__isnull=False) & ~Q(source="")
        | Q(source="", fetched_at__isnull=True) & ~Q(entered_by=""),
    )


class PriceQuote(Value):
    """What a kind was bought and sold for, in đồng, from ``quoted_at`` on.

    No value is ever changed: a new one is a new row. A feed that says the same again moves
    ``quoted_at`` and ``fetched_at`` on. Missing is None, and a dash on the board.
    """

    kind = models.ForeignKey(PriceKind, models.CASCADE, related_name="quotes")
    buy = models.BigIntegerField(_("buy"), null=True)
    sell = models.BigIntegerField(_("sell"), null=True)
    measure = models.CharField(_("price of"), max_length=20, choices=Measure)
    quoted_at = models.DateTimeField(_("quoted at"))

    class Meta:
        verbose_name = _("price")
        indexes = [models.Index(fields=["kind", "-quoted_at", "-id"], name="price_quote_latest")]
        constraints = [
            models.CheckConstraint(
                name="price_quote_above_zero",
                condition=(Q(buy__isnull=True) | Q(buy__gt=0))
                & (Q(sell__isnull=True) | Q(sell__gt=0)),
            ),
            _of_one_source("price_quote_source"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.buy} {self.sell}"


class WeatherReading(Value):
    """The weather of a place as it was last known: °C to a tenth, humidity in whole per cent."""

    place = models.OneToOneField(Place, models.CASCADE, related_name="reading")
    temperature = models.DecimalField(_("temperature"), max_digits=3, decimal_places=1, null=True)
    humidity = models.PositiveSmallIntegerField(_("humidity"), null=True)
    measured_at = models.DateTimeField(_("measured at"))

    class Meta:
        verbose_name = _("weather")
        constraints = [
            models.CheckConstraint(
                name="weather_reading_on_earth",
                condition=(Q(temperature__isnull=True) | Q(temperature__range=(-10, 50)))
                & (Q(humidity__isnull=True) | Q(humidity__range=(0, 100))),
            ),
            _of_one_source("weather_reading_source"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.temperature} {self.humidity}"
