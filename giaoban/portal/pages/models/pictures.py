"""Pictures: what they show has to be told in words before one can be used."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.db import models
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from giaoban.portal.pages.camera_data import without_camera_data

_FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


class Picture(AbstractImage):
    """A picture with its description (mô tả ảnh), its caption and where it comes from.

    The description is ``alt``; a second one, which Wagtail has of its own, is not asked for.
    """

    alt = models.CharField(
        pgettext_lazy("picture", "description"), max_length=300,
        help_text=_("What the picture shows, for who doesn't see it."),
    )  # fmt: skip
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("source of the picture"), max_length=120, blank=True)

    admin_form_fields = (
        "title", "file", "alt", "caption", "credit", "collection", "tags", *_FOCAL_POINT,
    )  # fmt: skip
    search_fields = [
        *(one for one in AbstractImage.search_fields if one.field_name != "description"),
        index.SearchField("alt"), index.AutocompleteField("alt"), index.SearchField("caption"),
    ]  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def save(self, *args: object, **kwargs: object) -> None:
        """Whoever brings a picture, nothing of its file is kept but the picture."""
        # The field stands in Wagtail's model, which has no types.
        brought: FieldFile = self.file  # type: ignore[has-type]
        if brought and not getattr(brought, "_committed", True):  # Django's word for: not stored
            clean = without_camera_data(brought)
            if clean is not None:
                self.file = ContentFile(clean, name=brought.name)
                self._set_image_file_metadata()
        super().save(*args, **kwargs)

    @property
    def default_alt_text(self) -> str:
        """What stands in for the picture where a page says nothing of its own."""
        return str(self.alt)


def with_sizes(*pictures: Picture | None) -> None:
    """Ask at once in which sizes some pictures are made already; each size would ask by itself."""
    models.prefetch_related_objects([one for one in pictures if one is not None], "renditions")


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
