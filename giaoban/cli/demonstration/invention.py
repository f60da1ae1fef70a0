"""Inventing persons: names and particulars that are plausible for where somebody works or lives.

Nobody here is real. Lists and weights stand in ``names.csv`` and ``milieux.csv``.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from functools import cache
from random import Random

from giaoban.cli.demonstration.facts import read
from giaoban.people.actions import NewParticulars, NewPerson

YEAR = 365.25
# Youngest, usual and oldest age of members of long standing, by milieu.
AGES = {
    "village": (22, 60, 90), "village-muong": (22, 57, 88), "office": (25, 41, 60),
    "school": (24, 39, 60), "health": (25, 41, 60), "army": (22, 36, 56), "company": (23, 40, 60),
}  # fmt: skip
# The same for those who are being admitted.
NEW_AGES = {"village": (18, 29, 52), "village-muong": (18, 28, 50)}
OTHER_NEW_AGES = (20, 29, 44)
_FIELDS = ("sex", "ethnicity", "religion", "schooling", "profession", "theory", "occupation")
RETIRED_FROM = 60

Weighted = tuple[list[str], list[int]]


@cache
def _milieux() -> dict[tuple[str, str], Weighted]:
    lists: dict[tuple[str, str], Weighted] = defaultdict(lambda: ([], []))
    for row in read("milieux.csv"):
        values, weights = lists[row["milieu"], row["field"]]
        values.append(row["value"])
        weights.append(int(row["weight"]))
    return dict(lists)


@cache
def _name_parts(part: str, sex: str, people: str) -> Weighted:
    rows = [
        row for row in read("names.csv")
        if row["part"] == part and row["sex"] in ("", sex) and row["people"] in ("", people)
    ]  # fmt: skip
    return [row["text"] for row in rows], [int(row["weight"]) for row in rows]


def _draw(rng: Random, weighted: Weighted) -> str:
    return rng.choices(weighted[0], weighted[1])[0]


def _name(rng: Random, sex: str, ethnicity: str) -> str:
    people = "muong" if ethnicity == "muong" else "kinh"
    parts = (
        _name_parts("family", "", people),
        _name_parts("middle", sex, people),
        _name_parts("given", sex, people),
    )
    return " ".join(_draw(rng, part) for part in parts)


def _born(rng: Random, on: date, ages: tuple[int, int, int]) -> date:
    """A birthday that makes somebody as old on a day as ``ages`` say: youngest, oldest, usual."""
    youngest, usual, oldest = ages
    age = rng.triangular(youngest + 0.2, oldest, usual)
    return on - timedelta(days=int(age * YEAR))


def invent(rng: Random, milieu: str, on: date, key: str, *, new: bool) -> NewPerson:
    """A person found in a milieu on a day; ``new`` for one who is being admitted that day."""
    lists = _milieux()
    drawn = {
        field: _draw(rng, lists.get((milieu, field)) or lists["village", field])
        for field in _FIELDS
    }
    ages = NEW_AGES.get(milieu, OTHER_NEW_AGES) if new else AGES[milieu]
    born = _born(rng, on, ages)
    if (on - born).days > RETIRED_FROM * YEAR and drawn["occupation"] != "farmer":
        drawn["occupation"] = "retired"
    if new:
        drawn["theory"] = "elementary" if drawn["theory"] == "elementary" else "none"
        if drawn["schooling"] == "primary":
            drawn["schooling"] = "lower-secondary"
    name = _name(rng, drawn["sex"], drawn["ethnicity"])
    return NewPerson(name, NewParticulars(born_on=born, **drawn), on=on, key=key)
