"""A page with other figures: its live version, what waits for its hour, and a draft on top.

Each keeps its own words and its place: the hour, the step of the workflow.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from wagtail.models import Page, Revision, TaskState, WorkflowState

from giaoban.people.models import Login
from giaoban.portal.living.citing import rewrite
from giaoban.portal.living.queries import Key

Renewals = dict[Key, tuple[Key, str]]  # a figure: the one that stands for it, and how that reads


def renew(pk: int, others: Renewals, login: Login) -> None:
    """Let a page cite other figures: published anew where it is live; what waits for its hour goes
    on waiting, a draft on top stays a draft."""
    page = Page.objects.get(pk=pk).specific
    waiting: Revision | None = page.scheduled_revision
    draft = page.latest_revision if page.has_unpublished_changes else None
    if page.live and rewrite(page, others.get):
        with _left_in_workflow(page):
            # This takes every other version of the page off the clock.
            page.save_revision(user=login, log_action=True).publish(user=login)
    if waiting is not None:
        _save_anew(waiting, others, login)
    if draft is not None and draft != waiting:
        _save_anew(draft, others, login)


def _save_anew(version: Revision, others: Renewals, login: Login) -> None:
    """A version with other figures as the newest one of its page, at the same hour and the same
    step of the workflow."""
    hour = version.approved_go_live_at
    written = version.as_object()
    rewrite(written, others.get)
    anew = written.save_revision(user=login, approved_go_live_at=hour)
    Revision.objects.filter(pk=version.pk).update(approved_go_live_at=None)
    TaskState.objects.filter(revision=version, status=TaskState.STATUS_IN_PROGRESS).update(
        revision=anew
    )


@contextmanager
def _left_in_workflow(page: Page) -> Iterator[None]:
    """Publishing cancels what of a page is on its way through the workflow; here it stays."""
    on_its_way = dict(page.workflow_states.active().values_list("pk", "status"))
    WorkflowState.objects.filter(pk__in=on_its_way).update(status=WorkflowState.STATUS_CANCELLED)
    yield
    for pk, status in on_its_way.items():
        WorkflowState.objects.filter(pk=pk).update(status=status)
