"""Numbers in words, read back by a reader that knows nothing of how they were made."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import NumberTooLarge, Reading, number_in_words, percent_in_words

VALUES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6}


def heard(words: str) -> int:
    """Understand a whole number as a listener does: small numbers, scaled, summed; tỷ lifts all."""
    billions = total = group = last = 0
    tokens = words.removeprefix("âm ").split()
    for token in tokens:
        if token in VALUES:
            group, last = group + VALUES[token], VALUES[token]
        elif token == "mươi":
            group += last * 9
        elif token == "mười":
            group += 10
        elif token == "trăm":
            group += last * 99
        elif token in SCALES:
            total, group = total + group * SCALES[token], 0
        elif token == "tỷ":
            billions, total, group = (billions + total + group) * 10**9, 0, 0
        else:
            assert token in ("linh", "lẻ")
    value = billions + total + group
    return -value if words.startswith("âm ") else value


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (134, "một trăm ba mươi tư"),
        (1005, "một nghìn không trăm linh năm"),
        (1050, "một nghìn không trăm năm mươi"),
        (1_000_005, "một triệu không trăm linh năm"),
        (2_021_000, "hai triệu không trăm hai mươi mốt nghìn"),
        (10**9, "một tỷ"),
        (10**12, "một nghìn tỷ"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (-21, "âm hai mươi mốt"),
        (
            1_234_567_890,
            "một tỷ hai trăm ba mươi tư triệu năm trăm sáu mươi bảy nghìn tám trăm chín mươi",
        ),
    ],
)
def test_numbers_as_they_are_read(number: int, words: str) -> None:
    assert number_in_words(number) == words


@given(st.integers(-(10**18), 10**18) | st.integers(0, 10**4))
def test_a_listener_hears_the_number(number: int) -> None:
    assert heard(number_in_words(number)) == number


@given(st.integers(0, 10**12))
def test_the_southern_reading_is_heard_alike(number: int) -> None:
    words = number_in_words(number, Reading("lẻ", "bốn", "ngàn"))
    assert heard(words) == number
    assert not {"linh", "tư", "nghìn"} & set(words.split())


def test_readings_differ() -> None:
    southern = Reading(zero_ten="lẻ", four="bốn", thousand="ngàn")
    assert number_in_words(24_104, southern) == "hai mươi bốn ngàn một trăm lẻ bốn"
    assert number_in_words(24_104) == "hai mươi tư nghìn một trăm linh tư"


def test_decimals_after_phay() -> None:
    assert number_in_words(Decimal("53.6")) == "năm mươi ba phẩy sáu"
    assert number_in_words(Decimal("-0.05")) == "âm không phẩy không năm"
    assert number_in_words(Decimal("3.14")) == "ba phẩy mười bốn"
    assert number_in_words(Decimal("1.0")) == "một phẩy không"
    assert number_in_words(Decimal("12E3")) == "mười hai nghìn"
    assert percent_in_words(Decimal("53.6")) == "năm mươi ba phẩy sáu phần trăm"


def test_beyond_reading() -> None:
    assert number_in_words(10**27 - 1).count("tỷ") == 2
    with pytest.raises(NumberTooLarge):
        number_in_words(-(10**27))
    with pytest.raises(ValueError, match="finite"):
        number_in_words(Decimal("NaN"))
