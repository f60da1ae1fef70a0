"""``giaoban trace``: the entries behind any cell of a report."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.cli.asking import add_question, add_tree, question_of
from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.cells import items_behind, parts_of
from giaoban.figures.cells import names as cell_names
from giaoban.figures.organisation_work import described, life_in
from giaoban.figures.trace import Item, total
from giaoban.terminal.office import OfficeCommand, code_of, console, print_rows, while_working
from giaoban.units.queries import unit_by_code
from giaoban.vietnamese import format_number

SHOWN = 40
KEYS = ("cell", "entry", "kind", "effective_on", "recorded_at", "recorded_by", "person", "name",
        "unit", "unit_name", "basis", "quantity")  # fmt: skip


class Command(OfficeCommand):
    help = _("Show the entries behind a figure.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)
        names = ", ".join(cell_names())
        parser.add_argument(
            "--cell", default="admitted",
            help=_("The figure: {names}; a standing after a colon.").format(names=names),
        )  # fmt: skip
        parser.add_argument("--row", help=_("Code of a unit in the table by unit."))
        parser.add_argument(
            "--group", help=_("One group of a breakdown: {fields}, as in sex=female.").format(
                fields=", ".join(FIELDS)
            ),
        )  # fmt: skip
        parser.add_argument("--all", action="store_true", help=_("All rows, not the first forty."))

    def handle(self, *args: Any, **options: Any) -> None:
        question, form = question_of(options), options["format"]
        life_in(question)
        row = unit_by_code(options["row"]) if options["row"] else None
        found: list[tuple[str, list[Item]]] = []
        with while_working(_("Tracing")):
            for cell in parts_of(options["cell"]):  # a ratio's two; any other cell alone
                behind = items_behind(
                    question, cell, row=row, group=options["group"], in_table=row is not None
                )
                found.append((cell, behind))
        if form == "text":
            for cell, items in found:
                if len(found) > 1:
                    console().print(f"{cell}:", style="bold")
                _print(items, question.head.number, every=options["all"])
            return
        rows = [row for cell, items in found for row in _coded(cell, items, question.head.number)]
        print_rows(KEYS, rows, form)


def _print(items: list[Item], known: int, *, every: bool) -> None:
    # A terminal is narrow: who recorded, and the hour, are for machines.
    heads = [_("Entry"), _("Kind"), _("Effective on"), _("Recorded at"), _("Member"), _("Unit"),
             _("Basis"), _("Number")]  # fmt: skip
    shown = items if every else items[:SHOWN]
    rows = [
        (t.entry, t.kind.label, t.effective_on, t.recorded_at.date(), t.name, t.unit_name, t.basis,
         t.quantity)
        for t in described(shown, known)
    ]  # fmt: skip
    print_rows(heads, rows, "text")
    said = ngettext("{n} row, adding up to {total}.", "{n} rows, adding up to {total}.", len(items))
    n, whole = format_number(len(items)), format_number(total(items))
    console().print(said.format(n=n, total=whole))
    if len(shown) < len(items):
        console().print(_("The first {n} are shown; --all shows all.").format(n=SHOWN))


def _coded(cell: str, items: list[Item], known: int) -> list[tuple[Any, ...]]:
    return [
        (cell, t.entry, code_of(t.kind), t.effective_on, t.recorded_at, t.recorded_by, t.person,
         t.name, t.unit, t.unit_name, t.basis, t.quantity)
        for t in described(items, known)
    ]  # fmt: skip
