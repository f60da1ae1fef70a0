"""Words and colours of the drawings: names as they fit, and what can be read, in grey, too."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.reports.charts import bullets, drawing, lettering
from giaoban.reports.charts.lettering import fitted, width
from giaoban.reports.charts.palette import DARK, LIGHT, PRINTED, luminance
from giaoban.reports.documents.blocks import Bullet, Bullets
from giaoban.reports.errors import FontMissing
from giaoban.reports.rendering import typeface
from tests.reports.drawings import chart, lettered, titles
from tests.reports.sample import LONG


def test_a_missing_typeface_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "PACKAGE", "no_such_typeface")
    typeface.woff2.cache_clear()
    for asked in (lettering.fonts, lambda: typeface.woff2(400)):
        with pytest.raises(FontMissing, match=r"Be Vietnam Pro.*no-such-typeface"):
            asked()


def test_a_long_name_is_cut_at_a_space_and_stands_whole_in_its_title() -> None:
    assert len(LONG) > 190
    svg = drawing.svg(chart(Bullets((Bullet(LONG, 3, 9, None, "behind", "3/9"),))), "vi")
    assert LONG in titles(svg)
    cut = [line for line in lettered(svg) if line.endswith("…")]
    assert len(cut) == 1
    assert LONG.split(" ")[:3] == lettered(svg)[lettered(svg).index(cut[0]) - 1].split(" ")[:3]
    assert all(word in LONG.split(" ") for word in cut[0].removesuffix(" …").split(" "))


WORDS = st.lists(st.text("aăâeêioôơuưyđẪỆnghkt", min_size=1, max_size=24), min_size=1)


@given(WORDS.map(" ".join), st.floats(40, 300), st.integers(1, 4))
def test_a_fitted_name_keeps_its_room_and_loses_only_its_end(
    name: str, room: float, most: int
) -> None:
    lines = fitted(name, room, 13, lines=most)
    assert 1 <= len(lines) <= most
    assert all(width(line, 13) <= room + 0.01 for line in lines)
    joined = " ".join(lines)
    assert joined == name or name.startswith(joined.removesuffix("…").rstrip(" "))
    assert (joined == name) or joined.endswith("…")


def test_what_colours_tell_apart_is_told_in_grey() -> None:
    groups = [{*bullets.FILLS.values()} - {"slate-bar"} | {"track"},
              {"ink", "slate-bar", "paper"}, {"slate-bar", "slate-2", "paper"}]  # fmt: skip
    for tokens in (LIGHT, DARK, PRINTED):
        for group in groups:
            for one, other in combinations(sorted(group), 2):
                dark, light = sorted(luminance(tokens[name]) + 0.05 for name in (one, other))
                assert light / dark >= 1.5, (one, other)


def test_words_can_be_read_on_their_ground() -> None:
    for tokens, grounds in ((LIGHT, ("paper", "track", "sunk")), (DARK, ("paper", "track", "sunk")),
                            (PRINTED, ("paper", "track", "sunk"))):  # fmt: skip
        for ground in grounds:
            for ink in ("ink",) if ground != "paper" else ("ink", "ink-2", "jade", "amber"):
                dark, light = sorted(luminance(tokens[name]) + 0.05 for name in (ink, ground))
                assert light / dark >= 4.5, (ink, ground)
