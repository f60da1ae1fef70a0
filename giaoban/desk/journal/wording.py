"""What an entry wrote into other books than the ledger's, in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.desk.door import Sitting
from giaoban.ledger.entry_book import OtherRows
from giaoban.people.models import Role
from giaoban.units.models import Extent
from giaoban.units.queries import UnitLife, lives
from giaoban.vietnamese import MISSING, format_number

LABELS: dict[str, Any] = {
    "units_founding": gettext_lazy("Founded"),
    "units_closing": gettext_lazy("Closed"),
    "units_naming": gettext_lazy("Name of a unit"),
    "units_placement": gettext_lazy("Unit above"),
    "units_succession": gettext_lazy("Successor"),
    "people_registration": gettext_lazy("Number of a person"),
    "people_personname": gettext_lazy("Name of a person"),
    "people_particulars": gettext_lazy("Particulars"),
    "people_appointment": gettext_lazy("Appointment"),
    "journal_erasure": gettext_lazy("Erased content"),
    "plans_target": gettext_lazy("Target"),
    "reports_register": gettext_lazy("Register of outgoing documents"),
    "reports_issue": gettext_lazy("Issued document"),
    "reports_issuedform": gettext_lazy("Hash of a file"),
    "reports_frozenfigure": gettext_lazy("Frozen figure"),
    "reports_withdrawal": gettext_lazy("Withdrawn document"),
    "reports_signedcopy": gettext_lazy("Signature of a copy"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The rows of one book: what they are, how many, and the first of them in words."""

    label: Any
    n: int
    lines: list[str]
    more: int


def in_words(others: Iterable[OtherRows], sitting: Sitting) -> list[Said]:
    """The rows of the units in sight, book by book, and how many more there are."""
    listed = list(others)
    named = {
        row[column] for one in listed for row in one.rows
        for column in ("unit_id", "parent_id", "successor_id") if row.get(column)
    }  # fmt: skip
    units = lives(named, sitting.as_of)
    return [_said(one, units, sitting) for one in listed]


def _said(one: OtherRows, units: dict[int, UnitLife], sitting: Sitting) -> Said:
    say = _WORDS.get(one.table)
    seen = [row for row in one.rows if row["unit_id"] in sitting.units]
    lines = [say(row, units) for row in seen] if say else []
    more = one.n - len(lines) if lines else 0
    return Said(LABELS.get(one.table, one.table), one.n, lines, more)


def _unit(row: dict[str, Any], units: dict[int, UnitLife], column: str = "unit_id") -> str:
    return units[row[column]].name if row[column] else MISSING


def _named(row: dict[str, Any], _units: dict[int, UnitLife]) -> str:
    return str(row["name"])


def _placed(row: dict[str, Any], units: dict[int, UnitLife]) -> str:
    return _("{unit}: under {parent}").format(
        unit=_unit(row, units), parent=_unit(row, units, "parent_id")
    )


def _succeeded(row: dict[str, Any], units: dict[int, UnitLife]) -> str:
    return _("{unit}: succeeded by {successor} ({extent})").format(
        unit=_unit(row, units), successor=_unit(row, units, "successor_id"),
        extent=Extent(row["extent"]).label,
    )  # fmt: skip


def _appointed(row: dict[str, Any], units: dict[int, UnitLife]) -> str:
    return f"{row['login_name']}, {Role(row['role']).label}, {_unit(row, units)}"


def _aimed(row: dict[str, Any], units: dict[int, UnitLife]) -> str:
    return _("{unit}, {year}: {value}").format(
        unit=_unit(row, units), year=row["year"], value=format_number(row["value"])
    )


def _numbered(row: dict[str, Any], units: dict[int, UnitLife]) -> str:
    return _("{unit}: {kind}, from no. {n}").format(
        unit=_unit(row, units), kind=row["kind"], n=row["first_number"]
    )


def _issued(row: dict[str, Any], _units: dict[int, UnitLife]) -> str:
    return f"{row['symbol']}: {row['subject']}"


def _withdrawn(row: dict[str, Any], _units: dict[int, UnitLife]) -> str:
    return _("issued by entry {n}").format(n=format_number(row["issue"]))


_WORDS: dict[str, Callable[[dict[str, Any], dict[int, UnitLife]], str]] = {
    "units_founding": _unit,
    "units_closing": _unit,
    "units_naming": _named,
    "units_placement": _placed,
    "units_succession": _succeeded,
    "people_appointment": _appointed,
    "plans_target": _aimed,
    "reports_register": _numbered,
    "reports_issue": _issued,
    "reports_withdrawal": _withdrawn,
}
