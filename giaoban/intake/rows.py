"""What the rows of a table say, each on its own: an act to record, or why it can't be taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.intake import values
from giaoban.intake.errors import CellMissing, CellUnreadable, CodeTwice, PersonSuspected
from giaoban.intake.fields import IntakeField, Subject, fields_of
from giaoban.intake.reading import Cell
from giaoban.intake.values import UnitBook
from giaoban.journal.errors import FutureDate, RuleBroken
from giaoban.journal.writing import BasisOn
from giaoban.ledger.accounts import Account
from giaoban.ledger.verbs import ACTS, ToldAct, own_fields
from giaoban.people.actions import NewParticulars, NewPerson
from giaoban.people.codes import CODED_FIELDS
from giaoban.units.rules import NewUnit

# What somebody decides of a suspected duplicate: a namesake, or the person of the books.
NEW, SAME = "new", "same"
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RowFound:
    """A row of the table, by its number in the spreadsheet: what it says, or why not.

    ``suspect`` is the person (or, in ``suspect_row``, the earlier row) who may be the same; then
    ``refusal`` asks for a decision. Neither told nor refused is a row of somebody who stands in
    the books already.
    """

    number: int
    told: ToldAct | NewUnit | None = None
    opened_on: date | None = None
    basis: BasisOn | None = None
    name: str = ""
    refusal: RuleBroken | None = None
    suspect: int | None = None
    suspect_row: int | None = None


@dataclass(slots=True)
class Asked:
    """What the rows are read with: the match, the units in charge, who is in the books already by
    (folded name, birthday), what a person has decided, and what holds for all rows."""

    subject: Subject
    match: Mapping[int, str]
    units: UnitBook
    known: Mapping[tuple[str, date | None], int]
    decisions: Mapping[str, str]
    on: date
    today: date
    basis: BasisOn | None = None
    seen: dict[tuple[str, date | None], int] = field(default_factory=dict)


def read_rows(asked: Asked, rows: Sequence[Sequence[Cell]], first: int) -> list[RowFound]:
    """Read every row that isn't empty; ``first`` is the number of the first."""
    read = _READ[asked.subject]
    found = []
    for number, row in enumerate(rows, start=first):
        if any(cell is not None for cell in row):
            found.append(_read(asked, number, row, read))
    return found


def _read(
    asked: Asked, number: int, row: Sequence[Cell], read: Callable[[Asked, int, Told], RowFound]
) -> RowFound:
    told: Told = {}
    try:
        _fill(told, asked, row)
        return read(asked, number, told)
    except PersonSuspected as refused:
        return RowFound(
            number, name=str(told.get("name", "")), refusal=refused,
            suspect=refused.params.get("person"), suspect_row=refused.params.get("row"),
        )  # fmt: skip
    except RuleBroken as refused:
        return RowFound(number, name=str(told.get("name", "")), refusal=refused)


def _fill(told: Told, asked: Asked, row: Sequence[Cell]) -> None:
    """Read the values of a row by field, the name first, so that a refusal can say whose row it
    is; a field without a value is left out."""
    fields = fields_of(asked.subject)
    for at, code in sorted(asked.match.items(), key=lambda pair: pair[1] not in _NAMES):
        cell = row[at] if at < len(row) else None
        if cell is not None:
            told[code] = _value(asked, fields[code], cell)
    if "name" not in told and "given_name" in told:
        told["name"] = f"{told.get('family_name', '')} {told['given_name']}".strip()
    for one in fields.values():
        if one.required and one.code not in told and not (one.code == "name" and "person" in told):
            raise CellMissing(field=one.title)


_NAMES = ("name", "family_name", "given_name", "unit_name")


def _value(asked: Asked, one: IntakeField, cell: Cell) -> Any:
    if one.holds == "unit":
        return asked.units.find(cell)
    if one.holds == "act":
        return values.act_word(cell, one)
    read = values.READERS.get(one.holds)
    return values.word(cell, one) if read is None else read(cell, one.title)


def _name(told: Told) -> vietnamese.PersonalName:
    """The name, written small if it came in capitals, with the split of its columns."""
    full = str(told["name"])
    if full.isupper():
        full = " ".join(vietnamese.capitalise_first(part.lower()) for part in full.split())
    try:
        return vietnamese.split_name(full)
    except vietnamese.BadText as refused:
        title = fields_of(Subject.MEMBERS)["name"].title
        raise CellUnreadable(field=title, reason=values.told_by(refused)) from refused


def _person(asked: Asked, number: int, told: Told, on: date) -> tuple[int | None, NewPerson | None]:
    """The person of a row: known, or new. Raises ``PersonSuspected`` until somebody decides."""
    if "person" in told:
        return int(told["person"]), None
    if "name" not in told:
        raise CellMissing(field=fields_of(Subject.MEMBERS)["name"].title)
    name, born = _name(told), told.get("born_on")
    mark = (vietnamese.fold(name.full), born)
    decided = asked.decisions.get(str(number))
    suspect, row = asked.known.get(mark), asked.seen.get(mark)
    if suspect is not None and decided == SAME:
        return suspect, None
    if decided != NEW and (suspect is not None or row is not None):
        told_by = _("number {n}") if suspect else _("row {n}")
        where = told_by.format(n=vietnamese.format_number(suspect or row or 0))
        raise PersonSuspected(
            name=name.full, born=born or vietnamese.MISSING, where=where, person=suspect, row=row
        )
    asked.seen.setdefault(mark, number)
    coded = {code: told[code] for code in CODED_FIELDS if code in told}
    return None, NewPerson(name.full, NewParticulars(born_on=born, **coded), on=on, split=name)


def _member(asked: Asked, number: int, told: Told) -> RowFound:
    """A row of the first list: somebody stands in a unit on the day of the list."""
    person, new = _person(asked, number, told, asked.on)
    if person is not None:
        return RowFound(number, name=str(told.get("name", "")), suspect=person)
    fields: Told = {
        "unit": told["unit"],
        "on": asked.on,
        "standing": Account.PROBATIONARY
        if told.get("standing") == "probationary"
        else Account.FULL,
        "ceremony_on": told.get("ceremony_on"),
    }
    for day in (told.get("ceremony_on"), told.get("born_on")):
        if day is not None and day > asked.today:
            raise FutureDate(date=day)
    act = ToldAct(verb="open", fields=fields, person=person, newcomer=new,
                  basis=asked.basis, note=told.get("note", ""))  # fmt: skip
    return RowFound(number, act, name=new.full_name if new else str(told.get("name", "")))


def _standing(code: str | None) -> Account:
    """The standing a row names; a list that names none is of full members."""
    return Account.PROBATIONARY if code == "probationary" else Account.FULL


# The day of a row that gives one day goes to whichever field of the act holds its day.
_DAYS = ("ceremony_on", "decided_on", "received_on", "left_on", "on", "approved_on", "given_on",
         "restored_on", "found_on")  # fmt: skip


def _act(asked: Asked, number: int, told: Told) -> RowFound:
    """A row of a list of acts."""
    verb = told["act"]
    fields: Told = {}
    for name, _kind, required in own_fields(ACTS[verb]):
        value = told.get(name)
        if name in _DAYS and value is None and required:
            value = told.get("effective_on")
        if name == "standing" and value is not None:
            value = _standing(value)
        if value is not None:
            fields[name] = value
        elif required:
            raise CellMissing(field=_title(name))
    basis = _basis(told) or asked.basis
    known = dict(asked.known)
    if verb in ("open", "admit", "arrive", "adjust"):
        person, new = _person(asked, number, told, told.get("effective_on") or asked.on)
    else:
        person, new = _somebody(told, known), None
    act = ToldAct(verb=verb, fields=fields, person=person, newcomer=new, basis=basis,
                  note=told.get("note", ""))  # fmt: skip
    return RowFound(number, act, name=str(told.get("name", "")))


def _title(name: str) -> str:
    fields = fields_of(Subject.ACTS)
    return fields[name].title if name in fields else fields["effective_on"].title


def _somebody(told: Told, known: Mapping[tuple[str, date | None], int]) -> int:
    """A member who is in the books: by number, or by name and birthday."""
    if "person" in told:
        return int(told["person"])
    if "name" not in told:
        raise CellMissing(field=fields_of(Subject.ACTS)["person"].title)
    mark = (vietnamese.fold(_name(told).full), told.get("born_on"))
    if mark not in known:
        raise CellUnreadable(
            field=fields_of(Subject.ACTS)["name"].title,
            reason=values.nobody_called(str(told["name"])),
        )
    return known[mark]


def _basis(told: Told) -> BasisOn | None:
    if not {"basis_number", "basis_on", "basis_issuer"} <= told.keys():
        return None
    return BasisOn(told["basis_number"], told["basis_on"], told["basis_issuer"])


def _unit(asked: Asked, number: int, told: Told) -> RowFound:
    """A row of the list of units."""
    parent, mark = told.get("parent"), (str(told["code"]).casefold(), None)
    if mark in asked.seen:
        raise CodeTwice(code=told["code"], row=asked.seen[mark])
    asked.seen[mark] = number
    new = NewUnit(
        code=told["code"], kind=told["kind"], name=told["unit_name"], parent=parent,
        sector=told.get("sector"), position=number,
    )  # fmt: skip
    return RowFound(
        number, new, opened_on=told.get("opened_on") or asked.on,
        basis=_basis(told) or asked.basis, name=told["unit_name"],
    )  # fmt: skip


_READ: dict[Subject, Callable[[Asked, int, Told], RowFound]] = {
    Subject.MEMBERS: _member, Subject.ACTS: _act, Subject.UNITS: _unit,
}  # fmt: skip
