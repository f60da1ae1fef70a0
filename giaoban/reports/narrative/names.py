"""The names that an office's sentences may use: every figure, the units by state, the words.

admitted  closing.full  admitted.last_year  plan  remaining …      figures
figure("admitted[sex=female]")  figure("closing/XA-CAM-YEN")       by their addresses
units.over  units.met  units.nobody  units.behind …                lists of units
increases  decreases                                               lines of the statement
unit  whole  itself  member  members  period  next  in_period …    words
year_over  ended  from_new_year  all_measured  family …            for conditions
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from giaoban.figures.lines import DECREASES, INCREASES, Line
from giaoban.periods import PeriodKind
from giaoban.reports.narrative.filters import REPORT, TAKES, TESTS
from giaoban.reports.narrative.grammar import Grammar
from giaoban.reports.narrative.lists import Amounts, States, UnitOf, Units
from giaoban.reports.narrative.values import (
    NUMBER_WORDS,
    Day,
    Document,
    Name,
    Number,
    day_text,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import STATES, ranked, units_in
from giaoban.reports.numbers.reckoning import Reckoning, known_cells
from giaoban.reports.wording import known
from giaoban.reports.wording.families import MEMBER_WORDS, unit_words
from giaoban.reports.wording.setting import bound
from giaoban.reports.wording.slots import next_title, period_inside
from giaoban.vietnamese import format_number

FUNCTIONS = ("figure",)
_STATES = {state.removeprefix("units-").replace("-", "_"): state for state in STATES}
_WORDS = (
    "unit", "whole", "itself", "member", "members", "section", "work", "period", "in_period",
    "by_the_end", "next", "year", "on", "known_on", "entry", "basis", "cut_off", "restated",
    "above", "family", "kind", "period_kind", "pace", "ended", "year_over", "from_new_year",
    "all_measured", "has_units",
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What the filters know of the report. ``table_by_unit`` is where its table by unit stands
    (Phụ lục 1; "" if nowhere)."""

    family: str
    year_over: bool
    table_by_unit: str = ""


def written(cell: str) -> str:
    """The name of a figure in a template: ``struck-off`` as ``struck_off``."""
    return cell.replace("-", "_")


def grammar() -> Grammar:
    """What templates may be written with."""
    cells = known_cells()
    names: dict[str, Sequence[str] | None] = dict.fromkeys(_WORDS)
    names |= {written(cell): NUMBER_WORDS for cell in cells}
    names |= {"units": (*_STATES, "all"), "increases": (), "decreases": ()}
    return Grammar(names, FUNCTIONS, TAKES, tuple(TESTS), cells)


def names_of(
    reckoning: Reckoning, *, leading_zero: bool, table_by_unit: str = ""
) -> dict[str, Any]:
    """The names with what they say, of one question, in the active language.

    Figures are asked for when a sentence uses them. Vietnamese alone has leading zeros.
    """
    zero = leading_zero and not _english()
    last_year = reckoning.last_year.code

    def number(address: Address) -> Number:
        return Number(address, reckoning.value, last_year, zero)

    names: dict[str, Any] = {written(cell): number(Address(cell)) for cell in known_cells()}
    names["units"] = _units(reckoning, number)
    names["increases"] = _amounts(reckoning, "increases", INCREASES, number)
    names["decreases"] = _amounts(reckoning, "decreases", DECREASES, number)
    names |= _words(reckoning) | _conditions(reckoning)
    names["figure"] = _figures(number)
    names[REPORT] = Report(
        reckoning.work.unit.family, known.year_is_over(reckoning.question), table_by_unit
    )
    return names


def _english() -> bool:
    return (get_language() or "vi").startswith("en")


def _figures(number: Callable[[Address], Number]) -> Callable[[str], Number]:
    def figure(address: str) -> Number:
        return number(Address.parse(address))

    figure.given = True  # type: ignore[attr-defined]  # the sandbox calls only what was given
    return figure


def _units(reckoning: Reckoning, number: Callable[[Address], Number]) -> States:
    cells = known_cells()
    found = {
        name: Units(
            name,
            tuple(UnitOf(row, number, cells) for row in units_in(reckoning.work, state)),
            number(Address(state)),
        )
        for name, state in _STATES.items()
    }
    everybody = tuple(UnitOf(row, number, cells) for row in ranked(reckoning.work.units))
    return States({**found, "all": Units("all", everybody, None)})


def _amounts(
    reckoning: Reckoning, name: str, lines: Sequence[Line], number: Callable[[Address], Number]
) -> Amounts:
    """Lines that are not zero; inside a sentence their first letter is small."""
    amounts = {row.line: row.amount.both for row in reckoning.work.statement}
    return Amounts(
        name,
        tuple(
            (line.label[:1].lower() + line.label[1:], number(Address(written_line(line))))
            for line in lines
            if amounts[line]
        ),
    )


def written_line(line: Line) -> str:
    """The cell of a line of the statement: STRUCK_OFF as ``struck-off``."""
    return line.name.lower().replace("_", "-")


def _words(reckoning: Reckoning) -> dict[str, Any]:
    work, question = reckoning.work, reckoning.question
    units = unit_words(work.unit.kind, work.unit.family)
    members = MEMBER_WORDS[work.unit.family]
    on, told = question.period.last_day, known.known_on(question)
    period, ended = bound(period_inside(question.period)), known.has_ended(question)
    in_period = _("In {period}") if ended else _("In {period}, up to now")
    by_the_end = _("At the end of {on}") if ended else _("Up to now")
    basis = next(iter(work.founding_basis), None)
    return {
        "unit": Name(work.unit.name),
        "whole": Name(str(units.whole)),
        "itself": Name(str(units.itself)),
        "member": Name(str(members.one)),
        "members": Name(str(members.many)),
        "section": Name(str(members.section)),
        "work": Name(str(members.work)),
        "period": Name(period),
        "in_period": Name(in_period.format(period=period)),
        "by_the_end": Name(bound(by_the_end.format(on=day_text(on)))),
        "next": Name(bound(next_title(question.period))),
        "year": Name(str(question.period.year)),
        "on": Day(on),
        "known_on": Day(told) if told else None,
        "entry": Name(format_number(question.head.number)),
        "basis": Document(basis) if basis else None,
        "cut_off": Name(bound(known.cut_off(question, day_text))),
        "restated": Name(bound(known.restated(work, day_text))),
    }


def _conditions(reckoning: Reckoning) -> dict[str, Any]:
    work, question = reckoning.work, reckoning.question
    pace = work.whole.pace
    return {
        "above": unit_words(work.unit.kind, work.unit.family).above,
        "family": work.unit.family,
        "kind": work.unit.kind,
        "period_kind": PeriodKind(question.period.kind).value,
        "pace": pace.value if pace else "",
        "ended": known.has_ended(question),
        "year_over": known.year_is_over(question),
        "from_new_year": known.from_new_year(question),
        "all_measured": known.all_measured(work),
        "has_units": any(
            row.achievement.plan is not None or row.achievement.actual for row in work.units
        ),
    }
