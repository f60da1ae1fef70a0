"""Is the journal what was written? Recompute the chain from the first entry to the last."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.apps import apps
from django.db import connection
from django.utils.translation import gettext as _

from giaoban.journal import chain
from giaoban.journal.books import books
from giaoban.journal.models import BookRow, Entry, Erasure, SealedRow
from giaoban.journal.roles import append_only_tables
from giaoban.journal.sql import fetch

FAULTS_SHOWN = 20
WINDOW = 20_000


@dataclass(slots=True)
class Finding:
    """What one check looked at and what it found: ``faults`` name the rows, empty means sound.

    ``warnings`` tell what is sound but could be safer.
    """

    name: str
    looked_at: int = 0
    faults: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def fault(self, text: str) -> None:
        """Note a fault; past the first twenty the rest is only counted by the caller's eye."""
        if len(self.faults) < FAULTS_SHOWN:
            self.faults.append(text)


Check = Callable[[], Finding]


def _rows_of(book: type[BookRow], window: range) -> Iterator[tuple[int, str]]:
    """(entry, line of the digest) for a book's rows in a window of entries, in digest order."""
    sealed = ("seal",) if issubclass(book, SealedRow) else ()
    columns = ", ".join(("entry_id", "line", *book.columns, *sealed))
    table = book._meta.db_table
    query = (
        f"COPY (SELECT {columns} FROM {table} WHERE entry_id >= {window.start}"
        f" AND entry_id < {window.stop} ORDER BY entry_id, line) TO STDOUT"
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        rest = b""
        for block in copy:
            *lines, rest = (rest + bytes(block)).split(b"\n")
            for line in lines:
                text = line.decode()
                yield int(text[: text.index("\t")]), f"{table}\t{text}"


def _expected_digest(entry: Entry, previous: bytes, rows: list[str]) -> bytes:
    basis = entry.basis
    told = chain.entry_line(
        number=entry.pk,
        kind=entry.kind,
        effective_on=entry.effective_on,
        recorded_at=chain.text(entry.recorded_at),
        by=chain.text(entry.by),
        basis=chain.basis_text(
            (basis.number, basis.issued_on, basis.issuer, basis.title) if basis else None
        ),
        reverses=entry.reverses_id,
        key=entry.idempotency_key,
    )
    return chain.digest(previous, told, rows)


def chain_is_whole() -> Finding:
    """Each entry's digest follows from the one before, its own line and its rows."""
    finding = Finding(_("journal: digest chain"))
    previous, last = chain.GENESIS, _last_number()
    for start in range(1, last + 1, WINDOW):
        window = range(start, start + WINDOW)
        rows: dict[int, list[str]] = defaultdict(list)
        for book in books():
            for number, text in _rows_of(book, window):
                rows[number].append(text)
        entries = Entry.objects.filter(pk__gte=window.start, pk__lt=window.stop)
        found = {entry.pk: entry for entry in entries.select_related("basis")}
        for number in range(window.start, min(window.stop, last + 1)):
            finding.looked_at += 1
            entry = found.get(number)
            if entry is None:
                finding.fault(_("entry {n} is missing").format(n=number))
                continue
            if _expected_digest(entry, previous, rows[number]) != bytes(entry.digest):
                finding.fault(_("entry {n}: the digest does not match its rows").format(n=number))
            # Go on from the digest as stored, so that one changed byte names one entry.
            previous = bytes(entry.digest)
    return finding


def _last_number() -> int:
    """The highest entry number that the journal or any row names."""
    tables = [("journal_entry", "id"), *((book._meta.db_table, "entry_id") for book in books())]
    union = " UNION ALL ".join(
        f"SELECT max({column}) AS n FROM {table}" for table, column in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(n) FROM ({union}) AS every")
        return int(cursor.fetchone()[0] or 0)


def seals_hold() -> Finding:
    """Personal content still matches its seal, or was erased by an entry that says so."""
    finding = Finding(_("journal: seals of personal content"))
    erased = set(Erasure.objects.values_list("book", "erased_entry_id", "erased_line"))
    for book in books():
        if not issubclass(book, SealedRow):
            continue
        table = book._meta.db_table
        columns = ("entry_id", "line", "seal", "salt", *book.sealed)
        for row in book.objects.values_list(*columns).iterator(chunk_size=5000):
            finding.looked_at += 1
            number, line, seal, salt, *content = row
            where = f"{table} {number}/{line}"
            if salt is None:
                if (table, number, line) not in erased or any(c is not None for c in content):
                    finding.fault(_("{row}: emptied without an erasure").format(row=where))
            elif chain.seal(bytes(salt), content) != bytes(seal):
                finding.fault(_("{row}: the content does not match its seal").format(row=where))
    return finding


def time_goes_forward() -> Finding:
    """Recording times never go back along the numbers."""
    finding = Finding(_("journal: order of time"))
    last: datetime | None = None
    for number, at in Entry.objects.order_by("pk").values_list("pk", "recorded_at").iterator():
        finding.looked_at += 1
        if last is not None and at < last:
            finding.fault(_("entry {n} is recorded before the one it follows").format(n=number))
        last = at
    return finding


def rights_are_narrow() -> Finding:
    """The role that asks may add rows to the books, and neither change nor remove any."""
    finding = Finding(_("journal: rights of the application"))
    rows = fetch(
        "SELECT t.name, c.oid IS NULL, current_user, pg_has_role(c.relowner, 'USAGE'),"
        " has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER')"
        " OR has_any_column_privilege(c.oid, 'UPDATE')"
        " FROM unnest(%(tables)s::text[]) AS t(name)"
        " LEFT JOIN pg_class AS c ON c.oid = to_regclass(t.name)",
        tables=append_only_tables(),
    )
    for table, missing, role, owned, may_change in rows:
        finding.looked_at += 1
        if missing:
            finding.fault(_("the table {table} is missing").format(table=table))
        elif may_change and not owned:
            said = _("the role {role} may change rows of {table}")
            finding.fault(said.format(role=role, table=table))
    if any(row[3] for row in rows):
        said = _(
            "The role {role} owns the tables or is a superuser, so it could take the guards away. "
            "Name another role in DATABASE_URL."
        )
        finding.warnings.append(said.format(role=rows[0][2]))
    return finding


# Made by a migration of its own, not from a model's options.
_ERASE = ("journal_erasure", "erase")


def guards_stand() -> Finding:
    """Every trigger that keeps the books is there and switched on."""
    finding = Finding(_("journal: guards of the tables"))
    wanted = {
        (model._meta.db_table, trigger.get_pgid(model))
        for model in apps.get_models()
        for trigger in getattr(model._meta, "triggers", ())
    } | {_ERASE}
    standing = set(
        fetch(
            "SELECT c.relname::text, t.tgname::text FROM pg_trigger AS t"
            " JOIN pg_class AS c ON c.oid = t.tgrelid"
            " WHERE c.relnamespace = 'public'::regnamespace AND t.tgenabled IN ('O', 'A')"
        )
    )
    for table, trigger in sorted(wanted):
        finding.looked_at += 1
        if (table, trigger) not in standing:
            said = _("the guard {trigger} of {table} is missing or switched off")
            finding.fault(said.format(trigger=trigger, table=table))
    return finding


CHECKS: list[Check] = [
    chain_is_whole, seals_hold, time_goes_forward, rights_are_narrow, guards_stand,
]  # fmt: skip
