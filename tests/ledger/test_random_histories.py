"""What holds after any sequence of acts and reorganisations, whenever they are recorded.

The acts are those of ``tests/histories.py``; here reorganisations are recorded late as well, and a
plain recomputation in Python, leg by leg, says what the books should answer. The database's
triggers never fire on the way: what they refuse, a rule has refused in words before.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giaoban.journal import checks as journal_checks
from giaoban.journal.kinds import Kind
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.ledger import checks as ledger_checks
from giaoban.ledger.accounts import Account
from giaoban.ledger.queries import roster, standings, strength
from giaoban.ledger.reorganisation import close_unit, found_unit, merge_units, split_unit
from giaoban.people import checks as people_checks
from giaoban.people.queries import names_of
from giaoban.units import checks as units_checks
from giaoban.units.queries import lives, names_on, tree_on
from giaoban.units.rules import NewUnit, children_on
from tests.histories import BASIS, START, History, examples, rolled_back
from tests.world import World

SHARED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
EVERY_CHECK = [
    *journal_checks.CHECKS, *units_checks.CHECKS, *people_checks.CHECKS, *ledger_checks.CHECKS,
]  # fmt: skip
ON_UNITS = range(Kind.REORGANISATION, Kind.MOVING + 1)


class LateHistory(History):
    """A history whose reorganisations, too, are recorded late now and then."""

    def found(self) -> int:
        on = self.effective()
        parent = self.random.choice(self.open_units(on))
        return found_unit(self.new_unit(parent), on=on, basis=BASIS, by=self.by())

    def close(self) -> int:
        return close_unit(self.below_the_top(), on=self.effective(), basis=BASIS, by=self.by())

    def merge(self) -> int:
        on = self.effective()
        sources = {self.below_the_top() for _ in range(self.random.choice((1, 2)))}
        into: int | NewUnit = self.random.choice(self.open_units(on))
        if self.random.random() < 0.5:
            into = self.new_unit(self.random.choice(self.open_units(on)))
        return merge_units(sorted(sources), into, on=on, basis=BASIS, by=self.by())

    def split(self) -> int:
        unit, then = self.below_the_top(), AsOf(self.effective(), head().number)
        stays = self.random.random() < 0.4
        above = self.random.choice(self.open_units(then.on))
        successors: list[int | NewUnit] = [self.new_unit(above) for _ in range(2)]
        if self.random.random() < 0.5:
            successors[1] = self.random.choice(self.open_units(then.on))
        names = lives(None, then)
        codes = [s.code if isinstance(s, NewUnit) else names[s].code for s in successors]
        codes += [names[unit].code] if stays else []
        pick = self.random.choice
        below = [c for c in children_on(unit, then) if names[c].code not in codes]
        return split_unit(
            unit, successors, on=then.on, stays=stays, basis=BASIS, by=self.by(),
            members={place.person: pick(codes) for place in roster([unit], then)},
            units_below={names[c].code: pick(codes) for c in below},
        )  # fmt: skip


class Books:
    """The books recomputed leg by leg: no SQL but the reading of every row."""

    def __init__(self) -> None:
        self.legs = fetch(
            "SELECT entry_id, unit_id, account, kind, effective_on, person_id, quantity, reversal"
            " FROM ledger_leg ORDER BY entry_id, line"
        )

    def standings(self, as_of: AsOf) -> dict[tuple[int, int], Account]:
        """(person, unit) → account of everybody who stands somewhere."""
        sums: Counter[tuple[int, int, int]] = Counter()
        for entry, unit, account, _kind, day, person, quantity, _reversal in self.legs:
            if 1 <= account <= 4 and day <= as_of.on and entry <= as_of.known:
                sums[person, unit, account] += quantity
        assert set(sums.values()) <= {0, 1}
        return {(p, u): Account(a) for (p, u, a), total in sums.items() if total}

    def flows(self, start: date, end: date, known: int) -> dict[int, tuple[int, int]]:
        """unit → (in, out) of its own book in [start, end), by the sign of each leg."""
        into: Counter[int] = Counter()
        out: Counter[int] = Counter()
        for entry, unit, account, _kind, day, _person, quantity, _reversal in self.legs:
            if account == Account.OUTSIDE and entry <= known and start <= day < end:
                (into if quantity < 0 else out)[unit] += abs(quantity)
        return {unit: (into[unit], out[unit]) for unit in {*into, *out}}

    def exists(self, as_of: AsOf) -> set[int]:
        """The units that there are."""
        sums: Counter[int] = Counter()
        for entry, unit, account, _kind, day, _person, quantity, _reversal in self.legs:
            if account == Account.EXISTS and day <= as_of.on and entry <= as_of.known:
                sums[unit] += quantity
        return {unit for unit, total in sums.items() if total}


def ends_of_acts() -> list[int]:
    """The numbers after which no act was half recorded: a late act may take several entries."""
    rows = fetch("SELECT max(id) FROM journal_entry GROUP BY recorded_at ORDER BY 1")
    return [row[0] for row in rows]


def some_days(history: History, n: int = 6) -> list[date]:
    """Days before, in and after the history."""
    length = (history.day - START).days + 40
    return sorted(START + timedelta(days=history.random.randrange(-210, length)) for _ in range(n))


@settings(max_examples=examples(6), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6), steps=st.integers(20, 60))
@example(seed=271, steps=27)  # a unit split before the day on which an empty one went into it
def test_the_books_answer_what_the_legs_say(world: World, seed: int, steps: int) -> None:
    with rolled_back():
        check_answers(LateHistory(replace(world), seed).play(steps))


def check_answers(history: History) -> None:
    books, last = Books(), head().number
    heads = [last, history.random.choice(ends_of_acts())]
    for on in some_days(history):
        for known in heads:
            as_of = AsOf(on, known)
            right = books.standings(as_of)
            units = sorted(lives(None, as_of))
            told = {(p.person, p.unit): p.account for p in roster(units, as_of)}
            assert told == right
            told = {(p.person, p.unit): p.account for p in standings(history.persons, as_of)}
            assert told == right
            strengths = Counter(unit for _person, unit in right)
            assert strength(units, as_of) == {
                unit: strengths[unit] for unit in strength(units, as_of)
            }
            assert set(strengths) <= set(strength(units, as_of))
            tree = tree_on(as_of)
            assert set(tree.ids.tolist()) == books.exists(as_of)
            assert {unit for _person, unit in right} <= set(tree.ids.tolist())
    check_own_books(history, books, last)
    for check in EVERY_CHECK:
        assert check().faults == []


def check_own_books(history: History, books: Books, known: int) -> None:
    """Opening + in − out = closing, in every unit's own book, for periods end to end."""
    days = some_days(history)
    for start, end in itertools.pairwise(days):
        opening = Counter(u for _p, u in books.standings(AsOf(start - timedelta(days=1), known)))
        closing = Counter(u for _p, u in books.standings(AsOf(end - timedelta(days=1), known)))
        flows = books.flows(start, end, known)
        # A unit's own existence has its counterpart in the outside as well.
        born = books.exists(AsOf(end - timedelta(days=1), known))
        born_before = books.exists(AsOf(start - timedelta(days=1), known))
        for unit in {*opening, *closing, *flows}:
            into, out = flows.get(unit, (0, 0))
            life = (unit in born) - (unit in born_before)
            assert opening[unit] + into - out == closing[unit] + life


@settings(max_examples=examples(5), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6))
def test_reorganisations_change_no_total(world: World, seed: int) -> None:
    """Not on any day before or after, and nobody's standing but for the unit it is in."""
    with rolled_back():
        check_totals(LateHistory(replace(world), seed).play(60))


def check_totals(history: History) -> None:
    books = Books()
    kinds = dict(Entry.objects.values_list("pk", "kind"))
    reversals = dict(Entry.objects.filter(reverses__isnull=False).values_list("pk", "reverses_id"))
    days = {leg[4] for leg in books.legs} | {START}
    for number, kind in kinds.items():
        if kind not in ON_UNITS or not _by_units(number, reversals):
            continue
        for day in days:
            before, after = (books.standings(AsOf(day, known)) for known in (number - 1, number))
            assert _by_person(before) == _by_person(after), (number, day)


def _by_units(number: int, reversals: dict[int, int]) -> bool:
    """Whether the entry moved members because of units, not as somebody's late share in it."""
    original = reversals.get(number, number)
    rows = fetch(
        "SELECT FROM units_succession WHERE entry_id = %(n)s UNION ALL"
        " SELECT FROM units_founding WHERE entry_id = %(n)s UNION ALL"
        " SELECT FROM units_closing WHERE entry_id = %(n)s UNION ALL"
        " SELECT FROM units_placement WHERE entry_id = %(n)s",
        n=original,
    )
    return bool(rows) and number == original


def _by_person(places: dict[tuple[int, int], Account]) -> dict[int, list[Account]]:
    found: dict[int, list[Account]] = defaultdict(list)
    for (person, _unit), account in sorted(places.items()):
        found[person].append(account)
    return found


@settings(max_examples=examples(4), suppress_health_check=SHARED)
@given(seed=st.integers(0, 10**6))
def test_what_was_known_is_known_for_ever(world: World, seed: int) -> None:
    """Later entries, reversals among them, alter no answer as known before."""
    with rolled_back():
        history = LateHistory(replace(world), seed).play(30)
        known, days = head().number, some_days(history)
        before = [everything(history, AsOf(day, known)) for day in days]
        persons = list(history.persons)
        history.play(30)
        history.persons = persons
        assert [everything(history, AsOf(day, known)) for day in days] == before


def everything(history: History, as_of: AsOf) -> list[object]:
    """All that the floors answer about one day, by what was known."""
    tree, open_then = tree_on(as_of), lives(None, as_of)
    return [
        tree.ids.tolist(), tree.parent.tolist(), tree.size.tolist(), tree.depth.tolist(),
        {unit: life for unit, life in open_then.items() if life.opened}, names_on(as_of),
        standings(history.persons, as_of), names_of(history.persons, as_of),
        roster(tree.ids.tolist(), as_of), strength(tree.ids.tolist(), as_of),
    ]  # fmt: skip
