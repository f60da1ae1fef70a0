"""Public reports, their figures and corrections in the map of the site: while they are public, and
with the day on which each page last changed."""

from __future__ import annotations

from datetime import datetime

from django.test import Client
from django.utils import timezone

from giaoban.portal.living.maps import FiguresPart, ReportsPart
from giaoban.portal.living.models import PublicFigure, PublicReport
from giaoban.portal.living.publishing import take_back_report
from giaoban.portal.pages.maps import Part
from giaoban.reports.actions import withdraw_report
from tests.portal.living.conftest import PUBLISHER, Paper
from tests.portal.living.test_correcting import correct, learn
from tests.portal.pages.test_machines import mapped
from tests.reports.issuing_world import LEADER

PARTS = ("reports", "figures", "corrections")


def day(at: datetime) -> str:
    return timezone.localdate(at).isoformat()


def test_a_report_stands_in_it_while_it_is_public(paper: Paper, client: Client) -> None:
    assert [mapped(client, part) for part in PARTS] == [{}, {}, {}]
    paper.publish()
    address = f"/bao-cao/{paper.issue}/"
    public = day(PublicReport.objects.get().at)
    assert set(mapped(client, "reports")) == {"/bao-cao/", address}
    assert mapped(client, "reports")[address] >= public
    for one in mapped(client, "reports"):
        assert client.get(one).status_code == 200
    take_back_report(issue=paper.issue, by=paper.world.by(login=PUBLISHER))
    assert [mapped(client, part) for part in PARTS] == [{}, {}, {}]


def test_every_figure_of_it_has_its_page_there(public: Paper, client: Client) -> None:
    found = mapped(client, "figures")
    assert set(found) == {
        "/so-lieu/", *(one.get_absolute_url() for one in PublicFigure.objects.all())
    }  # fmt: skip
    assert None not in found.values()
    for one in list(found)[:: max(1, len(found) // 5)]:
        assert client.get(one).status_code == 200


def moments(part: Part) -> dict[str, datetime | None]:
    """The map tells days; what is behind them."""
    return {one.address: one.changed_at for one in part.items()}


def test_a_figure_that_is_known_otherwise_and_corrected_has_changed(
    public: Paper, client: Client
) -> None:
    public.article(f"Huyện kết nạp {public.cite('admitted')} đảng viên.")
    address, other = (public.figure(one).get_absolute_url() for one in ("admitted", "plan"))
    before = moments(FiguresPart())
    learn(public)
    known = moments(FiguresPart())
    assert known[address] > before[address]
    assert known[other] == before[other]
    public.world.at = timezone.now()
    correct(public)
    assert moments(FiguresPart())[address] > known[address]
    assert mapped(client, "corrections") == {"/dinh-chinh/": day(timezone.now())}


def test_a_report_that_is_withdrawn_has_changed_and_stays(public: Paper, client: Client) -> None:
    before, office = moments(ReportsPart()), public.world
    office.at = timezone.now()
    withdraw_report(issue=public.issue, reason="Sai kỳ báo cáo.", by=office.by(login=LEADER))
    found = moments(ReportsPart())
    assert set(found) == set(before)
    assert found[f"/bao-cao/{public.issue}/"] > before[f"/bao-cao/{public.issue}/"]
