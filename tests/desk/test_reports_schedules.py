"""Reports that are sent by themselves, at the desk: seen, added, changed, ended, tried again."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import VIETNAM
from giaoban.periods import PeriodKind
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.actions import Sending, add_schedule
from giaoban.reports.sending.models import Schedule, ScheduleRun
from tests.desk.conftest import sit_down
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

LIST, ADD = reverse("desk:reports-schedules"), reverse("desk:reports-schedules-add")
TOLD = {
    "key": "k", "definition": "organisation-work", "unit": "HU", "kind": "quarter",
    "regime": "calendar", "days_after": "5", "hour": "8", "attached": ["pdf", "docx"],
    "recipients": "van-thu@example.vn\nlanh-dao@example.vn",
    "told_of_failures": "quan-tri@example.vn", "language": "vi",
}  # fmt: skip


def _scheduled(world: World, unit: str = "HU") -> Schedule:
    sending = Sending(
        definition="organisation-work", kind=PeriodKind.QUARTER, days_after=5, hour=8,
        forms=[Form.PDF], recipients=["van-thu@example.vn"],
        told_of_failures=["quan-tri@example.vn"],
    )  # fmt: skip
    number = add_schedule(unit=world.unit(unit), sending=sending, by=world.by(date(2018, 1, 2)))
    return Schedule.objects.get(pk=number)


def _failed(schedule: Schedule, period: str = "2018-Q1") -> ScheduleRun:
    at = datetime(2018, 4, 5, 8, tzinfo=VIETNAM)
    with transaction.atomic(), writers_rights():
        return ScheduleRun.objects.create(
            schedule=schedule, period=period, at=at, by="chuyenvien",
            state=ScheduleRun.State.GIVEN_UP, reason="Chưa đặt máy chủ thư.",
        )  # fmt: skip


def test_a_schedule_is_added(office: World, at_desk: Client) -> None:
    client = sit_down(at_desk, office.clerk)
    assert client.post(ADD, TOLD).url == LIST
    [schedule] = Schedule.objects.all()
    assert (schedule.kind, schedule.forms) == ("quarter", ["docx", "pdf"])
    assert schedule.recipients == ["van-thu@example.vn", "lanh-dao@example.vn"]
    assert "lanh-dao@example.vn" in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"recipients": "không phải thư"}, "recipients"),
        ({"recipients": ""}, "recipients"),
        ({"attached": []}, "attached"),
        ({"days_after": "900"}, "days_after"),
        ({"unit": "KHONG-CO"}, "unit"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    office: World, at_desk: Client, told: dict[str, object], field: str
) -> None:
    page = sit_down(at_desk, office.clerk).post(ADD, {**TOLD, **told}).content.decode()
    assert f'id="id_{field}_error"' in page
    assert "quan-tri@example.vn" in page
    assert not Schedule.objects.exists()


def test_what_was_not_sent_is_plain_to_see(office: World, at_desk: Client) -> None:
    schedule = _scheduled(office)
    _failed(schedule)
    page = sit_down(at_desk, office.clerk).get(LIST).content.decode()
    assert 'class="note error failed"' in page
    assert "Chưa đặt máy chủ thư." in page
    assert reverse("desk:reports-schedules-again", args=[schedule.pk]) in page


def test_what_nobody_tried_is_plain_to_see(office: World, at_desk: Client) -> None:
    """Added in 2018, never tried since: the first moment that passed is named."""
    client = sit_down(at_desk, office.clerk)
    assert "chưa gửi lần nào" not in client.get(LIST).content.decode()
    _scheduled(office)
    assert "đến hạn 08:00 05/01/2018, chưa gửi lần nào" in client.get(LIST).content.decode()


def test_it_is_tried_again(office: World, at_desk: Client) -> None:
    schedule = _scheduled(office)
    run = _failed(schedule)
    client = sit_down(at_desk, office.clerk)
    url = reverse("desk:reports-schedules-again", args=[schedule.pk])
    assert client.post(url, {"period": run.period}).url == LIST
    assert schedule.runs.count() == 2  # no mail server is set: that is said, too
    assert client.post(url, {"period": "2018-Q3"}).status_code == 404


def test_it_is_changed_and_ended(office: World, at_desk: Client) -> None:
    schedule = _scheduled(office)
    client = sit_down(at_desk, office.clerk)
    url = reverse("desk:reports-schedule", args=[schedule.pk])
    assert "van-thu@example.vn" in client.get(url).content.decode()
    told = {name: value for name, value in TOLD.items() if name != "unit"}
    assert client.post(url, {**told, "hour": "14"}).url == LIST
    client.post(reverse("desk:reports-schedules-end", args=[schedule.pk]))
    schedule.refresh_from_db()
    assert (schedule.hour, schedule.is_active) == (14, False)


@pytest.mark.parametrize(("login", "status"), [("dongnghiep", 404), ("phutrach", 403),
                                               ("bientap", 403), ("quantri", 403)])  # fmt: skip
def test_another_unit_s_is_not_there(
    office: World, at_desk: Client, login: str, status: int
) -> None:
    schedule, client = _scheduled(office), sit_down(at_desk, login)
    assert client.get(reverse("desk:reports-schedule", args=[schedule.pk])).status_code == status
    for name in ("end", "again"):
        url = reverse(f"desk:reports-schedules-{name}", args=[schedule.pk])
        assert client.post(url, {"period": "2018-Q1"}).status_code == status
    assert "van-thu@example.vn" not in client.get(LIST).content.decode()
    schedule.refresh_from_db()
    assert schedule.is_active


def test_more_schedules_cost_no_more_queries(office: World, at_desk: Client) -> None:
    client, counted = sit_down(at_desk, office.clerk), []
    _failed(_scheduled(office))
    client.get(LIST)
    for units in ((), ("CY", "TX")):
        for unit in units:
            _failed(_scheduled(office, unit))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LIST).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
