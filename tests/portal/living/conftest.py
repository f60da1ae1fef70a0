"""A site whose district has issued its nine months' report, with many small numbers in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from giaoban.people.actions import appoint_login
from giaoban.people.models import Login, Role
from giaoban.plans.actions import set_targets
from giaoban.portal.editing.arranging import arrange_editing
from giaoban.portal.editing.hands import settle_hands
from giaoban.portal.living.citing import embed
from giaoban.portal.living.models import PublicFigure
from giaoban.portal.living.preparing.prepare import prepare
from giaoban.portal.living.publishing import publish_report
from giaoban.portal.pages.models import ArticlePage, HomePage, SectionPage, SiteFacts
from tests.reports.issuing_world import LEADER, issued, with_leader
from tests.world import FOUNDED, World

PUBLISHER, EDITOR = "duyetdang", "bientap"
# Unit → admissions of the nine months; CY2 of them is a cell of CY.
ADMITTED = {"CY1": 2, "CY2": 1, "TX1": 7, "YB": 9}
PLANS = {"HU": 40, "CY": 6, "TX": 7, "YB": 20}


@dataclass
class Paper:
    """The site, and the report of the district."""

    world: World
    home: HomePage
    section: SectionPage
    issue: int

    def publish(self, issue: int | None = None) -> int:
        """A report made public, and what the queue does then."""
        entry = self.issue if issue is None else issue
        publish_report(issue=entry, by=self.world.by(login=PUBLISHER))
        prepare(entry, at=timezone.now())
        return entry

    def figure(self, address: str, issue: int | None = None) -> PublicFigure:
        """A public figure."""
        return PublicFigure.objects.get(edition=issue or self.issue, address=address)

    def cite(self, address: str, issue: int | None = None) -> str:
        """A figure as a sentence has it."""
        figure = self.figure(address, issue)
        return embed((figure.edition_id, address), figure.text)

    def article(self, body: str, *, slug: str = "bai", lead: str = "", **more: str) -> ArticlePage:
        """A published article with a paragraph."""
        told = {"title": "Chín tháng, kết nạp đảng viên", **more}
        made = ArticlePage(slug=slug, lead=lead or "<p>Sapô.</p>", **told)
        made.body = [("text", f"<p>{body}</p>")]
        self.section.add_child(instance=made)
        made.save_revision().publish()
        return ArticlePage.objects.get(pk=made.pk)


@pytest.fixture
def paper(world: World) -> Paper:
    """The site of the district, its report not yet public."""
    return lay_paper(world)


def lay_paper(world: World) -> Paper:
    """The same in any database in which the world stands."""
    office = with_leader(world)
    targets = {office.unit(code): n for code, n in PLANS.items()}
    set_targets(targets, indicator="admitted", year=2018, by=office.by(date(2018, 1, 21)))
    for n, (code, count) in enumerate(ADMITTED.items()):
        # Some were admitted by ``with_leader`` already: one in each of the three cells.
        for _ in range(count - (code != "YB")):
            office.admit(code, date(2018, 4, n + 1))
    entry = issued(office)
    return _site(office, entry)


def _site(world: World, entry: int) -> Paper:
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Thạch Thất", slug="thach-that"))
    section = home.add_child(instance=SectionPage(title="Chính trị", slug="chinh-tri"))
    site = Site.objects.first() or Site(hostname="testserver", port=80)
    site.hostname, site.root_page, site.is_default_site = "testserver", home, True
    site.save()
    SiteFacts.objects.update_or_create(site=site, defaults={"unit_id": world.unit("HU")})
    arrange_editing()
    for login, role in ((PUBLISHER, Role.PUBLISHER), (EDITOR, Role.EDITOR)):
        Login.objects.create_user(login, password=None)
        appoint_login(login, world.unit("HU"), role, on=FOUNDED, by=world.by())
        settle_hands(login, on=world.at.date(), known=2**62)
    return Paper(world, home, section, entry)


@pytest.fixture
def public(paper: Paper) -> Paper:
    """The same with its report public."""
    paper.publish()
    return paper


def sat_down(login: str) -> Client:
    """A browser of somebody who has signed in."""
    client = Client()
    client.force_login(Login.objects.get(username=login))
    return client


__all__ = ["LEADER", "Paper", "sat_down"]
