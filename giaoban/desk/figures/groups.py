"""Breakdowns of a number by particulars: counts and shares, never a person."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from giaoban.desk.figures.asking import Asked, Cell
from giaoban.figures.breakdowns import FIELDS, of_persons, of_roll
from giaoban.figures.cells import items_behind
from giaoban.figures.indicators import UnitsFormula
from giaoban.figures.lines import Line
from giaoban.figures.trace import cell_named, net_persons
from giaoban.journal.queries import AsOf
from giaoban.units.queries import tree_on, units_of_family

LABELS: dict[str, Any] = {
    "sex": _("Sex"),
    "age": _("Age"),
    "schooling": _("General education"),
    "profession": _("Professional education"),
    "theory": _("Political theory"),
    "occupation": _("Occupation"),
    "ethnicity": _("Ethnicity"),
    "religion": _("Religion"),
}
# What the law calls sensitive is broken down only where it is asked for by name.
SENSITIVE = ("ethnicity", "religion")
ALWAYS = tuple(name for name in LABELS if name in FIELDS and name not in SENSITIVE)


@dataclass(frozen=True, slots=True)
class Share:
    """One group: how many, which part of all, and the address of who they are."""

    title: str
    n: int
    share: Fraction
    url: str
    on: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One breakdown; the counts of its groups add up to ``total``."""

    name: str
    label: Any
    total: int
    shares: list[Share]


def blocks(asked: Asked, family: str) -> list[Block]:
    """The page's number by each field; of units nobody is in, none."""
    named = cell_named(asked.indicator)
    if isinstance(named, UnitsFormula):
        return []
    question = asked.question
    fields = (asked.by,) if asked.by else ALWAYS
    end = AsOf(question.period.last_day, question.head.number)
    if named == (Line.CLOSING, None) and question.tree is None:
        members = set(units_of_family(family, question.head.number).tolist())
        below = [u for u in tree_on(end).below(question.unit).tolist() if u in members]
        found = of_roll(below, fields, end)
    else:
        persons = net_persons(items_behind(question, asked.indicator))
        found = of_persons(persons, fields, end)
    return [_block(asked, name, found[name]) for name in fields]


def _block(asked: Asked, name: str, groups: list[Any]) -> Block:
    total = sum(group.count for group in groups)
    cells = [Cell(asked.indicator, group=f"{name}={group.code or ''}") for group in groups]
    shares = [
        Share(str(group.title), group.count, Fraction(group.count, total), asked.to(cell),
              cell == asked.cell)
        for group, cell in zip(groups, cells, strict=True)
    ]  # fmt: skip
    return Block(name, LABELS[name], total, shares)
