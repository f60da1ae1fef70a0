"""A file from its upload to the books: all of it or nothing, and the same file twice once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from time import monotonic

import psycopg
import pytest
from django.db import connection

from giaoban.intake import actions
from giaoban.intake.errors import (
    Cancelled,
    ColumnMissing,
    ColumnTwice,
    IntakeForeign,
    RecordedNow,
    RowRefused,
)
from giaoban.intake.fields import Subject
from giaoban.intake.models import Intake
from giaoban.intake.queries import (
    RECORDING_LOCK,
    Review,
    in_charge,
    is_being_recorded,
    review,
)
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.queries import roster
from giaoban.people.queries import names_of, particulars_of
from giaoban.units.queries import unit_by_code
from tests.intake.sheets import members, xlsx
from tests.world import World

ON = date(2018, 1, 2)
PATIENCE_SECONDS = 30
GOOD = [
    [1, "NGUYỄN VĂN AN", "1/2/1985", "Nam", "Kinh", "CY1", "Chính thức"],
    [2, "Trần Thị Bình", 31000, "x", "Mường", "Chi bộ thôn 2", "ĐVDB"],
    [3, "Lê Chi", date(1990, 3, 4), "Nữ", "", "CY", ""],
]


def begun(world: World, data: bytes, subject: Subject = Subject.MEMBERS) -> Intake:
    by = world.by(date(2018, 2, 1), world.colleague)
    intake = actions.start_intake(subject=subject, file_name="ds.xlsx", data=data, by=by)
    match = {int(at): code for at, code in intake.columns.items()}
    actions.settle_match(intake, columns=match, on=ON, by=by)
    return intake


def reviewed(world: World, intake: Intake) -> Review:
    return review(intake, in_charge(world.by(login=world.colleague)))


def recorded(world: World, intake: Intake) -> list[int]:
    by = world.by(login=world.colleague)
    assert actions.begin_recording(intake, by=by)
    return actions.record_intake(intake, by=by)


def standing(world: World) -> set[str]:
    as_of = AsOf(ON, head().number)
    units = [world.unit(code) for code in ("CY", "CY1", "CY2")]
    places = roster(units, as_of)
    return {str(name) for name in names_of([p.person for p in places], as_of).values()}


@pytest.fixture
def intake(committed: World) -> Intake:
    return begun(committed, members(*GOOD))


def test_rows_as_they_would_be_recorded(committed: World, intake: Intake) -> None:
    found = reviewed(committed, intake)
    assert [row.number for row in found.ready] == [4, 5, 6]
    assert (found.refused, found.suspected, found.recorded) == ([], [], {})
    assert standing(committed) == set()


def test_a_file_is_recorded_and_its_content_goes(committed: World, intake: Intake) -> None:
    before = head().number
    entries = recorded(committed, intake)
    assert len(entries) == 3
    assert standing(committed) == {"Nguyễn Văn An", "Trần Thị Bình", "Lê Chi"}
    assert head().number == before + 6  # three persons registered, three standing
    kept = Intake.objects.get(pk=intake.pk)
    assert (kept.state, bytes(kept.content)) == (Intake.State.RECORDED, b"")
    told = particulars_of(None, AsOf(ON, head().number)).values()
    assert {(p.sex, p.born_on, p.ethnicity) for p in told} >= {
        ("male", date(1985, 2, 1), "kinh"), ("female", date(1984, 11, 14), "muong"),
        ("female", date(1990, 3, 4), None),
    }  # fmt: skip


def test_the_same_file_twice_changes_nothing(committed: World, intake: Intake) -> None:
    recorded(committed, intake)
    after = head().number
    again = begun(committed, members(*GOOD))
    found = reviewed(committed, again)
    assert (found.ready, found.refused, found.suspected) == ([], [], [])
    assert sorted(found.recorded) == [4, 5, 6]
    recorded(committed, again)
    assert head().number == after


BAD = {
    "no unit": [1, "Nguyễn Văn An", "1/2/1985", "Nam", "", "", ""],
    "a foreign unit": [1, "Nguyễn Văn An", "1/2/1985", "Nam", "", "TX1", ""],
    "two units of one name": [1, "Nguyễn Văn An", "1/2/1985", "Nam", "", "Chi bộ thôn 9", ""],
    "no name": [1, "", "1/2/1985", "Nam", "", "CY1", ""],
    "a year alone": [1, "Nguyễn Văn An", 1985, "Nam", "", "CY1", ""],
    "a month too many": [1, "Nguyễn Văn An", "1/13/1985", "Nam", "", "CY1", ""],
    "a word unknown": [1, "Nguyễn Văn An", "1/2/1985", "Nam", "Kinhh", "CY1", ""],
    "not born yet": [1, "Nguyễn Văn An", "1/2/2985", "Nam", "", "CY1", ""],
}


@pytest.mark.parametrize("row", BAD.values(), ids=BAD)
def test_one_bad_row_keeps_all_out(committed: World, row: list[object]) -> None:
    intake = begun(committed, members(*GOOD, row))
    found = reviewed(committed, intake)
    assert [bad.number for bad in found.refused] == [7]
    before = head().number
    with pytest.raises(RowRefused):
        recorded(committed, intake)
    assert head().number == before
    kept = Intake.objects.get(pk=intake.pk)
    assert kept.state == Intake.State.CHECKED
    assert kept.refusal


def test_duplicates_are_suspected_and_a_person_decides(committed: World, intake: Intake) -> None:
    recorded(committed, intake)
    rows = [
        [1, "nguyễn văn an", "1/2/1985", "Nam", "", "CY2", ""],
        [2, "Phạm Dung", "5/6/1991", "Nữ", "", "CY2", ""],
        [3, "Phạm Dung", "5/6/1991", "Nữ", "", "CY1", ""],
    ]
    again = begun(committed, members(*rows))
    found = reviewed(committed, again)
    assert [(row.number, row.suspect is not None, row.suspect_row) for row in found.suspected] == [
        (4, True, None), (6, False, 5),
    ]  # fmt: skip
    by = committed.by(login=committed.colleague)
    actions.decide_duplicates(again, {4: "same", 6: "new"}, by=by)
    decided = reviewed(committed, again)
    assert not decided.suspected
    assert [row.number for row in decided.ready] == [5, 6]
    before = head().number
    recorded(committed, again)
    assert head().number == before + 4


@contextmanager
def at_work(intake: Intake) -> Iterator[None]:
    """Somebody else's worker, recording this file."""
    told = connection.get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    with psycopg.connect(**{n: told[n] for n in names if told.get(n)}) as other:
        other.execute("SELECT pg_advisory_lock(%s, %s::int)", [RECORDING_LOCK, intake.pk])
        yield


def test_a_stop_while_it_is_being_recorded_leaves_nothing(committed: World, intake: Intake) -> None:
    by = committed.by(login=committed.colleague)
    assert actions.begin_recording(intake, by=by)
    with at_work(intake):
        assert is_being_recorded(intake)
        actions.ask_to_stop(intake, by=by)
        assert Intake.objects.get(pk=intake.pk).state == Intake.State.RECORDING
        with pytest.raises(RecordedNow):
            actions.record_intake(intake, by=by)
    before = head().number
    with pytest.raises(Cancelled):
        actions.record_intake(intake, by=by)
    assert head().number == before
    assert Intake.objects.get(pk=intake.pk).state == Intake.State.STOPPED
    assert len(recorded(committed, intake)) == 3


def test_after_a_killed_worker_one_may_go_on_or_stop(committed: World, intake: Intake) -> None:
    by = committed.by(login=committed.colleague)
    assert actions.begin_recording(intake, by=by)
    with at_work(intake):
        pass
    until = monotonic() + PATIENCE_SECONDS  # the server takes a moment to see that somebody is gone
    while is_being_recorded(intake):
        assert monotonic() < until
    actions.ask_to_stop(intake, by=by)
    assert Intake.objects.get(pk=intake.pk).state == Intake.State.STOPPED
    assert actions.begin_recording(intake, by=by)
    assert actions.begin_recording(intake, by=by)  # gone on with, by whoever comes back to it
    assert len(actions.record_intake(intake, by=by)) == 3


def test_a_correction_of_the_match_is_remembered(committed: World) -> None:
    rows = [["Ai", "Sinh hôm nào", "Chi bộ"], ["Nguyễn Văn An", "1/2/1985", "CY1"]]
    by = committed.by(login=committed.colleague)
    data = xlsx([["Họ và tên", "Hôm nào", "Chi bộ"], *rows[1:]])
    intake = actions.start_intake(subject=Subject.MEMBERS, file_name="a", data=data, by=by)
    assert intake.columns == {"0": "name", "2": "unit"}
    actions.settle_match(intake, columns={0: "name", 1: "born_on", 2: "unit"}, on=ON, by=by)
    again = actions.start_intake(subject=Subject.MEMBERS, file_name="a", data=data, by=by)
    assert again.columns == {"0": "name", "1": "born_on", "2": "unit"}


def test_a_match_must_be_whole(committed: World, intake: Intake) -> None:
    by = committed.by(login=committed.colleague)
    with pytest.raises(ColumnMissing):
        actions.settle_match(intake, columns={1: "name"}, on=ON, by=by)
    with pytest.raises(ColumnTwice):
        actions.settle_match(intake, columns={1: "name", 2: "name", 5: "unit"}, on=ON, by=by)


def test_nobody_goes_on_with_another_ones_file(committed: World, intake: Intake) -> None:
    with pytest.raises(IntakeForeign):
        actions.begin_recording(intake, by=committed.by())
    with pytest.raises(IntakeForeign):
        actions.give_up(intake, by=committed.by())


def test_acts_of_members_who_are_in_the_books(committed: World, intake: Intake) -> None:
    recorded(committed, intake)
    rows = [
        ["Họ và tên", "Ngày sinh", "Tổ chức", "Biến động", "Ngày hiệu lực", "Nơi đến",
         "Số quyết định", "Ngày văn bản", "Cơ quan ban hành"],
        ["Nguyễn Văn An", "1/2/1985", "CY1", "Chuyển sinh hoạt nội bộ", "20/1/2018", "CY2",
         "12-GT", "19/1/2018", "Đảng ủy"],
        ["Lê Chi", "4/3/1990", "CY", "Từ trần", "21/1/2018", "", "13-TB", "22/1/2018", "Chi bộ"],
    ]  # fmt: skip
    acts = begun(committed, xlsx(rows), Subject.ACTS)
    assert reviewed(committed, acts).refused == []
    recorded(committed, acts)
    as_of = AsOf(date(2018, 1, 31), head().number)
    assert len(roster([committed.unit("CY2")], as_of)) == 2
    assert roster([committed.unit("CY")], as_of) == []


def test_units_come_with_their_parents_in_any_order(committed: World) -> None:
    rows = [
        ["Mã tổ chức", "Tên tổ chức", "Cấp trên", "Loại hình", "Khối", "Ngày thành lập",
         "Số quyết định", "Ngày văn bản", "Cơ quan ban hành"],
        ["CYA1", "Chi bộ A1", "CYA", "Chi bộ trực thuộc", "", "1/1/2018", "1-QĐ", "1/1/2018", "HU"],
        ["CYA", "Đảng bộ bộ phận A", "CY", "Đảng bộ bộ phận", "", "1/1/2018", "1-QĐ", "1/1/2018",
         "HU"],
    ]  # fmt: skip
    units = begun(committed, xlsx(rows), Subject.UNITS)
    assert reviewed(committed, units).refused == []
    recorded(committed, units)
    assert unit_by_code("CYA1")
