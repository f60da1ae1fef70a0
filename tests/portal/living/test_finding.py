"""A public report is found by the site's search, exactly while it is public."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from giaoban.portal.living.findable import hear_of_reports
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.publishing import publish_report, take_back_report
from giaoban.portal.pages.finding import Hit, search
from giaoban.portal.pages.models import SearchEntry
from giaoban.reports.actions import withdraw_report
from giaoban.reports.documents.walking import lines
from giaoban.reports.issues import issued_document
from tests.portal.living.conftest import PUBLISHER, Paper
from tests.portal.living.test_correcting import replaced
from tests.portal.pages.test_announcing import told
from tests.reports.issuing_world import LEADER


def found(asked: str) -> list[Hit]:
    return [hit for hit in search(asked).found if hit.kind is SearchEntry.Kind.REPORT]


def withdraw(paper: Paper) -> None:
    by = paper.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=paper.issue, reason="Sai số liệu", by=by)


def test_what_is_not_public_is_not_found(paper: Paper) -> None:
    assert found("báo cáo") == []


def test_a_public_report_is_found_by_title_number_and_text_without_marks(public: Paper) -> None:
    edition = PublicEdition.objects.get()
    for asked in (edition.subject, edition.symbol, "ket nap", "Cẩm Yên"):
        (hit,) = found(asked)
        assert (hit.title, hit.address) == (edition.subject, f"/bao-cao/{public.issue}/"), asked
        assert hit.lead == f"Báo cáo {edition.symbol}, {edition.period_words['vi']}."
    page = Client().get("/tim-kiem/", {"q": edition.symbol}).content.decode()
    assert f'href="/bao-cao/{public.issue}/"' in page
    assert Client().get(f"/bao-cao/{public.issue}/").status_code == 200


def test_the_search_holds_nothing_that_is_withheld(public: Paper) -> None:
    text = SearchEntry.objects.get(kind=SearchEntry.Kind.REPORT).text
    whole = " ".join(lines(issued_document(public.issue)))
    # The row of Cẩm Yên in the report as issued: 3 of 6, its share, its place.
    row = whole[whole.rindex("Xã Cẩm Yên") :][:40]
    assert "50,0" in row
    assert row not in text
    assert text == " ".join(lines(PublicEdition.objects.get().document))


def test_taken_back_it_is_found_no_more_and_made_public_again_it_is(public: Paper) -> None:
    by = public.world.by(login=PUBLISHER)
    take_back_report(issue=public.issue, by=by)
    assert found("báo cáo") == []
    # Its edition stands already, so it is found at once and not when the queue comes to it.
    publish_report(issue=public.issue, by=public.world.by(login=PUBLISHER))
    assert len(found("báo cáo")) == 1


def test_taken_back_before_it_was_prepared_it_is_not_found(paper: Paper) -> None:
    publish_report(issue=paper.issue, by=paper.world.by(login=PUBLISHER))
    take_back_report(issue=paper.issue, by=paper.world.by(login=PUBLISHER))
    prepare_late(paper)
    assert found("báo cáo") == []


def prepare_late(paper: Paper) -> None:
    from django.utils import timezone

    from giaoban.portal.living.preparing.prepare import prepare

    prepare(paper.issue, at=timezone.now())


def test_a_report_withdrawn_at_the_desk_is_told_so_and_its_pages_are_made_anew(
    public: Paper,
) -> None:
    assert hear_of_reports() == []
    withdraw(public)
    with told() as keys:
        assert hear_of_reports() == [public.issue]
    assert {"reports", "figures", f"report:{public.issue}"} <= keys
    (hit,) = found("báo cáo")
    assert hit.lead.startswith("Đã thu hồi. Báo cáo ")
    with told() as keys:
        assert hear_of_reports() == []
    assert not keys


@pytest.mark.parametrize("public_too", [True, False])
def test_a_report_that_is_replaced_says_by_which(public: Paper, public_too: bool) -> None:
    later = replaced(public)
    if not public_too:
        take_back_report(issue=later, by=public.world.by(login=PUBLISHER))
    assert hear_of_reports() == [public.issue]
    old = next(hit for hit in found("báo cáo") if hit.address == f"/bao-cao/{public.issue}/")
    assert old.lead.startswith("Đã thay thế bằng báo cáo ")
    assert len(found("báo cáo")) == 1 + public_too


def test_a_report_that_the_search_missed_is_kept_within_a_minute(public: Paper) -> None:
    SearchEntry.objects.all().delete()
    assert hear_of_reports() == [public.issue]
    assert len(found("báo cáo")) == 1
