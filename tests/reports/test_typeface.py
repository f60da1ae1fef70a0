"""The built typeface: figures of one width in every weight, and all of Vietnamese."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from giaoban.reports.rendering.typeface import (
    FIGURE_WIDTH,
    FIGURES,
    WEIGHTS,
    build_fonts,
    woff2,
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return build_fonts(tmp_path_factory.mktemp("fonts"))


def _tabular(font: TTFont) -> dict[str, str]:
    table = font["GSUB"].table
    (record,) = (r for r in table.FeatureList.FeatureRecord if r.FeatureTag == "tnum")
    (index,) = record.Feature.LookupListIndex
    (subtable,) = table.LookupList.Lookup[index].SubTable
    return dict(subtable.mapping)


def test_a_file_for_each_weight(built: list[Path]) -> None:
    assert [file.name for file in built] == [f"be-vietnam-pro-{w}.woff2" for w in WEIGHTS]


def test_all_figures_are_equally_wide_and_centred(built: list[Path]) -> None:
    for file in built:
        font = TTFont(file)
        names, tabular = font.getBestCmap(), _tabular(font)
        own = [names[ord(figure)] for figure in FIGURES]
        assert sorted(tabular) == sorted(own)
        assert {font["hmtx"][tabular[name]][0] for name in own} == {FIGURE_WIDTH}
        for name in own:
            (width, bearing), (_, moved) = font["hmtx"][name], font["hmtx"][tabular[name]]
            assert moved - bearing == (FIGURE_WIDTH - width) // 2


def test_every_script_and_language_has_tabular_figures(built: list[Path]) -> None:
    for file in built:
        table = TTFont(file)["GSUB"].table
        last = table.FeatureList.FeatureCount - 1
        tags = [record.FeatureTag for record in table.FeatureList.FeatureRecord]
        assert tags == sorted(tags)
        assert tags[last] == "tnum"
        for script in table.ScriptList.ScriptRecord:
            systems = [script.Script.DefaultLangSys]
            systems += [entry.LangSys for entry in script.Script.LangSysRecord]
            assert all(last in system.FeatureIndex for system in systems if system)


def test_vietnamese_is_complete(built: list[Path]) -> None:
    every = set("ẪỆặđĐỐỜƯẴỹỡế") | set(
        "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
    )
    every |= {letter.upper() for letter in every} | set("−–“”‘’…·×%")
    for file in built:
        missing = {letter for letter in every if ord(letter) not in TTFont(file).getBestCmap()}
        assert not missing


def test_a_weight_stays_small(built: list[Path]) -> None:
    assert all(file.stat().st_size < 16_000 for file in built)


def test_the_same_package_gives_the_same_bytes(built: list[Path], tmp_path: Path) -> None:
    woff2.cache_clear()
    again = build_fonts(tmp_path)
    assert [file.read_bytes() for file in again] == [file.read_bytes() for file in built]
