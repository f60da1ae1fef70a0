"""From draft to issue: a second person, one number, everything frozen and reprinted as it was."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from giaoban.journal.errors import RuleBroken
from giaoban.journal.models import Entry
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import merge_units
from giaoban.reports.actions import (
    change_report,
    check_report,
    drop_report,
    hand_in_report,
    issue_report,
    open_register,
    send_back_report,
    withdraw_report,
)
from giaoban.reports.documents.walking import figures, lines
from giaoban.reports.issues import (
    Standing,
    forms_of,
    frozen_figures,
    issued_by,
    issued_document,
    reprint,
)
from giaoban.reports.models import Issue, IssuedDocument, Rendition, ReportDraft, State
from giaoban.reports.rendering.rendition import Form, render
from tests.reports.issuing_world import (
    DAY,
    LEADER,
    REGISTER,
    checked,
    drafted,
    issued,
    with_leader,
)
from tests.reports.reading import pdf_text
from tests.world import DECISION, World


@pytest.fixture
def office(world: World) -> World:
    return with_leader(world)


def refused(code: str) -> object:
    return pytest.raises(RuleBroken, check=lambda broken: broken.code == code)


def test_the_document_is_issued_with_the_next_number(office: World) -> None:
    found = issued_by(issued(office))
    assert (found.symbol, found.number, found.issued_on) == ("01-BC/BTC", 1, DAY)
    assert found.standing is Standing.IN_FORCE
    again = issued_by(issued(office, "lan-hai"))
    assert again.symbol == "02-BC/BTC"


def test_the_print_says_number_day_and_signatory_and_is_no_draft(office: World) -> None:
    said = " ".join(pdf_text(reprint(issued(office), Form.PDF)).split())
    assert "Số 01-BC/BTC" in said
    assert "Thạch Thất, ngày 05 tháng 10 năm 2018" in said
    assert "Nguyễn Văn Ước" in said
    assert "DỰ THẢO" not in said


def test_every_number_it_cites_is_frozen(office: World) -> None:
    entry = issued(office)
    frozen = frozen_figures(entry)
    assert set(frozen) == {address for address, _text in figures(issued_document(entry))}
    assert frozen["admitted"] == 3
    assert frozen["plan"] == 10


def test_later_acts_and_mergers_leave_the_reprint_as_it_was(office: World) -> None:
    entry = issued(office)
    before = {form: reprint(entry, form) for form in Form}
    office.admit("CY1", date(2018, 9, 7))
    merge_units(
        [office.unit("TX")], into=office.unit("CY"), on=date(2018, 12, 1), basis=DECISION,
        by=office.by(date(2018, 12, 2)),
    )  # fmt: skip
    for form in Form:
        assert reprint(entry, form) == before[form]
        assert render(issued_document(entry), form) == before[form]
    assert frozen_figures(entry)["admitted"] == 3


def test_an_author_does_not_check_their_own(office: World) -> None:
    draft = drafted(office)
    seen = hand_in_report(draft=draft, by=office.by())
    with refused("own_check"):
        check_report(draft=draft, seen=seen, by=office.by())


def test_what_was_not_checked_is_not_issued(office: World) -> None:
    draft = drafted(office)
    with refused("draft_unchecked"):
        issue_report(draft=draft, by=office.by(login=LEADER))
    hand_in_report(draft=draft, by=office.by())
    with refused("draft_unchecked"):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_a_change_takes_the_check_away(office: World) -> None:
    draft = checked(office)
    change_report(draft=draft, signatory="Người khác", by=office.by())
    assert ReportDraft.objects.get(pk=draft).state == State.DRAFT
    with refused("draft_unchecked"):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_what_is_sent_back_is_a_draft_again_with_its_reason(office: World) -> None:
    draft = drafted(office)
    hand_in_report(draft=draft, by=office.by())
    with refused("reason_missing"):
        send_back_report(draft=draft, reason=" ", by=office.by(login=LEADER))
    send_back_report(draft=draft, reason="thiếu phần II", by=office.by(login=LEADER))
    found = ReportDraft.objects.get(pk=draft)
    assert found.state == State.DRAFT
    assert found.steps.latest("pk").reason == "thiếu phần II"


def test_entries_since_the_check_do_not_enter_the_document(office: World) -> None:
    draft = checked(office)
    office.admit("CY1", date(2018, 9, 7))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    assert frozen_figures(entry)["admitted"] == 3


def test_a_dropped_draft_is_not_issued(office: World) -> None:
    draft = checked(office)
    drop_report(draft=draft, by=office.by())
    with refused("draft_closed"):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_a_period_that_runs_is_not_issued(office: World) -> None:
    from giaoban.periods import Period, regime_named

    year = Period.parse("2018", regime=regime_named("calendar"))
    draft = checked(office, definition="organisation-work-year", period=year)
    with refused("period_not_ended"):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_without_a_register_nothing_is_issued(office: World) -> None:
    draft = checked(office, dated_on=None, definition="briefing")
    with refused("register_missing"):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_a_stranger_and_a_clerk_of_another_unit_do_not_issue(office: World) -> None:
    draft = checked(office)
    for login in (office.stranger, office.colleague):
        with refused("out_of_scope"):
            issue_report(draft=draft, by=office.by(login=login))


def test_asked_again_it_is_the_same_issue(office: World) -> None:
    draft = checked(office)
    entry = issue_report(draft=draft, by=office.by(login=LEADER), key="k")
    assert issue_report(draft=draft, by=office.by(login=LEADER), key="k") == entry
    assert Issue.objects.count() == 1


def test_a_new_register_begins_its_numbers_anew(office: World) -> None:
    issued(office)
    opened = REGISTER | {"from_on": date(2018, 10, 1), "symbol": "BTCHU", "first_number": 7}
    open_register(unit=office.unit("HU"), by=office.by(), **opened)
    assert issued_by(issued(office, "sau")).symbol == "07-BC/BTCHU"


def test_one_that_is_superseded_says_by_which(office: World) -> None:
    first = issued(office)
    with refused("reason_missing"):
        drafted(office, "khong-ly-do", replaces=first)
    second = issued(office, "thay", replaces=first, because="bổ sung biểu")
    found = issued_by(first)
    assert (found.standing, found.replaced_by) == (Standing.REPLACED, second)
    with refused("already_replaced"):
        drafted(office, "lai-thay", replaces=first, because="lần nữa")


def test_one_that_is_withdrawn_keeps_its_number(office: World) -> None:
    entry = issued(office)
    with refused("reason_missing"):
        withdraw_report(issue=entry, reason="", by=office.by(login=LEADER))
    gone = withdraw_report(issue=entry, reason="sai mẫu", by=office.by(login=LEADER), key="t")
    assert withdraw_report(issue=entry, reason="sai mẫu", by=office.by(login=LEADER), key="t") == (
        gone
    )
    with refused("already_withdrawn"):
        withdraw_report(issue=entry, reason="nữa", by=office.by(login=LEADER))
    assert issued_by(entry).standing is Standing.WITHDRAWN
    assert issued_by(issued(office, "moi")).number == 2


def test_what_was_issued_is_never_changed(office: World) -> None:
    entry = issued(office)
    for rows in (
        Issue.objects.filter(entry_id=entry),
        IssuedDocument.objects.filter(entry_id=entry),
        Rendition.objects.filter(entry_id=entry),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_issue SET number = 99")


def test_the_journal_vouches_for_every_file(office: World) -> None:
    entry = issued(office)
    assert {form for form, _digest in forms_of(entry)} == {str(form) for form in Form}


def test_two_at_once_get_two_numbers(committed: World) -> None:
    office = with_leader(committed)
    drafts = [checked(office, f"cung-luc-{n}") for n in range(2)]
    by, found, start = office.by(login=LEADER), [], threading.Barrier(2)

    def issue(draft: int) -> None:
        try:
            start.wait()
            found.append(issued_by(issue_report(draft=draft, by=by)).number)
        finally:
            connection.close()

    threads = [threading.Thread(target=issue, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [1, 2]


def test_what_breaks_off_leaves_nothing(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The last thing that is written fails: no entry, no number, the draft still to be issued."""
    draft, before = checked(office), Entry.objects.count()

    def broken(_self: object, _made: object) -> None:
        raise OSError("cut off")

    monkeypatch.setattr(type(Rendition.objects), "bulk_create", broken)
    with pytest.raises(OSError, match="cut off"):
        issue_report(draft=draft, by=office.by(login=LEADER))
    monkeypatch.undo()
    assert Entry.objects.count() == before
    assert ReportDraft.objects.get(pk=draft).state == State.CHECKED
    assert issued_by(issue_report(draft=draft, by=office.by(login=LEADER))).number == 1


def test_a_document_that_is_out_is_not_reversed(office: World) -> None:
    entry = issued(office)
    gone = withdraw_report(issue=entry, reason="sai mẫu", by=office.by(login=LEADER))
    register = issued_by(entry).register
    for number in (entry, gone, register):
        with refused("nothing_to_reverse"):
            reverse_entry(number, reason="ghi nhầm", by=office.by())


def test_after_a_quiet_week_the_period_is_over(office: World) -> None:
    """Nothing is recorded after March; what is handed in on 5 October knows all of September."""
    document = issued_document(issued(office))
    said = " ".join(lines(document)).replace("\u00a0", " ")
    assert "Tính đến hết ngày 30/9/2018, theo sổ ghi đến hết ngày 04/10/2018" in said
    assert "đến nay" not in said.split("II.")[0].lower()
