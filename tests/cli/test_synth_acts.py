"""The nation's rows are those that the ledger's own acts would write, act by act."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from django.db import transaction

from giaoban import database
from giaoban.cli import setting_up
from giaoban.cli.synth.books import CLERK, Batch, Books
from giaoban.cli.synth.divisions import read_divisions
from giaoban.cli.synth.nation import begin, plan
from giaoban.cli.synth.sizes import sizes
from giaoban.journal.books import books as every_book
from giaoban.journal.kinds import Kind
from giaoban.journal.models import BookRow
from giaoban.journal.queries import Frame, head
from giaoban.journal.writing import VIETNAM, Draft, Recorder
from giaoban.ledger.accounts import Account
from giaoban.ledger.acts import Act
from giaoban.ledger.joining import Admission, Opening
from giaoban.ledger.leaving import Death, Departure, Expulsion, Resignation, StrikingOff
from giaoban.ledger.models import Leg, LegalDate, Milestone
from giaoban.ledger.reorganisation import close_unit, merge_units, move_unit, split_unit
from giaoban.ledger.state import LedgerState
from giaoban.ledger.staying import Recognition, Transfer
from giaoban.units.models import Extent, Founding, Naming, Placement, Succession, Unit
from giaoban.units.rules import NewUnit
from tests.conftest import pointed_at

SCALE = 0.001
LEAVING = {Kind.DEATH: Death, Kind.EXPULSION: Expulsion, Kind.STRIKING_OFF: StrikingOff,
           Kind.RESIGNATION: Resignation, Kind.DEPARTURE: Departure}  # fmt: skip


@pytest.fixture(scope="module")
def root(
    cluster: database.Cluster, template: str, django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[int]:  # fmt: skip
    """The nation's root in a database that holds nothing else, in a transaction that leaves nothing
    behind."""
    name = f"test_acts_{uuid.uuid4().hex[:8]}"
    with django_db_blocker.unblock():
        setting_up.create_embedded(cluster, name, template)
        with pointed_at(cluster, name), transaction.atomic():
            yield begin(Books(SCALE, lambda legs: None))
            transaction.set_rollback(True)
        setting_up.drop_embedded(cluster, name)


def test_every_batch_is_what_the_acts_would_write(root: int) -> None:
    """Of all fifty years and of the reform."""
    books = Books(SCALE, lambda legs: None)
    compared = 0
    for batch in plan(read_divisions().share(SCALE), sizes(SCALE), root):
        if batch.name.startswith("sap-xep"):
            compared += reorganise(batch, books)
        elif batch.name.startswith(("so-ban-dau", "viec")):
            compared += move(batch, books)
        else:
            books.write(batch)
    assert compared > 2_000


# Members -----------------------------------------------------------------------------------


def move(batch: Batch, books: Books) -> int:
    """Register first whom the batch registers; then every act is planned by its own rules."""
    told = [draft for draft in batch.drafts if draft.kind == Kind.REGISTRATION]
    if told:
        called = {told.index(batch.drafts[at]): who for at, who in batch.called.items()}
        books.write(replace(batch, drafts=told, name=f"{batch.name}-ho-so", called=called))
    acts = [draft for draft in batch.drafts if draft.kind != Kind.REGISTRATION]
    state = LedgerState(batch.recorded_on, Frame(head().number))
    for draft in acts:
        planned = [one for act in acts_of(draft) for one in act.plan(state)]
        assert {one.kind for one in planned} == {draft.kind}
        assert {one.effective_on for one in planned} == {draft.effective_on}
        assert {one.basis for one in planned} == {draft.basis}
        for book in (Leg, LegalDate):
            rows = [row for one in planned for row in one.rows.get(book, ())]
            assert rows == list(draft.rows.get(book, ())), (batch.name, draft.kind)
    if acts:
        books.write(replace(batch, drafts=acts, units=[], persons=0, called={}))
    return len(acts)


def acts_of(draft: Draft) -> list[Act]:
    """The acts that a draft stands for: one, or of a first list one for each member."""
    legs = [leg for leg in draft.rows[Leg] if Account(leg[1]).is_standing]
    days = {Milestone(row[1]): row[2] for row in draft.rows.get(LegalDate, ())}
    on, paper = draft.effective_on, draft.basis
    if draft.kind == Kind.OPENING:
        return [Opening(person=leg[4], unit=leg[0], on=on, basis=paper) for leg in legs]
    what: dict[str, Any] = {"person": legs[0][4], "unit": legs[0][0], "basis": paper}
    if draft.kind == Kind.ADMISSION:
        return [Admission(**what, ceremony_on=on, decided_on=days[Milestone.DECISION])]
    if draft.kind == Kind.RECOGNITION:
        return [Recognition(**what, approved_on=days[Milestone.APPROVAL])]
    if draft.kind == Kind.TRANSFER:
        return [Transfer(**what, to=legs[1][0], on=on)]
    return [LEAVING[draft.kind](**what, left_on=on)]


# Units -------------------------------------------------------------------------------------


def reorganise(batch: Batch, books: Books) -> int:
    """Each act is done by its action first and taken back, then written as the batch has it."""
    by = Recorder(CLERK, datetime.combine(batch.recorded_on, time(8), VIETNAM))
    first = batch.first_unit
    for number, draft in enumerate(batch.drafts):
        founded = [row[0] for row in draft.rows.get(Founding, ())]
        with transaction.atomic():
            entry = act(draft, by)
            assert rows_of(entry, draft) == sorted_rows(draft.rows)
            transaction.set_rollback(True)
        units = batch.units[first - batch.first_unit : first - batch.first_unit + len(founded)]
        books.write(replace(batch, name=f"{batch.name}-{number}", drafts=[draft],
                            units=units, first_unit=first))  # fmt: skip
        first += len(founded)
    return len(batch.drafts)


def act(draft: Draft, by: Recorder) -> int:
    """The action that a draft stands for, done; its entry."""
    on, basis = draft.effective_on, draft.basis
    placed = {row[0]: (row[2], row[3]) for row in draft.rows.get(Placement, ())}
    if draft.kind == Kind.MOVING:
        [(unit, (parent, position))] = placed.items()
        return move_unit(unit, parent, on=on, position=position, basis=basis, by=by)
    if draft.kind == Kind.CLOSING:
        [unit] = {leg[0] for leg in draft.rows[Leg]}
        return close_unit(unit, on=on, basis=basis, by=by)
    lines = draft.rows[Succession]
    new = {row[0]: new_unit(draft, row) for row in draft.rows.get(Founding, ())}
    if {row[3] for row in lines} == {int(Extent.WHOLE)}:
        [into] = {row[2] for row in lines}
        return merge_units([row[0] for row in lines], new.get(into, into), on=on, basis=basis,
                           by=by)  # fmt: skip
    code = {row[2]: new[row[2]].code if row[2] in new else code_of(row[2]) for row in lines}
    [unit] = {row[0] for row in lines}
    legs = [leg for leg in draft.rows[Leg] if Account(leg[1]).is_standing and leg[5] > 0]
    return split_unit(
        unit, [new.get(to, to) for to in code], on=on, basis=basis, by=by,
        members={leg[4]: code[leg[0]] for leg in legs},
        units_below={
            code_of(below): code[parent]
            for below, (parent, _at) in placed.items() if below not in new
        },
    )  # fmt: skip


def new_unit(draft: Draft, row: tuple[Any, ...]) -> NewUnit:
    names = {row[0]: row[2] for row in draft.rows[Naming]}
    placed = {row[0]: (row[2], row[3]) for row in draft.rows[Placement]}
    unit, _on, code, kind, sector = row
    parent, position = placed[unit]
    return NewUnit(code=code, kind=kind, sector=sector, name=names[unit],
                   parent=code_of(parent), position=position)  # fmt: skip


def code_of(unit: int) -> str:
    return Unit.objects.get(pk=unit).code


def rows_of(entry: int, draft: Draft) -> dict[str, list[tuple[Any, ...]]]:
    """What an action wrote, with the numbers that the draft gives to the units it founds."""
    planned = {row[2]: row[0] for row in draft.rows.get(Founding, ())}
    found = Founding.objects.filter(entry_id=entry)
    number = {row.unit_id: planned[row.code] for row in found}
    units = {"unit_id", "parent_id", "successor_id"}
    return {
        book._meta.db_table: sorted((
            tuple(number.get(value, value) if name in units else value
                  for name, value in zip(book.columns, row, strict=True))
            for row in book.objects.filter(entry_id=entry).values_list(*book.columns)
        ), key=repr)
        for book in every_book()
        if book.objects.filter(entry_id=entry).exists()
    }  # fmt: skip


def sorted_rows(rows: Any) -> dict[str, list[tuple[Any, ...]]]:
    told: dict[type[BookRow], list[tuple[Any, ...]]] = dict(rows)
    return {book._meta.db_table: sorted(map(plain, told[book]), key=repr) for book in told}


def test_a_batch_is_refused_where_somebody_else_registered(root: int) -> None:
    """Numbers of the plan hold only while nobody else adds units or persons."""
    from giaoban.cli.synth.errors import BooksDisturbed

    with transaction.atomic():
        books = Books(SCALE / 2, lambda legs: None)
        batch = next(iter(plan(read_divisions().share(SCALE), sizes(SCALE), 10**6)))
        with pytest.raises(BooksDisturbed):
            books.write(replace(batch, recorded_on=date(2026, 3, 1)))
        transaction.set_rollback(True)


def plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as the database gives it back: numbers for choices."""
    return tuple(int(one) if isinstance(one, int) and not isinstance(one, bool) else one
                 for one in row)  # fmt: skip
