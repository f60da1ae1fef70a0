"""Writing batches of acts into real books: the same journal, chain, tables and triggers as any
other act's. A batch is one transaction, known by the key of its first entry: after a run that was
killed the load goes on at the first batch that is not in the books.

Organisations and persons are numbered in the order of the plan, which is known before anything
is written; so a batch first makes sure that nobody else has registered any meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import connection

from giaoban.cli.synth.errors import BooksDisturbed, BooksTaken
from giaoban.journal.models import Entry
from giaoban.journal.queries import head
from giaoban.journal.sql import fetch
from giaoban.journal.writing import VIETNAM, BasisOn, Draft, Recorder, open_journal
from giaoban.ledger.models import Leg
from giaoban.people import name_keys, scope
from giaoban.vietnamese import PersonalName

CLERK = "du-lieu-gia-lap"
ISSUER = "Dữ liệu giả lập"
_OPENS_AT = time(8)

Progress = Callable[[int], object]
# What an entry's persons are called, in the order of the entry's lines: (person, name).
Called = list[tuple[int, PersonalName]]


@dataclass(slots=True)
class Batch:
    """Acts that are recorded together on a day. ``units`` are the identities that they found, as
    (code, kind, sector), and ``persons`` how many they register, both numbered on from
    ``first_unit`` and ``first_person``; ``called`` are the names that an entry gives, by its
    place among the drafts."""

    name: str
    recorded_on: date
    drafts: list[Draft] = field(default_factory=list)
    units: list[tuple[str, str, str | None]] = field(default_factory=list)
    first_unit: int = 0
    persons: int = 0
    first_person: int = 0
    called: dict[int, Called] = field(default_factory=dict)

    @property
    def legs(self) -> int:
        """How many legs hang on its acts."""
        return sum(len(draft.rows.get(Leg, ())) for draft in self.drafts)


def basis(number: str, on: date, title: str) -> BasisOn:
    """A document that says itself that it is synthetic."""
    return BasisOn(f"{number}/GL", on, ISSUER, f"{title} (dữ liệu giả lập)")


@dataclass(slots=True)
class Books:
    """The books at a scale. ``progress`` is told how many legs each batch has brought."""

    scale: float
    progress: Progress

    def key(self, name: str) -> str:
        """The idempotency key of a batch's first entry."""
        return f"gia-lap/{self.scale:g}/{name}"

    def has(self, name: str) -> bool:
        """Whether a batch is in the books."""
        return Entry.objects.filter(idempotency_key=self.key(name)).exists()

    def require_own(self, first: str) -> None:
        """Refuse books that anything but this nation is in. Raises ``BooksTaken``."""
        if head().number and not self.has(first):
            raise BooksTaken(n=head().number)

    def write(self, batch: Batch) -> None:
        """Write one batch, all or nothing. Raises ``BooksDisturbed``."""
        by = Recorder(CLERK, datetime.combine(batch.recorded_on, _OPENS_AT, VIETNAM))
        batch.drafts[0].idempotency_key = self.key(batch.name)
        with open_journal(by) as journal:
            scope.require_recorder(CLERK, on=by.today, known=journal.number)
            _identify("units_unit", batch.first_unit, len(batch.units),
                      (f"{code}\t{kind}\t{sector or chr(92) + 'N'}"
                       for code, kind, sector in batch.units),
                      ", code, kind_id, sector_id")  # fmt: skip
            _identify("people_person", batch.first_person, batch.persons)
            numbers = journal.write_all(batch.drafts)
            name_keys.add(_named(numbers.start, batch))
        self.progress(batch.legs)


def _identify(
    table: str, first: int, n: int, rows: Iterable[str] | None = None, columns: str = ""
) -> None:
    """New identities ``first`` to ``first + n - 1``; their sequence goes on behind them."""
    if not n:
        return
    [(last,)] = fetch(f"SELECT coalesce(max(id), 0) FROM {table}")
    if last != first - 1:
        raise BooksDisturbed(table=table, n=last)
    ids = range(first, first + n)
    lines = map(str, ids) if rows is None else (f"{i}\t{r}" for i, r in zip(ids, rows, strict=True))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (id{columns}) FROM STDIN") as copy,
    ):
        copy.write("".join(f"{line}\n" for line in lines))
    # Only the owner may set a sequence; whoever registers may draw from it, and gaps do no harm.
    fetch(
        "SELECT max(nextval(pg_get_serial_sequence(%(table)s, 'id')))"
        " FROM generate_series(1, %(n)s)",
        table=table,
        n=n,
    )


def _named(first: int, batch: Batch) -> Iterator[name_keys.Named]:
    for place, called in batch.called.items():
        for line, (person, name) in enumerate(called, start=1):
            yield name_keys.Named(first + place, line, person, name)
