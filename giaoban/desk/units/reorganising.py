"""The steps of a reorganisation. Nothing is recorded before the last."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import DeskRequest, page
from giaoban.desk.models import ReorganisationDraft
from giaoban.desk.sheets import XLSX, sheet_response
from giaoban.desk.units import about, drafts, placing, placing_sheet
from giaoban.desk.units.fields import written
from giaoban.desk.units.forms import ReorganisationForm
from giaoban.desk.units.preparing import Prepared, prepare, rehearsed, steps
from giaoban.desk.units.verbs import VERBS, Verb
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.people import scope
from giaoban.people.access import note_access
from giaoban.people.models import Access
from giaoban.units.queries import lives

CLERKS = scope.RECORDS
NOT_TYPED = ("csrfmiddlewaretoken", "do", "draft", "more")


@page(*CLERKS)
def facts(request: DeskRequest, slug: str, number: UUID | None = None) -> HttpResponse:
    """The first step: which organisations, from when, on what basis."""
    verb = _verb(slug)
    login, sent = request.sitting.login, request.POST.get("draft", "")
    draft = (
        drafts.draft_of(login, slug, number) if number else drafts.begun_draft(login, slug, sent)
    )
    if draft is not None and draft.entry_number is not None:
        return _to("done", draft)
    if request.method != "POST":
        return _facts_page(request, verb, _shown_form(request, verb, draft), draft)
    return _take_facts(request, verb, draft)


def _take_facts(
    request: DeskRequest, verb: Verb, draft: ReorganisationDraft | None
) -> HttpResponse:
    """Keep what was typed, unless the rules refuse it already."""
    form = ReorganisationForm(verb, request.sitting, request.POST)
    if "more" in request.POST or not form.is_valid():
        return _facts_page(request, verb, form, draft, only_more="more" in request.POST)
    typed = {name: form.data.get(name, "") for name in form.fields}
    prepared = Prepared(verb, form.told(), request.sitting)
    try:
        rehearsed(prepared, draft, first_look=True)
    except RuleBroken as refused:
        form.refuse(refused)
        return _facts_page(request, verb, form, draft)
    if draft is None:
        draft = drafts.begin_draft(
            verb.slug, typed, number=request.POST.get("draft", ""), by=request.sitting.by
        )
    else:
        drafts.change_draft(draft, fields=typed, by=request.sitting.by)
    return _to("place" if verb.places else "preview", draft)


def _shown_form(
    request: DeskRequest, verb: Verb, draft: ReorganisationDraft | None
) -> ReorganisationForm:
    """What the draft says, or an empty form with the unit from which one came."""
    if draft is not None:
        return ReorganisationForm(verb, request.sitting, initial=draft.told.get(drafts.FIELDS))
    code = request.GET.get("unit", "")
    life = lives([request.sitting.unit(code)], request.sitting.as_of) if code else {}
    told = next((written(one) for one in life.values()), "")
    first = "source_1" if "sources" in verb.asks else "parent" if "new" in verb.asks else "unit"
    return ReorganisationForm(verb, request.sitting, initial={first: told} if told else {})


def _facts_page(
    request: DeskRequest, verb: Verb, form: ReorganisationForm,
    draft: ReorganisationDraft | None, *, only_more: bool = False,
) -> HttpResponse:  # fmt: skip
    if only_more:  # more rows were asked for: nothing is refused yet
        given = {name: value for name, value in request.POST.items() if name not in NOT_TYPED}
        form = ReorganisationForm(verb, request.sitting, initial={**given, "more": "1"})
    parts = [(part, [form[name] for name in names]) for part, names in form.groups]
    context = {
        "verb": verb, "form": form, "parts": parts, "draft": draft,
        "steps": steps(verb, 1, draft), "number": request.POST.get("draft") or str(uuid4()),
    }  # fmt: skip
    status = 422 if form.errors else 200
    return TemplateResponse(request, "desk/units/facts.html", context, status=status)


@page(*CLERKS)
def place(request: DeskRequest, slug: str, number: UUID) -> HttpResponse:
    """The second step of a split: a place for every member and every unit below."""
    draft, prepared = _begun(request, slug, number)
    if prepared is None or not prepared.verb.places:
        return _to("facts", draft)
    if draft.entry_number is not None:
        return _to("done", draft)
    seen = _grid(prepared, draft)
    if request.method != "POST":
        return _grid_page(request, draft, seen)
    members, units = placing.read_places(seen, request.POST)
    drafts.change_draft(draft, members=members, units=units, by=request.sitting.by)
    if request.POST.get("do") != "next":
        return HttpResponseRedirect(request.get_full_path())
    try:
        rehearsed(prepared, draft)
    except RuleBroken as refused:
        return _grid_page(request, draft, _grid(prepared, draft), refused=str(refused))
    return _to("preview", draft)


def _grid(prepared: Prepared, draft: ReorganisationDraft) -> placing.Grid:
    return placing.grid(
        prepared.verb, prepared.told, prepared.sitting, drafts.placed_members(draft),
        drafts.placed_units(draft),
    )  # fmt: skip


def _grid_page(
    request: DeskRequest, draft: ReorganisationDraft, seen: placing.Grid, *, refused: str = "",
    faults: list[tuple[int, str]] | None = None,
) -> HttpResponse:  # fmt: skip
    verb = VERBS[draft.verb]
    context = {
        "verb": verb, "draft": draft, "seen": seen, "steps": steps(verb, 2, draft),
        "page": placing.page_of(seen, request.GET), "tabs": placing.views(seen, request.GET),
        "refused": refused, "faults": (faults or [])[: placing_sheet.SHOWN_FAULTS],
        "n_faults": len(faults or []),
    }  # fmt: skip
    status = 422 if refused or faults else 200
    return TemplateResponse(request, "desk/units/place.html", context, status=status)


@page(*CLERKS)
def sheet(request: DeskRequest, slug: str, number: UUID) -> HttpResponse:
    """The grid as a spreadsheet: GET takes it away, which is written down; POST brings it back."""
    draft, prepared = _begun(request, slug, number)
    if prepared is None or not prepared.verb.places or draft.entry_number is not None:
        return _to("facts", draft)
    seen = _grid(prepared, draft)
    if request.method != "POST":
        persons = [seat.person for seat in seen.seats]
        note_access(Access.What.EXPORTED, persons, by=request.sitting.by, told=f"{slug} {number}")
        rows = placing_sheet.lines(seen) + placing_sheet.guide(seen)
        return sheet_response(XLSX, slug, seen.unit.name, placing_sheet.heads(), rows)
    uploaded = request.FILES.get("file")
    if uploaded is None:
        return _grid_page(request, draft, seen, faults=[(0, _("Choose a file first."))])
    read = placing_sheet.read_sheet(uploaded, seen)
    if read.faults:
        return _grid_page(request, draft, seen, faults=read.faults)
    drafts.change_draft(draft, members=read.members, by=request.sitting.by)
    n = vietnamese.format_number(len(read.members))
    messages.success(request, _("Places of {n} members taken from the sheet.").format(n=n))
    return _to("place", draft)


@page(*CLERKS)
def preview(request: DeskRequest, slug: str, number: UUID) -> HttpResponse:
    """The last step: the rehearsal, then the act itself."""
    draft, prepared = _begun(request, slug, number)
    if draft.entry_number is not None:
        return _to("done", draft)
    if prepared is None:
        return _to("facts", draft)
    context: dict[str, Any] = {
        "verb": prepared.verb, "draft": draft, "told": prepared.told,
        "steps": steps(prepared.verb, 3, draft),
    }  # fmt: skip
    try:
        if request.method == "POST":
            return _record(request, prepared, draft)
        turn = rehearsed(prepared, draft)
        context |= {"turn": turn, "names": list(turn.names.items())}
    except RuleBroken as refused:
        context["refused"] = str(refused)
    status = 422 if "refused" in context else 200
    return TemplateResponse(request, "desk/units/preview.html", context, status=status)


def _record(request: DeskRequest, prepared: Prepared, draft: ReorganisationDraft) -> HttpResponse:
    entry = prepare(prepared, draft, key=str(draft.pk))()
    drafts.close_draft(draft, entry, by=request.sitting.by)
    return _to("done", draft)


@page(*CLERKS)
def done(request: DeskRequest, slug: str, number: UUID) -> HttpResponse:
    """What was recorded: its number, and the way to the organisations it touched."""
    draft = drafts.draft_of(request.sitting.login, slug, number)
    if draft.entry_number is None:
        return _to("facts", draft)
    sitting = request.sitting
    touched = about.units_touched(draft.entry_number) & sitting.units
    units = lives(touched, AsOf(sitting.today, sitting.head.number))
    context = {
        "verb": VERBS[slug], "draft": draft, "units": list(units.values()),
        "entry_url": about.entry_url(request, draft.entry_number),
    }  # fmt: skip
    return TemplateResponse(request, "desk/units/done.html", context)


def _verb(slug: str) -> Verb:
    if slug not in VERBS:
        raise Http404(slug)
    return VERBS[slug]


def _begun(
    request: DeskRequest, slug: str, number: UUID
) -> tuple[ReorganisationDraft, Prepared | None]:
    """A login's own draft and what it says; None where that can't be taken as it stands."""
    verb = _verb(slug)
    draft = drafts.draft_of(request.sitting.login, slug, number)
    form = ReorganisationForm(verb, request.sitting, draft.told.get(drafts.FIELDS, {}))
    return draft, Prepared(verb, form.told(), request.sitting) if form.is_valid() else None


def _to(step: str, draft: ReorganisationDraft) -> HttpResponse:
    name = f"desk:units-reorganise-{step}"
    return HttpResponseRedirect(reverse(name, args=[draft.verb, draft.pk]))
