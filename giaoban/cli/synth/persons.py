"""Inventing millions of persons: names and particulars, drawn in bulk from the demonstration's
lists. Nobody is real; whom a number stands for is the same at each run."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from giaoban.cli.demonstration.facts import read
from giaoban.vietnamese import PersonalName

Indices = npt.NDArray[np.intp]

_YEAR = 365.25
_FIELDS = ("ethnicity", "religion", "schooling", "profession", "theory", "occupation")
_MILIEU = "village"
_SEXES = ("male", "female")


class Invented(NamedTuple):
    """A person's name, and their particulars in the order of the book's sealed columns."""

    name: PersonalName
    particulars: tuple[str, date, str, str, str, str, str, str]


def invented(first: int, n: int, on: date, *, new: bool) -> Iterator[Invented]:
    """Persons number ``first`` and the following, found on a day; ``new`` ones are young."""
    rng = np.random.default_rng([3, first])
    sexes = _drawn("sex", n, rng)
    values = [_drawn(field, n, rng) for field in _FIELDS]
    youngest, usual, oldest = (18.2, 27, 50) if new else (22.2, 42, 75)
    ages = (rng.triangular(youngest, usual, oldest, n) * _YEAR).astype(int).tolist()
    names = _names(sexes, rng)
    for sex, age, name, *told in zip(sexes, ages, names, *values, strict=True):
        yield Invented(name, (sex, on - timedelta(days=age), *told))


def _drawn(field: str, n: int, rng: np.random.Generator) -> list[str]:
    values, weights = _weighted("milieux.csv", field)
    return [values[at] for at in rng.choice(len(values), n, p=weights).tolist()]


def _names(sexes: list[str], rng: np.random.Generator) -> Iterator[PersonalName]:
    parts: dict[tuple[str, str], tuple[list[str], list[int]]] = {}
    for part in ("family", "middle", "given"):
        for sex in _SEXES:
            texts, weights = _weighted("names.csv", f"{part} {sex}")
            parts[part, sex] = texts, rng.choice(len(texts), len(sexes), p=weights).tolist()
    for at, sex in enumerate(sexes):
        family, middle, given = (
            texts[drawn[at]]
            for texts, drawn in (parts["family", sex], parts["middle", sex], parts["given", sex])
        )
        yield _name(family, middle, given)


@cache
def _name(family: str, middle: str, given: str) -> PersonalName:
    return PersonalName(f"{family} {middle} {given}", family, middle, given)


@cache
def _weighted(file: str, which: str) -> tuple[list[str], npt.NDArray[np.float64]]:
    """The values of a list and the share of each."""
    if file == "names.csv":
        part, sex = which.split()
        rows = [(row["text"], row["weight"]) for row in read(file) if row["part"] == part
                and row["sex"] in ("", sex) and row["people"] in ("", "kinh")]  # fmt: skip
    else:
        rows = [(row["value"], row["weight"]) for row in read(file)
                if row["field"] == which and row["milieu"] == _MILIEU]  # fmt: skip
    weights = np.array([float(weight) for _text, weight in rows])
    return [text for text, _weight in rows], weights / weights.sum()
