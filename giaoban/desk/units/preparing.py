"""From a draft to the act: what it says, put to the action, rehearsed or for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from giaoban.desk.door import Sitting
from giaoban.desk.models import ReorganisationDraft
from giaoban.desk.units import drafts, placing, seeing
from giaoban.desk.units.verbs import Told, Verb, perform
from giaoban.journal.queries import AsOf
from giaoban.units.models import UnitKind
from giaoban.units.queries import lives


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a valid form says, and who says it."""

    verb: Verb
    told: Told
    sitting: Sitting

    @property
    def family(self) -> str:
        """The family of the units concerned."""
        told = self.told
        known = [one for one in (told.unit, told.into, *told.sources) if one is not None]
        if known:
            as_of = AsOf(told.on, self.sitting.head.number)
            return lives(known[:1], as_of)[known[0]].family
        assert told.new is not None
        return UnitKind.objects.get(pk=told.new.kind).family_id


def prepare(
    prepared: Prepared,
    draft: ReorganisationDraft | None,
    *,
    key: str | None,
    first_look: bool = False,
) -> Callable[[], int]:
    """The act, ready to be done. At a first look all are placed in the first successor, so that
    what is wrong with the units themselves is said before anybody is placed."""
    members: dict[int, str] = {}
    units: dict[str, str] = {}
    if prepared.verb.places:
        members = drafts.placed_members(draft) if draft else {}
        units = drafts.placed_units(draft) if draft else {}
        seen = placing.grid(prepared.verb, prepared.told, prepared.sitting, members, units)
        first = seen.destinations[0].code if first_look and seen.destinations else ""
        members = {seat.person: to for seat in seen.seats if (to := seat.to or first)}
        units = {life.code: to for life, placed in seen.below if (to := placed or first)}
    return lambda: perform(
        prepared.verb, prepared.told, members, units, key=key, by=prepared.sitting.by
    )


def rehearsed(
    prepared: Prepared, draft: ReorganisationDraft | None, *, first_look: bool = False
) -> seeing.Turn:
    """What the act would do. Raises whatever it is refused for."""
    key = str(draft.pk) if draft else None
    do = prepare(prepared, draft, key=key, first_look=first_look)
    return seeing.rehearse(do, prepared.sitting, prepared.told.on, prepared.family)


def steps(verb: Verb, now: int, draft: ReorganisationDraft | None) -> list[dict[str, Any]]:
    """The steps of a reorganisation, those behind as links."""
    told = [(1, _("What the paper says"), "facts"), (3, _("Before and after, record"), "preview")]
    if verb.places:
        told.insert(1, (2, _("A place for everybody"), "place"))
    return [
        {
            "label": label,
            "current": step == now,
            "done": step < now,
            "url": reverse(f"desk:units-reorganise-{name}", args=[verb.slug, draft.pk])
            if draft is not None and step < now else None,
        }
        for step, label, name in told
    ]  # fmt: skip
