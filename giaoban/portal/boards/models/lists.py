"""What the boards of a site list, which feeds are on, when a value is old."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting
from wagtail.models import Orderable

from giaoban.portal.boards.agent import check_contact
from giaoban.portal.pages.models.site import SiteSetting

from .choices import OF_GROUP, Feed, Group, Measure


@register_setting(icon="table")
class BoardSettings(ClusterableModel, SiteSetting):
    """The boards of a site: what they list, which feeds are on, when a value is old."""

    rates_feed = models.BooleanField(
        _("fetch exchange rates from Vietcombank"), default=False,
        help_text=_("For reference only, says the bank; it is asked every fifteen minutes."),
    )  # fmt: skip
    weather_feed = models.CharField(
        _("fetch the weather from"), max_length=20, blank=True,
        choices=[(Feed.OPEN_METEO.value, Feed.OPEN_METEO.label),
                 (Feed.MET_NORWAY.value, Feed.MET_NORWAY.label)],
    )  # fmt: skip
    contact = models.CharField(
        _("contact told to the feeds"), max_length=120, blank=True, validators=[check_contact],
        help_text=_("An e-mail address or a web address. The feeds want to know who asks."),
    )  # fmt: skip
    prices_stale_hours = models.PositiveSmallIntegerField(
        _("prices are old after (hours)"), default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )  # fmt: skip
    weather_stale_hours = models.PositiveSmallIntegerField(
        _("the weather is old after (hours)"), default=3,
        validators=[MinValueValidator(1), MaxValueValidator(48)],
    )  # fmt: skip

    panels = [
        InlinePanel("kinds", heading=_("Prices"), label=pgettext_lazy("price", "kind")),
        InlinePanel("places", heading=_("Weather"), label=pgettext_lazy("weather", "place")),
        MultiFieldPanel(
            [FieldPanel("rates_feed"), FieldPanel("weather_feed"), FieldPanel("contact")],
            _("Feeds"),
        ),
        MultiFieldPanel(
            [FieldPanel("prices_stale_hours"), FieldPanel("weather_stale_hours")],
            _("When values are old"),
        ),
    ]

    class Meta:
        verbose_name = _("boards")

    def __str__(self) -> str:
        return str(self.site)

    def clean(self) -> None:
        """No feed is asked by somebody who doesn't say who they are."""
        super().clean()
        if (self.rates_feed or self.weather_feed) and not self.contact:
            raise ValidationError(
                {"contact": _("Feeds are on: say whom they can write to.")}, code="contact_missing"
            )


class PriceKind(Orderable):
    """A line of the price board (loại): SJC, or a currency by its code of three letters."""

    board = ParentalKey(BoardSettings, on_delete=models.CASCADE, related_name="kinds")
    group = models.CharField(pgettext_lazy("price", "group"), max_length=20, choices=Group)
    name = models.CharField(
        pgettext_lazy("price", "kind"),
        max_length=60,
        help_text=_("A currency by its three letters: USD."),
    )
    measure = models.CharField(_("price of"), max_length=20, choices=Measure)

    panels = [FieldPanel("group"), FieldPanel("name"), FieldPanel("measure")]

    class Meta(Orderable.Meta):
        verbose_name = _("kind of price")
        constraints = [
            models.UniqueConstraint(fields=["board", "group", "name"], name="price_kind_once")
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Gold by weight, currencies by their codes."""
        super().clean()
        if self.group and self.measure not in OF_GROUP.get(Group(self.group), ()):
            raise ValidationError(
                {"measure": _("Gold is priced by weight, a currency by 1 or 100 units.")}
            )
        code = self.name.isascii() and self.name.isalpha() and self.name.isupper()
        if self.group == Group.CURRENCY and not (code and len(self.name) == 3):
            raise ValidationError({"name": _("A currency is named by three capitals: USD.")})


class Place(Orderable):
    """A line of the weather board: a place and where it lies."""

    board = ParentalKey(BoardSettings, on_delete=models.CASCADE, related_name="places")
    name = models.CharField(pgettext_lazy("weather", "place"), max_length=60)
    # Four decimals are eleven metres, and the most that MET Norway takes.
    latitude = models.DecimalField(
        _("latitude"), max_digits=6, decimal_places=4,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    longitude = models.DecimalField(
        _("longitude"), max_digits=7, decimal_places=4,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip

    panels = [FieldPanel("name"), FieldPanel("latitude"), FieldPanel("longitude")]

    class Meta(Orderable.Meta):
        verbose_name = _("place of the weather")
        constraints = [models.UniqueConstraint(fields=["board", "name"], name="place_once")]

    def __str__(self) -> str:
        return self.name
