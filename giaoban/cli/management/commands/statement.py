"""``giaoban statement``: a unit's statement of increase and decrease."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, question_of
from giaoban.cli.office import OfficeCommand, print_rows
from giaoban.cli.report_tables import statement_table
from giaoban.figures.by_unit import period_title
from giaoban.figures.organisation_work import statement_of


class Command(OfficeCommand):
    help = _("Print a unit's statement of increase and decrease.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        question = question_of(options)
        life, rows = statement_of(question)
        table = statement_table(rows, life.family)
        title = f"{table.title}: {life.name}, {period_title(question.period)}"
        print_rows(table.heads, table.rows, options["format"], title=title)
