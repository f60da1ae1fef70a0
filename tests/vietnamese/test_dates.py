"""Dates in and out, day first, and what is refused rather than guessed."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import (
    BadText,
    DateMonthImpossible,
    DateNotInCalendar,
    DateUnreadable,
    DateYearShort,
    date_in_words,
    format_date,
    format_published,
    format_signed_date,
    parse_date,
)

days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@pytest.mark.parametrize(
    ("day", "screen", "signed", "words"),
    [
        (date(2018, 10, 29), "29/10/2018", "29/10/2018", "ngày 29 tháng 10 năm 2018"),
        (date(2018, 9, 5), "05/09/2018", "05/9/2018", "ngày 05 tháng 9 năm 2018"),
        (date(2018, 2, 14), "14/02/2018", "14/02/2018", "ngày 14 tháng 02 năm 2018"),
        (date(2018, 1, 1), "01/01/2018", "01/01/2018", "ngày 01 tháng 01 năm 2018"),
        (date(2018, 3, 10), "10/03/2018", "10/3/2018", "ngày 10 tháng 3 năm 2018"),
    ],
)
def test_dates_as_the_office_writes_them(day: date, screen: str, signed: str, words: str) -> None:
    assert format_date(day) == screen
    assert format_signed_date(day) == signed
    assert date_in_words(day) == words


def test_words_are_bound_to_their_numbers() -> None:
    bound = "ngày\u00a005 tháng\u00a09 năm\u00a02018"
    assert date_in_words(date(2018, 9, 5), bind=True) == bound


@given(days)
def test_every_form_reads_back(day: date) -> None:
    for written in (
        format_date(day),
        format_signed_date(day),
        date_in_words(day),
        date_in_words(day, bind=True),
        unicodedata.normalize("NFD", date_in_words(day).upper()),
        day.isoformat(),
        format_date(day).replace("/", "-"),
        format_date(day).replace("/", "."),
    ):
        assert parse_date(written) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/2/1985", date(1985, 2, 1)),
        (" 29-10-2018 ", date(2018, 10, 29)),
        ("29.10.2018", date(2018, 10, 29)),
        ("2018-10-29", date(2018, 10, 29)),
        ("29 tháng 10, năm 2018", date(2018, 10, 29)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_dates_as_people_type_them(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("31/02/2018", DateNotInCalendar),
        ("29/02/2018", DateNotInCalendar),
        ("29/02/1900", DateNotInCalendar),
        ("00/10/2018", DateNotInCalendar),
        ("ngày 31 tháng 4 năm 2018", DateNotInCalendar),
        ("2018-02-30", DateNotInCalendar),
        ("10/29/2018", DateMonthImpossible),
        ("29/10/18", DateYearShort),
        ("ngày 1 tháng 2 năm 85", DateYearShort),
        ("29/10-2018", DateUnreadable),
        ("10/2018", DateUnreadable),
        ("29/10/218", DateUnreadable),
        ("29/00/2018", DateUnreadable),
        ("29/10/0000", DateUnreadable),
        ("hôm nay", DateUnreadable),
        ("٢٩/10/2018", DateUnreadable),
        ("29/10/2018 08:11", DateUnreadable),
        ("", DateUnreadable),
    ],
)
def test_what_is_refused(text: str, refusal: type[BadText]) -> None:
    with pytest.raises(refusal) as refused:
        parse_date(text)
    assert type(refused.value) is refusal


def test_a_day_that_is_not_says_how_long_the_month_is() -> None:
    with pytest.raises(DateNotInCalendar, match="tháng 2 năm 2018 có 28 ngày"):
        parse_date("31/02/2018")


def test_time_of_publication_is_vietnams() -> None:
    assert format_published(datetime(2018, 10, 29, 1, 11, tzinfo=UTC)) == "08:11 29/10/2018"
    assert format_published(datetime(2018, 10, 29, 18, 0, tzinfo=UTC)) == "01:00 30/10/2018"
    with pytest.raises(ValueError, match="time zone"):
        format_published(datetime(2018, 10, 29, 8, 11))
