"""Issuing at once, cut off in the middle, and by a login that sees only part of the members."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from django.db import connection, connections

from giaoban import database
from giaoban.journal import writing
from giaoban.journal.checks import chain_is_whole
from giaoban.journal.queries import head
from giaoban.journal.sql import fetch
from giaoban.people.sight import in_sight
from giaoban.reports import issuing
from giaoban.reports.actions import issue_report, open_register, withdraw_report
from giaoban.reports.checks import reports_reproduced
from giaoban.reports.issues import frozen_figures, issued_by
from giaoban.reports.models import Issue, IssuedDocument, Rendition, ReportDraft, State
from tests.journal.test_writers import in_process
from tests.reports.issuing_world import LEADER, REGISTER, checked, issued, with_leader
from tests.world import World


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What acts give that begin together, each on a connection of its own."""
    start, given = threading.Barrier(len(acts)), list[object]([None] * len(acts))

    def run(place: int) -> None:
        try:
            start.wait()
            given[place] = acts[place]()
        except Exception as broken:
            given[place] = broken
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_the_same_draft_twice_at_once_is_one_document(committed: World) -> None:
    office = with_leader(committed)
    draft, by = checked(office), office.by(login=LEADER)
    first, second = at_once(*[lambda: issue_report(draft=draft, by=by)] * 2)
    assert isinstance(first, int), first
    assert first == second
    assert Issue.objects.count() == 1


def test_two_documents_at_once_do_not_both_replace_one(committed: World) -> None:
    office = with_leader(committed)
    first = issued(office)
    drafts = [checked(office, key, replaces=first, because="bổ sung") for key in ("một", "hai")]
    by = office.by(login=LEADER)
    given = at_once(*(partial(issue_report, draft=draft, by=by) for draft in drafts))
    assert sorted(type(one).__name__ for one in given) == ["AlreadyReplaced", "int"], given


def test_issuing_a_new_register_and_an_admission_stand_in_nobodys_way(committed: World) -> None:
    office = with_leader(committed)
    draft, person = checked(office), office.person()
    by, more = office.by(login=LEADER), office.by()
    given = at_once(
        lambda: issue_report(draft=draft, by=by),
        lambda: open_register(unit=office.unit("HU"), by=more, **REGISTER | {"kind": "TB"}),
        lambda: office.admit("CY1", more.today, person),
    )
    assert [type(one) for one in given] == [int, int, int], given
    assert (chain_is_whole().faults, reports_reproduced().faults) == ([], [])


def test_two_withdraw_one_document_at_once(committed: World) -> None:
    office = with_leader(committed)
    entry, by = issued(office), office.by(login=LEADER)
    given = at_once(
        lambda: withdraw_report(issue=entry, reason="sai mẫu", by=by, key="một"),
        lambda: withdraw_report(issue=entry, reason="sai số liệu", by=by, key="hai"),
    )
    assert sorted(type(one).__name__ for one in given) == ["AlreadyWithdrawn", "int"]


def issue_and_die(office: World, draft: int) -> None:
    """Issue, and be killed when everything but the last rows is written."""

    def die(*_rows: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    type(Rendition.objects).bulk_create = die
    # The typesetter's own threads don't outlive a fork; what is made here is never kept.
    issuing.render = lambda _document, _form: b""
    issue_report(draft=draft, by=office.by(login=LEADER))


def test_killed_in_the_middle_nothing_is_half_issued(committed: World) -> None:
    office = with_leader(committed)
    draft = checked(office)
    before = head()
    process = in_process(issue_and_die, office, draft)
    process.join(60)
    assert process.exitcode == -signal.SIGKILL
    with contextlib.closing(connection.cursor()) as cursor:  # until the server has noticed
        lock = "SELECT pg_advisory_lock(%s), pg_advisory_unlock(%s)"
        cursor.execute(lock, [writing.WRITING_LOCK] * 2)
    assert head() == before
    assert not IssuedDocument.objects.exists()
    assert ReportDraft.objects.get(pk=draft).state == State.CHECKED
    entry = issue_report(draft=draft, by=office.by(login=LEADER))
    assert issued_by(entry).number == 1
    assert (chain_is_whole().faults, reports_reproduced().faults) == ([], [])


@pytest.fixture
def desk_role(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection is the desk's for one test."""
    default = connections["default"]
    for role in (database.DESK_ROLE, database.APP_ROLE):
        with django_db_blocker.unblock():
            default.close()
        default.settings_dict["USER"] = role
        if role == database.DESK_ROLE:
            yield


def test_the_numbers_are_everybodys_whoever_issues(desk_role: None, world: World) -> None:
    """The database hides members from the desk; a report counts them all the same, and the rights
    to see them are given back."""
    office = with_leader(world)
    with in_sight([], documents=[office.unit("HU")]):
        assert fetch("SELECT count(*) FROM ledger_leg") == [(0,)]
        entry = issued(office)
        assert fetch("SELECT count(*) FROM ledger_leg") == [(0,)]
        assert frozen_figures(entry)["admitted"] == 3
