"""What a search finds: members, units, acts and pages, each as lines that lead there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban import vietnamese
from giaoban.desk.context import PAGES
from giaoban.desk.door import Sitting, allows
from giaoban.ledger.finding import find_entries, find_members
from giaoban.units.finding import find_units
from giaoban.units.queries import lives
from giaoban.vietnamese import format_date, format_number

# Pages below those of the navigation that somebody may look for by name.
FURTHER = (
    ("desk:account", gettext_lazy("Sign-in and security")),
    ("account_change_password", gettext_lazy("Change password")),
    ("desk:acts-proposals", gettext_lazy("Proposals")),
    ("desk:units-reorganise", gettext_lazy("Reorganisation")),
    ("desk:access-logins", gettext_lazy("Logins")),
    ("desk:access-log", gettext_lazy("Access log")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was found: its name in three parts, the middle one being what was typed;
    what tells it from others; and where it is."""

    before: str
    hit: str
    after: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Group:
    """Things of one kind; ``url`` leads to all of them where there is such a page."""

    title: str
    lines: list[Line]
    url: str = ""


def found(sitting: Sitting, text: str) -> list[Group]:
    """The groups in which something was found."""
    groups = (_members(sitting, text), _units(sitting, text), _acts(sitting, text),
              _pages(sitting, text))  # fmt: skip
    return [group for group in groups if group.lines]


def _members(sitting: Sitting, text: str) -> Group:
    hits = find_members(text, sitting.as_of) if sitting.units else []
    units = lives({hit.unit for hit in hits if hit.unit is not None}, sitting.as_of)

    def why(unit: int | None, account: Any) -> str:
        if unit is None:
            return _("no longer on the rolls")
        return f"{account.label}, {units[unit].name}"

    lines = [
        _line(
            str(hit.name), text,
            "; ".join(filter(None, (
                format_date(hit.born_on) if hit.born_on else "", why(hit.unit, hit.account),
            ))),
            reverse("desk:members-person", args=[hit.name.person]),
        )
        for hit in hits
    ]  # fmt: skip
    return Group(_("Party members"), lines, reverse("desk:members"))


def _units(sitting: Sitting, text: str) -> Group:
    lines = []
    for hit in find_units(text, sitting.units, sitting.as_of) if sitting.units else []:
        closed = hit.unit.closed
        why = [
            _("formerly {name}").format(name=hit.former) if hit.former else "",
            _("closed on {day}").format(day=format_date(closed)) if closed else "",
        ]
        url = _url("desk:units-unit", hit.unit.code)
        lines.append(_line(hit.unit.name, text, "; ".join(filter(None, why)) or hit.unit.code, url))
    return Group(_("Units"), lines)


def _acts(sitting: Sitting, text: str) -> Group:
    hits = find_entries(text, sitting.units) if sitting.units else []
    lines = [
        Line(
            _("No. {n}").format(n=format_number(hit.number)) + ", ", "", str(hit.kind.label),
            "; ".join(filter(None, (format_date(hit.effective_on), hit.basis))),
            _url("desk:journal-entry", hit.number),
        )
        for hit in hits
    ]  # fmt: skip
    return Group(_("Acts in the journal"), lines)


def _pages(sitting: Sitting, text: str) -> Group:
    folded = vietnamese.fold(text)
    lines = [
        _line(label, text, "", url)
        for label, url in _open_pages(sitting)
        if folded in vietnamese.fold(label)
    ]
    return Group(_("Pages"), lines)


def _open_pages(sitting: Sitting) -> Iterator[tuple[str, str]]:
    for name, label in (*PAGES, *FURTHER):
        url = _url(name)
        view = resolve(url).func if url else None
        if view is not None and (not hasattr(view, "allowed") or allows(view, sitting.roles)):
            yield str(label), url


def _url(name: str, *args: Any) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _line(name: str, text: str, why: str, url: str) -> Line:
    """A line with what was typed set off, where folding keeps each letter in its place."""
    folded = vietnamese.fold(name)
    at = name.casefold().find(text.casefold())
    if at < 0 and len(folded) == len(name):
        at = folded.find(vietnamese.fold(text))
    if at < 0:
        return Line(name, "", "", why, url)
    end = at + len(text)
    return Line(name[:at], name[at:end], name[end:], why, url)
