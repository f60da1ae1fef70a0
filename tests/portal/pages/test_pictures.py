"""Pictures on their way in, and as pages show them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngImageFile
from wagtail.images.forms import get_image_form

from giaoban.journal.errors import RuleBroken
from giaoban.portal.pages.errors import (
    NotAPicture,
    PictureDamaged,
    PictureFileTooLarge,
    PictureTooManyPixels,
)
from giaoban.portal.pages.models import Picture
from giaoban.portal.pages.picture_files import require_picture
from tests.portal.pages.newspaper import Newspaper, picture


def written(size: tuple[int, int], form: str = "PNG", mode: str = "1") -> bytes:
    """A picture of one colour, in very few bytes."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, form)
    return file.getvalue()


HUNDRED_MILLION = (10_000, 10_000)
BAD: list[tuple[bytes, type[RuleBroken]]] = [
    (b"", NotAPicture),
    (b"khong phai anh", NotAPicture),
    (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", NotAPicture),
    (b"%PDF-1.7 ...", NotAPicture),
    (b"\x89PNG\r\n\x1a\n", NotAPicture),
    (written((300, 200), "GIF", "P"), NotAPicture),
    (written((900, 900), "JPEG", "RGB")[:-400], PictureDamaged),
    (written((900, 900), "PNG", "RGB")[:-400], PictureDamaged),
    (written(HUNDRED_MILLION), PictureTooManyPixels),
]


@pytest.mark.parametrize(("file", "why"), BAD)
def test_what_is_no_picture_for_a_page_is_refused(file: bytes, why: type[RuleBroken]) -> None:
    with pytest.raises(why):
        require_picture(io.BytesIO(file), len(file))


def test_a_picture_of_a_hundred_million_pixels_is_refused_unread_and_its_size_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = written(HUNDRED_MILLION)
    assert len(file) < 200_000
    unfolded: list[object] = []
    monkeypatch.setattr(PngImageFile, "load", lambda self: unfolded.append(self))
    with pytest.raises(PictureTooManyPixels) as refused:
        require_picture(io.BytesIO(file), len(file))
    assert {"100", "40"} <= set(str(refused.value).split())
    assert unfolded == []
    require_picture(io.BytesIO(written((30, 20))), 1)
    assert len(unfolded) == 1  # what is unfolded would be seen here


def test_a_picture_beyond_the_librarys_own_limit_is_refused_the_same_way() -> None:
    file = bytearray(written((100, 100)))
    # The header says thirty thousand by thirty thousand; its checksum is made to agree.
    import zlib

    file[16:24] = (30_000).to_bytes(4, "big") * 2
    file[29:33] = zlib.crc32(bytes(file[12:29])).to_bytes(4, "big")
    with pytest.raises(PictureTooManyPixels):
        require_picture(io.BytesIO(bytes(file)), len(file))


def test_a_file_of_too_many_bytes_is_refused_unread() -> None:
    with pytest.raises(PictureFileTooLarge):
        require_picture(io.BytesIO(b""), 10 * 1024 * 1024 + 1)


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("WEBP", "RGB"),
                                            ("AVIF", "RGB")])  # fmt: skip
def test_pictures_are_taken(form: str, mode: str) -> None:
    file = io.BytesIO(written((320, 200), form, mode))
    require_picture(file, len(file.getvalue()))
    assert file.tell() == 0


@pytest.mark.parametrize("name", ["anh.png", "anh.jpg"])
@pytest.mark.django_db
def test_the_editors_form_says_why_and_keeps_nothing(name: str, settings: Any) -> None:
    form = get_image_form(Picture)(
        {"title": "Ảnh", "alt": "Ảnh thử", "collection": 1},
        {"file": SimpleUploadedFile(name, b"khong phai anh")},
    )
    assert not form.is_valid()
    assert list(form.errors) == ["file"]
    assert str(NotAPicture(choices=["JPEG", "PNG", "WEBP", "AVIF"])) in str(form.errors["file"])
    assert not Picture.objects.exists()


@pytest.mark.django_db
def test_the_editors_form_asks_what_a_picture_shows() -> None:
    file = SimpleUploadedFile("anh.png", written((320, 200), "PNG", "RGB"))
    form = get_image_form(Picture)({"title": "Ảnh", "alt": "", "collection": 1}, {"file": file})
    assert list(form.errors) == ["alt"]


def test_a_cut_keeps_the_point_that_matters(paper: Newspaper) -> None:
    """Blue is at the right edge alone: a cut from the middle has none of it."""
    drawn = Image.new("RGB", (1600, 900), "#a3201c")
    drawn.paste("#1c20a3", (1450, 0, 1600, 900))
    blue = {}
    for name, point in (("middle", {}), ("side", {"focal_point_x": 1525, "focal_point_y": 450,
                        "focal_point_width": 100, "focal_point_height": 100})):  # fmt: skip
        one = picture(size=(1600, 900), **point)
        with one.file.storage.open(one.file.name, "wb") as file:
            drawn.save(file, "PNG")
        cut = Picture.objects.get(pk=one.pk).get_rendition("fill-300x300")
        assert (cut.width, cut.height) == (300, 300)
        with Image.open(cut.file) as shown:
            left, _green, right = shown.convert("RGB").getpixel((290, 150))
            blue[name] = right > left
    assert blue == {"middle": False, "side": True}
