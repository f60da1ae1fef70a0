"""One act of each sort, so that every table that is only added to has a row to look at or to
damage."""

from __future__ import annotations

from datetime import date

from giaoban.ledger import actions
from giaoban.ledger.reorganisation import close_unit, merge_units, rename_unit
from giaoban.people.actions import (
    NewParticulars,
    NewPerson,
    erase_person,
    register_person,
)
from giaoban.people.logins import create_login
from giaoban.people.models import Access
from giaoban.plans.actions import set_targets
from tests.reports.everything import happen_to_reports
from tests.world import DECISION, World

DAY = date(2018, 3, 5)


def happen(world: World) -> dict[str, int]:
    """Write at least one row into every book; return the numbers of some entries by name."""
    numbers: dict[str, int] = {}
    person = register_person(
        NewPerson("Nguyễn Văn An", NewParticulars(sex="male", born_on=date(1990, 5, 19))),
        by=world.by(date(2018, 1, 2)),
    )
    other = world.person("Trần Thị Bình")
    numbers["admission"] = actions.admit_member(
        person=person, unit=world.unit("CY1"), decided_on=date(2018, 2, 20), ceremony_on=DAY,
        basis=DECISION, note="Kết nạp tại lễ 3/2", key="kết nạp An", by=world.by(DAY),
    )  # fmt: skip
    numbers["closing"] = close_unit(
        world.unit("CY2"), on=DAY, basis=DECISION, by=world.by(DAY), note="Không còn đảng viên"
    )
    numbers["merger"] = merge_units(
        [world.unit("CY1")], world.unit("TX1"), on=date(2018, 4, 1), basis=DECISION,
        by=world.by(date(2018, 4, 1)),
    )  # fmt: skip
    numbers["naming"] = rename_unit(
        world.unit("TX"), "Xã Tiến Xuân mới", on=date(2018, 4, 1), basis=DECISION, by=world.by()
    )
    numbers["target"] = set_targets(
        {world.unit("TX"): 12}, indicator="admitted", year=2018, by=world.by()
    )
    create_login("hue", by=world.by())
    Access.objects.create(
        login_name=world.clerk, at=world.at, what=Access.What.SEEN, person_id=other
    )
    numbers |= happen_to_reports(world)
    numbers["erasure"] = erase_person(other, basis=DECISION, by=world.by())
    return numbers
