"""What the commands on figures share: the words of a question, and its answer's head."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.office import add_format, day
from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import head_for
from giaoban.periods import Period, regime_named
from giaoban.units.queries import unit_by_code


def add_question(parser: ArgumentParser) -> None:
    """PERIOD --unit CODE [--known-on DAY] [--tree then|DAY] [--regime CODE]."""
    parser.add_argument("period", help=_("Period: 2018-9M, 2018-Q3, 2018-H1, 2018-03 or 2018."))
    parser.add_argument("--unit", required=True, help=_("Code of the unit."))
    parser.add_argument(
        "--known-on", type=day, help=_("As known at the end of this day; now by default.")
    )
    parser.add_argument("--regime", default="calendar", help=_("Regime of reporting periods."))
    add_format(parser)


def add_tree(parser: ArgumentParser) -> None:
    """--tree then|DAY: by the tree of each leg's own day, or restated by that of one day."""
    parser.add_argument(
        "--tree", type=_tree, default=None, help=_("“then” (default), or a day to restate by.")
    )


def _tree(text: str) -> date | None:
    return None if text == "then" else day(text)


def question_of(options: dict[str, Any]) -> Question:
    """The question that the options of a command ask."""
    period = Period.parse(options["period"], regime=regime_named(options["regime"]))
    return Question(
        unit=unit_by_code(options["unit"]),
        period=period,
        head=head_for(options["known_on"]),
        known_on=options["known_on"],
        tree=options.get("tree"),
    )
