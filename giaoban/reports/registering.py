"""Opening a register of outgoing documents: an act of the office, in the journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import models, transaction

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf
from giaoban.journal.rights import writers_rights
from giaoban.journal.text import check_text
from giaoban.journal.writing import BasisOn, Draft, Recorder, open_journal
from giaoban.people import scope
from giaoban.reports.errors import FirstNumberWrong, LineMissing, RegisterOlder
from giaoban.reports.models import NAME_LENGTH, SYMBOL_LENGTH, Register
from giaoban.reports.register import lock_registers, register_on
from giaoban.units.queries import lives

MOST = 100_000


def open_register(
    *, unit: int, kind: str, family: str, superior: str, issuer: str, symbol: str, place: str,
    post: str, from_on: date, authority: str = "", body: str = "",
    recipients: Sequence[str] = (), first_number: int = 1, by: Recorder,
    basis: BasisOn | None = None, key: str | None = None,
) -> int:  # fmt: skip
    """Mở sổ văn bản đi: numbers of a unit's documents of a kind (BC, TB) begin anew from a day on.

    ``family`` names the forms (party, state …), ``symbol`` what stands behind the kind in the
    number (BTC in 45-BC/BTC); the rest is printed in head and foot unless a draft says otherwise.
    Returns the number in the journal. Raises ``RegisterOlder``, ``FirstNumberWrong``,
    ``LineMissing``, ``FutureDate``, ``OutOfScope``.
    """
    told: dict[str, object] = {
        "unit_id": unit, "kind": kind, "family": family, "superior": superior, "issuer": issuer,
        "symbol": symbol, "place": place, "authority": authority, "body": body, "post": post,
        "recipients": "\n".join(recipients), "from_on": from_on, "first_number": first_number,
    }  # fmt: skip
    # Registers are locked before the journal, as by who issues: never the other way round.
    with transaction.atomic(), writers_rights():
        lock_registers(unit)
        with open_journal(by) as journal:
            done = journal.done_before(key, Kind.REGISTER, from_on, Register, told)
            if done is not None:
                return done
            scope.require(by.name, [unit], on=by.today, known=journal.number, roles=scope.DECIDES)
            _check(told, unit, kind, from_on, first_number)
            row = tuple(told[column] for column in Register.columns)
            return journal.write(
                Draft(Kind.REGISTER, from_on, {Register: [row]}, basis=basis, idempotency_key=key)
            )


def _check(told: dict[str, object], unit: int, kind: str, from_on: date, first: int) -> None:
    for name in ("kind", "family", "issuer", "symbol", "place", "post"):
        if not str(told[name]).strip():
            raise LineMissing(field=_label(name))
    for name in (
        "superior",
        "issuer",
        "place",
        "body",
        "post",
        "symbol",
        "authority",
        "recipients",
    ):
        room = {"symbol": SYMBOL_LENGTH, "authority": SYMBOL_LENGTH, "recipients": None}
        check_text(_label(name), str(told[name]), room.get(name, NAME_LENGTH))
    if not 1 <= first <= MOST:
        raise FirstNumberWrong(n=first, most=MOST)
    older = register_on(unit, kind, date.max)
    if older is not None and older.from_on > from_on:
        name = lives([unit], AsOf(from_on, 2**62))[unit].name
        raise RegisterOlder(unit=name, kind=kind, date=older.from_on)


def _label(name: str) -> str:
    """What the office calls a column."""
    column = Register._meta.get_field(name)
    assert isinstance(column, models.Field)
    return str(column.verbose_name)
