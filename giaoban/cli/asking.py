"""What the commands on figures share: the words of a question, and its answer's head."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.figures.by_unit import Question, period_title
from giaoban.figures.organisation_work import head_for
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import Head
from giaoban.periods import Period, regime_named, regimes
from giaoban.terminal.office import FORMATS, add_format, day
from giaoban.units.queries import unit_by_code
from giaoban.vietnamese import format_date, format_number


class DayAhead(RuleBroken):
    code = "day_ahead"
    message = gettext_lazy("{date} has not come yet. Choose today or a day before.")


class PeriodAhead(RuleBroken):
    code = "period_ahead"
    message = gettext_lazy("Not begun yet: {period}, from {date} on. Choose a period that has.")


def come(day: date) -> date:
    """A day that has come: of a later one the books know nothing. Raises ``DayAhead``."""
    if day > timezone.localdate():
        raise DayAhead(date=day)
    return day


def count_up_to(most: int) -> Callable[[str], int]:
    """A reader of a whole number from 1 on; for ``type=`` of an argument."""

    def read(text: str) -> int:
        found = int(text)
        if not 1 <= found <= most:
            said = _("write a number from 1 to {most}")
            raise ArgumentTypeError(said.format(most=format_number(most)))
        return found

    return read


def add_question(parser: ArgumentParser, forms: Sequence[str] = FORMATS) -> None:
    """PERIOD --unit CODE [--known-on DAY] [--tree then|DAY] [--regime CODE] [--format FORM]."""
    parser.add_argument("period", help=_("Period: 2018-9M, 2018-Q3, 2018-H1, 2018-03 or 2018."))
    parser.add_argument("--unit", required=True, help=_("Code of the unit."))
    parser.add_argument(
        "--known-on", type=day, help=_("As known at the end of this day; now by default.")
    )
    codes = ", ".join(regime.code for regime in regimes())
    parser.add_argument(
        "--regime", default="calendar",
        help=_("Regime of reporting periods: {codes}.").format(codes=codes),
    )  # fmt: skip
    add_format(parser, forms)


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
    if period.start > timezone.localdate():
        raise PeriodAhead(period=period_title(period), date=period.start)
    known_on, tree = options["known_on"], options.get("tree")
    return Question(
        unit=unit_by_code(options["unit"]),
        period=period,
        head=head_come(known_on),
        known_on=known_on,
        tree=come(tree) if tree is not None else None,
    )


def restated_by(question: Question) -> str:
    """What a title says of the tree, if it is that of one day."""
    if question.tree is None:
        return ""
    return ", " + _("by the tree of {day}").format(day=format_date(question.tree))


def head_come(known_on: date | None) -> Head:
    """The head to know by, of now or of a day that has come."""
    return head_for(come(known_on) if known_on is not None else None)
