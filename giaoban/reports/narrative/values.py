"""What the sentences of a report can speak of: figures with their addresses, names, days, phrases.

A value stays a value until the document holds it: a figure keeps its address, and a name can never
become markup, because neither is text while the template is filled. A template reaches of a value
only what ``reach`` gives; Python's own attributes are out of its sight.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.utils.translation import get_language

from giaoban import vietnamese
from giaoban.figures.lines import StandingGroup
from giaoban.figures.values import Value
from giaoban.journal.models import Basis
from giaoban.reports.documents.blocks import Figure, Inlines, Text
from giaoban.reports.narrative.errors import (
    NotCalculable,
    NothingToPrint,
    NumberWithoutAddress,
    WordUnknown,
)
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.derived import WAYS
from giaoban.reports.numbers.printed import Shape, in_prose, shape_of

LARGEST = 10**15  # of a numerator or denominator that a condition reckons with
STANDINGS = tuple(standing.name.lower() for standing in StandingGroup)
NUMBER_WORDS = (*STANDINGS, "last_year", *WAYS)
Asked = Callable[[Address], Value]


class Spoken:
    """A value of a template. ``pieces`` is how it is printed, ``reach`` what is behind a dot."""

    def pieces(self) -> Inlines:
        """What it prints. Raises the refusal of what can't be printed."""
        raise NothingToPrint(thing=self.told())

    def reach(self, word: str) -> Any:
        """What a template gets for ``value.word``. Raises ``WordUnknown``."""
        raise unknown(self.told(), word, ())

    def told(self) -> str:
        """What a refusal calls it."""
        return type(self).__name__.lower()


def unknown(name: str, word: str, words: Sequence[str]) -> WordUnknown:
    """The refusal of a word behind a dot, naming what is near."""
    near = get_close_matches(word, words, n=5, cutoff=0.5) or list(words)
    return WordUnknown(name=name, word=word, choices=near or ["–"])


class Exact(Spoken):
    """An exact number to compare and reckon with. One that is missing is neither more, nor less,
    nor equal to any."""

    def worth(self) -> Value:
        """The number, or None where there is none."""
        return None

    def __bool__(self) -> bool:
        return bool(self.worth())

    def _order(self, other: object, sign: str) -> int | None:
        ours, theirs = self.worth(), exact(other, sign)
        if ours is None or theirs is None:
            return None
        return (ours > theirs) - (ours < theirs)

    def __eq__(self, other: object) -> bool:
        return self._order(other, "==") == 0

    def __hash__(self) -> int:
        return hash(self.worth())

    def __lt__(self, other: object) -> bool:
        return self._order(other, "<") == -1

    def __gt__(self, other: object) -> bool:
        return self._order(other, ">") == 1

    def __le__(self, other: object) -> bool:
        return self._order(other, "<=") in (-1, 0)

    def __ge__(self, other: object) -> bool:
        return self._order(other, ">=") in (0, 1)


@dataclass(frozen=True, eq=False)
class Loose(Exact):
    """A number that a condition worked out. It has no address and is never printed."""

    value: Value

    def worth(self) -> Value:
        return self.value

    def pieces(self) -> Inlines:
        raise NumberWithoutAddress()


@dataclass(frozen=True, eq=False)
class Number(Exact):
    """A figure: its address, and its value when it is asked for. ``leading_zero`` is how small ones
    are printed."""

    address: Address
    ask: Asked
    last_year: str  # the code of the same period a year before
    leading_zero: bool

    @cached_property
    def value(self) -> Value:
        """The number at the address, asked for when it is needed."""
        return self.ask(self.address)

    def worth(self) -> Value:
        return self.value

    @property
    def shape(self) -> Shape:
        """A count, a per cent, points or a mean."""
        return shape_of(self.address)

    def at(self, address: Address) -> Number:
        """The figure of another address."""
        return Number(address, self.ask, self.last_year, self.leading_zero)

    def by(self, way: str) -> Number:
        """What is worked out of this figure."""
        return self.at(self.address.by(way))

    def figure(self, *, places: int = 1, unsigned: bool = False) -> Figure:
        """The figure as a sentence prints it; ``unsigned`` where a word says which way it goes."""
        value = self.value
        if unsigned and value is not None and value < 0:
            value = -value
        zero = self.leading_zero
        text = in_prose(value, self.shape, leading_zero=zero, places=places)
        return Figure(text, str(self.address))

    def pieces(self) -> Inlines:
        return (self.figure(),)

    def reach(self, word: str) -> Number:
        address = self.address
        if word in STANDINGS and ":" not in address.cell:
            parts = (f"{address.cell}:{word}", address.row, address.group, address.period)
            return self.at(Address(*parts))
        if word == "last_year" and not address.period:
            return self.at(Address(address.cell, address.row, address.group, self.last_year))
        if word in WAYS and not address.way and (word == "share" or not address.period):
            return self.by(word)
        raise unknown(str(address), word, NUMBER_WORDS)

    def told(self) -> str:
        return str(self.address)


@dataclass(frozen=True)
class Name(Spoken):
    """Words that are no figure: the name of a unit, a period, what a unit is called."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text)

    def pieces(self) -> Inlines:
        return (Text(self.text),) if self.text else ()

    def told(self) -> str:
        return self.text


@dataclass(frozen=True)
class Phrase(Spoken):
    """Words with figures in them, as a filter makes them. An empty one prints nothing."""

    content: Inlines

    def __bool__(self) -> bool:
        return bool(self.content)

    def pieces(self) -> Inlines:
        return self.content


@dataclass(frozen=True)
class Day(Spoken):
    """A day of a sentence."""

    day: date

    def pieces(self) -> Inlines:
        return (Text(day_text(self.day)),)


def day_text(day: date) -> str:
    """A day in a sentence: 05/9/2018, as signed text has it; in English 05/09/2018."""
    english = (get_language() or "vi").startswith("en")
    return vietnamese.format_date(day) if english else vietnamese.format_signed_date(day)


@dataclass(frozen=True)
class Document(Spoken):
    """A document that an act rests on; printed by the filter ``cited``."""

    basis: Basis


def exact(thing: object, sign: str = "") -> Value:
    """The number that a template reckons with. Raises ``NotCalculable``, and beyond ``LARGEST``."""
    if isinstance(thing, Exact):
        return thing.worth()
    if thing is None:
        return None
    if isinstance(thing, bool) or not isinstance(thing, int | float | Fraction):
        raise NotCalculable(sign=sign)
    if not -LARGEST <= thing <= LARGEST:  # no number at all, too
        raise NotCalculable(sign=sign)
    value = Fraction(str(thing)) if isinstance(thing, float) else Fraction(thing)
    if value.denominator > LARGEST:
        raise NotCalculable(sign=sign)
    return value
