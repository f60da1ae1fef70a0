"""Drafts: who prepares, changes and checks them, and what is refused, each in its words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation
from msgspec.structs import replace

from giaoban.journal.errors import FutureDate, KeyReused, RuleBroken, TextRefused
from giaoban.people.actions import appoint_login
from giaoban.people.errors import NotARecorder, OutOfScope
from giaoban.people.models import Login, Role
from giaoban.periods import Period, regime_named
from giaoban.reports.actions import (
    begin_report,
    change_report,
    check_report,
    drop_report,
    hand_in_report,
    issue_report,
    open_register,
    save_definition,
    send_back_report,
)
from giaoban.reports.defining import definition_named, definitions
from giaoban.reports.definitions.definition import Narrative, Said, Section
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.documents.walking import lines
from giaoban.reports.drafting import authors
from giaoban.reports.errors import (
    DatedBeforeKnown,
    DatedBeforeLast,
    DefinitionShipped,
    DefinitionUnknown,
    DefinitionVersionUnknown,
    DraftChangedMeanwhile,
    DraftClosed,
    DraftNotHandedIn,
    DraftUnknown,
    IssueUnknown,
    KeyOfAnotherDraft,
    OfAnotherUnit,
    OwnCheck,
    PeriodNotEnded,
    ReadsOtherwise,
    WordsUnasked,
)
from giaoban.reports.issues import issued_by, issued_document
from giaoban.reports.models import DraftStep, ReportDraft, State
from giaoban.reports.narrative.errors import TemplateBroken
from tests.reports.everything import SHORT
from tests.reports.issuing_world import (
    DAY,
    LEADER,
    PERIOD,
    REGISTER,
    checked,
    drafted,
    issued,
    with_leader,
)
from tests.world import FOUNDED, World

What = DraftStep.What
SECRETARY = "bithu"


@pytest.fixture
def office(world: World) -> World:
    """The district with a leader and a secretary."""
    with_leader(world)
    Login.objects.create_user(SECRETARY, password=None)
    appoint_login(SECRETARY, world.unit("HU"), Role.SECRETARY, on=FOUNDED, by=world.by())
    return world


def state(draft: int) -> State:
    return State(ReportDraft.objects.get(pk=draft).state)


def said(refused: pytest.ExceptionInfo[RuleBroken]) -> str:
    with translation.override("vi"):
        return str(refused.value)


# Who may what


def test_a_secretary_prepares_and_neither_checks_nor_issues(office: World) -> None:
    draft = begin_report(
        unit=office.unit("HU"), definition="organisation-work", period=PERIOD, key="k",
        by=office.by(DAY, SECRETARY),
    )  # fmt: skip
    seen = hand_in_report(draft=draft, by=office.by(login=SECRETARY))
    other = checked(office, "khác")
    for login in (SECRETARY, office.colleague):
        with pytest.raises(OutOfScope):
            check_report(draft=draft, seen=seen, by=office.by(login=login))
        with pytest.raises(OutOfScope):
            issue_report(draft=other, by=office.by(login=login))
        with pytest.raises(OutOfScope):
            send_back_report(draft=draft, reason="thiếu", by=office.by(login=login))
    check_report(draft=draft, seen=seen, by=office.by())
    assert state(draft) == State.CHECKED


def test_a_stranger_and_who_is_in_charge_elsewhere_prepare_nothing(office: World) -> None:
    draft, hu = drafted(office), office.unit("HU")
    for login in (office.stranger, office.colleague):
        by = office.by(login=login)
        with pytest.raises(OutOfScope):
            begin_report(unit=hu, definition="briefing", period=PERIOD, key="x", by=by)
        for act in (change_report, hand_in_report, drop_report):
            with pytest.raises(OutOfScope):
                act(draft=draft, by=by)


def test_everybody_who_had_a_hand_in_it_is_an_author(office: World) -> None:
    """Neither who changed a word nor who handed it in is a second person."""
    draft = drafted(office)
    change_report(draft=draft, signatory="Trần Văn B", by=office.by(login=LEADER))
    seen = hand_in_report(draft=draft, by=office.by(login=SECRETARY))
    assert authors(ReportDraft.objects.get(pk=draft)) == {office.clerk, LEADER, SECRETARY}
    for login in (office.clerk, LEADER):
        with pytest.raises(OwnCheck) as refused:
            check_report(draft=draft, seen=seen, by=office.by(login=login))
    assert said(refused) == "Người soạn không tự soát báo cáo của mình. Chuyển cho người khác."


# How far it has come


def test_each_step_is_kept(office: World) -> None:
    draft = drafted(office)
    hand_in_report(draft=draft, by=office.by())
    send_back_report(draft=draft, reason="thiếu biểu", by=office.by(login=LEADER))
    change_report(draft=draft, words={"leadership": "Ban hành 03 nghị quyết."}, by=office.by())
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    steps = DraftStep.objects.filter(draft=draft).order_by("pk")
    assert [step.what for step in steps] == [
        What.BEGUN, What.HANDED_IN, What.SENT_BACK, What.CHANGED, What.HANDED_IN, What.CHECKED,
        What.ISSUED,
    ]  # fmt: skip
    told = " ".join(lines(issued_document(entry))).replace("\u00a0", " ")
    assert "Ban hành 03 nghị quyết." in told


def test_tried_again_nothing_is_done_twice(office: World) -> None:
    draft = drafted(office)
    assert drafted(office) == draft
    for _again in range(2):
        change_report(draft=draft, signatory="Trần Văn B", by=office.by())
    seen = hand_in_report(draft=draft, by=office.by())
    assert hand_in_report(draft=draft, by=office.by()) == seen
    for _again in range(2):
        check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    for _again in range(2):
        send_back_report(draft=draft, reason="thiếu", by=office.by(login=LEADER))
    for _again in range(2):
        drop_report(draft=draft, by=office.by())
    steps = DraftStep.objects.filter(draft=draft).values_list("what", flat=True).order_by("pk")
    assert list(steps) == [
        What.BEGUN, What.CHANGED, What.HANDED_IN, What.CHECKED, What.SENT_BACK, What.DROPPED
    ]  # fmt: skip


def test_a_newer_state_of_the_books_takes_the_check_away(office: World) -> None:
    draft = checked(office)
    office.admit("CY1", date(2018, 9, 7))
    hand_in_report(draft=draft, by=office.by())
    assert state(draft) == State.TO_CHECK


def test_a_draft_is_handed_in_by_an_earlier_state(office: World) -> None:
    draft = drafted(office)
    office.by(date(2018, 10, 20))
    office.admit("CY1", date(2018, 9, 7))
    seen = hand_in_report(draft=draft, known_on=DAY, by=office.by())
    pinned = ReportDraft.objects.get(pk=draft).head_number
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    found = issued_by(issue_report(draft=draft, by=office.by(login=LEADER)))
    assert (found.head_number, found.issued_on) == (pinned, DAY)
    assert pinned == found.entry - 3  # a person and an admission came since


def test_who_checks_has_read_what_is_checked(office: World) -> None:
    draft = drafted(office)
    seen = hand_in_report(draft=draft, by=office.by())
    change_report(draft=draft, signatory="Trần Văn B", by=office.by())
    with pytest.raises(DraftNotHandedIn):
        check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    hand_in_report(draft=draft, by=office.by())
    with pytest.raises(DraftChangedMeanwhile) as refused:
        check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    assert office.clerk in said(refused)
    assert state(draft) == State.TO_CHECK


def test_what_no_longer_reads_as_checked_is_not_issued(office: World) -> None:
    """Another register has been opened since: the head of the document is another one."""
    draft = checked(office)
    opened = REGISTER | {"from_on": date(2018, 10, 1), "issuer": "Ban Xây dựng Đảng"}
    open_register(unit=office.unit("HU"), by=office.by(), **opened)
    with pytest.raises(ReadsOtherwise):
        issue_report(draft=draft, by=office.by(login=LEADER))
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    letterhead = issued_document(entry).letterhead
    assert letterhead is not None
    assert letterhead.issuer == "BAN XÂY DỰNG ĐẢNG"


def test_a_closed_draft_changes_no_more(office: World) -> None:
    entry = issued(office)
    draft = ReportDraft.objects.get(entry_number=entry).pk
    by, leader = office.by(), office.by(login=LEADER)
    with pytest.raises(DraftClosed):
        change_report(draft=draft, signatory="Trần Văn B", by=by)
    with pytest.raises(DraftClosed):
        hand_in_report(draft=draft, by=by)
    with pytest.raises(DraftClosed):
        check_report(draft=draft, seen="", by=leader)
    with pytest.raises(DraftClosed):
        drop_report(draft=draft, by=by)
    with pytest.raises(DraftUnknown):
        drop_report(draft=draft + 99, by=by)


# What it says


def test_what_can_not_be_said(office: World) -> None:
    wrong: list[tuple[dict[str, Any], type[RuleBroken]]] = [
        ({"words": {"khong_co": "x"}}, WordsUnasked),
        ({"words": {"leadership": "x\x00"}}, TextRefused),
        ({"definition": "khong-co"}, DefinitionUnknown),
        ({"version": 99}, DefinitionVersionUnknown),
        ({"replaces": 1, "because": "sai"}, IssueUnknown),
    ]
    draft = drafted(office)
    for told, refusal in wrong:
        with pytest.raises(refusal):
            change_report(draft=draft, by=office.by(), **told)
        with pytest.raises(refusal):
            drafted(office, "khác", **told)
    assert ReportDraft.objects.count() == 1


def test_a_key_belongs_to_one_draft(office: World) -> None:
    draft = drafted(office)
    with pytest.raises(KeyOfAnotherDraft):
        drafted(office, definition="briefing")
    with pytest.raises(KeyOfAnotherDraft):
        begin_report(
            unit=office.unit("HU"), definition="organisation-work", period=PERIOD, key="du-thao",
            by=office.by(login=LEADER),
        )  # fmt: skip
    assert ReportDraft.objects.get().pk == draft


def test_only_a_document_of_the_same_unit_is_replaced(office: World) -> None:
    entry = issued(office)
    with pytest.raises(OfAnotherUnit) as refused:
        begin_report(
            unit=office.unit("CY"), definition="organisation-work", period=PERIOD, key="cy",
            replaces=entry, because="sai", by=office.by(),
        )  # fmt: skip
    assert "01-BC/BTC" in said(refused)


def test_what_replaces_says_what_and_why(office: World) -> None:
    first = issued(office)
    second = issued(office, "thay", replaces=first, because="bổ sung số liệu của Xã Cẩm Yên")
    told = [line.replace("\u00a0", " ") for line in lines(issued_document(second))]
    wanted = (
        "Văn bản này thay thế Báo cáo số 01-BC/BTC, ngày 05/10/2018. Lý do: bổ sung số liệu của "
        "Xã Cẩm Yên."
    )
    assert wanted in told


# Days of issue


def test_a_period_that_runs_says_until_when(office: World) -> None:
    year = Period.parse("2018", regime=regime_named("calendar"))
    draft = checked(office, definition="organisation-work-year", period=year)
    with translation.override("vi"), pytest.raises(PeriodNotEnded) as refused:
        issue_report(draft=draft, by=office.by(login=LEADER))
    assert said(refused) == (
        "Năm 2018 kết thúc hết ngày 31/12/2018. Lưu dự thảo, ban hành sau ngày đó."
    )


def test_nor_is_a_document_dated_within_its_period(office: World) -> None:
    draft = checked(office, dated_on=PERIOD.last_day)
    with pytest.raises(PeriodNotEnded):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_a_document_is_dated_by_no_day_to_come(office: World) -> None:
    draft = checked(office, dated_on=date(2018, 10, 9))
    with pytest.raises(FutureDate):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_nor_before_the_books_that_it_tells_of(office: World) -> None:
    office.by(DAY)
    office.admit("CY1", date(2018, 9, 7))
    draft = checked(office, dated_on=date(2018, 10, 4))
    with pytest.raises(DatedBeforeKnown):
        issue_report(draft=draft, by=office.by(login=LEADER))


def test_nor_before_the_number_before_it(office: World) -> None:
    office.by(date(2018, 10, 8))
    issued(office, dated_on=date(2018, 10, 8))
    late = drafted(office, "muộn", dated_on=date(2018, 10, 7))
    seen = hand_in_report(draft=late, known_on=DAY, by=office.by())
    check_report(draft=late, seen=seen, by=office.by(login=LEADER))
    with pytest.raises(DatedBeforeLast) as refused:
        issue_report(draft=late, by=office.by(login=LEADER))
    assert "08/10/2018" in said(refused)


def test_a_key_of_another_act_issues_nothing(office: World) -> None:
    draft, other = checked(office), checked(office, "khác")
    issue_report(draft=other, by=office.by(login=LEADER), key="k")
    with pytest.raises(KeyReused):
        issue_report(draft=draft, by=office.by(login=LEADER), key="k")
    assert state(draft) == State.CHECKED


# The office's own definitions


def test_saving_makes_a_version_and_leaves_the_old_ones(office: World) -> None:
    for _again in range(2):
        assert save_definition(SHORT, by=office.by()) == 1
    second = replace(SHORT, leading_zero=False)
    assert save_definition(second, by=office.by()) == 2
    assert definition_named(SHORT.code).leading_zero is False
    assert definition_named(SHORT.code, 1) == replace(SHORT, version=1)
    assert definitions()[SHORT.code].version == 2
    with pytest.raises(DefinitionVersionUnknown):
        definition_named(SHORT.code, 3)


def test_a_draft_keeps_its_version(office: World) -> None:
    save_definition(SHORT, by=office.by())
    quarter = Period.parse("2018-Q2", regime=regime_named("calendar"))
    draft = drafted(office, definition=SHORT.code, period=quarter)
    save_definition(replace(SHORT, leading_zero=False), by=office.by())
    change_report(draft=draft, signatory="Trần Văn B", by=office.by())
    assert ReportDraft.objects.get(pk=draft).version == 1
    change_report(draft=draft, version=None, by=office.by())
    assert ReportDraft.objects.get(pk=draft).version == 2


def test_what_comes_with_the_program_is_saved_under_another_code(office: World) -> None:
    [first, *_more] = shipped().values()
    with pytest.raises(DefinitionShipped):
        save_definition(first, by=office.by())
    assert save_definition(replace(first, code="cua-co-quan"), by=office.by()) == 1
    with pytest.raises(NotARecorder):
        save_definition(SHORT, by=office.by(login=SECRETARY))


def test_a_group_that_there_is_not_stops_a_report_at_its_line(office: World) -> None:
    wrong = replace(SHORT, sections=(Section(Said("Kết quả"), 1, (Narrative(Said(
        'Đã kết nạp {{ admitted }}.\n{{ figure("admitted[sex=x]") }} là nữ.'
    )),)),))  # fmt: skip
    save_definition(wrong, by=office.by())
    quarter = Period.parse("2018-Q2", regime=regime_named("calendar"))
    draft = drafted(office, definition=SHORT.code, period=quarter)
    with pytest.raises(TemplateBroken) as broken:
        hand_in_report(draft=draft, by=office.by())
    assert broken.value.params["line"] == 2
    assert "sex=male, sex=female" in str(broken.value)
    assert ReportDraft.objects.get(pk=draft).state == State.DRAFT
