"""The typefaces of the pdf: where their files are, and how wide a text is in them.

Documents are set in TeX Gyre Termes, which has the widths of Times New Roman, charts lettered in
Be Vietnam Pro. Both come as packages of the office's own installation, and system fonts are never
looked at, so that a document has the same bytes on every machine.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from fontTools.ttLib import TTFont

from giaoban.reports.errors import FontMissing

TERMES = ("TeX Gyre Termes", "rinoh_typeface_texgyretermes", "texgyretermes-regular.otf")
CHARTS = ("Be Vietnam Pro", "fontpkg_be_vietnam_pro", "files/BeVietnamPro-Regular.ttf")
# Of a character that the typeface lacks; one of the wider letters.
UNKNOWN = 0.8


def folders() -> list[Path]:
    """The folders with the files of both typefaces. Raises ``FontMissing``."""
    return [_file(*face).parent for face in (TERMES, CHARTS)]


def _file(name: str, package: str, file: str) -> Path:
    # Found, not imported: the typeface's package asks for a typesetter that is not installed.
    found = find_spec(package)
    for folder in (found.submodule_search_locations if found else None) or ():
        if (path := Path(folder) / file).is_file():
            return path
    raise FontMissing(font=name, package=package.replace("_", "-"))


@cache
def _advances(style: str) -> dict[str, float]:
    """The advance of each letter of a style of Termes, in ems."""
    name, package, file = TERMES
    with TTFont(_file(name, package, file.replace("regular", style)), lazy=True) as font:
        em, widths = font["head"].unitsPerEm, font["hmtx"].metrics
        return {chr(code): widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


def width(text: str, style: str = "bold") -> float:
    """How wide a line of text is, in ems, without kerning, which draws letters together.

    The bold style is nowhere narrower, and serves where a text may be set in any.
    """
    known = _advances(style)
    return sum([known.get(letter, UNKNOWN) for letter in text])
