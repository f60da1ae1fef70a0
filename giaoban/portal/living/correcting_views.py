"""The editors' screen of what is no longer so in articles, and the publisher's correction of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page

from giaoban.journal.errors import RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.writing import Recorder
from giaoban.portal.living.correcting import Corrected, publish_correction
from giaoban.portal.living.models import WhyWithdrawn
from giaoban.portal.living.outdated import Outdated, OutdatedNumber, outdated_sentences
from giaoban.portal.living.publishing import CORRECT
from giaoban.portal.living.reasons import why_withdrawn
from giaoban.reports.issues import Standing
from giaoban.vietnamese import format_date


@dataclass(frozen=True, slots=True)
class NumberTold:
    """Why a number is no longer so: by which entries; when and why its report was withdrawn."""

    number: OutdatedNumber
    causes: list[str]
    withdrawn: WhyWithdrawn | None


@dataclass(frozen=True, slots=True)
class Row:
    """What is ticked at once."""

    told: Outdated
    numbers: list[NumberTold]


def learned(request: HttpRequest) -> HttpResponse:
    """ "These sentences would now read …"; POST shows the notice, then publishes it."""
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    told = outdated_sentences()
    ticked = set(request.POST.getlist("sentence"))
    chosen = [one for one in told if one.key in ticked and not one.by_hand]
    if request.method == "POST" and request.POST.get("act") == "publish":
        done = _publish(request, ticked)
        if done is not None:
            return done
    previewing = request.method == "POST" and bool(chosen)
    shown = chosen if previewing else told
    why = why_withdrawn(number.fate for one in told for number in one.numbers)
    note = request.POST["note"] if "note" in request.POST else _note(shown, why)
    context: dict[str, Any] = {
        "pages": _pages(shown, why), "previewing": previewing, "note": note,
        "sentences": sum(len(one.sentences) for one in shown), "withdrawn": _withdrawn(shown),
        "page_title": _("Figures known otherwise"), "header_icon": "history",
        "may_correct": request.user.has_perm(CORRECT) and not all(one.by_hand for one in shown),
        "read": any(one.goes_live_at is None for one in shown),
    }  # fmt: skip
    return render(request, "portal/living/editors/learned.html", context)


def _publish(request: HttpRequest, ticked: set[str]) -> HttpResponse | None:
    """Publish the correction; None where it is refused, and the page says why."""
    by = Recorder(request.user.get_username(), timezone.now())
    try:
        done = publish_correction(sentences=ticked, note=request.POST.get("note", ""), by=by)
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return None
    messages.success(request, _what_came_of_it(done))
    return redirect("portal_living_learned")


def _what_came_of_it(done: Corrected) -> str:
    """What was published, and what only waits, as it is."""
    if done.notice is None:
        return ngettext(
            "{n} scheduled article was set right and keeps its hour. Nothing was published, and"
            " there is no notice: nobody has read it yet.",
            "{n} scheduled articles were set right and keep their hour. Nothing was published, and"
            " there is no notice: nobody has read them yet.",
            done.unread,
        ).format(n=done.unread)
    said = _("The correction is published.")
    if done.unread:
        more = ngettext(
            "{n} scheduled article was set right, too; it keeps its hour.",
            "{n} scheduled articles were set right, too; they keep their hour.",
            done.unread,
        )
        said = f"{said} {more.format(n=done.unread)}"
    return said


def _pages(told: Iterable[Outdated], why: dict[int, WhyWithdrawn]) -> list[tuple[Page, list[Row]]]:
    found: dict[Page, list[Row]] = defaultdict(list)
    for one in told:
        numbers = [
            NumberTold(number, list(_causes(number)), why.get(number.figure.edition_id))
            for number in one.numbers
            if not number.told
        ]
        found[one.page].append(Row(one, _once(numbers)))
    return list(found.items())


def _once(numbers: Iterable[NumberTold]) -> list[NumberTold]:
    """Those of which something else is told: 134 and its per cent have one and the same reason."""
    found: dict[tuple[object, ...], NumberTold] = {}
    for told in numbers:
        one = told.number
        said = (one.fate.issued.entry, one.successor and one.successor.edition_id, one.differs,
                one.public, one.standing and one.figure.text, *told.causes)  # fmt: skip
        found.setdefault(said, told)
    return list(found.values())


def _withdrawn(told: Iterable[Outdated]) -> int:
    """How many sentences cite a withdrawn report without another in its place."""
    return sum(
        any(number.standing == Standing.WITHDRAWN for number in sentence.numbers)
        for one in told
        for sentence in one.sentences
    )


def _note(told: Iterable[Outdated], why: dict[int, WhyWithdrawn]) -> str:
    """What a notice has to say of reports that are no longer in force, to begin with; the publisher
    settles the words."""
    said = {
        number.figure.edition_id: _of_report(number, why.get(number.figure.edition_id))
        for one in told
        if one.goes_live_at is None
        for number in one.numbers
        if number.standing and not number.told
    }
    return "\n".join(said.values())


def _of_report(number: OutdatedNumber, why: WhyWithdrawn | None) -> str:
    symbol = number.fate.issued.symbol
    if number.fate.successor is not None:
        said = _("Report {number} was replaced by report {other}.")
        return said.format(number=symbol, other=number.fate.successor.symbol)
    if why is None:
        return _("Report {number} was withdrawn.").format(number=symbol)
    said = _("Report {number} was withdrawn on {day}.").format(
        number=symbol, day=format_date(why.on)
    )
    reason = why.reason.strip().rstrip(".")
    return said if not reason else " ".join((said, _("Reason: {reason}.").format(reason=reason)))


def _causes(one: OutdatedNumber) -> Iterator[str]:
    """The entries behind a change in words, without anybody's name."""
    known = one.since.now
    said = _("entry {n}: {kind}, {on}")
    for cause in known.causes if known is not None else ():
        yield said.format(
            n=f"{cause['entry']:,}".replace(",", "."), kind=Kind(cause["kind"]).label,
            on=f"{date.fromisoformat(cause['on']):%d/%m/%Y}",
        )  # fmt: skip
