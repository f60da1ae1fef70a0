"""The register of issued documents: filtered, paged, each with what became of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.desk.door import DeskRequest, Sitting, page
from giaoban.desk.figures.choices import Option
from giaoban.desk.reports.labels import shown_in
from giaoban.desk.reports.recorded_since import late_entries
from giaoban.desk.reports.sight import READS_ISSUES, reads_members, units_of_issues
from giaoban.desk.reports.tabs import tabs
from giaoban.figures.by_unit import period_title
from giaoban.journal.queries import AsOf
from giaoban.people import scope
from giaoban.reports.defining import definitions
from giaoban.reports.issues import Issued, Standing, issues
from giaoban.units.queries import UnitLife, lives

YEAR, UNIT, DEFINITION, STATE, REGISTER = "year", "unit", "definition", "state", "register"
SHOWN = 30
STATES = {
    Standing.IN_FORCE: gettext_lazy("in force"),
    Standing.REPLACED: gettext_lazy("superseded"),
    Standing.WITHDRAWN: gettext_lazy("withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """An issued document in the list. ``replaced_by`` is the symbol of the one that stands for it;
    ``late`` how many entries of its unit and period were recorded after its numbers were taken."""

    issued: Issued
    unit: UnitLife
    replaced_by: str
    late: int

    @property
    def period(self) -> str:
        """The period it reports on, in words."""
        return period_title(self.issued.reporting_period)

    @property
    def state(self) -> str:
        """What became of it."""
        return self.issued.standing.value


def issues_in_sight(sitting: Sitting) -> list[Issued]:
    """The issued documents of the units whose reports are in sight, the newest first."""
    return issues(
        "i.unit_id = ANY(%(units)s)", order="i.issued_on DESC, i.entry_id DESC",
        units=sorted(units_of_issues(sitting)),
    )  # fmt: skip


@page(*READS_ISSUES)
def issued_list(request: DeskRequest) -> HttpResponse:
    """What was issued, by the filters of the address."""
    sitting, query = request.sitting, request.GET
    everything = issues_in_sight(sitting)
    units = lives({one.unit for one in everything}, AsOf(sitting.today, 2**62))
    chosen = [one for one in everything if _fits(one, query, units)]
    shown = Paginator(chosen, SHOWN).get_page(query.get("page"))
    context: dict[str, Any] = {
        "tabs": tabs("reports", sitting),
        "page": shown,
        "lines": _lines(shown.object_list, everything, units, sitting),
        "filters": _filters(everything, query, units),
        "filtered": any(query.get(name) for name in (YEAR, UNIT, DEFINITION, STATE, REGISTER)),
        "register": query.get(REGISTER, ""),
        "any": bool(everything),
        "may_begin": sitting.holds(*scope.PROPOSES),
    }
    return TemplateResponse(request, "desk/reports/issued_list.html", context)


def _fits(one: Issued, query: QueryDict, units: dict[int, UnitLife]) -> bool:
    told = {
        YEAR: str(one.issued_on.year), UNIT: units[one.unit].code, DEFINITION: one.definition,
        STATE: one.standing.value, REGISTER: str(one.register),
    }  # fmt: skip
    return all(not query.get(name) or query[name] == value for name, value in told.items())


def _lines(
    shown: Iterable[Issued], everything: Iterable[Issued], units: dict[int, UnitLife],
    sitting: Sitting,
) -> list[Line]:  # fmt: skip
    listed = list(shown)
    symbols = {one.entry: one.symbol for one in everything}
    late = late_entries(listed, sitting) if reads_members(sitting) else {}
    return [
        Line(one, units[one.unit], symbols.get(one.replaced_by or 0, ""), late.get(one.entry, 0))
        for one in listed
    ]


def _filters(
    everything: list[Issued], query: QueryDict, units: dict[int, UnitLife]
) -> list[dict[str, Any]]:
    """The filters with what there is to choose from."""
    language = shown_in()
    names = {code: one.name.within(language) for code, one in definitions().items()}
    choices = {
        YEAR: (_("Year"), sorted({(str(one.issued_on.year),) * 2 for one in everything},
                                 reverse=True)),
        UNIT: (_("Unit"), sorted({(units[one.unit].code, units[one.unit].name)
                                  for one in everything}, key=lambda told: told[1])),
        DEFINITION: (_("Report"), sorted({(one.definition, names.get(one.definition,
                                                                     one.definition))
                                          for one in everything}, key=lambda told: told[1])),
        STATE: (_("State"), [(state.value, str(label)) for state, label in STATES.items()]),
    }  # fmt: skip
    return [
        {"name": name, "label": label,
         "options": [Option(v, text, query.get(name) == v) for v, text in options]}
        for name, (label, options) in choices.items()
    ]  # fmt: skip


def filtered_address(**told: Any) -> str:
    """The list with a filter."""
    return f"{reverse('desk:reports')}?{urlencode(told)}"
