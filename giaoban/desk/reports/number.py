"""A number that is worked out of others: its formula in words, and its parts with their sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.figures.asking import asked
from giaoban.desk.reports.sources import OF, Sources
from giaoban.figures import cells
from giaoban.figures.by_unit import period_title
from giaoban.figures.indicators import INDICATORS
from giaoban.journal.errors import RuleBroken
from giaoban.journal.rights import writers_rights
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import OF_ACHIEVEMENT, STATES, units_in
from giaoban.reports.numbers.printed import in_table, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.naming import named

_FORMULAS = {
    "change": gettext_lazy("this period less the same period last year"),
    "ratio": gettext_lazy("this period by the same period last year"),
    "growth": gettext_lazy("what was added to last year's number, by last year's number"),
    "share": gettext_lazy("the part by the whole"),
    "points": gettext_lazy("the share of this period less that of the same period last year"),
    "achievement": gettext_lazy("actual by plan"),
    "remaining": gettext_lazy("plan less actual; nothing where the plan is reached"),
    "rank": gettext_lazy("by falling per cent; units that stand alike share a place"),
    "unallocated": gettext_lazy("the unit's own target less those of the units directly below"),
    "units-nobody-plan": gettext_lazy("the sum of their targets"),
    "monthly-need": gettext_lazy("what is still to be done, by the months left"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A number that another is worked out of, or a unit that counts in it."""

    label: str
    text: str
    url: str | None


@page()
def number(request: DeskRequest) -> HttpResponse:
    """What a number is worked out of; each part leads to what is behind it."""
    told_of = asked(request.GET, request.sitting)
    try:
        address = Address.parse(request.GET.get(OF, "")[:200])
        if address.row:
            request.sitting.unit(address.row)
        # As the document has it: the numbers are everybody's, and only numbers come out.
        with writers_rights():
            reckoning = Reckoning(told_of.question)
            value = reckoning.value(address)
            parts = list(_parts(address, reckoning, Sources(told_of.code, told_of.question)))
            unit = reckoning.work.unit
    except RuleBroken as unknown:
        raise Http404 from unknown
    context = {
        "title": named(address, reckoning),
        "text": in_table(value, shape_of(address)),
        "formula": _FORMULAS.get(address.way or address.cell, ""),
        "parts": parts,
        "unit": reckoning.rows[address.row].life if address.row in reckoning.rows else unit,
        "period": period_title(told_of.question.period),
        "head": told_of.question.head,
        "table": Sources(told_of.code, told_of.question).table(),
    }
    return TemplateResponse(request, "desk/reports/number.html", context)


def _parts(address: Address, reckoning: Reckoning, sources: Sources) -> Iterator[Part]:
    """The parts of a number, in the order in which its formula names them."""
    for one in dict.fromkeys(_addresses(address, reckoning)):
        value = reckoning.value(one)
        yield Part(named(one, reckoning), in_table(value, shape_of(one)), sources.link(str(one)))


def _addresses(address: Address, reckoning: Reckoning) -> Iterator[Address]:
    name, before = address.cell, reckoning.last_year.code
    if address.way in ("change", "ratio", "growth"):
        yield from (address.base, replace(address.base, period=before))
    elif address.way == "points":
        yield from (replace(address, way="share"), replace(address, way="share", period=before))
    elif address.way == "share":
        whole = "" if address.group else "closing"
        yield from (address.base, replace(address.base, cell=whole or name, group=""))
    elif name == "monthly-need":
        yield from (Address("remaining"), Address("months-left"))
    elif name in OF_ACHIEVEMENT:
        yield from (replace(address, cell=cells.ADMITTED), replace(address, cell=cells.PLAN))
    elif name == "unallocated":
        yield Address(cells.PLAN)
        yield from (Address(cells.PLAN, code) for code in reckoning.rows)
    elif name in STATES or name == "units-nobody-plan":
        cell = "achievement" if name in STATES else cells.PLAN
        state = name if name in STATES else "units-nobody"
        for row in units_in(reckoning.work, state):
            yield Address(cell, row.life.code)
    elif name in INDICATORS:
        yield from (replace(address, cell=part) for part in cells.parts_of(name))
