"""Reading dated rules out of TOML, field by field, so that a slip in the settings is named.

Offices keep their own rules in files of the same form as `rules.toml`. A field that is missing,
of the wrong sort or unknown (a misspelt `valid_form`) is refused rather than passed over.
"""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .errors import RuleUnreadable

PACKAGED_RULES = Path(__file__).with_name("rules.toml")
SECTIONS = ("regime", "due_rule", "term")


class Record:
    """One TOML table that is being read; every field is taken once, then `done` is called."""

    def __init__(self, table: dict[str, Any], name: str) -> None:
        """Read `table`; `name` is what errors call it."""
        self._rest = dict(table)
        self._name = name

    def text(self, field: str) -> str:
        """A text that is not empty."""
        value = self._rest.pop(field, None)
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(field)
        return value

    def text_or_nothing(self, field: str) -> str:
        """A text, or "" where the field is absent."""
        return self.text(field) if field in self._rest else ""

    def flag(self, field: str) -> bool:
        """True or false; never assumed."""
        value = self._rest.pop(field, None)
        if not isinstance(value, bool):
            raise self.wrong(field)
        return value

    def whole(self, field: str, lowest: int, highest: int) -> int:
        """A whole number from `lowest` to `highest`."""
        value = self._rest.pop(field, None)
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise self.wrong(field)
        return value

    def whole_or_none(self, field: str, lowest: int, highest: int) -> int | None:
        """A whole number from `lowest` to `highest`, or None where the field is absent."""
        return self.whole(field, lowest, highest) if field in self._rest else None

    def validity(self) -> tuple[date | None, date | None]:
        """The half-open validity [valid_from, valid_to); an absent side is open."""
        valid_from, valid_to = self._day_or_none("valid_from"), self._day_or_none("valid_to")
        if valid_from and valid_to and valid_to <= valid_from:
            raise self.wrong("valid_to")
        return valid_from, valid_to

    def records(self, field: str) -> list["Record"]:
        """The tables below a field, at least one."""
        value = self._rest.pop(field, None)
        if not value or not _are_tables(value):
            raise self.wrong(field)
        return [Record(table, f"{self._name}, {field}") for table in value]

    def done(self) -> None:
        """Refuse fields that nobody asked for."""
        for field in self._rest:
            raise self.wrong(field)

    def wrong(self, field: str) -> RuleUnreadable:
        """The error that names this record and the field."""
        return RuleUnreadable(record=self._name, field=field)

    def _day_or_none(self, field: str) -> date | None:
        value = self._rest.pop(field, None)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.wrong(field)
        return value


def read_records(text: str, section: str) -> list[Record]:
    """The tables of one section of a TOML text, each called by its `code`; none is no error.

    Raises RuleUnreadable when the text is no TOML, holds a section that no rule has, or gives
    two records the same code.
    """
    try:
        sections = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleUnreadable(record=section, field=str(error)) from error
    for name, tables in sections.items():
        if name not in SECTIONS or not _are_tables(tables):
            raise RuleUnreadable(record=section, field=name)
    tables = sections.get(section, [])
    codes = [str(table.get("code", section)) for table in tables]
    for code in codes:
        if codes.count(code) > 1:
            raise RuleUnreadable(record=code, field="code")
    return [Record(table, code) for table, code in zip(tables, codes, strict=True)]


def _are_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)
