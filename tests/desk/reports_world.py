"""What the pages of reports are tested with: a district with a target, admissions, a register, and
documents on their way to issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from giaoban.journal.rights import writers_rights
from giaoban.periods import Period, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.drafting import begin_report, check_report, hand_in_report
from giaoban.reports.issuing import issue_report
from giaoban.reports.models import ReportDraft
from giaoban.reports.registering import open_register
from tests.world import World

PERIOD = Period.parse("2018-9M", regime=regime_named("calendar"))
REPORT = "organisation-work"
DAY = date(2018, 10, 5)


def plan(world: World) -> World:
    """The year's target, and three admissions in two communes."""
    numbers = {world.unit(code): n for code, n in {"HU": 10, "CY": 6, "TX": 3}.items()}
    set_targets(numbers, indicator="admitted", year=2018, by=world.by(date(2018, 1, 20)))
    for unit, day in (("CY1", 3), ("CY2", 4), ("TX1", 5)):
        world.admit(unit, date(2018, 3, day))
    return world


def open_book(world: World, unit: str = "HU", **more: Any) -> int:
    """A register for the reports of a unit."""
    told: dict[str, Any] = {
        "kind": "BC", "family": "party", "superior": "Huyện ủy Thạch Thất",
        "issuer": "Ban Tổ chức", "symbol": "BTC", "place": "Thạch Thất", "post": "Trưởng Ban",
        "recipients": ["Ban Thường vụ Huyện ủy", "Lưu Ban Tổ chức"], "from_on": date(2018, 1, 1),
    } | more  # fmt: skip
    return open_register(unit=world.unit(unit), by=world.by(told["from_on"]), **told)


def begun(world: World, unit: str = "HU", key: str = "du-thao", **more: Any) -> ReportDraft:
    """A draft of the clerk's, of the nine months, dated in October."""
    told: dict[str, Any] = {
        "dated_on": max(DAY, world.at.date()), "signatory": "Nguyễn Văn Ước", "language": "vi",
        "period": PERIOD,
    } | more  # fmt: skip
    number = begin_report(
        unit=world.unit(unit), definition=REPORT, key=key, by=world.by(DAY), **told
    )
    return _kept(number)


def _kept(draft: int) -> ReportDraft:
    """A draft as it is kept, whatever is in sight."""
    with transaction.atomic(), writers_rights():
        return ReportDraft.objects.get(pk=draft)


def handed_in(world: World, unit: str = "HU", key: str = "du-thao", **more: Any) -> ReportDraft:
    """The same, handed in by all that is recorded."""
    draft = begun(world, unit, key, **more)
    hand_in_report(draft=draft.pk, by=world.by())
    return _kept(draft.pk)


def checked(world: World, unit: str = "HU", key: str = "du-thao", **more: Any) -> ReportDraft:
    """The same, checked by the leader."""
    draft = handed_in(world, unit, key, **more)
    with transaction.atomic():
        seen = bytes(draft.content_hash or b"").hex()
        check_report(draft=draft.pk, seen=seen, by=world.by(login="lanhdao"))
    return _kept(draft.pk)


def issued(world: World, unit: str = "HU", key: str = "du-thao", **more: Any) -> int:
    """A report issued by the leader; the number of its entry."""
    draft = checked(world, unit, key, **more)
    return issue_report(draft=draft.pk, by=world.by(login="lanhdao"), key=f"ban-hanh-{key}")


def late(world: World, unit: str = "CY1", note: str = "nhận hồ sơ muộn") -> int:
    """An admission of September, told after the report was issued; its entry."""
    world.by(date(2018, 10, 20))
    return world.admit(unit, date(2018, 9, 7), world.person("Lê Thị Hai"), note=note)
