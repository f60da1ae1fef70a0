"""Discrepancies at a draft: what the program found, what the office explains, and who may."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.periods import Period, regime_named
from giaoban.reports.models import DraftNote, ReportDraft, State
from tests.desk.conftest import sit_down
from tests.desk.reports_world import REPORT, begun, checked, handed_in, issued, open_book, plan
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

FIRST, SECOND = (
    Period.parse(code, regime=regime_named("calendar")) for code in ("2018-Q1", "2018-Q2")
)
WHO = "Nguyễn Văn Ước, Trưởng Ban"
NOTE = {
    "of": "note", "note-figure": "admitted/CY", "note-subject": "",
    "note-discrepancy": "xã ghi 3, lệch 1", "note-explanation": "một hồ sơ nộp muộn",
    "note-signed_off_by": WHO,
}  # fmt: skip


@pytest.fixture
def planned(office: World) -> World:
    """A district with numbers and a register."""
    plan(office)
    open_book(office)
    return office


def _page(draft: ReportDraft) -> str:
    return reverse("desk:reports-draft", args=[draft.pk])


def _explain(client: Client, draft: ReportDraft, **told: str) -> Any:
    return client.post(reverse("desk:reports-draft-explain", args=[draft.pk]), told)


def _said(client: Client, url: str, **asked: str) -> str:
    page = re.sub(r"<[^>]+>", " ", client.get(url, asked).content.decode())
    return " ".join(unescape(page).replace("\u00a0", " ").split())


def _document(client: Client, draft: ReportDraft) -> str:
    found = re.search(r"<article.*</article>", client.get(_page(draft)).content.decode(), re.S)
    assert found is not None
    plain = unescape(re.sub(r"<[^>]+>", "", found[0])).replace("\u00a0", " ")
    return " ".join(plain.split())


def quarters(world: World) -> ReportDraft:
    """The first quarter is issued, an admission of March is recorded late: the second's draft."""
    issued(world, key="quy-mot", period=FIRST)
    world.admit("CY1", date(2018, 3, 20))
    return begun(world, key="quy-hai", period=SECOND)


def test_a_figure_is_chosen_and_explained(planned: World, at_desk: Client) -> None:
    draft, client = begun(planned), sit_down(at_desk, planned.clerk)
    page = client.get(_page(draft)).content.decode()
    assert '<option value="admitted">' in page
    [commune] = re.findall(r'<optgroup label="[^"]*Cẩm Yên">.*?</optgroup>', page, re.S)
    assert '<option value="admitted/CY">' in commune
    assert _explain(client, draft, **NOTE).url == _page(draft)
    [note] = DraftNote.objects.all()
    assert (note.figure, note.by) == ("admitted/CY", planned.clerk)
    assert "xã ghi 3, lệch 1. Giải trình: Một hồ sơ nộp muộn." in _document(client, draft)
    assert f"người ghi: {planned.clerk}" in _said(client, _page(draft))


def test_another_matter_is_named(planned: World, at_desk: Client) -> None:
    draft, client = begun(planned), sit_down(at_desk, planned.clerk)
    _explain(client, draft, **{**NOTE, "note-figure": "", "note-subject": "thẻ đảng viên"})
    assert "Chênh lệch đã giải trình, thẻ đảng viên: xã ghi 3" in _document(client, draft)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"note-figure": ""}, "id_note-subject_error"),
        ({"note-subject": "thẻ"}, "id_note-subject_error"),
        ({"note-figure": "admitted/TP"}, "id_note-figure_error"),
        ({"note-explanation": " "}, "id_note-explanation_error"),
        ({"note-signed_off_by": ""}, "id_note-signed_off_by_error"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    planned: World, at_desk: Client, told: dict[str, str], field: str
) -> None:
    draft, client = begun(planned), sit_down(at_desk, planned.clerk)
    page = _explain(client, draft, **{**NOTE, **told}).content.decode()
    assert f'id="{field}"' in page
    assert "xã ghi 3, lệch 1</textarea>" in page
    assert not DraftNote.objects.exists()


def test_a_note_is_taken_back(planned: World, at_desk: Client) -> None:
    draft, client = begun(planned), sit_down(at_desk, planned.clerk)
    _explain(client, draft, **NOTE)
    note = DraftNote.objects.get()
    url = reverse("desk:reports-draft-take-back", args=[draft.pk, note.pk])
    assert url in client.get(_page(draft)).content.decode()
    assert client.post(url).url == _page(draft)
    assert "xã ghi 3" not in _said(client, _page(draft))
    assert 'role="alert"' in client.post(
        reverse("desk:reports-draft-take-back", args=[draft.pk, note.pk + 99])
    ).content.decode()  # fmt: skip


def test_what_does_not_fit_is_said_and_not_handed_in(planned: World, at_desk: Client) -> None:
    draft, client = quarters(planned), sit_down(at_desk, planned.clerk)
    said = "số đầu kỳ là 4, trong khi văn bản 01-BC/BTC ghi cuối kỳ 3: lệch 1"
    assert f"Chênh lệch chưa giải trình: {said}." in _document(client, draft)
    page = client.get(_page(draft)).content.decode()
    assert 'href="#differences"' in page
    handed = client.post(
        reverse("desk:reports-draft-step", args=[draft.pk]),
        {"step": "hand_in", "dated_on": "05/10/2018", "signatory": "Nguyễn Văn Ước"},
    )
    assert "chưa khớp" in handed.content.decode()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_working_print_says_it_too(planned: World, at_desk: Client) -> None:
    quarters(planned)
    asked = {"definition": REPORT, "unit": "HU", "year": "2018", "part": "Q2"}
    client, url = sit_down(at_desk, planned.clerk), reverse("desk:reports-print")
    assert "Chênh lệch chưa giải trình: số đầu kỳ là 4" in _said(client, url, **asked)
    assert "chưa giải trình" not in _said(client, url, **{**asked, "part": "Q1"})


def test_what_was_found_is_explained_in_two_fields(planned: World, at_desk: Client) -> None:
    draft, client = quarters(planned), sit_down(at_desk, planned.clerk)
    page = client.get(_page(draft)).content.decode()
    hidden = dict(re.findall(r'name="(found0-\w+)" value="([^"]*)"', page))
    assert set(hidden) == {"found0-figure", "found0-discrepancy"}
    kept = {name: unescape(value) for name, value in hidden.items()}
    refused = _explain(client, draft, of="found0", **kept).content.decode()
    assert 'id="id_found0-explanation_error"' in refused
    told = {"found0-explanation": "một lễ kết nạp ghi sổ muộn", "found0-signed_off_by": WHO}
    assert _explain(client, draft, of="found0", **kept, **told).status_code == 302
    document = _document(client, draft)
    assert "Chênh lệch đã giải trình, " in document
    assert "chưa giải trình" not in document
    assert 'href="#differences"' not in client.get(_page(draft)).content.decode()
    client.post(
        reverse("desk:reports-draft-step", args=[draft.pk]),
        {"step": "hand_in", "dated_on": "05/10/2018", "signatory": "Nguyễn Văn Ước"},
    )
    draft.refresh_from_db()
    assert draft.state == State.TO_CHECK


def test_a_note_is_shown_to_who_checks_and_with_what_is_issued(
    planned: World, at_desk: Client
) -> None:
    draft = begun(planned)
    _explain(sit_down(at_desk, planned.clerk), draft, **NOTE)
    url = reverse("desk:reports-draft-step", args=[draft.pk])
    at_desk.post(url, {"step": "hand_in", "dated_on": "05/10/2018", "signatory": "A"})
    assert "xã ghi 3, lệch 1" in _said(sit_down(at_desk, "lanhdao"), _page(draft))
    draft.refresh_from_db()
    at_desk.post(url, {"step": "check", "seen": bytes(draft.content_hash or b"").hex()})
    at_desk.post(reverse("desk:reports-issue", args=[draft.pk]), {"key": "k"})
    draft.refresh_from_db()
    page = _said(at_desk, reverse("desk:reports-issued", args=[draft.entry_number]))
    assert "xã ghi 3, lệch 1. Giải trình: Một hồ sơ nộp muộn." in page
    closed = at_desk.get(_page(draft)).content.decode()
    assert "giai-trinh" not in closed  # nothing more is added to it
    assert 'role="alert"' in _explain(at_desk, draft, **NOTE).content.decode()


def test_a_note_undoes_the_check(planned: World, at_desk: Client) -> None:
    draft = checked(planned)
    _explain(sit_down(at_desk, planned.clerk), draft, **NOTE)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


@pytest.mark.parametrize("login", ["dongnghiep", "phutrach", "bientap", "quantri"])
def test_who_does_not_prepare_it_explains_nothing(
    planned: World, at_desk: Client, login: str
) -> None:
    draft, client = handed_in(planned), sit_down(at_desk, login)
    assert _explain(client, draft, **NOTE).status_code in (403, 404)
    url = reverse("desk:reports-draft-take-back", args=[draft.pk, 1])
    assert client.post(url).status_code in (403, 404)
    assert not DraftNote.objects.exists()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_both_languages(planned: World, at_desk: Client, language: str) -> None:
    client = sit_down(at_desk, planned.clerk)
    client.cookies["django_language"] = language
    page = _said(client, _page(quarters(planned)))
    assert ("Its figures don't fit" in page) == (language == "en")
    assert ("not explained yet" in page) == (language == "en")
