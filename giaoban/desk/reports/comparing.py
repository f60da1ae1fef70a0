"""Two issued reports, or one and what the books say now, side by side and line by line."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from msgspec.structs import replace

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.figures.choices import Option
from giaoban.desk.reports.differences import compared, folded
from giaoban.desk.reports.register_list import issues_in_sight
from giaoban.desk.reports.sight import READS_ISSUES, reads_members
from giaoban.desk.reports.tabs import trail
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.reports.assembling import draft_document
from giaoban.reports.documents.blocks import Document
from giaoban.reports.issues import Issued, issued_document
from giaoban.reports.models import ReportDraft
from giaoban.vietnamese import format_date

ONE, OTHER, ALL, NOW = "mot", "hai", "all", "nay"
MOST = 60


@page(*READS_ISSUES)
def compare(request: DeskRequest) -> HttpResponse:
    """The lines of both, those that differ marked word by word."""
    query, everything = request.GET, issues_in_sight(request.sitting)
    by_entry = {str(one.entry): one for one in everything}
    one = by_entry.get(query.get(ONE, "")) if query.get(ONE) else next(iter(everything), None)
    if query.get(ONE) and one is None:
        raise Http404(query.get(ONE))
    told = query.get(OTHER, "")
    now_open = reads_members(request.sitting)
    other = by_entry.get(told)
    if told and other is None and not (told == NOW and now_open):
        raise Http404(told)
    context: dict[str, Any] = {
        "choices": _choices(everything, one.entry if one else 0),
        "others": _choices(everything, other.entry if other else 0),
        "now_open": now_open,
        "is_now": told == NOW or (not told and now_open),
        "one": one,
        "trail": trail((_("Issued"), reverse("desk:reports"))),
    }
    if one is not None and (other is not None or context["is_now"]):
        context |= _sides(one, other, everything=bool(query.get(ALL)))
    return TemplateResponse(request, "desk/reports/compare.html", context)


def _choices(everything: list[Issued], chosen: int) -> list[Option]:
    return [
        Option(str(one.entry), f"{one.symbol}, {format_date(one.issued_on)}", one.entry == chosen)
        for one in everything
    ][:MOST]


def _sides(one: Issued, other: Issued | None, *, everything: bool) -> dict[str, Any]:
    left = issued_document(one.entry)
    try:
        right = issued_document(other.entry) if other else as_of_now(one, left)
    except RuleBroken as refused:
        return {"fault": str(refused)}
    pairs = compared(left, right)
    return {
        "left": one.symbol,
        "right": other.symbol if other else _("as the books say now"),
        "rows": pairs if everything else folded(pairs),
        "differ": sum(not pair.same for pair in pairs),
        "figures_differ": sum(pair.figures_differ for pair in pairs),
        "everything": everything,
        "pairs": len(pairs),
    }


def as_of_now(one: Issued, document: Document) -> Document:
    """What an issued report would say by all that is recorded now, under the same head.

    Raises what the definition and the period refuse.
    """
    draft = ReportDraft.objects.filter(entry_number=one.entry).first()
    if draft is None:
        draft = ReportDraft(
            unit_id=one.unit, definition=one.definition, version=one.version, period=one.period,
            regime=one.regime, tree_on=one.tree_on, language=one.language,
            signatory=one.signatory, dated_on=one.issued_on,
        )  # fmt: skip
    with writers_rights():
        now = draft_document(draft, head().number, on=one.issued_on)
    return replace(now, letterhead=document.letterhead, foot=document.foot)
