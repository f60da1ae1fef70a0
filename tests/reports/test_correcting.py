"""Then and now: what later entries change in an issued report, and the notice that tells it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import head
from giaoban.ledger.corrections import reverse_entry
from giaoban.periods import Period, regime_named
from giaoban.reports.actions import (
    begin_correction,
    begin_replacement,
    change_report,
    check_report,
    hand_in_report,
    issue_report,
    open_register,
)
from giaoban.reports.assembling import draft_document
from giaoban.reports.changes import changes_since
from giaoban.reports.corrections import NOTICE
from giaoban.reports.documents.walking import lines, tables
from giaoban.reports.errors import NoticeBound, NoticeOfNothing
from giaoban.reports.issues import (
    Standing,
    beside,
    frozen_figures,
    issued_by,
    issued_document,
)
from giaoban.reports.models import ReportDraft
from tests.reports.issuing_world import LEADER, PERIOD, REGISTER, drafted, issued, with_leader
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


def test_a_notice_is_of_one_document_and_of_what_that_is_of(office: World) -> None:
    first = issued(office)
    late(office)
    with pytest.raises(NoticeOfNothing):
        drafted(office, "tb", definition=NOTICE)
    draft = begin_correction(issue=first, key="tb", by=office.by())
    other = Period.parse("2018-Q3", regime=regime_named("calendar"))
    told: list[dict[str, Any]] = [
        {"definition": "briefing"}, {"period": other}, {"tree": date(2018, 12, 1)}
    ]  # fmt: skip
    for change in told:
        with pytest.raises(NoticeBound):
            change_report(draft=draft, by=office.by(), **change)
    words = {"closing_words": "Không thay đổi số khác."}
    change_report(draft=draft, words=words, period=PERIOD, by=office.by())
    assert ReportDraft.objects.get(pk=draft).words == words


def test_a_notice_holds_every_number_that_reads_otherwise(office: World) -> None:
    """In its annex: counts with the entries behind them, then what is worked out of them."""
    first = issued(office)
    entry = late(office)
    draft = ReportDraft.objects.get(pk=begin_correction(issue=first, key="tb", by=office.by()))
    document = draft_document(draft, head().number, on=LATE)
    told = {
        cell.address: (row.cells[1].text, cell.text, "".join(c.text for c in row.cells[3:]))
        for table in tables(document)
        for row in table.rows
        for cell in row.cells
        if cell.address
    }
    assert set(told) == {str(one.address) for one in changes_since(issued_by(first), head())}
    assert told["admitted"] == ("3", "4", str(entry))
    assert told["achievement"] == ("30,0%", "40,0%", "")
    assert told["admitted/CY"][:2] == ("2", "3")
    # An entry is of one member: beside a group it would say what they are.
    assert {entries for address, (_a, _b, entries) in told.items() if "[" in address} <= {""}
    [entries] = [table for table in tables(document) if table.name == "dong-nhat-ky"]
    assert [[cell.text for cell in row.cells] for row in entries.rows] == [
        [str(entry), "Kết nạp", "07/09/2018", "20/10/2018"]
    ]


def test_what_was_recorded_and_taken_back_since_is_no_reason(office: World) -> None:
    first = issued(office)
    wrong, right = late(office), late(office)
    reverse_entry(wrong, reason="ghi trùng", by=office.by())
    draft = ReportDraft.objects.get(pk=begin_correction(issue=first, key="tb", by=office.by()))
    said = [
        line.replace("\u00a0", " ") for line in lines(draft_document(draft, head().number, on=LATE))
    ]
    [admitted] = [line for line in said if line.startswith("Số đảng viên kết nạp: ")]
    assert admitted == (
        f"Số đảng viên kết nạp: điều chỉnh từ 03 thành 04, do kết nạp (số vào sổ {right})."
    )


# Superseding


def test_a_replacement_begins_with_the_words_of_the_document_it_stands_for(office: World) -> None:
    words = {"proposals": "Đề nghị cấp thẻ đảng viên."}
    entry = issued(office, words=words, post="Phó Trưởng Ban", recipients=["Lưu Văn phòng."])
    draft = begin_replacement(issue=entry, reason="bổ sung biểu", key="thay", by=office.by())
    again = begin_replacement(issue=entry, reason="bổ sung biểu", key="thay", by=office.by())
    assert again == draft
    kept = ReportDraft.objects.get(pk=draft)
    assert (kept.words, kept.post, kept.recipients) == (words, "Phó Trưởng Ban", "Lưu Văn phòng.")
    assert (kept.replaces, kept.because, kept.dated_on) == (entry, "bổ sung biểu", None)
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    issue_report(draft=draft, by=office.by(login=LEADER))
    assert issued_by(entry).standing is Standing.REPLACED


def test_a_replacement_needs_a_reason_and_somebody_in_charge(office: World) -> None:
    entry = issued(office)
    for reason, login, code in (
        (" ", None, "reason_missing"), ("sai", office.stranger, "out_of_scope"),
    ):  # fmt: skip
        with pytest.raises(RuleBroken, check=lambda broken, code=code: broken.code == code):
            begin_replacement(
                issue=entry, reason=reason, key="k", by=office.by(login=login or office.clerk)
            )


def test_what_tells_the_same_report_stands_beside_a_draft(office: World) -> None:
    entry = issued(office)
    again = ReportDraft.objects.get(pk=drafted(office, "lan-hai"))
    assert [one.entry for one in beside(again)] == [entry]
    instead = begin_replacement(issue=entry, reason="sai", key="thay", by=office.by())
    assert beside(ReportDraft.objects.get(pk=instead)) == []
    other = drafted(office, "quy", period=Period.parse("2018-Q1", regime=PERIOD.regime))
    assert beside(ReportDraft.objects.get(pk=other)) == []
