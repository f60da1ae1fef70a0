"""Two public reports, one period inside the other: a publisher is told what follows from both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from giaoban.periods import Period, regime_named
from giaoban.portal.living.models import PublicEdition, PublicFigure
from giaoban.portal.living.overlapping import Overlap, overlaps
from giaoban.portal.living.preparing.prepare import prepare
from giaoban.portal.living.publishing import publish_report, take_back_report
from giaoban.portal.living.queries import public_issues
from giaoban.portal.pages.finding import search
from giaoban.portal.pages.models import SearchEntry
from giaoban.reports.actions import begin_report, check_report, hand_in_report, issue_report
from tests.portal.living.conftest import PUBLISHER, Paper, sat_down
from tests.portal.living.test_correcting import replaced
from tests.reports.issuing_world import LEADER


def another(paper: Paper, period: str, on: date = date(2018, 10, 5)) -> int:
    """Another report of the same district."""
    world = paper.world
    draft = begin_report(
        unit=world.unit("HU"), key=period, by=world.by(on), definition="organisation-work",
        period=Period.parse(period, regime=regime_named("calendar")), dated_on=on,
        signatory="Nguyễn Văn Ước",
    )  # fmt: skip
    seen = hand_in_report(draft=draft, by=world.by())
    check_report(draft=draft, seen=seen, by=world.by(login=LEADER))
    return issue_report(draft=draft, by=world.by(login=LEADER))


def publish(paper: Paper, issue: int) -> None:
    """A publisher's act, and what the queue does then."""
    publish_report(issue=issue, by=paper.world.by(login=PUBLISHER))
    prepare(issue, at=timezone.now())


def edition(issue: int) -> PublicEdition:
    return PublicEdition.objects.get(issue=issue)


@dataclass(frozen=True)
class Two:
    """The report of the half year, public; that of the nine months, handed to be made public. In
    the third quarter three were admitted, which neither says."""

    half: int
    nine_months: int


@pytest.fixture
def two(paper: Paper) -> Two:
    paper.world.by(date(2018, 10, 20))
    for n in range(3):
        paper.world.admit("TX1", date(2018, 8, n + 1))
    half = another(paper, "2018-H1", date(2018, 10, 21))
    publish(paper, half)
    return Two(half, replaced(paper))


def test_a_report_by_itself_is_public_at_once(public: Paper) -> None:
    assert public_issues() == {public.issue}
    assert overlaps([edition(public.issue)]) == {public.issue: []}


def test_held_back_until_a_publisher_has_been_told(paper: Paper, two: Two) -> None:
    later = two.nine_months
    assert public_issues() == {two.half}
    assert Client().get(f"/bao-cao/{later}/").status_code == 404
    assert search_reports() == {f"/bao-cao/{two.half}/"}
    (told,) = overlaps([edition(later)])[later]
    assert told.other.issue == two.half
    client = sat_down(PUBLISHER)
    page = client.get("/bien-tap/bao-cao/").content.decode()
    assert "chờ người duyệt đăng quyết định" in page
    symbol = edition(two.half).symbol
    assert f"Cùng với báo cáo {symbol} đã công khai, suy ra được {told.small} số" in page
    client.post("/bien-tap/bao-cao/", {"issue": str(later), "act": "publish"})
    assert public_issues() == {two.half, later}
    assert Client().get(f"/bao-cao/{later}/").status_code == 200
    assert search_reports() == {f"/bao-cao/{two.half}/", f"/bao-cao/{later}/"}
    # It is said as long as both are public, at either of them.
    assert overlaps([edition(two.half)])[two.half] == [Overlap(edition(later), told.small)]
    page = client.get("/bien-tap/bao-cao/").content.decode()
    assert page.count("đã công khai, suy ra được") == 2


def search_reports() -> set[str]:
    return {hit.address for hit in search("báo cáo", kind=SearchEntry.Kind.REPORT).found}


def test_what_is_counted_is_what_lies_between_the_two(paper: Paper, two: Two) -> None:
    first, second = (
        {one.address: one.value for one in PublicFigure.objects.filter(edition=issue)}
        for issue in (two.half, two.nine_months)
    )
    assert second["admitted"] - first["admitted"] == 3
    (told,) = overlaps([edition(two.nine_months)])[two.nine_months]
    # With its sum, and with what the tables by unit and group tell of the three.
    assert told.small >= 2


def test_where_nothing_lies_between_nothing_is_held_back(public: Paper) -> None:
    half = another(public, "2018-H1")
    publish(public, half)
    assert public.figure("admitted", half).value == public.figure("admitted").value
    assert half in public_issues()


def test_the_same_period_once_more_is_no_overlap(public: Paper) -> None:
    later = replaced(public)
    assert later in public_issues()
    assert overlaps([edition(later)])[later] == []


def test_of_another_year_nothing_follows(public: Paper) -> None:
    last_year = another(public, "2017-9M")
    publish(public, last_year)
    assert last_year in public_issues()


def test_one_that_is_taken_back_is_public_again_as_soon_as_it_is_said(
    paper: Paper, two: Two
) -> None:
    by = paper.world.by(login=PUBLISHER)
    publish_report(issue=two.nine_months, by=by)
    take_back_report(issue=two.nine_months, by=by)
    publish_report(issue=two.nine_months, by=by)
    assert two.nine_months in public_issues()
