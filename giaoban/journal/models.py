"""The journal's tables: entries, the bases they rest on, notes, and the shape of every book row."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import chain, guards
from giaoban.journal.kinds import Kind


class CurrentTransaction(models.Func):
    """``pg_current_xact_id()``: the transaction that writes a row."""

    function = "pg_current_xact_id"
    template = "%(function)s()"


class TransactionIdField(models.Field):  # type: ignore[type-arg]  # generic in the stubs
    """PostgreSQL's ``xid8``."""

    def db_type(self, connection: Any) -> str:  # noqa: ARG002 - Django's signature
        return "xid8"


class Basis(models.Model):
    """A document that an act rests on: a decision, a resolution, a transfer paper (căn cứ)."""

    number = models.CharField(_("number and symbol"), max_length=100)
    issued_on = models.DateField(_("issued on"))
    issuer = models.CharField(_("issuer"), max_length=200)
    title = models.TextField(_("title"), blank=True)

    class Meta:
        verbose_name = _("basis")
        constraints = [
            # Numbers start anew each year or term: a document is its number, day and issuer.
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"], name="basis_known_once"
            ),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.number} ({self.issued_on:%d/%m/%Y})"


class Entry(models.Model):
    """One numbered line of the journal, for each act of any kind.

    ``effective_on`` is when it holds, ``recorded_at`` when it was written; ``digest`` is sha256
    over the previous digest, this line and all rows that hang on it (see ``chain.py``).
    """

    id = models.BigIntegerField(_("journal number"), primary_key=True)
    kind = models.SmallIntegerField(_("kind"), choices=Kind.choices)
    effective_on = models.DateField(_("effective on"))
    recorded_at = models.DateTimeField(_("recorded at"))
    by = models.CharField(_("recorded by"), max_length=150)
    # The trigger ``journal_order`` checks both references set by set; a foreign key would do so
    # row by row at the commit.
    basis = models.ForeignKey(
        Basis, models.PROTECT, null=True, db_index=False, db_constraint=False,
        verbose_name=_("basis"),
    )  # fmt: skip
    reverses = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="reversals", db_index=False,
        db_constraint=False, verbose_name=_("reverses"),
    )  # fmt: skip
    idempotency_key = models.CharField(max_length=200, null=True)  # noqa: DJ001 - unique if given
    xid = TransactionIdField(db_default=CurrentTransaction())
    digest = models.BinaryField(_("digest"), max_length=32)

    class Meta:
        verbose_name = _("entry")
        constraints = [
            models.UniqueConstraint(
                fields=["idempotency_key"],
                condition=models.Q(idempotency_key__isnull=False),
                name="entry_key_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=models.Q(reverses__isnull=False),
                name="entry_reversed_once",
            ),
            models.CheckConstraint(condition=models.Q(id__gt=0), name="entry_numbered_from_one"),
            models.CheckConstraint(
                condition=models.Q(reverses__isnull=True) | models.Q(reverses__lt=models.F("id")),
                name="entry_reverses_earlier",
            ),
        ]
        indexes = [
            # The tree's cache asks for the last act on units at every figure.
            models.Index(
                fields=["id"],
                condition=models.Q(kind__gte=Kind.REORGANISATION, kind__lte=Kind.MOVING),
                name="entry_on_units",
            ),
            # What is kept about who is in charge is asked for by the last act on appointments.
            models.Index(
                fields=["id"],
                condition=models.Q(kind__gte=Kind.APPOINTMENT, kind__lte=Kind.DISMISSAL),
                name="entry_on_appointments",
            ),
        ]
        triggers = [*guards.append_only(), guards.JOURNAL_ORDER]

    def __str__(self) -> str:
        return f"{self.pk} {self.get_kind_display()}"

    @property
    def reversed_by(self) -> Entry | None:
        """The entry that reverses this one; an entry is reversed once at most."""
        return self.reversals.first()


class BookRow(models.Model):
    """A row of any book: it hangs on an entry, is never changed, and enters the entry's digest.

    ``columns`` names the database columns after ``entry_id`` and ``line`` in the order of the
    digest; it never changes, since old digests were made with it. ``sealed`` names the columns
    of personal content, which the digest covers only through their seal.
    """

    columns: ClassVar[tuple[str, ...]] = ()
    sealed: ClassVar[tuple[str, ...]] = ()
    # SQL for the rows that put a person into a unit's book, where a book names both.
    of_persons: ClassVar[str] = "true"

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    pk = models.CompositePrimaryKey("entry_id", "line")
    # A plain number: set-based triggers check what a foreign key would check row by row, at a
    # tenth of the cost, and a composite key may not name a foreign key that comes later.
    entry_id = models.BigIntegerField()
    line = models.IntegerField()

    class Meta:
        abstract = True

    @classmethod
    def encode(cls, values: tuple[Any, ...]) -> str:
        """A row's columns as COPY's text format writes them; a busy book may do it faster."""
        return chain.line(values)

    # A busy book may be copied in COPY's binary format, which spares PostgreSQL the reading of
    # text. The digest always covers the text.
    binary: ClassVar[bool] = False

    @classmethod
    def pack(cls, entry: int, line: int, values: tuple[Any, ...]) -> bytes:
        """A row as COPY takes it: a line of text, or a record where the book is ``binary``."""
        return f"{entry}\t{line}\t{cls.encode(values)}".encode()


class SealedRow(BookRow):
    """A book row with personal content, which the law may demand to erase.

    The digest covers ``seal`` = sha256(salt, content). ``journal_erase`` empties content and
    salt; the seal stays, and the chain still verifies.
    """

    seal = models.BinaryField(max_length=32)
    salt = models.BinaryField(max_length=16, null=True)

    class Meta:
        abstract = True


class Note(SealedRow):
    """The free text of an entry: a note or a reason. Clerks write names in it, so it is sealed."""

    sealed = ("text",)

    text = models.TextField(_("note"), null=True)  # noqa: DJ001 - empty means erased

    class Meta:
        verbose_name = _("note")
        triggers = guards.sealed_book("text")

    def __str__(self) -> str:
        return self.text or ""


class Erasure(BookRow):
    """A sealed row whose personal content the law demanded to erase.

    Inserting one empties the row it names (the owner's trigger ``journal_erase``), so an emptied
    row without an erasure is damage, and ``verify`` says so.
    """

    columns = ("book", "erased_entry_id", "erased_line")

    book = models.CharField(max_length=63)
    erased_entry_id = models.BigIntegerField()
    erased_line = models.IntegerField()

    class Meta:
        verbose_name = _("erasure")
        constraints = [
            models.UniqueConstraint(
                fields=["book", "erased_entry_id", "erased_line"], name="row_erased_once"
            ),
        ]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.book} {self.erased_entry_id}/{self.erased_line}"
