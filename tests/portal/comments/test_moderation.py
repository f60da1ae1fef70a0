"""Editors decide about comments: one, many, with a reason, with a line in the log."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from giaoban.people.models import Login
from giaoban.portal.comments.models import Comment, CommentDecision, DeclineReason, State, What
from giaoban.portal.pages.models import ArticlePage
from tests.portal.comments.conftest import TEXT, Reader, kept

QUEUE = "/bien-tap/y-kien/"
REASON = "Quảng cáo"


@pytest.fixture
def three(reader: Reader) -> list[Comment]:
    return [kept(reader.sends(f"{TEXT} Lần {n}.")["Location"]) for n in range(3)]


def states() -> list[int]:
    return list(Comment.objects.order_by("pk").values_list("state", flat=True))


def test_those_that_wait_are_read_in_full(editor: Client, three: list[Comment]) -> None:
    page = editor.get(QUEUE).content.decode()
    assert all(comment.text in page for comment in three)
    assert REASON in page


def test_one_is_published_by_its_own_button(editor: Client, three: list[Comment]) -> None:
    answer = editor.post(QUEUE, {"act": f"show:{three[1].pk}", "comment": [str(three[0].pk)]})
    assert answer.status_code == 302
    assert states() == [State.WAITING, State.SHOWN, State.WAITING]
    line = CommentDecision.objects.get()
    assert (line.what, line.by, line.headline) == (What.SHOWN, "bientap", three[0].page.title)


def test_many_are_declined_at_once_with_a_reason(editor: Client, three: list[Comment]) -> None:
    chosen = [str(comment.pk) for comment in three[:2]]
    without = editor.post(QUEUE, {"act": "decline", "comment": chosen})
    assert without.status_code == 422
    assert "Chưa có lý do" in without.content.decode()
    assert without.content.decode().count(" checked") == 2
    editor.post(QUEUE, {"act": "decline", "comment": chosen, "reason": REASON})
    assert states() == [State.DECLINED, State.DECLINED, State.WAITING]
    assert set(CommentDecision.objects.values_list("reason", flat=True)) == {REASON}


def test_a_reason_of_ones_own_goes_before_the_list(editor: Client, three: list[Comment]) -> None:
    told = {"act": "decline", "comment": [str(three[0].pk)], "reason": REASON, "words": "Lặp lại"}
    editor.post(QUEUE, told)
    assert CommentDecision.objects.get().reason == "Lặp lại"


def test_two_at_once_the_second_is_told_and_nothing_is_done(
    editor: Client, three: list[Comment]
) -> None:
    chosen = [str(comment.pk) for comment in three]
    editor.post(QUEUE, {"act": f"show:{three[0].pk}"})
    answer = editor.post(QUEUE, {"act": "decline", "comment": chosen, "reason": REASON})
    assert answer.status_code == 409
    assert states() == [State.SHOWN, State.WAITING, State.WAITING]


def test_nothing_ticked_is_told(editor: Client, three: list[Comment]) -> None:
    answer = editor.post(QUEUE, {"act": "show"})
    assert answer.status_code == 422
    assert "Chưa chọn" in answer.content.decode()


def test_a_declined_one_is_published_after_all_and_taken_off(
    editor: Client, three: list[Comment]
) -> None:
    pk = three[0].pk
    editor.post(QUEUE, {"act": "decline", "comment": [str(pk)], "reason": REASON})
    editor.post(f"{QUEUE}khong-duyet/", {"act": f"show:{pk}"})
    editor.post(
        f"{QUEUE}da-dang/", {"act": "remove", "comment": [str(pk)], "words": "Tác giả đề nghị"}
    )
    assert states()[0] == State.REMOVED
    log = editor.get(f"{QUEUE}nhat-ky/").content.decode()
    assert "Tác giả đề nghị" in log
    assert log.count("bientap") >= 3


def test_how_many_wait_stands_on_the_first_page(editor: Client, three: list[Comment]) -> None:
    assert "3\u00a0bình luận chờ duyệt" in editor.get("/bien-tap/").content.decode()


def test_reasons_hold_from_a_day_until_a_day(editor: Client, three: list[Comment]) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    DeclineReason.objects.filter(words_vi=REASON).update(until_on=yesterday)
    DeclineReason.objects.create(
        words_vi="Sắp có", words_en="Soon", from_on=yesterday + timedelta(days=9)
    )
    page = editor.get(QUEUE).content.decode()
    assert REASON not in page
    assert "Sắp có" not in page
    assert "Ngoài nội dung bài viết" in page


@pytest.mark.parametrize("path", [QUEUE, f"{QUEUE}da-dang/", f"{QUEUE}nhat-ky/"])
def test_only_who_moderates(article: ArticlePage, path: str) -> None:
    writer = Login.objects.create_user("nguoiviet", password=None)
    writer.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(writer)
    assert client.get(path).status_code in (302, 403)


def test_thirty_cost_as_many_queries_as_two(editor: Client, article: ArticlePage) -> None:
    def asked(n: int) -> int:
        made = Comment.objects.count()
        at = timezone.now()
        Comment.objects.bulk_create(
            Comment(page=article, name="An", text="Hay.", received_at=at, key_digest=str(made + i))
            for i in range(n)
        )
        with CaptureQueriesContext(connection) as found:
            assert editor.get(QUEUE).status_code == 200
        return len(found)

    asked(1)
    assert asked(1) == asked(28)
