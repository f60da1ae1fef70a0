"""One form for what looks the same: NFC, spaces, invisible characters, the search fold."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import ControlCharacter, bind, capitalise_first, clean, fold, nfc

from .samples import LETTERS

any_text = st.text(max_size=40)
vietnamese_text = st.text(alphabet=LETTERS + "bcghmnpt .-", max_size=30)


@given(vietnamese_text)
def test_both_forms_of_unicode_become_one(text: str) -> None:
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(text) == text


def test_nfc_composes_by_code_points() -> None:
    decomposed = "\u0110a\u0309ng u\u0309y"
    assert len(decomposed) == 9
    assert nfc(decomposed) == "Đảng ủy"
    assert len(nfc(decomposed)) == 7


@pytest.mark.parametrize(
    ("given_text", "kept"),
    [
        ("  Chi bộ\u00a0 thôn\u2009 2 \t", "Chi bộ thôn 2"),
        ("Chi\u200b bộ\ufeff\u00ad", "Chi bộ"),
        ("\u202aNguyễn Văn An\u202c", "Nguyễn Văn An"),
        ("\u00d0ảng bộ \u0189ông Anh", "Đảng bộ Đông Anh"),
        ("một\r\nhai", "một hai"),
        ("\u3000", ""),
    ],
)
def test_clean_gives_plain_single_spaces_and_no_invisible_characters(
    given_text: str, kept: str
) -> None:
    assert clean(given_text) == kept


def test_clean_keeps_lines_where_a_note_has_them() -> None:
    assert clean(" một \r\n\u00a0hai\v ba\n\nbốn ", keep_lines=True) == "một\nhai\nba\n\nbốn"


@pytest.mark.parametrize(
    ("bad", "codepoint"),
    [("a\x00", "U+0000"), ("b\x1bc", "U+001B"), ("\ud800", "U+D800"), ("Ti\ufffdng", "U+FFFD")],
)
def test_clean_refuses_what_is_no_text(bad: str, codepoint: str) -> None:
    with pytest.raises(ControlCharacter) as refused:
        clean(bad)
    assert refused.value.params["codepoint"] == codepoint
    assert codepoint in str(refused.value)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"]), max_size=40))
def test_clean_is_idempotent(text: str) -> None:
    try:
        once = clean(text)
    except ControlCharacter:
        return
    assert clean(once) == once
    assert clean(clean(text, keep_lines=True)) == once


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đảng", "dang"),
        ("ĐẢNG BỘ  Huyện\u00a0Thạch Thất", "dang bo huyen thach that"),
        ("ho\u00e0", "hoa"),
        ("h\u00f2a", "hoa"),
        ("H’Hen Niê", "h'hen nie"),
        ("\u00d0ông", "dong"),
        ("Straße", "strasse"),
        ("ưỡn ẹo", "uon eo"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(any_text)
def test_fold_is_idempotent_and_blind_to_form_and_case(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert not any(unicodedata.category(char) == "Mn" for char in folded)


@given(vietnamese_text)
def test_fold_of_vietnamese_is_ascii_in_either_case(text: str) -> None:
    assert fold(text).isascii()
    assert fold(text.upper()) == fold(text)


def test_bind_holds_number_and_noun_together() -> None:
    assert bind(134, "đảng viên") == "134\u00a0đảng viên"
    assert clean(bind("quý", "III")) == "quý III"


def test_capitalise_first_leaves_the_rest() -> None:
    assert capitalise_first("ủy ban Kiểm tra THPT") == "Ủy ban Kiểm tra THPT"
    assert capitalise_first("") == ""
