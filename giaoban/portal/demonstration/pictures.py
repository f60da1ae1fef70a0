"""The pictures: drawn by the project itself, made into pixels when they are loaded."""

from __future__ import annotations

from importlib import import_module

import vl_convert
from django.core.files.base import ContentFile

from giaoban.portal.demonstration.hands import EDITOR, who
from giaoban.portal.demonstration.reading import data, plain
from giaoban.portal.pages.models import Picture

CREDIT = "Tranh minh họa."
DRAWINGS = "giaoban.portal.demonstration.drawing"


def load_pictures() -> dict[str, Picture]:
    """The pictures by the names that articles call them; what is there already stays."""
    return {name: _picture(name, told) for name, told in data("site")["pictures"].items()}


def _picture(name: str, told: dict[str, str]) -> Picture:
    title = plain(told["title"])
    found: Picture | None = Picture.objects.filter(title=title).first()
    if found is not None:
        return found
    drawn = vl_convert.svg_to_png(import_module(f"{DRAWINGS}.{name}").draw())
    picture = Picture(
        title=title, alt=plain(told["alt"]), caption=plain(told["caption"]), credit=CREDIT,
        uploaded_by_user=who(EDITOR), file=ContentFile(drawn, name=f"minh-hoa-{name}.png"),
    )  # fmt: skip
    picture.save()
    return picture
