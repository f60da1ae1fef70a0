"""What a unit's page tells beside its book: its history, its members, its acts of late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.units.links import link
from giaoban.figures.strengths import strengths
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.ledger.happened import ActInUnits, acts_in
from giaoban.ledger.late import LATE_AFTER_DAYS
from giaoban.ledger.register import Asked, Member, register
from giaoban.ledger.timeline import Dates, dates_of
from giaoban.people.queries import names_of
from giaoban.periods import Span
from giaoban.units.history import Chapter, Event, history
from giaoban.units.models import Closing, Extent, Founding, Naming, Placement, Succession
from giaoban.units.queries import UnitLife, lives, tree_on, units_of_family

ACTS, MEMBERS, CHILDREN = 12, 20, 40


def books(sitting: Sitting, life: UnitLife) -> list[int]:
    """The unit and those of its family below it on the page's day, as far as they are in sight."""
    below = tree_on(sitting.as_of).below(life.id).tolist() or [life.id]
    family = set(units_of_family(life.family, sitting.as_of.known).tolist())
    return [unit for unit in below if unit in sitting.units and (unit in family or unit == life.id)]


def partly_seen(sitting: Sitting, life: UnitLife, span: Span) -> bool:
    """Whether something that was below the unit at either end of a span is out of sight now."""
    days = (span.start - date.resolution, span.last_day)
    trees = [tree_on(AsOf(day, sitting.as_of.known)) for day in days]
    return any(not sitting.units.issuperset(tree.below(life.id).tolist()) for tree in trees)


def children(request: HttpRequest, sitting: Sitting, life: UnitLife) -> list[dict[str, Any]]:
    """The units directly below with their members."""
    as_of = sitting.as_of
    under = [u for u in tree_on(as_of).children(life.id).tolist() if u in sitting.units]
    found = lives(under, as_of)
    sizes: dict[int, tuple[int, int]] = {}
    for family in {one.family for one in found.values()}:
        mine = strengths(sitting.units, as_of, family)
        sizes |= {unit: mine[unit] for unit in under if found[unit].family == family}
    return [
        {
            "life": found[unit],
            "size": sizes[unit][1],
            "url": link(request, "desk:units-unit", found[unit].code),
            "other": found[unit].family != life.family,
        }
        for unit in under
    ]


def members(sitting: Sitting, units: list[int]) -> tuple[list[tuple[Member, Dates]], int]:
    """The first members in the order of lists with their dates, and how many there are."""
    found = register(units, sitting.as_of, Asked(), limit=MEMBERS)
    dates = dates_of([one.person for one in found.members], sitting.as_of, "party")
    return [(one, dates.get(one.person, Dates())) for one in found.members], found.total


def story(request: HttpRequest, sitting: Sitting, life: UnitLife) -> list[dict[str, Any]]:
    """The unit's history, the newest act first, for ``parts/timeline.html``."""
    chapters = history([life.id], sitting.as_of)
    others = {one.other for one in chapters if one.other is not None}
    named = lives(others, sitting.as_of)
    told = []
    for entry, group in groupby(chapters, key=lambda one: one.entry):
        parts = list(group)
        sentences = [_sentence(request, sitting, one, named, first=not at) for at, one in
                     enumerate(parts)]  # fmt: skip
        told.append(
            {
                "on": parts[0].on,
                "what": format_html_join("; ", "{}", ((one,) for one in sentences)),
                "why": _why(request, entry, parts[0].basis),
            }
        )
    return told[::-1]


def _sentence(
    request: HttpRequest, sitting: Sitting, one: Chapter, named: dict[int, UnitLife], *, first: bool
) -> SafeString | str:
    words = _WORDS[one.event, one.extent]
    if one.event == Event.PLACED and one.other is None:
        words = _("nothing above it")
    told = capfirst(str(words)) if first else str(words)
    if one.event == Event.NAMED:
        return told.format(name=one.name)
    before, found, after = told.partition("{unit}")
    if not found or one.other is None:
        return told
    return format_html("{}{}{}", before, _unit_link(request, sitting, named[one.other]), after)


_WORDS: dict[tuple[Event, Extent | None], Any] = {
    (Event.FOUNDED, None): gettext_lazy("founded"),
    (Event.CLOSED, None): gettext_lazy("ended"),
    (Event.NAMED, None): gettext_lazy("called “{name}”"),
    (Event.PLACED, None): gettext_lazy("under {unit}"),
    (Event.CAME_FROM, Extent.WHOLE): gettext_lazy("took in {unit} as a whole"),
    (Event.CAME_FROM, Extent.PART): gettext_lazy("took over a part of {unit}"),
    (Event.WENT_INTO, Extent.WHOLE): gettext_lazy("went into {unit} as a whole"),
    (Event.WENT_INTO, Extent.PART): gettext_lazy("a part went into {unit}"),
}


def _unit_link(request: HttpRequest, sitting: Sitting, life: UnitLife) -> SafeString | str:
    """A unit's name, a link where its page is in sight."""
    if life.id not in sitting.units:
        return life.name
    url = link(request, "desk:units-unit", life.code)
    return format_html('<a href="{}">{}</a>', url, life.name)


def _why(request: HttpRequest, entry: int, basis: str | None) -> SafeString:
    shown = vietnamese.format_number(entry)
    url = entry_url(request, entry)
    number = format_html('<a href="{}">{}</a>', url, shown) if url else shown
    said = _("entry {n}")
    before, _n, after = said.partition("{n}")
    of_entry = format_html("{}{}{}", before, number, after)
    return format_html("{}; {}", basis, of_entry) if basis else of_entry


def entry_url(request: HttpRequest, entry: int) -> str | None:
    """The page of one line of the journal, where there is one."""
    return link(request, "desk:journal-entry", entry) or link(request, "desk:journal", n=entry)


def acts(request: HttpRequest, sitting: Sitting, units: list[int]) -> list[dict[str, Any]]:
    """The acts of late on members of these units, for ``parts/timeline.html``."""
    found = acts_in(units, sitting.as_of, limit=ACTS)
    persons = {person for one in found for person in one.persons}
    names = names_of(persons, sitting.as_of)
    return [
        {
            "on": one.effective_on,
            "what": _who(request, one, [names[p] for p in one.persons if p in names]),
            "why": _why(request, one.entry, one.basis),
            "void": one.reversed_by is not None,
            **_late(one),
        }
        for one in found
    ]


def _late(one: ActInUnits) -> dict[str, Any]:
    if one.reversed_by is not None:
        n = vietnamese.format_number(one.reversed_by)
        return {"tag": _("taken back by entry {n}").format(n=n), "tone": ""}
    if one.reverses is not None:
        n = vietnamese.format_number(one.reverses)
        return {"tag": _("takes entry {n} back").format(n=n), "tone": ""}
    if one.days_late > LATE_AFTER_DAYS and one.kind != Kind.OPENING:
        told = ngettext("recorded {n} day late", "recorded {n} days late", one.days_late)
        return {"tag": told.format(n=one.days_late), "tone": "late"}
    return {}


def _who(request: HttpRequest, one: ActInUnits, names: Iterable[Any]) -> SafeString:
    kind = capfirst(str(one.kind.label))
    links = [
        format_html('<a href="{}">{}</a>', link(request, "desk:members-person", n.person), n)
        for n in names
    ]
    rest = one.n - len(links)
    if rest > 0 or not links:
        told = ngettext("{n} member", "{n} members", one.n).format(
            n=vietnamese.format_number(one.n)
        )
        return format_html("{}: {}", kind, told)
    return format_html("{} {}", kind, format_html_join(", ", "{}", ((one,) for one in links)))


def day_before(day: date) -> str:
    """The day before, as an address says it."""
    return vietnamese.format_date(date.fromordinal(day.toordinal() - 1))


def units_touched(entry: int) -> set[int]:
    """The units that a reorganisation's rows name."""
    found: set[int] = set()
    for book in (Founding, Naming, Placement, Succession, Closing):
        found |= set(book.objects.filter(entry_id=entry).values_list("unit_id", flat=True))
    successors = Succession.objects.filter(entry_id=entry).values_list("successor_id", flat=True)
    return found | set(successors)
