"""Reports that did not go out: tried again, told to a person, and always to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from giaoban.desk import tasks
from giaoban.journal.writing import Recorder
from giaoban.people.actions import end_appointment
from giaoban.people.models import Role
from giaoban.periods import PeriodKind
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.sending import printing
from giaoban.reports.sending.actions import (
    add_schedule,
    change_schedule,
    end_schedule,
)
from giaoban.reports.sending.models import Schedule
from giaoban.reports.sending.moments import PAUSES
from giaoban.reports.sending.queries import schedule_states
from giaoban.reports.sending.running import due
from tests.reports.mail_server import Behaviour, free_port, mail_server, name_server
from tests.reports.schedules import (
    DUE_AT,
    Q1,
    RECIPIENTS,
    TELL,
    State,
    at,
    run,
    scheduled,
    states,
    tick,
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


# Not sent


def test_a_server_that_does_not_answer_is_tried_again_with_growing_pauses(
    counted: World, settings: Any
) -> None:
    schedule = scheduled(counted)
    name_server(settings, free_port())
    tried, now = [], DUE_AT
    while now < DUE_AT + timedelta(days=2):
        before = schedule.runs.count()
        tick(now)
        if schedule.runs.count() > before:
            tried.append(now)
        now += timedelta(minutes=5)
    pauses = [after - before for before, after in pairwise(tried)]
    assert pauses == list(PAUSES)
    assert states(schedule) == [*[State.FAILED] * len(PAUSES), State.GIVEN_UP]
    assert "can't be reached" in schedule.runs.latest("at").reason


def test_when_it_answers_again_the_report_goes_out(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    name_server(settings, free_port())
    tick(DUE_AT)
    with mail_server(Behaviour(), settings) as server:
        tick(DUE_AT + timedelta(minutes=3))
        assert server.received == []
        tick(DUE_AT + timedelta(minutes=4, seconds=59))
    assert len(server.received) == 1
    assert states(schedule) == [State.FAILED, State.SENT]


@pytest.mark.parametrize(
    ("behaviour", "words"),
    [
        (Behaviour(hangs=True), "did not answer in time"),
        (Behaviour(breaks_off=True), "broke off"),
        (Behaviour(answer_to_letters="451 4.3.0 later"), "later"),
    ],
)
def test_a_passing_hindrance_is_tried_again(
    counted: World, settings: Any, behaviour: Behaviour, words: str
) -> None:
    schedule = scheduled(counted)
    with mail_server(behaviour, settings):
        settings.EMAIL_TIMEOUT = 0.5
        made = run(schedule)
    assert made.state == State.FAILED
    assert words in made.reason
    assert made.files == {}
    assert [one.period for one in due(DUE_AT + PAUSES[0])] == [Q1]


def test_refused_recipients_are_told_to_a_person_at_once(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    with mail_server(Behaviour(refuses=tuple(RECIPIENTS)), settings) as server:
        tick(DUE_AT)
        tick(DUE_AT + timedelta(hours=3))
    assert states(schedule) == [State.GIVEN_UP, State.TOLD]
    [envelope], [letter] = server.received, server.letters
    assert envelope.rcpt_tos == TELL
    text = letter.get_body().get_content()
    assert all(address in text for address in RECIPIENTS)
    assert "550 5.1.1 no such mailbox" in text


def test_one_refused_recipient_is_told_and_the_others_have_it(
    counted: World, settings: Any
) -> None:
    schedule = scheduled(counted)
    with mail_server(Behaviour(refuses=(RECIPIENTS[1],)), settings) as server:
        tick(DUE_AT)
        tick(DUE_AT + timedelta(hours=3))
    assert states(schedule) == [State.SENT, State.TOLD]
    assert [one.rcpt_tos for one in server.received] == [[RECIPIENTS[0]], TELL]
    assert RECIPIENTS[1] in schedule.runs.earliest("at").reason


def test_a_person_is_told_once_the_mail_works_again(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    name_server(settings, free_port())
    for pause in (timedelta(), *PAUSES):
        now = (schedule.runs.latest("at").at if schedule.runs.exists() else DUE_AT) + pause
        tick(now)
    assert states(schedule)[-1] == State.GIVEN_UP
    with mail_server(Behaviour(), settings) as server:
        tick(now + timedelta(minutes=5))
        tick(now + timedelta(minutes=10))
    assert states(schedule)[-2:] == [State.GIVEN_UP, State.TOLD]
    [envelope] = server.received
    assert envelope.rcpt_tos == TELL


def test_where_no_server_is_set_it_is_said(counted: World, settings: Any) -> None:
    schedule = scheduled(counted)
    settings.MAIL_SERVER = ""
    tick(DUE_AT)
    assert states(schedule) == [State.GIVEN_UP]
    assert "GIAOBAN_SMTP_URL" in schedule.runs.get().reason


def test_a_report_without_a_number_is_not_sent(world: World, settings: Any) -> None:
    """Nobody was ever recorded in the neighbouring district: a sheet of zeros tells nothing."""
    schedule = scheduled(world, unit="HU2")
    with mail_server(Behaviour(), settings) as server:
        tick(DUE_AT)
    assert states(schedule) == [State.GIVEN_UP, State.TOLD]
    assert "no number but zero" in schedule.runs.earliest("at").reason
    assert [one.rcpt_tos for one in server.received] == [TELL]


def test_a_report_that_can_not_be_built_is_not_sent(counted: World, settings: Any) -> None:
    schedule = scheduled(counted, kind=PeriodKind.QUARTER, definition="organisation-work-year")
    with mail_server(Behaviour(), settings) as server:
        made = run(schedule)
    assert made.state == State.GIVEN_UP
    assert "is not made for" in made.reason
    assert server.received == []


def test_a_login_that_is_no_longer_in_charge_sends_nothing(counted: World, settings: Any) -> None:
    by = counted.by(login=counted.colleague)
    number = add_schedule(unit=counted.unit("CY"), sending=wish(), by=by)
    end_appointment(counted.colleague, counted.unit("CY"), Role.CLERK, on=date(2018, 3, 1),
                    by=counted.by(date(2018, 3, 1)))  # fmt: skip
    with mail_server(Behaviour(), settings) as server:
        made = run(Schedule.objects.get(pk=number))
    assert made.state == State.GIVEN_UP
    assert server.received == []


def test_a_fault_of_the_program_is_told_and_keeps_no_other_waiting(
    counted: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, sound = scheduled(counted), scheduled(counted, unit="CY")
    render = printing.render

    def fail_for_the_first(document: Any, form: Form) -> bytes:
        if document.name.endswith("HU"):
            connection.cursor().execute("SELECT 1 / 0")
        return render(document, form)

    monkeypatch.setattr(printing, "render", fail_for_the_first)
    with mail_server(Behaviour(), settings) as server:
        tick(DUE_AT)
    assert states(broken) == [State.GIVEN_UP, State.TOLD]
    assert states(sound) == [State.SENT]
    assert "The program broke off" in broken.runs.earliest("at").reason
    assert [one.rcpt_tos for one in server.received] == [RECIPIENTS, TELL]


def test_what_was_given_up_is_tried_again_after_a_change_or_by_hand(
    counted: World, settings: Any
) -> None:
    schedule = scheduled(counted, recipients=["nham@huyenuy.example"])
    with mail_server(Behaviour(refuses=("nham@huyenuy.example",)), settings) as server:
        tick(DUE_AT)
        assert run(schedule, at(4, 5, 9)).state == State.GIVEN_UP
        assert due(at(4, 5, 10)) == []
        change_schedule(schedule.pk, sending=wish(), by=Recorder(counted.clerk, at(4, 5, 11)))
        tick(at(4, 5, 11, 5))
    assert states(schedule)[-1] == State.SENT
    assert server.received[-1].rcpt_tos == RECIPIENTS


# What the pages show


def test_the_list_says_what_comes_and_what_failed(counted: World, settings: Any) -> None:
    schedule, ended = scheduled(counted), scheduled(counted, unit="CY")
    end_schedule(ended.pk, by=Recorder(counted.clerk, at(3, 1)))
    settings.MAIL_SERVER = ""
    tick(DUE_AT)
    units = [counted.unit("HU"), counted.unit("CY")]
    active, over = schedule_states(units, now=at(4, 6))
    assert (active.schedule, over.schedule) == (schedule, ended)
    assert [one.period for one in active.failing] == ["2018-Q1"]
    assert active.following is not None
    assert (active.following.period.code, active.following.at) == ("2018-Q2", at(7, 5))
    assert over.following is None
    assert schedule_states([counted.unit("TX")], now=at(4, 6)) == []
    with mail_server(Behaviour(), settings):
        run(schedule, at(4, 6))
    [active, _over] = schedule_states(units, now=at(4, 6))
    assert active.failing == []


def test_what_nobody_even_tried_shows_as_waiting(counted: World, settings: Any) -> None:
    """The queue's worker is not up: then nobody tells anybody, but the page does."""
    scheduled(counted)
    units = [counted.unit("HU")]
    [early] = schedule_states(units, now=DUE_AT + timedelta(minutes=10))
    assert early.overdue == []
    [late] = schedule_states(units, now=DUE_AT + timedelta(hours=1))
    assert [moment.period for moment in late.overdue] == [Q1]
    settings.MAIL_SERVER = ""
    tick(DUE_AT + timedelta(hours=1))
    [tried] = schedule_states(units, now=DUE_AT + timedelta(hours=2))
    assert tried.overdue == []


def test_more_schedules_cost_no_more_queries(counted: World) -> None:
    asked = []
    for _more in range(2):
        for _one in range(3):
            scheduled(counted)
        with CaptureQueriesContext(connection) as queries:
            due(DUE_AT)
            schedule_states([counted.unit("HU")], now=DUE_AT)
        asked.append(len(queries))
    assert asked == [4, 4]


# The queue


def test_the_queue_sends_what_is_due(
    counted: World, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = scheduled(counted)
    monkeypatch.setattr("django.utils.timezone.now", lambda: DUE_AT)
    with mail_server(Behaviour(), settings) as server:
        tasks.send_reports(timestamp=0)
        tasks.send_reports(timestamp=300)
    assert len(server.received) == 1
    assert states(schedule) == [State.SENT]


def test_the_queue_asks_every_five_minutes() -> None:
    registered = tasks.app.periodic_registry.periodic_tasks
    [found] = [task for (name, _id), task in registered.items() if name == "send_reports"]
    assert found.cron == "*/5 * * * *"
