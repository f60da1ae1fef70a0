"""Acts that change units: found, close, rename, move, and with their people merge and split.

One entry each: the units' lines and the legs stand or fall together. Legs carry the kind
*reorganisation*, which no report counts as chuyển đi or chuyển đến.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from giaoban.journal.errors import BasisMissing
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.writing import BasisOn, Draft, Journal, Recorder, open_journal
from giaoban.ledger import placing
from giaoban.ledger.models import Leg
from giaoban.ledger.placing import REORGANISED
from giaoban.ledger.queries import roster
from giaoban.ledger.recording import check_scope
from giaoban.people import scope
from giaoban.units import rules
from giaoban.units.change import Change
from giaoban.units.errors import SourcesMissing, SuccessorsMissing, UnitNotEmpty
from giaoban.units.models import Closing, Extent, Founding, Naming, Placement, Succession, Unit
from giaoban.units.queries import UnitLife, unit_by_code
from giaoban.units.rules import NewUnit, Rows


def found_unit(
    new: NewUnit, *, on: date, basis: BasisOn | None, by: Recorder, note: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Thành lập: the unit exists from ``on``. Returns its number in the journal."""
    return found_units([(new, on, basis, key)], by=by, note=note)[0]


def found_units(
    units: Iterable[tuple[NewUnit, date, BasisOn | None, str | None]], *, by: Recorder,
    note: str = "",
) -> list[int]:  # fmt: skip
    """Found units in order, all or none: (unit, day, basis, key) each; a parent comes first.

    Raises ``CodeTaken``, ``KindUnknown``, ``SectorUnknown``, ``NameMissing``, ``OutOfScope``.
    """
    numbers: list[int] = []
    with open_journal(by) as journal:
        for new, on, basis, key in units:
            done = journal.done_before(key, Kind.FOUNDING, on, Founding, {"code": new.code})
            if done is not None:
                numbers.append(done)
                continue
            if basis is None:
                raise BasisMissing
            if new.parent is not None:
                check_scope(journal, [unit_by_code(new.parent)])
            else:
                scope.require_founder(by.name, on=by.today, known=journal.number)
            unit, rows = rules.found(journal, new, on)
            rows[Leg] = placing.exists(unit, Kind.FOUNDING, on, +1)
            draft = Draft(Kind.FOUNDING, on, rows, basis=basis, note=note, idempotency_key=key)
            numbers.append(journal.write(draft))
    return numbers


def close_unit(
    unit: int, *, on: date, basis: BasisOn | None, by: Recorder, note: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Giải thể: an empty unit is no more from ``on``. Raises ``UnitNotEmpty``, ``LaterRows``."""
    with open_journal(by) as journal:
        done = journal.done_before(key, Kind.CLOSING, on, Closing, {"unit_id": unit})
        if done is not None:
            return done
        life = placing.ready_to_end(journal, unit, on, basis)
        members = roster([unit], AsOf(on, journal.number))
        below = rules.children_on(unit, AsOf(on, journal.number))
        if members or below:
            raise UnitNotEmpty(unit=life.name, k=len(members), m=len(below))
        rows: Rows = {Closing: [(unit, on)], Leg: placing.exists(unit, Kind.CLOSING, on, -1)}
        return _recorded(
            journal, Draft(Kind.CLOSING, on, rows, basis=basis, note=note, idempotency_key=key)
        )


def rename_unit(
    unit: int, name: str, *, on: date, basis: BasisOn | None, by: Recorder, note: str = "",
    key: str | None = None,
) -> int:  # fmt: skip
    """Đổi tên: the unit is called ``name`` from ``on``. Returns the number in the journal."""
    with open_journal(by) as journal:
        cleaned = rules.clean_name(name)
        said = {"unit_id": unit, "name": cleaned}
        if (done := journal.done_before(key, Kind.RENAMING, on, Naming, said)) is not None:
            return done
        if basis is None:
            raise BasisMissing
        rules.open_unit(journal, unit, on)
        check_scope(journal, [unit])
        rows: Rows = {Naming: [(unit, on, cleaned)]}
        return journal.write(
            Draft(Kind.RENAMING, on, rows, basis=basis, note=note, idempotency_key=key)
        )


def move_unit(
    unit: int, parent: int, *, on: date, basis: BasisOn | None, by: Recorder, position: int = 0,
    note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Chuyển giao, tiếp nhận: from ``on`` the unit, with all below it, is under ``parent``.

    Nobody's book changes; who counts for whom above follows the tree of the day. Raises
    ``Cycle``, and ``LaterRows`` where the unit has moved again after ``on``, or where a later
    act would then stand on nothing.
    """
    with open_journal(by) as journal:
        said = {"unit_id": unit, "parent_id": parent}
        if (done := journal.done_before(key, Kind.MOVING, on, Placement, said)) is not None:
            return done
        if basis is None:
            raise BasisMissing
        rules.open_unit(journal, unit, on)
        check_scope(journal, [unit, parent])
        rules.check_position(position)
        rules.check_parent(journal, unit, parent, on)
        rules.refuse_later(journal, unit, on, "units_placement")
        rows: Rows = {Placement: [(unit, on, parent, position)]}
        Change(journal.number, on, rows).check([unit])
        return journal.write(
            Draft(Kind.MOVING, on, rows, basis=basis, note=note, idempotency_key=key)
        )


def merge_units(
    sources: Sequence[int], into: int | NewUnit, *, on: date, basis: BasisOn | None, by: Recorder,
    note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Sáp nhập into a unit that stays, or hợp nhất into a new one, from ``on``.

    Every member of the sources' own books stands in the successor, with the same standing; the
    units below the sources come under it. Totals don't change.
    """
    with open_journal(by) as journal:
        said = [{"unit_id": unit, "successor_id": _known(into)} for unit in sources]
        if (done := journal.done_before(key, REORGANISED, on, Succession, *said)) is not None:
            return done
        if basis is None:
            raise BasisMissing
        after, rows = placing.successor(journal, into, on)
        if not sources:
            raise SourcesMissing(unit=after.name)
        ending = set(sources)
        merged = [placing.ready_to_end(journal, unit, on, basis) for unit in dict.fromkeys(sources)]
        legs = rows.setdefault(Leg, [])
        for life in merged:
            placing.refuse_itself(life, after)
            placing.close_into(journal, life, after, ending, on, rows)
            for place in roster([life.id], AsOf(on, journal.number)):
                legs += placing.moved(place, after.id, on)
        return _write(journal, on, rows, basis, note, key)


def split_unit(
    unit: int, successors: Sequence[int | NewUnit], *, on: date,
    members: Mapping[int, str], units_below: Mapping[str, str], basis: BasisOn | None,
    by: Recorder, stays: bool = False, note: str = "", key: str | None = None,
) -> int:  # fmt: skip
    """Chia (the old unit ends) or tách (it ``stays``), from ``on``.

    ``members`` maps every member of the unit's own book to the code of a successor (or of the
    unit itself where it stays); ``units_below`` maps the code of every unit directly below to its
    new parent's. Whoever is missing is named and nothing is done: ``MembersUnplaced``,
    ``UnitsUnplaced``; ``DestinationForeign``, ``MemberNotThere``, ``UnitNotThere`` for what
    doesn't belong.
    """
    with open_journal(by) as journal:
        said = [
            {"unit_id": unit, "successor_id": to} for to in map(_known, successors) if to != unit
        ]
        if (done := journal.done_before(key, REORGANISED, on, Succession, *said)) is not None:
            return done
        life = placing.ready_to_end(journal, unit, on, basis)
        rows: Rows = {}
        targets: dict[str, UnitLife] = {life.code: life} if stays else {}
        for new in successors:
            after, added = placing.successor(journal, new, on)
            placing.extend(rows, added)
            placing.refuse_itself(life, after)
            targets[after.code] = after
        went = [after.id for after in targets.values() if after.id != unit]
        if not went:
            raise SuccessorsMissing(unit=life.name)
        placing.place_members(journal, life, members, targets, on, rows)
        placing.place_units_below(journal, life, units_below, targets, on, rows)
        rows[Succession] = [(unit, on, to, int(Extent.PART)) for to in went]
        if not stays:
            ended: Rows = {Closing: [(unit, on)], Leg: placing.exists(unit, REORGANISED, on, -1)}
            placing.extend(rows, ended)
        return _write(journal, on, rows, basis, note, key)


def _write(
    journal: Journal, on: date, rows: Rows, basis: BasisOn | None, note: str, key: str | None
) -> int:
    Change(journal.number, on, rows).check(placing.touched(rows))
    return _recorded(
        journal, Draft(REORGANISED, on, rows, basis=basis, note=note, idempotency_key=key)
    )


def _recorded(journal: Journal, draft: Draft) -> int:
    """Record an act by which units end. Raises ``NobodyLeft``."""
    since = journal.number
    number = journal.write(draft)
    scope.require_somebody_left(on=journal.by.today, known=journal.number, since=since)
    return number


def _known(unit: int | NewUnit) -> int | None:
    """A successor's id; None for a new one whose code no act has given yet."""
    if not isinstance(unit, NewUnit):
        return unit
    return Unit.objects.filter(code=unit.code).values_list("pk", flat=True).first()
