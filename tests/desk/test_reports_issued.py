"""Issuing at the desk, the page of an issued report, and what the books say of it since."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.reports.issues import Standing, forms_of, issued_by, reprint
from giaoban.reports.models import Issue, ReportDraft, State
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.by_file import sign_with_file
from giaoban.reports.signing.storing import signed_copies
from tests.desk.conftest import sit_down
from tests.desk.reports_world import (
    begun,
    checked,
    handed_in,
    issued,
    late,
    open_book,
    plan,
)
from tests.reports import authorities
from tests.reports.authorities import SIGNER
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

LIST, COMPARE = reverse("desk:reports"), reverse("desk:reports-compare")


@pytest.fixture
def planned(office: World) -> World:
    """A district with numbers and a register."""
    plan(office)
    open_book(office)
    return office


def _page(entry: int) -> str:
    return reverse("desk:reports-issued", args=[entry])


def _confirm(draft: ReportDraft) -> str:
    return reverse("desk:reports-issue", args=[draft.pk])


def _said(client: Client, url: str, **asked: Any) -> str:
    return unescape(client.get(url, asked).content.decode())


# Issuing


def test_what_issuing_does_is_told_first(planned: World, at_desk: Client) -> None:
    page = _said(sit_down(at_desk, "lanhdao"), _confirm(checked(planned)))
    assert "01-BC/BTC" in page
    assert "05/10/2018" in page
    assert not Issue.objects.exists()


def test_it_is_issued_once(planned: World, at_desk: Client) -> None:
    draft, client = checked(planned), sit_down(at_desk, "lanhdao")
    key = re.search(r'name="key" value="(\w+)"', _said(client, _confirm(draft)))
    assert key is not None
    answers = [client.post(_confirm(draft), {"key": key[1]}) for _again in range(2)]
    [issue] = Issue.objects.all()
    assert {answer.url for answer in answers} == {_page(issue.entry_id)}
    draft.refresh_from_db()
    assert (draft.state, issue.symbol) == (State.ISSUED, "01-BC/BTC")


def test_what_was_not_checked_is_not_issued(planned: World, at_desk: Client) -> None:
    draft, client = handed_in(planned), sit_down(at_desk, "lanhdao")
    assert "disabled" in _said(client, _confirm(draft))
    page = client.post(_confirm(draft), {"key": "k"}).content.decode()
    assert 'role="alert"' in page
    assert not Issue.objects.exists()


def test_without_a_register_there_is_no_number(office: World, at_desk: Client) -> None:
    draft, client = begun(plan(office)), sit_down(at_desk, office.clerk)
    assert reverse("desk:reports-registers-open") in _said(client, _confirm(draft))


# The page of an issue


def test_the_page_vouches_for_the_document(planned: World, at_desk: Client) -> None:
    entry = issued(planned)
    found, page = issued_by(entry), _said(sit_down(at_desk, "lanhdao"), _page(entry))
    for told in ("01-BC/BTC", found.head_digest.hex(), found.content_hash.hex(), "chuyenvien",
                 "lanhdao", "Số 01-BC/BTC", "Nguyễn Văn Ước"):  # fmt: skip
        assert told in page
    assert 'class="draft-mark"' not in page
    assert 'id="since"' not in page
    for _form, digest in forms_of(entry):
        assert digest.hex() in page


@pytest.mark.parametrize("form", list(Form))
def test_the_very_bytes_are_taken_away(planned: World, at_desk: Client, form: Form) -> None:
    entry = issued(planned)
    url = reverse("desk:reports-issued-file", args=[entry, form.value])
    content = sit_down(at_desk, "lanhdao").get(url).content
    assert content == reprint(entry, form)
    assert hashlib.sha256(content).digest() == dict(forms_of(entry))[form.value]


def test_its_numbers_lead_to_what_was_known_then(planned: World, at_desk: Client) -> None:
    entry = issued(planned)
    page = sit_down(at_desk, "lanhdao").get(_page(entry)).content.decode()
    head = issued_by(entry).head_number
    assert f"period=2018-9M&amp;head={head}&amp;cell=admitted" in page


def test_then_and_now_with_the_entry_that_did_it(planned: World, at_desk: Client) -> None:
    entry = issued(planned)
    changed = late(planned)
    page = _said(sit_down(at_desk, "lanhdao"), _page(entry))
    assert 'id="since"' in page
    row = re.search(r"<tr role=\"row\"><th[^>]*>[^<]*</th><td[^>]*>3</td><td[^>]*><b>4</b>.*?</tr>",
                    page, re.S)  # fmt: skip
    assert row is not None
    assert reverse("desk:journal-entry", args=[changed]) in row[0]
    assert "nhận hồ sơ muộn" in page  # said once, beside the figures
    assert reverse("desk:reports-correct", args=[entry]) in page


def test_what_touches_another_period_changes_nothing(planned: World, at_desk: Client) -> None:
    entry = issued(planned)
    planned.admit("CY1", planned.by().today, planned.person("Lê Thị Hai"))
    assert 'id="since"' not in _said(sit_down(at_desk, "lanhdao"), _page(entry))


def test_it_is_withdrawn_with_a_reason(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, "lanhdao")
    url = reverse("desk:reports-withdraw", args=[entry])
    assert 'role="alert"' in client.post(url, {"reason": " ", "key": "a"}).content.decode()
    assert issued_by(entry).standing == Standing.IN_FORCE
    assert client.post(url, {"reason": "Sai kỳ báo cáo", "key": "b"}).url == _page(entry)
    assert issued_by(entry).standing == Standing.WITHDRAWN
    assert "Sai kỳ báo cáo" in _said(client, _page(entry))


def test_a_new_one_supersedes_it(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, planned.clerk)
    url = reverse("desk:reports-supersede", args=[entry])
    assert 'role="alert"' in client.post(url, {"reason": "", "key": "a"}).content.decode()
    answer = client.post(url, {"reason": "Bổ sung số liệu", "key": "b"})
    draft = ReportDraft.objects.get(key="b")
    assert answer.url == reverse("desk:reports-draft", args=[draft.pk])
    assert (draft.replaces, draft.because) == (entry, "Bổ sung số liệu")
    assert 'name="because"' in _said(client, answer.url)


def test_before_the_same_report_is_issued_again_it_is_said(planned: World, at_desk: Client) -> None:
    issued(planned)
    draft, client = checked(planned, key="lan-hai"), sit_down(at_desk, "lanhdao")
    page = _said(client, reverse("desk:reports-issue", args=[draft.pk]))
    assert "số 01-BC/BTC ngày" in page
    assert "hai bản cùng hiệu lực" in page


def test_a_file_that_is_no_signed_copy_is_refused(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, "lanhdao")
    url = reverse("desk:reports-sign", args=[entry])
    for told in ({}, {"file": SimpleUploadedFile("a.pdf", b"nothing")},
                 {"file": SimpleUploadedFile("a.pdf", reprint(entry, Form.PDF))}):  # fmt: skip
        assert 'id="file-fault"' in client.post(url, {"key": "k", **told}).content.decode()


def test_a_signed_copy_is_looked_at_and_kept(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, "lanhdao")
    p12 = authorities.issue(SIGNER, authorities.authority(), until=authorities.at(2040)).p12()
    pdf = sign_with_file(
        reprint(entry, Form.PDF), p12=p12, password=authorities.PASSWORD, reason="", place="",
        at=authorities.at(2020),
    )  # fmt: skip
    url = reverse("desk:reports-sign", args=[entry])
    file = SimpleUploadedFile("da-ky.pdf", pdf)
    assert client.post(url, {"key": "k", "file": file}).url == _page(entry)
    page = _said(client, _page(entry))
    assert SIGNER in page
    [copy] = signed_copies(entry)
    taken = client.get(reverse("desk:reports-signed", args=[entry, copy.entry_id]))
    assert taken.content == pdf
    assert client.get(reverse("desk:reports-signed", args=[entry, entry])).status_code == 404


# The register, and who sees what


def test_the_register_is_filtered(planned: World, at_desk: Client) -> None:
    entry = issued(planned)
    open_book(planned, "CY", symbol="ĐUCY")
    other = issued(planned, "CY", "hai")
    client = sit_down(at_desk, planned.clerk)
    page = _said(client, LIST)
    assert _page(entry) in page
    assert _page(other) in page
    assert _page(other) not in _said(client, LIST, unit="HU")
    assert _page(entry) not in _said(client, LIST, year="2019")
    assert _page(entry) not in _said(client, LIST, state="withdrawn")
    assert _page(entry) in _said(client, LIST, definition="organisation-work", state="in_force")
    register = str(issued_by(other).register)
    assert _page(entry) not in _said(client, LIST, register=register)


def test_what_was_recorded_since_is_marked(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, planned.clerk)
    assert f"{_page(entry)}#since" not in _said(client, LIST)
    late(planned)
    assert f"{_page(entry)}#since" in _said(client, LIST)


def test_more_documents_cost_no_more_queries(planned: World, at_desk: Client) -> None:
    client, counted = sit_down(at_desk, planned.clerk), []
    issued(planned)
    for keys in ((), ("b", "c")):
        for key in keys:
            issued(planned, key=key)
        client.get(LIST)  # what is kept by the state of the books is kept from here on
        with CaptureQueriesContext(connection) as queries:
            assert _said(client, LIST).count("-BC/BTC") >= 1 + len(keys)
        # Of a question about few things Django's list knows nothing (``journal/sql.py``).
        counted.append(sum("below(issue" not in query["sql"] for query in queries))
    assert counted[0] == counted[1]


def test_an_editor_reads_what_is_issued_and_looks_behind_nothing(
    planned: World, at_desk: Client
) -> None:
    entry = issued(planned)
    late(planned)
    client = sit_down(at_desk, "bientap")
    assert _page(entry) in _said(client, LIST)
    page = _said(client, _page(entry))
    assert '<article class="document' in page
    for address in ("/so-lieu/", "/so-nhat-ky/", "/du-thao/", "con-so", "thu-hoi", "thay-the"):
        assert address not in page
    assert "Lê Thị Hai" not in page
    assert "nhận hồ sơ muộn" not in page
    url = reverse("desk:reports-issued-file", args=[entry, "pdf"])
    assert client.get(url).status_code == 200
    assert client.get(LIST).status_code == 200
    assert client.post(reverse("desk:reports-withdraw", args=[entry])).status_code == 403


@pytest.mark.parametrize(("login", "status"), [("dongnghiep", 404), ("phutrach", 404),
                                               ("quantri", 403)])  # fmt: skip
def test_others_do_not_find_it(planned: World, at_desk: Client, login: str, status: int) -> None:
    entry, client = issued(planned), sit_down(at_desk, login)
    for name, more in (("issued", []), ("issued-file", ["pdf"])):
        url = reverse(f"desk:reports-{name}", args=[entry, *more])
        assert client.get(url).status_code == status
    for name in ("withdraw", "supersede", "correct", "sign"):
        url = reverse(f"desk:reports-{name}", args=[entry])
        assert client.post(url, {"reason": "x"}).status_code in (403, 404)
    assert issued_by(entry).standing == Standing.IN_FORCE
    if status == 404:
        assert client.get(COMPARE, {"mot": entry}).status_code == 404


# Side by side


def test_two_issues_are_compared(planned: World, at_desk: Client) -> None:
    first = issued(planned)
    late(planned)
    second = issued(planned, key="hai")
    page = _said(sit_down(at_desk, planned.clerk), COMPARE, mot=first, hai=second)
    assert re.search(r'<del class="n">0?3</del>', page)
    assert re.search(r'<ins class="n">0?4</ins>', page)
    assert "01-BC/BTC" in page
    assert "02-BC/BTC" in page


def test_an_issue_is_compared_with_now(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, planned.clerk)
    admitted = re.compile(r'<ins class="n">0?4</ins>')
    assert not admitted.search(_said(client, COMPARE, mot=entry, hai="nay"))
    late(planned)
    assert admitted.search(_said(client, COMPARE, mot=entry, hai="nay"))
    everything = _said(client, COMPARE, mot=entry, hai="nay", all=1)
    assert "fold-row" not in everything


def test_an_editor_compares_issues_only(planned: World, at_desk: Client) -> None:
    entry, client = issued(planned), sit_down(at_desk, "bientap")
    assert client.get(COMPARE, {"mot": entry, "hai": "nay"}).status_code == 404
    assert client.get(COMPARE, {"mot": entry, "hai": entry}).status_code == 200
