"""A district whose nine-month report goes from draft to issue: what tests of issuing begin with."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from giaoban.journal.rights import writers_rights
from giaoban.people.actions import appoint_login
from giaoban.people.models import Login, Role
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.actions import (
    begin_report,
    check_report,
    hand_in_report,
    issue_report,
    open_register,
)
from giaoban.reports.models import ReportDraft
from tests.world import FOUNDED, World

LEADER = "lanhdao"
PERIOD = Period.parse("2018-9M", regime=regime_named("calendar"))
DAY = date(2018, 10, 5)
REGISTER: dict[str, Any] = {
    "kind": "BC", "family": "party", "superior": "Huyện ủy Thạch Thất", "issuer": "Ban Tổ chức",
    "symbol": "BTC", "place": "Thạch Thất", "post": "Trưởng Ban", "from_on": date(2018, 1, 1),
    "recipients": ["Ban Thường vụ Huyện ủy,", "Lưu Ban Tổ chức."],
}  # fmt: skip


def with_leader(world: World) -> World:
    """A leader of the district beside the clerk, a target, admissions and a register."""
    Login.objects.create_user(LEADER, password=None)
    appoint_login(LEADER, world.unit("HU"), Role.LEADER, on=FOUNDED, by=world.by())
    plans = {world.unit(code): n for code, n in {"HU": 10, "CY": 6, "TX": 3}.items()}
    set_targets(plans, indicator="admitted", year=2018, by=world.by(date(2018, 1, 20)))
    for unit, day in (("CY1", 3), ("CY2", 4), ("TX1", 5)):
        world.admit(unit, date(2018, 3, day))
    open_register(unit=world.unit("HU"), by=world.by(), **REGISTER)
    return world


def drafted(world: World, key: str = "du-thao", **more: Any) -> int:
    """A draft of the district's nine months, begun by the clerk."""
    told: dict[str, Any] = {
        "definition": "organisation-work", "period": PERIOD, "dated_on": DAY,
        "signatory": "Nguyễn Văn Ước",
    }  # fmt: skip
    return begin_report(unit=world.unit("HU"), key=key, by=world.by(DAY), **{**told, **more})


def checked(world: World, key: str = "du-thao", **more: Any) -> int:
    """The same, handed in by the clerk and checked by the leader."""
    draft = drafted(world, key, **more)
    seen = hand_in_report(draft=draft, by=world.by())
    check_report(draft=draft, seen=seen, by=world.by(login=LEADER))
    return draft


def issued(world: World, key: str = "du-thao", **more: Any) -> int:
    """The same, issued; the number of its entry."""
    draft = checked(world, key, **more)
    entry = issue_report(draft=draft, by=world.by(login=LEADER))
    with transaction.atomic(), writers_rights():
        assert ReportDraft.objects.get(pk=draft).entry_number == entry
    return entry
