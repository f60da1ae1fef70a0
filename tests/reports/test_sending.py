"""Reports sent by themselves: scheduled, due when, and sent once each."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import translation

from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.people.actions import appoint_login
from giaoban.people.errors import OutOfScope
from giaoban.people.models import Login, Role
from giaoban.periods import PeriodKind, RegimeUnknown
from giaoban.reports.errors import DefinitionUnknown
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending.actions import (
    add_schedule,
    change_schedule,
    end_schedule,
)
from giaoban.reports.sending.errors import (
    AddressesMissing,
    AddressUnusable,
    BeingSent,
    FormMissing,
    MomentUnusable,
    PeriodRuns,
    ScheduleEnded,
    ScheduleUnknown,
    SentAlready,
    TooManyAddresses,
)
from giaoban.reports.sending.models import Schedule, ScheduleRun
from giaoban.reports.sending.running import due
from tests.reports.mail_server import Behaviour, mail_server
from tests.reports.schedules import (
    DUE_AT,
    RECIPIENTS,
    SINCE,
    State,
    at,
    run,
    scheduled,
    wish,
)
from tests.world import World


@pytest.fixture(autouse=True)
def in_english(settings: Any) -> Iterator[None]:
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def counted(world: World) -> World:
    """Somebody admitted in the first quarter, so that there are numbers to send."""
    world.member("CY1", "Trần Thị Bình")
    world.admit("CY1", date(2018, 2, 3))
    return world


# Added, changed, ended


def test_a_schedule_says_what_when_and_to_whom(world: World) -> None:
    schedule = scheduled(world, recipients=[" a@b.example ", "a@b.example", "", "c@d.example"],
                         forms=[Form.XLSX, Form.PDF, Form.PDF])  # fmt: skip
    assert schedule.recipients == ["a@b.example", "c@d.example"]
    assert schedule.forms == ["pdf", "xlsx"]
    assert (schedule.login_name, schedule.is_active) == (world.clerk, True)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"recipients": []}, AddressesMissing),
        ({"told_of_failures": [" "]}, AddressesMissing),
        ({"recipients": ["không phải thư"]}, AddressUnusable),
        ({"recipients": ["a@b.example\r\nBcc: c@d.example"]}, AddressUnusable),
        ({"recipients": ["A <a@b.example>"]}, AddressUnusable),
        ({"recipients": [f"a{n}@b.example" for n in range(51)]}, TooManyAddresses),
        ({"forms": []}, FormMissing),
        ({"hour": 24}, MomentUnusable),
        ({"days_after": -1}, MomentUnusable),
        ({"days_after": 367}, MomentUnusable),
        ({"definition": "no-such"}, DefinitionUnknown),
        ({"regime": "no-such"}, RegimeUnknown),
    ],
)
def test_what_can_not_be_is_refused(world: World, more: Any, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        scheduled(world, **more)
    assert not Schedule.objects.exists()


def test_only_who_is_in_charge_schedules(world: World) -> None:
    leader = Login.objects.create_user("lanhdao", password=None)
    appoint_login("lanhdao", world.unit("CY"), Role.LEADER, on=date(2017, 1, 1), by=world.by())
    for login in (world.colleague, leader.username):
        by = world.by(login=login)
        number = add_schedule(unit=world.unit("CY"), sending=wish(), by=by)
        change_schedule(number, sending=wish(hour=9), by=by)
        for unit in ("HU", "TX"):
            with pytest.raises(OutOfScope):
                add_schedule(unit=world.unit(unit), sending=wish(), by=by)
    with pytest.raises(OutOfScope):
        add_schedule(unit=world.unit("CY"), sending=wish(), by=world.by(login=world.stranger))
    other = add_schedule(unit=world.unit("TX"), sending=wish(), by=world.by())
    for act in (
        lambda by: change_schedule(other, sending=wish(), by=by),
        lambda by: end_schedule(other, by=by),
    ):
        with pytest.raises(OutOfScope):
            act(world.by(login=world.colleague))


def test_a_schedule_is_changed_and_ended(counted: World) -> None:
    schedule = scheduled(counted)
    by = Recorder(counted.clerk, at(3, 1))
    change_schedule(schedule.pk, sending=wish(hour=14, language="en"), by=by)
    schedule.refresh_from_db()
    assert (schedule.hour, schedule.language, schedule.since) == (14, "en", SINCE)
    end_schedule(schedule.pk, by=Recorder(counted.clerk, at(3, 2)))
    end_schedule(schedule.pk, by=Recorder(counted.clerk, at(3, 3)))
    schedule.refresh_from_db()
    assert schedule.ended_at == at(3, 2)
    assert due(at(12, 31)) == []
    with pytest.raises(ScheduleEnded):
        change_schedule(schedule.pk, sending=wish(), by=by)
    with pytest.raises(ScheduleUnknown):
        end_schedule(schedule.pk + 1, by=by)


# When


def periods_due(now: datetime) -> list[str]:
    return [one.period.code for one in due(now)]


def test_a_report_is_due_after_its_period_at_its_hour(counted: World) -> None:
    scheduled(counted)
    assert periods_due(at(4, 5, 7, 59)) == []
    assert periods_due(DUE_AT) == ["2018-Q1"]
    assert periods_due(DUE_AT.astimezone(UTC)) == ["2018-Q1"]
    assert periods_due(at(10, 5)) == ["2018-Q1", "2018-Q2", "2018-Q3"]


def test_nothing_is_due_whose_moment_was_before_the_schedule(counted: World) -> None:
    """Added on 2 January: the last quarter goes out on the 5th, but not by one due on the 1st."""
    scheduled(counted, since=at(1, 2))
    assert periods_due(at(1, 5)) == ["2017-Q4"]
    scheduled(counted, since=at(1, 2), days_after=1)
    assert periods_due(at(1, 5)) == ["2017-Q4"]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        (PeriodKind.MONTH, ["2017-12", "2018-01", "2018-02"]),
        (PeriodKind.HALF, ["2017-H2"]),
        (PeriodKind.NINE_MONTHS, []),
        (PeriodKind.YEAR, ["2017"]),
    ],
)
def test_each_kind_of_period_has_its_moments(
    counted: World, kind: PeriodKind, wanted: list[str]
) -> None:
    scheduled(counted, since=at(1, 2), kind=kind)
    assert periods_due(at(3, 31)) == wanted


def test_a_schedule_a_year_behind_its_periods_goes_out_too(counted: World) -> None:
    scheduled(counted, days_after=366, kind=PeriodKind.YEAR)
    assert periods_due(at(12, 31)) == []
    assert periods_due(datetime(2019, 1, 1, 8, tzinfo=VIETNAM)) == ["2017"]


def test_a_period_that_runs_is_not_sent(counted: World) -> None:
    schedule = scheduled(counted)
    with pytest.raises(PeriodRuns):
        run(schedule, at(3, 31, 23))
    assert not ScheduleRun.objects.exists()


# Sent


def test_a_report_arrives_as_a_draft_print(counted: World, settings: Any) -> None:
    schedule = scheduled(counted, forms=list(Form), language="vi")
    with mail_server(Behaviour(), settings) as server:
        made = run(schedule)
    assert (made.state, made.reason) == (State.SENT, "")
    [envelope], [letter] = server.received, server.letters
    assert envelope.rcpt_tos == RECIPIENTS
    files = {
        part.get_filename(): part.get_payload(decode=True) for part in letter.iter_attachments()
    }
    assert list(files) == [f"organisation-work-2018-Q1-HU.{form}" for form in Form]
    assert made.files == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items()
    }
    assert made.known is not None
    body = letter.get_body().get_content()
    assert "Đảng bộ huyện" in body
    assert "organisation-work-2018-Q1-HU.pdf" in body


def test_the_pdf_says_that_it_is_a_draft(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    with mail_server(Behaviour(), settings) as server:
        run(schedule)
    [part] = server.letters[0].iter_attachments()
    pages = pypdf.PdfReader(BytesIO(part.get_payload(decode=True))).pages
    assert all("DỰ THẢO" in page.extract_text().upper() for page in pages)


def test_a_quiet_month_has_ended_too(counted: World, settings: Any) -> None:
    """Nothing was recorded since February; what is sent in April says that the quarter is over."""
    schedule = scheduled(counted)
    with mail_server(Behaviour(), settings) as server:
        run(schedule)
    [part] = server.letters[0].iter_attachments()
    reader = pypdf.PdfReader(BytesIO(part.get_payload(decode=True)))
    text = " ".join("".join(page.extract_text() for page in reader.pages).split())
    assert "chưa kết thúc" not in text
    assert "tính đến nay" not in text


def test_the_letter_is_in_the_language_of_the_schedule(counted: World, settings: Any) -> None:
    schedule = scheduled(counted, language="en")
    with mail_server(Behaviour(), settings) as server:
        run(schedule)
    [letter] = server.letters
    assert letter["Subject"].startswith("Draft: ")
    assert "it is not issued" in letter.get_body().get_content()


def test_the_same_period_is_sent_once(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    with mail_server(Behaviour(), settings) as server:
        run(schedule)
        assert due(at(4, 30)) == []
        with pytest.raises(SentAlready, match="08:00 05/04/2018"):
            run(schedule, at(4, 6))
    assert len(server.received) == 1


def test_the_database_says_so_too(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    with mail_server(Behaviour(), settings):
        made = run(schedule)
    with pytest.raises(IntegrityError, match="schedule_sent_once"), transaction.atomic():
        ScheduleRun.objects.create(
            schedule=schedule, period=made.period, at=DUE_AT, by="x", state=State.SENT
        )
    with pytest.raises(Exception, match=r"append_only|permission denied"), transaction.atomic():
        ScheduleRun.objects.filter(pk=made.pk).update(state=State.FAILED)


def test_two_workers_at_once_send_once(committed: World, settings: Any) -> None:
    committed.admit("CY1", date(2018, 2, 3))
    schedule = scheduled(committed)
    outcomes: list[object] = []
    ready = threading.Barrier(3)

    def work() -> None:
        ready.wait()
        try:
            outcomes.append(run(schedule).state)
        except (BeingSent, SentAlready) as refused:
            outcomes.append(type(refused))
        finally:
            connections.close_all()

    with mail_server(Behaviour(), settings) as server:
        workers = [threading.Thread(target=work) for _ in range(3)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert outcomes.count(State.SENT) == 1
    assert set(outcomes) <= {State.SENT, BeingSent, SentAlready}
    assert len(outcomes) == 3
    assert len(server.received) == 1
    assert [one.state for one in ScheduleRun.objects.all()] == [State.SENT]
