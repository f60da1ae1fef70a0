"""The style sheet of documents: the desk's tokens, no class that the desk styles, every colour."""

from __future__ import annotations

import re
from pathlib import Path

from giaoban.reports.charts.palette import DARK, DRAWN, LIGHT
from giaoban.reports.rendering.html import fragment
from tests.reports.elements import Tree
from tests.reports.sample import DOCUMENT, DRAFT

ROOT = Path(__file__).resolve().parents[2]
DESK = ROOT / "giaoban/desk/static/desk"
LOOK = ROOT / "giaoban/browser/static/look/look.css"
SHEET = ROOT / "giaoban/reports/static/reports/document.css"


def _tokens(css: str) -> dict[str, str]:
    return {name: value.strip() for name, value in re.findall(r"--([\w-]+): ([^;]+);", css)}


def test_tokens_are_those_of_the_desk() -> None:
    css = LOOK.read_text(encoding="utf-8")
    light, _, rest = css.partition("prefers-color-scheme: dark")
    dark = rest.partition("@media")[0]
    for ours, theirs in ((LIGHT, _tokens(light)), (DARK, _tokens(dark))):
        assert {name: theirs.get(name) for name in ours} == ours


def _classes(css: str) -> set[str]:
    bare = re.sub(r"/\*.*?\*/|url\([^)]*\)|\"[^\"]*\"", "", css, flags=re.DOTALL)
    return set(re.findall(r"\.([a-z_][\w-]*)(?=[^{}]*\{)", bare))


def test_no_class_is_one_that_the_desk_styles() -> None:
    sheets = [LOOK, *(file for file in DESK.glob("*.css") if file.name != "reports.css")]
    desk = set().union(*(_classes(file.read_text(encoding="utf-8")) for file in sheets))
    ours = _classes(SHEET.read_text(encoding="utf-8"))
    used = {
        one
        for _, attributes, _ in Tree(fragment(DRAFT, lambda address: address)).elements
        for one in (attributes.get("class") or "").split()
    }
    assert len(ours) > 50
    assert (ours | used) & desk == set()


def test_every_colour_of_a_drawing_follows_the_page() -> None:
    css = SHEET.read_text(encoding="utf-8")
    page = Tree(fragment(DOCUMENT))
    named = {
        one
        for _, attributes, _ in page.elements
        for one in (attributes.get("class") or "").split()
        if one.startswith(("fill-", "stroke-"))
    }
    assert named
    assert {one.partition("-")[2] for one in named} <= set(DRAWN)
    for one in named:
        part, _, token = one.partition("-")
        assert f".document .{one} {{ {part}: var(--{token}); }}" in css
