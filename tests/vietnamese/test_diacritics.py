"""Text typed without marks is noticed; proper Vietnamese and other languages are left in peace."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import lacks_diacritics
from giaoban.vietnamese.syllables import bare_syllables, strip_marks, toneless_syllables

from .samples import ENGLISH, SENTENCES


@pytest.mark.parametrize("sentence", SENTENCES)
def test_stripped_sentences_are_noticed(sentence: str) -> None:
    found = lacks_diacritics(strip_marks(sentence))
    assert found.likely
    assert found.sure
    assert found.marked == 0


@pytest.mark.parametrize("sentence", SENTENCES)
def test_proper_sentences_are_not_accused(sentence: str) -> None:
    found = lacks_diacritics(sentence)
    assert found.sure
    assert not found.likely
    assert found.marked > 0.5


@pytest.mark.parametrize("sentence", ENGLISH)
def test_english_is_not_accused(sentence: str) -> None:
    assert not lacks_diacritics(sentence).likely


@pytest.mark.parametrize(
    "text",
    [
        "1.234.567,89 29/10/2018 53,6%",
        "Lan, Mai, Nga, Hoa, Minh, Nam, Anh, Linh",
        "https://vi.example/mot-duong-dan-rat-dai-khong-co-dau van-phong@huyen.example",
        "UBND THPT TNCS BTCTW HDND THCS",
        "ăn cơm chưa bạn ơi",
        "",
    ],
)
def test_numbers_names_and_addresses_are_not_accused(text: str) -> None:
    assert not lacks_diacritics(text).likely


def test_capitals_are_judged_alike() -> None:
    assert lacks_diacritics("DANG BO HUYEN THACH THAT TO CHUC HOI NGHI").likely


def test_a_few_marks_in_a_long_text_do_not_hide_it() -> None:
    text = strip_marks(" ".join(SENTENCES[:3])) + " Đảng"
    assert lacks_diacritics(text).likely


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_half_with_marks_is_not_accused(sentence: str) -> None:
    words = sentence.split()
    words[::2] = [strip_marks(word) for word in words[::2]]
    found = lacks_diacritics(" ".join(words))
    assert 0.1 < found.marked < 0.6
    assert not found.likely


@pytest.mark.parametrize("text", ["viet nam", "de nghi xem lai", "khong", "  "])
def test_short_texts_leave_it_open(text: str) -> None:
    found = lacks_diacritics(text)
    assert not found.sure
    assert not found.likely


@given(st.lists(st.sampled_from(sorted(bare_syllables())), max_size=30))
def test_syllables_right_without_marks_never_accuse(words: list[str]) -> None:
    assert not lacks_diacritics(" ".join(words)).likely


@given(st.lists(st.sampled_from(sorted(toneless_syllables())), max_size=30))
def test_shares_are_shares(words: list[str]) -> None:
    found = lacks_diacritics(" ".join(words))
    assert found.words == len(words)
    assert 0 <= found.share <= found.possible <= 1
    assert found.share + found.marked <= 1
