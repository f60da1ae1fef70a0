"""The small box that a signature may show on the page: whose it is, and when.

Off unless asked for: an official form keeps the space above the name for a signature by hand. The
box is set by Typst in the report's own typeface, for pyHanko's own text has no Vietnamese letters.
What it says and how follows Nghị định 30/2020/NĐ-CP, Phụ lục I: upright, black, 10 points, the
time to the second with Vietnam's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import typst
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle

from giaoban.reports.rendering.pdf import faces
from giaoban.vietnamese import VIETNAM_TIME

FONT = faces.TERMES[0]
POINTS_PER_MM = 72 / 25.4
_PAGE = """
#set page(width: float(sys.inputs.width) * 1mm, height: auto, margin: 1.5mm)
#set text(font: sys.inputs.font, size: 10pt, lang: "vi", top-edge: 0.95em, bottom-edge: -0.25em)
#set par(leading: 0.1em)
#set align(center)
#sys.inputs.signer \\ #sys.inputs.time
"""


@dataclass(frozen=True, slots=True)
class Box:
    """Where the box stands: the page from 0 (−1: the last), millimetres from its left and top."""

    page: int
    left: float
    top: float
    width: float
    height: float

    def in_points(self, reader: PdfFileReader) -> tuple[int, int, int, int]:
        """Left, bottom, right, top on the page, as pdf has it: in points, from the bottom."""
        size = reader.find_page_for_modification(self.page)[0].get_object()["/MediaBox"]
        height = float(size[3])
        left, top = self.left * POINTS_PER_MM, height - self.top * POINTS_PER_MM
        right = left + self.width * POINTS_PER_MM
        bottom = top - self.height * POINTS_PER_MM
        return round(left), round(bottom), round(right), round(top)


def style_for(box: Box | None, signer: str, at: datetime) -> StaticStampStyle | None:
    """What stands in the box; None without one. Raises ``FontMissing``."""
    if box is None:
        return None
    fitting = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID,
        margins=Margins.uniform(0), inner_content_scaling=InnerScaling.SHRINK_TO_FIT,
    )  # fmt: skip
    page = _Set(_set_page(box, signer, at))
    return StaticStampStyle(border_width=0, background=page, background_layout=fitting)


def _set_page(box: Box, signer: str, at: datetime) -> bytes:
    told = {
        "width": str(box.width),
        "font": FONT,
        "signer": _("Signed by: {name}").format(name=signer),
        "time": _("Time of signing: {time}").format(
            time=at.astimezone(VIETNAM_TIME).strftime("%d/%m/%Y %H:%M:%S +07:00")
        ),
    }
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=faces.folders()
    )
    # Untagged: it becomes a part of another page, which has tags of its own.
    return typst.compile(
        _PAGE.encode(), format="pdf", font_paths=fonts, sys_inputs=told, pdf_tags=False
    )


class _Set(PdfContent):
    """A page of a pdf in memory, to be placed in another."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        """The operator that draws the page, which is taken into the other's resources."""
        taken = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self._page)))
        self.resources.xobject["/Signed"] = taken
        left, bottom, right, top = taken.get_object()["/BBox"]
        self.box = BoxConstraints(width=abs(right - left), height=abs(top - bottom))
        return b"/Signed Do"
