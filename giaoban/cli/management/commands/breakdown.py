"""``giaoban breakdown``: admitted members, or the roll, by particulars."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of, restated_by
from giaoban.cli.flat import flat
from giaoban.cli.objects import breakdown_objects
from giaoban.figures.breakdowns import FIELDS, Group, of_persons, of_roll
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import items_behind
from giaoban.figures.organisation_work import by_tree, life_in
from giaoban.figures.trace import net_persons
from giaoban.journal.queries import AsOf
from giaoban.reports.catalogue.particulars import breakdown_table
from giaoban.terminal.office import OfficeCommand, print_json, print_rows, while_working
from giaoban.units.queries import tree_on, units_of_family


class Command(OfficeCommand):
    help = _("Break members down by particulars.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser)
        add_tree(parser)
        parser.add_argument(
            "--of", choices=("admitted", "strength"), default="strength",
            help=_("Who was admitted in the period, or who is on the roll at its end."),
        )  # fmt: skip
        parser.add_argument(
            "--by", default="sex,age", help=_("Fields: {fields}.").format(fields=", ".join(FIELDS))
        )

    def handle(self, *args: Any, **options: Any) -> None:
        question, form = question_of(options), options["format"]
        fields = [field.strip() for field in options["by"].split(",")]
        admitted = options["of"] == "admitted"
        life = life_in(question)
        with while_working(_("Counting")):
            groups = _groups(question, fields, life.family, admitted=admitted)
        if form != "text":
            told = breakdown_objects(groups)
            rows = [list(row.values()) for row in told]
            print_json(told) if form == "json" else print_rows(_KEYS, rows, form)
            return
        title = (
            _("Members admitted, by particulars")
            if admitted
            else _("Members on the roll, by particulars")
        )
        title = f"{title}: {life.name}{restated_by(question)}"
        cell = "admitted" if admitted else "closing"
        table = flat(
            breakdown_table(groups, title, cell=cell, family=life.family, name=options["of"])
        )
        print_rows(table.heads, table.rows, form, title=table.title)


_KEYS = ("field", "code", "title", "count", "percent")


def _groups(
    question: Question, fields: list[str], family: str, *, admitted: bool
) -> dict[str, list[Group]]:
    end = AsOf(question.period.last_day, question.head.number)
    if admitted or by_tree(question):
        cell = "admitted" if admitted else "closing"
        return of_persons(net_persons(items_behind(question, cell)), fields, end)
    members = set(units_of_family(family, end.known).tolist())
    return of_roll(members.intersection(tree_on(end).below(question.unit).tolist()), fields, end)
