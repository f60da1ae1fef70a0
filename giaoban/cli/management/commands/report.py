"""``giaoban report``: the report on organisation work of a unit and a period."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of
from giaoban.cli.office import OfficeCommand, while_working
from giaoban.cli.printing import print_report
from giaoban.figures.organisation_work import organisation_work


class Command(OfficeCommand):
    help = _("Print the report on organisation work of a unit and a period.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        question = question_of(options)
        with while_working(_("Counting")):
            work = organisation_work(question)
        print_report(work, options["format"])
