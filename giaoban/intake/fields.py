"""What may be brought in: for each kind of table its fields, their names in a head, what they hold.

A head is matched by its words without diacritics: "Ngày, tháng, năm sinh" is "ngay thang nam sinh".
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

_FILE = Path(__file__).resolve().parent / "data" / "fields.csv"


class Subject(models.TextChoices):
    """What the rows of a file are."""

    MEMBERS = "members", _("members standing in their units")
    UNITS = "units", _("units")
    ACTS = "acts", _("acts on members")


@dataclass(frozen=True, slots=True)
class IntakeField:
    """A field of a table: its code, its head in a template, other heads it is known by.

    ``holds`` is text, name, day, unit, a code list's name, or a list of the subject's own.
    """

    code: str
    title_vi: str
    title_en: str
    holds: str
    required: bool
    known_as: tuple[str, ...]

    @property
    def title(self) -> str:
        """The head in the active language."""
        return self.title_en if (get_language() or "vi").startswith("en") else self.title_vi


@cache
def fields_of(subject: Subject) -> dict[str, IntakeField]:
    """The fields of a subject by code, in the order of the template."""
    found: dict[str, IntakeField] = {}
    with _FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if subject in row["subjects"].split():
                found[row["code"]] = IntakeField(
                    code=row["code"], title_vi=row["title_vi"], title_en=row["title_en"],
                    holds=row["holds"], required=subject in row["required"].split(),
                    known_as=tuple(row["known_as"].split("|")),
                )  # fmt: skip
    return found
