"""What machines read: feeds, the map of the site, what they are asked to leave alone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils.timezone import localdate
from wagtail.log_actions import log

from giaoban.portal.pages.models import SiteFacts
from giaoban.portal.pages.organisation import chart_changed_at
from tests.portal.pages.newspaper import NAME, SUBTITLE, Newspaper, at, document
from tests.world import World

ATOM = "{http://www.w3.org/2005/Atom}"
MAP, SITE = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://testserver"


def tree(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return ElementTree.fromstring(answer.content)


def test_the_feed_of_the_site_has_the_newest_articles_of_every_section(
    paper: Newspaper, client: Client
) -> None:
    paper.publish("Cũ", published_at=at(1), lead="<p>Chuyện & việc cũ.</p>")
    paper.publish("Mới", published_at=at(2), section=paper.economy, byline="DTT")
    channel = tree(client, "/rss/").find("channel")
    assert channel.findtext("title") == f"{NAME} - {SUBTITLE}"
    assert channel.findtext("language") == "vi"
    first, second = channel.findall("item")
    assert first.findtext("title") == "Mới"
    assert first.findtext("link") == "http://testserver/kinh-te/moi/"
    assert second.findtext("description") == "Chuyện & việc cũ."
    assert second.findtext("pubDate") == "Mon, 01 Oct 2018 08:11:00 +0700"


def test_a_section_has_a_feed_of_its_own(paper: Newspaper, client: Client) -> None:
    paper.publish("Giá lúa", section=paper.economy)
    paper.publish("Họp", section=paper.politics)
    titles = [item.findtext("title") for item in tree(client, "/rss/kinh-te/").iter("item")]
    assert titles == ["Giá lúa"]
    assert client.get("/rss/khong-co/").status_code == 404
    paper.economy.unpublish()
    assert client.get("/rss/kinh-te/").status_code == 404


def test_the_same_as_atom(paper: Newspaper, client: Client) -> None:
    paper.publish("Giá lúa", section=paper.economy, byline="DTT")
    for path in ("/atom/", "/atom/kinh-te/"):
        feed = tree(client, path)
        entry = feed.find(f"{ATOM}entry")
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
        assert entry.findtext(f"{ATOM}title") == "Giá lúa"
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "DTT"
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}published")) == at(29)
        assert datetime.fromisoformat(entry.findtext(f"{ATOM}updated")) > datetime(
            2018, 10, 29, tzinfo=UTC
        )


@pytest.mark.parametrize(("page", "own"), [("/", "/rss/"), ("/kinh-te/", "/rss/kinh-te/")])
def test_pages_name_their_feeds(paper: Newspaper, client: Client, page: str, own: str) -> None:
    shown = client.get(page).content.decode()
    named = re.findall(
        r'<link rel="alternate" type="application/(\w+)\+xml"[^>]*href="(.*?)"', shown
    )
    assert named == [("rss", own), ("atom", own.replace("rss", "atom"))]


def mapped(client: Client, part: str) -> dict[str, str | None]:
    """The addresses of a part of the map, and when each last changed."""
    named = f"{{{MAP}}}url", f"{{{MAP}}}loc", f"{{{MAP}}}lastmod"
    rows = tree(client, f"/sitemap-{part}.xml").findall(named[0])
    return {row.findtext(named[1]).removeprefix(SITE): row.findtext(named[2]) for row in rows}


def test_the_map_names_its_parts(paper: Newspaper, client: Client) -> None:
    parts = [
        place.text for place in tree(client, "/sitemap.xml").iter() if place.tag.endswith("loc")
    ]
    assert parts == [
        f"{SITE}/sitemap-{part}.xml"
        for part in ("pages", "documents", "organisation", "reports", "figures", "corrections")
    ]
    for part in parts:
        assert tree(client, part.removeprefix(SITE)).tag == f"{{{MAP}}}urlset"
    assert client.get("/sitemap-nothing.xml").status_code == 404
    assert client.get("/sitemap-pages.xml?p=2").status_code == 404


def test_the_map_lists_what_everybody_may_read(paper: Newspaper, client: Client) -> None:
    shown = paper.publish("Bài")
    hidden = paper.publish("Kín")
    hidden.view_restrictions.create(restriction_type="login")
    paper.publish("Đã gỡ").unpublish()
    found = mapped(client, "pages")
    assert set(found) == {"/", "/chinh-tri/", "/kinh-te/", "/chinh-tri/bai/"}
    assert found["/chinh-tri/bai/"] == localdate(shown.last_published_at).isoformat()


def test_the_map_lists_documents_that_are_shown(paper: Newspaper, client: Client) -> None:
    assert mapped(client, "documents") == {}
    first = document("64-KH/HU", "Kế hoạch", issued_on=date(2018, 10, 22))
    last = document("66-KH/HU", "Kế hoạch", issued_on=date(2018, 10, 25))
    document("65-KH/HU", "Kế hoạch khác", shown=False, issued_on=date(2018, 10, 30))
    assert mapped(client, "documents") == {
        "/van-ban/": "2018-10-25",
        last.get_absolute_url(): "2018-10-25",
        first.get_absolute_url(): "2018-10-22",
    }
    log(first, "wagtail.edit")  # as the editors' screens do
    today = localdate().isoformat()
    found = mapped(client, "documents")
    assert (found["/van-ban/"], found[first.get_absolute_url()]) == (today, today)


def test_the_map_has_the_organisation_once_the_site_has_one(
    world: World, paper: Newspaper, client: Client
) -> None:
    assert mapped(client, "organisation") == {}
    SiteFacts.objects.update(unit_id=world.unit("HU"))
    last = chart_changed_at()
    assert last is not None
    assert mapped(client, "organisation") == {"/to-chuc/": localdate(last).isoformat()}


def test_robots_are_told_where_the_map_is_and_what_to_leave_alone(
    paper: Newspaper, client: Client
) -> None:
    told = client.get("/robots.txt")
    assert told.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in told.content.decode()
    assert "Disallow: /bien-tap/" in told.content.decode()
