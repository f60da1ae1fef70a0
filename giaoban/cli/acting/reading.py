"""Reading one field, from an option's text or from JSON.

A reader gives the value or raises ``ArgumentTypeError`` with words for whoever wrote it; what a
file holds is checked here for its shape only, the rules of the books come later.
"""

from __future__ import annotations

import csv
import re
from argparse import ArgumentTypeError
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.cli.reasons import reason
from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.people.models import Role
from giaoban.plans.indicators import TARGETED
from giaoban.terminal import office
from giaoban.units.rules import NewUnit

STANDING_CODES = {office.code_of(account): account for account in STANDINGS}
ROLE_CODES = {office.code_of(role): role for role in Role}
# How many characters the books hold.
CODE, UNIT_NAME, PERSON_NAME, LOGIN = 60, 250, 100, 150
_NEW_UNIT = ("code", "kind", "name", "parent", "sector", "position")


def text(told: Any) -> str:
    """Some text, in NFC, with single plain spaces and none around it."""
    if isinstance(told, bool) or not isinstance(told, str | int):
        raise ArgumentTypeError(_("Write this as text."))
    try:
        cleaned = vietnamese.clean(str(told), keep_lines=True)
    except vietnamese.BadText as refused:
        raise ArgumentTypeError(office.in_words(refused)) from refused
    if not cleaned:
        raise ArgumentTypeError(_("This is empty."))
    return cleaned


def short(said: str, most: int) -> str:
    """A text of no more characters than the books hold."""
    if len(said) > most:
        refused = _("This has {n} characters; the books hold {most}.")
        raise ArgumentTypeError(refused.format(n=len(said), most=most))
    return said


LARGEST = 2_147_483_647  # what a column of the books holds
# Digits alone, or with a dot before each three, as numbers are printed.
_WHOLE = re.compile(r"[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+")


def whole(told: Any) -> int:
    """A whole number, in digits or as the commands print it: 1.234."""
    said = text(told)
    if not _WHOLE.fullmatch(said):
        raise ArgumentTypeError(_("{said} is not a whole number.").format(said=said))
    digits = said.replace(".", "").lstrip("0") or "0"
    if len(digits) > len(str(LARGEST)) or int(digits) > LARGEST:
        raise ArgumentTypeError(_("{said} is too large a number.").format(said=said))
    return int(digits)


def day(told: Any) -> date:
    """A day, as ``office.day`` reads it."""
    return office.day(text(told))


def person(told: Any) -> int | str:
    """A member's number, or the key under which the member was registered."""
    said = text(told)
    return whole(said) if _WHOLE.fullmatch(said) else said


def standing(told: Any) -> Account:
    """A standing by its code: probationary, full, or either in transit."""
    return STANDING_CODES[one_of(told, STANDING_CODES)]


def role(told: Any) -> Role:
    """A login's role by its code."""
    return ROLE_CODES[one_of(told, ROLE_CODES)]


def indicator(told: Any) -> str:
    """The code of an indicator that takes a target."""
    return one_of(told, TARGETED)


def one_of(told: Any, choices: Sequence[str] | Mapping[str, Any]) -> str:
    """A code of a list."""
    said = text(told)
    if said not in choices:
        listed = ", ".join(choices)
        raise ArgumentTypeError(
            _("There is no {said}. Choose one of: {codes}.").format(said=said, codes=listed)
        )
    return said


def pair(told: Any) -> tuple[str, str]:
    """``A=B``, such as a unit that was split and the successor somebody went to."""
    left, sign, right = text(told).partition("=")
    if not (left and sign and right):
        raise ArgumentTypeError(_("Write this as CODE=CODE."))
    return left.strip(), right.strip()


def share(told: Any) -> tuple[str, int | None]:
    """``CODE=12``: a unit and its target; ``CODE=none`` takes a target back."""
    code, sign, value = text(told).partition("=")
    if not (code and sign):
        raise ArgumentTypeError(_("Write this as CODE=NUMBER."))
    return code.strip(), None if value in ("none", "None", "") else whole(value)


def given_share(told: Any) -> tuple[str, int]:
    """``CODE=12``: a unit directly below and its share."""
    code, value = share(told)
    if value is None:
        raise ArgumentTypeError(_("Write this as CODE=NUMBER."))
    return code, value


def member_destinations(told: Any) -> dict[int, str]:
    """Member's number → code of the unit they go to; from a CSV file, or an object."""
    return {whole(number): text(code) for number, code in _pairs(told, ("person", "code"))}


def unit_destinations(told: Any) -> dict[str, str]:
    """Code of a unit below → code of its new parent; from a CSV file, or an object."""
    return {text(unit): text(code) for unit, code in _pairs(told, ("unit", "code"))}


def new_units(told: Any) -> list[NewUnit]:
    """Units to be founded; from a CSV file, or a list of objects. An empty parent is a root's."""
    rows = told if isinstance(told, list) else _rows(told, _NEW_UNIT[:4])
    return [_new_unit(row) for row in rows]


def _new_unit(row: Any) -> NewUnit:
    if not isinstance(row, Mapping) or not set(_NEW_UNIT[:4]) <= set(row) <= set(_NEW_UNIT):
        raise ArgumentTypeError(
            _("A new unit has the fields {fields}.").format(fields=", ".join(_NEW_UNIT))
        )
    return NewUnit(
        code=short(text(row["code"]), CODE), kind=text(row["kind"]),
        name=short(text(row["name"]), UNIT_NAME),
        parent=row.get("parent") or None, sector=row.get("sector") or None,
        position=whole(row.get("position") or 0),
    )  # fmt: skip


def _pairs(told: Any, columns: tuple[str, str]) -> list[tuple[Any, Any]]:
    if isinstance(told, Mapping):
        return list(told.items())
    return [(row[columns[0]], row[columns[1]]) for row in _rows(told, columns)]


def _rows(told: Any, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a CSV file whose head names at least these columns."""
    file = text(told)
    try:
        with open(file, encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if not set(columns) <= set(reader.fieldnames or ()):
                said = _("The file {file} needs a head with the columns {columns}.")
                raise ArgumentTypeError(said.format(file=file, columns=", ".join(columns)))
            return [{key: value or "" for key, value in row.items() if key} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as broken:
        said = _("The file {file} can't be read: {reason}.")
        raise ArgumentTypeError(said.format(file=file, reason=reason(broken))) from broken
