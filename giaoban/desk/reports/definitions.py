"""The definitions of reports: those that come with the program and the office's own, to be read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, english, page
from giaoban.desk.reports.labels import CHARTS, PARTS, ROLES, TABLES, shown_in
from giaoban.desk.reports.tabs import tabs, trail
from giaoban.people import scope
from giaoban.reports.defining import definition_named, definitions
from giaoban.reports.definitions.definition import Definition
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.errors import DefinitionUnknown, DefinitionVersionUnknown
from giaoban.reports.models import DefinitionVersion


@dataclass(frozen=True, slots=True)
class Shown:
    """A definition in a list."""

    definition: Definition
    own: bool

    @property
    def name(self) -> str:
        """What it is called, in the language of the page."""
        return self.definition.name.within(shown_in())

    @property
    def periods(self) -> str:
        """The kinds of period it is made for."""
        kinds = self.definition.periods
        return ", ".join(kind.label_en if english() else kind.label_vi for kind in kinds)


@page()
def definitions_page(request: DeskRequest) -> HttpResponse:
    """Every definition, the newest version of each."""
    ours = shipped()
    context = {
        "tabs": tabs("reports-definitions", request.sitting),
        "rows": [Shown(one, code not in ours) for code, one in definitions().items()],
        "may_edit": request.sitting.holds(*scope.RECORDS),
    }
    return TemplateResponse(request, "desk/reports/definitions.html", context)


def named(code: str, version: str = "") -> Definition:
    """A definition by an address; raises ``Http404``."""
    wanted = int(version) if version.isdecimal() and len(version) < 6 else None
    try:
        return definition_named(code, wanted)
    except (DefinitionUnknown, DefinitionVersionUnknown) as unknown:
        raise Http404(code) from unknown


@page()
def definition(request: DeskRequest, report: str) -> HttpResponse:
    """One definition, as it is written: its sections in order and what stands in each."""
    found = named(report, request.GET.get("version", ""))
    own = report not in shipped()
    versions = DefinitionVersion.objects.filter(code=report).order_by("-version")
    language = shown_in()
    context: dict[str, Any] = {
        "one": Shown(found, own),
        "title": found.title.within(language),
        "kind": found.kind.within(language),
        "sections": [
            {
                "heading": section.heading.within(language),
                "section": section,
                "parts": [_part(part, language) for part in section.parts],
            }
            for section in found.sections
        ],
        "versions": versions if own else [],
        "newest": not own or versions[0].version == found.version,
        "may_edit": request.sitting.holds(*scope.RECORDS),
        "trail": trail((_("Definitions"), reverse("desk:reports-definitions"))),
    }
    return TemplateResponse(request, "desk/reports/definition.html", context)


def _part(part: Any, language: Any) -> dict[str, Any]:
    """A part in words: what it is, and what it says or names."""
    kind = type(part).__struct_config__.tag
    told: dict[str, Any] = {"kind": kind, "label": PARTS[kind]}
    if kind == "narrative":
        told["source"] = part.template.within(language)
    elif kind == "own_words":
        told["prompt"] = part.prompt.within(language)
        told["default"] = part.default.within(language)
    else:
        labels = TABLES if kind == "table" else CHARTS
        told["name"] = labels.get(part.name, part.name)
    role = getattr(part, "role", "body")
    told["role"] = "" if role == "body" else ROLES[role]
    return told
