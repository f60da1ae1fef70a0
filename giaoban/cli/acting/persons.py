"""The verbs of acts on persons and logins."""

from __future__ import annotations

import dataclasses
import sys
from datetime import date
from typing import Any

from giaoban import vietnamese
from giaoban.cli.acting import reading
from giaoban.cli.acting.errors import PasswordMissing
from giaoban.cli.acting.fields import BASIS, KEY, NOTE, Field, Values, basis_of
from giaoban.cli.acting.verbs import Done, Lookup, Verb
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Recorder
from giaoban.people import actions
from giaoban.people.actions import NewParticulars, NewPerson
from giaoban.people.codes import CODED_FIELDS, code_lists
from giaoban.people.content import left_of_names
from giaoban.people.logins import create_login
from giaoban.people.models import Registration
from giaoban.people.queries import particulars_of

_PERSON = Field("person", reading.person, required=True)
_ON = Field("on", reading.day, required=True)
_SPLIT = (Field("family"), Field("given"))
PARTICULARS = tuple(
    Field(field.name, codes=tuple(code_lists()[field.name]))
    if field.name in CODED_FIELDS
    else Field(field.name, reading.day)
    for field in dataclasses.fields(NewParticulars)
)
# Of an act on somebody who may be new: a name stands in the place of a number.
PERSON_FIELDS = (Field("name", either="who", longest=reading.PERSON_NAME), *_SPLIT, *PARTICULARS)


def person_said(values: Values, *, key: str | None, on: date | None) -> NewPerson:
    """The person that the words describe, to be registered as of a day."""
    name = _name_said(values)
    return NewPerson(name.full, _particulars_said(values), on=on, split=name, key=key)


def _name_said(values: Values) -> vietnamese.PersonalName:
    return vietnamese.split_name(
        values["name"], family=values.get("family"), given=values.get("given")
    )


def _particulars_said(values: Values) -> NewParticulars:
    return NewParticulars(**{field.name: values.get(field.name) for field in PARTICULARS})


def _register(values: Values, _look: Lookup, by: Recorder) -> Done:
    new = person_said(values, key=values.get("key"), on=values.get("on"))
    person = actions.register_person(new, by=by)
    return Done(Registration.objects.get(person_id=person).entry_id, person)


def _rename(values: Values, look: Lookup, by: Recorder) -> Done:
    name = _name_said(values)
    return Done(
        actions.rename_person(
            look.person(values["person"]), name.full, on=values["on"], by=by,
            basis=basis_of(values), split=name, key=values.get("key"),
        )
    )  # fmt: skip


def _describe(values: Values, look: Lookup, by: Recorder) -> Done:
    """What the words leave out stays as it was on the day, before an earlier try of this act."""
    person, on, key = look.person(values["person"]), values["on"], values.get("key")
    earlier = Entry.objects.filter(idempotency_key=key).first() if key else None
    known = earlier.pk - 1 if earlier else head().number
    before = particulars_of([person], AsOf(on, known)).get(person)
    told = {field.name: values.get(field.name, getattr(before, field.name, None))
            for field in PARTICULARS}  # fmt: skip
    return Done(
        actions.set_particulars(
            person, NewParticulars(**told), on=on, by=by, note=values.get("note", ""), key=key
        )
    )


def _erase(values: Values, look: Lookup, by: Recorder) -> Done:
    """Without a note: that would stay."""
    person, basis = look.person(values["person"]), basis_of(values)
    left = left_of_names(person)
    number = actions.erase_person(person, basis=basis, by=by, key=values.get("key"))
    return Done(number, left=left)


def _in_charge(values: Values, look: Lookup, by: Recorder) -> dict[str, Any]:
    return {"login": values["login"], "unit": look.unit(values["unit"]), "role": values["role"],
            "on": values["on"], "by": by, "basis": basis_of(values),
            "key": values.get("key")}  # fmt: skip


def _appoint(values: Values, look: Lookup, by: Recorder) -> Done:
    return Done(actions.appoint_login(**_in_charge(values, look, by)))


def _dismiss(values: Values, look: Lookup, by: Recorder) -> Done:
    return Done(actions.end_appointment(**_in_charge(values, look, by)))


def _create_login(values: Values, _look: Lookup, by: Recorder) -> Done:
    password = None
    if values.get("password_stdin"):
        password = sys.stdin.readline().rstrip("\r\n")
        if not password:
            raise PasswordMissing
    return Done(None, login=create_login(values["login"], by=by, password=password))


_LOGIN = Field("login", positional=True, required=True, longest=reading.LOGIN)
_APPOINTMENT = (
    _LOGIN,
    Field("unit", required=True),
    Field("role", reading.role, required=True, codes=tuple(reading.ROLE_CODES)),
    _ON,
    *BASIS,
    KEY,
)
_NAME = Field("name", required=True, longest=reading.PERSON_NAME)
_NEW = (_NAME, *_SPLIT, *PARTICULARS, Field("on", reading.day), KEY)

VERBS = (
    Verb("register", _NEW, _register),
    Verb(
        "rename-person",
        (_PERSON, _NAME, *_SPLIT, _ON, *BASIS, KEY), _rename,
    ),
    Verb("particulars", (_PERSON, *PARTICULARS, _ON, NOTE, KEY), _describe),
    Verb("erase", (_PERSON, *BASIS, KEY), _erase),
    Verb("appoint", _APPOINTMENT, _appoint),
    Verb("dismiss", _APPOINTMENT, _dismiss),
    Verb(
        "login",
        (_LOGIN, Field("password_stdin", flag=True)),
        _create_login,
    ),
)  # fmt: skip
