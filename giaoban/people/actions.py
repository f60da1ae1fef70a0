"""Acts on persons and logins: register, rename, describe, appoint, erase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from giaoban import vietnamese
from giaoban.journal.actions import erase_rows, erased_before
from giaoban.journal.errors import KeyReused, RuleBroken
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow, SealedRow
from giaoban.journal.queries import AsOf
from giaoban.journal.text import check_text
from giaoban.journal.writing import (
    BasisOn,
    Draft,
    Journal,
    Progress,
    Recorder,
    next_ids,
    open_journal,
)
from giaoban.people import name_keys, scope
from giaoban.people.appointments import charges
from giaoban.people.codes import CODED_FIELDS, check_code
from giaoban.people.content import content_of
from giaoban.people.errors import (
    AlreadyErased,
    BornInFuture,
    NameRefused,
    NotAppointed,
    PersonUnknown,
)
from giaoban.people.models import Appointment, Particulars, PersonName, Registration, Role
from giaoban.people.queries import known_persons
from giaoban.units.errors import UnitUnknown
from giaoban.units.models import Unit
from giaoban.units.queries import lives

FULL_NAME_LENGTH, NAME_PART_LENGTH = 200, 100  # what the columns have room for


@dataclass(frozen=True, slots=True)
class NewParticulars:
    """What the paper says of a person; codes of ``codes.py``, None where it says nothing."""

    sex: str | None = None
    born_on: date | None = None
    ethnicity: str | None = None
    religion: str | None = None
    schooling: str | None = None
    profession: str | None = None
    theory: str | None = None
    occupation: str | None = None

    def checked(self, on: date) -> tuple[Any, ...]:
        """The values in the book's order; refuses unknown codes and a birth after ``on``."""
        for name in CODED_FIELDS:
            check_code(name, getattr(self, name))
        if self.born_on is not None and self.born_on > on:
            raise BornInFuture(born=self.born_on, date=on)
        return tuple(getattr(self, field.name) for field in fields(self))


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be registered: full name (with its split where the usual one is wrong)."""

    full_name: str
    particulars: NewParticulars = NewParticulars()
    on: date | None = None
    split: vietnamese.PersonalName | None = None
    key: str | None = None

    def under(self, key: str | None) -> NewPerson:
        """The same person, to be registered under a key."""
        return replace(self, key=key)


def _name_values(
    full: str, split: vietnamese.PersonalName | None
) -> tuple[vietnamese.PersonalName, tuple[Any, ...]]:
    try:
        name = split or vietnamese.split_name(full)
    except vietnamese.BadText as refused:
        raise NameRefused(reason=str(refused)) from refused
    check_text(_("full name"), name.full, FULL_NAME_LENGTH)
    for part in (name.family, name.middle, name.given):
        check_text(_("part of a name"), part, NAME_PART_LENGTH)
    return name, (name.full, name.family, name.middle, name.given)


def _draft(new: NewPerson, person: int, today: date) -> tuple[Draft, vietnamese.PersonalName]:
    on = new.on or today
    name, values = _name_values(new.full_name, new.split)
    rows: dict[type[BookRow], list[tuple[Any, ...]]] = {
        Registration: [(person,)],
        PersonName: [(person, on, *values)],
    }
    if new.particulars != NewParticulars():
        rows[Particulars] = [(person, on, *new.particulars.checked(on))]
    return Draft(Kind.REGISTRATION, on, rows, idempotency_key=new.key), name


def register_persons(
    people: Iterable[NewPerson], *, by: Recorder, progress: Progress | None = None,
    roles: Iterable[Role] = scope.RECORDS,
) -> list[int]:  # fmt: skip
    """Register any number of persons, one entry each, and return their numbers in order.

    A person whose idempotency key is already in the journal is not registered again. Raises
    ``NameRefused``, ``CodeUnknown``, ``BornInFuture``, ``FutureDate``, with ``position`` set to
    the place in the batch, ``NotARecorder``, ``KeyReused``; then nobody is registered.
    """
    with _open(by, roles) as journal:
        return _register(journal, list(people), progress)


@contextmanager
def _open(by: Recorder, roles: Iterable[Role] = scope.RECORDS) -> Iterator[Journal]:
    """The journal, for a login that records somewhere: a person's own acts name no unit."""
    with open_journal(by) as journal:
        scope.require_recorder(by.name, on=by.today, known=journal.number, roles=roles)
        yield journal


def _register(journal: Journal, people: list[NewPerson], progress: Progress | None) -> list[int]:
    known = _registered_under(journal, people)
    fresh: list[NewPerson] = []
    place: dict[str, int] = {}  # where in ``fresh`` the person of a key stands
    answers: list[tuple[bool, int]] = []  # (fresh, place in fresh) or (known, number)
    for new in people:
        if new.key is not None and new.key in known:
            answers.append((False, known[new.key]))
            continue
        at = place.setdefault(new.key, len(fresh)) if new.key is not None else len(fresh)
        if at == len(fresh):
            fresh.append(new)
        elif fresh[at] != new:
            raise KeyReused(key=new.key, n=journal.number + at + 1)
        answers.append((True, at))
    ids = next_ids("people_person", len(fresh))
    drafts = []
    for new, person in zip(fresh, ids, strict=True):
        try:
            drafts.append(_draft(new, person, journal.by.today))
        except RuleBroken as refused:
            refused.position = next(at for at, one in enumerate(people) if one is new)
            raise
    with (
        connection.cursor() as cursor,
        cursor.copy("COPY people_person (id) FROM STDIN") as copy,
    ):
        copy.write("".join(f"{person}\n" for person in ids))
    numbers = journal.write_all((draft for draft, _ in drafts), progress)
    name_keys.add(
        name_keys.Named(number, 1, person, name)
        for number, person, (_, name) in zip(numbers, ids, drafts, strict=True)
    )
    return [ids[number] if is_fresh else number for is_fresh, number in answers]


def _registered_under(journal: Journal, people: list[NewPerson]) -> dict[str, int]:
    """key → person for keys used before; raises ``KeyReused`` where it was for somebody else."""
    entries = journal.find(new.key for new in people)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.entry_id, r.person_id, n.full_name FROM people_registration AS r"
            " JOIN people_personname AS n ON n.entry_id = r.entry_id WHERE r.entry_id = ANY(%s)",
            [[entry.pk for entry in entries.values()]],
        )
        registered = {row[0]: row[1:] for row in cursor.fetchall()}
    found: dict[str, int] = {}
    for new in people:
        if new.key is None or new.key not in entries:
            continue
        number = entries[new.key].pk
        person, full = registered.get(number, (None, None))
        # An erased name can't be compared; the key stands for the person still.
        if person is None or full not in (None, _name_values(new.full_name, new.split)[0].full):
            raise KeyReused(key=new.key, n=number)
        found[new.key] = person
    return found


def register_person(new: NewPerson, *, roles: Iterable[Role] = scope.RECORDS, by: Recorder) -> int:
    """Register one person and return the number that stands for them in every book."""
    return register_persons([new], by=by, roles=roles)[0]


def rename_person(
    person: int, full_name: str, *, on: date, by: Recorder, basis: BasisOn | None = None,
    split: vietnamese.PersonalName | None = None, key: str | None = None,
) -> int:  # fmt: skip
    """Record that a person is called otherwise from ``on``.

    Raises ``PersonUnknown``, ``OutOfScope`` (``scope.require_person``).
    """
    with _open(by) as journal:
        name, values = _name_values(full_name, split)
        said = dict(zip(PersonName.sealed, values, strict=True))
        done = _said_before(journal, key, Kind.NAMING, on, PersonName, person, said)
        if done is not None:
            return done
        _require_known(person)
        _require_charge(journal, person)
        draft = Draft(Kind.NAMING, on, {PersonName: [(person, on, *values)]}, basis=basis,
                      idempotency_key=key)  # fmt: skip
        number = journal.write(draft)
        name_keys.add([name_keys.Named(number, 1, person, name)])
        return number


def set_particulars(
    person: int, particulars: NewParticulars, *, on: date, by: Recorder, note: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Record a person's particulars as they hold from ``on``; earlier days keep theirs.

    Raises as ``rename_person``, and ``CodeUnknown``, ``BornInFuture``.
    """
    with _open(by) as journal:
        said = asdict(particulars)
        done = _said_before(journal, key, Kind.PARTICULARS, on, Particulars, person, said)
        if done is not None:
            return done
        _require_known(person)
        _require_charge(journal, person)
        row = (person, on, *particulars.checked(on))
        return journal.write(
            Draft(Kind.PARTICULARS, on, {Particulars: [row]}, note=note, idempotency_key=key)
        )


def _said_before(
    journal: Journal, key: str | None, kind: Kind, on: date, book: type[SealedRow], person: int,
    content: Mapping[str, Any],
) -> int | None:  # fmt: skip
    """The entry of an earlier try to say this of a person. Raises ``KeyReused``.

    Erased content can't be compared; the key stands for person and day still.
    """
    said = {"person_id": person, "from_on": on}
    entry = journal.find([key]).get(key or "")
    if entry is None or not book.objects.filter(entry_id=entry.pk, salt=None).exists():
        said |= content
    return journal.done_before(key, kind, on, book, said)


def erase_person(
    person: int, *, basis: BasisOn | None, by: Recorder, note: str = "", key: str | None = None
) -> int:
    """Erase a person's names, particulars and the notes of acts on them, as the law on personal
    data may demand.

    Legs stay, so no total changes; the chain still verifies. A note of the erasure itself stays,
    too, and so do titles of papers and keys that spell the name (``content.left_of_names``). It
    can't be taken back, so it takes somebody in charge of every unit where the person stands or
    stood. Raises ``PersonUnknown``, ``BasisMissing``, ``OutOfScope``, or
    ``AlreadyErased`` when nothing is left.
    """
    with _open(by) as journal:
        _require_known(person)
        rows = content_of(person)
        if (done := erased_before(journal, key, rows)) is not None:
            return done
        _require_charge(journal, person, everywhere=True)
        if all(row.salt is None for row in rows):
            raise AlreadyErased(person=person)
        name_keys.forget(person)
        return erase_rows(journal, rows, basis=basis, note=note, key=key)


def appoint_login(
    login: str, unit: int, role: Role, *, on: date, by: Recorder, basis: BasisOn | None = None,
    key: str | None = None,
) -> int:  # fmt: skip
    """Put a login in charge of a unit and all below it from ``on``.

    Raises ``LoginUnknown``, ``UnitUnknown``, ``OutOfScope``, ``OwnLogin``
    (``scope.require_appointer``).
    """
    return _appointment(login, unit, role, on, by, basis, key, ends=False)


def end_appointment(
    login: str, unit: int, role: Role, *, on: date, by: Recorder, basis: BasisOn | None = None,
    key: str | None = None,
) -> int:  # fmt: skip
    """End a login's appointment from ``on``.

    Raises as ``appoint_login``, and ``NotAppointed``, ``NobodyLeft``.
    """
    return _appointment(login, unit, role, on, by, basis, key, ends=True)


def _appointment(
    login: str, unit: int, role: Role, on: date, by: Recorder, basis: BasisOn | None,
    key: str | None, *, ends: bool,
) -> int:  # fmt: skip
    kind = Kind.DISMISSAL if ends else Kind.APPOINTMENT
    row = (login, unit, int(role), on, ends)
    with open_journal(by) as journal:
        said = dict(zip(Appointment.columns, row, strict=True))
        if (done := journal.done_before(key, kind, on, Appointment, said)) is not None:
            return done
        whom = None if ends else login
        scope.require_appointer(by.name, unit, on=by.today, known=journal.number, whom=whom)
        scope.require_login(login)
        if not Unit.objects.filter(pk=unit).exists():
            raise UnitUnknown(code=str(unit))
        if ends:
            _require_appointed(journal, login, unit, role, on)
        since = journal.number
        draft = Draft(kind, on, {Appointment: [row]}, basis=basis, idempotency_key=key)
        number = journal.write(draft)
        if ends:
            scope.require_somebody_left(on=by.today, known=journal.number, since=since)
        return number


def _require_appointed(journal: Journal, login: str, unit: int, role: Role, on: date) -> None:
    held = charges(journal.number, units=[unit], login=login)
    if not any(one.role == role and one.holds_on(on) for one in held):
        name = lives([unit], AsOf(on, journal.number))[unit].name
        raise NotAppointed(login=login, unit=name, date=on)


def _require_charge(journal: Journal, person: int, *, everywhere: bool = False) -> None:
    by = journal.by
    scope.require_person(by.name, person, on=by.today, known=journal.number, everywhere=everywhere)


def _require_known(person: int) -> None:
    if not known_persons([person]):
        raise PersonUnknown(person=person)
