"""What is done with a comment: received, shown, declined, removed, taken back, forgotten."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from giaoban.journal.writing import Recorder
from giaoban.portal.caching import changed, renewed
from giaoban.portal.comments.checks import checked_name, checked_text
from giaoban.portal.comments.errors import (
    CommentsClosed,
    DecidedMeanwhile,
    NothingChosen,
    ReasonMissing,
)
from giaoban.portal.comments.limits import a_comment
from giaoban.portal.comments.models import Comment, CommentDecision, State, What
from giaoban.portal.comments.queries import comments_open, digest_of
from giaoban.portal.pages.models import ArticlePage

# How long name and text of what is not shown are kept, should a decision be looked at again.
KEPT_DAYS = 90
# Whoever sends twice at once, being impatient, has sent once.
SAME_MINUTES = 10


def receive_comment(
    *, page: ArticlePage, name: str, text: str, address: str, at: datetime
) -> tuple[str, Comment]:
    """Take a reader's comment; it waits to be decided. Returns its writer's key and the comment.

    ``address`` is the hash under which its network is counted (``pages/limits.hashed``). The key is
    told to its writer alone and can't be found out again. The same comment from the same address
    within ten minutes is the one that waits already, under the same key.

    Raises ``CommentsClosed``, and what ``checks`` and ``limits`` refuse.
    """
    name, text = checked_name(name), checked_text(text)
    if not comments_open(page):
        raise CommentsClosed
    key = _key(page.pk, address, name, text, at)
    with transaction.atomic():
        found = Comment.objects.filter(key_digest=digest_of(key)).first()
        if found is not None:
            return key, found
        a_comment(address, page.pk).count(at)
        made, _is_new = Comment.objects.get_or_create(
            key_digest=digest_of(key),
            defaults={"page": page, "name": name, "text": text, "received_at": at},
        )
    return key, made


def _key(page_id: int, address: str, name: str, text: str, at: datetime) -> str:
    """Made of what was sent and of a secret, so that sending twice at once gives one key.

    The address's hash changes with the day's salt, which is then forgotten.
    """
    stretch = int(at.timestamp()) // (SAME_MINUTES * 60)
    told = "\0".join((str(page_id), address, name, text, str(stretch)))
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), sha256).hexdigest()[:40]


def show_comments(*, ids: Iterable[int], by: Recorder) -> int:
    """Publish comments that wait, or that were declined or removed and are still kept. How many.

    Raises ``NothingChosen``; ``DecidedMeanwhile`` where one stands otherwise by now: then nothing
    is decided at all.
    """

    def may(comment: Comment) -> bool:
        return comment.state != State.SHOWN and comment.kept

    return _decide(ids, What.SHOWN, "", by, may)


def decline_comments(*, ids: Iterable[int], reason: str, by: Recorder) -> int:
    """Decline comments that wait; the reason is told to their writers. How many.

    Raises ``NothingChosen``, ``ReasonMissing``, ``DecidedMeanwhile``.
    """
    return _decide(ids, What.DECLINED, _given(reason), by, lambda one: one.state == State.WAITING)


def remove_comments(*, ids: Iterable[int], reason: str, by: Recorder) -> int:
    """Take comments that are shown off the page again; the reason is told. How many.

    Raises ``NothingChosen``, ``ReasonMissing``, ``DecidedMeanwhile``.
    """
    return _decide(ids, What.REMOVED, _given(reason), by, lambda one: one.state == State.SHOWN)


def take_back_comment(*, comment: Comment, at: datetime) -> None:
    """Carry out its writer's wish: the comment goes at once, with its name and text."""
    with transaction.atomic():
        locked = Comment.objects.select_for_update(of=("self",)).select_related("page")
        found = locked.get(pk=comment.pk)
        if found.kept:
            found.name = found.text = ""
            _settle([found], What.TAKEN_BACK, "", at, "")


def forget_old(*, at: datetime) -> int:
    """Erase name and text of what was declined or removed more than 90 days ago. How many."""
    hidden = Comment.objects.filter(state__in=[State.DECLINED, State.REMOVED]).exclude(text="")
    lately = CommentDecision.objects.filter(at__gte=at - timedelta(days=KEPT_DAYS))
    with transaction.atomic():
        found = list(
            hidden.exclude(pk__in=lately.values("comment_id"))
            .select_for_update(of=("self",))
            .select_related("page")
        )
        for comment in found:
            comment.name = comment.text = ""
        _settle(found, What.FORGOTTEN, "", at, "")
    return len(found)


def _given(reason: str) -> str:
    if not reason.strip():
        raise ReasonMissing
    return reason.strip()[:300]


def _decide(
    ids: Iterable[int], what: What, reason: str, by: Recorder, may: Callable[[Comment], bool]
) -> int:
    with transaction.atomic():
        found = list(_locked(ids))
        if not found:
            raise NothingChosen
        if others := sum(not may(comment) for comment in found):
            raise DecidedMeanwhile(n=others)
        _settle(found, what, reason, by.at, by.name)
    return len(found)


def _locked(ids: Iterable[int]) -> QuerySet[Comment]:
    chosen = Comment.objects.filter(pk__in=set(ids)).order_by("pk")
    return chosen.select_for_update(of=("self",)).select_related("page")


_BECOMES = {
    What.SHOWN: State.SHOWN, What.DECLINED: State.DECLINED, What.REMOVED: State.REMOVED,
    What.TAKEN_BACK: State.REMOVED,
}  # fmt: skip


def _settle(found: list[Comment], what: What, reason: str, at: datetime, by: str) -> None:
    """Write what was decided, and tell the pages that show it otherwise."""
    becomes = _BECOMES.get(what)
    seen = {one.page_id for one in found if State.SHOWN in (one.state, becomes)}
    for comment in found:
        comment.state = becomes or comment.state
    Comment.objects.bulk_update(found, ["state", "name", "text"])
    CommentDecision.objects.bulk_create(
        CommentDecision(
            comment=comment, headline=comment.page.title, what=what, reason=reason, at=at, by=by
        )
        for comment in found
    )
    # One more to read can wait for a moment; one that goes is gone at once.
    tell = renewed if what is What.SHOWN else changed
    tell(*(f"comments:{page_id}" for page_id in seen))
