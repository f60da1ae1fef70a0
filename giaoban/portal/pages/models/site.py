"""What holds for the whole site."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from giaoban.portal.asking import once
from giaoban.units.models import Unit


class SiteSetting(BaseSiteSetting):
    """What holds for a site, asked for once while a page is made."""

    class Meta:
        abstract = True

    @classmethod
    def for_site(cls, site: Site | None) -> Self:
        """The settings of a site. Raises ``DoesNotExist`` where there is no site."""
        told: Self = once((cls, site), lambda: super(SiteSetting, cls).for_site(site))
        return told


@register_setting(icon="home")
class SiteFacts(SiteSetting):
    """Whose site it is and what its head and foot say.

    ``unit`` is the organisation whose portal this is: its chart is shown, its reports can be made
    public, and appointments to it, above or below it say who may write and publish here.
    """

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", db_constraint=False, null=True, blank=True,
        verbose_name=_("organisation"),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=100, blank=True)
    subtitle = models.CharField(_("line below the name"), max_length=200, blank=True)
    address = models.TextField(_("address and contact"), blank=True)
    remark = models.TextField(_("remark at the foot"), blank=True)
    comments_open = models.BooleanField(_("readers may comment"), default=True)

    panels = [
        FieldPanel("name"),
        FieldPanel("subtitle"),
        FieldPanel("address"),
        FieldPanel("remark"),
        FieldPanel("comments_open"),
    ]

    class Meta:
        verbose_name = _("about the site")

    def __str__(self) -> str:
        return self.name
