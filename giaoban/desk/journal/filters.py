"""What is asked of the journal, as it lives in the address of the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.acts.picking import Now, PickField
from giaoban.desk.door import Sitting, english
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, head_known_on
from giaoban.ledger.journal_lines import Sought
from giaoban.people.sight import sees_everything
from giaoban.units.queries import lives, tree_on

DAYS = ("from", "until", "recorded_from", "recorded_until")
TICKS = ("late", "reversals")
ONE_DAY = timedelta(days=1)


class FilterForm(forms.Form):
    """Of whom and of which unit, found as one types."""

    def __init__(self, data: QueryDict, sitting: Sitting) -> None:
        super().__init__(data)
        self.label_suffix = ""
        labels = {"person": _("Member"), "unit": _("Unit and below")}
        for name, label in labels.items():
            url = reverse("desk:acts-seek", args=[name])
            self.fields[name] = PickField(name, Now(sitting), url, label=label, required=False)

    def meant(self, name: str) -> str | None:
        """The choice; empty if nothing was asked, None if what was asked is not there."""
        self.is_valid()
        if name in self.errors:
            return None
        option = self.cleaned_data.get(name)
        return option.value if option else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """An address, read: what is sought, and what of it could not be read, by its name."""

    sought: Sought
    faults: dict[str, str]
    filtered: bool
    form: FilterForm


def asked(query: QueryDict, sitting: Sitting) -> Asked:
    """Read an address. A day that can't be read is told; other nonsense is passed over."""
    faults: dict[str, str] = {}
    days = {name: _day(query.get(name, ""), name, faults) for name in DAYS}
    form = FilterForm(query, sitting)
    unit, person = form.meant("unit"), form.meant("person")
    told = {int(kind) for kind in query.getlist("kind") if kind.isdecimal() and len(kind) < 4}
    first, last = _numbers(days["recorded_from"], days["recorded_until"], sitting)
    sought = Sought(
        units=None if sees_everything() else sitting.units,
        within=_within(unit, sitting) if unit != "" else None,
        kinds=tuple(kind for kind in Kind if kind in told),
        person=(_whole(person) or None) if person else (None if person == "" else 0),
        effective_from=days["from"], effective_until=days["until"], first=first, last=last,
        by=query.get("by", "").strip()[:150],
        late="late" in query, reversals="reversals" in query,
        before=_whole(query.get("before", "")), after=_whole(query.get("after", "")),
    )  # fmt: skip
    names = ("kind", "unit", "unit_text", "person", "person_text", "by", *DAYS, *TICKS)
    return Asked(sought, faults, any(query.get(name) for name in names), form)


def _within(code: str | None, sitting: Sitting) -> frozenset[int]:
    """A unit and all below it, a closed one as on its last day; nothing if it is not in sight."""
    if code is None:
        return frozenset()
    unit = sitting.unit(code)
    closed = lives([unit], sitting.as_of)[unit].closed
    day = sitting.as_of.on if closed is None else min(sitting.as_of.on, closed - ONE_DAY)
    tree = tree_on(AsOf(day, sitting.as_of.known))
    below = {int(one) for one in tree.below(unit)} | {unit}
    return frozenset(below & sitting.units)


def _numbers(since: date | None, until: date | None, sitting: Sitting) -> tuple[int, int]:
    """The first and the last number of the entries recorded on these days."""
    first = head_known_on(since - ONE_DAY).number + 1 if since else 1
    last = head_known_on(until).number if until else sitting.as_of.known
    return first, min(last, sitting.as_of.known)


def _whole(told: str) -> int | None:
    digits = told.strip().replace(".", "")
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None


def _day(told: str, name: str, faults: dict[str, str]) -> date | None:
    if not told.strip():
        return None
    try:
        return vietnamese.parse_date(told)
    except vietnamese.BadText as refused:
        faults[name] = refused.in_english() if english() else str(refused)
        return None


def kind_choices(sought: Sought) -> list[tuple[int, Any, bool]]:
    """Every kind: number, label, chosen."""
    return [(int(kind), vietnamese.capitalise_first(str(kind.label)), kind in sought.kinds)
            for kind in Kind]  # fmt: skip


def day_fields(query: QueryDict, faults: dict[str, str]) -> list[tuple[dict[str, Any], ...]]:
    """The filters by day with what was typed, two by two: from, and to the end of."""
    labels = (_("Effective from"), _("to the end of"), _("Recorded from"), _("to the end of"))
    told = [
        {"name": name, "label": label, "typed": query.get(name, ""), "fault": faults.get(name, "")}
        for name, label in zip(DAYS, labels, strict=True)
    ]
    return [tuple(told[:2]), tuple(told[2:])]
