"""``giaoban tree``: the tree of units on a day, with the members at and below each."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rich.tree import Tree as Drawing

from giaoban.cli.asking import come, count_up_to, head_come
from giaoban.figures.rollup import place, roll_up
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import AsOf
from giaoban.ledger.queries import strength
from giaoban.terminal.office import (
    WIDEST,
    OfficeCommand,
    add_format,
    console,
    day,
    print_json,
    print_rows,
)
from giaoban.units.models import UnitKind
from giaoban.units.queries import lives, tree_on, unit_by_code
from giaoban.units.tree import Ints, Tree
from giaoban.vietnamese import format_date, format_number

KEYS = ("code", "name", "kind", "parent", "depth", "own_members", "members")


class NotInTree(RuleBroken):
    code = "not_in_tree"
    message = gettext_lazy("{unit} did not exist on {date}. Choose another day.")


@dataclass(slots=True)
class Branch:
    """A unit of the tree, with the members of its own book and those at and below it."""

    code: str
    name: str
    kind: str
    own: int
    members: int
    children: list[Branch] = field(default_factory=list)


class Command(OfficeCommand):
    help = _("Print the tree of units on a day.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=day, help=_("Day of the tree; today by default."))
        parser.add_argument(
            "--known-on", type=day, help=_("As known at the end of this day; now by default.")
        )
        parser.add_argument("--unit", help=_("Code of the unit to begin with."))
        parser.add_argument("--depth", type=count_up_to(99), help=_("How many levels to show."))
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        known_on = options["known_on"]
        last = head_come(known_on)
        on = come(options["on"] or timezone.localdate())
        unit = unit_by_code(options["unit"]) if options["unit"] is not None else None
        roots = _branches(AsOf(on, last.number), unit, options["depth"])
        if options["format"] == "json":
            print_json([_as_object(root) for root in roots])
        elif options["format"] == "csv":
            print_rows(KEYS, [row for root in roots for row in _rows(root, None, 0)], "csv")
        else:
            _draw(roots, on, known_on)


def _branches(as_of: AsOf, unit: int | None, depth: int | None) -> list[Branch]:
    """The roots of the tree, or the one unit that was asked for, each with all below it."""
    tree = tree_on(as_of)
    ids = tree.ids.tolist()
    units = lives(ids if unit is None else [*ids, unit], as_of)
    if unit is not None and tree.position(unit) < 0:
        raise NotInTree(unit=units[unit].name, date=as_of.on)
    kinds = {kind.code: str(kind) for kind in UnitKind.objects.all()}
    own, whole = _members(tree, as_of)
    first = tree.position(unit) if unit is not None else 0
    size = int(tree.size[first]) if unit is not None else len(tree)
    made: dict[int, Branch] = {}
    roots: list[Branch] = []
    for at in range(first, first + size):
        if depth is not None and tree.depth[at] - tree.depth[first] >= depth:
            continue
        life = units[ids[at]]
        made[at] = Branch(life.code, life.name, kinds[life.kind], int(own[at]), int(whole[at]))
        above = made.get(int(tree.parent[at]))
        (above.children if above else roots).append(made[at])
    return roots


def _members(tree: Tree, as_of: AsOf) -> tuple[Ints, Ints]:
    """By position: the members of each own book, and of the book with all below it."""
    found = strength(tree.ids.tolist(), as_of)
    units = np.fromiter(found, dtype=np.int64, count=len(found))
    own = place(tree, units, np.fromiter(found.values(), dtype=np.int64, count=len(found)))
    return own, roll_up(tree, own)


def _draw(roots: list[Branch], on: date, known_on: date | None) -> None:
    head = _("Tree of units on {day}").format(day=format_date(on))
    if known_on is not None:
        head += ", " + _("as known at the end of {day}").format(day=format_date(known_on))
    out = console()
    out.width = max(out.width, WIDEST)  # a line ends with the number: never crop it
    out.print(head, style="bold")
    for root in roots:
        drawing = Drawing(_label(root))
        _grow(drawing, root)
        out.print(drawing, soft_wrap=True)
    if not roots:
        out.print(_("There is no unit on this day. Found the first with: giaoban act found"))


def _grow(drawing: Drawing, branch: Branch) -> None:
    for child in branch.children:
        _grow(drawing.add(_label(child)), child)


def _label(branch: Branch) -> str:
    said = _("{code}  {name} ({kind}): {members} members")
    members = format_number(branch.members)
    return said.format(code=branch.code, name=branch.name, kind=branch.kind, members=members)


def _as_object(branch: Branch) -> dict[str, Any]:
    return {
        "code": branch.code,
        "name": branch.name,
        "kind": branch.kind,
        "own_members": branch.own,
        "members": branch.members,
        "children": [_as_object(child) for child in branch.children],
    }


def _rows(branch: Branch, parent: str | None, depth: int) -> list[tuple[Any, ...]]:
    row = (branch.code, branch.name, branch.kind, parent, depth, branch.own, branch.members)
    below = [row for child in branch.children for row in _rows(child, branch.code, depth + 1)]
    return [row, *below]
