"""Acts on plans: set or revise targets, allocate a target to the units below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.writing import BasisOn, Draft, Journal, Recorder, open_journal
from giaoban.people import scope
from giaoban.plans.errors import NotBelow, TargetNegative, TargetTooLarge, TargetYear
from giaoban.plans.indicators import YEARS, check_targeted
from giaoban.plans.models import Target
from giaoban.units import rules
from giaoban.units.queries import lives

# More than any organisation here has members; the book's column holds it with ease.
MOST = 10_000_000


def set_targets(
    targets: Mapping[int, int | None], *, indicator: str, year: int, by: Recorder,
    basis: BasisOn | None = None, note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Giao or điều chỉnh chỉ tiêu: unit → target for a year, on one entry; None takes one back.

    Counted from the day of recording, or of the basis where one is given. Returns the number in
    the journal. Raises ``IndicatorUntargeted``, ``TargetNegative``, ``TargetTooLarge``,
    ``TargetYear``, ``OutOfScope``.
    """
    with open_journal(by) as journal:
        if (done := _done_before(journal, targets, indicator, year, basis, key)) is not None:
            return done
        return _write(journal, targets, indicator, year, basis, note, key)


def allocate_target(
    unit: int, shares: Mapping[int, int], *, indicator: str, year: int, by: Recorder,
    basis: BasisOn | None = None, note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Phân bổ chỉ tiêu of ``unit`` to units directly below it.

    The shares need not reach the unit's own target: the rest shows as unallocated. Raises
    ``NotBelow`` for a unit that is not a direct child today, ``OutOfScope`` for a login that is
    not in charge of ``unit`` itself.
    """
    with open_journal(by) as journal:
        if (done := _done_before(journal, shares, indicator, year, basis, key)) is not None:
            return done
        today = AsOf(journal.by.today, journal.number)
        scope.require(by.name, [unit], on=today.on, known=today.known)
        below = set(rules.children_on(unit, today))
        for child in shares:
            if child not in below:
                names = lives([child, unit], today)
                shown = names[child].name if child in names else str(child)
                raise NotBelow(unit=shown, parent=names[unit].name, date=today.on)
        return _write(journal, shares, indicator, year, basis, note, key)


def _done_before(
    journal: Journal, targets: Mapping[int, int | None], indicator: str, year: int,
    basis: BasisOn | None, key: str | None,
) -> int | None:  # fmt: skip
    said = [
        {"unit_id": unit, "indicator": indicator, "year": year, "value": value}
        for unit, value in targets.items()
    ]
    day = basis.issued_on if basis is not None else None
    return journal.done_before(key, Kind.TARGET, day, Target, *said)


def _write(
    journal: Journal, targets: Mapping[int, int | None], indicator: str, year: int,
    basis: BasisOn | None, note: str, key: str | None,
) -> int:  # fmt: skip
    check_targeted(indicator)
    today = journal.by.today
    scope.require(journal.by.name, targets, on=today, known=journal.number)
    for value in targets.values():
        if value is not None and value < 0:
            raise TargetNegative(value=value)
        if value is not None and value > MOST:
            raise TargetTooLarge(value=value, most=MOST)
    _check_year(journal, targets, year)
    rows = [(unit, indicator, year, value) for unit, value in targets.items()]
    on = basis.issued_on if basis is not None else today
    draft = Draft(Kind.TARGET, on, {Target: rows}, basis=basis, note=note, idempotency_key=key)
    return journal.write(draft)


def _check_year(journal: Journal, targets: Mapping[int, int | None], year: int) -> None:
    """Refuse a year that can't be, or a target for one in which its unit was never open."""
    for unit, life in lives(targets, AsOf(journal.by.today, journal.number)).items():
        open_then = year in YEARS and (
            targets[unit] is None
            or (
                life.opened is not None
                and life.opened <= date(year, 12, 31)
                and (life.closed is None or life.closed > date(year, 1, 1))
            )
        )
        if not open_then:
            raise TargetYear(unit=life.name, year=str(year))
