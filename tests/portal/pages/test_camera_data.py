"""A photograph from a telephone says where it was taken, when and with what; the site's doesn't."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client
from PIL import Image, ImageChops, ImageCms, ImageStat, PngImagePlugin
from PIL.ExifTags import GPS, IFD, Base
from wagtail.images.forms import get_image_form
from wagtail.models import UploadedFile

from giaoban.portal.pages.camera_data import without_camera_data
from giaoban.portal.pages.models import Picture
from tests.portal.editing.conftest import EDITOR, Sit, SiteOfTests, sit, site  # noqa: F401 - fixtures
from tests.portal.pages.newspaper import Newspaper

DEVICE, OWNER, SERIAL = "SM-G965F", "Nguyễn Văn An", "R58K30ABCDE"
SECRETS = (DEVICE.encode(), OWNER.encode(), SERIAL.encode(), b"2018:10:29 08:11:00", b"GPSLatitude")
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><t exif:GPSLatitude="21,3N">{DEVICE}</t></x:xmpmeta>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
# Held upright: what lies at the left of the sensor belongs on top.
TURNED = 6


def scene(size: tuple[int, int] = (320, 200)) -> Image.Image:
    """Red at the left, blue at the right."""
    drawn = Image.new("RGB", size, "#1c4fa3")
    drawn.paste("#a3201c", (0, 0, size[0] // 2, size[1]))
    return drawn


def exif(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[Base.Make], told[Base.Model], told[Base.Artist] = "Samsung", DEVICE, OWNER
    told[Base.Orientation] = orientation
    told.get_ifd(IFD.Exif)[Base.DateTimeOriginal] = "2018:10:29 08:11:00"
    told.get_ifd(IFD.Exif)[Base.BodySerialNumber] = SERIAL
    told.get_ifd(IFD.GPSInfo).update({
        GPS.GPSLatitudeRef: "N", GPS.GPSLatitude: (21.0, 3.0, 24.5),
        GPS.GPSLongitudeRef: "E", GPS.GPSLongitude: (105.0, 34.0, 36.8),
    })  # fmt: skip
    return told


def photograph(form: str = "JPEG", orientation: int = 1, **more: Any) -> bytes:
    """As a telephone writes one."""
    out = io.BytesIO()
    told: dict[str, Any] = {"exif": exif(orientation), "icc_profile": PROFILE}
    if form == "JPEG":
        told |= {"quality": 90, "comment": OWNER, "xmp": XMP.encode()}
    elif form == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", OWNER)
        words.add_itxt("XML:com.adobe.xmp", XMP)
        told["pnginfo"] = words
    else:
        told["xmp"] = XMP.encode()
    scene().save(out, form, **{**told, **more})
    return out.getvalue()


def cleaned(content: bytes) -> bytes:
    clean = without_camera_data(io.BytesIO(content))
    assert clean is not None
    return clean


def says_nothing(content: bytes) -> None:
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert not picture.getexif()
        assert not picture.getexif().get_ifd(IFD.GPSInfo)
        spoken = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop"}
        assert not spoken & picture.info.keys()
        assert not getattr(picture, "text", None)
    for secret in SECRETS:
        assert secret not in content, secret
        assert secret.decode().encode("utf-16-le") not in content


FORMS = ("JPEG", "PNG", "WEBP", "AVIF")


@pytest.mark.parametrize("form", FORMS)
def test_the_photograph_of_these_tests_does_say_it(form: str) -> None:
    content = photograph(form)
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        assert picture.getexif().get_ifd(IFD.GPSInfo)[GPS.GPSLatitude] == (21.0, 3.0, 24.5)
    assert DEVICE.encode() in content


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("orientation", [1, TURNED])
def test_nothing_of_it_is_left_but_the_picture_the_right_way_up_and_its_colours(
    form: str, orientation: int
) -> None:
    clean = cleaned(photograph(form, orientation))
    says_nothing(clean)
    with Image.open(io.BytesIO(clean)) as picture:
        picture.load()
        assert picture.format == form
        assert picture.info["icc_profile"] == PROFILE
        wanted = scene() if orientation == 1 else scene().transpose(Image.Transpose.ROTATE_270)
        assert picture.size == wanted.size
        off = ImageStat.Stat(ImageChops.difference(picture.convert("RGB"), wanted)).mean
        assert max(off) < 3
    assert without_camera_data(io.BytesIO(clean)) is None


def test_an_upright_jpeg_loses_nothing_that_could_be_seen() -> None:
    before, after = photograph(), cleaned(photograph())
    with Image.open(io.BytesIO(before)) as one, Image.open(io.BytesIO(after)) as other:
        off = ImageStat.Stat(ImageChops.difference(one, other))
        assert max(off.mean) < 0.5  # of 255, and only where the colours meet
        assert one.quantization == other.quantization


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_says_nothing_stays_as_it_is(form: str) -> None:
    out = io.BytesIO()
    scene().save(out, form, icc_profile=PROFILE)
    assert without_camera_data(out) is None
    assert out.tell() == 0


def test_a_second_picture_hidden_behind_the_first_goes_too() -> None:
    out = io.BytesIO()
    scene().save(out, "MPO", save_all=True, append_images=[scene((64, 64))], exif=exif())
    clean = cleaned(out.getvalue())
    says_nothing(clean)
    with Image.open(io.BytesIO(clean)) as picture:
        assert (picture.format, getattr(picture, "n_frames", 1)) == ("JPEG", 1)


def test_what_lets_light_through_still_does() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (40, 40), (163, 32, 28, 90)).save(out, "PNG", exif=exif())
    with Image.open(io.BytesIO(cleaned(out.getvalue()))) as picture:
        assert picture.convert("RGBA").getpixel((1, 1)) == (163, 32, 28, 90)


# However it comes to the site


def stored(picture: Picture) -> bytes:
    return Path(picture.file.path).read_bytes()


@pytest.mark.parametrize("large", [False, True])
def test_sent_by_the_form(paper: Newspaper, large: bool) -> None:
    content = photograph(orientation=TURNED)
    if large:  # on its way it lies in a file of its own, which is moved to where it stays
        sent: Any = TemporaryUploadedFile("anh.jpg", "image/jpeg", len(content), None)
        sent.write(content)
        sent.seek(0)
    else:
        sent = SimpleUploadedFile("anh.jpg", content, "image/jpeg")
    form = get_image_form(Picture)(
        {"title": "Ảnh", "alt": "Hội trường", "collection": 1}, {"file": sent}
    )
    assert form.is_valid(), form.errors
    picture = form.save()
    sent.close()
    says_nothing(stored(picture))
    assert (picture.width, picture.height) == (200, 320)
    assert picture.file_size == len(stored(picture))


def test_however_it_is_made(paper: Newspaper) -> None:
    picture = Picture(title="Ảnh", alt="Hội trường", file=ContentFile(photograph(), name="a.jpg"))
    picture.save()
    says_nothing(stored(picture))
    assert picture.file_size == len(stored(picture))
    kept = stored(picture)
    picture.title = "Tên khác"
    picture.save()
    assert stored(picture) == kept


def test_what_readers_get_says_nothing_original_and_every_size(paper: Newspaper) -> None:
    picture = Picture(
        title="Ảnh",
        alt="Hội trường",
        file=ContentFile(photograph(orientation=TURNED), name="a.jpg"),
    )
    picture.save()
    served = Client().get(picture.file.url)
    assert served.status_code == 200
    says_nothing(b"".join(served.streaming_content))
    for spec in ("width-120", "fill-100x100|format-webp", "max-90x90|format-avif", "original"):
        rendition = picture.get_rendition(spec)
        says_nothing(Path(rendition.file.path).read_bytes())
        assert rendition.width <= rendition.height  # it stands upright


def test_of_several_sent_at_once_one_that_waits_for_its_description_says_nothing_either(
    site: SiteOfTests, sit: Sit, tmp_path: Path, settings: Any  # noqa: F811 - fixtures
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    client = sit(EDITOR)
    sent = {"title": "Ảnh", "files[]": SimpleUploadedFile("anh.jpg", photograph(), "image/jpeg")}
    answer = client.post(
        "/bien-tap/images/multiple/add/", sent, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    told = json.loads(answer.content)
    assert told["success"]
    waiting = UploadedFile.objects.get()
    says_nothing(Path(waiting.file.path).read_bytes())
    name = f"uploaded-image-{waiting.pk}"
    done = client.post(
        f"/bien-tap/images/multiple/create_from_uploaded_image/{waiting.pk}/",
        {f"{name}-title": "Ảnh", f"{name}-alt": "Hội trường", f"{name}-collection": "1",
         f"{name}-tags": "", f"{name}-caption": "", f"{name}-credit": ""},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )  # fmt: skip
    assert json.loads(done.content)["success"]
    says_nothing(stored(Picture.objects.get()))
    assert all(b"GPS" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


# One description


FORMS_OF_EDITORS = {
    "upload": ("/bien-tap/images/add/", ""),
    "edit": ("/bien-tap/images/{pk}/", ""),
    "chooser": ("/bien-tap/images/chooser/", "image-chooser-upload-"),
}


@pytest.mark.parametrize("form", FORMS_OF_EDITORS)
def test_every_form_asks_for_one_description(
    form: str, site: SiteOfTests, sit: Sit, tmp_path: Path, settings: Any  # noqa: F811 - fixtures
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    picture = Picture(title="Ảnh", alt="Hội trường", file=ContentFile(photograph(), name="a.jpg"))
    picture.save()
    address, prefix = FORMS_OF_EDITORS[form]
    answer = sit(EDITOR).get(address.format(pk=picture.pk), follow=True)
    assert answer.status_code == 200
    page = answer.content.decode().replace("\\u0022", '"').replace('\\"', '"')
    asked = re.findall(r'<(?:input|textarea)[^>]* name="([^"]+)"', page)
    assert f"{prefix}alt" in asked
    assert f"{prefix}description" not in asked


def test_of_several_at_once_each_is_asked_for_one_description(
    site: SiteOfTests, sit: Sit, tmp_path: Path, settings: Any  # noqa: F811 - fixtures
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    sent = {"title": "Ảnh", "files[]": SimpleUploadedFile("anh.jpg", photograph(), "image/jpeg")}
    answer = sit(EDITOR).post(
        "/bien-tap/images/multiple/add/", sent, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    form = json.loads(answer.content)["form"]
    assert '-alt"' in form
    assert "description" not in form


def test_editors_find_a_picture_by_its_description(
    site: SiteOfTests, sit: Sit, tmp_path: Path, settings: Any  # noqa: F811 - fixtures
) -> None:  # fmt: skip
    settings.MEDIA_ROOT = tmp_path
    Picture(
        title="DSC0042", alt="Hội trường huyện ủy", file=ContentFile(photograph(), name="a.jpg")
    ).save()
    page = sit(EDITOR).get("/bien-tap/images/", {"q": "trường"}).content.decode()
    assert "DSC0042" in page
