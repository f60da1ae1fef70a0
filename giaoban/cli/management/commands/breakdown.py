"""``giaoban breakdown``: admitted members, or the roll, by particulars."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, question_of
from giaoban.cli.office import OfficeCommand, print_rows
from giaoban.cli.report_tables import breakdown_table
from giaoban.figures.breakdowns import FIELDS, of_persons, of_roll
from giaoban.figures.cells import items_behind
from giaoban.figures.trace import net_persons
from giaoban.journal.queries import AsOf
from giaoban.units.queries import lives, tree_on, units_of_family


class Command(OfficeCommand):
    help = _("Break members down by particulars.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        parser.add_argument(
            "--of", choices=("admitted", "strength"), default="strength",
            help=_("Who was admitted in the period, or who is on the roll at its end."),
        )  # fmt: skip
        parser.add_argument(
            "--by", default="sex,age", help=_("Fields: {fields}.").format(fields=", ".join(FIELDS))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        question = question_of(options)
        end = AsOf(question.period.last_day, question.head.number)
        fields = [field.strip() for field in options["by"].split(",")]
        life = lives([question.unit], end)[question.unit]
        if options["of"] == "admitted":
            persons = net_persons(items_behind(question, "admitted"))
            groups, title = of_persons(persons, fields, end), _("Members admitted, by particulars")
        else:
            below = tree_on(end).below(question.unit)
            books = np.intersect1d(below, units_of_family(life.family, end.known)).tolist()
            groups, title = of_roll(books, fields, end), _("Members on the roll, by particulars")
        table = breakdown_table(groups, f"{title}: {life.name}")
        print_rows(table.heads, table.rows, options["format"], title=table.title)
