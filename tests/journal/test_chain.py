"""The digest chain: what is hashed, and that one changed byte names the entry it was changed in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import connection

from giaoban.journal import chain
from giaoban.journal.books import books
from giaoban.journal.checks import CHECKS, chain_is_whole, seals_hold, time_goes_forward
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from tests import raw
from tests.journal.everything import happen
from tests.world import World


def test_the_order_of_the_books_never_changes() -> None:
    """Old digests were made in this order: add new books, never move one."""
    assert [book._meta.db_table for book in books()] == [
        "journal_note", "journal_erasure",
        "units_founding", "units_closing", "units_naming", "units_placement", "units_succession",
        "people_appointment", "people_personname", "people_particulars", "people_registration",
        "ledger_leg", "ledger_legaldate",
        "plans_target",
        "reports_signedcopy", "reports_register", "reports_issue", "reports_issuedform",
        "reports_frozenfigure", "reports_withdrawal",
    ]  # fmt: skip


def test_the_columns_that_enter_a_digest_never_change() -> None:
    columns = {book._meta.db_table: (book.columns, book.sealed) for book in books()}
    assert columns == {
        "journal_note": ((), ("text",)),
        "journal_erasure": (("book", "erased_entry_id", "erased_line"), ()),
        "units_founding": (("unit_id", "from_on", "code", "kind_id", "sector_id"), ()),
        "units_closing": (("unit_id", "from_on"), ()),
        "units_naming": (("unit_id", "from_on", "name"), ()),
        "units_placement": (("unit_id", "from_on", "parent_id", "position"), ()),
        "units_succession": (("unit_id", "from_on", "successor_id", "extent"), ()),
        "people_appointment": (("login_name", "unit_id", "role", "from_on", "ends"), ()),
        "people_personname": (
            ("person_id", "from_on"),
            ("full_name", "family", "middle", "given"),
        ),
        "people_particulars": (
            ("person_id", "from_on"),
            ("sex", "born_on", "ethnicity", "religion", "schooling", "profession", "theory",
             "occupation"),
        ),
        "people_registration": (("person_id",), ()),
        "ledger_leg": (
            ("unit_id", "account", "kind", "effective_on", "person_id", "quantity", "reversal"),
            (),
        ),
        "ledger_legaldate": (("person_id", "milestone", "falls_on"), ()),
        "plans_target": (("unit_id", "indicator", "year", "value"), ()),
        "reports_signedcopy": (
            ("issue", "sha256", "signer", "certified_by", "serial", "signed_at_iso", "stamped_by"),
            (),
        ),
        "reports_register": (
            ("unit_id", "kind", "family", "superior", "issuer", "symbol", "place", "authority",
             "body", "post", "recipients", "from_on", "first_number"),
            (),
        ),
        "reports_issue": (
            ("unit_id", "register_entry", "number", "symbol", "issued_on", "subject", "signatory",
             "definition", "version", "period", "regime", "tree_on", "language", "head_number",
             "head_digest", "content_hash", "replaces", "corrects"),
            (),
        ),
        "reports_issuedform": (("form", "sha256"), ()),
        "reports_frozenfigure": (("address", "numerator", "denominator"), ()),
        "reports_withdrawal": (("unit_id", "issue"), ()),
    }  # fmt: skip


@pytest.mark.parametrize("book", books(), ids=lambda book: book._meta.db_table)
def test_every_column_is_hashed_or_sealed(book: type) -> None:
    """A column outside the digest could be changed without a trace."""
    here = {field.column for field in book._meta.concrete_fields if field.column}
    assert here - {"entry_id", "line", "seal", "salt"} == {*book.columns, *book.sealed}
    empty = {field.column for field in book._meta.concrete_fields if field.null and field.column}
    if book.sealed:  # an erasure empties exactly what may be empty
        assert empty == {"salt", *book.sealed}


def test_a_digest_by_hand() -> None:
    """The chain can be recomputed with psql and sha256sum; this is how."""
    entry = chain.entry_line(
        number=7, kind=2, effective_on=date(2018, 3, 5),
        recorded_at=chain.text(datetime(2018, 3, 6, 1, 2, 3, tzinfo=UTC)), by="chuyenvien",
        basis=chain.basis_text(("15-QĐ/HU", date(2018, 1, 10), "Huyện ủy", "Quyết\tđịnh\\")),
        reverses=None, key=None,
    )  # fmt: skip
    assert entry == (
        "7\t2\t2018-03-05\t2018-03-06 01:02:03.000000+00:00\tchuyenvien\t15-QĐ/HU\t2018-01-10"
        "\tHuyện ủy\tQuyết\\tđịnh\\\\\t\\N\t\\N"
    )
    rows = ["ledger_leg\t7\t1\t5\t1\t2\t2018-03-05\t3\t1\tf"]
    by_hand = hashlib.sha256(bytes(32) + f"{entry}\n{rows[0]}".encode()).digest()
    assert chain.digest(chain.GENESIS, entry, rows) == by_hand
    assert chain.digest(chain.GENESIS, entry, []) != by_hand
    assert by_hand.hex() == "91f4c0b2485707d479a56bccd6cf25c127f67cf970ebddb6fbced06c46cdce93"


@pytest.mark.parametrize(
    "value", ["", "\\N", "a\tb\nc\rd", "\b\f\v\\", "đ 😀", None, True, False, -7, b"\x00\xff"],
    ids=repr,
)  # fmt: skip
def test_text_is_what_copy_writes_and_reads(db: None, value: object) -> None:
    kind = {str: "text", bool: "boolean", int: "bigint", bytes: "bytea"}.get(type(value), "text")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE copied (value {kind}) ON COMMIT DROP")
        with cursor.copy("COPY copied FROM STDIN") as copy:
            copy.write(chain.line([value]) + "\n")
        with cursor.copy("COPY copied TO STDOUT") as copy:
            written = b"".join(bytes(block) for block in copy)
        cursor.execute("SELECT value FROM copied")
        [(read,)] = cursor.fetchall()
        cursor.execute("DROP TABLE copied")
    assert written.decode() == chain.line([value]) + "\n"
    assert (bytes(read) if isinstance(read, memoryview) else read) == value


def test_sound_books_have_no_faults(world: World) -> None:
    happen(world)
    for check in CHECKS:
        finding = check()
        assert finding.faults == [], finding
        assert finding.looked_at > 0, finding


def test_a_window_smaller_than_the_journal(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    happen(world)
    monkeypatch.setattr("giaoban.journal.checks.WINDOW", 3)
    finding = chain_is_whole()
    assert (finding.looked_at, finding.faults) == (head().number, [])


# Table, what is changed, how to find its entry: each changes one value of one row.
DAMAGE = {
    "leg's quantity": ("ledger_leg", "quantity = 2", "entry_id"),
    "leg's unit": ("ledger_leg", "unit_id = 3", "entry_id"),
    "leg's account": ("ledger_leg", "account = 2", "entry_id"),
    "leg's day": ("ledger_leg", "effective_on = effective_on + 1", "entry_id"),
    "leg's person": ("ledger_leg", "person_id = 1000", "entry_id"),
    "legal date": ("ledger_legaldate", "falls_on = falls_on + 1", "entry_id"),
    "target": ("plans_target", "value = value + 1", "entry_id"),
    "target taken away": ("plans_target", "value = NULL", "entry_id"),
    "founding's code": ("units_founding", "code = code || 'x'", "entry_id"),
    "founding's sector": ("units_founding", "sector_id = NULL", "entry_id"),
    "closing": ("units_closing", "from_on = from_on + 1", "entry_id"),
    "unit's name": ("units_naming", "name = name || ' '", "entry_id"),
    "placement": ("units_placement", "parent_id = 1", "entry_id"),
    "succession": ("units_succession", "extent = 2", "entry_id"),
    "appointment": ("people_appointment", "ends = true", "entry_id"),
    "registration": ("people_registration", "person_id = 1000", "entry_id"),
    "register's first number": ("reports_register", "first_number = 2", "entry_id"),
    "issue's number": ("reports_issue", "number = 2", "entry_id"),
    "issue's text": ("reports_issue", "content_hash = head_digest", "entry_id"),
    "file's hash": ("reports_issuedform", "sha256 = '\\x00'", "entry_id"),
    "frozen figure": ("reports_frozenfigure", "numerator = numerator + 1", "entry_id"),
    "withdrawal": ("reports_withdrawal", "issue = 1", "entry_id"),
    "signer": ("reports_signedcopy", "signer = 'Ai đó'", "entry_id"),
    "name's day": ("people_personname", "from_on = from_on + 1", "entry_id"),
    "name's seal": ("people_personname", "seal = '\\x00'", "entry_id"),
    "particulars' seal": ("people_particulars", "seal = '\\x00'", "entry_id"),
    "note's seal": ("journal_note", "seal = '\\x00'", "entry_id"),
    "erasure": ("journal_erasure", "erased_line = 2", "entry_id"),
    "entry's kind": ("journal_entry", "kind = 3", "id"),
    "entry's day": ("journal_entry", "effective_on = effective_on - 1", "id"),
    "entry's instant": ("journal_entry", "recorded_at = recorded_at + interval '1 us'", "id"),
    "entry's recorder": ("journal_entry", "by = 'dongnghiep'", "id"),
    "entry's basis": ("journal_entry", "basis_id = NULL", "id"),
    "entry's key": ("journal_entry", "idempotency_key = 'khác'", "id"),
    "entry's digest": ("journal_entry", "digest = sha256(digest)", "id"),
    "entry's reversal": ("journal_entry", "reverses_id = 1", "id"),
}


def faults(check: Callable[[], object]) -> list[str]:
    return list(check().faults)  # type: ignore[attr-defined]


def test_one_changed_byte_names_its_entry(committed: World) -> None:
    """Each book and each column of the journal once, in one and the same database."""
    happen(committed)
    for name, (table, change, key) in DAMAGE.items():
        last = f"SELECT max({key}) FROM {table}"
        if table == "ledger_leg":
            last += " WHERE person_id IS NOT NULL"
        if "basis" in name:
            last += " WHERE basis_id IS NOT NULL"
        if "founding's sector" in name:
            last += " WHERE sector_id IS NOT NULL"
        [(number,)] = raw.sql(last)
        where = f"WHERE {key} = {number}" + (" AND line = 1" if key == "entry_id" else "")
        [before] = raw.sql(f"SELECT to_jsonb(t)::text FROM {table} AS t {where}")
        raw.damage(table, f"UPDATE {table} SET {change} {where}")
        [after] = raw.sql(f"SELECT to_jsonb(t)::text FROM {table} AS t {where}")
        assert before != after, name
        found = faults(chain_is_whole)
        assert found, name
        assert f" {number}" in found[0], (name, found)
        restore(table, before[0], where)
        assert faults(chain_is_whole) == [], name


def restore(table: str, row: str, where: str) -> None:
    named = raw.sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", table
    )
    columns = [name for (name,) in named]
    sets = ", ".join(f"{column} = r.{column}" for column in columns)
    raw.damage(
        table,
        f"UPDATE {table} AS t SET {sets} FROM jsonb_populate_record(NULL::{table}, %s::jsonb) AS r"
        f" {where.replace('WHERE ', 'WHERE t.').replace('AND line', 'AND t.line')}",
        row,
    )


def test_other_damage_is_named_too(committed: World) -> None:
    numbers = happen(committed)
    raw.damage("journal_basis", "UPDATE journal_basis SET title = 'Giả' WHERE number = '15-QĐ/HU'")
    bound = Entry.objects.filter(basis__number="15-QĐ/HU").values_list("pk", flat=True)
    found = faults(chain_is_whole)
    assert len(found) == len(bound)
    assert all(any(f" {number}:" in fault for fault in found) for number in bound)
    raw.damage(
        "journal_basis", "UPDATE journal_basis SET title = 'Quyết định' WHERE number = '15-QĐ/HU'"
    )
    assert faults(chain_is_whole) == []

    # A row too many, a row too few, an entry too few.
    raw.damage(
        "units_closing",
        f"INSERT INTO units_closing (entry_id, line, unit_id, from_on)"
        f" VALUES ({numbers['naming']}, 5, 1, '2018-01-01')",
    )
    assert [str(numbers["naming"]) in fault for fault in faults(chain_is_whole)] == [True]
    raw.damage("units_closing", f"DELETE FROM units_closing WHERE entry_id = {numbers['naming']}")
    raw.damage("ledger_legaldate", "DELETE FROM ledger_legaldate")
    assert [str(numbers["admission"]) in fault for fault in faults(chain_is_whole)] == [True]
    raw.damage("plans_target", f"DELETE FROM plans_target WHERE entry_id = {numbers['target']}")
    raw.damage("journal_entry", f"DELETE FROM journal_entry WHERE id = {numbers['target']}")
    # The entry after it still follows from its digest, which nobody knows any more.
    gone = re.compile(rf"\b{numbers['target']}\b")
    assert any(gone.search(fault) for fault in faults(chain_is_whole))


def test_content_that_no_longer_fits_its_seal(committed: World) -> None:
    happen(committed)
    for table, column in (
        ("journal_note", "text"), ("people_personname", "full_name"),
        ("people_particulars", "born_on"),
    ):  # fmt: skip
        change = {"born_on": "born_on + 1"}.get(column, f"{column} || 'x'")
        [(number,)] = raw.sql(f"SELECT min(entry_id) FROM {table} WHERE salt IS NOT NULL")
        where = f"WHERE entry_id = {number} AND line = 1"
        [before] = raw.sql(f"SELECT to_jsonb(t)::text FROM {table} AS t {where}")
        raw.damage(table, f"UPDATE {table} SET {column} = {change} {where}")
        assert faults(chain_is_whole) == []  # the seal itself is untouched
        [fault] = faults(seals_hold)
        assert f"{table} {number}/1" in fault
        restore(table, before[0], where)
        assert faults(seals_hold) == []


def test_time_that_went_back_is_named(committed: World) -> None:
    raw.damage(
        "journal_entry", "UPDATE journal_entry SET recorded_at = recorded_at + interval '1 day'"
        " WHERE id = 3",
    )  # fmt: skip
    assert [" 4 " in fault for fault in faults(time_goes_forward)] == [True]
