"""The editors' pages: comments that wait, those that were decided, and the log of decisions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.portal.comments.actions import decline_comments, remove_comments, show_comments
from giaoban.portal.comments.errors import CommentRefused
from giaoban.portal.comments.models import State
from giaoban.portal.comments.queries import decisions, how_many, in_state, reasons_on

MAY_MODERATE = "portal_comments.change_comment"
ON_A_PAGE = 30
# What stands in the address → the state.
LISTS = {
    "cho-duyet": State.WAITING, "da-dang": State.SHOWN, "khong-duyet": State.DECLINED,
    "da-go": State.REMOVED,
}  # fmt: skip
_DONE: dict[str, Callable[..., int]] = {
    "show": show_comments, "decline": decline_comments, "remove": remove_comments,
}  # fmt: skip
_NEEDS_REASON = frozenset({"decline", "remove"})


def _require(request: HttpRequest) -> None:
    if not request.user.has_perm(MAY_MODERATE):
        raise PermissionDenied


@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, of: str = "cho-duyet") -> HttpResponse:
    """Comments in one state, and what is decided about those that are ticked."""
    _require(request)
    refused, status = "", 200
    if request.method == "POST":
        try:
            messages.success(request, _decided(request))
            return redirect(request.get_full_path())
        except CommentRefused as found:
            refused, status = str(found), found.status
    listed = Paginator(in_state(LISTS[of]), ON_A_PAGE).get_page(request.GET.get("p"))
    told = {
        "listed": listed, "of": of, "refused": refused, "tabs": _tabs(of),
        "chosen": set(request.POST.getlist("comment")), "reason": request.POST.get("reason", ""),
        "reasons": reasons_on(timezone.now().astimezone(VIETNAM).date()), "state": LISTS[of],
    }  # fmt: skip
    return render(request, "portal/comments/moderation/queue.html", told, status=status)


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Who decided what, when and why."""
    _require(request)
    listed = Paginator(decisions(), ON_A_PAGE).get_page(request.GET.get("p"))
    told = {"listed": listed, "tabs": _tabs("nhat-ky")}
    return render(request, "portal/comments/moderation/log.html", told)


def _decided(request: HttpRequest) -> str:
    """Carry out what was asked for; what to say of it."""
    # A button beside one comment decides about that one, whatever is ticked.
    act, _colon, alone = request.POST.get("act", "").partition(":")
    if act not in _DONE:
        raise PermissionDenied
    ids = [int(one) for one in ([alone] if alone else request.POST.getlist("comment"))
           if one.isdecimal()]  # fmt: skip
    told: dict[str, Any] = {"ids": ids, "by": Recorder(request.user.username, timezone.now())}
    if act in _NEEDS_REASON:
        told["reason"] = request.POST.get("words", "").strip() or request.POST.get("reason", "")
    n = _DONE[act](**told)
    said = {
        "show": ngettext("{n} comment published.", "{n} comments published.", n),
        "decline": ngettext("{n} comment declined.", "{n} comments declined.", n),
        "remove": ngettext("{n} comment taken off the page.", "{n} comments taken off.", n),
    }[act]
    return said.format(n=n)


def _tabs(here: str) -> list[dict[str, Any]]:
    counted = how_many()
    names = {"cho-duyet": _("Waiting"), "da-dang": _("Published"), "khong-duyet": _("Declined"),
             "da-go": _("Taken off")}  # fmt: skip
    tabs = [
        {"name": names[of], "n": counted[state], "here": of == here,
         "address": reverse("comments_moderation:queue", args=[of])}
        for of, state in LISTS.items()
    ]  # fmt: skip
    address = reverse("comments_moderation:log")
    return [*tabs, {"name": _("Log"), "n": None, "here": here == "nhat-ky", "address": address}]
