"""What the rules look at: the books of the persons and the lives of the units an act touches.

Loaded once for a single act or a whole import, and kept up to date as acts are planned, so that the
tenth act of a batch sees the nine before it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, Frame, not_reversed
from giaoban.journal.sql import Ask, Rows, ask, fetch
from giaoban.journal.writing import Draft
from giaoban.ledger.accounts import Account
from giaoban.ledger.errors import LaterMovement
from giaoban.ledger.models import Leg, LegalDate, Milestone, leg
from giaoban.people.errors import PersonUnknown
from giaoban.people.queries import names_of
from giaoban.units.errors import (
    UnitClosed,
    UnitClosedWithoutSuccessor,
    UnitNotYetOpen,
    UnitUnknown,
)
from giaoban.units.models import Closing, Founding
from giaoban.units.queries import SuccessionLine, UnitLife, lives_in, successions_in

PLANNED = 2**62  # the entry number of legs that are planned but not written yet
LEAVING = (Kind.DEATH, Kind.EXPULSION, Kind.STRIKING_OFF, Kind.RESIGNATION, Kind.DEPARTURE,
           Kind.LEAVING)  # fmt: skip


def shown(entry: int) -> int | str:
    """An entry's number as a refusal tells it; one that is planned has none yet."""
    return entry if entry != PLANNED else "–"


class BookLine(NamedTuple):
    """A leg of one person in a standing account."""

    entry: int
    unit: int
    account: Account
    kind: Kind
    day: date
    quantity: int


class LegalDay(NamedTuple):
    """A day that a paper gave for an act on one person."""

    entry: int
    kind: Kind
    family: str
    milestone: Milestone
    day: date
    paper: str | None  # the number of the basis of its entry


class Standing(NamedTuple):
    """Where a person stands: the unit and the account."""

    unit: int
    account: Account


class LedgerState:
    """The state that acts are planned on; see the module.

    ``today`` is the day of recording; ``frame`` says up to which entry the books are taken into
    account.
    """

    def __init__(self, today: date, frame: Frame) -> None:
        self.today = today
        self.frame = frame
        self._books: dict[int, list[BookLine]] = {}
        self._lives: dict[int, UnitLife] = {}
        self._successions: dict[int, list[SuccessionLine]] = {}
        self._legal_days: dict[int, list[LegalDay]] = {}
        self._planned_days: dict[int, list[LegalDay]] = {}
        self._void: set[int] = set()

    # Loading -------------------------------------------------------------------------------

    def load(self, persons: Iterable[int], units: Iterable[int]) -> None:
        """Read the books of persons and the lives of units that are not loaded yet."""
        fresh = [person for person in set(persons) if person not in self._books]
        if fresh:
            asked = asking_books(fresh)
            self.take_books(fresh, fetch(asked.sql, **asked.params))
        self._load_units(units)

    def take_books(self, persons: Iterable[int], told: Rows) -> None:
        """Take in what ``asking_books`` about these persons was answered."""
        books = _books(told)
        unknown = set(persons) - set(books)
        if unknown:
            raise PersonUnknown(person=min(unknown))
        self._books.update(books)
        self._load_units({line.unit for lines in books.values() for line in lines})

    def _load_units(self, units: Iterable[int]) -> None:
        fresh = [unit for unit in set(units) if unit not in self._lives]
        if not fresh:
            return
        found = lives_in(self.frame, fresh, self.today)
        for unit in fresh:
            if unit not in found:
                raise UnitUnknown(code=str(unit))
        for number in self._void:
            found.update(_without(number, found))
        self._lives.update(found)

    def asking_overtaken(self, keys: Iterable[str | None]) -> Ask:
        """Whether an entry after the frame's changes anything that was loaded, or has one of
        these keys: to be asked of the newest entry. If none does, the state is still right."""
        return ask(
            "id > %(known)s AND (EXISTS (SELECT FROM journal_entry AS e WHERE e.id > %(known)s"
            " AND (e.kind > %(members)s AND e.kind <> %(registration)s"
            " OR e.idempotency_key = ANY(%(keys)s)))"
            " OR EXISTS (SELECT FROM ledger_leg WHERE person_id = ANY(%(persons)s)"
            " AND account BETWEEN 1 AND 4 AND entry_id > %(known)s))",
            known=self.frame.known,
            members=int(Kind.CORRECTION),
            registration=int(Kind.REGISTRATION),
            keys=[key for key in keys if key],
            persons=list(self._books),
        )

    # Units ---------------------------------------------------------------------------------

    def unit(self, unit: int) -> UnitLife:
        """A unit's life and family."""
        self._load_units([unit])
        return self._lives[unit]

    def open_unit(self, unit: int, day: date) -> UnitLife:
        """The unit, which must be open on ``day``; refuses in words if it is not."""
        life = self.unit(unit)
        if life.open_on(day):
            return life
        if life.opened is None or day < life.opened:
            raise UnitNotYetOpen(unit=life.name, opened=life.opened or "–", date=day)
        successors = [self.unit(line.successor).name for line in self.successors(unit)]
        if not successors:
            raise UnitClosedWithoutSuccessor(unit=life.name, closed=life.closed)
        raise UnitClosed(unit=life.name, closed=life.closed, successors=successors)

    def successors(self, unit: int) -> list[SuccessionLine]:
        """Where a closed unit's members went."""
        if unit not in self._successions:
            self._successions[unit] = successions_in(self.frame, unit)
        return [line for line in self._successions[unit] if line.entry not in self._void]

    # Persons -------------------------------------------------------------------------------

    def book(self, person: int) -> list[BookLine]:
        """A person's lines in standing accounts, those planned included."""
        self.load([person], [])
        return self._books[person]

    def name(self, person: int) -> str:
        """The person's name, for a refusal."""
        found = names_of([person], AsOf(self.today, self.frame.known)).get(person)
        return str(found) if found else str(person)

    def standing(self, person: int, family: str, day: date) -> Standing | None:
        """Where the person stands in a family at the end of ``day``."""
        sums: dict[Standing, int] = defaultdict(int)
        for line in self.lines_in(person, family):
            if line.day <= day:
                sums[Standing(line.unit, line.account)] += line.quantity
        return next((where for where, total in sums.items() if total > 0), None)

    def lines_in(self, person: int, family: str) -> Iterator[BookLine]:
        """The person's lines in the units of one family."""
        return (line for line in self.book(person) if self._lives[line.unit].family == family)

    def was_member_before(self, person: int, family: str, day: date) -> bool:
        """Whether the person ever stood in the family up to ``day``."""
        return any(
            line.quantity > 0 and line.day <= day and not self._undone(person, line)
            for line in self.lines_in(person, family)
        )

    def last_leaving(
        self, person: int, day: date, *kinds: Kind, family: str | None = None
    ) -> BookLine | None:
        """The line by which the person last left the rolls up to ``day``, if any still stands: of
        these kinds or of any, in one family or in any."""
        wanted = kinds or LEAVING
        lines = [
            line
            for line in self.book(person)
            if line.kind in wanted and line.quantity < 0 and line.day <= day
            and family in (None, self._lives[line.unit].family) and not self._undone(person, line)
        ]  # fmt: skip
        return max(lines, key=lambda line: (line.day, line.entry), default=None)

    def _undone(self, person: int, line: BookLine) -> bool:
        """Whether lines of the same day, unit, account and kind cancel this one out."""
        twins = (other.quantity for other in self._books[person] if other[1:5] == line[1:5])
        return sum(twins) * line.quantity <= 0

    def legal_days(self, person: int) -> list[LegalDay]:
        """The legal days of a person's acts, reversed ones left out, those planned included."""
        if person not in self._legal_days:
            missing = [one for one in self._books if one not in self._legal_days]
            self._legal_days.update({one: [] for one in (person, *missing)})
            for one, legal in _read_legal_days([person, *missing], self.frame.known):
                self._legal_days[one].append(legal)
        days = [*self._legal_days[person], *self._planned_days.get(person, ())]
        return [legal for legal in days if legal.entry not in self._void]

    def last_ceremony(self, person: int, family: str, day: date) -> date | None:
        """The last ceremony up to ``day`` that the books know: from it probation runs."""
        days = [
            legal.day
            for legal in self.legal_days(person)
            if legal.milestone == Milestone.CEREMONY and legal.family == family and legal.day <= day
        ]
        return max(days, default=None)

    # Planning ------------------------------------------------------------------------------

    def add(self, draft: Draft) -> None:
        """Take a planned draft's legs and legal days into the persons' books."""
        family = ""
        for unit, account, kind, day, person, quantity, _reversal in draft.rows.get(Leg, ()):
            if person is not None and Account(account).is_standing:
                self._load_units([unit])
                family = self._lives[unit].family
                line = BookLine(PLANNED, unit, Account(account), Kind(kind), day, quantity)
                self.book(person).append(line)
        paper = draft.basis.number if draft.basis else None
        for person, milestone, falls_on in draft.rows.get(LegalDate, ()):
            legal = LegalDay(PLANNED, draft.kind, family, Milestone(milestone), falls_on, paper)
            self._planned_days.setdefault(person, []).append(legal)

    def void(self, number: int) -> None:
        """Forget what an entry that is about to be reversed says of units and legal days."""
        self._void.add(number)
        self._lives.update(_without(number, self._lives))

    def is_void(self, number: int) -> bool:
        """Whether an entry is about to be reversed."""
        return number in self._void

    def check_person(self, person: int, family: str) -> None:
        """Refuse if the planned acts break a later movement of the person.

        On every day the person stands at most once in the family, in no book less than nought
        times, and in no unit outside its life: what the database's trigger checks, in words.
        """
        sums: dict[Standing, int] = defaultdict(int)
        lines = sorted(self.lines_in(person, family), key=lambda line: line.day)
        for at, line in enumerate(lines):
            sums[Standing(line.unit, line.account)] += line.quantity
            until = lines[at + 1].day if at + 1 < len(lines) else date.max
            if until == line.day:
                continue
            stood = [place for place, total in sums.items() if total > 0]
            fits = sum(sums.values()) in (0, 1) and min(sums.values()) >= 0
            if fits and (not stood or self._lives_through(stood[0].unit, line.day, until)):
                continue
            clash = next((x for x in lines if x.day == line.day and x.entry != PLANNED), line)
            raise LaterMovement(name=self.name(person), n=shown(clash.entry), date=clash.day)

    def _lives_through(self, unit: int, start: date, end: date) -> bool:
        """Whether the unit exists on every day in [start, end)."""
        life = self.unit(unit)
        if life.opened is None or start < life.opened:
            return False
        return life.closed is None or end <= life.closed


def asking_books(persons: Iterable[int]) -> Ask:
    """The lines of each person that is registered."""
    return ask(
        "SELECT p.id, l.entry_id, l.unit_id, l.account, l.kind, l.effective_on, l.quantity"
        " FROM people_person AS p LEFT JOIN ledger_leg AS l"
        " ON l.person_id = p.id AND l.account BETWEEN 1 AND 4 WHERE p.id = ANY(%(persons)s)",
        persons=list(persons),
    )


def _books(told: Rows) -> dict[int, list[BookLine]]:
    books: dict[int, list[BookLine]] = defaultdict(list)
    for person, entry, unit, account, kind, day, quantity in told:
        lines = books[person]
        if entry is not None:
            lines.append(BookLine(entry, unit, Account(account), Kind(kind), day, quantity))
    return dict(books)


def _read_legal_days(persons: list[int], known: int) -> Iterator[tuple[int, LegalDay]]:
    rows = fetch(
        "SELECT x.person_id, x.entry_id, e.kind, k.family_id, x.milestone, x.falls_on,"
        " b.number FROM ledger_legaldate AS x JOIN journal_entry AS e ON e.id = x.entry_id"
        " LEFT JOIN journal_basis AS b ON b.id = e.basis_id"
        " JOIN LATERAL (SELECT l.unit_id FROM ledger_leg AS l"
        "   WHERE l.entry_id = x.entry_id LIMIT 1) AS l ON true"
        " JOIN units_unit AS u ON u.id = l.unit_id"
        " JOIN units_unitkind AS k ON k.code = u.kind_id"
        f" WHERE x.person_id = ANY(%(persons)s) AND {not_reversed('x')}"
        " ORDER BY x.entry_id, x.line",
        persons=persons,
        known=known,
    )
    for person, entry, kind, family, milestone, day, paper in rows:
        yield person, LegalDay(entry, Kind(kind), family, Milestone(milestone), day, paper)


def _without(number: int, units: Mapping[int, UnitLife]) -> dict[int, UnitLife]:
    """The lives among ``units`` that change where an entry's founding and closing are void."""
    changed = dict.fromkeys(
        Founding.objects.filter(entry_id=number).values_list("unit_id", flat=True)
    )
    ended = set(Closing.objects.filter(entry_id=number).values_list("unit_id", flat=True))
    found: dict[int, UnitLife] = {}
    for unit in (*changed, *ended):
        if unit in units:
            life = found.get(unit, units[unit])
            opened = None if unit in changed else life.opened
            closed = None if unit in ended else life.closed
            found[unit] = replace(life, opened=opened, closed=closed)
    return found


def legs_between(
    kind: Kind, day: date, person: int, left: Standing | None, taken: Standing | None
) -> list[tuple[Any, ...]]:
    """The legs of a movement from one standing to another; None is outside the rolls.

    Inside one unit two legs suffice; between units each has its counterpart in ``outside``, so
    that the movement sums to zero in every unit.
    """
    if left and taken and left.unit == taken.unit:
        return [
            leg(left.unit, left.account, kind, day, person, -1),
            leg(taken.unit, taken.account, kind, day, person, +1),
        ]
    legs: list[tuple[Any, ...]] = []
    if left:
        legs.append(leg(left.unit, left.account, kind, day, person, -1))
        legs.append(leg(left.unit, Account.OUTSIDE, kind, day, person, +1))
    if taken:
        legs.append(leg(taken.unit, taken.account, kind, day, person, +1))
        legs.append(leg(taken.unit, Account.OUTSIDE, kind, day, person, -1))
    return legs
