"""What waits for its hour when a figure is corrected is published with the figure as corrected."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Revision

from giaoban.people.models import Login
from giaoban.portal.editing.tasks import publish_scheduled
from giaoban.portal.living.citing import keys_cited
from giaoban.portal.living.models import CorrectedSentence, Correction
from giaoban.portal.living.outdated import outdated_sentences
from giaoban.portal.pages.models import ArticlePage
from tests.portal.living.conftest import EDITOR, PUBLISHER, Paper, sat_down
from tests.portal.living.test_correcting import correct, learn, replaced, withdraw


def sentence(paper: Paper, end: str = "đảng viên") -> str:
    return f"<p>Huyện kết nạp {paper.cite('admitted')} {end}.</p>"


def schedule(article: ArticlePage, **changed: object) -> datetime:
    """A version of an article approved for tomorrow; its hour."""
    hour = timezone.now().replace(microsecond=0) + timedelta(days=1)
    for name, value in {"go_live_at": hour, **changed}.items():
        setattr(article, name, value)
    article.save_revision().publish()
    assert again(article).scheduled_revision is not None
    return hour


def again(article: ArticlePage) -> ArticlePage:
    return ArticlePage.objects.get(pk=article.pk)


def strike_the_hour() -> None:
    """Tomorrow has come: what waits is due, and the queue looks."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = past.isoformat()
        revision.approved_go_live_at = past
        revision.save()
    publish_scheduled(0)


def unread(paper: Paper) -> ArticlePage:
    """An article that nobody has read yet, which waits for its hour."""
    made = ArticlePage(title="Chờ giờ đăng", slug="cho", lead="<p>Sapô.</p>", live=False)
    made.body = [("text", sentence(paper))]
    paper.section.add_child(instance=made)
    schedule(made)
    return made


@pytest.fixture
def live(public: Paper) -> ArticlePage:
    """A live article that cites the figure."""
    return public.article(sentence(public)[3:-4])


def shown(article: ArticlePage) -> str:
    return Client().get(again(article).url).content.decode()


def test_a_scheduled_version_of_a_live_page_keeps_its_hour_and_its_words(
    public: Paper, live: ArticlePage
) -> None:
    hour = schedule(again(live), title="Tít của ngày mai")
    learn(public)
    later = replaced(public)
    correct(public)
    waiting = again(live).scheduled_revision
    assert waiting is not None
    assert waiting.approved_go_live_at == hour
    assert keys_cited(waiting.as_object()) == [(later, "admitted")]
    assert again(live).title != "Tít của ngày mai"
    assert ">20<span" in shown(live)
    strike_the_hour()
    assert again(live).title == "Tít của ngày mai"
    assert ">20<span" in shown(live)
    assert ">19<span" not in shown(live)
    assert not outdated_sentences()
    assert Revision.objects.filter(approved_go_live_at__isnull=False).count() == 0


def test_without_a_successor_it_is_published_marked_and_its_card_says_what_is_right(
    public: Paper, live: ArticlePage
) -> None:
    schedule(again(live), title="Tít của ngày mai")
    learn(public)
    correct(public)
    assert again(live).scheduled_revision is not None
    strike_the_hour()
    assert again(live).title == "Tít của ngày mai"
    assert 'class="fig no-more"' in shown(live)
    assert "số đúng là 20" in shown(live)


def test_an_article_that_nobody_has_read_is_set_right_with_the_others(
    public: Paper, live: ArticlePage
) -> None:
    waiting = unread(public)
    learn(public)
    later = replaced(public)
    told = outdated_sentences()
    assert [(one.page.pk, one.goes_live_at is None) for one in told] == [
        (live.pk, True), (waiting.pk, False),
    ]  # fmt: skip
    correct(public)
    assert set(CorrectedSentence.objects.values_list("page_id", flat=True)) == {live.pk}
    assert not again(waiting).live
    strike_the_hour()
    assert again(waiting).live
    assert keys_cited(again(waiting)) == [(later, "admitted")]
    assert ">20<span" in shown(waiting)


def test_it_is_set_right_even_where_only_the_other_article_was_chosen(
    public: Paper, live: ArticlePage
) -> None:
    waiting = unread(public)
    learn(public)
    later = replaced(public)
    client = sat_down(PUBLISHER)
    chosen = next(one.key for one in outdated_sentences() if one.page.pk == live.pk)
    sent = {"sentence": chosen, "note": "Ghi sổ muộn.", "act": "publish"}
    said = client.post("/bien-tap/so-lieu-da-khac/", sent, follow=True).content.decode()
    assert "Cùng được sửa: 1 bài hẹn giờ" in said.replace("\u00a0", " ")
    strike_the_hour()
    assert keys_cited(again(waiting)) == [(later, "admitted")]


def test_where_nobody_has_read_any_there_is_no_notice(public: Paper) -> None:
    waiting = unread(public)
    learn(public)
    later = replaced(public)
    client = sat_down(PUBLISHER)
    page = client.get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "chưa ai đọc" in page
    assert 'id="note"' not in page
    (one,) = outdated_sentences()
    sent = {"sentence": one.key, "act": "publish"}
    said = client.post("/bien-tap/so-lieu-da-khac/", sent, follow=True).content.decode()
    assert "Đính chính đã đăng" not in said
    assert "Đã sửa 1 bài hẹn giờ" in said.replace("\u00a0", " ")
    assert not Correction.objects.exists()
    strike_the_hour()
    assert keys_cited(again(waiting)) == [(later, "admitted")]
    assert not outdated_sentences()


def test_what_waits_and_can_only_be_edited_by_hand_is_told_and_not_to_be_ticked(
    public: Paper,
) -> None:
    waiting = unread(public)
    withdraw(public)
    (one,) = outdated_sentences()
    assert (one.page.pk, one.by_hand) == (waiting.pk, True)
    page = sat_down(PUBLISHER).get("/bien-tap/so-lieu-da-khac/").content.decode()
    assert "sửa câu trước giờ đó" in page.lower()
    assert 'name="sentence"' not in page
    assert 'value="preview"' not in page


def test_a_draft_on_top_of_a_scheduled_version_stays_on_top(
    public: Paper, live: ArticlePage
) -> None:
    hour = schedule(again(live), title="Tít của ngày mai")
    draft = again(live).get_latest_revision_as_object()
    draft.title = "Tít đang viết"
    draft.save_revision()
    learn(public)
    later = replaced(public)
    correct(public)
    newest = again(live).get_latest_revision()
    assert newest.as_object().title == "Tít đang viết"
    assert newest.approved_go_live_at is None
    waiting = again(live).scheduled_revision
    assert waiting is not None
    assert (waiting.approved_go_live_at, waiting.as_object().title) == (hour, "Tít của ngày mai")
    for version in (newest, waiting):
        assert keys_cited(version.as_object()) == [(later, "admitted")]


def test_what_cites_other_figures_is_left_as_it_is(public: Paper, live: ArticlePage) -> None:
    other = ArticlePage(title="Khác", slug="khac", lead="<p>Sapô.</p>", live=False)
    other.body = [("text", f"<p>Chỉ tiêu là {public.cite('plan')}.</p>")]
    public.section.add_child(instance=other)
    schedule(other)
    before = again(other).scheduled_revision
    learn(public)
    told = outdated_sentences()
    assert [one.numbers[0].figure.address for one in told] == ["admitted"]
    correct(public)
    assert again(other).scheduled_revision == before


def test_who_does_not_publish_changes_no_hour(public: Paper, live: ArticlePage) -> None:
    unread(public)
    learn(public)
    replaced(public)
    before = set(Revision.objects.values_list("pk", "approved_go_live_at"))
    (one, *_rest) = outdated_sentences()
    sent = {"sentence": one.key, "note": "x", "act": "publish"}
    sat_down(EDITOR).post("/bien-tap/so-lieu-da-khac/", sent)
    assert set(Revision.objects.values_list("pk", "approved_go_live_at")) == before


def test_what_is_on_its_way_through_the_workflow_goes_on_with_the_figure(
    public: Paper, live: ArticlePage
) -> None:
    draft = again(live)
    draft.title = "Tít đã trình"
    draft.save_revision()
    draft.get_workflow().start(draft, user=Login.objects.get(username=EDITOR))
    learn(public)
    later = replaced(public)
    correct(public)
    state = again(live).current_workflow_state
    assert state is not None
    assert state.status == state.STATUS_IN_PROGRESS
    assert again(live).title != "Tít đã trình"
    for login in (EDITOR, PUBLISHER):
        task = again(live).current_workflow_task_state
        assert task is not None
        task.approve(user=Login.objects.get(username=login))
    found = again(live)
    assert found.title == "Tít đã trình"
    assert keys_cited(found) == [(later, "admitted")]
