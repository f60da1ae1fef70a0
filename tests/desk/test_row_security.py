"""The database hides persons and movements from the desk, whatever the code asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import ProgrammingError, connection, transaction

from giaoban.journal.sql import fetch
from giaoban.ledger.row_security import POLICIES
from giaoban.people import scope
from giaoban.people.sight import in_sight
from tests.world import World

DAY = date(2018, 3, 1)


def _counts() -> dict[str, int]:
    return {table: fetch(f"SELECT count(*) FROM {table}")[0][0] for table in POLICIES}


@pytest.fixture
def members(office: World) -> dict[str, int]:
    """Somebody in each of two communes, with a name, particulars, a note and legal dates."""
    found = {}
    for unit, name in (("CY1", "Nguyễn Văn An"), ("TX1", "Bùi Thị Bình")):
        found[unit] = office.person(name, sex="male")
        office.admit(unit, DAY, found[unit], note=f"Ghi chú {unit}")
    return found


def test_without_a_sight_nothing_is_seen(members: dict[str, int]) -> None:
    assert _counts() == dict.fromkeys(POLICIES, 0)


def test_everything_is_seen_by_who_is_in_charge_of_everything(
    office: World, members: dict[str, int]
) -> None:
    units = scope.units_in_sight(office.clerk, on=DAY, known=2**62)
    with in_sight(units):
        seen = _counts()
    assert seen["people_personname"] >= 2
    assert seen["ledger_legaldate"] == 4
    assert seen["journal_note"] == 2


def test_only_rows_of_units_in_sight_are_seen(office: World, members: dict[str, int]) -> None:
    mine = scope.units_in_sight(office.colleague, on=DAY, known=2**62)
    assert mine == {office.unit("CY"), office.unit("CY1"), office.unit("CY2")}
    with in_sight(mine):
        assert fetch("SELECT DISTINCT full_name FROM people_personname") == [("Nguyễn Văn An",)]
        assert {row[0] for row in fetch("SELECT DISTINCT unit_id FROM ledger_leg")} <= mine
        assert fetch("SELECT text FROM journal_note") == [("Ghi chú CY1",)]
        assert _counts()["ledger_legaldate"] == 2
        assert _counts()["people_particulars"] == 1
        assert _counts()["people_namekey"] == 1


def test_the_sight_ends_with_its_block(office: World, members: dict[str, int]) -> None:
    with in_sight([office.unit("CY1")]):
        assert _counts()["people_personname"] == 1
    assert _counts()["people_personname"] == 0


def test_the_desk_itself_may_not_write_into_a_book(office: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO journal_basis (number, issued_on, issuer, title)"
            " VALUES ('1', '2018-01-01', 'x', '')"
        )


def test_after_an_act_the_writers_rights_are_gone(office: World) -> None:
    office.admit("CY1", DAY)
    assert fetch("SELECT current_user")[0][0] == "giaoban_desk"
    assert _counts()["ledger_leg"] == 0


def test_an_act_sees_whom_the_login_does_not(office: World, members: dict[str, int]) -> None:
    """Or somebody could be a member twice."""
    from giaoban.ledger.errors import AlreadyMember

    with in_sight([office.unit("CY1")]):
        elsewhere = office.member("TX1", on=date(2018, 4, 1))
        with pytest.raises(AlreadyMember):
            office.admit("CY1", date(2018, 5, 1), elsewhere)
        assert fetch("SELECT current_user")[0][0] == "giaoban_desk"
