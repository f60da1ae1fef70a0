"""The typeface of pages, made from its package: small, and with figures that stand in columns.

Be Vietnam Pro draws Vietnamese well, but has no tabular figures: its digits are 385 to 716 units
wide, so numbers below each other would not line up and ``font-variant-numeric: tabular-nums``
would do nothing without a word. Each weight therefore gets ten more glyphs, its own digits centred
on one width, and the ``tnum`` substitution that puts them in. The width is the same in all weights,
so that a total in semibold stands exactly below its rows.

Nothing of it is kept in the repository: ``prepare_static`` writes the desk's files, and a page that
stands alone carries its own. The same package gives the same bytes.
"""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

from fontTools.otlLib import builder
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

from giaoban.reports.charts.lettering import fonts

# What the look uses: text, heads and labels, titles and totals. Bold is not needed beside 600.
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold"}
FIGURE_WIDTH = 664  # units of 1000: the middle of the digits' own widths
FIGURES = "0123456789"

LATIN_1 = [*range(0x20, 0x7F), *range(0xA0, 0x100)]
VIETNAMESE = [*map(ord, "ĂăĐđĨĩŨũƠơƯư"), *range(0x1EA0, 0x1EFA)]
# Marks that stand alone until text is composed: grave, acute, circumflex, tilde, breve, hook, horn,
# dot below.
MARKS = [0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323]
PUNCTUATION = [*map(ord, "–—‘’‚“”„†•…‰′″‹›€₫№™−≠≤≥"), 0x2009, 0x200B, 0x2011, 0x202F]


def build_fonts(into: Path) -> list[Path]:
    """Write ``be-vietnam-pro-<weight>.woff2`` for each weight into the folder, made if missing."""
    into.mkdir(parents=True, exist_ok=True)
    written = []
    for weight in WEIGHTS:
        file = into / f"be-vietnam-pro-{weight}.woff2"
        file.write_bytes(woff2(weight))
        written.append(file)
    return written


@cache
def woff2(weight: int) -> bytes:
    """One weight, for the web. It takes a quarter of a second, once in a process.

    Raises ``FontMissing``.
    """
    out = io.BytesIO()
    with (fonts() / f"BeVietnamPro-{WEIGHTS[weight]}.ttf").open("rb") as source:
        font = TTFont(source, recalcTimestamp=False)
        _subset(font)
        _add_tabular_figures(font)
        font.flavor = "woff2"
        font.save(out)
    return out.getvalue()


def _subset(font: TTFont) -> None:
    """Keep the letters of Vietnamese and Western Europe, kerning and the placing of marks."""
    options = Options(
        layout_features=["ccmp", "kern", "mark", "mkmk"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],  # the licence stays with the letters
        hinting=False,
        notdef_outline=True,
        recalc_timestamp=False,
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LATIN_1, *VIETNAMESE, *MARKS, *PUNCTUATION])
    subsetter.subset(font)


def _add_tabular_figures(font: TTFont) -> None:
    """Add each digit again, centred on ``FIGURE_WIDTH``, and the substitution that takes it."""
    names = font.getBestCmap()
    replaced = {}
    for figure in FIGURES:
        proportional = names[ord(figure)]
        tabular = f"{proportional}.tnum"
        width, bearing = font["hmtx"][proportional]
        shift = (FIGURE_WIDTH - width) // 2
        font["glyf"][tabular] = _shifted(proportional, shift)
        font["hmtx"][tabular] = (FIGURE_WIDTH, bearing + shift)
        replaced[proportional] = tabular
    font.setGlyphOrder(font["glyf"].glyphOrder)
    _add_substitution(font, "tnum", replaced)


def _shifted(name: str, shift: int) -> Glyph:
    """A glyph that draws another one, moved to the right: no outline is kept twice."""
    component = GlyphComponent()
    component.glyphName = name
    component.x, component.y = shift, 0
    component.flags = 0x0204  # its own metrics don't count; x and y are not scaled
    glyph = Glyph()
    glyph.numberOfContours = -1
    glyph.components = [component]
    return glyph


def _add_substitution(font: TTFont, tag: str, mapping: dict[str, str]) -> None:
    """Append a feature of one-to-one substitutions for every script and language.

    Features must stand in the order of their tags, and ``tnum`` comes after all that are kept.
    """
    table = font["GSUB"].table
    lookup = builder.buildLookup([builder.buildSingleSubstSubtable(mapping)])
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)

    record = otTables.FeatureRecord()
    record.FeatureTag = tag
    record.Feature = otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    record.Feature.LookupCount = 1
    records = table.FeatureList.FeatureRecord
    if records and records[-1].FeatureTag > tag:
        raise ValueError(f"{tag} would stand after {records[-1].FeatureTag}")
    records.append(record)
    table.FeatureList.FeatureCount = len(records)

    for script in table.ScriptList.ScriptRecord:
        languages = [entry.LangSys for entry in script.Script.LangSysRecord]
        for system in [script.Script.DefaultLangSys, *languages]:
            if system is not None:
                system.FeatureIndex.append(len(records) - 1)
                system.FeatureCount = len(system.FeatureIndex)
