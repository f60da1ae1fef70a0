"""What stands below an article, and what the writer of a comment can do later."""

from __future__ import annotations

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import ProgrammingError
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.utils import timezone

from giaoban.journal.writing import Recorder
from giaoban.portal.caching import depended
from giaoban.portal.comments.actions import (
    decline_comments,
    forget_old,
    remove_comments,
    show_comments,
)
from giaoban.portal.comments.models import Comment, CommentDecision, State, What
from giaoban.portal.pages.models import ArticlePage, SiteFacts
from tests.portal.comments.conftest import NAME, TEXT, Reader, kept

REASON = "Ngoài nội dung bài viết"


def by() -> Recorder:
    return Recorder("bientap", timezone.now())


def below(article: ArticlePage) -> str:
    request = RequestFactory().get("/")
    told = Context({"page": article, "request": request})
    return Template("{% load comments %}{% comments page %}").render(told)


@pytest.fixture
def sent(reader: Reader) -> Comment:
    return kept(reader.sends(f"<b>{TEXT}</b>")["Location"])


def test_nothing_is_shown_before_it_is_decided(sent: Comment, article: ArticlePage) -> None:
    assert TEXT not in below(article)
    show_comments(ids=[sent.pk], by=by())
    shown = below(article)
    assert f"&lt;b&gt;{TEXT}&lt;/b&gt;" in shown
    assert NAME in shown
    remove_comments(ids=[sent.pk], reason=REASON, by=by())
    assert TEXT not in below(article)


def test_the_page_says_what_it_is_made_of(article: ArticlePage) -> None:
    request = RequestFactory().get("/")
    told = Context({"page": article, "request": request})
    Template("{% load comments %}{% comments page %}").render(told)
    assert f"comments:{article.pk}" in depended(request)


def test_a_decision_tells_the_pages_and_a_waiting_comment_none(reader: Reader) -> None:
    told: list[str] = []
    at = "giaoban.portal.comments.actions"
    with (
        patch(f"{at}.changed", lambda *keys: told.extend(keys)),
        patch(f"{at}.renewed", lambda *keys: told.extend(keys)),
    ):
        comment = kept(reader.sends()["Location"])
        decline_comments(ids=[comment.pk], reason=REASON, by=by())
        assert told == []
        show_comments(ids=[comment.pk], by=by())
    assert told == [f"comments:{reader.article.pk}"]


def test_closed_and_empty_there_is_nothing_closed_with_some_they_stay(
    sent: Comment, article: ArticlePage
) -> None:
    ArticlePage.objects.update(comments_open=False)
    article.refresh_from_db()
    assert below(article).strip() == ""
    show_comments(ids=[sent.pk], by=by())
    shown = below(article)
    assert TEXT in shown
    assert "<form" not in shown
    ArticlePage.objects.update(comments_open=True)
    article.refresh_from_db()
    assert "<form" in below(article)
    SiteFacts.objects.update(comments_open=False)
    assert "<form" not in below(ArticlePage.objects.get(pk=article.pk))


def test_below_an_article_for_some_nobody_writes_and_nothing_is_read(
    sent: Comment, article: ArticlePage
) -> None:
    show_comments(ids=[sent.pk], by=by())
    addresses = (f"/y-kien/viet/{article.pk}/", f"/y-kien/bai/{article.pk}/")
    answers = [Client().get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert f"page:{article.pk}" in depended(answers[1].wsgi_request)
    article.view_restrictions.create(restriction_type="login")
    assert [Client().get(address).status_code for address in addresses] == [404, 404]


def test_more_than_twenty_are_on_pages_of_their_own(article: ArticlePage) -> None:
    first_at = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            page=article, name=NAME, text=f"Ý kiến thứ {n}.", state=State.SHOWN, key_digest=str(n),
            received_at=first_at + timedelta(minutes=n),
        )
        for n in range(1, 61)
    )  # fmt: skip
    shown = below(article)
    assert "Ý kiến thứ 60." in shown
    assert "Ý kiến thứ 40." not in shown
    assert f"/y-kien/bai/{article.pk}/" in shown
    first = Client().get(f"/y-kien/bai/{article.pk}/").content.decode()
    last = Client().get(f"/y-kien/bai/{article.pk}/?trang=2").content.decode()
    assert "Ý kiến thứ 11." in first
    assert "Ý kiến thứ 10." in last
    assert "Ý kiến thứ 11." not in last


class TestItsWriter:
    """With the key, and without any account, its writer sees what was decided and takes it back."""

    def test_sees_what_was_decided(self, reader: Reader) -> None:
        address = reader.sends()["Location"]
        comment = kept(address)
        page = Client().get(address)
        assert "đã được tiếp nhận" in page.content.decode()
        assert page["Referrer-Policy"] == "no-referrer"
        assert "no-store" in page["Cache-Control"]
        decline_comments(ids=[comment.pk], reason=REASON, by=by())
        assert REASON in Client().get(address).content.decode()
        show_comments(ids=[comment.pk], by=by())
        assert "đã được đăng" in Client().get(address).content.decode()

    def test_takes_it_back(self, reader: Reader) -> None:
        address = reader.sends()["Location"]
        comment = kept(address)
        show_comments(ids=[comment.pk], by=by())
        here = {"Sec-Fetch-Site": "same-origin"}
        answer = Client().post(f"{address}rut-lai/", headers=here)
        assert answer["Location"] == address
        assert TEXT not in below(reader.article)
        comment.refresh_from_db()
        assert (comment.name, comment.text, comment.state) == ("", "", State.REMOVED)
        assert "đã được xóa" in Client().get(address).content.decode()
        last = CommentDecision.objects.latest("pk")
        assert (last.what, last.by) == (What.TAKEN_BACK, "")
        Client().post(f"{address}rut-lai/", headers=here)
        assert CommentDecision.objects.count() == 2

    def test_from_another_website_it_stays(self, reader: Reader) -> None:
        address = reader.sends()["Location"]
        answer = Client().post(f"{address}rut-lai/", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403
        assert kept(address).text == TEXT

    def test_without_the_key_there_is_no_such_page(self, sent: Comment) -> None:
        assert Client().get("/y-kien/cua-toi/" + "0" * 40 + "/").status_code == 404
        assert Client().get(f"/y-kien/cua-toi/{sent.key_digest}/").status_code == 404


def test_what_is_not_shown_is_forgotten_after_ninety_days(reader: Reader) -> None:
    declined, removed, shown, waiting = (
        kept(reader.sends(f"{TEXT} Lần {n}.")["Location"]) for n in range(4)
    )
    decline_comments(ids=[declined.pk], reason=REASON, by=by())
    show_comments(ids=[removed.pk, shown.pk], by=by())
    remove_comments(ids=[removed.pk], reason=REASON, by=by())
    assert forget_old(at=timezone.now() + timedelta(days=89)) == 0
    assert forget_old(at=timezone.now() + timedelta(days=91)) == 2
    left = dict(Comment.objects.values_list("pk", "text"))
    assert left[declined.pk] == left[removed.pk] == ""
    assert left[shown.pk]
    assert left[waiting.pk]
    assert forget_old(at=timezone.now() + timedelta(days=91)) == 0


def test_the_log_is_only_added_to(sent: Comment) -> None:
    show_comments(ids=[sent.pk], by=by())
    with pytest.raises(ProgrammingError, match="permission denied"):
        CommentDecision.objects.update(reason="khác")
