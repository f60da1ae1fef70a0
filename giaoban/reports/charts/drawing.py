"""A chart of a document, drawn once: as svg for the page and Typst, as a picture for Word.

Drawings are kept by what the chart says and in which language; the same chart is the same bytes in
any process. The picture is rastered from that svg, on white, as fine as a page of Word shows it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache, lru_cache

import typst
from django.utils import translation
from django.utils.translation import gettext as _

from giaoban.reports.charts import bullets, icicle, trend, waterfall
from giaoban.reports.charts.lettering import Words, fonts
from giaoban.reports.charts.painting import WIDTH, Picture, drawing
from giaoban.reports.documents.blocks import Bullets, Chart, Icicle, Trend, Waterfall

KEPT = 128  # drawings: the charts of a few reports in two languages
SCALE = 2  # pixels of a picture for one of a drawing: 192 to the inch as Word shows it
# Word makes what is taller than a page smaller, at most 640 points high between the margins; finer
# than 192 to the inch of that nobody would see, and rastering takes its time by the pixel.
TALLEST = 1720
EMPTY_HEIGHT = 40


@lru_cache(maxsize=KEPT)
def svg(chart: Chart, language: str) -> str:
    """The chart as an svg of 640 pixels' width: dark on no ground, text as text, no style in it.

    ``language`` (vi, en) is that of the key. A page's style sheet may address the colours by class
    (fill-ink, stroke-edge …); who reads none sees them as on white paper.
    """
    with translation.override(language):
        picture = _measured(chart)
        if not picture.words:
            picture = Picture(EMPTY_HEIGHT)
            said = _("No figures yet.")
            picture.words.append(Words(0, EMPTY_HEIGHT / 2, said, colour="ink-2"))
        return drawing(picture, title=chart.title, alt_text=chart.alt)


def _measured(chart: Chart) -> Picture:
    match chart.shows:
        case Bullets(bars=bars) if bars:
            return bullets.picture(chart.shows)
        case Waterfall(steps=steps) if steps:
            return waterfall.picture(chart.shows)
        case Trend(points=points) if points:
            return trend.picture(chart.shows)
        case Icicle():
            return icicle.picture(chart.shows)
    return Picture()


@lru_cache(maxsize=KEPT // 4)
def png(chart: Chart, language: str) -> bytes:
    """The same drawing as a png on white, 1280 pixels wide, or ``TALLEST`` pixels tall if less.

    Typst rasters it, as it sets it in the pdf: with our own fonts only, so the same bytes on any
    machine, and three times as fast as vl-convert does.
    """
    drawn = svg(chart, language)
    scale = min(SCALE, TALLEST / int(ET.fromstring(drawn).attrib["height"]))
    return typst.compile(
        _SHEET, font_paths=_fonts(), ignore_system_fonts=True, format="png", ppi=72 * scale,
        sys_inputs={"drawing": drawn},
    )  # fmt: skip


# A sheet as large as the drawing, a point for a pixel.
_SHEET = f"""
#set page(width: {WIDTH}pt, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
""".encode()


@cache
def _fonts() -> typst.Fonts:
    """The typeface, searched once in a process."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts()]
    )
