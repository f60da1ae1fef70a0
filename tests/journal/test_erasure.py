"""Erasing what the law demands: the content goes, the entry, its seal and the chain stay."""

from __future__ import annotations

from datetime import date

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from giaoban.journal.actions import erase_rows
from giaoban.journal.checks import chain_is_whole, seals_hold
from giaoban.journal.errors import BasisMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Erasure, Note
from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import BasisOn, Draft, open_journal
from giaoban.ledger import actions
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.queries import standings
from giaoban.ledger.reorganisation import merge_units
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    erase_person,
    register_person,
    rename_person,
    set_particulars,
)
from giaoban.people.errors import AlreadyErased, PersonUnknown
from giaoban.people.finding import search_by_name
from giaoban.people.queries import names_of, particulars_of
from tests import raw
from tests.world import DECISION, World

DAY = date(2018, 3, 5)
NAME = "Đặng Thị Xuyến"


@pytest.fixture
def person(world: World) -> int:
    """Somebody with a name, a later name and particulars, standing in CY1."""
    new = NewPerson(NAME, NewParticulars(sex="female", born_on=date(1990, 5, 19)))
    person = register_person(new, by=world.by(date(2018, 1, 2)))
    rename_person(person, "Đặng Thị Xuân", on=date(2018, 2, 1), by=world.by(date(2018, 2, 1)))
    actions.open_balance(person=person, unit=world.unit("CY1"), on=DAY, by=world.by(DAY))
    return person


def sound() -> bool:
    return chain_is_whole().faults == seals_hold().faults == []


def test_content_goes_and_the_chain_verifies(world: World, person: int) -> None:
    before, as_of = head(), AsOf(DAY, head().number)
    places = standings([person], as_of)
    number = erase_person(person, basis=DECISION, by=world.by())
    assert number == before.number + 1
    assert sound()
    assert search_by_name("xuyen", as_of) == []
    assert names_of([person], as_of)[person].full is None
    assert str(person) in str(names_of([person], as_of)[person])
    assert particulars_of([person], as_of)[person].born_on is None
    assert standings([person], AsOf(DAY, number)) == places == standings([person], as_of)
    for table in ("people_personname", "people_particulars"):
        for (row,) in raw.sql(
            f"SELECT to_jsonb(t)::text FROM {table} AS t WHERE person_id = {person}"
        ):
            assert "Xuy" not in row
            assert "1990" not in row


def test_nothing_of_it_is_left_in_any_table(world: World, person: int) -> None:
    erase_person(person, basis=DECISION, by=world.by())
    tables = raw.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    for (table,) in tables:
        if table.startswith(("journal_", "people_", "ledger_", "units_", "plans_")):
            left = f"SELECT count(*) FROM {table} AS t WHERE t::text ~* 'xuyến|xuyen|xuân$'"
            assert raw.sql(left) == [(0,)], table


def test_somebody_else_keeps_theirs(world: World, person: int) -> None:
    other = world.person("Trần Văn Bình")
    erase_person(person, basis=DECISION, by=world.by())
    assert names_of([other], AsOf(date(2019, 1, 1), head().number))[other].full == "Trần Văn Bình"


def test_twice_is_refused(world: World, person: int) -> None:
    erase_person(person, basis=DECISION, by=world.by())
    before = head()
    with pytest.raises(AlreadyErased):
        erase_person(person, basis=DECISION, by=world.by())
    with pytest.raises(PersonUnknown):
        erase_person(10**9, basis=DECISION, by=world.by())
    assert head() == before
    # The person goes on: what is written anew can be erased again.
    rename_person(person, "Đặng Thị Xuyên", on=DAY, by=world.by())
    erase_person(person, basis=DECISION, by=world.by())
    assert sound()


def test_the_database_erases_a_row_once(world: World, person: int) -> None:
    number = erase_person(person, basis=DECISION, by=world.by())
    [row] = Erasure.objects.filter(entry_id=number)[:1]
    draft = Draft(Kind.ERASURE, DAY, {Erasure: [(row.book, row.erased_entry_id, row.erased_line)]})
    with pytest.raises(psycopg.errors.UniqueViolation), open_journal(world.by()) as journal:
        journal.write(draft)


def test_a_note_can_be_erased(world: World) -> None:
    admission = world.admit("CY1", DAY, note="Bố là ông Đặng Văn Tám")
    [note] = Note.objects.filter(entry_id=admission)
    with pytest.raises(BasisMissing), open_journal(world.by()) as journal:
        erase_rows(journal, [note], basis=None)
    with open_journal(world.by()) as journal:
        erase_rows(journal, [note], basis=DECISION)
    note.refresh_from_db()
    assert (note.text, note.salt) == (None, None)
    assert sound()


def test_the_notes_of_acts_on_somebody_go_too(world: World, person: int) -> None:
    """Also those of what was reversed and of reversals; not those on units or other people."""
    other, note = world.person("Trần Văn Bình"), "Bà Xuyến, con ông Tám"
    told = {"by": world.by(DAY), "note": note}
    known = NewParticulars(sex="female")
    of_person = [
        set_particulars(person, known, on=DAY, **told),  # type: ignore[arg-type]
        wrong := actions.record_death(
            person=person, unit=world.unit("CY1"), left_on=DAY, **told  # type: ignore[arg-type]
        ),
        reverse_entry(wrong, reason=note, by=world.by()),
        named := rename_person(person, "Đặng Thị Xuyên", on=DAY, by=world.by()),
        reverse_entry(named, reason=note, by=world.by()),
    ]  # fmt: skip
    of_person.remove(named)  # it has no note
    merger = merge_units(
        [world.unit("CY1")], world.unit("CY2"), on=date(2018, 4, 1), basis=DECISION,
        by=world.by(date(2018, 4, 1)), note="Theo đề án",
    )  # fmt: skip
    kept = [world.admit("CY2", date(2018, 4, 2), other, note=note), merger]
    before = standings([person], AsOf(date(2018, 4, 2), head().number))
    number = erase_person(person, basis=DECISION, by=world.by(), note="Theo đơn đề nghị")
    notes = dict(Note.objects.values_list("entry_id", "text"))
    assert [notes[entry] for entry in of_person] == [None] * 4
    assert [notes[entry] for entry in kept] == [note, "Theo đề án"]
    assert notes[number] == "Theo đơn đề nghị"
    assert standings([person], AsOf(date(2018, 4, 2), head().number)) == before != []
    assert sound()
    with pytest.raises(AlreadyErased):
        erase_person(person, basis=DECISION, by=world.by())
    # A note that is written later can be erased alone.
    late = actions.record_death(
        person=person, unit=world.unit("CY2"), left_on=date(2018, 4, 3), note=note,
        by=world.by(date(2018, 4, 3)),
    )  # fmt: skip
    erase_person(person, basis=DECISION, by=world.by())
    assert Note.objects.get(entry_id=late).text is None
    assert sound()


def test_nothing_is_erased_without_a_decision(world: World, person: int) -> None:
    before = head()
    with pytest.raises(BasisMissing):
        erase_person(person, basis=None, by=world.by())
    assert head() == before
    assert [name.person for name in search_by_name("xuan", AsOf(DAY, before.number))] == [person]


def test_without_an_entry_of_its_own_nothing_is_erased(world: World, person: int) -> None:
    values = "'people_personname', 15, 1"
    columns = "entry_id, line, book, erased_entry_id, erased_line"
    with transaction.atomic():
        number = raw.entry(Kind.NAMING, DAY)
        with pytest.raises(DatabaseError, match="erasure_without_entry"), transaction.atomic():
            raw.sql(f"INSERT INTO journal_erasure ({columns}) VALUES ({number}, 1, {values})")
    with pytest.raises(DatabaseError), transaction.atomic():
        raw.sql(f"INSERT INTO journal_erasure ({columns}) VALUES (1, 9, {values})")


def test_only_sealed_books_can_be_named(world: World) -> None:
    columns = "entry_id, line, book, erased_entry_id, erased_line"
    insert = f"INSERT INTO journal_erasure ({columns}) VALUES (%s, 1, %s, 1, 1)"
    with transaction.atomic():
        number = raw.entry(Kind.ERASURE, DAY)
        for book in ("ledger_leg", "people_login", "nonsense", "people_personname; DROP TABLE x"):
            with pytest.raises(DatabaseError, match="erasure_unknown_book"), transaction.atomic():
                raw.sql(insert, number, book)


def test_the_application_empties_nothing_by_itself(world: World, person: int) -> None:
    empty = "full_name = NULL, family = NULL, middle = NULL, given = NULL"
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        raw.sql(f"UPDATE people_personname SET salt = NULL, {empty}")


def test_an_emptied_row_without_an_erasure_is_reported(committed: World) -> None:
    """The owner's guard lets a whole emptying through; the check of the seals does not."""
    world = committed
    person = world.person(NAME)
    [(number,)] = raw.sql("SELECT max(entry_id) FROM people_personname")
    with pytest.raises(DatabaseError, match="journal_append_only"):
        raw.sql("UPDATE people_personname SET full_name = NULL", owner=True)
    with pytest.raises(DatabaseError, match="journal_append_only"):
        raw.sql("UPDATE people_personname SET full_name = 'Ai khác'", owner=True)
    raw.sql(
        "UPDATE people_personname SET salt = NULL, full_name = NULL, family = NULL, middle = NULL,"
        " given = NULL WHERE person_id = %s", person, owner=True,
    )  # fmt: skip
    assert chain_is_whole().faults == []
    [fault] = seals_hold().faults
    assert f"people_personname {number}/1" in fault


def test_content_without_salt_is_reported(committed: World) -> None:
    """Half an erasure: the name stands again in an erased row."""
    world = committed
    person = world.person(NAME)
    erase_person(person, basis=BasisOn("9-QĐ", date(2017, 1, 1), "Huyện ủy"), by=world.by())
    assert sound()
    raw.damage("people_personname", "UPDATE people_personname SET full_name = %s", NAME)
    assert len(seals_hold().faults) == 1
    connection.close()
