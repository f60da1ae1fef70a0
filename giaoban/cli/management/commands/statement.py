"""``giaoban statement``: a unit's statement of increase and decrease."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of, restated_by
from giaoban.cli.errors import NotRestated
from giaoban.cli.every_unit import every_unit
from giaoban.cli.flat import flat
from giaoban.cli.objects import statement_objects
from giaoban.figures.by_unit import period_title
from giaoban.figures.organisation_work import statement_of
from giaoban.reports.catalogue.statement import statement_table
from giaoban.terminal.office import OfficeCommand, print_json, print_rows, while_working


class Command(OfficeCommand):
    help = _("Print a unit's statement of increase and decrease.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)
        parser.add_argument(
            "--each", action="store_true",
            help=_("A row for the unit and for everything below it, with the year's target."),
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        question, form = question_of(options), options["format"]
        if options["each"]:
            if question.tree is not None:
                raise NotRestated
            with while_working(_("Counting")):
                heads, each = every_unit(question, in_words=form == "text")
            print_rows(heads, each, form)
            return
        with while_working(_("Counting")):
            life, rows = statement_of(question)
        if form == "json":
            print_json(statement_objects(rows))
        elif form == "csv":
            told = statement_objects(rows)
            print_rows(list(told[0]), [list(row.values()) for row in told], form)
        else:
            table = flat(statement_table(rows, question.period, life.family))
            title = f"{table.title}: {life.name}, {period_title(question.period)}"
            print_rows(table.heads, table.rows, form, title=title + restated_by(question))
