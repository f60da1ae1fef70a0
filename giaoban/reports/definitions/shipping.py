"""The definitions that come with the package (``shipped/*.toml``), and what of them fits a unit."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from giaoban.periods import PeriodKind
from giaoban.reports.definitions.definition import Definition
from giaoban.reports.definitions.toml_text import from_toml

FOLDER = Path(__file__).with_name("shipped")
# In the order in which they are offered: whoever asks for a report of a period gets the first.
ORDER = (
    "organisation-work",
    "organisation-work-year",
    "statement",
    "admissions-against-plan",
    "strength-by-particulars",
    "briefing",
    "correction",
)


@cache
def shipped() -> dict[str, Definition]:
    """The package's definitions by code."""
    texts = (FOLDER.joinpath(f"{code}.toml").read_text(encoding="utf-8") for code in ORDER)
    return {definition.code: definition for definition in map(from_toml, texts)}


def report_for(period: PeriodKind) -> Definition:
    """The report on organisation work that is made for a kind of period."""
    return next(one for one in shipped().values() if period in one.periods)
