"""The tree of units on a day, and a unit's page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.template.response import TemplateResponse

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.units import about, book, year
from giaoban.desk.units import tree as trees
from giaoban.desk.units.links import link
from giaoban.ledger.happened import acts_by_day
from giaoban.people import scope
from giaoban.people.models import Role
from giaoban.units.queries import UnitLife, lives, tree_on

# Who records or proposes acts.
ACTING = (Role.CLERK, Role.SECRETARY)


@page()
def units(request: DeskRequest) -> HttpResponse:
    """The tree of one family on the page's day, drawn by size and as a list; found by name."""
    sitting = request.sitting
    seen = trees.shown(sitting, request.GET.get(trees.FAMILY, trees.PARTY))
    text = request.GET.get(trees.SEARCH, "").strip()[:100]
    opened = [code for code in request.GET.get(trees.OPEN, "").split(",")[:50] if code]
    context = {
        "seen": seen,
        "rows": trees.rows(request, seen, opened),
        "drawings": trees.drawings(request, seen),
        "ended": trees.ended(request, seen),
        "text": text,
        "found": trees.matches(seen, text) if text else [],
        "tabs": _families(request, seen),
        "may_reorganise": sitting.holds(*scope.RECORDS),
    }
    return TemplateResponse(request, "desk/units/units.html", context)


def _families(request: DeskRequest, seen: trees.Shown) -> list[dict[str, Any]]:
    return [
        {
            "label": str(one),
            "url": link(request, "desk:units", family=one.code),
            "count": n,
            "current": one.code == seen.family,
        }
        for one, n in seen.families
    ]


@page()
def unit(request: DeskRequest, code: str) -> HttpResponse:
    """One unit as of the page's day: its book, members, targets, acts and history."""
    sitting, number = request.sitting, request.sitting.unit(code)
    life = lives([number], sitting.as_of)[number]
    context = {
        "life": life,
        "state": _state(life, sitting.as_of.on),
        "children": about.children(request, sitting, life),
        "story": about.story(request, sitting, life),
        "may_reorganise": sitting.holds(*scope.RECORDS),
        "act_url": link(request, "desk:acts", unit=code) if sitting.holds(*ACTING) else None,
        **_place(request, life),
        **_people(request, life),
        **_book(request, life),
    }
    return TemplateResponse(request, "desk/units/organisation.html", context)


def _place(request: DeskRequest, life: UnitLife) -> dict[str, Any]:
    """What the unit is, and the way down to it."""
    as_of, titles = request.sitting.as_of, trees.Titles.read()
    above = tree_on(as_of).ancestors(life.id)[1:]
    way = lives(above, as_of)
    return {
        "kind": titles.kind(life),
        "sector": titles.sector_in_a_sentence(life),
        "trail": _trail(request, [way[one] for one in reversed(above)]),
        "parent": way[above[0]] if above else None,
    }


def _people(request: DeskRequest, life: UnitLife) -> dict[str, Any]:
    """Who stands in it and below, and what happened there."""
    sitting = request.sitting
    mine = about.books(sitting, life)
    members, total = about.members(sitting, mine)
    return {
        "members": members,
        "total": total,
        "homes": lives({one.unit for one, _dates in members}, sitting.as_of),
        "acts": about.acts(request, sitting, mine),
        "strip": _strip(request, mine),
    }


def _state(life: UnitLife, on: date) -> str:
    if life.open_on(on):
        return "open"
    return "closed" if life.closed is not None and life.closed <= on else "unborn"


def _trail(request: DeskRequest, above: list[UnitLife]) -> list[dict[str, Any]]:
    seen = request.sitting.units
    first = {"label": trees.heading(), "url": link(request, "desk:units")}
    return [first] + [
        {
            "label": one.name,
            "url": link(request, "desk:units-unit", one.code) if one.id in seen else None,
        }
        for one in above
    ]


def _strip(request: DeskRequest, mine: list[int]) -> year.Strip:
    sitting = request.sitting
    on = sitting.as_of.on
    first, last = date(on.year, 1, 1), date(on.year, 12, 31)
    by_day = acts_by_day(mine, first, last, sitting.as_of.known)
    return year.strip(by_day, on, sitting.today)


def _book(request: DeskRequest, life: UnitLife) -> dict[str, Any]:
    """The statement of the period asked for; without rows where the unit did not exist then."""
    sitting = request.sitting
    day = sitting.as_of.on
    last = min(day, life.closed - date.resolution) if life.closed else day
    asked = book.period_asked(request.GET.get("period", ""), day, last)
    now, to_date = book.read(life, asked, sitting.as_of.known)
    there = now.index(life.id) >= 0
    return {
        "asked": asked,
        "periods": book.choices(sitting.as_of.on, asked.period),
        "rows": book.statement_rows(request, life, asked, now) if there else [],
        "columns": book.standings_heads(),
        "goals": book.goals(request, life, asked, to_date, sitting.as_of.known) if there else [],
        "partly": there and about.partly_seen(sitting, life, asked.span),
        "before_closing": about.day_before(life.closed) if life.closed else None,
    }
