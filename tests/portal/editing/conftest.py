"""A site over the world's district, and a login for each hand in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser
from wagtail.models import Page, Site
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from giaoban.people.actions import appoint_login
from giaoban.people.models import Login, Role
from giaoban.portal.editing.arranging import arrange_editing
from giaoban.portal.pages.models import ArticlePage, HomePage, SectionPage, SiteFacts
from tests.browser.serving import Served, browser_or_skip, served_desk
from tests.world import FOUNDED, World

WRITER, EDITOR, PUBLISHER, KEEPER = "nguoiviet", "bientap", "duyetdang", "quantri"
# login → (unit, role): at the organisation of the site, above it, below it.
HANDS = {
    WRITER: ("CY", Role.WRITER),
    EDITOR: ("HU", Role.EDITOR),
    PUBLISHER: ("TP", Role.PUBLISHER),
    KEEPER: ("HU", Role.ADMINISTRATOR),
}


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says so; where a browser is needed its absence is a failure."""
    with browser_or_skip() as browser:
        yield browser


@pytest.fixture(scope="package")
def served(browser: Browser) -> Iterator[Served]:
    """Desk and portal, as ``giaoban serve`` serves them."""
    with served_desk(portal=True) as served:
        yield served


@dataclass(frozen=True, slots=True)
class SiteOfTests:
    """The pages that stand before anybody writes."""

    home: HomePage
    section: SectionPage
    world: World


@pytest.fixture
def site(world: World) -> SiteOfTests:
    """The site of the district (HU), with one section."""
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Thạch Thất", slug="thach-that"))
    section = home.add_child(instance=SectionPage(title="Chính trị", slug="chinh-tri"))
    site = Site.objects.first() or Site(hostname="localhost", port=80)
    site.root_page, site.is_default_site = home, True
    site.save()
    SiteFacts.objects.update_or_create(site=site, defaults={"unit_id": world.unit("HU")})
    arrange_editing()
    for login, (unit, role) in HANDS.items():
        Login.objects.create_user(login, password=None)
        appoint_login(login, world.unit(unit), role, on=FOUNDED, by=world.by())
    return SiteOfTests(home, section, world)


Sit = Callable[[str], Client]


@pytest.fixture
def sit(site: SiteOfTests) -> Sit:
    """A browser of somebody who has signed in."""

    def sit_down(login: str) -> Client:
        client = Client()
        client.force_login(Login.objects.get(username=login))
        return client

    return sit_down


def written_by(
    login: str, section: SectionPage, title: str = "Kết nạp 134 đảng viên"
) -> ArticlePage:
    """A draft of somebody, saved once."""
    owner = Login.objects.get(username=login)
    article = ArticlePage(
        title=title, slug="bai-viet", lead="<p>Sapô.</p>", owner=owner, live=False
    )
    section.add_child(instance=article)
    article.save_revision(user=owner, log_action=True)
    return article


def form_of(article: ArticlePage, **typed: str) -> dict[str, str]:
    """What a browser sends when the form of an article is saved."""
    told = {
        "title": article.title, "slug": article.slug, "lead": rich_text("<p>Sapô của bài.</p>"),
        "byline": "B.T.", "tags": "", "seo_title": "", "search_description": "",
        "published_at": "", "go_live_at": "", "expire_at": "", "comments_open": "on", "picture": "",
        "body": streamfield([("heading", "Tin trong huyện")]), "related": inline_formset([]),
        "comments": inline_formset([]),
    }  # fmt: skip
    return nested_form_data(told | typed)


def opened(article: ArticlePage) -> dict[str, str]:
    """Which version a form was opened at, as the form itself says it."""
    newest = ArticlePage.objects.get(pk=article.pk).get_latest_revision()
    return {
        "loaded_revision_id": str(newest.pk),
        "loaded_revision_created_at": newest.created_at.isoformat(),
    }


def edit_at(article: ArticlePage) -> str:
    """The address at which an article is edited."""
    return f"/bien-tap/pages/{article.pk}/edit/"
