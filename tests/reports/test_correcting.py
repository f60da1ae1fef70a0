"""Then and now: what later entries change in an issued report, and the notice that tells it."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.reports.actions import (
    begin_correction,
    check_report,
    hand_in_report,
    issue_report,
    open_register,
)
from giaoban.reports.changes import changes_since
from giaoban.reports.documents.walking import lines
from giaoban.reports.issues import frozen_figures, issued_by, issued_document
from tests.reports.issuing_world import LEADER, REGISTER, issued, with_leader
from tests.reports.test_same_in_all import assert_same_in_all
from tests.world import World

LATE = date(2018, 10, 20)


@pytest.fixture
def office(world: World) -> World:
    return with_leader(world)


def late(office: World) -> int:
    office.by(LATE)
    return office.admit("CY1", date(2018, 9, 7), note="nhận hồ sơ muộn")


def test_nothing_changed_yet(office: World) -> None:
    assert changes_since(issued_by(issued(office)), head()) == []


def test_then_now_and_because_of_which_entry(office: World) -> None:
    found = issued_by(issued(office))
    entry = late(office)
    changes = {str(change.address): change for change in changes_since(found, head())}
    admitted = changes["admitted"]
    assert (admitted.then, admitted.now) == (3, 4)
    [cause] = admitted.causes
    assert (cause.entry, cause.kind, cause.by) == (entry, Kind.ADMISSION, 1)
    assert changes["admitted/CY"].now == 3
    assert "plan" not in changes


def test_an_act_of_another_period_changes_nothing(office: World) -> None:
    found = issued_by(issued(office))
    office.by(LATE)
    office.admit("CY1", date(2018, 10, 7))
    assert changes_since(found, head()) == []


def test_a_reversal_is_told_as_one(office: World) -> None:
    found = issued_by(issued(office))
    wrong = late(office)
    back = reverse_entry(wrong, reason="ghi nhầm người", by=office.by())
    assert changes_since(found, head()) == []
    first = head().number - 1
    assert back == first + 1


def test_the_notice_tells_old_new_and_the_entry_and_is_issued(office: World) -> None:
    first = issued(office)
    entry = late(office)
    opened = REGISTER | {"kind": "TB"}
    open_register(unit=office.unit("HU"), by=office.by(), **opened)
    draft = begin_correction(issue=first, key="tb", by=office.by())
    assert begin_correction(issue=first, key="tb", by=office.by()) == draft
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    notice = issue_report(draft=draft, by=office.by(login=LEADER))
    found = issued_by(notice)
    assert (found.corrects, found.symbol) == (first, "01-TB/BTC")
    said = list(lines(issued_document(notice)))
    assert any("01-BC/BTC" in line for line in said)
    [admitted] = [line for line in said if line.startswith("Số đảng viên kết nạp: ")]
    assert "từ 03 thành 04" in admitted
    assert str(entry) in admitted
    assert frozen_figures(notice)["admitted"] == 4
    assert_same_in_all(issued_document(notice))


def test_without_a_change_there_is_nothing_to_notify(office: World) -> None:
    first = issued(office)
    with pytest.raises(RuleBroken, check=lambda broken: broken.code == "nothing_to_correct"):
        begin_correction(issue=first, key="tb", by=office.by())
