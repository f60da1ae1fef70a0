"""Registers of outgoing documents: which one holds on a day, its numbers, and who may open one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from giaoban.journal.errors import FutureDate, KeyReused, TextTooLong
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.people.errors import OutOfScope
from giaoban.reports.actions import open_register
from giaoban.reports.errors import FirstNumberWrong, LineMissing, RegisterMissing, RegisterOlder
from giaoban.reports.register import (
    next_number,
    register_on,
    register_opened_by,
    registers,
    require_register,
)
from tests.reports.issuing_world import LEADER, REGISTER, issued, with_leader
from tests.world import DECISION, World

DAY = date(2018, 1, 20)


def opened(world: World, unit: str = "HU", login: str | None = None, **more: Any) -> int:
    told = {**REGISTER, **more}
    return open_register(unit=world.unit(unit), by=world.by(DAY, login), **told)


def test_opening_one_is_an_act_of_its_day(world: World) -> None:
    number = opened(world, basis=DECISION, key="sổ 2018")
    entry = Entry.objects.get(pk=number)
    assert (entry.kind, entry.effective_on) == (Kind.REGISTER, REGISTER["from_on"])
    register = register_opened_by(number)
    assert (register.symbol, register.first_number) == ("BTC", 1)
    assert register.recipients == ("Ban Thường vụ Huyện ủy,", "Lưu Ban Tổ chức.")
    assert next_number(register) == 1
    assert opened(world, basis=DECISION, key="sổ 2018") == number
    with pytest.raises(KeyReused):
        opened(world, basis=DECISION, key="sổ 2018", symbol="khác")


def test_the_latest_begun_holds_for_its_unit_and_kind(world: World) -> None:
    first, notices = opened(world), opened(world, kind="TB")
    second = opened(world, from_on=date(2018, 1, 15), issuer="Ban Xây dựng Đảng")
    hu = world.unit("HU")

    def held(kind: str, on: date) -> int | None:
        register = register_on(hu, kind, on)
        return register.entry if register else None

    assert held("BC", date(2018, 1, 14)) == first
    assert held("BC", date(2018, 1, 15)) == second
    assert held("TB", date(2030, 1, 1)) == notices
    assert held("BC", date(2017, 12, 31)) is None
    assert register_on(world.unit("CY"), "BC", DAY) is None
    listed = registers([hu], on=DAY)
    assert [(line.register.entry, line.in_force) for line in listed] == [
        (second, True), (first, False), (notices, True)
    ]  # fmt: skip
    with pytest.raises(RegisterMissing) as refused:
        require_register(hu, "CV", DAY)
    with translation.override("en"):
        assert str(refused.value) == (
            "Đảng bộ huyện has no register for CV on 20/01/2018. Open one, then issue."
        )


def test_of_two_opened_for_one_day_the_later_holds(world: World) -> None:
    opened(world)
    again = opened(world, first_number=45)
    register = require_register(world.unit("HU"), "BC", DAY)
    assert (register.entry, next_number(register)) == (again, 45)


def test_numbers_run_on(world: World) -> None:
    with_leader(world)
    for key in ("một", "hai"):
        issued(world, key)
    [line] = registers([world.unit("HU")], on=date(2018, 12, 31))
    assert (line.issued, line.next_number) == (2, 3)


def test_what_a_register_refuses(world: World) -> None:
    opened(world, from_on=date(2018, 1, 10))
    wrong: list[tuple[dict[str, Any], type[Exception]]] = [
        ({"from_on": date(2018, 1, 9)}, RegisterOlder),
        ({"from_on": date(2018, 1, 21)}, FutureDate),
        ({"from_on": date(2018, 1, 12), "first_number": 0}, FirstNumberWrong),
        ({"from_on": date(2018, 1, 12), "issuer": " "}, LineMissing),
        ({"from_on": date(2018, 1, 12), "post": ""}, LineMissing),
        ({"from_on": date(2018, 1, 12), "symbol": "B" * 41}, TextTooLong),
    ]
    before = Entry.objects.count()
    for told, refusal in wrong:
        with pytest.raises(refusal):
            opened(world, **told)
    assert Entry.objects.count() == before


def test_a_clerk_or_leader_in_charge_opens_one(world: World) -> None:
    with_leader(world)
    assert opened(world, kind="TB", login=LEADER)
    for login in (world.colleague, world.stranger):
        with pytest.raises(OutOfScope):
            opened(world, kind="CV", login=login)
    assert opened(world, "CY", login=world.colleague)
