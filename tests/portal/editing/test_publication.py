"""The way of an article from its writer over the editor to the publisher, and by the clock."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from giaoban.people.models import Login
from giaoban.portal.editing.tasks import publish_scheduled
from giaoban.portal.pages.models import ArticlePage, SectionPage
from tests.portal.editing.conftest import (
    EDITOR,
    KEEPER,
    PUBLISHER,
    WRITER,
    Sit,
    SiteOfTests,
    edit_at,
    form_of,
    written_by,
)

SUBMIT = {"action-submit": "1"}
PUBLISH = {"action-publish": "1"}


def approve(article: ArticlePage, sit: Sit, login: str) -> int:
    """Somebody approves what waits; the status of the answer."""
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    address = f"/bien-tap/pages/workflow/action/{article.pk}/approve/{state.pk}/"
    return sit(login).post(address).status_code


def waits_at(article: ArticlePage) -> str | None:
    task = ArticlePage.objects.get(pk=article.pk).current_workflow_task
    return None if task is None else task.name


def live(article: ArticlePage) -> bool:
    return bool(ArticlePage.objects.get(pk=article.pk).live)


def test_a_writer_submits_an_editor_approves_a_publisher_publishes(
    site: SiteOfTests, sit: Sit
) -> None:
    article = written_by(WRITER, site.section)
    sent = sit(WRITER).post(edit_at(article), form_of(article) | SUBMIT)
    assert sent.status_code == 302
    assert waits_at(article) == "Biên tập"
    approve(article, sit, EDITOR)
    assert waits_at(article) == "Duyệt đăng"
    assert not live(article)
    approve(article, sit, PUBLISHER)
    assert waits_at(article) is None
    assert live(article)


def test_nobody_approves_out_of_turn(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(WRITER, site.section)
    sit(WRITER).post(edit_at(article), form_of(article) | SUBMIT)
    for login in (WRITER, PUBLISHER, KEEPER):
        approve(article, sit, login)
        assert waits_at(article) == "Biên tập", login
    approve(article, sit, EDITOR)
    for login in (WRITER, EDITOR, KEEPER):
        approve(article, sit, login)
        assert waits_at(article) == "Duyệt đăng", login
    assert not live(article)


def test_sent_back_with_a_reason(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(WRITER, site.section)
    sit(WRITER).post(edit_at(article), form_of(article) | SUBMIT)
    state = ArticlePage.objects.get(pk=article.pk).current_workflow_task_state
    address = f"/bien-tap/pages/workflow/action/{article.pk}/reject/{state.pk}/"
    sit(EDITOR).post(address, {"comment": "Thiếu nguồn số liệu."})
    state.refresh_from_db()
    assert state.status == TaskState.STATUS_REJECTED
    assert state.comment == "Thiếu nguồn số liệu."
    flow = WorkflowState.objects.get()
    assert flow.status == WorkflowState.STATUS_NEEDS_CHANGES
    sit(WRITER).post(edit_at(article), form_of(article) | SUBMIT)
    assert waits_at(article) == "Biên tập"
    assert WorkflowState.objects.count() == 1


@pytest.mark.parametrize("login", [WRITER, EDITOR])
def test_who_does_not_publish_saves_a_draft_whatever_button_they_forge(
    site: SiteOfTests, sit: Sit, login: str
) -> None:
    article = written_by(login, site.section)
    sit(login).post(edit_at(article), form_of(article, title="Tiêu đề mới") | PUBLISH)
    found = ArticlePage.objects.get(pk=article.pk)
    assert not found.live
    assert found.get_latest_revision_as_object().title == "Tiêu đề mới"


def test_a_writer_touches_no_article_of_another(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(EDITOR, site.section)
    before = article.get_latest_revision().pk
    sit(WRITER).post(edit_at(article), form_of(article, title="Không phải bài của mình"))
    assert ArticlePage.objects.get(pk=article.pk).get_latest_revision().pk == before


def test_a_keeper_of_the_site_writes_nothing(site: SiteOfTests, sit: Sit) -> None:
    at = sit(KEEPER)
    article = written_by(WRITER, site.section)
    at.post(edit_at(article), form_of(article, title="Quản trị sửa"))
    assert article.get_latest_revision().object_str == article.title
    assert at.get("/bien-tap/settings/portal_pages/sitefacts/", follow=True).status_code == 200


@pytest.mark.parametrize(("login", "may"), [(WRITER, False), (EDITOR, False), (PUBLISHER, True)])
def test_sections_are_opened_by_who_publishes(
    site: SiteOfTests, sit: Sit, login: str, may: bool
) -> None:
    address = f"/bien-tap/pages/add/portal_pages/sectionpage/{site.home.pk}/"
    assert (sit(login).get(address).status_code == 200) is may
    told = nested_form_data({
        "title": "Kinh tế", "slug": "kinh-te", "search_description": "", "show_in_menus": "on",
        "comments": inline_formset([]),
    })  # fmt: skip
    sit(login).post(address, told | PUBLISH)
    assert SectionPage.objects.filter(slug="kinh-te", live=True).exists() is may


def test_only_who_publishes_takes_down(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(WRITER, site.section)
    article.get_latest_revision().publish()
    for login, still in ((WRITER, True), (EDITOR, True), (PUBLISHER, False)):
        sit(login).post(f"/bien-tap/pages/{article.pk}/unpublish/")
        assert live(article) is still, login


# By the clock


def test_published_and_taken_down_when_it_is_due(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(PUBLISHER, site.section)
    soon, later = timezone.now() + timedelta(hours=1), timezone.now() + timedelta(hours=2)
    told = {"go_live_at": f"{timezone.localtime(soon):%Y-%m-%d %H:%M}",
            "expire_at": f"{timezone.localtime(later):%Y-%m-%d %H:%M}"}  # fmt: skip
    sit(PUBLISHER).post(edit_at(article), form_of(article, **told) | PUBLISH)
    publish_scheduled(0)
    assert not live(article)
    scheduled = ArticlePage.objects.get(pk=article.pk).scheduled_revision
    assert scheduled is not None
    due = timezone.now() - timedelta(minutes=1)
    scheduled.approved_go_live_at = due
    scheduled.content["go_live_at"] = due.isoformat()
    scheduled.save()
    publish_scheduled(0)
    assert live(article)
    ArticlePage.objects.filter(pk=article.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    publish_scheduled(0)
    assert not live(article)


def test_a_scheduled_article_is_nobodys_to_change(site: SiteOfTests, sit: Sit) -> None:
    article = written_by(PUBLISHER, site.section)
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    told = form_of(article, go_live_at=f"{soon:%Y-%m-%d %H:%M}")
    sit(PUBLISHER).post(edit_at(article), told | PUBLISH)
    before = ArticlePage.objects.get(pk=article.pk).latest_revision_id
    sit(EDITOR).post(edit_at(article), form_of(article, title="Sửa lúc đã hẹn giờ"))
    assert ArticlePage.objects.get(pk=article.pk).latest_revision_id == before


def test_the_queue_looks_every_minute() -> None:
    from procrastinate.contrib.django import app

    task = app.tasks["portal.publish_scheduled"]
    assert task.queue == "portal"
    [periodic] = [
        found for found in app.periodic_registry.periodic_tasks.values()
        if found.task.name == "portal.publish_scheduled"
    ]  # fmt: skip
    assert periodic.cron == "* * * * *"


def test_logins_are_not_told_by_mail_where_there_is_no_server(
    site: SiteOfTests, sit: Sit, settings: pytest.FixtureRequest
) -> None:
    import giaoban.portal.settings as ours

    assert ours.MAIL_SERVER or ours.EMAIL_BACKEND.endswith("dummy.EmailBackend")
    assert Login.objects.exclude(email="").count() == 0
