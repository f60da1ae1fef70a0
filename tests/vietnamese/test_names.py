"""Names of people: the convention, and the splits that only people can say."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import (
    ControlCharacter,
    NameCharacter,
    NameEmpty,
    NamePartsMismatch,
    PersonalName,
    split_name,
)

word = st.sampled_from(
    ["Nguyễn", "Thị", "Minh", "Khai", "Tôn", "Nữ", "Y", "Moan", "Êban", "H’Hen", "Niê", "Văn", "An"]
)


def parts(name: PersonalName) -> tuple[str, str, str]:
    return name.family, name.middle, name.given


@pytest.mark.parametrize(
    ("full", "expected"),
    [
        ("Nguyễn Thị Minh Khai", ("Nguyễn", "Thị Minh", "Khai")),
        ("Trần An", ("Trần", "", "An")),
        ("Pari", ("", "", "Pari")),
        ("  lê\u00a0 văn  tám ", ("lê", "văn", "tám")),
    ],
)
def test_by_convention(full: str, expected: tuple[str, str, str]) -> None:
    assert parts(split_name(full)) == expected


@pytest.mark.parametrize(
    ("full", "said", "expected"),
    [
        ("Tôn Nữ Thị Ninh", {"family": "Tôn Nữ"}, ("Tôn Nữ", "Thị", "Ninh")),
        ("Nguyễn Thị Minh Khai", {"given": "Minh Khai"}, ("Nguyễn", "Thị", "Minh Khai")),
        ("Y Moan Êban", {"family": "Êban"}, ("Êban", "", "Y Moan")),
        ("Y Moan Êban", {"given": "Y Moan"}, ("Êban", "", "Y Moan")),
        ("H’Hen Niê", {"given": "H’Hen", "family": "Niê"}, ("Niê", "", "H’Hen")),
        ("Hồ Văn Ai", {"family": ""}, ("", "Hồ Văn", "Ai")),
        ("Bàn Tài", {"given": "Bàn Tài"}, ("", "", "Bàn Tài")),
    ],
)
def test_parts_can_be_said(full: str, said: dict[str, str], expected: tuple[str, str, str]) -> None:
    assert parts(split_name(full, **said)) == expected


@pytest.mark.parametrize(
    "said",
    [
        {"family": "Trần"},
        {"given": "Thị Lan"},
        {"family": "Nguyễn", "given": "Thị"},
        {"family": "Nguyễn Thị", "given": "Thị Lan"},
        {"family": "Nguy"},
    ],
)
def test_parts_that_are_not_the_names_are_refused(said: dict[str, str]) -> None:
    with pytest.raises(NamePartsMismatch) as refused:
        split_name("Nguyễn Thị Lan Anh", **said)
    assert "Nguyễn Thị Lan Anh" in str(refused.value)


def test_an_explicit_split_is_checked() -> None:
    assert parts(PersonalName("Lê Lợi", "Lê", "", "Lợi")) == ("Lê", "", "Lợi")
    with pytest.raises(NamePartsMismatch):
        PersonalName("Lê Văn Lợi", "Lê", "", "Lợi")
    with pytest.raises(NameEmpty):
        PersonalName("Lê", "Lê", "", "")


def test_names_are_equal_in_either_form_of_unicode() -> None:
    assert split_name(unicodedata.normalize("NFD", "Đỗ Mười")) == split_name("Đỗ Mười")
    assert str(split_name("Đỗ Mười")) == "Đỗ Mười"


@pytest.mark.parametrize(("bad", "character"), [("Lê Văn 2", "2"), ("Lan (B)", "("), ("a@b", "@")])
def test_signs_that_no_name_has_are_refused(bad: str, character: str) -> None:
    with pytest.raises(NameCharacter) as refused:
        split_name(bad)
    assert refused.value.params["character"] == character


@pytest.mark.parametrize("empty", ["", "  ", "\u00a0\u200b"])
def test_no_name_is_refused(empty: str) -> None:
    with pytest.raises(NameEmpty):
        split_name(empty)


def test_control_codes_are_refused() -> None:
    with pytest.raises(ControlCharacter):
        split_name("Lê\x07 An")


@given(st.lists(word, min_size=1, max_size=6))
def test_the_parts_make_up_the_name(words: list[str]) -> None:
    name = split_name(" ".join(words))
    assert [*name.family.split(), *name.middle.split(), *name.given.split()] == words
    assert PersonalName(name.full, name.family, name.middle, name.given) == name


@given(st.lists(word, min_size=1, max_size=6), st.data())
def test_any_cut_can_be_said(words: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    cut = (" ".join(words[:first]), " ".join(words[first:last]), " ".join(words[last:]))
    assert parts(PersonalName(" ".join(words), *cut)) == cut
