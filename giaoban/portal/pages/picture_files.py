"""Pictures on their way in: what they are is found out before they are unfolded into memory.

A picture of a few hundred kilobytes can hold a hundred million pixels, which fill memory when one
page shows it small; its header tells how many, so the header alone is read first.
"""

from __future__ import annotations

import warnings
from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import FileField
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from giaoban.journal.errors import RuleBroken
from giaoban.portal.pages.camera_data import without_camera_data
from giaoban.portal.pages.errors import (
    NotAPicture,
    PictureDamaged,
    PictureFileTooLarge,
    PictureTooManyPixels,
)
from giaoban.vietnamese import format_number, round_half_up

FORMS = ("JPEG", "PNG", "WEBP", "AVIF")
MEGABYTE = 1024 * 1024
MILLION = 1_000_000
BEYOND = "> 178"  # where Pillow itself refuses to go on


def require_picture(file: IO[bytes], size: int) -> None:
    """Refuse what can't become a picture of the site; ``size`` is the file's, in bytes.

    The file is read from its start and left there. Raises ``PictureFileTooLarge``,
    ``NotAPicture``, ``PictureTooManyPixels``, ``PictureDamaged``.
    """
    most = cast(int, settings.WAGTAIL["WAGTAILIMAGES_MAX_UPLOAD_SIZE"])
    if size > most:
        raise PictureFileTooLarge(size=_in_millions(size, MEGABYTE), most=most // MEGABYTE)
    file.seek(0)
    # Pillow warns and refuses by limits of its own; ours are lower.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        _look_at(file)
    file.seek(0)


def _look_at(file: IO[bytes]) -> None:
    most = cast(int, settings.WAGTAIL["WAGTAILIMAGES_MAX_IMAGE_PIXELS"])
    try:
        picture = Image.open(file, formats=FORMS)
    except Image.DecompressionBombError as refused:
        raise PictureTooManyPixels(millions=BEYOND, most=most // MILLION) from refused
    except Exception as refused:  # whatever a forged header brings a decoder to
        raise NotAPicture(choices=list(FORMS)) from refused
    pixels = picture.width * picture.height * getattr(picture, "n_frames", 1)
    if pixels > most:
        raise PictureTooManyPixels(millions=_in_millions(pixels, MILLION), most=most // MILLION)
    try:
        picture.load()
    except Exception as refused:
        raise PictureDamaged from refused


def _in_millions(count: int, million: int) -> str:
    return format_number(round_half_up(count / million, 0 if count >= 100 * million else 1))


class PictureField(WagtailImageField):
    """The field of a picture's file, which says in our words why one is refused, and takes nothing
    of one but the picture."""

    def to_python(self, data: Any) -> Any:
        """The file, if it is a picture that can be shown, without what its camera says."""
        file = cast("UploadedFile[Any] | None", FileField.to_python(self, data))
        if file is not None:
            try:
                require_picture(file, file.size or 0)
            except RuleBroken as refused:
                raise ValidationError(str(refused), code=refused.code) from refused
            _forget_camera_data(file)
        return super().to_python(data)


def _forget_camera_data(file: UploadedFile[Any]) -> None:
    """The very file that was sent is written anew: of several pictures sent at once, one that lacks
    its description is kept as it was sent until somebody gives it."""
    clean = without_camera_data(file)
    if clean is not None:
        file.seek(0)
        file.truncate()
        file.write(clean)
        file.seek(0)
        file.size = len(clean)


class PictureForm(BaseImageForm):
    """The form by which editors bring pictures."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (told := self.fields.get("file")) is not None:
            self.fields["file"] = PictureField(
                label=told.label, required=told.required, widget=told.widget
            )
