"""The code lists that particulars are taken from: data, in both languages."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import get_language

from giaoban.people.errors import CodeUnknown

_FILE = Path(__file__).resolve().parent / "data" / "codes.csv"

CODED_FIELDS = (
    "sex",
    "ethnicity",
    "religion",
    "schooling",
    "profession",
    "theory",
    "occupation",
)


class Code(NamedTuple):
    """One entry of a code list."""

    code: str
    title_vi: str
    title_en: str

    @property
    def title(self) -> str:
        """The title in the active language."""
        return self.title_en if (get_language() or "vi").startswith("en") else self.title_vi


@cache
def code_lists() -> dict[str, dict[str, Code]]:
    """Every list: field → code → titles, in the order of the file."""
    lists: dict[str, dict[str, Code]] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code = Code(row["code"], row["title_vi"], row["title_en"])
            lists.setdefault(row["field"], {})[code.code] = code
    return lists


def check_code(field: str, value: str | None) -> None:
    """Refuse a value that is not in the field's list; None is always allowed (not known)."""
    codes = code_lists()[field]
    if value is not None and value not in codes:
        raise CodeUnknown(field=field, value=value, codes=list(codes))
