"""An article below which readers may comment, and what a browser sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Site

from giaoban.people.actions import appoint_login
from giaoban.people.models import Login, Role
from giaoban.portal.comments.models import Comment
from giaoban.portal.comments.queries import comment_by_key
from giaoban.portal.comments.stamps import stamp
from giaoban.portal.editing.arranging import arrange_editing
from giaoban.portal.pages.models import ArticlePage, HomePage, SectionPage, SiteFacts
from giaoban.vietnamese import VIETNAM_TIME
from tests.world import FOUNDED, World

HEADLINE = "Chín tháng kết nạp 134 đảng viên"
NAME = "Lê Minh Châu"
TEXT = "Trường tôi vượt chỉ tiêu vì bồi dưỡng nguồn từ giáo viên trẻ ngay đầu năm học."
BARE = "Truong toi vuot chi tieu vi boi duong nguon tu giao vien tre ngay dau nam hoc."
LATELY = timedelta(minutes=5)


@pytest.fixture
def article(world: World) -> ArticlePage:
    """The only article of a site, live and open to comments."""
    return lay_out(world)


def lay_out(world: World) -> ArticlePage:
    """The site of the district with that article."""
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Thạch Thất", slug="thach-that"))
    section = home.add_child(instance=SectionPage(title="Chính trị", slug="chinh-tri"))
    made = ArticlePage(title=HEADLINE, slug="chin-thang", lead="<p>Sapô.</p>",
                       published_at=datetime(2018, 10, 29, 8, 11, tzinfo=VIETNAM_TIME))  # fmt: skip
    section.add_child(instance=made)
    site = Site.objects.first() or Site(hostname="localhost", port=80)
    site.root_page, site.is_default_site = home, True
    site.save()
    SiteFacts.objects.update_or_create(
        site=site, defaults={"unit_id": world.unit("HU"), "name": "Thạch Thất"}
    )
    return made


@dataclass
class Reader:
    """Somebody before an article, in a browser without any script or cookie."""

    article: ArticlePage
    address: str = "203.0.113.7"
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    def opened(self, at: datetime | None = None) -> str:
        """The stamp of a form that was opened a while ago."""
        return stamp(self.article.pk, at or timezone.now() - LATELY)

    def sends(self, text: str = TEXT, name: str = NAME, **told: str) -> HttpResponse:
        """What comes back when the form is sent."""
        form = {"name": name, "text": text, "trap": "", "stamp": self.opened()} | told
        return Client().post(
            f"/y-kien/viet/{self.article.pk}/", form, REMOTE_ADDR=self.address,
            headers=self.headers,
        )  # fmt: skip


@pytest.fixture
def reader(article: ArticlePage) -> Reader:
    """A reader of the article."""
    return Reader(article)


@pytest.fixture
def editor(article: ArticlePage, world: World) -> Client:
    """A browser of an editor who has signed in at the desk."""
    client = Client()
    client.force_login(seat_editor(world))
    return client


def kept(address: str) -> Comment:
    """The comment whose writer was led to ``address``."""
    found = comment_by_key(address.rstrip("/").rpartition("/")[2])
    assert found is not None
    return found


def seat_editor(world: World) -> Login:
    """The login of an editor of the site."""
    arrange_editing()
    login = Login.objects.create_user("bientap", password=None)
    appoint_login("bientap", world.unit("HU"), Role.EDITOR, on=FOUNDED, by=world.by())
    return login
