"""Two editors at one article: nothing is lost, and nobody is overruled unasked."""

from __future__ import annotations

import re

from giaoban.people.models import Login
from giaoban.portal.pages.models import ArticlePage
from tests.portal.editing.conftest import (
    EDITOR,
    PUBLISHER,
    Sit,
    SiteOfTests,
    edit_at,
    form_of,
    opened,
    written_by,
)

JSON = {"accept": "application/json"}


def titles(article: ArticlePage) -> list[str]:
    """The titles of every version, the oldest first."""
    found = ArticlePage.objects.get(pk=article.pk).revisions.order_by("created_at", "pk")
    return [revision.content["title"] for revision in found]


def test_the_second_to_save_is_told_and_keeps_what_was_typed(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    at_the_same_time = opened(article)
    first = sit(EDITOR).post(
        edit_at(article), form_of(article, title="Bản của biên tập") | at_the_same_time
    )
    assert first.status_code == 302
    second = sit(PUBLISHER).post(
        edit_at(article), form_of(article, title="Bản của người duyệt") | at_the_same_time
    )
    text = second.content.decode()
    assert second.status_code == 200
    said = text.replace("\u00a0", " ")
    assert f"{EDITOR} vừa sửa “Bản của biên tập” lúc " in said
    assert "nội dung vừa nhập vẫn được giữ bên dưới" in said
    assert "Bản của người duyệt" in text
    assert titles(article) == ["Bản đầu", "Bản của biên tập"]


def test_who_has_seen_it_may_save_over_it(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    early = opened(article)
    sit(EDITOR).post(edit_at(article), form_of(article, title="Bản hai") | early)
    at = sit(PUBLISHER)
    refused = at.post(edit_at(article), form_of(article, title="Bản ba") | early).content.decode()
    now = opened(article)
    for name, value in now.items():
        assert f'name="{name}" value="{value}"' in refused.replace("&#x2B;", "+").replace(
            "&#43;", "+"
        )
    again = at.post(edit_at(article), form_of(article, title="Bản ba") | now)
    assert again.status_code == 302
    assert titles(article) == ["Bản đầu", "Bản hai", "Bản ba"]


def test_publishing_over_a_version_never_seen_is_refused_too(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    early = opened(article)
    sit(EDITOR).post(edit_at(article), form_of(article, title="Bản hai") | early)
    answer = sit(PUBLISHER).post(
        edit_at(article), form_of(article, title="Bản ba") | early | {"action-publish": "1"}
    )
    said = answer.content.decode().replace("\u00a0", " ")
    assert f"{EDITOR} vừa sửa “Bản hai” lúc " in said
    assert "Bản ba" in said
    assert not ArticlePage.objects.get(pk=article.pk).live


def test_autosave_gives_way_to_a_newer_version(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    early = opened(article)
    sit(EDITOR).post(edit_at(article), form_of(article, title="Bản hai") | early)
    answer = sit(PUBLISHER).post(
        edit_at(article),
        form_of(article, title="Bản ba") | early,
        headers={"accept": "application/json"},
    )
    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert titles(article) == ["Bản đầu", "Bản hai"]


def test_autosave_of_one_editor_is_one_version(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    at, told = sit(EDITOR), opened(article)
    for words in ("Gõ", "Gõ dở", "Gõ dở dang"):
        answer = at.post(
            edit_at(article),
            form_of(article, title=words) | told,
            headers={"accept": "application/json"},
        )
        assert answer.status_code == 200, answer.content
        told["overwrite_revision_id"] = str(answer.json()["revision_id"])
    assert titles(article) == ["Bản đầu", "Gõ dở dang"]


def test_two_versions_are_compared(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Kết nạp 134 đảng viên")
    at = sit(EDITOR)
    at.post(edit_at(article), form_of(article, title="Kết nạp 135 đảng viên") | opened(article))
    first, second = article.revisions.order_by("created_at", "pk").values_list("pk", flat=True)
    page = at.get(f"/bien-tap/pages/{article.pk}/revisions/compare/{first}...{second}/")
    assert page.status_code == 200
    shown = page.content.decode()
    for kind, words in (("deletion", "134"), ("addition", "135")):
        found = re.findall(rf'<span class="{kind}">([^<]*)</span>', shown)
        assert any(words in one for one in found), (kind, found)
    assert "So sánh" in shown


def test_a_locked_article_is_changed_by_its_keeper_alone(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section, "Bản đầu")
    assert sit(EDITOR).post(f"/bien-tap/pages/{article.pk}/lock/").status_code == 302
    answer = sit(PUBLISHER).post(
        edit_at(article), form_of(article, title="Sửa lúc đang khóa") | opened(article)
    )
    assert "đang khóa" in answer.content.decode().replace("\u00a0", " ").lower()
    assert titles(article) == ["Bản đầu"]
    told = form_of(article, title="Người khóa sửa") | opened(article)
    sit(EDITOR).post(edit_at(article), told)
    assert titles(article) == ["Bản đầu", "Người khóa sửa"]
    assert sit(PUBLISHER).post(f"/bien-tap/pages/{article.pk}/unlock/").status_code == 302
    assert not ArticlePage.objects.get(pk=article.pk).locked


def test_each_is_told_that_the_other_is_there(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section)
    sit(EDITOR).get(edit_at(article))
    at = sit(PUBLISHER)
    at.get(edit_at(article))
    mine = Login.objects.get(username=PUBLISHER).editing_sessions.get()
    answer = at.post(f"/bien-tap/editing-sessions/ping/wagtailcore/page/{article.pk}/{mine.pk}/")
    assert [other["user"] for other in answer.json()["other_sessions"]] == [EDITOR]
