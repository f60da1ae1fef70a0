"""The only place that knows what a login may see or do: its appointments, on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from giaoban.journal.kept import Kept, KeptSets
from giaoban.journal.queries import FRAME, NOW, AsOf, Frame, frame_at, not_reversed
from giaoban.journal.sql import Ask, Rows, ask, fetch
from giaoban.people.content import units_of
from giaoban.people.errors import (
    LoginUnknown,
    NobodyLeft,
    NotAnAppointer,
    NotARecorder,
    NotTheirAdministrator,
    OutOfScope,
    OwnLogin,
)
from giaoban.people.models import Appointment, Role
from giaoban.units.models import Extent, Unit
from giaoban.units.queries import lives

RECORDS = (Role.CLERK,)
READS = (Role.CLERK, Role.SECRETARY, Role.LEADER)
# Whoever cites what is issued sees that, and nothing behind it.
CITES = (Role.EDITOR,)
APPOINTS = (Role.CLERK, Role.ADMINISTRATOR)
# A proposed act waits outside the journal until one who decides records or declines it.
PROPOSES = (Role.CLERK, Role.SECRETARY, Role.LEADER)
DECIDES = (Role.CLERK, Role.LEADER)

# The last row of each (login, unit, role) decides.
_MINE = f"""
    mine AS (
        SELECT DISTINCT ON (x.unit_id, x.role) x.unit_id, x.role, x.ends
        FROM people_appointment AS x
        WHERE x.login_name = %(login)s AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.unit_id, x.role, x.from_on DESC, x.entry_id DESC
    )
"""

# An appointment to a unit that was merged whole goes on in its successor.
_GOES_ON = f"""
    SELECT x.successor_id{{columns}} FROM units_succession AS x
    JOIN held ON held.unit_id = x.unit_id
    WHERE x.extent = {int(Extent.WHOLE)} AND x.from_on <= %(on)s AND {not_reversed("x")}
"""

_HELD = f"""
    {_MINE}, held AS (
        SELECT unit_id, role FROM mine WHERE NOT ends
        UNION
        {_GOES_ON.format(columns=", held.role")}
    )
"""

# A unit's scope holds for all below it.
_IN_CHARGE = f"""
    WITH RECURSIVE {_HELD}, up AS (
        SELECT u AS asked, u AS unit_id FROM unnest(%(units)s::bigint[]) AS u
        UNION
        SELECT up.asked, p.parent_id FROM up JOIN LATERAL (
            SELECT x.parent_id FROM units_placement AS x
            WHERE x.unit_id = up.unit_id AND x.from_on <= %(on)s AND {not_reversed("x")}
            ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
        ) AS p ON p.parent_id IS NOT NULL
    )
    SELECT DISTINCT up.asked FROM up JOIN held ON held.unit_id = up.unit_id
    WHERE held.role = ANY(%(roles)s)
"""


def units_in_charge(
    login: str, units: Iterable[int], *, on: date, known: int, roles: Iterable[Role] = RECORDS
) -> set[int]:
    """Which of ``units`` a login is in charge of on a day in one of the roles."""
    asked = list(units)
    codes = [int(role) for role in roles]
    rows = fetch(_IN_CHARGE, login=login, units=asked, on=on, known=known, roles=codes)
    return {int(row[0]) for row in rows}


# Down from the units of the appointments: what is placed below, closed units by their last place,
# and what was merged whole into one of them, for its books went with it.
_IN_SIGHT = f"""
    WITH RECURSIVE {_HELD}, above AS (
        (SELECT DISTINCT ON (x.unit_id) x.unit_id, x.parent_id AS above_id
        FROM units_placement AS x WHERE x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.unit_id, x.from_on DESC, x.entry_id DESC)
        UNION ALL
        SELECT x.unit_id, x.successor_id FROM units_succession AS x
        WHERE x.extent = %(whole)s AND x.from_on <= %(on)s AND {not_reversed("x")}
    ), down AS (
        SELECT unit_id FROM held WHERE role = ANY(%(roles)s)
        UNION
        SELECT above.unit_id FROM above JOIN down ON down.unit_id = above.above_id
    )
    SELECT unit_id FROM down
"""


def units_in_sight(
    login: str, *, on: date, known: int, roles: Iterable[Role] = READS
) -> frozenset[int]:
    """The units whose books a login may read on a day: those of its appointments, all below them,
    and those that were merged whole into one of these."""
    codes = sorted(int(role) for role in roles)

    def read() -> frozenset[int]:
        rows = fetch(_IN_SIGHT, login=login, on=on, known=known, roles=codes,
                     whole=int(Extent.WHOLE))  # fmt: skip
        return frozenset(int(row[0]) for row in rows)

    frame = frame_at(known)
    if not (frame.units and frame.appointments):
        return read()
    return _kept_sights.look((frame.units, frame.appointments, login, on, *codes), read)


# Some 60 bytes a unit: of who sees a nation, three of these.
_kept_sights: KeptSets[int] = KeptSets(items=1_000_000)


def roles_of(login: str, *, on: date, known: int) -> dict[Role, frozenset[int]]:
    """The units that a login is appointed to on a day, by role."""
    sql = f"WITH RECURSIVE {_HELD} SELECT role, unit_id FROM held"
    found: dict[Role, set[int]] = defaultdict(set)
    for role, unit in fetch(sql, login=login, on=on, known=known):
        found[Role(role)].add(int(unit))
    return {role: frozenset(found[role]) for role in Role if role in found}


def require_login(login: str) -> None:
    """Refuse a name that signs nobody in."""
    sql = "SELECT FROM people_login WHERE username = %(login)s AND is_active"
    if not fetch(sql, login=login):
        raise LoginUnknown(login=login)


def require(
    login: str, units: Iterable[int], *, on: date, known: int, roles: Iterable[Role] = RECORDS
) -> None:
    """Refuse a login that is not in charge of every one of ``units``.

    Raises ``LoginUnknown`` for a name that signs nobody in, ``OutOfScope`` naming the first unit
    outside and who to ask.
    """
    require_login(login)
    asked = set(units)
    outside = asked - units_in_charge(login, asked, on=on, known=known, roles=roles)
    if outside:
        unit = min(outside)
        raise OutOfScope(unit=_unit_name(unit), contact=contact_for(unit, on=on, known=known))


_ACTIVE_AND_FRAME = f"""
    SELECT EXISTS (SELECT FROM people_login WHERE username = %(login)s AND is_active), {FRAME}
    FROM {NOW}
"""


def asking(login: str) -> Ask:
    """What ``require_in`` has to be told, to be asked together with other questions."""
    return ask(_ACTIVE_AND_FRAME, login=login)


_kept_charges: Kept[int, bool] = Kept(states=64)


def require_in(
    told: Rows, login: str, units: Iterable[int], *, on: date, roles: Iterable[Role] = RECORDS
) -> Frame:
    """As ``require``, by all that is known now: what ``asking`` was answered.

    Returns the frame that it holds in.
    """
    [(active, *frame_told)] = told
    frame, asked = Frame(*frame_told), set(units)
    if not (active and frame.units and frame.appointments):
        require(login, asked, on=on, known=frame.known, roles=roles)
        return frame

    def read(fresh: list[int]) -> dict[int, bool]:
        mine = units_in_charge(login, fresh, on=on, known=frame.known, roles=roles)
        return {unit: unit in mine for unit in fresh}

    state = (frame.units, frame.appointments, login, on, tuple(roles))
    if not all(_kept_charges.look(state, asked, read).values()):
        require(login, asked, on=on, known=frame.known, roles=roles)
    return frame


def require_recorder(login: str, *, on: date, known: int, roles: Iterable[Role] = RECORDS) -> None:
    """Refuse a login that records for no unit at all: acts on persons name no unit.

    Raises ``LoginUnknown``, ``NotARecorder``.
    """
    require_login(login)
    if not _holds(login, roles, on=on, known=known):
        raise NotARecorder(login=login)


def require_person(
    login: str, person: int, *, on: date, known: int, everywhere: bool = False
) -> None:
    """Refuse who may not say how a person is called or described.

    A clerk in charge of any unit in which the person stands or ever stood may, or, ``everywhere``,
    of every one of them; whoever records somewhere, while the person stood in none. Raises
    ``LoginUnknown``, ``NotARecorder``, ``OutOfScope``.
    """
    require_recorder(login, on=on, known=known)
    stood = units_of(person)
    mine = units_in_charge(login, stood, on=on, known=known)
    outside = stood - mine
    if outside and (everywhere or not mine):
        unit = min(outside)
        raise OutOfScope(unit=_unit_name(unit), contact=contact_for(unit, on=on, known=known))


def require_founder(login: str, *, on: date, known: int) -> None:
    """Refuse who may not found a unit that has nothing above it.

    The first unit of all is founded before anybody can be in charge of one.
    """
    if Unit.objects.exists():
        require_recorder(login, on=on, known=known)
    else:
        require_login(login)


def require_appointer(
    login: str, unit: int, *, on: date, known: int, whom: str | None = None
) -> None:
    """Refuse who may not say who is in charge of a unit, and who would appoint themselves.

    A clerk or an administrator of the unit may; the first appointment of all is made before
    anybody can be in charge. Raises ``LoginUnknown``, ``OutOfScope``, ``OwnLogin``.
    """
    if Appointment.objects.exists():
        require(login, [unit], on=on, known=known, roles=APPOINTS)
        if whom == login:
            raise OwnLogin(login=login)
    else:
        require_login(login)


def require_login_maker(login: str, *, on: date, known: int) -> None:
    """Refuse who may not create logins.

    Whoever says of some unit who is in charge of it may; the first logins of all are created
    before anybody can be. Raises ``LoginUnknown``, ``NotAnAppointer``.
    """
    if Appointment.objects.exists():
        require_login(login)
        if not _holds(login, APPOINTS, on=on, known=known):
            raise NotAnAppointer(login=login)


def require_their_administrator(by: str, login: str, *, on: date, known: int) -> None:
    """Refuse who may not give a login a password, close it or open it.

    An administrator of every unit of the login may; where it has no unit, whoever creates
    logins; nobody their own. The first logins are nobody's yet. Raises ``LoginUnknown``,
    ``NotAnAppointer``, ``NotTheirAdministrator``, ``OwnLogin``.
    """
    require_login_maker(by, on=on, known=known)
    if by == login:
        raise OwnLogin(login=login)
    mine = {unit for units in roles_of(login, on=on, known=known).values() for unit in units}
    theirs = units_in_charge(by, mine, on=on, known=known, roles=(Role.ADMINISTRATOR,))
    if mine - theirs:
        raise NotTheirAdministrator(login=login)


# Units that ever had nothing above them, and the logins that say who is in charge.
_ONCE_ROOTS = f"""
    SELECT u.unit_id FROM (
        SELECT DISTINCT unit_id FROM units_placement WHERE parent_id IS NULL
    ) AS u JOIN LATERAL (
        SELECT x.parent_id FROM units_placement AS x
        WHERE x.unit_id = u.unit_id AND x.from_on <= %(on)s AND {not_reversed("x")}
        ORDER BY x.from_on DESC, x.entry_id DESC LIMIT 1
    ) AS p ON p.parent_id IS NULL
"""
_LED = f"""
    WITH RECURSIVE held AS (
        SELECT unit_id FROM (
            SELECT DISTINCT ON (x.login_name, x.unit_id, x.role) x.unit_id, x.ends
            FROM people_appointment AS x
            JOIN people_login AS l ON l.username = x.login_name AND l.is_active
            WHERE x.role = ANY(%(roles)s) AND x.from_on <= %(on)s AND {not_reversed("x")}
            ORDER BY x.login_name, x.unit_id, x.role, x.from_on DESC, x.entry_id DESC
        ) AS a WHERE NOT ends
        UNION
        {_GOES_ON.format(columns="")}
    )
    SELECT unit_id FROM held
"""


def require_somebody_left(*, on: date, known: int, since: int) -> None:
    """Refuse what was recorded after entry ``since`` if by it nobody is in charge of the top any
    more: then nobody could ever be appointed again. Raises ``NobodyLeft``."""
    lost = _without_anybody(on, known) - _without_anybody(on, since)
    if lost:
        raise NobodyLeft(unit=_unit_name(min(lost)))


def _without_anybody(on: date, known: int) -> set[int]:
    """The open units with nothing above them of which nobody may say who is in charge."""
    roots = {int(row[0]) for row in fetch(_ONCE_ROOTS, on=on, known=known)}
    there = lives(roots, AsOf(on, known))
    roles = [int(role) for role in APPOINTS]
    led = {int(row[0]) for row in fetch(_LED, on=on, known=known, roles=roles)}
    return {unit for unit in roots - led if there[unit].open_on(on)}


def _holds(login: str, roles: Iterable[Role], *, on: date, known: int) -> bool:
    codes = [int(role) for role in roles]
    sql = f"WITH RECURSIVE {_HELD} SELECT FROM held WHERE role = ANY(%(roles)s)"
    return bool(fetch(sql, login=login, on=on, known=known, roles=codes))


def _unit_name(unit: int) -> str:
    found = lives([unit], AsOf(date.max, 2**62)).get(unit)
    return found.name if found else str(unit)


def contact_for(unit: int, *, on: date, known: int) -> str:
    """The logins that record for a unit, to be named in a refusal."""
    rows = fetch(
        "SELECT DISTINCT login_name FROM people_appointment WHERE role = %(role)s",
        role=int(Role.CLERK),
    )
    clerks = sorted(row[0] for row in rows)
    able = [c for c in clerks if units_in_charge(c, [unit], on=on, known=known)]
    return ", ".join(able) or "–"
