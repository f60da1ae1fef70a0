"""Definitions: written down and read, as canonical JSON and as TOML; what of one is wrong."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from giaoban.journal.errors import RuleBroken
from giaoban.periods import PeriodKind
from giaoban.reports.catalogue import charts, tables
from giaoban.reports.definitions.checking import LANGUAGES, check
from giaoban.reports.definitions.definition import (
    ChartPart,
    Definition,
    Narrative,
    OwnWords,
    Said,
    Section,
    TablePart,
    content_hash,
    read,
    written,
)
from giaoban.reports.definitions.errors import DefinitionUnreadable
from giaoban.reports.definitions.shipping import FOLDER, ORDER, report_for, shipped
from giaoban.reports.definitions.toml_text import from_toml, to_toml
from giaoban.reports.narrative.errors import TemplateBroken
from tests.reports.told import defined

NEW_TONES = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)


def texts(definition: Definition) -> list[Said]:
    """Every text of a definition in both languages."""
    found = [definition.name, definition.title, definition.kind]
    found += [one.heading for one in definition.sections if one.heading.vi]
    for part in definition.parts():
        if isinstance(part, Narrative):
            found.append(part.template)
        if isinstance(part, OwnWords):
            found += [part.prompt, *([part.default] if part.default.vi else [])]
    return found


# Shipped


def test_the_package_ships_what_it_says() -> None:
    assert tuple(shipped()) == ORDER
    assert {path.stem for path in FOLDER.glob("*.toml")} == set(ORDER)
    assert {kind: report_for(kind).code for kind in PeriodKind} == {
        **dict.fromkeys(PeriodKind, "organisation-work"),
        PeriodKind.YEAR: "organisation-work-year",
    }


@pytest.mark.parametrize("code", ORDER)
def test_a_shipped_definition_is_sound_and_speaks_both_languages(code: str) -> None:
    definition = shipped()[code]
    check(definition)
    for said in texts(definition):
        assert said.vi.strip()
        assert said.en.strip()
        if said.vi != "{section}" and "cut_off }} {{ restated }}" not in said.vi:
            assert said.vi != said.en
        assert not NEW_TONES.search(said.vi)
        assert not re.search(r"!|\b(bạn|chúng tôi|lỗi|thành công)\b", said.vi.replace("!=", ""))
    assert definition.leading_zero
    assert read(written(definition)) == definition
    assert from_toml(to_toml(definition)) == definition


def test_both_languages_of_a_text_use_the_same_figures() -> None:
    slot = re.compile(r"\{\{\s*(.+?)\s*[|}]")
    words = {"member", "members", "whole"}  # one language may name them where the other need not
    for definition in shipped().values():
        for part in definition.parts():
            if isinstance(part, Narrative):
                vi, en = (
                    {name.split(" ")[0] for name in slot.findall(said)} - words
                    for said in (part.template.vi, part.template.en)
                )
                assert vi == en


# Written and read

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SAID = st.builds(Said, TEXTS, TEXTS)
PARTS = st.one_of(
    st.builds(Narrative, SAID, st.sampled_from(("body", "lead", "note"))),
    st.builds(TablePart, TEXTS),
    st.builds(ChartPart, TEXTS),
    st.builds(OwnWords, st.from_regex(r"[a-z]+(_[a-z0-9]+)?", fullmatch=True), SAID, SAID),
)
SECTIONS = st.builds(
    Section, SAID, st.integers(0, 3), st.lists(PARTS, max_size=3).map(tuple), st.booleans(),
    st.booleans(),
)  # fmt: skip
DEFINITIONS = st.builds(
    Definition, code=st.from_regex(r"[a-z]+(-[a-z0-9]+)?", fullmatch=True),
    version=st.integers(1, 99), name=SAID, title=SAID, kind=SAID, abbreviation=TEXTS,
    periods=st.lists(st.sampled_from(PeriodKind), max_size=3).map(tuple),
    sections=st.lists(SECTIONS, max_size=3).map(tuple),
    units=st.lists(TEXTS, max_size=2).map(tuple), leading_zero=st.booleans(), sheet=st.booleans(),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(DEFINITIONS)
def test_any_definition_is_read_as_it_was_written(definition: Definition) -> None:
    assert read(written(definition)) == definition
    assert from_toml(to_toml(definition)) == definition
    assert content_hash(read(written(definition))) == content_hash(definition)


def test_another_text_is_another_hash() -> None:
    one = report_for(PeriodKind.YEAR)
    other = replace(one, title=Said("khác", "other"))
    assert content_hash(one) != content_hash(other)
    assert len(content_hash(one)) == 32


@pytest.mark.parametrize(
    "spoilt",
    [
        {"code": "Có Dấu"}, {"version": 0}, {"periods": ["decade"]}, {"unknown": 1},
        {"sections": [{"level": 4}]}, {"sections": [{"parts": [{"is": "script"}]}]},
        {"sections": [{"parts": [{"is": "table"}]}]}, {"title": "một chữ"},
        {"sections": [{"parts": [{"is": "own_words", "key": "A B", "prompt": {"vi": "x"}}]}]},
    ],
)  # fmt: skip
def test_what_is_no_definition_is_not_read(spoilt: dict[str, Any]) -> None:
    told = msgspec.json.decode(written(report_for(PeriodKind.YEAR)))
    with pytest.raises(msgspec.ValidationError):
        read(msgspec.json.encode({**told, **spoilt}))


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("level = 1", "level = 9"), "sections[1].level"),
        (('is = "narrative"', 'is = "story"'), "sections[0].parts[1].is"),
        (('code = "organisation-work"', "code = "), "line 1"),
        (('code = "organisation-work"', 'cod = "organisation-work"'), "cod"),
        (("version = 1", ""), "version"),
    ],
)
def test_a_slip_in_the_file_is_named_by_its_place(change: tuple[str, str], place: str) -> None:
    text = (FOLDER / "organisation-work.toml").read_text(encoding="utf-8")
    with pytest.raises(DefinitionUnreadable) as refused, translation.override("en"):
        from_toml(text.replace(*change, 1))
    assert refused.value.params["place"] == place


# Checked


def narrative(vi: str, en: str = "") -> Section:
    return Section(Said("Kết quả", "Results"), 1, (Narrative(Said(vi, en)),))


@pytest.mark.parametrize(
    ("section", "code", "named"),
    [
        (narrative("{{ admited }}"), "template_broken", "admitted"),
        (narrative("{{ admitted }}", "một\n{{ plan | cont }}"), "template_broken", "counted"),
        (Section(parts=(TablePart("statemnt"),)), "table_unknown", "statement"),
        (Section(parts=(ChartPart("waterfal"),)), "chart_unknown", "waterfall"),
        (Section(Said("Kỳ {perod}"), 1), "slot_unknown", "{period}"),
        (Section(parts=(OwnWords("a", Said("?"), Said("{x}")),)), "slot_unknown", "{period}"),
        (
            Section(parts=(OwnWords("a", Said("?")), OwnWords("a", Said("?")))),
            "key_twice", "a",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_found_before_any_numbers(section: Section, code: str, named: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        check(defined(section))
    assert refused.value.code == code
    with translation.override("vi"):
        assert named in str(refused.value)


def test_a_broken_text_of_the_other_language_is_found_with_its_line() -> None:
    with pytest.raises(TemplateBroken) as refused:
        check(defined(narrative("{{ admitted }}", "one\ntwo {{ admited }}")))
    assert (refused.value.params["section"], refused.value.params["line"]) == ("Results", 2)
    check(defined(narrative("{{ admitted }}")))  # Vietnamese stands for both
    assert LANGUAGES == ("vi", "en")


def test_what_a_definition_fits() -> None:
    any_unit = report_for(PeriodKind.MONTH)
    assert any_unit.fits(PeriodKind.NINE_MONTHS, "party-cell", "party")
    assert not any_unit.fits(PeriodKind.YEAR, "party-cell", "party")
    few = replace(any_unit, units=("party-district",), families=("party",))
    assert few.fits(PeriodKind.MONTH, "party-district", "party")
    assert not few.fits(PeriodKind.MONTH, "party-cell", "party")
    assert not replace(few, units=()).fits(PeriodKind.MONTH, "union-base", "union")
    assert list(any_unit.own_words())[:2] == ["lead", "leadership"]


def test_every_table_and_chart_is_used_or_offered() -> None:
    used = {part.name for one in shipped().values() for part in one.parts()
            if isinstance(part, TablePart | ChartPart)}  # fmt: skip
    assert used <= {*tables.CATALOGUE, *charts.CATALOGUE}
    assert set(charts.CATALOGUE) <= used
