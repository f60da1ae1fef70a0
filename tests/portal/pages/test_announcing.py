"""What a page is made of, and who is told when that changes: neither too few nor everybody."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test import Client, RequestFactory

from giaoban.portal.caching import RENEWED, depended
from giaoban.portal.pages.models import ArticlePage, SiteFacts
from tests.portal.pages.newspaper import Newspaper, at, document, picture


@contextmanager
def told() -> Iterator[set[str]]:
    """The keys that are said to have changed meanwhile."""
    keys: set[str] = set()

    def listen(ask: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if "pg_notify" in sql:
            keys.update(word.removeprefix(RENEWED) for word in params[1])
        return ask(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield keys


def made_of(page: Any) -> frozenset[str]:
    """What a page says it is made of when it is shown."""
    request = RequestFactory().get(page.url)
    page.get_context(request)
    return depended(request)


def test_an_article_is_made_of_itself_its_section_and_the_articles_it_names(
    paper: Newspaper,
) -> None:
    days = {day: paper.publish(f"Ngày {day}", published_at=at(day)) for day in range(1, 9)}
    named = [days[day] for day in (2, 3, 4, 5, 7)]
    assert made_of(days[6]) == {
        "site", f"page:{paper.politics.pk}", f"page:{days[6].pk}",
        *(f"page:{one.pk}" for one in named),
    }  # fmt: skip


def test_publishing_tells_the_neighbours_the_lists_and_nobody_else(paper: Newspaper) -> None:
    days = {day: paper.publish(f"Ngày {day}", published_at=at(day)) for day in range(1, 9)}
    other = paper.publish("Kinh tế", section=paper.economy, published_at=at(5))
    with told() as keys:
        between = paper.publish("Giữa", published_at=at(2, hour=12))
    assert keys == {
        "latest", f"section:{paper.politics.pk}", f"page:{between.pk}",
        # the one before, and those after that list it among the older ones
        *(f"page:{days[day].pk}" for day in (2, 3, 4, 5, 6)),
    }  # fmt: skip
    assert f"page:{other.pk}" not in keys
    for day in (2, 3, 4, 5, 6):
        assert f"page:{between.pk}" in made_of(ArticlePage.objects.get(pk=days[day].pk))
    for day in (1, 7, 8):
        assert f"page:{between.pk}" not in made_of(ArticlePage.objects.get(pk=days[day].pk))


def test_taking_down_moving_and_deleting_tell_whoever_named_it(paper: Newspaper) -> None:
    article = paper.publish("Bài")
    own, section = f"page:{article.pk}", f"section:{paper.politics.pk}"
    with told() as keys:
        article.unpublish()
    assert {own, section, "latest"} <= keys
    article.save_revision().publish()
    with told() as keys:
        article.move(paper.economy, pos="last-child")
    assert {own, section, f"section:{paper.economy.pk}", "latest"} <= keys
    with told() as keys:
        ArticlePage.objects.get(pk=article.pk).delete()
    assert {own, f"section:{paper.economy.pk}", "latest"} <= keys


def test_an_article_that_is_closed_to_the_public_leaves_every_list_at_once(
    paper: Newspaper, client: Client
) -> None:
    article = paper.publish("Họp kín")
    with told() as keys:
        article.view_restrictions.create(restriction_type="login")
    assert {f"page:{article.pk}", f"section:{paper.politics.pk}", "latest"} <= keys
    assert "Họp kín" not in client.get("/").content.decode()
    assert "Họp kín" not in client.get("/chinh-tri/").content.decode()


def test_a_draft_tells_nobody(paper: Newspaper) -> None:
    article = paper.publish("Bài")
    with told() as keys:
        article.title = "Bài khác"
        article.save_revision()
    assert keys == set()


def test_the_site_and_its_sections_are_in_every_page(paper: Newspaper) -> None:
    assert "site" in made_of(paper.home) & made_of(paper.politics)
    with told() as keys:
        paper.politics.title = "Xây dựng Đảng"
        paper.politics.save_revision().publish()
    assert "site" in keys
    with told() as keys:
        SiteFacts.objects.get().save()
    assert "site" in keys


def test_a_picture_tells_the_pages_that_show_it(paper: Newspaper) -> None:
    shown = picture()
    article, other = paper.publish("Có ảnh", picture=shown), paper.publish("Không ảnh")
    with told() as keys:
        shown.alt = "Hội trường"
        shown.save()
    assert f"page:{article.pk}" in keys
    assert f"page:{other.pk}" not in keys


def test_documents_tell_their_list_and_their_page(paper: Newspaper) -> None:
    with told() as keys:
        shown = document("64-KH/HU", "Kế hoạch")
    assert {"papers", f"paper:{shown.pk}"} <= keys
    with told() as keys:
        pk = shown.pk
        shown.delete()
    assert {"papers", f"paper:{pk}"} <= keys
