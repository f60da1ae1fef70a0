"""Building the nation: the plan first, the same at each run, then batch by batch into the books."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time
from time import monotonic

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.books import CLERK, Batch, Books, Progress, basis
from giaoban.cli.synth.divisions import Divisions, read_divisions
from giaoban.cli.synth.histories import Histories, histories
from giaoban.cli.synth.movements import Telling, spans
from giaoban.cli.synth.organisations import (
    NATION_CODE,
    NATION_KIND,
    NATION_NAME,
    Organisations,
    organisations,
)
from giaoban.cli.synth.reform import Reform, divided_homes
from giaoban.cli.synth.sizes import BEGINS, REFORM, Sizes, sizes
from giaoban.cli.synth.targets import FIRST_YEAR, targets_of
from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.ledger.reorganisation import found_unit
from giaoban.people.actions import appoint_login
from giaoban.people.errors import LoginTaken
from giaoban.people.logins import create_login
from giaoban.people.models import Role
from giaoban.units.models import UnitKind
from giaoban.units.queries import unit_by_code
from giaoban.units.rules import NewUnit

_FIRST = "khoi-dau"
# Units that the reform founds and ends, for a guess at its legs before it is planned.
_LEGS_OF_A_UNIT, _LEGS_OF_A_MEMBER = 2, 4


@dataclass(frozen=True, slots=True)
class Built:
    """What a run has done: entries and legs written by it, and how long it took."""

    entries: int
    legs: int
    seconds: float


def build(scale: float, progress: Progress) -> Built:
    """Build the nation into an empty database, or go on where a run was killed.

    ``progress`` is told how many legs each batch has brought. Raises ``UnitsMissing``,
    ``BooksTaken``, ``BooksDisturbed``.
    """
    began, before, written = monotonic(), head().number, [0]

    def told(legs: int) -> None:
        written[0] += legs
        progress(legs)

    size, land = sizes(scale), read_divisions().share(scale)
    books = Books(scale, told)
    books.require_own(_FIRST)
    root = begin(books)
    for batch in plan(land, size, root):
        if books.has(batch.name):
            progress(batch.legs)
        else:
            books.write(batch)
    return Built(head().number - before, written[0], monotonic() - began)


@dataclass(frozen=True, slots=True)
class Planned:
    """Who there is, what happened to everybody, and the reform with its acts."""

    units: Organisations
    divided: npt.NDArray[np.bool_]
    people: Histories
    reform: Reform
    reformed: list[Batch]


def planned(land: Divisions, size: Sizes, root: int, seed: int = 0) -> Planned:
    """The plan, before it is told batch by batch; ``root`` is the number of the one above all, and
    another ``seed`` gives other fates in the same organisations."""
    units = organisations(land, size)
    divided = divided_homes(land, units)
    legs = _other_legs(units, land, size, int(divided.sum()))
    people = histories(units, divided, size, legs, seed)
    reform = Reform(land, units, people, root, divided)
    return Planned(units, divided, people, reform, reform.batches())


def plan(land: Divisions, size: Sizes, root: int) -> Iterator[Batch]:
    """Every batch but the first, in order; ``root`` is the number of the one above all."""
    told = planned(land, size, root)
    units, people, reformed = told.units, told.people, told.reformed
    telling = Telling(units, people, root, told.divided, told.reform.after)
    opened = set(units.opens.tolist())
    for start, end in spans():
        if start == REFORM:
            yield from reformed
        if start.month == 1 and start.year in opened:
            yield from (telling.foundings(start.year), telling.first_lists(start.year))
        if start.month == 1 and start.year >= FIRST_YEAR:
            yield targets_of(start.year, units, people, root)
        acts = telling.acts(start, end)
        if acts.drafts:
            yield acts


def _other_legs(units: Organisations, land: Divisions, size: Sizes, divided: int) -> int:
    """Legs that are not of the fifty years' acts on persons, as far as can be said beforehand."""
    founded = len(units) + 3 * len(land.new_communes)
    ended = len(land.communes) + len(land.districts) + divided
    members = size.members * divided / int(units.homes.sum())
    return round(_LEGS_OF_A_UNIT * (founded + ended) + _LEGS_OF_A_MEMBER * members)


def begin(books: Books) -> int:
    """The clerk, the organisation above all, and the clerk's appointment; its number."""
    by = Recorder(CLERK, datetime.combine(BEGINS, time(7), VIETNAM))
    kind = {"title_vi": "Đảng bộ cả nước (giả lập)", "title_en": "Nation (synthetic)"}
    UnitKind.objects.get_or_create(code=NATION_KIND, defaults={**kind, "family_id": "party"})
    with suppress(LoginTaken):  # by a run that was killed
        create_login(CLERK, by=by)
    paper = basis("01-DM", BEGINS, "Danh mục tổ chức khi mở sổ")
    new = NewUnit(code=NATION_CODE, kind=NATION_KIND, name=NATION_NAME, parent=None)
    found_unit(new, on=BEGINS, basis=paper, key=books.key(_FIRST), by=by)
    root = unit_by_code(NATION_CODE)
    appoint_login(CLERK, root, Role.CLERK, on=BEGINS, key=books.key("phan-cong"), by=by)
    return root
