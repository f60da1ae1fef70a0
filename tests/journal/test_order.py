"""Entries are numbered without gaps, in the order of time; the database sees to it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import head, head_at, head_known_on, known_until
from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.ledger.reorganisation import found_unit
from giaoban.units.rules import NewUnit
from tests import raw
from tests.world import DECISION, World

ENTRY = (
    "INSERT INTO journal_entry (id, kind, effective_on, recorded_at, by, reverses_id, digest)"
    " VALUES (%s, %s, %s, %s, 'ai đó', %s, '\\x00')"
)
DAY = date(2018, 3, 5)


def refused(code: str, *values: object) -> None:
    with pytest.raises(DatabaseError, match=code), transaction.atomic():
        raw.sql(ENTRY, *values)


def test_no_gap_and_no_second_of_a_number(world: World) -> None:
    last = head()
    refused("journal_gap", last.number + 2, 1, DAY, last.recorded_at, None)
    refused("entry", last.number, 1, DAY, last.recorded_at, None)
    refused("entry", 0, 1, DAY, last.recorded_at, None)


def test_time_never_goes_back_nor_ahead(world: World) -> None:
    last = head()
    assert last.recorded_at
    early = last.recorded_at - timedelta(microseconds=1)
    refused("journal_time", last.number + 1, 1, DAY, early, None)
    ahead = datetime.now(VIETNAM) + timedelta(hours=1)
    refused("journal_time", last.number + 1, 1, DAY, ahead, None)


def test_an_entry_names_its_own_transaction(world: World) -> None:
    last = head()
    with pytest.raises(DatabaseError, match="journal_xid"), transaction.atomic():
        raw.sql(
            "INSERT INTO journal_entry (id, kind, effective_on, recorded_at, by, digest, xid)"
            " VALUES (%s, 1, %s, %s, 'ai đó', '\\x00', '7')",
            last.number + 1, DAY, last.recorded_at,
        )  # fmt: skip


def test_a_reversal_takes_kind_and_day(world: World) -> None:
    last = head()
    first = Entry.objects.get(pk=1)
    kind, day, at = first.kind, first.effective_on, last.recorded_at
    refused("journal_reversal", last.number + 1, Kind.CLOSING, day, at, 1)
    refused("journal_reversal", last.number + 1, kind, DAY, at, 1)
    refused("entry_reverses_earlier", last.number + 1, kind, day, at, last.number + 1)
    raw.sql(ENTRY, last.number + 1, kind, day, at, 1)
    refused("reverses_id", last.number + 2, kind, day, at, 1)  # once only
    refused("journal_reversal", last.number + 2, kind, day, at, last.number + 1)


def test_a_clock_that_went_back_does_not_take_the_journal_along(world: World) -> None:
    before = head()
    late = Recorder(world.clerk, world.at - timedelta(days=30))
    new = NewUnit(code="CY9", kind="party-cell", name="Chi bộ 9", parent="CY")
    found_unit(new, on=date(2017, 1, 1), basis=DECISION_OF_2017, by=late)
    assert head().recorded_at == before.recorded_at


DECISION_OF_2017 = type(DECISION)("02-QĐ/HU", date(2017, 1, 1), "Huyện ủy")


def test_known_on_a_day_ends_at_midnight_in_vietnam(world: World) -> None:
    numbers = []
    for minute in (datetime(2018, 3, 5, 23, 59), datetime(2018, 3, 6, 0, 0)):
        world.at = minute.replace(tzinfo=VIETNAM) - timedelta(seconds=1)
        numbers.append(world.person() and head().number)
    assert head_known_on(date(2018, 3, 5)).number == numbers[0]
    assert head_known_on(date(2018, 3, 6)).number == numbers[1]
    assert head_known_on(date(2000, 1, 1)).number == 0
    assert head_at(numbers[0]).number == numbers[0]
    assert head_at(numbers[0]).digest == bytes(Entry.objects.get(pk=numbers[0]).digest)


def test_to_whose_end_the_journal_is_known(world: World) -> None:
    """A quiet week is known up to yesterday; what was recorded since ends it the day before."""
    world.person()
    earlier = head()
    assert earlier.recorded_at
    day = earlier.recorded_at.astimezone(VIETNAM).date()
    assert known_until(earlier, day) == day
    assert known_until(earlier, day + timedelta(days=1)) == day
    assert known_until(earlier, day + timedelta(days=9)) == day + timedelta(days=8)
    world.by(day + timedelta(days=5))
    world.person()
    assert known_until(earlier, day + timedelta(days=9)) == day + timedelta(days=4)
    assert known_until(head(), day + timedelta(days=9)) == day + timedelta(days=8)
