"""The data files of the demonstration, read into plain records. Each file says what is fact."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent / "data"

ROOT = "DB-HA-NOI"
DISTRICT = "HU-THACH-THAT"


def read(name: str) -> list[dict[str, str]]:
    """The lines of a data file; lines beginning with # are remarks."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(line for line in file if not line.startswith("#")))


@dataclass(frozen=True, slots=True)
class UnitFact:
    """A unit as the data files have it; ``milieu`` tells what its members are like."""

    code: str
    parent: str | None
    kind: str
    sector: str | None
    name: str
    milieu: str
    members: int = 0

    @property
    def is_grassroots(self) -> bool:
        """Whether it counts as tổ chức cơ sở đảng."""
        return self.kind in ("party-base", "party-base-cell")


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit with a target had to reach in 2018, and what it reached in nine months."""

    unit: str
    name: str
    target: int
    admitted: int


@dataclass(frozen=True, slots=True)
class NewBase:
    """An organisation founded in a non-state enterprise in 2018."""

    unit: UnitFact
    on: date
    first_members: int


@dataclass(frozen=True, slots=True)
class Span:
    """How much happens from one day until another (not included): kind of happening → times."""

    from_on: date
    until: date
    times: dict[str, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """Which part (of 100) of a unit passed to a successor on a day."""

    on: date
    predecessor: str
    successor: str
    share: int


def _unit(row: dict[str, str]) -> UnitFact:
    return UnitFact(
        row["code"], row["parent"] or None, row["kind"], row["sector"] or None, row["name"],
        row["milieu"], int(row.get("members_2014", 0)),
    )  # fmt: skip


@cache
def units() -> tuple[UnitFact, ...]:
    """The units at the opening of the books, in the office's order, parents first."""
    return tuple(_unit(row) for row in read("units.csv"))


@cache
def units_of_2025() -> dict[str, UnitFact]:
    """The units that the rearrangements of 2025 brought, by code."""
    return {row["code"]: _unit(row) for row in read("reform_units.csv")}


@cache
def allocation() -> tuple[Share, ...]:
    """The 42 units with a target for 2018."""
    return tuple(
        Share(row["code"], row["unit"], int(row["target_2018"]), int(row["admitted_9_months"]))
        for row in read("allocation.csv")
    )


@cache
def foundings() -> tuple[NewBase, ...]:
    """The Party organisations and trade unions founded in non-state enterprises in 2018."""
    return tuple(
        NewBase(
            UnitFact(row["code"], row["parent"], row["kind"], "non-state-enterprise", row["name"],
                     "company" if row["kind"].startswith("party") else ""),
            date.fromisoformat(row["on"]), int(row["first_members"]),
        )
        for row in read("foundings.csv")
    )  # fmt: skip


@cache
def spans() -> tuple[Span, ...]:
    """The spans of time, in order, with what happened in each."""
    return tuple(
        Span(
            date.fromisoformat(row.pop("from_on")),
            date.fromisoformat(row.pop("until")),
            {name: int(n) for name, n in row.items()},
        )
        for row in read("spans.csv")
    )


@cache
def passages() -> tuple[Passage, ...]:
    """Which unit went where in 2025, in the order of the acts."""
    return tuple(
        Passage(date.fromisoformat(row["on"]), row["predecessor"], row["successor"],
                int(row["share"]))
        for row in read("reform.csv")
    )  # fmt: skip


@cache
def moves() -> dict[str, str]:
    """The units that only changed their parent on 01/07/2025: code → new parent's code."""
    return {row["unit"]: row["parent"] for row in read("reform_moves.csv")}
