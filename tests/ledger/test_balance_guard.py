"""The database refuses false legs by itself, whoever inserts them and however."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import head
from giaoban.ledger import actions
from giaoban.ledger.accounts import Account
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.models import Leg
from giaoban.ledger.reorganisation import close_unit, found_unit
from giaoban.units.rules import NewUnit
from tests import raw
from tests.histories import rolled_back
from tests.world import DECISION, FOUNDED, World

DAY = date(2018, 3, 5)
FULL, OUTSIDE, EXISTS = Account.FULL, Account.OUTSIDE, Account.EXISTS
Inserting = Callable[[Iterable[tuple[Any, ...]]], None]


@pytest.fixture(params=[raw.insert, raw.copy], ids=["INSERT", "COPY"])
def inserting(request: pytest.FixtureRequest) -> Inserting:
    """Both ways to get rows into a table."""
    way: Inserting = request.param
    return way


def refused(code: str, inserting: Inserting, rows: Iterable[tuple[Any, ...]]) -> None:
    before = Leg.objects.count()
    # Django translates what an INSERT raises, but not what a COPY does.
    with pytest.raises((DatabaseError, psycopg.Error), match=code), transaction.atomic():
        inserting(rows)
    assert Leg.objects.count() == before


def joining(
    number: int, unit: int, person: int | None, *, kind: Kind = Kind.ADMISSION, on: date = DAY,
    quantity: int = 1, account: Account = FULL, line: int = 1, reversal: bool = False,
) -> list[tuple[Any, ...]]:  # fmt: skip
    """The two legs by which somebody (or with −1 nobody any more) stands in a unit."""
    return [
        (number, line, unit, int(account), int(kind), on, person, quantity, reversal),
        (number, line + 1, unit, int(OUTSIDE), int(kind), on, person, -quantity, reversal),
    ]


def test_right_legs_pass(world: World, inserting: Inserting) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        inserting(joining(number, world.unit("CY1"), person))
    assert Leg.objects.filter(entry_id=number).count() == 2


def test_a_unit_out_of_balance(world: World, inserting: Inserting) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        legs = joining(number, world.unit("CY1"), person)
        refused("ledger_unbalanced", inserting, legs[:1])
        elsewhere = (*legs[1][:2], world.unit("CY2"), *legs[1][3:])
        refused("ledger_unbalanced", inserting, [legs[0], elsewhere])


def test_a_person_out_of_balance(world: World, inserting: Inserting) -> None:
    """One comes in at the cost of another: the unit balances, the persons don't."""
    an, binh = world.person("Nguyễn Văn An"), world.person("Trần Văn Bình")
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        first, second = joining(number, world.unit("CY1"), an)
        refused("ledger_unbalanced", inserting, [first, (*second[:6], binh, *second[7:])])


def test_legs_of_a_foreign_entry(world: World, inserting: Inserting) -> None:
    """Neither an entry that isn't there nor one of another transaction takes legs."""
    person, unit = world.person(), world.unit("CY1")
    refused("ledger_foreign_entry", inserting, joining(head().number + 1, unit, person))
    legs = joining(1, unit, person, kind=Kind.FOUNDING, on=FOUNDED, line=9)
    refused("ledger_foreign_entry", inserting, legs)


@pytest.mark.parametrize(
    "leg",
    [
        {"kind": Kind.READMISSION},
        {"on": date(2018, 3, 6)},
        {"reversal": True},
    ],
    ids=["kind", "day", "reversal"],
)
def test_legs_that_say_otherwise_than_their_entry(
    world: World, inserting: Inserting, leg: dict[str, Any]
) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        refused(
            "ledger_foreign_entry", inserting, joining(number, world.unit("CY1"), person, **leg)
        )
        mixed = joining(number, world.unit("CY1"), person) + joining(
            number, world.unit("CY2"), person, line=3, **leg
        )
        refused("ledger_foreign_entry", inserting, mixed)


def test_unknown_unit_or_person(world: World, inserting: Inserting) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        refused("ledger_unknown", inserting, joining(number, 10**9, person))
        refused("ledger_unknown", inserting, joining(number, world.unit("CY1"), 10**9))


def test_standings_are_of_persons_and_life_is_of_units(world: World, inserting: Inserting) -> None:
    person, unit = world.person(), world.unit("CY1")
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        refused("ledger_unknown", inserting, joining(number, unit, None))
        refused("ledger_unknown", inserting, joining(number, unit, person, account=EXISTS))


def test_an_account_there_is_not_and_a_leg_of_nought(world: World) -> None:
    person, unit = world.person(), world.unit("CY1")
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        for wrong in ({"quantity": 0}, {"account": 7}):
            with pytest.raises(IntegrityError), transaction.atomic():
                raw.insert(joining(number, unit, person, **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("on", [date(2018, 3, 5), date(2018, 1, 1)], ids=["later", "backdated"])
def test_twice_a_member_in_one_family(world: World, inserting: Inserting, on: date) -> None:
    person = world.person()
    world.admit("CY1", date(2018, 2, 1), person)
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, on)
        refused("ledger_standing", inserting, joining(number, world.unit("TX1"), person, on=on))


def test_once_in_each_of_two_families(world: World, inserting: Inserting) -> None:
    person = world.person()
    world.admit("CY1", date(2018, 2, 1), person)
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        inserting(joining(number, world.unit("LD"), person))


def test_two_at_once_in_one_book(world: World, inserting: Inserting) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        legs = joining(number, world.unit("CY1"), person, quantity=2)
        refused("ledger_standing", inserting, legs)


def test_below_zero(world: World, inserting: Inserting) -> None:
    person = world.person()
    with transaction.atomic():
        number = raw.entry(Kind.DEATH, DAY)
        legs = joining(number, world.unit("CY1"), person, kind=Kind.DEATH, quantity=-1)
        refused("ledger_standing", inserting, legs)


def test_below_zero_backdated(world: World, inserting: Inserting) -> None:
    """Somebody who left CY1 in April can't have died there in March."""
    person = world.member("CY1", on=date(2018, 1, 1))
    actions.transfer_member(
        person=person, unit=world.unit("CY1"), to=world.unit("TX1"), on=date(2018, 4, 1),
        basis=DECISION, by=world.by(date(2018, 4, 1)),
    )  # fmt: skip
    with transaction.atomic():
        number = raw.entry(Kind.DEATH, DAY)
        legs = joining(number, world.unit("CY1"), person, kind=Kind.DEATH, quantity=-1)
        refused("ledger_standing", inserting, legs)


def test_leaving_another_unit_than_one_stands_in(world: World, inserting: Inserting) -> None:
    """From TX1 to CY1 in February, and out of TX1 in March: the sum is right, the books are not."""
    person, february = world.member("TX1", on=date(2018, 1, 1)), date(2018, 2, 1)
    actions.transfer_member(
        person=person, unit=world.unit("TX1"), to=world.unit("CY1"), on=february, basis=DECISION,
        by=world.by(february),
    )  # fmt: skip
    with transaction.atomic():
        number = raw.entry(Kind.DEATH, DAY)
        legs = joining(number, world.unit("TX1"), person, kind=Kind.DEATH, quantity=-1)
        refused("ledger_standing", inserting, legs)


def test_a_book_in_another_account_does_not_make_up_for_it(
    world: World, inserting: Inserting
) -> None:
    person = world.person()
    world.admit("CY1", date(2018, 2, 1), person)  # probationary, not full
    with transaction.atomic():
        number = raw.entry(Kind.DEATH, DAY)
        legs = joining(number, world.unit("CY1"), person, kind=Kind.DEATH, quantity=-1)
        refused("ledger_standing", inserting, legs)


def closed(world: World, code: str, on: date) -> int:
    return close_unit(world.unit(code), on=on, basis=DECISION, by=world.by(on))


@pytest.mark.parametrize(
    "on", [date(2009, 12, 31), date(2018, 2, 28), date(2018, 3, 1), DAY],
    ids=["before it was founded", "before it closed, but for good", "as it closes", "after"],
)  # fmt: skip
def test_standing_in_a_unit_outside_its_life(world: World, inserting: Inserting, on: date) -> None:
    person = world.person()
    closed(world, "CY1", date(2018, 3, 1))
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, on)
        refused("ledger_standing", inserting, joining(number, world.unit("CY1"), person, on=on))


def test_standing_until_the_unit_closes(world: World, inserting: Inserting) -> None:
    person, unit = world.person(), world.unit("CY1")
    closed(world, "CY1", date(2018, 3, 1))
    with transaction.atomic():
        came = raw.entry(Kind.ADMISSION, date(2018, 2, 1))
        left = raw.entry(Kind.REORGANISATION, date(2018, 3, 1))
        legs = joining(came, unit, person, on=date(2018, 2, 1)) + joining(
            left, unit, person, kind=Kind.REORGANISATION, on=date(2018, 3, 1), quantity=-1
        )
        inserting(legs)


def life(number: int, unit: int, kind: Kind, quantity: int, **more: Any) -> list[tuple[Any, ...]]:
    return joining(number, unit, None, kind=kind, quantity=quantity, account=EXISTS, **more)


def test_a_unit_exists_once(world: World, inserting: Inserting) -> None:
    with transaction.atomic():
        number = raw.entry(Kind.FOUNDING, DAY)
        refused("ledger_unit_life", inserting, life(number, world.unit("CY1"), Kind.FOUNDING, +1))


def test_a_unit_ends_once(world: World, inserting: Inserting) -> None:
    closed(world, "CY1", date(2018, 3, 1))
    with transaction.atomic():
        number = raw.entry(Kind.CLOSING, DAY)
        refused("ledger_unit_life", inserting, life(number, world.unit("CY1"), Kind.CLOSING, -1))


@pytest.mark.parametrize("on", [DAY, date(2018, 2, 1), date(2018, 1, 31)])
def test_closing_with_members_inside(world: World, inserting: Inserting, on: date) -> None:
    world.member("CY1", on=date(2018, 2, 1))
    with transaction.atomic():
        number = raw.entry(Kind.CLOSING, on)
        legs = life(number, world.unit("CY1"), Kind.CLOSING, -1, on=on)
        refused("ledger_unit_life", inserting, legs)


def test_founding_taken_back_with_members_inside(world: World, inserting: Inserting) -> None:
    world.member("CY1", on=date(2018, 2, 1))
    founding = next(
        row.entry_id for row in Leg.objects.filter(unit_id=world.unit("CY1"), account=9, quantity=1)
    )
    with transaction.atomic():
        number = raw.entry(Kind.FOUNDING, date(2010, 1, 1), reverses=founding)
        legs = life(
            number, world.unit("CY1"), Kind.FOUNDING, -1, on=date(2010, 1, 1), reversal=True
        )
        refused("ledger_unit_life", inserting, legs)


def test_a_closing_taken_back_and_made_anew(world: World) -> None:
    """A unit may close again after its closing was reversed, and live in between."""
    number = closed(world, "CY1", date(2018, 3, 1))
    reverse_entry(number, reason="ghi nhầm", by=world.by())
    person = world.member("CY1", on=date(2018, 3, 1))
    actions.record_death(
        person=person, unit=world.unit("CY1"), left_on=date(2018, 4, 1),
        by=world.by(date(2018, 4, 1)),
    )  # fmt: skip
    again = closed(world, "CY1", date(2018, 5, 1))
    reverse_entry(again, reason="ghi nhầm", by=world.by())
    closed(world, "CY1", date(2018, 4, 1))
    late = world.person()
    with transaction.atomic():
        entry = raw.entry(Kind.ADMISSION, date(2018, 3, 15))
        refused(
            "ledger_standing", raw.insert,
            joining(entry, world.unit("CY1"), late, on=date(2018, 3, 15)),
        )  # fmt: skip


def test_nobody_talks_the_guard_out_of_its_duty(world: World) -> None:
    """Neither the trigger library's own setting nor a table of the same name helps."""
    person = world.person()
    [(trigger,)] = raw.sql("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger_balance%'")
    with transaction.atomic():
        raw.sql("SELECT set_config('pgtrigger.ignore', %s, true)", f"{{{trigger}}}")
        number = raw.entry(Kind.ADMISSION, DAY)
        refused("ledger_unbalanced", raw.insert, joining(number, world.unit("CY1"), person)[:1])
        raw.sql("CREATE TEMP TABLE journal_entry AS SELECT * FROM public.journal_entry")
        raw.sql("UPDATE pg_temp.journal_entry SET xid = pg_current_xact_id()")
        raw.sql("SET LOCAL search_path = pg_temp, public")
        foreign = joining(1, world.unit("CY1"), person, kind=Kind.FOUNDING, on=date(2010, 1, 1))
        raw.sql("UPDATE pg_temp.journal_entry SET kind = 21 WHERE id = 1")
        with pytest.raises(DatabaseError, match="ledger_"), transaction.atomic():
            raw.insert(foreign)
        raw.sql("DROP TABLE pg_temp.journal_entry")
        raw.sql("SET LOCAL search_path = public")


def test_standing_in_a_unit_that_is_not_yet(world: World, inserting: Inserting) -> None:
    person, before = world.person(), date(2009, 12, 31)
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, before)
        refused("ledger_standing", inserting, joining(number, world.unit("TX1"), person, on=before))


def test_standing_in_a_unit_that_never_was(world: World, inserting: Inserting) -> None:
    person = world.person()
    new = NewUnit(code="CY9", kind="party-cell", name="Chi bộ 9", parent="CY")
    founding = found_unit(new, on=DAY, basis=DECISION, by=world.by(DAY))
    reverse_entry(founding, reason="nhầm", by=world.by())
    with transaction.atomic():
        number = raw.entry(Kind.ADMISSION, DAY)
        refused("ledger_standing", inserting, joining(number, world.unit("CY9"), person))


# The guard against a plain judge: any legs in any order, refused by both or by neither.
DAYS = [date(2018, 3, day) for day in range(1, 7)]
CLOSES = DAYS[3]
UNITS = ("CY1", "TX1", "LD")


Pair = tuple[str, int, str, int, date]


@st.composite
def movements(draw: st.DrawFn) -> list[Pair]:
    """Balanced pairs: (what, person, unit, quantity, day); "life" closes CY1 or opens it again."""
    found = []
    for _ in range(draw(st.integers(1, 3))):
        what = draw(st.sampled_from(["full", "full", "full", "probationary", "life"]))
        unit = "CY1" if what == "life" else draw(st.sampled_from(UNITS))
        day = CLOSES if what == "life" else draw(st.sampled_from(DAYS))
        quantity = draw(st.sampled_from([1, 1, -1, -1, 2]))
        found.append((what, draw(st.integers(0, 1)), unit, quantity, day))
    return found


def judged_sound(legs: list[Pair]) -> bool:
    """Nobody twice in a family, no book but of 0 or 1, each unit open while somebody is in it."""
    for day in DAYS:
        upto = [leg for leg in legs if leg[4] <= day]
        alive = 1 + sum(n for what, _p, _u, n, _d in upto if what == "life")
        books: Counter[tuple[int, str, str]] = Counter()
        for what, person, unit, n, _day in upto:
            if what != "life":
                books[person, unit, what] += n
        families = Counter[tuple[int, bool]]()
        for (person, unit, _what), total in books.items():
            families[person, unit == "LD"] += total
        sums = [*books.values(), *families.values(), alive]
        inside = any(total > 0 and unit == "CY1" for (_p, unit, _w), total in books.items())
        if not set(sums) <= {0, 1} or (inside and not alive):
            return False
    return True


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(statements=st.lists(movements(), min_size=1, max_size=6))
def test_guard_and_judge_agree(world: World, statements: list[list[Pair]]) -> None:
    accounts = {"full": FULL, "probationary": Account.PROBATIONARY, "life": EXISTS}
    with rolled_back():
        persons = [world.person(), world.person()]
        accepted: list[Pair] = []
        for pairs in statements:
            rows: list[tuple[Any, ...]] = []
            refusal = ""
            try:
                with transaction.atomic():
                    for what, person, code, quantity, day in pairs:
                        number = raw.entry(Kind.CORRECTION, day)
                        rows += joining(
                            number, world.unit(code), None if what == "life" else persons[person],
                            kind=Kind.CORRECTION, on=day, quantity=quantity, account=accounts[what],
                        )  # fmt: skip
                    raw.insert(rows)
            except DatabaseError as refused:
                refusal = str(refused)
            assert ("ledger_" in refusal) != judged_sound(accepted + pairs), pairs
            accepted += [] if refusal else pairs
