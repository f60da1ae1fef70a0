"""The fifty years as batches of acts: foundings, first lists, admissions and all that followed.

One entry an act, as the ledger has it; the first list of a book is one act for all that it names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.books import Batch, basis
from giaoban.cli.synth.histories import Histories
from giaoban.cli.synth.organisations import Organisations
from giaoban.cli.synth.persons import Invented, invented
from giaoban.cli.synth.sizes import BEGINS, ENDS, REFORM, day_at, offset
from giaoban.journal.kinds import Kind
from giaoban.journal.writing import BasisOn, Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.models import Leg, LegalDate, Milestone
from giaoban.ledger.placing import exists
from giaoban.ledger.state import Standing, legs_between
from giaoban.people.models import Particulars, PersonName, Registration
from giaoban.units.models import Founding, Naming, Placement

MONTHLY_FROM = 2018  # before, a year is recorded at once
_LISTED_AFTER = timedelta(days=30)  # of the year that a book is opened in
_RECORDED_AFTER = timedelta(days=25)  # by then the approvals of a month have come
_APPROVED_AFTER, _DECIDED_BEFORE = timedelta(days=20), timedelta(days=14)
_FULL, _PROBATIONARY = Account.FULL, Account.PROBATIONARY
# Of a person's acts of one day, the first comes first.
_ADMITTED, _RECOGNISED, _MOVED, _LEFT = range(4)


def spans() -> Iterator[tuple[date, date]]:
    """The stretches that are recorded together: years, then months."""
    for year in range(BEGINS.year, ENDS.year):
        if year < MONTHLY_FROM:
            yield date(year, 1, 1), date(year + 1, 1, 1)
            continue
        for month in range(1, 13):
            first = date(year, month, 1)
            yield first, (first + timedelta(days=31)).replace(day=1)


@dataclass(slots=True)
class Telling:
    """Tells the batches of a plan. ``first_unit`` is the number of the first organisation,
    ``divided`` marks the homes that the reform divides, and ``after`` holds the unit that each
    person of such a home stands in from the reform on (0: none).
    """

    units: Organisations
    people: Histories
    first_unit: int
    divided: npt.NDArray[np.bool_]
    after: npt.NDArray[np.int64]
    _papers: dict[tuple[int, date], BasisOn] = field(default_factory=dict)

    def foundings(self, year: int) -> Batch:
        """The organisations whose books are opened in a year; the one above all is there."""
        on = date(year, 1, 1)
        places = [int(at) for at in np.flatnonzero(self.units.opens == year) if at]
        batch = Batch(
            f"thanh-lap-{year}",
            on + _LISTED_AFTER,
            first_unit=self.first_unit + min(places, default=0),
        )
        paper = basis("01-DM", on, "Danh mục tổ chức khi mở sổ")
        for at in places:
            one, unit = self.units.listed[at], self.first_unit + at
            batch.units.append((one.code, one.kind, one.sector))
            batch.drafts.append(Draft(Kind.FOUNDING, on, {
                Founding: [(unit, on, one.code, one.kind, one.sector)],
                Naming: [(unit, on, one.name)],
                Placement: [(unit, on, self.first_unit + one.parent, one.position)],
                Leg: exists(unit, Kind.FOUNDING, on, +1),
            }, basis=paper))  # fmt: skip
        return batch

    def first_lists(self, year: int) -> Batch:
        """Who stands on the first lists of the books that are opened in a year."""
        on = date(year, 1, 1)
        first, last = np.searchsorted(self.people.joined, [offset(on), offset(on) + 1]).tolist()
        batch = Batch(f"so-ban-dau-{year}", on + _LISTED_AFTER, persons=last - first,
                      first_person=first + 1)  # fmt: skip
        found = zip(range(first, last), invented(first, last - first, on, new=False), strict=True)
        for home, group in groupby(found, key=lambda pair: self.people.home[pair[0]]):
            unit, listed = self.first_unit + int(home), list(group)
            _register(batch, on, listed)
            legs = [
                leg for at, _who in listed
                for leg in legs_between(Kind.OPENING, on, at + 1, None, Standing(unit, _FULL))
            ]  # fmt: skip
            batch.drafts.append(Draft(Kind.OPENING, on, {Leg: legs}))
        return batch

    def acts(self, start: date, end: date) -> Batch:
        """Everything else that happened in [start, end), day by day."""
        people, first, last = self.people, offset(start), offset(end)
        opened = 1 if start.month == 1 and start.day == 1 else 0  # the first lists stand apart
        low, high = np.searchsorted(people.joined, [first + opened, last]).tolist()
        batch = Batch(f"viec-{start:%Y-%m}", end + _RECORDED_AFTER, persons=high - low,
                      first_person=low + 1)  # fmt: skip
        new = dict(zip(range(low, high), invented(low, high - low, start, new=True), strict=True))
        events = [(int(people.joined[at]), _ADMITTED, at) for at in range(low, high)]
        for what, days in ((_RECOGNISED, people.recognised), (_MOVED, people.moved),
                           (_LEFT, people.left)):  # fmt: skip
            events += [
                (int(days[at]), what, int(at))
                for at in np.flatnonzero((days >= first) & (days < last))
            ]
        for number, what, at in sorted(events):
            on = day_at(number)
            if what == _ADMITTED:
                _register(batch, on, [(at, new[at])])
            batch.drafts.append(self._act(what, at, number, on))
        return batch

    def _act(self, what: int, at: int, number: int, on: date) -> Draft:
        """One act of a person, with the legs and days that the act of the ledger would plan."""
        people, person = self.people, at + 1
        full = people.opening[at] or people.recognised[at] <= number
        account = _FULL if full else _PROBATIONARY
        if what == _ADMITTED:
            here = Standing(self._unit(at, int(people.home[at]), number), _PROBATIONARY)
            decided = on - _DECIDED_BEFORE
            return _draft(Kind.ADMISSION, on, person, None, here, self._paper(Kind.ADMISSION, on),
                          (Milestone.DECISION, decided), (Milestone.CEREMONY, on))  # fmt: skip
        before = people.home[at] if people.moved[at] >= number else people.next_home[at]
        unit = self._unit(at, int(before), number)
        if what == _RECOGNISED:
            paper = self._paper(Kind.RECOGNITION, on)
            return _draft(Kind.RECOGNITION, on, person, Standing(unit, _PROBATIONARY),
                          Standing(unit, _FULL), paper, (Milestone.PROBATION_END, on),
                          (Milestone.APPROVAL, on + _APPROVED_AFTER))  # fmt: skip
        if what == _MOVED:
            to = self._unit(at, int(people.next_home[at]), number)
            return _draft(Kind.TRANSFER, on, person, Standing(unit, account),
                          Standing(to, account), self._paper(Kind.TRANSFER, on))  # fmt: skip
        kind = Kind(int(people.way_out[at]))
        given = [(Milestone.PAPER_GIVEN, on)] if kind == Kind.DEPARTURE else []
        return _draft(
            kind, on, person, Standing(unit, account), None, self._paper(kind, on), *given
        )

    def _unit(self, at: int, home: int, number: int) -> int:
        """The unit that a home is for a person on a day: after the reform, its part."""
        divided = number >= offset(REFORM) and self.divided[home]
        return int(self.after[at]) if divided else self.first_unit + home

    def _paper(self, kind: Kind, on: date) -> BasisOn | None:
        """The decision of a month on a matter; a death rests on none."""
        if kind == Kind.DEATH:
            return None
        month = on.replace(day=1)
        found = self._papers.get((kind, month))
        if found is None:
            number = f"{month.month:02d}-{int(kind):02d}-QĐ"
            found = self._papers[kind, month] = basis(number, month, _MATTERS[kind])
        return found


_MATTERS = {
    Kind.ADMISSION: "Quyết định kết nạp đảng viên",
    Kind.RECOGNITION: "Quyết định công nhận đảng viên chính thức",
    Kind.TRANSFER: "Giấy giới thiệu sinh hoạt đảng",
    Kind.DEPARTURE: "Giấy giới thiệu sinh hoạt đảng ra ngoài",
    Kind.STRIKING_OFF: "Quyết định xóa tên đảng viên",
    Kind.RESIGNATION: "Quyết định cho ra khỏi Đảng",
    Kind.EXPULSION: "Quyết định khai trừ đảng viên",
}


def _register(batch: Batch, on: date, listed: Iterable[tuple[int, Invented]]) -> None:
    """One entry that registers the persons of a list."""
    known: list[tuple[object, ...]] = []
    names: list[tuple[object, ...]] = []
    told: list[tuple[object, ...]] = []
    called = batch.called[len(batch.drafts)] = []
    for at, who in listed:
        person, name = at + 1, who.name
        known.append((person,))
        names.append((person, on, name.full, name.family, name.middle, name.given))
        told.append((person, on, *who.particulars))
        called.append((person, name))
    batch.drafts.append(
        Draft(Kind.REGISTRATION, on, {Registration: known, PersonName: names, Particulars: told})
    )


def _draft(
    kind: Kind, on: date, person: int, left: Standing | None, taken: Standing | None,
    paper: BasisOn | None, *days: tuple[Milestone, date],
) -> Draft:  # fmt: skip
    legs = legs_between(kind, on, person, left, taken)
    if not days:
        return Draft(kind, on, {Leg: legs}, basis=paper)
    dates = [(person, int(milestone), day) for milestone, day in days]
    return Draft(kind, on, {Leg: legs, LegalDate: dates}, basis=paper)
