"""The pictures: drawn the same each time, whole, and without words that nobody could read out."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO

import pytest
import vl_convert
from defusedxml import ElementTree
from PIL import Image

from giaoban.portal.demonstration.pictures import DRAWINGS

NAMES = ("hall", "field", "plane", "gongs")


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing(name: str) -> None:
    draw = import_module(f"{DRAWINGS}.{name}").draw
    drawn = draw()
    assert drawn == draw()
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
    assert not tags & {"text", "image", "script", "use", "a"}
    picture = Image.open(BytesIO(vl_convert.svg_to_png(drawn)))
    assert picture.size == (1600, 900)
    # No bare paper: every corner and much of the rest is painted.
    pixels = picture.convert("RGBA")
    assert all(pixels.getpixel(at)[3] == 255 for at in ((0, 0), (1599, 0), (0, 899), (1599, 899)))
    assert len(pixels.resize((80, 45)).getcolors(4000) or range(4000)) > 200
