"""``giaoban find TEXT``: find members by name, with or without diacritics."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.cli.asking import count_up_to
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.queries import Place, standings
from giaoban.people.finding import search_by_name
from giaoban.people.queries import particulars_of
from giaoban.terminal.office import OfficeCommand, add_format, code_of, console, print_rows
from giaoban.units.queries import lives

KEYS = ("person", "name", "born_on", "unit", "unit_name", "standing")


class Command(OfficeCommand):
    help = _("Find members by name, with or without diacritics.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", help=_("A part of the name."))
        parser.add_argument(
            "--limit",
            type=count_up_to(10_000),
            default=50,
            help=_("How many persons to show at most."),
        )
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = AsOf(timezone.localdate(), head().number)
        rows, form = _rows(options["text"], as_of, options["limit"]), options["format"]
        if form != "text":
            print_rows(KEYS, [_coded(row) for row in rows], form)
        elif rows:
            heads = [_("Member number"), _("Name"), _("Date of birth"), _("Code"), _("Unit"),
                     _("Standing")]  # fmt: skip
            print_rows(heads, [_shown(row) for row in rows], form)
        else:
            console().print(_("No member's name holds “{text}”.").format(text=options["text"]))


def _rows(text: str, as_of: AsOf, limit: int) -> list[tuple[Any, ...]]:
    """One row for each place where somebody found stands, or one for who stands nowhere."""
    names = search_by_name(text, as_of, limit)
    persons = [name.person for name in names]
    born = {told.person: told.born_on for told in particulars_of(persons, as_of).values()}
    places: dict[int, list[Place | None]] = defaultdict(list)
    for place in standings(persons, as_of):
        places[place.person].append(place)
    units = lives({place.unit for found in places.values() for place in found if place}, as_of)
    return [
        (name.person, str(name), born.get(name.person), *_where(place, units))
        for name in names
        for place in places[name.person] or [None]
    ]


def _where(place: Place | None, units: dict[int, Any]) -> tuple[Any, ...]:
    if place is None:
        return (None, None, None)
    unit = units[place.unit]
    return (unit.code, unit.name, place.account)


def _coded(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:-1], code_of(row[-1]) if row[-1] is not None else None)


def _shown(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*row[:-1], row[-1].label if row[-1] is not None else None)
