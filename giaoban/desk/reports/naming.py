"""What an office's sentences may name, each with what it says in the unit and period previewed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from giaoban.desk.reports.labels import CHARTS, TABLES
from giaoban.journal.errors import RuleBroken
from giaoban.reports.documents.blocks import Block, Heading, Listing, Paragraph
from giaoban.reports.documents.walking import plain
from giaoban.reports.narrative.names import names_of, written
from giaoban.reports.narrative.template import fill
from giaoban.reports.numbers.reckoning import Reckoning, known_cells

WORDS = (
    "unit", "whole", "itself", "member", "members", "work", "period", "in_period", "by_the_end",
    "next", "year", "on", "cut_off", "restated",
)  # fmt: skip
# One of each filter, on a figure that every report has.
FILTERS = (
    "admitted | counted",
    "admitted | vs_plan",
    "admitted | vs_last_year",
    "admitted.last_year",
    'figure("admitted[sex=female]")',
    'figure("closing[sex=female]") | points',
    "achievement | percent(2)",
    "units.over | listed",
    'units.short | listed("plan")',
    "increases | told",
    "decreases | told",
    'on | dated("words")',
    "basis | cited",
    "whole | capital",
)
CONDITIONS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("{% if admitted %} … {% else %} … {% endif %}", lambda: _("only where there is any")),
    ("{% if achievement is known %} … {% endif %}", lambda: _("only where there is a target")),
    ("{% if year_over %} … {% endif %}", lambda: _("only once the year is over")),
    ("{% for one in units.over %} {{ one.name }} {% endfor %}",
     lambda: _("once for each unit of a list")),
    ("- …", lambda: _("an item of a listing, one a line")),
    ("**…**", lambda: _("set in bold")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Names of one sort: (as it is written, what it says). ``valued``: what it says here."""

    title: str
    rows: list[tuple[str, str]]
    valued: bool = True


def names_shown(reckoning: Reckoning | None, *, leading_zero: bool) -> list[Group]:
    """All there is to name, in the active language; without numbers only the names."""
    names = names_of(reckoning, leading_zero=leading_zero) if reckoning is not None else {}

    def says(what: str) -> str:
        return _said("{{ " + what + " }}", names) if names else ""

    def rows(things: Any) -> list[tuple[str, str]]:
        return [("{{ " + thing + " }}", says(thing)) for thing in things]

    return [
        Group(_("Figures"), rows(written(cell) for cell in known_cells())),
        Group(_("Words"), rows(WORDS)),
        Group(_("Figures and lists in words"), rows(FILTERS)),
        Group(_("Conditions and signs"), [(sign, said()) for sign, said in CONDITIONS], False),
        Group(_("Tables"), [(name, str(label)) for name, label in TABLES.items()], False),
        Group(_("Charts"), [(name, str(label)) for name, label in CHARTS.items()], False),
    ]


def _said(source: str, names: dict[str, Any]) -> str:
    try:
        return " ".join(_text(block) for block in fill(source, "", names))
    except RuleBroken:
        return "–"


def _text(block: Block) -> str:
    match block:
        case Heading(content=content) | Paragraph(content=content):
            return plain(content)
        case Listing(items=items):
            return "; ".join(plain(item) for item in items)
        case _:
            return ""
