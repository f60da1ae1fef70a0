"""A draft's way at the desk: begun with what fits, typed into, handed in, checked, sent back."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.reports.models import DraftStep, ReportDraft, State
from tests.desk.conftest import sit_down
from tests.desk.reports_world import PERIOD, REPORT, begun, checked, handed_in, open_book, plan
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

BEGIN, DRAFTS = reverse("desk:reports-begin"), reverse("desk:reports-drafts")
TOLD = {"definition": REPORT, "year": "2018", "part": "9M", "unit": "HU", "begin": "1", "key": "k"}


@pytest.fixture
def planned(office: World) -> World:
    """A district with numbers and a register."""
    plan(office)
    open_book(office)
    return office


def _page(draft: ReportDraft) -> str:
    return reverse("desk:reports-draft", args=[draft.pk])


def _step(client: Client, draft: ReportDraft, asked: str, **told: str) -> Any:
    return client.post(f"{_page(draft)}buoc/", {"step": asked, **told})


def _said(client: Client, url: str, **asked: str) -> str:
    return client.get(url, asked).content.decode()


def _typed(**more: str) -> dict[str, str]:
    return {"dated_on": "05/10/2018", "signatory": "Nguyễn Văn Ước", "authority": "", "post": "",
            "recipients": "", "known_on": "", **more}  # fmt: skip


# Beginning


def test_a_report_is_begun_once(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    answers = [client.post(BEGIN, TOLD) for _again in range(2)]
    [draft] = ReportDraft.objects.all()
    assert [answer.url for answer in answers] == [_page(draft)] * 2
    assert (draft.definition, draft.period, draft.unit_id) == (
        REPORT, PERIOD.code, planned.unit("HU"),
    )  # fmt: skip


def test_only_what_fits_is_offered(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    page = _said(client, BEGIN, definition="organisation-work-year", year="2018", part="9M")
    parts = re.search(r'name="part".*?</select>', page, re.S)
    assert parts is not None
    assert 'value="9M"' not in parts[0]
    assert 'value=""' in parts[0]
    page = _said(client, BEGIN, **{**TOLD, "begin": ""})
    units = re.search(r'name="unit".*?</select>', page, re.S)
    assert units is not None
    assert 'value="HU" selected' in units[0]
    assert 'value="LD"' in units[0]


def test_units_of_the_period_are_offered(planned: World, at_desk: Client) -> None:
    page = _said(sit_down(at_desk, planned.clerk), BEGIN, definition=REPORT, year="2009", part="9M")
    assert "disabled" in page  # nothing was founded yet


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"year": "2999"}, "f-part-fault"),
        ({"unit": "TX1"}, "f-unit-fault"),
        ({"unit": "KHONG-CO"}, "f-unit-fault"),
        ({"tree": "31/2/2018"}, "f-tree-fault"),
    ],
)
def test_a_refusal_stands_beside_its_field(
    planned: World, at_desk: Client, told: dict[str, str], field: str
) -> None:
    client = sit_down(at_desk, planned.colleague if told.get("unit") == "TX1" else planned.clerk)
    page = client.post(BEGIN, {**TOLD, **told}).content.decode()
    assert f'id="{field}"' in page
    assert not ReportDraft.objects.exists()


def test_looking_again_begins_nothing(planned: World, at_desk: Client) -> None:
    told = {**TOLD, "again": "1"}
    del told["begin"]
    assert sit_down(at_desk, planned.clerk).post(BEGIN, told).status_code == 200
    assert not ReportDraft.objects.exists()


def test_a_running_period_says_so(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    today = date.today()
    page = _said(client, BEGIN, definition=REPORT, year=str(today.year), part=f"{today:%m}")
    assert "note warning" in page


# The page


def test_a_draft_shows_the_document_with_links(planned: World, at_desk: Client) -> None:
    page = _said(sit_down(at_desk, planned.clerk), _page(begun(planned)))
    assert '<article class="document' in page
    assert 'class="draft-mark"' in page
    assert "/so-lieu/nguon/?unit=HU&amp;period=2018-9M" in page
    assert f"{reverse('desk:reports-number')}?" in page


def test_what_is_typed_is_saved_and_printed(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), begun(planned)
    key = next(iter(re.findall(r'name="words-(\w+)"', _said(client, _page(draft)))))
    answer = _step(client, draft, "save", **_typed(**{f"words-{key}": "Ba việc đã làm."}))
    assert answer.url == _page(draft)
    page = _said(client, _page(draft))
    assert page.count("Ba việc đã làm.") == 2  # in its field and in the document
    assert ReportDraft.objects.get().words == {key: "Ba việc đã làm."}


def test_a_refusal_keeps_everything_typed(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), begun(planned)
    key = next(iter(re.findall(r'name="words-(\w+)"', _said(client, _page(draft)))))
    told = _typed(**{f"words-{key}": "Còn dở dang", "dated_on": "31/2/2018", "post": "Phó Ban"})
    page = _step(client, draft, "save", **told).content.decode()
    assert "Còn dở dang" in page
    assert 'value="31/2/2018"' in page
    assert 'value="Phó Ban"' in page
    assert 'id="id_dated_on_error"' in page
    assert ReportDraft.objects.get().words == {}


def test_handing_in_saves_first(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), begun(planned)
    _step(client, draft, "hand_in", **_typed(signatory="Lê Thị Hai"))
    draft.refresh_from_db()
    assert (draft.state, draft.signatory) == (State.TO_CHECK, "Lê Thị Hai")


def test_it_is_handed_in_by_the_books_of_a_day(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), begun(planned)
    _step(client, draft, "hand_in", **_typed(known_on="04/03/2018"))
    page = _said(client, _page(draft))
    assert re.search(r'cell=admitted">0?2</a>', page), "the third was recorded on the 5th"


def test_before_the_first_entry_there_is_nothing(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), begun(planned)
    page = _step(client, draft, "hand_in", **_typed(known_on="01/01/2001")).content.decode()
    assert 'id="id_known_on_error"' in page


def test_a_second_person_checks(planned: World, at_desk: Client) -> None:
    draft = handed_in(planned)
    page = _said(sit_down(at_desk, "lanhdao"), _page(draft))
    seen = re.search(r'name="seen" value="([0-9a-f]{64})"', page)
    assert seen is not None
    _step(at_desk, draft, "check", seen=seen[1])
    draft.refresh_from_db()
    assert draft.state == State.CHECKED
    assert reverse("desk:reports-issue", args=[draft.pk]) in _said(at_desk, _page(draft))


def test_an_author_does_not(planned: World, at_desk: Client) -> None:
    draft = handed_in(planned)
    client = sit_down(at_desk, planned.clerk)
    page = _said(client, _page(draft))
    assert 'value="check"' not in page
    assert "không tự soát" in page
    seen = bytes(draft.content_hash or b"").hex()
    assert "không tự soát" in _step(client, draft, "check", seen=seen).content.decode()
    draft.refresh_from_db()
    assert draft.state == State.TO_CHECK


def test_what_changed_meanwhile_is_not_checked(planned: World, at_desk: Client) -> None:
    draft = handed_in(planned)
    page = _step(sit_down(at_desk, "lanhdao"), draft, "check", seen="0" * 64).content.decode()
    assert 'role="alert"' in page
    draft.refresh_from_db()
    assert draft.state == State.TO_CHECK


def test_it_is_sent_back_with_a_reason(planned: World, at_desk: Client) -> None:
    draft = handed_in(planned)
    client = sit_down(at_desk, "lanhdao")
    assert 'role="alert"' in _step(client, draft, "send_back", reason=" ").content.decode()
    _step(client, draft, "send_back", reason="Thiếu phần cán bộ")
    assert "Thiếu phần cán bộ" in _said(sit_down(at_desk, planned.clerk), _page(draft))
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_it_is_dropped(planned: World, at_desk: Client) -> None:
    draft = begun(planned)
    assert _step(sit_down(at_desk, planned.clerk), draft, "drop").url == DRAFTS
    assert "Tổ chức" in _said(at_desk, DRAFTS)
    assert _page(draft) not in _said(at_desk, DRAFTS)
    assert _page(draft) in _said(at_desk, DRAFTS, all="1")


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOC")]
)
def test_a_draft_is_taken_away_in_each_form(
    planned: World, at_desk: Client, form: str, begins: bytes
) -> None:
    url = reverse("desk:reports-draft-file", args=[begun(planned).pk, form])
    answer = sit_down(at_desk, planned.clerk).get(url)
    assert answer.content.startswith(begins)
    assert f"2018-9M-HU.{form}" in answer.headers["Content-Disposition"]


def test_what_is_typed_into_a_closed_draft_is_refused_in_words(
    planned: World, at_desk: Client
) -> None:
    draft, client = begun(planned), sit_down(at_desk, planned.clerk)
    _step(client, draft, "drop")
    assert 'role="alert"' in _step(client, draft, "save", **_typed(post="Phó")).content.decode()


def test_reading_writes_nothing(planned: World, at_desk: Client) -> None:
    client, draft = sit_down(at_desk, planned.clerk), checked(planned)
    before = (DraftStep.objects.count(), draft.changed_at)
    client.get(DRAFTS)  # the first page of all notes where somebody signed in
    for url in (_page(draft), DRAFTS, f"{DRAFTS}?all=1"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        written = [q["sql"] for q in queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]
        assert [sql for sql in written if "session" not in sql] == []
    draft.refresh_from_db()
    assert before == (DraftStep.objects.count(), draft.changed_at)


# Who sees what


@pytest.mark.parametrize("login", ["dongnghiep", "phutrach"])
def test_a_draft_of_another_unit_is_not_there(planned: World, at_desk: Client, login: str) -> None:
    draft, client = begun(planned), sit_down(at_desk, login)
    assert client.get(_page(draft)).status_code == 404
    assert _step(client, draft, "drop").status_code == 404
    assert client.get(f"{_page(draft)}tai/pdf/").status_code == 404
    assert client.get(f"{_page(draft)}ban-hanh/").status_code in (403, 404)
    assert _page(draft) not in _said(client, DRAFTS)


@pytest.mark.parametrize("login", ["bientap", "quantri"])
def test_editors_and_administrators_see_no_draft(
    planned: World, at_desk: Client, login: str
) -> None:
    draft, client = begun(planned), sit_down(at_desk, login)
    for url in (_page(draft), DRAFTS, BEGIN, f"{_page(draft)}tai/pdf/", f"{_page(draft)}ban-hanh/"):
        assert client.get(url).status_code == 403


def test_a_secretary_prepares_and_does_not_decide(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, "phutrach")
    client.post(BEGIN, {**TOLD, "unit": "CY1"})
    draft = ReportDraft.objects.get()
    assert client.get(f"{_page(draft)}ban-hanh/").status_code == 403
    assert 'value="hand_in"' in _said(client, _page(draft))


def test_more_drafts_cost_no_more_queries(planned: World, at_desk: Client) -> None:
    client, counted = sit_down(at_desk, planned.clerk), []
    begun(planned, key="a")
    _said(client, DRAFTS)
    for more in ((), ("b", "c")):
        for key in more:
            handed_in(planned, "CY", key)
        with CaptureQueriesContext(connection) as queries:
            assert _said(client, DRAFTS).count(DRAFTS) >= len(more)
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages(planned: World, at_desk: Client, language: str) -> None:
    client, draft = sit_down(at_desk, planned.clerk), handed_in(planned)
    client.cookies["django_language"] = language
    page = _said(client, _page(draft))
    assert ("An author can't check their own report" in page) == (language == "en")
