"""What can be chosen: feeds, what is priced, and what a price is the price of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Feed(models.TextChoices):
    """Where values may be fetched. All are off until an office switches them on."""

    VIETCOMBANK = "vietcombank", "Vietcombank"
    OPEN_METEO = "open-meteo", "Open-Meteo"
    MET_NORWAY = "met-norway", "MET Norway"


class Group(models.TextChoices):
    """What is priced."""

    GOLD = "gold", _("gold")
    CURRENCY = "currency", _("foreign currency")


class Measure(models.TextChoices):
    """What a price is the price of."""

    TAEL = "tael", _("one tael (37,5 g)")
    MACE = "mace", _("one mace (3,75 g)")
    ONE = "one", _("1 unit of the currency")
    HUNDRED = "hundred", _("100 units of the currency")


OF_GROUP = {
    Group.GOLD: (Measure.TAEL, Measure.MACE), Group.CURRENCY: (Measure.ONE, Measure.HUNDRED),
}  # fmt: skip
