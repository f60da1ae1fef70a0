"""Reports that are sent by themselves: to whom, when, and what came of the last try."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from giaoban.desk.acts.fields import LineField
from giaoban.desk.acts.picking import Now, PickField
from giaoban.desk.door import DeskRequest, Sitting, english, page
from giaoban.desk.reports.beginning import offered
from giaoban.desk.reports.keys import KeyedForm
from giaoban.desk.reports.labels import shown_in
from giaoban.desk.reports.tabs import tabs, trail
from giaoban.figures.by_unit import period_title
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.periods import BadPeriod, PeriodKind
from giaoban.periods.regimes import regimes
from giaoban.reports.defining import definitions
from giaoban.reports.issues import period_of
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.actions import (
    SCHEDULES,
    Sending,
    add_schedule,
    change_schedule,
    end_schedule,
)
from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.reports.sending.queries import schedule_states
from giaoban.reports.sending.running import run_schedule
from giaoban.units.queries import lives, unit_by_code

FIELDS = {
    "out_of_scope": "unit", "address_unusable": "recipients", "too_many_addresses": "recipients",
    "addresses_missing": "recipients", "form_missing": "attached", "moment_unusable": "days_after",
    "definition_unknown": "definition",
}  # fmt: skip
HOURS = range(24)


def kinds() -> list[tuple[str, str]]:
    """The kinds of period in the language of the page."""
    return [(k.value, k.label_en if english() else k.label_vi) for k in PeriodKind]


def _reports() -> list[tuple[str, str]]:
    language = shown_in()
    return [(code, one.name.within(language)) for code, one in offered().items()]


def _regimes() -> list[tuple[str, str]]:
    return [(one.code, one.title_en if english() else one.title_vi) for one in regimes()]


class ScheduleForm(KeyedForm):
    """What is sent of which unit, when, in which forms, to whom."""

    definition = forms.ChoiceField(label=gettext_lazy("Report"), choices=_reports)
    kind = forms.ChoiceField(label=gettext_lazy("After each"), choices=kinds)
    regime = forms.ChoiceField(label=gettext_lazy("Days of the periods"), choices=_regimes)
    days_after = forms.IntegerField(
        label=gettext_lazy("Days after its end"), min_value=0, initial=5,
        widget=forms.TextInput({"class": "short num", "inputmode": "numeric"}),
    )  # fmt: skip
    hour = forms.TypedChoiceField(
        label=gettext_lazy("At"), coerce=int, initial=8,
        choices=[(hour, f"{hour:02}:00") for hour in HOURS],
    )  # fmt: skip
    attached = forms.MultipleChoiceField(
        label=gettext_lazy("Attached as"), initial=[Form.PDF.value],
        choices=[(one.value, one.value) for one in Form],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    recipients = LineField(
        label=gettext_lazy("E-mail addresses of recipients"), rows=3,
        help_text=gettext_lazy("One a line."),
    )  # fmt: skip
    told_of_failures = LineField(
        label=gettext_lazy("Who is told when nothing could be sent"), rows=2,
        help_text=gettext_lazy("One a line."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=[("vi", "Tiếng Việt"), ("en", "English")]
    )

    def __init__(self, *args: Any, sitting: Sitting, fixed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not fixed:
            self.fields["unit"] = PickField(
                "unit", Now(sitting), reverse("desk:acts-seek", args=["unit"]), label=_("Unit")
            )
        self.order_fields(["definition", "unit"])

    def sending(self) -> Sending:
        """The form as the action takes it."""
        told = self.cleaned_data
        return Sending(
            definition=told["definition"], kind=PeriodKind(told["kind"]),
            days_after=told["days_after"], hour=told["hour"], regime=told["regime"],
            forms=[Form(one) for one in told["attached"]],
            recipients=told["recipients"].splitlines(),
            told_of_failures=told["told_of_failures"].splitlines(),
            language=told["language"],
        )  # fmt: skip


@page()
def schedules(request: DeskRequest) -> HttpResponse:
    """The schedules of the units in sight; what did not go out stands above them."""
    sitting = request.sitting
    states = schedule_states(sitting.units, now=sitting.now)
    units = lives({one.schedule.unit_id for one in states}, AsOf(sitting.today, 2**62))
    language = shown_in()
    names = {code: one.name.within(language) for code, one in definitions().items()}
    told = dict(kinds())
    context = {
        "tabs": tabs("reports-schedules", sitting),
        "rows": [
            {
                "state": one,
                "unit": units[one.schedule.unit_id],
                "name": names.get(one.schedule.definition, one.schedule.definition),
                "kind": told.get(one.schedule.kind, one.schedule.kind),
                "failing": [(run, _title(one.schedule, run)) for run in one.failing],
                "last": next(((run, _title(one.schedule, run)) for run in one.runs
                              if run.state != ScheduleRun.State.TOLD), None),
                "following": one.following,
            }
            for one in states
        ],
        "may": sitting.holds(*SCHEDULES),
    }  # fmt: skip
    return TemplateResponse(request, "desk/reports/schedules.html", context)


def _title(schedule: Schedule, run: ScheduleRun) -> str:
    return period_title(period_of(run.period, schedule.regime))


@page(*SCHEDULES)
def add(request: DeskRequest) -> HttpResponse:
    """Add a schedule: the next period that ends is the first to go out."""
    form = ScheduleForm(request.POST or None, sitting=request.sitting)
    if request.method == "POST" and form.is_valid():
        unit = unit_by_code(form.cleaned_data["unit"].value)
        try:
            add_schedule(unit=unit, sending=form.sending(), by=request.sitting.by)
        except (RuleBroken, BadPeriod) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("The schedule holds from now on."))
            return redirect("desk:reports-schedules")
    return _form(request, form, _("Add a schedule"), None)


@page(*SCHEDULES)
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Change a schedule, or end it."""
    schedule = _found(request, pk)
    initial = (
        {
            name: getattr(schedule, name)
            for name in ("definition", "kind", "regime", "days_after", "hour", "language")
        }
        | {"attached": schedule.forms}
        | {name: "\n".join(getattr(schedule, name)) for name in ("recipients", "told_of_failures")}
    )
    form = ScheduleForm(request.POST or None, sitting=request.sitting, fixed=True, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            change_schedule(pk, sending=form.sending(), by=request.sitting.by)
        except (RuleBroken, BadPeriod) as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("The schedule is changed."))
            return redirect("desk:reports-schedules")
    return _form(request, form, _("Change a schedule"), schedule)


@require_POST
@page(*SCHEDULES)
def end(request: DeskRequest, pk: int) -> HttpResponse:
    """End a schedule: nothing goes out by it any more."""
    _found(request, pk)
    try:
        end_schedule(pk, by=request.sitting.by)
    except RuleBroken as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The schedule has ended. What it sent stays in the list."))
    return redirect("desk:reports-schedules")


@require_POST
@page(*SCHEDULES)
def send_again(request: DeskRequest, pk: int) -> HttpResponse:
    """Try once more to send the report of a period that did not go out."""
    schedule = _found(request, pk)
    told = request.POST.get("period", "")
    if not ScheduleRun.objects.filter(schedule=schedule, period=told).exists():
        raise Http404(told)
    try:
        run = run_schedule(schedule, period_of(told, schedule.regime), by=request.sitting.by)
    except RuleBroken as refused:
        messages.error(request, str(refused))
        return redirect("desk:reports-schedules")
    if run.state == ScheduleRun.State.SENT and not run.reason:
        messages.success(request, _("The report was sent."))
    else:
        messages.error(request, run.reason)
    return redirect("desk:reports-schedules")


def _refuse(form: ScheduleForm, refused: RuleBroken | BadPeriod) -> None:
    if isinstance(refused, BadPeriod):
        form.add_error("kind", refused.in_english() if english() else str(refused))
        return
    field = FIELDS.get(refused.code)
    form.add_error(field if field in form.fields else None, str(refused))


def _found(request: DeskRequest, pk: int) -> Schedule:
    found = Schedule.objects.filter(pk=pk, unit_id__in=request.sitting.units).first()
    if found is None:
        raise Http404(pk)
    return found


def _form(
    request: DeskRequest, form: ScheduleForm, title: str, schedule: Schedule | None
) -> HttpResponse:
    units = lives([schedule.unit_id], AsOf(request.sitting.today, 2**62)) if schedule else {}
    context = {
        "form": form,
        "title": title,
        "schedule": schedule,
        "unit": units[schedule.unit_id] if schedule else None,
        "trail": trail((_("Sent by themselves"), reverse("desk:reports-schedules"))),
    }
    return TemplateResponse(request, "desk/reports/schedule.html", context)
