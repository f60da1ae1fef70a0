"""Bringing a file in, step by step; nothing is recorded before the last."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import DeskRequest, page
from giaoban.desk.intake.forms import FileForm, MatchForm
from giaoban.desk.reports.affected import concerned_in
from giaoban.desk.sheets import sheet_response
from giaoban.desk.tasks import record_file
from giaoban.intake import actions
from giaoban.intake.fields import Subject, fields_of
from giaoban.intake.heading import find_heads
from giaoban.intake.models import Intake
from giaoban.intake.queries import in_charge, intakes_of, is_being_recorded, review, table_of
from giaoban.intake.reading import open_workbook
from giaoban.intake.rows import NEW, SAME, RowFound
from giaoban.journal.errors import RuleBroken
from giaoban.ledger.verbs import ToldAct
from giaoban.people.models import Role

ROWS, SAMPLES = 100, 5
KINDS = ("all", "refused", "suspected", "recorded")


@page(Role.CLERK)
def intakes(request: DeskRequest) -> HttpResponse:
    """The files of this login, and a place to drop the next."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, by = form.cleaned_data["file"], request.sitting.by
        try:
            intake = actions.start_intake(
                subject=Subject(form.cleaned_data["subject"]), file_name=file.name,
                data=file.read(), by=by,
            )  # fmt: skip
            return redirect("desk:intake-match", intake.pk)
        except RuleBroken as refused:
            form.add_error("file", str(refused))
    context = {"form": form, "intakes": intakes_of(request.sitting.login), "subjects": Subject}
    return TemplateResponse(request, "desk/intake/intakes.html", context)


@page(Role.CLERK)
def template(request: DeskRequest, subject: str) -> HttpResponse:  # noqa: ARG001 - every view's
    """An empty table with the heads that are known."""
    if subject not in Subject.values:
        raise Http404(subject)
    fields = fields_of(Subject(subject)).values()
    heads = [f"{field.title} *" if field.required else field.title for field in fields]
    return sheet_response("xlsx", f"mau-{subject}", str(Subject(subject).label), heads, [])


@page(Role.CLERK)
def match(request: DeskRequest, pk: int) -> HttpResponse:
    """Which column is what: as suggested, or as a person says; the first rows beside it."""
    intake = _mine(request, pk)
    if intake.state in (Intake.State.RECORDING, Intake.State.RECORDED):
        return redirect("desk:intake-progress", pk)
    table, raw = table_of(intake), open_workbook(bytes(intake.content))
    headed = find_heads(table, Subject(intake.subject))
    form = MatchForm(
        request.POST or None, sheets=raw.sheets, heads=headed.heads,
        subject=Subject(intake.subject), initial=_initial(intake),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            actions.settle_match(
                intake, columns=form.match, on=form.cleaned_data["on"],
                sheet=form.cleaned_data.get("sheet", ""), by=request.sitting.by,
                encoding=form.cleaned_data.get("encoding", ""),
            )  # fmt: skip
            return redirect("desk:intake-look", pk)
        except RuleBroken as refused:
            form.add_error(None, str(refused))
    samples = headed.rows[:SAMPLES]
    columns = [
        (form[name], [row[at] if at < len(row) else None for row in samples])
        for at, name in enumerate(form.columns)
    ]
    before = raw.table(intake.sheet, vietnamese.Encoding.UNICODE).rows
    context = {
        "intake": intake, "form": form, "columns": columns, "found": table.encoding,
        "before": _texts(before), "after": _texts(table.rows),
    }  # fmt: skip
    return TemplateResponse(request, "desk/intake/match.html", context)


def _initial(intake: Intake) -> dict[str, Any]:
    columns = {f"column-{at}": code for at, code in intake.columns.items()}
    on = vietnamese.format_date(intake.on) if intake.on else ""
    return {"on": on, "sheet": intake.sheet, "encoding": intake.encoding, **columns}


def _texts(rows: list[list[Any]]) -> list[str]:
    """A few texts with diacritics, to be compared before and after decoding."""
    found = [cell for row in rows for cell in row if isinstance(cell, str) and not cell.isascii()]
    return found[2:6] or found[:4]


@page(Role.CLERK)
def look(request: DeskRequest, pk: int) -> HttpResponse:
    """What recording would do, row by row; decisions on suspected duplicates."""
    intake = _mine(request, pk)
    if intake.state != Intake.State.CHECKED and intake.state != Intake.State.STOPPED:
        return redirect("desk:intake-progress", pk)
    if request.method == "POST":
        actions.decide_duplicates(intake, _decided(request), by=request.sitting.by)
        return redirect(request.get_full_path())
    found = review(intake, in_charge(request.sitting.by))
    shown = {
        "all": found.rows, "refused": found.refused, "suspected": found.suspected,
        "recorded": [row for row in found.rows if row.number in found.recorded],
    }  # fmt: skip
    first = next((kind for kind in ("refused", "suspected") if shown[kind]), "all")
    kind = request.GET.get("kind", first)
    rows = Paginator(shown.get(kind, found.rows), ROWS).get_page(request.GET.get("page"))
    context = {
        "intake": intake, "found": found, "rows": rows, "kind": kind,
        "counts": [(code, _kind(code), len(shown[code])) for code in KINDS],
        "ready": len(found.ready), "new": NEW, "same": SAME,
        "may_record": not found.refused and not found.suspected and found.ready,
        "reports": concerned_in(_first_days(found.ready), request.sitting.units),
    }  # fmt: skip
    return TemplateResponse(request, "desk/intake/look.html", context)


def _first_days(rows: Iterable[RowFound]) -> dict[int, date]:
    """The units that rows bring members into, each from its first day on."""
    days: dict[int, date] = {}
    for row in rows:
        if isinstance(row.told, ToldAct) and (day := row.told.fields.get("on")):
            unit = row.told.unit
            days[unit] = min(day, days.get(unit, day))
    return days


def _kind(code: str) -> str:
    return {
        "all": _("All rows"), "refused": _("To be mended"), "suspected": _("Suspected duplicates"),
        "recorded": _("Recorded before"),
    }[code]  # fmt: skip


def _decided(request: DeskRequest) -> dict[int, str]:
    found = {}
    for name, said in request.POST.items():
        row = name.removeprefix("row-")
        if name.startswith("row-") and row.isdecimal() and said in (NEW, SAME):
            found[int(row)] = str(said)
    return found


@page(Role.CLERK)
def record(request: DeskRequest, pk: int) -> HttpResponse:
    """Put the recording on the queue; twice is once."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    intake = _mine(request, pk)
    if actions.begin_recording(intake, by=request.sitting.by):
        login = request.sitting.login
        transaction.on_commit(lambda: record_file.defer(intake=pk, login=login))
    return redirect("desk:intake-progress", pk)


@page(Role.CLERK)
def progress(request: DeskRequest, pk: int) -> HttpResponse:
    """How far the recording is; asks again by itself until it has ended."""
    intake = _mine(request, pk)
    name = "going" if request.htmx else "progress"
    context = {"intake": intake, "at_work": is_being_recorded(intake)}
    return TemplateResponse(request, f"desk/intake/{name}.html", context)


@page(Role.CLERK)
def stop(request: DeskRequest, pk: int) -> HttpResponse:
    """Stop a recording under way, or give the file up."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    intake = _mine(request, pk)
    if intake.state == Intake.State.RECORDING:
        actions.ask_to_stop(intake, by=request.sitting.by)
        return redirect("desk:intake-progress", pk)
    actions.give_up(intake, by=request.sitting.by)
    messages.success(request, _("The file was given up. Nothing of it is recorded."))
    return redirect("desk:intake")


def _mine(request: DeskRequest, pk: int) -> Intake:
    """The login's own file; nobody else's is there."""
    found = Intake.objects.filter(pk=pk, login_name=request.sitting.login).first()
    if found is None:
        raise Http404(pk)
    return found
