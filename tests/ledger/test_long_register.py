"""The register of very many, read a stretch at a time, tells whom the counted one tells."""

from __future__ import annotations

import random
from datetime import date

import pytest

from giaoban.journal.queries import AsOf, head
from giaoban.ledger import long_register
from giaoban.ledger.accounts import STANDINGS, Account
from giaoban.ledger.actions import record_death
from giaoban.ledger.long_register import stretch
from giaoban.ledger.register import Asked, Member, register
from giaoban.people.actions import rename_person
from giaoban.people.finding import Mark
from tests.world import World

MARCH, JUNE = date(2018, 3, 5), date(2018, 6, 1)
UNITS = ("CY1", "CY2", "TX1")


@pytest.fixture
def crowd(world: World) -> list[int]:
    """Namesakes in three cells; some are called otherwise later, one died."""
    rng = random.Random(3)

    def name() -> str:
        family, given = rng.choice(("Lê", "Vũ", "Bùi")), rng.choice(("Hoa", "Hòa", "An", "Ánh"))
        return f"{family} Văn {given}"

    people = [world.member(UNITS[n % 3], name()) for n in range(24)]
    for person in people[:6]:
        rename_person(person, name(), on=MARCH, by=world.by(MARCH))
    record_death(person=people[9], unit=world.unit(UNITS[0]), left_on=MARCH, by=world.by(MARCH))
    return people


def in_stretches(ordered: list[int], as_of: AsOf, asked: Asked, limit: int) -> list[Member]:
    found: list[Member] = []
    after: Mark | None = None
    for _time in range(200):
        told = stretch(ordered, frozenset(ordered), as_of, asked, after=after, limit=limit)
        assert len(told.members) <= limit
        found += told.members
        after = told.goes_on
        if after is None:
            return found
    raise AssertionError("it never ends")


@pytest.mark.parametrize(("limit", "looked", "units"), [(50, 8000, 40), (3, 8000, 1), (4, 1, 2)])
@pytest.mark.parametrize("text", ["", "hoa", "hòa", "van an", "VĂN Á", "khong ai"])
def test_as_the_counted_register(
    world: World, crowd: list[int], monkeypatch: pytest.MonkeyPatch, text: str, limit: int,
    looked: int, units: int,
) -> None:  # fmt: skip
    """Whatever is asked for, in stretches of whatever length."""
    monkeypatch.setattr(long_register, "MOST_LOOKED_AT", looked)
    monkeypatch.setattr(long_register, "UNITS_AT_ONCE", units)
    newest = head().number
    for on in (date(2018, 3, 1), JUNE):
        for codes in (UNITS, UNITS[1:]):
            ordered = [world.unit(code) for code in codes]
            for standings in (STANDINGS, (Account.FULL,), (Account.PROBATIONARY,)):
                asked = Asked(text=text, standings=standings)
                wanted = register(ordered, AsOf(on, newest), asked, limit=1000).members
                assert in_stretches(ordered, AsOf(on, newest), asked, limit) == wanted


@pytest.mark.parametrize(("limit", "units", "reads"), [(50, 40, 12), (3, 1, 12), (4, 2, 1)])
def test_by_unit(
    world: World, crowd: list[int], monkeypatch: pytest.MonkeyPatch, limit: int, units: int,
    reads: int,
) -> None:  # fmt: skip
    monkeypatch.setattr(long_register, "UNITS_AT_ONCE", units)
    monkeypatch.setattr(long_register, "READ_AT_MOST", reads)
    ordered = [world.unit(code) for code in UNITS]
    asked, as_of = Asked(by_unit=True), AsOf(JUNE, head().number)
    wanted = register(ordered, as_of, asked, limit=1000).members
    assert len(wanted) == 23
    assert in_stretches(ordered, as_of, asked, limit) == wanted
