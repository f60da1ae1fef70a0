"""What every dated rule carries: its names, its legal basis, its validity, what is not confirmed.

Rules of the field change; a rule that ends keeps its record with a `valid_to`, because old
reports are reprinted by it, and its successor is a record of its own.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from .records import Record
from .wording import validity_en, validity_vi


@dataclass(frozen=True, kw_only=True)
class DatedRule:
    """A rule in force in [valid_from, valid_to); None is an open side.

    `legal_basis` names number, date and article in Vietnamese. `confirmed` means that the whole
    record was read in sources; the notes name what was not.
    """

    code: str
    title_vi: str
    title_en: str
    legal_basis: str
    valid_from: date | None
    valid_to: date | None
    confirmed: bool
    note_vi: str
    note_en: str

    def in_force_on(self, day: date) -> bool:
        """True if `day` lies in [valid_from, valid_to)."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)

    @property
    def validity_vi(self) -> str:
        """The validity in Vietnamese: từ ngày 12/03/2019 (đến hết ngày …)."""
        return validity_vi(self.valid_from, self.valid_to)

    @property
    def validity_en(self) -> str:
        """The validity in English: from 12/03/2019 (to …), both days included."""
        return validity_en(self.valid_from, self.valid_to)


def dated_fields(record: Record) -> dict[str, Any]:
    """The fields of DatedRule, taken from a record; raises RuleUnreadable."""
    valid_from, valid_to = record.validity()
    return {
        "code": record.text("code"),
        "title_vi": record.text("title_vi"),
        "title_en": record.text("title_en"),
        "legal_basis": record.text("legal_basis"),
        "valid_from": valid_from,
        "valid_to": valid_to,
        "confirmed": record.flag("confirmed"),
        "note_vi": record.text("note_vi"),
        "note_en": record.text("note_en"),
    }
