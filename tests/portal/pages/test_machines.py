"""What machines read: feeds, the map of the site, what they are asked to leave alone."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.portal.pages.newspaper import NAME, SUBTITLE, Newspaper, at, document

ATOM = "{http://www.w3.org/2005/Atom}"


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


def test_the_map_lists_what_everybody_may_read(paper: Newspaper, client: Client) -> None:
    paper.publish("Bài")
    hidden = paper.publish("Kín")
    hidden.view_restrictions.create(restriction_type="login")
    paper.publish("Đã gỡ").unpublish()
    shown = document("64-KH/HU", "Kế hoạch")
    document("65-KH/HU", "Kế hoạch khác", shown=False)
    places = [
        place.text for place in tree(client, "/sitemap.xml").iter() if place.tag.endswith("loc")
    ]
    assert sorted(places) == sorted(
        f"http://testserver{path}"
        for path in ("/", "/chinh-tri/", "/kinh-te/", "/chinh-tri/bai/", shown.get_absolute_url())
    )


def test_robots_are_told_where_the_map_is_and_what_to_leave_alone(
    paper: Newspaper, client: Client
) -> None:
    told = client.get("/robots.txt")
    assert told.headers["Content-Type"].startswith("text/plain")
    assert "Sitemap: http://testserver/sitemap.xml" in told.content.decode()
    assert "Disallow: /bien-tap/" in told.content.decode()
