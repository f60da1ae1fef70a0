"""A page that is not for everybody is never in memory, and one that becomes so leaves it at once:
the front before Django itself, told by PostgreSQL of real commits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings as ours
from django.http import HttpResponse
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from giaoban.people.models import Login
from giaoban.portal.caching import MADE_OF, TellFront, depends
from tests.portal.front.readers import Readers, readers
from tests.portal.front.test_listening import until
from tests.portal.pages.newspaper import Newspaper, lay_out
from tests.world import World

SECRET, TOKEN = "Hop kin 2018", "a" * 32
WORDS = "Nội dung họp kín."


@pytest.fixture
def paper(committed: World, tmp_path: Path, settings: Any) -> Newspaper:
    settings.MEDIA_ROOT = tmp_path
    return lay_out()


@pytest.fixture
def reader(paper: Newspaper) -> Iterator[Readers]:
    with readers() as first:
        yield first


def publish(paper: Newspaper, title: str = "Họp kín") -> str:
    article = paper.publish(title, slug="hop-kin", body=[("text", f"<p>{WORDS}</p>")])
    return str(article.url)


def close(page: Any, kind: str = "password") -> PageViewRestriction:
    told = {"password": SECRET} if kind == "password" else {}
    made: PageViewRestriction = page.view_restrictions.create(restriction_type=kind, **told)
    return made


LISTS = ("/", "/chinh-tri/", "/rss/", "/sitemap-pages.xml", "/so-do-trang/")


@pytest.mark.parametrize("kind", ["password", "login"])
@pytest.mark.parametrize("whole_section", [False, True])
def test_an_article_that_is_closed_leaves_memory_at_once_and_every_list(
    paper: Newspaper, reader: Readers, kind: str, whole_section: bool
) -> None:
    url = publish(paper)
    for path in (url, *LISTS):
        assert "Họp kín" in reader.ask(path)[2] or "hop-kin" in reader.ask(path)[2], path
        assert reader.kept(path), path
    article = paper.politics.get_children().get()
    close(paper.politics if whole_section else article, kind)
    assert until(lambda: not any(reader.kept(path) for path in (url, *LISTS)))
    for path in (url, f"{url}?ban-in=1", f"{url}so-lieu.csv", *LISTS, "/tim-kiem/?q=hop+kin"):
        body = reader.ask(path)[2]
        assert WORDS not in body, path
        assert not re.search(r"Họp kín|/hop-kin/(?!\?)", body.replace(f"next={url}", "").replace(
            f'value="{url}', "")), path  # fmt: skip
    assert not reader.kept(url)


def test_a_page_with_a_password_is_kept_for_nobody_whatever_cookies_they_have(
    paper: Newspaper, reader: Readers
) -> None:
    url = publish(paper)
    close(paper.politics.get_children().get())
    # A reader who has a token already gets no new one, so nothing would set a cookie.
    reader.cookies["csrftoken"] = TOKEN
    for who in (reader, reader.another()):
        status, headers, body = who.ask(url)
        assert status.startswith("200")
        assert "no-store" in headers["Cache-Control"]
        assert WORDS not in body
        assert not reader.kept(url)


def test_who_knows_the_password_reads_and_nobody_after_them(
    paper: Newspaper, reader: Readers
) -> None:
    url = publish(paper)
    restriction = close(paper.politics.get_children().get())
    body = reader.ask(url)[2]
    action = re.search(r'<form class="ask" method="post" action="([^"]+)"', body)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', body)
    assert action
    assert token
    told = {"csrfmiddlewaretoken": token[1], "return_url": url}
    status, _headers, wrong = reader.ask(action[1], "POST", password="sai", **told)
    assert status.startswith("200")
    assert 'id="closed-refused"' in wrong
    status, headers, _body = reader.ask(action[1], "POST", password=SECRET, **told)
    assert (status[:3], headers["Location"]) == ("302", url)
    assert WORDS in reader.ask(url)[2]
    assert WORDS not in reader.another().ask(url)[2]
    assert not reader.kept(url)
    # Asked for by its own address, the form is nobody else's either.
    other = reader.another()
    other.cookies["csrftoken"] = TOKEN
    assert other.ask(action[1])[0].startswith("200")
    assert not reader.kept(action[1])
    restriction.delete()
    assert WORDS in other.ask(url)[2]
    assert until(lambda: WORDS in reader.another().ask(url)[2] and reader.kept(url))


def test_who_has_a_login_signs_in_at_the_desk_and_comes_back(
    paper: Newspaper, reader: Readers
) -> None:
    url = publish(paper)
    close(paper.politics.get_children().get(), "login")
    status, headers, _body = reader.ask(url)
    assert (status[:3], headers["Location"]) == ("302", f"/vao/?next={url}")
    status, headers, _body = reader.ask(headers["Location"])
    assert status.startswith("302")
    assert headers["Location"].startswith(ours.LOGIN_URL)
    assert parse_qs(urlsplit(headers["Location"]).query)["next"] == [f"{ours.PORTAL_URL}{url}"]
    client = Client()
    client.force_login(Login.objects.create_user("docgia", password=None))
    reader.cookies["sessionid"] = client.cookies["sessionid"].value
    assert WORDS in reader.ask(url)[2]
    assert reader.another().ask(url)[0].startswith("302")
    assert not reader.kept(url)


@pytest.mark.parametrize("to", ["//xau.example/", "https://xau.example/", "/\\xau.example", "x"])
def test_nobody_is_led_elsewhere(to: str) -> None:
    for path in ("/vao/", "/_util/login/"):
        answer = Client().get(path, {"next": to})
        assert parse_qs(urlsplit(answer["Location"]).query)["next"] == [f"{ours.PORTAL_URL}/"]


@pytest.mark.parametrize("told", ["no-store", "private", "max-age=0, no-cache, no-store, private"])
def test_what_says_itself_that_it_is_for_some_is_not_kept(told: str) -> None:
    def view(request: Any) -> HttpResponse:
        depends(request, "page:1")
        return HttpResponse(headers={"Cache-Control": told})

    view_: Callable[[Any], HttpResponse] = view
    assert MADE_OF not in TellFront(view_)(RequestFactory().get("/"))
