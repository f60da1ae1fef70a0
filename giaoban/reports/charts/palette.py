"""The look's colours as charts use them: by name, in a page's light and dark and on white paper.

A drawing carries both the colour of paper, as a plain attribute, and the name, as a class. So a
page's style sheet puts its own tokens in place of the attribute, in the dark too, and Typst, Word
and the picture made of it, which read no style sheet, see dark ink on white.

Fills are told apart in grey as well (a test holds that); what they mean is said by form and word.
"""

from __future__ import annotations

LIGHT = {
    "paper": "#faf8f4", "sheet": "#ffffff", "sunk": "#f2efe8", "track": "#e4dfd4",
    "ink": "#1c1a17", "ink-2": "#55514a", "ink-3": "#6c675e",
    "rule": "#e5e0d6", "rule-2": "#cbc5b8", "edge": "#868074",
    "lacquer": "#a3201c",
    "jade": "#17694f", "amber": "#845000", "amber-bar": "#b26a00", "amber-wash": "#faeed6",
    "slate-bar": "#56697a", "slate-2": "#a9b5bf",
    "past": "#2a2722", "on-past": "#faf8f4", "edge-shade": "rgb(0 0 0 / 0.14)",
}  # fmt: skip
DARK = {
    "paper": "#161513", "sheet": "#1f1d1a", "sunk": "#1d1b18", "track": "#38342e",
    "ink": "#ece9e2", "ink-2": "#b8b3a8", "ink-3": "#9b958a",
    "rule": "#2d2a26", "rule-2": "#4a463e", "edge": "#817b70",
    "lacquer": "#f08d80",
    "jade": "#72c7a4", "amber": "#e6b25e", "amber-bar": "#b9832b", "amber-wash": "#2e2413",
    "slate-bar": "#8497a8", "slate-2": "#4d5a66",
    "past": "#dcd7cc", "on-past": "#1c1a17", "edge-shade": "rgb(0 0 0 / 0.55)",
}  # fmt: skip
# What a drawing uses, as printed: the same tokens on white.
DRAWN = ("paper", "sunk", "track", "ink", "ink-2", "rule", "rule-2", "edge", "jade", "amber",
         "amber-bar", "slate-bar", "slate-2")  # fmt: skip
PRINTED = {name: "#ffffff" if name == "paper" else LIGHT[name] for name in DRAWN}
NAMES = {colour: name for name, colour in PRINTED.items()}


def luminance(colour: str) -> float:
    """How light a colour ``#rrggbb`` is, 0 to 1 (WCAG's relative luminance): its grey."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
