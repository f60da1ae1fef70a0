"""Pictures: what they show has to be told in words before one can be used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):
    """A picture with its description (mô tả ảnh), its caption and where it comes from."""

    alt = models.CharField(
        pgettext_lazy("picture", "description"), max_length=300,
        help_text=_("What the picture shows, for who doesn't see it."),
    )  # fmt: skip
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("source of the picture"), max_length=120, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "alt", "caption", "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """What stands in for the picture where a page says nothing of its own."""
        return str(self.alt)


class PictureRendition(AbstractRendition):
    """A picture in one size and form."""

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("size of a picture")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="picture_rendition_once"
            )
        ]
