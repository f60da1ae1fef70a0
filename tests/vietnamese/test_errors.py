"""Refusals speak both languages, fill the same slots, and keep to the house's voice."""

import pickle
import re
import string
import unicodedata

import pytest

import giaoban.vietnamese as floor
from giaoban.vietnamese import BadText, DateNotInCalendar, NumberUnreadable

from .test_syllables import NEW_PLACEMENT

ERRORS: list[type[BadText]] = [BadText, *BadText.__subclasses__()]


def slots(template: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(template) if field}


@pytest.mark.parametrize("error", ERRORS)
def test_both_languages_have_the_same_slots(error: type[BadText]) -> None:
    assert slots(error.vi) == slots(error.en)


@pytest.mark.parametrize("error", ERRORS)
def test_messages_keep_the_voice(error: type[BadText]) -> None:
    for message in (error.vi, error.en):
        assert unicodedata.is_normalized("NFC", message)
        assert "!" not in message
        assert len(re.findall(r"[.;:] |\.$", message)) >= 2
        assert len(re.findall(r"\.(?: |$)", message)) <= 2
    assert not re.search(r"(?i)\b(bạn|anh|chị|quý khách|lỗi|rất tiếc)\b|hợp lệ", error.vi)
    assert not NEW_PLACEMENT.search(error.vi)


def test_codes_are_unique_and_snake_case() -> None:
    codes = [error.code for error in ERRORS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


def test_an_error_says_what_was_seen() -> None:
    error = DateNotInCalendar(day=31, month=2, year=2018, days=28)
    assert str(error) == ("Không có ngày 31: tháng 2 năm 2018 có 28 ngày. Xem lại ngày trên giấy.")
    assert error.in_english().startswith("There is no day 31: month 2 of 2018 has 28 days.")
    assert isinstance(error, ValueError)


def test_braces_in_a_text_are_left_alone() -> None:
    assert "{0}" in str(NumberUnreadable(text="{0}"))


def test_errors_pass_between_processes() -> None:
    error = pickle.loads(pickle.dumps(NumberUnreadable(text="x")))
    assert isinstance(error, NumberUnreadable)
    assert error.params == {"text": "x"}
    assert "“x”" in str(error)


def test_the_floor_exports_what_it_says() -> None:
    assert all(hasattr(floor, name) for name in floor.__all__)
    assert {error.__name__ for error in ERRORS} <= set(floor.__all__)
    assert len(set(floor.__all__)) == len(floor.__all__)
