"""What is shown below an article, and what waits to be decided."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.db.models import Count, Q, QuerySet
from wagtail.models import Site

from giaoban.portal.comments.models import Comment, CommentDecision, DeclineReason, State
from giaoban.portal.pages.models import ArticlePage, SiteFacts


def comments_open(page: ArticlePage, site: Site | None = None) -> bool:
    """Whether readers may comment: everybody may read the article, and neither it nor its site is
    closed. ``site`` is its site, where that is known already."""
    public = page.live and not page.get_view_restrictions().exists()
    if not (public and page.comments_open):
        return False
    found: Site | None = site or page.get_site()
    return found is not None and bool(SiteFacts.for_site(found).comments_open)


def shown_below(page: ArticlePage) -> QuerySet[Comment]:
    """The comments that are shown below an article, the newest first."""
    shown = Comment.objects.filter(page_id=page.pk, state=State.SHOWN)
    return shown.order_by("-received_at", "-pk")


def article_with_comments(page_id: int) -> ArticlePage | None:
    """A live article that everybody may read, by its number."""
    public = ArticlePage.objects.live().public()
    found: ArticlePage | None = public.filter(pk=page_id).first()
    return found


def digest_of(key: str) -> str:
    """What is kept of a writer's key."""
    return sha256(key.encode()).hexdigest()


def comment_by_key(key: str) -> Comment | None:
    """The comment that a writer's key belongs to."""
    return Comment.objects.select_related("page").filter(key_digest=digest_of(key)).first()


def last_decision(comment: Comment) -> CommentDecision | None:
    """What was decided last about a comment."""
    return CommentDecision.objects.filter(comment=comment).order_by("-at", "-pk").first()


def in_state(state: State) -> QuerySet[Comment]:
    """The comments in a state: those that wait in the order they came, the others newest first."""
    order = ("received_at", "pk") if state == State.WAITING else ("-received_at", "-pk")
    return Comment.objects.select_related("page").filter(state=state).order_by(*order)


def how_many() -> dict[int, int]:
    """How many comments stand in each state."""
    counted = Comment.objects.values_list("state").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(State.values, 0) | dict(counted)


def decisions() -> QuerySet[CommentDecision]:
    """The log, the newest line first."""
    return CommentDecision.objects.order_by("-at", "-pk")


def reasons_on(day: date) -> QuerySet[DeclineReason]:
    """The reasons that may be given on a day."""
    return DeclineReason.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day), from_on__lte=day
    )
