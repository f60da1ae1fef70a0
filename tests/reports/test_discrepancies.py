"""Numbers that don't fit: a draft says so and is not issued until somebody answers for it in a
note; the note is printed, frozen and reprinted with the report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from giaoban.figures.by_unit import Question
from giaoban.figures.lines import Amount, Line
from giaoban.figures.organisation_work import organisation_work
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.periods import Period, regime_named
from giaoban.reports.actions import (
    begin_correction,
    begin_report,
    check_report,
    drop_report,
    hand_in_report,
    issue_report,
    open_register,
    sign_off_discrepancy,
    take_back_note,
    withdraw_report,
)
from giaoban.reports.assembling import draft_document, worked_out
from giaoban.reports.checks import reports_reproduced
from giaoban.reports.definitions.definition import Language
from giaoban.reports.definitions.paper import plain_paper
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.discrepancies import notes_of
from giaoban.reports.documents.walking import figures, lines
from giaoban.reports.identities import balances, broken
from giaoban.reports.issues import frozen_figures, issued_document, reprint
from giaoban.reports.models import DraftNote, DraftStep, ReportDraft, State
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.rendition import Form, render
from giaoban.reports.sending.printing import print_draft
from giaoban.reports.unissued import unissued
from tests.reports import reading
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
from tests.reports.reading import pdf_text
from tests.reports.schedules import scheduled
from tests.world import World

FIRST, SECOND = (
    Period.parse(code, regime=regime_named("calendar")) for code in ("2018-Q1", "2018-Q2")
)
WHO = "Nguyễn Văn Ước, Trưởng Ban"
TOLD: dict[str, Any] = {
    "discrepancy": "sổ của Huyện đoàn ghi 4, lệch 1", "explanation": "một hồ sơ nộp muộn",
    "signed_off_by": WHO,
}  # fmt: skip


@pytest.fixture
def office(world: World) -> World:
    return with_leader(world)


def refused(code: str) -> object:
    return pytest.raises(RuleBroken, check=lambda broken: broken.code == code)


def read(office: World, draft: int) -> str:
    """All that a draft says by the books of now, with plain spaces."""
    found = ReportDraft.objects.get(pk=draft)
    document = draft_document(found, head().number, on=office.by().today)
    return " ".join(lines(document)).replace("\u00a0", " ")


# What is signed off


def test_a_note_is_printed_below_the_document_with_its_number(office: World) -> None:
    draft = drafted(office)
    sign_off_discrepancy(draft=draft, figure="admitted", **TOLD, by=office.by())
    assert read(office, draft).count(
        "Chênh lệch đã giải trình, số đảng viên kết nạp (3): sổ của Huyện đoàn ghi 4, lệch 1."
        f" Giải trình: Một hồ sơ nộp muộn. Người xác nhận: {WHO}."
    ) == 1  # fmt: skip


def test_a_matter_in_plain_words_has_no_number(office: World) -> None:
    draft = drafted(office)
    sign_off_discrepancy(draft=draft, subject="thẻ đảng viên", **TOLD, by=office.by())
    assert "Chênh lệch đã giải trình, thẻ đảng viên: sổ của" in read(office, draft)


def test_it_is_frozen_and_the_same_in_every_form(office: World) -> None:
    draft = drafted(office)
    sign_off_discrepancy(draft=draft, figure="closing:full", **TOLD, by=office.by())
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    document = issued_document(entry)
    [told] = [line for line in lines(document) if line.startswith("Chênh lệch đã giải trình")]
    assert "closing:full" in {address for address, _text in figures(document)}
    assert "closing:full" in frozen_figures(entry)
    for form in Form:
        made = reprint(entry, form)
        assert made == render(document, form)
    squeezed = "".join(told.split())
    assert squeezed in "".join(pdf_text(reprint(entry, Form.PDF)).split())
    for said in (
        reading.html_lines(reprint(entry, Form.HTML)),
        reading.docx_lines(reprint(entry, Form.DOCX)),
        reading.xlsx_lines(reprint(entry, Form.XLSX)),
    ):
        assert squeezed in "".join("".join(said).split())
    finding = reports_reproduced()
    assert (finding.faults, finding.looked_at) == ([], 1)


def test_what_is_told_again_is_the_same_note(office: World) -> None:
    draft = drafted(office)
    one, again = (
        sign_off_discrepancy(draft=draft, figure="admitted", **TOLD, by=office.by())
        for _time in range(2)
    )
    assert one == again
    assert DraftNote.objects.count() == 1


def test_a_note_takes_the_check_away_and_makes_an_author(office: World) -> None:
    draft = checked(office)
    sign_off_discrepancy(draft=draft, figure="admitted", **TOLD, by=office.by(login=LEADER))
    found = ReportDraft.objects.get(pk=draft)
    assert (found.state, found.head_number) == (State.DRAFT, None)
    assert found.steps.latest("pk").what == DraftStep.What.EXPLAINED
    seen = hand_in_report(draft=draft, by=office.by())
    with refused("own_check"):
        check_report(draft=draft, seen=seen, by=office.by(login=LEADER))


def test_a_note_taken_back_is_no_longer_printed_and_its_line_stays(office: World) -> None:
    draft = drafted(office)
    given = sign_off_discrepancy(draft=draft, figure="admitted", **TOLD, by=office.by())
    for _time in range(2):
        take_back_note(draft=draft, number=given, by=office.by())
    assert "Chênh lệch" not in read(office, draft)
    assert notes_of(ReportDraft.objects.get(pk=draft)) == []
    assert DraftNote.objects.count() == 2
    whats = ReportDraft.objects.get(pk=draft).steps.values_list("what", flat=True)
    assert list(whats).count(DraftStep.What.TAKEN_BACK) == 1
    again = sign_off_discrepancy(draft=draft, figure="admitted", **TOLD, by=office.by())
    assert again != given
    with refused("note_unknown"):
        take_back_note(draft=drafted(office, "khac"), number=again, by=office.by())


def test_no_line_is_changed_or_removed(office: World) -> None:
    sign_off_discrepancy(draft=drafted(office), figure="admitted", **TOLD, by=office.by())
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftNote.objects.update(explanation="khác")
    with pytest.raises(DatabaseError), transaction.atomic():
        DraftNote.objects.all().delete()


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({}, "note_about_one_thing"),
        ({"figure": "admitted", "subject": "thẻ"}, "note_about_one_thing"),
        ({"figure": "admitted", "explanation": "  "}, "line_missing"),
        ({"figure": "admitted", "discrepancy": ""}, "line_missing"),
        ({"figure": "admitted", "signed_off_by": ""}, "line_missing"),
        ({"figure": "kết nạp"}, "address_unreadable"),
        ({"figure": "admited"}, "figure_unknown"),
        ({"figure": "admitted/KHONG"}, "unit_unknown"),
        ({"figure": "admitted[colour=x]"}, "field_unknown"),
        ({"figure": "admitted[sex=x]"}, "group_unknown"),
        ({"subject": "t" * 201}, "text_too_long"),
        ({"subject": "thẻ", "explanation": "t" * 2001}, "text_too_long"),
        ({"subject": "thẻ", "explanation": "mã \x07"}, "text_refused"),
    ],
)
def test_what_is_no_note_is_refused(office: World, told: dict[str, str], code: str) -> None:
    draft = drafted(office)
    with refused(code):
        sign_off_discrepancy(draft=draft, **{**TOLD, **told}, by=office.by())
    assert not DraftNote.objects.exists()


def test_who_is_not_in_charge_and_what_is_closed(office: World) -> None:
    draft = drafted(office)
    for login in (office.stranger, office.colleague):
        with refused("out_of_scope"):
            sign_off_discrepancy(draft=draft, subject="thẻ", **TOLD, by=office.by(login=login))
    done = checked(office, "xong")
    issue_report(draft=done, by=office.by(login=LEADER))
    with refused("draft_closed"):
        sign_off_discrepancy(draft=done, subject="thẻ", **TOLD, by=office.by())


# What the program finds


def _reckoned(office: World, change: dict[Line, Amount]) -> Reckoning:
    """The numbers of the nine months with some lines of the statement put wrong."""
    question = Question(office.unit("HU"), PERIOD, head())
    work = organisation_work(question)
    rows = [replace(row, amount=change.get(row.line, row.amount)) for row in work.statement]
    return Reckoning(question, replace(work, statement=rows))


def test_the_books_balance(office: World) -> None:
    assert list(balances(_reckoned(office, {}))) == []


def test_a_statement_that_does_not_balance_is_told_in_numbers(office: World) -> None:
    with translation.override("en"):
        [found] = balances(_reckoned(office, {Line.CLOSING: Amount(3, 6)}))
    assert found.figure == "closing"
    assert found.told == (
        "the opening 0, the increase 3 and the decrease 0 make 3, not the closing 9: off by 6"
    )


def test_standings_that_do_not_balance_are_found_though_their_sum_does(office: World) -> None:
    with translation.override("en"):
        [found] = balances(_reckoned(office, {Line.CLOSING: Amount(1, 2)}))
    assert found.figure == "closing:probationary"
    assert found.told.endswith("not the closing 1: off by 2")


def test_who_became_full_is_no_discrepancy(office: World) -> None:
    moved = {Line.RECOGNISED: Amount(-1, 1), Line.CLOSING: Amount(2, 1)}
    assert list(balances(_reckoned(office, moved))) == []


# A quarter whose opening is another than what was reported at the end of the one before


def quarters(office: World) -> int:
    """The first quarter is issued; then an admission of March is recorded late. The second's
    draft."""
    issued(office, "quy-mot", period=FIRST)
    office.admit("CY1", date(2018, 3, 20))
    return drafted(office, "quy-hai", period=SECOND)


def test_a_draft_says_what_does_not_fit_and_is_not_handed_in(office: World) -> None:
    draft = quarters(office)
    said = "số đầu kỳ là 4, trong khi văn bản 01-BC/BTC ghi cuối kỳ 3: lệch 1"
    assert f"Chênh lệch chưa giải trình: {said}." in read(office, draft)
    with refused("discrepancy_unexplained"):
        hand_in_report(draft=draft, by=office.by())
    assert ReportDraft.objects.get(pk=draft).state == State.DRAFT


def found_in(office: World, draft: int) -> list[tuple[str, str]]:
    row = ReportDraft.objects.get(pk=draft)
    found = worked_out(row, head().number, on=office.by().today).unexplained
    return [(one.figure, one.told) for one in found]


def explain(office: World, draft: int) -> None:
    [(figure, told)] = found_in(office, draft)
    sign_off_discrepancy(
        draft=draft, figure=figure, discrepancy=told, explanation="một lễ kết nạp ghi sổ muộn",
        signed_off_by=WHO, by=office.by(),
    )  # fmt: skip


def test_once_it_is_explained_the_draft_is_issued_with_the_note(office: World) -> None:
    draft = quarters(office)
    explain(office, draft)
    assert found_in(office, draft) == []
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    said = " ".join(lines(issued_document(issue_report(draft=draft, by=office.by(login=LEADER)))))
    assert "Chênh lệch đã giải trình" in said
    assert "chưa giải trình" not in said


def test_an_explanation_is_of_the_numbers_as_they_stood(office: World) -> None:
    draft = quarters(office)
    explain(office, draft)
    office.admit("CY2", date(2018, 3, 21))
    [(figure, told)] = found_in(office, draft)
    assert figure == "opening"
    assert "lệch 2" in told


def test_words_about_something_else_explain_nothing(office: World) -> None:
    draft = quarters(office)
    sign_off_discrepancy(draft=draft, figure="opening", **TOLD, by=office.by())
    assert len(found_in(office, draft)) == 1


def test_what_arises_after_the_check_hinders_issuing(office: World) -> None:
    """The quarter before is issued while the second one waits to be issued."""
    first = checked(office, "quy-mot", period=FIRST)
    office.admit("CY1", date(2018, 3, 20))
    second = checked(office, "quy-hai", period=SECOND)
    issue_report(draft=first, by=office.by(login=LEADER))
    with refused("discrepancy_unexplained"):
        issue_report(draft=second, by=office.by(login=LEADER))


def test_a_notice_that_tells_the_closing_anew_settles_it(office: World) -> None:
    draft = quarters(office)
    open_register(unit=office.unit("HU"), by=office.by(), **REGISTER | {"kind": "TB"})
    first = ReportDraft.objects.get(key="quy-mot").entry_number
    notice = begin_correction(issue=first or 0, key="thong-bao", by=office.by())
    seen = hand_in_report(draft=notice, by=office.by())
    check_report(draft=notice, seen=seen, by=office.by(login=LEADER))
    issue_report(draft=notice, by=office.by(login=LEADER))
    assert found_in(office, draft) == []


def test_what_was_withdrawn_is_not_gone_by(office: World) -> None:
    draft = quarters(office)
    first = ReportDraft.objects.get(key="quy-mot").entry_number
    withdraw_report(issue=first or 0, reason="sai kỳ", by=office.by(login=LEADER))
    assert found_in(office, draft) == []


def test_a_report_that_does_not_tell_the_opening_has_nothing_to_explain(office: World) -> None:
    quarters(office)
    draft = begin_report(
        unit=office.unit("HU"), definition="admissions-against-plan", period=SECOND, key="bieu",
        by=office.by(DAY),
    )  # fmt: skip
    row = ReportDraft.objects.get(pk=draft)
    read_now = worked_out(row, head().number, on=office.by().today)
    assert "opening" not in {address for address, _text in figures(read_now.document)}
    assert broken(read_now.reckoning)
    assert read_now.unexplained == []


def test_what_is_sent_by_itself_says_what_does_not_fit(office: World) -> None:
    """Nobody reads it before it goes out, so it warns whoever receives it."""
    quarters(office)
    schedule = scheduled(office)
    made = print_draft(schedule, SECOND, by=office.by())
    said = " ".join(lines(made.document)).replace("\u00a0", " ")
    assert "Chênh lệch chưa giải trình: số đầu kỳ là 4" in said
    [pdf] = made.attachments
    assert "Chênhlệchchưagiảitrình" in "".join(pdf_text(pdf.content).split())


# What is neither a draft nor issued


def printed(office: World, language: Language = "vi", **more: Any) -> str:
    """What a print of the second quarter says by the books of now, with plain spaces."""
    definition = shipped()["organisation-work"]
    question = Question(office.unit("HU"), SECOND, head(), **more)
    paper = plain_paper(question, DAY)
    document = unissued(definition, Reckoning(question), paper, language, by=question.known_on)
    return " ".join(lines(document)).replace("\u00a0", " ")


def test_a_print_says_what_does_not_fit(office: World) -> None:
    quarters(office)
    said = printed(office)
    assert "Chênh lệch chưa giải trình: số đầu kỳ là 4, trong khi văn bản 01-BC/BTC" in said
    assert "đã giải trình" not in said
    assert "Discrepancy not explained yet: the opening is 4, while document" in printed(
        office, "en"
    )


def test_a_print_says_what_was_signed_off_in_either_language(office: World) -> None:
    explain(office, quarters(office))
    said = printed(office)
    assert (
        said.count("Chênh lệch đã giải trình, cuối kỳ trước chuyển sang (4): số đầu kỳ là 4") == 1
    ), said
    assert "Giải trình: Một lễ kết nạp ghi sổ muộn." in said
    assert "chưa giải trình" not in said
    english = printed(office, "en")
    assert english.count("Discrepancy explained") == 1
    assert "not explained yet" not in english


def test_a_print_says_it_of_its_own_report_alone(office: World) -> None:
    draft = quarters(office)
    sign_off_discrepancy(draft=draft, subject="thẻ đảng viên", **TOLD, by=office.by())
    assert "thẻ đảng viên" in printed(office)
    assert "thẻ đảng viên" not in printed(office, tree=date(2018, 6, 1))
    drop_report(draft=draft, by=office.by())
    assert "thẻ đảng viên" not in printed(office)


def test_a_print_as_known_on_a_day_has_what_was_signed_off_by_then(office: World) -> None:
    draft = quarters(office)
    office.by(date(2018, 10, 20))
    sign_off_discrepancy(draft=draft, subject="thẻ đảng viên", **TOLD, by=office.by())
    assert "thẻ đảng viên" not in printed(office, known_on=date(2018, 10, 19))
    assert "thẻ đảng viên" in printed(office, known_on=date(2018, 10, 20))


def test_what_is_issued_and_what_replaces_it_say_it_once(office: World) -> None:
    draft = quarters(office)
    explain(office, draft)
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    explain(office, drafted(office, "quy-hai-thay", period=SECOND))
    assert printed(office).count("đã giải trình") == 1
    withdraw_report(issue=entry, reason="sai kỳ", by=office.by(login=LEADER))
    assert printed(office).count("đã giải trình") == 1


def test_what_was_withdrawn_explains_nothing(office: World) -> None:
    draft = quarters(office)
    explain(office, draft)
    seen = hand_in_report(draft=draft, by=office.by())
    check_report(draft=draft, seen=seen, by=office.by(login=LEADER))
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    withdraw_report(issue=entry, reason="sai kỳ", by=office.by(login=LEADER))
    said = printed(office)
    assert "chưa giải trình" in said
    assert "đã giải trình" not in said


def test_what_is_sent_by_itself_has_the_notes_of_its_report(office: World) -> None:
    explain(office, quarters(office))
    made = print_draft(scheduled(office), SECOND, by=office.by())
    said = " ".join(lines(made.document)).replace("\u00a0", " ")
    assert "Chênh lệch đã giải trình, cuối kỳ trước chuyển sang (4)" in said
    assert "chưa giải trình" not in said
