"""The filters of an office's sentences: figures and lists in the words of reports.

    {{ admitted | vs_plan }}       đạt 53,6% kế hoạch năm (250 đảng viên)
    {{ admitted | vs_last_year }}  tăng 12 đảng viên, tương ứng 9,8% so với cùng kỳ năm trước
    {{ units.over | listed }}      A; B và C

Rules of number, list and comparison follow the language guide (``wording/``); each gives a phrase
that is empty where there is nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from jinja2 import pass_context
from jinja2.runtime import Context

from giaoban import vietnamese
from giaoban.figures.cells import ADMITTED, PLAN
from giaoban.reports.documents.blocks import Figure, Inlines, Text
from giaoban.reports.narrative.errors import FilterUnfit
from giaoban.reports.narrative.grammar import EXAMPLES
from giaoban.reports.narrative.lists import Amounts, Units
from giaoban.reports.narrative.values import (
    Day,
    Document,
    Exact,
    Name,
    Number,
    Phrase,
    Spoken,
    day_text,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import Shape
from giaoban.reports.wording.citing import cited_again, cited_first
from giaoban.reports.wording.nouns import noun_of
from giaoban.reports.wording.phrases import joined, phrase

LISTED_IN_FULL = 8
FIRST_OF_MANY = 5
MOST_PLACES = 4
REPORT = "__report__"  # what the filters know of the report; no template can write this name
Kind = TypeVar("Kind", bound=Spoken)


def _needed(thing: Any, kind: type[Kind], name: str) -> Kind:
    if not isinstance(thing, kind):
        raise FilterUnfit(filter=name, example=EXAMPLES[name])
    return thing


@pass_context
def counted(context: Context, thing: Any) -> Phrase:
    """A number with what it counts: 134 đảng viên; of a list of units, how many."""
    if isinstance(thing, Units) and thing.count is not None:
        thing = thing.count
    number = _needed(thing, Number, "counted")
    return Phrase(_counted(context, number))


def _counted(context: Context, number: Number, *, unsigned: bool = False) -> Inlines:
    value = number.worth()
    noun = noun_of(number.address, context[REPORT].family, value or 0)
    return phrase("{n} {noun}", n=number.figure(unsigned=unsigned), noun=noun)


@pass_context
def done(context: Context, thing: Any, verb: str) -> Phrase:
    """What was done so many times: kết nạp 134 đảng viên, chưa kết nạp được đảng viên nào."""
    number = _needed(thing, Number, "done")
    report = context[REPORT]
    if number:
        return Phrase(phrase("{verb} {counted}", verb=verb, counted=_counted(context, number)))
    said = _("{verb} no {noun}") if report.year_over else _("has {verb} no {noun} yet")
    return Phrase(phrase(said, verb=verb, noun=noun_of(number.address, report.family, 1)))


@pass_context
def vs_plan(context: Context, thing: Any) -> Phrase:
    """What was admitted against the year's plan; nothing without one."""
    number = _needed(thing, Number, "vs_plan")
    address = number.address
    if address.cell != ADMITTED or address.group or address.way or address.period:
        raise FilterUnfit(filter="vs_plan", example=EXAMPLES["vs_plan"])
    share = number.at(Address("achievement", address.row))
    if share.worth() is None:
        return Phrase(())
    plan = _counted(context, number.at(Address(PLAN, address.row)))
    said = _("{percent} of the year's plan ({plan})")
    return Phrase(phrase(said, percent=share.figure(), plan=plan))


@pass_context
def vs_last_year(context: Context, thing: Any) -> Phrase:
    """How a number stands to the same period of the year before; without one the number alone."""
    number = _needed(thing, Number, "vs_last_year")
    change = number.reach("change")
    moved, growth = change.worth(), number.reach("growth")
    if moved is None:
        return Phrase(())
    if not moved:
        return Phrase(phrase(_("as many as in the same period last year")))
    by = _counted(context, change, unsigned=True)
    if growth.worth() is None:
        said = _("{by} more than in the same period last year")
        return Phrase(phrase(said, by=by))
    said = (
        _("{by} more than in the same period last year, or {percent}")
        if moved > 0
        else _("{by} fewer than in the same period last year, or {percent}")
    )
    return Phrase(phrase(said, by=by, percent=growth.figure(unsigned=True)))


def points(thing: Any) -> Phrase:
    """How a share stands to that of the same period last year, in percentage points."""
    number = _needed(thing, Number, "points")
    change = number if number.shape is Shape.POINTS else number.reach("points")
    moved = change.worth()
    if moved is None:
        return Phrase(())
    if not moved:
        return Phrase(phrase(_("as many as in the same period last year")))
    said = (
        _("{points} percentage points more than in the same period last year")
        if moved > 0
        else _("{points} percentage points fewer than in the same period last year")
    )
    return Phrase(phrase(said, points=change.figure(unsigned=True)))


def percent(thing: Any, places: int = 1) -> Phrase:
    """A share with so many decimals: 53,6%, 92,28%."""
    number = _needed(thing, Number, "percent")
    if number.shape is not Shape.PERCENT or not 0 <= places <= MOST_PLACES:
        raise FilterUnfit(filter="percent", example=EXAMPLES["percent"])
    return Phrase((number.figure(places=places),))


def unsigned(thing: Any) -> Phrase:
    """A number without its sign, where a word says which way it goes."""
    number = _needed(thing, Number, "unsigned")
    return Phrase((number.figure(unsigned=True),))


@pass_context
def listed(context: Context, thing: Any, cell: str = "") -> Phrase:
    """Units by name, with a figure of each behind it if one is named: A (150%); B và C.

    From nine on the first five, and where the others are.
    """
    units = _needed(thing, Units, "listed")
    shown = units.units if len(units.units) <= LISTED_IN_FULL else units.units[:FIRST_OF_MANY]
    names: list[Inlines] = []
    for unit in shown:
        name: Inlines = (Text(unit.row.life.name),)
        if cell:
            figure = _needed(unit.reach(cell), Number, "listed")
            name = phrase("{name} ({figure})", name=name, figure=figure.figure())
        names.append(name)
    if len(shown) == len(units.units):
        return Phrase(_in_a_row(names))
    where = context[REPORT].table_by_unit
    said = _("{names} and others (see {where})") if where else _("{names} and others")
    return Phrase(phrase(said, names=joined(names, "; "), where=where))


def _in_a_row(names: list[Inlines]) -> Inlines:
    """A; B và C."""
    if len(names) < 2:
        return joined(names, "")
    said = _("{names} and {last}")
    return phrase(said, names=joined(names[:-1], "; "), last=names[-1])


def told(thing: Any) -> Phrase:
    """Lines of the statement with their numbers: kết nạp 134, chuyển đến 40."""
    lines = _needed(thing, Amounts, "told")
    parts = [
        phrase("{name} {figure}", name=name, figure=figure.figure())
        for name, figure in lines.amounts
    ]
    return Phrase(joined(parts, ", "))


def dated(thing: Any, form: str = "figures") -> Phrase:
    """A day: 05/9/2018; with "words": ngày 05 tháng 9 năm 2018."""
    day = _needed(thing, Day, "dated").day
    text = vietnamese.date_in_words(day, bind=True) if form == "words" else day_text(day)
    return Phrase((Text(text),))


def cited(thing: Any, again: bool = False) -> Phrase:
    """A document as it is cited first: Nghị quyết số 09-NQ/TU, ngày … của Thành ủy; or again."""
    basis = _needed(thing, Document, "cited").basis
    return Phrase((Text(cited_again(basis) if again else cited_first(basis)),))


def capital(thing: Any) -> Phrase:
    """Words with their first letter as a capital, to begin a sentence with."""
    if isinstance(thing, str):
        thing = Name(thing)
    content = _needed(thing, Spoken, "capital").pieces()
    if not content or isinstance(content[0], Figure):
        return Phrase(content)
    first = vietnamese.capitalise_first(content[0].text)
    return Phrase((Text(first, content[0].style), *content[1:]))


def is_known(thing: Any) -> bool:
    """Whether there is such a number."""
    return thing.worth() is not None if isinstance(thing, Exact) else thing is not None


FILTERS: dict[str, Callable[..., Phrase]] = {
    one.__name__: one
    for one in (
        counted, done, vs_plan, vs_last_year, points, percent, unsigned, listed, told, dated,
        cited, capital,
    )
}  # fmt: skip
# What may be told to each, in brackets.
TAKES: dict[str, Sequence[type]] = {
    **dict.fromkeys(FILTERS, ()),
    "done": (str,),
    "percent": (int,),
    "listed": (str,),
    "dated": (str,),
    "cited": (bool,),
}
TESTS: dict[str, Callable[[Any], bool]] = {"known": is_known}
