"""Names and particulars: dated, known as of, found with and without their marks."""

from __future__ import annotations

from datetime import date

import pytest

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.corrections import reverse_entry
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    register_person,
    register_persons,
    rename_person,
    set_particulars,
)
from giaoban.people.codes import CODED_FIELDS, check_code, code_lists
from giaoban.people.errors import CodeUnknown, PersonUnknown
from giaoban.people.finding import search_by_name
from giaoban.people.queries import known_persons, names_of, particulars_of
from tests.world import World

MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)


def test_a_name_holds_from_its_day(world: World) -> None:
    person = register_person(NewPerson("Nguyễn Thị An", on=MARCH), by=world.by(date(2018, 12, 1)))
    known = head().number
    changed = rename_person(person, "Nguyễn Thị  Ân", on=JUNE, by=world.by())

    def name(on: date, number: int) -> str | None:
        found = names_of([person], AsOf(on, number)).get(person)
        return found.full if found else None

    assert name(date(2018, 2, 28), head().number) is None
    assert name(MARCH, head().number) == "Nguyễn Thị An"
    assert name(date(2018, 5, 31), head().number) == "Nguyễn Thị An"
    assert name(JUNE, head().number) == "Nguyễn Thị Ân"
    assert name(JUNE, known) == "Nguyễn Thị An"
    assert name(JUNE, 0) is None
    reverse_entry(changed, reason="nhầm người", by=world.by())
    assert name(JUNE, head().number) == "Nguyễn Thị An"
    assert name(JUNE, changed) == "Nguyễn Thị Ân"


def test_particulars_hold_from_their_day(world: World) -> None:
    told = NewParticulars(sex="female", born_on=date(1990, 5, 19), theory="intermediate")
    person = register_person(NewPerson("Nguyễn Thị An", told, on=MARCH), by=world.by(JUNE))
    known = head().number
    later = NewParticulars(sex="female", born_on=date(1990, 5, 19))
    changed = set_particulars(person, later, on=JUNE, by=world.by())

    def theory(on: date, number: int) -> object:
        found = particulars_of([person], AsOf(on, number)).get(person)
        return found and found.theory

    assert [theory(day, head().number) for day in (date(2018, 2, 1), MARCH, JUNE)] == [
        None, "intermediate", None,
    ]  # fmt: skip
    assert theory(JUNE, known) == "intermediate"
    reverse_entry(changed, reason="nhầm", by=world.by())
    assert theory(JUNE, head().number) == "intermediate"
    assert theory(JUNE, changed) is None
    everybody = particulars_of(None, AsOf(JUNE, head().number))
    assert everybody[person].born_on == date(1990, 5, 19)


def test_who_has_no_particulars_has_none(world: World) -> None:
    person = world.person()
    assert particulars_of([person], AsOf(JUNE, head().number)) == {}
    assert known_persons([person, 10**9]) == {person}
    with pytest.raises(PersonUnknown):
        set_particulars(10**9, NewParticulars(), on=MARCH, by=world.by(MARCH))


@pytest.mark.parametrize("field", CODED_FIELDS)
def test_every_list_has_codes_in_both_languages(field: str) -> None:
    codes = code_lists()[field]
    assert codes
    for code in codes.values():
        assert code.title_vi
        assert code.title_en
        check_code(field, code.code)
    check_code(field, None)
    with pytest.raises(CodeUnknown):
        check_code(field, "there is no such code")


def test_a_split_of_one_s_own(world: World) -> None:
    """Where the usual split is wrong the person's own is kept."""
    split = vietnamese.PersonalName("Tôn Nữ Thị Ninh", "Tôn Nữ", "Thị", "Ninh")
    person = register_person(NewPerson(split.full, split=split), by=world.by())
    name = names_of([person], AsOf(date.max, head().number))[person]
    assert (name.family, name.middle, name.given) == ("Tôn Nữ", "Thị", "Ninh")


def test_search(world: World) -> None:
    """With marks or without, exact ones first, in the order of lists."""
    names = ["Trần Văn Hòa", "Nguyễn Văn Hoa", "Đỗ Thị Hoa", "Lê Hoàng Anh", "Phạm 100%"[:4]]
    register_persons([NewPerson(name) for name in names], by=world.by())
    as_of = AsOf(date.max, head().number)

    def found(text: str, **more: int) -> list[str | None]:
        return [name.full for name in search_by_name(text, as_of, **more)]

    assert found("hoa")[:2] == ["Đỗ Thị Hoa", "Nguyễn Văn Hoa"]
    assert set(found("hoa")) == {"Đỗ Thị Hoa", "Nguyễn Văn Hoa", "Trần Văn Hòa", "Lê Hoàng Anh"}
    assert found("Hòa")[0] == "Trần Văn Hòa"
    assert found("do thi") == ["Đỗ Thị Hoa"]
    assert found("ĐỖ THỊ HOA") == ["Đỗ Thị Hoa"]
    assert found("hoa", limit=1) == ["Đỗ Thị Hoa"]
    assert found("%") == found("_") == found("\\") == found("không ai") == []
    assert search_by_name("hoa", AsOf(date.max, 0)) == []


def test_who_is_called_otherwise_is_found_by_the_name_of_the_day(world: World) -> None:
    person = register_person(NewPerson("Nguyễn Thị Lan", on=MARCH), by=world.by(JUNE))
    rename_person(person, "Nguyễn Thị Huệ", on=JUNE, by=world.by())
    now, then = AsOf(JUNE, head().number), AsOf(MARCH, head().number)
    assert [name.person for name in search_by_name("huệ", now)] == [person]
    assert search_by_name("lan", now) == []
    assert [name.person for name in search_by_name("lan", then)] == [person]
