"""How an organisation is reached: what the law wants told beside its chart."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet

from giaoban.units.models import Unit


@register_snippet
class UnitContact(models.Model):
    """Address, telephone and official contact of an organisation (Nghị định 42/2022 Điều 4).

    The contact is a post, as in "Chánh Văn phòng"; a name is given only where the office has
    named somebody to the public.
    """

    unit = models.OneToOneField(
        Unit, models.PROTECT, related_name="+", db_constraint=False, verbose_name=_("organisation")
    )
    address = models.CharField(_("address"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail of the office"), blank=True)
    post = models.CharField(_("official contact: post"), max_length=120, blank=True)
    named = models.CharField(_("official contact: name"), max_length=120, blank=True)

    panels = [
        FieldPanel("unit"),
        FieldPanel("address"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("post"),
        FieldPanel("named"),
    ]

    class Meta:
        verbose_name = _("contact of an organisation")
        verbose_name_plural = _("contacts of organisations")

    def __str__(self) -> str:
        return f"{self.unit}: {self.address}"
