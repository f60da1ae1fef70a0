"""``giaoban report``: the report on organisation work of a unit and a period."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of
from giaoban.cli.office import OfficeCommand
from giaoban.cli.printing import print_report
from giaoban.figures.organisation_work import organisation_work


class Command(OfficeCommand):
    help = _("Print the report on organisation work of a unit and a period.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        print_report(organisation_work(question_of(options)), options["format"])
