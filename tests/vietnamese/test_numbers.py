"""Numbers written, read and rounded: 1.234.567,89 and 53,6%."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import (
    HYPHEN_MINUS,
    Number,
    NumberAmbiguous,
    NumberNotWhole,
    NumberStyle,
    NumberUnreadable,
    format_number,
    format_percent,
    parse_number,
    parse_percent,
    parse_whole,
    percent,
    round_half_up,
)

decimals = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12))


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (1234, "1.234"),
        (1234567, "1.234.567"),
        (Decimal("1234567.89"), "1.234.567,89"),
        (Decimal("1.50"), "1,50"),
        (Decimal("12E3"), "12.000"),
        (Fraction(9, 8), "1,125"),
        (0.1, "0,1"),
        (1e21, "1.000.000.000.000.000.000.000"),
        (-1234, "\u22121.234"),
        (None, "–"),
    ],
)
def test_numbers_as_the_office_writes_them(value: Number | None, written: str) -> None:
    assert format_number(value) == written


def test_the_sign_is_a_hyphen_for_programs() -> None:
    assert format_number(-5, minus=HYPHEN_MINUS) == "-5"


def test_leading_zero_is_for_one_to_nine() -> None:
    written = [format_number(n, leading_zero=True) for n in (0, 1, 9, 10, -3)]
    assert written == ["0", "01", "09", "10", "\u221203"]
    assert format_number(Decimal("1.5"), leading_zero=True) == "1,5"


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Decimal("2.5"), 0, "3"),
        (Decimal("3.5"), 0, "4"),
        (Decimal("-2.5"), 0, "-3"),
        (Decimal("53.55"), 1, "53.6"),
        (2.675, 2, "2.68"),  # the float lies below; as written it is a half
        (Fraction(1, 3), 4, "0.3333"),
        (Decimal("-0.04"), 1, "0.0"),
        (10**40, 1, str(10**40) + ".0"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("1250"), -2, "1300"),
    ],
)
def test_half_up_on_exact_values(value: Number, places: int, rounded: str) -> None:
    assert f"{round_half_up(value, places):f}" == rounded


@given(st.fractions(max_denominator=999), st.integers(0, 6))
def test_rounding_errs_by_half_a_place_at_most(value: Fraction, places: int) -> None:
    error = Fraction(round_half_up(value, places)) - value
    assert abs(error) <= Fraction(1, 2 * 10**places)
    if abs(error) == Fraction(1, 2 * 10**places):
        assert (error > 0) == (value > 0)


@pytest.mark.parametrize("nothing", [True, "7", None, 1j])
def test_only_numbers_are_rounded(nothing: object) -> None:
    with pytest.raises(TypeError):
        round_half_up(nothing)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")]
)
def test_no_number_is_not_written(value: Number) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(value)


def test_a_third_needs_places() -> None:
    with pytest.raises(ValueError, match="places"):
        format_number(Fraction(1, 3))
    assert format_number(Fraction(1, 3), 2) == "0,33"


@given(decimals)
def test_what_is_written_reads_back(value: Decimal) -> None:
    assert parse_number(format_number(value)) == value
    assert parse_number(format_number(value, minus=HYPHEN_MINUS)) == value


@given(st.integers(), st.integers(0, 4))
def test_whole_numbers_read_back_as_counts(value: int, spaces: int) -> None:
    assert parse_whole("\u00a0" * spaces + format_number(value)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234", "1234"),
        ("1.234.567,89", "1234567.89"),
        ("1234567,89", "1234567.89"),
        ("1,234", "1.234"),
        ("05", "5"),
        ("- 3", "-3"),
        ("–3", "-3"),
        ("+7", "7"),
        (" 53,6\u00a0", "53.6"),
        ("0", "0"),
    ],
)
def test_vietnamese_numbers_are_read(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1.5", "1.23", "1.2345", "0.123", "12.34.567", "1.234.5", "53.6"])
def test_a_dot_that_parts_no_thousands_is_refused(text: str) -> None:
    with pytest.raises(NumberAmbiguous) as refused:
        parse_number(text)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,2,3", "1 234", "12,", ",5", "5%", "1e3", "٣", "1..2", "--1", "3đ", "²"]
)
def test_other_texts_are_no_numbers(text: str) -> None:
    with pytest.raises((NumberUnreadable, NumberAmbiguous)):
        parse_number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("1.5", "1.5"), ("1,234.5", "1234.5"), ("1,234", "1234")]
)
def test_english_only_when_asked(text: str, value: str) -> None:
    assert parse_number(text, NumberStyle.ENGLISH) == Decimal(value)
    with pytest.raises(NumberUnreadable):
        parse_number("1.234,5", NumberStyle.ENGLISH)


@pytest.mark.parametrize("text", ["1,234", "5,0", "-0,5"])
def test_people_are_counted_whole(text: str) -> None:
    with pytest.raises(NumberNotWhole):
        parse_whole(text)


def test_english_counts() -> None:
    assert parse_whole("1,234", NumberStyle.ENGLISH) == 1234
    with pytest.raises(NumberNotWhole):
        parse_whole("1.5", NumberStyle.ENGLISH)


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (134, 250, "53,6%"),
        (1, 3, "33,3%"),
        (2, 3, "66,7%"),
        (250, 250, "100,0%"),
        (0, 250, "0,0%"),
        (375, 250, "150,0%"),
        (-5, 250, "\u22122,0%"),
        (5, 0, "–"),
        (5, None, "–"),
        (None, 5, "–"),
        (12345, 10, "123.450,0%"),
    ],
)
def test_per_cent_of_plan(part: int | None, whole: int | None, written: str) -> None:
    assert format_percent(part, whole) == written


def test_prose_drops_empty_decimals() -> None:
    assert format_percent(250, 250, trim=True) == "100%"
    assert format_percent(134, 250, trim=True) == "53,6%"
    assert format_percent(0, 0, trim=True) == "–"


def test_no_plan_has_no_per_cent() -> None:
    assert percent(5, 0) is None
    assert percent(134, 250) == Decimal("53.6")


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_per_cent_reads_back(part: int, whole: int) -> None:
    assert parse_percent(format_percent(part, whole)) == percent(part, whole)


def test_per_cent_needs_its_sign() -> None:
    assert parse_percent("53,6 %") == Decimal("53.6")
    with pytest.raises(NumberUnreadable):
        parse_percent("53,6")
    with pytest.raises(NumberAmbiguous):
        parse_percent("53.6%")
