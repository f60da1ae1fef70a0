"""What an act at the portal makes old leaves memory at the commit, and nothing else does; and from
memory or not, every answer says what a browser may do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from giaoban.journal.writing import Recorder
from giaoban.portal.comments.actions import show_comments
from giaoban.portal.comments.models import Comment
from giaoban.portal.pages.models import ArticlePage, SectionPage
from tests.portal.front.readers import Readers, readers
from tests.portal.front.test_listening import until
from tests.portal.living.conftest import Paper, lay_paper
from tests.portal.living.test_correcting import correct, learn
from tests.world import World


@pytest.fixture
def paper(committed: World, tmp_path: Path, settings: Any) -> Paper:
    settings.MEDIA_ROOT = tmp_path
    laid = lay_paper(committed)
    laid.publish()
    return laid


@pytest.fixture
def reader(paper: Paper) -> Iterator[Readers]:
    with readers() as first:
        yield first


@pytest.fixture
def article(paper: Paper) -> ArticlePage:
    """An article that cites the number of admissions."""
    return paper.article(f"Huyện kết nạp {paper.cite('admitted')} đảng viên.")


@pytest.fixture
def other(paper: Paper, article: ArticlePage) -> ArticlePage:
    """An article of another section, which cites another number of the same report."""
    section = paper.home.add_child(instance=SectionPage(title="Kinh tế", slug="kinh-te"))
    made = ArticlePage(title="Chỉ tiêu năm", slug="chi-tieu", lead="<p>Sapô.</p>")
    made.body = [("text", f"<p>Chỉ tiêu là {paper.cite('plan')}.</p>")]
    section.add_child(instance=made)
    made.save_revision().publish()
    return ArticlePage.objects.get(pk=made.pk)


def remember(reader: Readers, *pages: ArticlePage) -> None:
    for page in pages:
        assert until(lambda page=page: reader.ask(page.url) and reader.kept(page.url))


def test_publishing_an_article_makes_it_new_and_leaves_another_section(
    reader: Readers, article: ArticlePage, other: ArticlePage
) -> None:
    remember(reader, article, other)
    article.title = "Huyện kết nạp đảng viên ở cơ sở"
    article.save_revision().publish()
    assert until(lambda: not reader.kept(article.url))
    assert reader.kept_of_before(article.url)  # for who asks while it is made anew
    assert "ở cơ sở</h1>" in reader.ask(article.url)[2]
    assert not reader.kept_of_before(article.url)
    assert reader.kept(other.url)
    article.unpublish()
    assert until(lambda: not reader.kept(article.url))
    assert not reader.kept_of_before(article.url)


def test_a_correction_makes_its_article_new_and_leaves_the_others(
    paper: Paper, reader: Readers, article: ArticlePage, other: ArticlePage
) -> None:
    learn(paper)
    remember(reader, article, other)
    assert "/dinh-chinh/" in reader.ask("/dinh-chinh/")[2]
    assert reader.kept("/dinh-chinh/")
    correct(paper, note="Ghi sổ muộn một trường hợp.")
    assert until(lambda: not reader.kept(article.url) and not reader.kept("/dinh-chinh/"))
    assert not reader.kept_of_before(article.url)
    assert not reader.kept_of_before("/dinh-chinh/")
    for path in (article.url, "/dinh-chinh/"):
        assert "Ghi sổ muộn một trường hợp." in reader.ask(path)[2]
    assert reader.kept(other.url)


def test_a_comment_that_is_shown_makes_its_article_new_and_leaves_the_others(
    reader: Readers, article: ArticlePage, other: ArticlePage
) -> None:
    remember(reader, article, other)
    one = Comment.objects.create(
        page=article, name="Lê Minh Châu", text="Bài viết rõ ràng.", received_at=timezone.now(),
        key_digest="0" * 64,
    )  # fmt: skip
    assert "Bài viết rõ ràng." not in reader.ask(article.url)[2]
    assert reader.kept(article.url)
    show_comments(ids=[one.pk], by=Recorder("bientap", timezone.now()))
    assert until(lambda: not reader.kept(article.url))
    assert reader.kept_of_before(article.url)
    assert "Bài viết rõ ràng." in reader.ask(article.url)[2]
    assert reader.kept(other.url)


PATHS = ("/", "/chinh-tri/", "/so-lieu/", "/tim-kiem/?q=ket+nap", "/khong-co/", "/rss/",
         "/sitemap.xml", "/y-kien/viet/{pk}/", "{url}")  # fmt: skip
RULES = ("default-src 'self'", "script-src 'self'", "style-src 'self'", "form-action 'self'",
         "frame-ancestors 'none'", "base-uri 'none'")  # fmt: skip
HEADERS = {
    "X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
}  # fmt: skip
# A script or style in a page, or an act of one: the policy would refuse it.
LOOSE = re.compile(
    r"<style|<script(?! src=\"/static/| type=\"application/ld\+json\")|<[^>]+\s(?:style|on\w+)="
)


def test_every_answer_is_strict_made_anew_or_from_memory(
    reader: Readers, article: ArticlePage
) -> None:
    paths = [path.format(pk=article.pk, url=article.url) for path in PATHS]
    for path in (*paths, *paths):  # the second time those that may be come from memory
        _status, headers, body = reader.ask(path)
        policy = headers["Content-Security-Policy"].split("; ")
        assert set(RULES) <= {rule.rstrip(";") for rule in policy}, path
        assert "unsafe" not in headers["Content-Security-Policy"], path
        assert {name: headers.get(name) for name in HEADERS} == HEADERS, path
        assert not LOOSE.search(body), path
    assert reader.kept(article.url)
    assert reader.kept("/")
