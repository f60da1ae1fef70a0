"""``giaoban trace``: the entries behind any cell of a report."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of
from giaoban.cli.office import OfficeCommand, console, print_rows
from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.cells import PLAN, items_behind
from giaoban.figures.organisation_work import described
from giaoban.figures.trace import cell_names, total
from giaoban.journal.writing import VIETNAM
from giaoban.units.queries import unit_by_code

SHOWN = 40


class Command(OfficeCommand):
    help = _("Show the entries behind a figure.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)
        names = ", ".join([*cell_names(), PLAN])
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
        row = unit_by_code(options["row"]) if options["row"] else None
        items = items_behind(question, options["cell"], row=row, group=options["group"])
        shown = items if options["all"] or form != "text" else items[:SHOWN]
        heads = [_("Entry"), _("Kind"), _("Effective on"), _("Recorded at"), _("Recorded by"),
                 _("Member"), _("Unit"), _("Basis"), _("Number")]  # fmt: skip
        rows = described(shown, question.head.number)
        if form == "text":  # a terminal is narrow: who recorded, and the hour, are for machines
            kept = [0, 1, 2, 3, 5, 6, 7, 8]
            heads = [heads[at] for at in kept]
            rows = [tuple(_short(row[at]) for at in kept) for row in rows]
        print_rows(heads, rows, form)
        if form == "text":
            said = _("{n} rows, adding up to {total}.")
            console().print(said.format(n=len(items), total=total(items)))
            if len(shown) < len(items):
                console().print(_("The first {n} are shown; --all shows all.").format(n=SHOWN))


def _short(value: object) -> object:
    return value.astimezone(VIETNAM).date() if isinstance(value, datetime) else value
