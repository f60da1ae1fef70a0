"""A comment is sent: what comes in is looked at step by step, the cheapest first."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.http import HttpRequest

from giaoban.portal.comments import limits, suggesting
from giaoban.portal.comments.actions import receive_comment
from giaoban.portal.comments.checks import checked_name, checked_text
from giaoban.portal.comments.errors import (
    CommentRefused,
    CommentsClosed,
    FromElsewhere,
    NoDiacritics,
    NoDiacriticsNorSuggestion,
    StampMissing,
    StampOld,
    TooLarge,
    TrapFilled,
)
from giaoban.portal.comments.models import MOST_IN_TEXT
from giaoban.portal.comments.queries import comments_open
from giaoban.portal.comments.stamps import check_stamp, stamp
from giaoban.portal.pages.limits import Counted, client, hashed
from giaoban.portal.pages.models import ArticlePage

# Of a text that is too long, as much is shown again as anybody may have typed.
MOST_BYTES = 512 * 1024


@dataclass
class Form:
    """The form as it came, and what is wrong with it; shown again, nothing typed is lost."""

    name: str = ""
    text: str = ""
    trap: str = ""
    stamp: str = ""
    suggestion: str = ""
    refused: list[CommentRefused] = field(default_factory=list)

    @property
    def faults(self) -> dict[str, str]:
        """What is wrong, by field; "" for what is of no field."""
        return {one.field: str(one) for one in reversed(self.refused)}

    @property
    def general(self) -> str:
        """What is wrong with no field in particular."""
        return self.faults.get("", "")

    @property
    def status(self) -> int:
        """The answer's status, as HTTP has it."""
        return self.refused[0].status if self.refused else 200


def read_form(request: HttpRequest, page_id: int, at: datetime) -> Form:
    """What was typed; a body far beyond any comment is not even read, and told so."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return Form(stamp=stamp(page_id, at), refused=[TooLarge(most=MOST_IN_TEXT)])
    told = request.POST
    return Form(
        name=told.get("name", ""), text=told.get("text", ""), trap=told.get("trap", ""),
        stamp=told.get("stamp", ""), suggestion=told.get("suggestion", ""),
    )  # fmt: skip


def flooded(request: HttpRequest, page_id: int, at: datetime) -> CommentRefused | None:
    """What is said while a limit is reached: the first thing that is looked at, by one question."""
    address = hashed(client(request), at)
    tried, kept = limits.a_try(address), limits.a_comment(address, page_id)
    try:
        Counted(tried.about + kept.about).check(at)
    except CommentRefused as refused:
        return refused
    return None


def send(request: HttpRequest, page: ArticlePage, form: Form, at: datetime) -> str | None:
    """Take the comment of a form: its writer's key, or None with what is wrong in ``form``."""
    try:
        if form.refused:
            return None
        _check_way(request, page)
        address = hashed(client(request), at)
        limits.a_try(address).count(at)
        _look_through(form, page, at)
        if not form.refused:
            return receive_comment(
                page=page, name=form.name, text=form.text, address=address, at=at
            )[0]
    except CommentRefused as refused:
        form.refused.append(refused)
    return None


def take_suggestion(form: Form) -> None:
    """Put the suggestion where the text stood. It is not sent yet: its writer reads it first."""
    if form.suggestion:
        form.text, form.suggestion = form.suggestion, ""


def from_here(request: HttpRequest) -> bool:
    """Whether a page of this site sent a request. Browsers say which; who says nothing is none."""
    told = request.headers.get("Sec-Fetch-Site")
    if told is not None:
        return told == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()


def _check_way(request: HttpRequest, page: ArticlePage) -> None:
    if not from_here(request):
        raise FromElsewhere
    if not comments_open(page):
        raise CommentsClosed


def _look_through(form: Form, page: ArticlePage, at: datetime) -> None:
    """Note all that is wrong, so that it can be mended at once."""
    if form.trap:
        form.refused.append(TrapFilled())
    try:
        check_stamp(form.stamp, page.pk, at)
    except CommentRefused as refused:
        form.refused.append(refused)
        if isinstance(refused, StampMissing | StampOld):
            form.stamp = stamp(page.pk, at)
    for told, check in ((form.name, checked_name), (form.text, checked_text)):
        try:
            check(told)
        except NoDiacritics:
            form.refused.append(_with_suggestion(form))
        except CommentRefused as refused:
            form.refused.append(refused)


def _with_suggestion(form: Form) -> CommentRefused:
    form.suggestion = suggesting.suggestion(form.text) or ""
    return NoDiacritics() if form.suggestion else NoDiacriticsNorSuggestion()
