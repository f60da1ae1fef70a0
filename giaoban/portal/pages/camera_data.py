"""What a camera or a program writes into a picture beside what is to be seen: where it was taken,
with which device, by whom. Original files are served to everybody, so none of it is kept.

Which way up the picture is held is applied to the picture itself; its colours stay as they are.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import IO, Any, cast

from PIL import Image, ImageOps
from PIL.ExifTags import Base
from PIL.JpegImagePlugin import JpegImageFile

# Of a JPEG's marked parts those that only say how it is to be shown.
_SHOWING = ("APP0", "APP14")
_COLOURS = "APP2", b"ICC_PROFILE\0"
_SPEAKING = frozenset({"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"})
# Where a picture has to be written anew: no loss that could be seen.
_WRITING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 95, "subsampling": "4:2:0"}, "PNG": {},
    "WEBP": {"quality": 92, "method": 4}, "AVIF": {"quality": 88, "speed": 8},
}  # fmt: skip


def without_camera_data(file: IO[bytes]) -> bytes | None:
    """A picture's file with nothing in it but the picture and its colour profile; None where it
    has nothing else, and stays as it is. The file is left at its start."""
    file.seek(0)
    with warnings.catch_warnings():
        # Whether it is too large is asked before (``picture_files.require_picture``).
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = Image.open(file)
        picture.load()
    file.seek(0)
    return _written(picture) if _speaks(picture) else None


def _speaks(picture: Image.Image) -> bool:
    """Whether a picture holds more than itself."""
    if _SPEAKING & picture.info.keys() or getattr(picture, "text", None) or picture.getexif():
        return True
    return isinstance(picture, JpegImageFile) and any(
        name not in _SHOWING and not (name == _COLOURS[0] and part.startswith(_COLOURS[1]))
        for name, part in picture.applist
    )


def _written(picture: Image.Image) -> bytes:
    form = "JPEG" if isinstance(picture, JpegImageFile) else cast(str, picture.format)
    how = dict(_WRITING[form])
    if getattr(picture, "n_frames", 1) > 1 and form != "JPEG":
        how["save_all"] = True  # one that moves is not turned
        upright = picture
    else:
        upright = ImageOps.exif_transpose(picture)
        if form == "JPEG" and picture.format == "JPEG" and _is_upright(picture):
            # The very numbers that the camera wrote down.
            how, upright = {"quality": "keep", "subsampling": "keep"}, picture
    if (profile := picture.info.get("icc_profile")) is not None:
        how["icc_profile"] = profile
    if (clear := picture.info.get("transparency")) is not None and form == "PNG":
        how["transparency"] = clear
    upright.info = {name: value for name, value in upright.info.items() if name not in _SPEAKING}
    out = BytesIO()
    upright.save(out, form, exif=b"", **how)
    return out.getvalue()


def _is_upright(picture: Image.Image) -> bool:
    return bool(picture.getexif().get(Base.Orientation, 1) == 1)
