"""The tables of reports: registers, issued documents and what is frozen with them, drafts.

What is issued hangs on an entry of the journal, so that the digest covers it: the line of the
register, the hash of every form, the exact value of every number. The bytes themselves stand
beside the books, in tables that are only ever added to.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.figures.values import Value
from giaoban.journal import guards
from giaoban.journal.models import BookRow
from giaoban.reports.sending.models import Schedule as Schedule
from giaoban.reports.sending.models import ScheduleRun as ScheduleRun
from giaoban.reports.signing.models import SignedCopy as SignedCopy
from giaoban.reports.signing.models import SignedFile as SignedFile
from giaoban.units.models import Unit

# What the columns have room for.
NAME_LENGTH, SYMBOL_LENGTH, SUBJECT_LENGTH = 200, 40, 500


class Register(BookRow):
    """A register of outgoing documents (sổ văn bản đi), for one kind of document of a unit.

    It holds from ``from_on`` until the next one of the same unit and kind; numbers run from
    ``first_number`` on. When a new one is opened (a term, a year, another name of the body) is the
    office's decision. ``symbol`` stands behind the number as in 45-BC/BTC; the other fields are
    what the letterhead and the foot say by default, several lines parted by newlines.
    """

    seen_by_unit = ("documents", "unit_id")
    columns = (
        "unit_id", "kind", "family", "superior", "issuer", "symbol", "place", "authority", "body",
        "post", "recipients", "from_on", "first_number",
    )  # fmt: skip

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    kind = models.CharField(_("kind of document"), max_length=20)
    family = models.CharField(_("family of forms"), max_length=20)
    superior = models.CharField(_("superior body"), max_length=NAME_LENGTH)
    issuer = models.CharField(_("issuing body"), max_length=NAME_LENGTH)
    symbol = models.CharField(_("symbol"), max_length=SYMBOL_LENGTH)
    place = models.CharField(_("place"), max_length=NAME_LENGTH)
    authority = models.CharField(_("authority"), max_length=SYMBOL_LENGTH)
    body = models.CharField(_("signing body"), max_length=NAME_LENGTH)
    post = models.CharField(_("post"), max_length=NAME_LENGTH)
    recipients = models.TextField(_("recipients"))
    from_on = models.DateField(_("from"))
    first_number = models.IntegerField(_("first number"))

    class Meta:
        verbose_name = _("register of outgoing documents")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_number__gt=0), name="register_numbered_from_one"
            ),
        ]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.kind}/{self.symbol} {self.from_on:%d/%m/%Y}"


class Issue(BookRow):
    """A document issued (ban hành): its number, and of which numbers of which books it tells.

    ``register_entry`` is the entry of its register. ``head_number`` and ``head_digest`` are the
    state of the journal that it was checked at, earlier than its own entry; ``content_hash`` is of
    the document as written down (``documents/canonical.py``). ``replaces`` and ``corrects`` are
    the entries of the issues that it stands for from now on, or that it corrects numbers of.
    """

    seen_by_unit = ("documents", "unit_id")
    columns = (
        "unit_id", "register_entry", "number", "symbol", "issued_on", "subject", "signatory",
        "definition", "version", "period", "regime", "tree_on", "language", "head_number",
        "head_digest", "content_hash", "replaces", "corrects",
    )  # fmt: skip

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    register_entry = models.BigIntegerField()
    number = models.IntegerField(_("number"))
    symbol = models.CharField(_("number and symbol"), max_length=2 * SYMBOL_LENGTH)
    issued_on = models.DateField(_("issued on"))
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    signatory = models.CharField(_("signed by"), max_length=NAME_LENGTH)
    definition = models.CharField(_("definition"), max_length=60)
    version = models.IntegerField(_("version"))
    period = models.CharField(_("period"), max_length=10)
    regime = models.CharField(_("regime"), max_length=40)
    tree_on = models.DateField(_("restated by the tree of"), null=True)
    language = models.CharField(_("language"), max_length=2)
    head_number = models.BigIntegerField()
    head_digest = models.BinaryField(max_length=32)
    content_hash = models.BinaryField(max_length=32)
    replaces = models.BigIntegerField(null=True)
    corrects = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("issued document")
        constraints = [
            models.UniqueConstraint(fields=["register_entry", "number"], name="issue_number_once"),
            models.UniqueConstraint(
                fields=["replaces"], condition=models.Q(replaces__isnull=False),
                name="issue_replaced_once",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["unit", "-issued_on"], name="issue_unit")]
        triggers = guards.book()

    def __str__(self) -> str:
        return self.symbol


class IssuedForm(BookRow):
    """The hash of a document in one of its forms, so that the journal vouches for the bytes."""

    seen_with = ("entry_id", "reports_issue", "entry_id")
    columns = ("form", "sha256")

    form = models.CharField(_("form"), max_length=10)
    sha256 = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("form of an issued document")
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "form"], name="issued_form_once"),
        ]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.form}"


class FrozenFigure(BookRow):
    """The exact value under an address that an issued document cites (số liệu đã chốt).

    No numerator: there was no number, and the document says so.
    """

    seen_with = ("entry_id", "reports_issue", "entry_id")
    columns = ("address", "numerator", "denominator")

    address = models.CharField(_("address"), max_length=200)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("frozen figure")
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "address"], name="frozen_address_once"),
            models.CheckConstraint(
                condition=models.Q(numerator=None, denominator=None)
                | models.Q(numerator__isnull=False, denominator__gt=0),
                name="frozen_figure_whole",
            ),
        ]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.address} = {self.value}"

    @property
    def value(self) -> Value:
        """The number: a count, an exact ratio, or None."""
        if self.numerator is None or self.denominator is None:
            return None
        if self.denominator == 1:
            return int(self.numerator)
        return Fraction(self.numerator, self.denominator)


class Withdrawal(BookRow):
    """An issued document is withdrawn (thu hồi). Its number stays its own; the reason is the
    entry's note."""

    seen_by_unit = ("documents", "unit_id")
    columns = ("unit_id", "issue")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False)
    issue = models.BigIntegerField()

    class Meta:
        verbose_name = _("withdrawal")
        constraints = [models.UniqueConstraint(fields=["issue"], name="issue_withdrawn_once")]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.issue} withdrawn"


class IssuedDocument(models.Model):
    """The document of an issue as written down, compressed (zlib). Its hash stands in the book."""

    seen_with = ("entry_id", "reports_issue", "entry_id")
    is_identity = True

    entry_id = models.BigIntegerField(primary_key=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("text of an issued document")
        triggers = guards.book()

    def __str__(self) -> str:
        return str(self.entry_id)


class Rendition(models.Model):
    """The bytes of an issue in one form, as they were handed out. Their hash stands in the book."""

    seen_with = ("entry_id", "reports_issue", "entry_id")
    is_identity = True

    id = models.BigAutoField(primary_key=True)
    entry_id = models.BigIntegerField()
    form = models.CharField(max_length=10)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of an issued document")
        constraints = [
            models.UniqueConstraint(fields=["entry_id", "form"], name="rendition_once"),
        ]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.entry_id} {self.form}"


class DefinitionVersion(models.Model):
    """A definition of a report that the office made: each saving is a new version, no old one
    changes, for documents were issued by it."""

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    code = models.SlugField(max_length=60)
    version = models.IntegerField()
    content = models.BinaryField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("version of a definition")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="definition_version_once"),
            models.CheckConstraint(
                condition=models.Q(version__gt=0), name="definition_numbered_from_one"
            ),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class State(models.IntegerChoices):
    """How far a draft has come."""

    DRAFT = 0, _("draft")
    TO_CHECK = 1, _("to be checked")
    CHECKED = 2, _("checked")
    ISSUED = 3, _("issued")
    DROPPED = 4, _("dropped")


# What of a draft may be changed until it is issued or dropped.
_CHANGING = (
    "definition", "version", "period", "regime", "tree_on", "language", "words", "signatory",
    "authority", "post", "dated_on", "recipients", "replaces", "because", "state", "changed_at",
    "head_number", "content_hash", "entry_number",
)  # fmt: skip


class ReportDraft(models.Model):
    """A report being prepared (dự thảo): which document, of what, in whose words. No book: nothing
    of it is issued, and no person is named but who is to sign.

    ``head_number`` is the state of the journal pinned when it was handed in, ``content_hash`` is of
    the document that was handed in, and so of what is checked. ``replaces`` and ``corrects`` are
    entries of issues, ``because`` says why another one is replaced. Empty recipients, authority
    and post are those of the register.
    """

    seen_by_unit = ("books", "unit_id")
    decided_columns = _CHANGING

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=200, unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    definition = models.CharField(max_length=60)
    version = models.IntegerField()
    period = models.CharField(max_length=10)
    regime = models.CharField(max_length=40)
    tree_on = models.DateField(null=True)
    language = models.CharField(max_length=2)
    words: models.JSONField[Any, Any] = models.JSONField(default=dict)
    signatory = models.CharField(max_length=NAME_LENGTH, blank=True)
    authority = models.CharField(max_length=SYMBOL_LENGTH, blank=True)
    post = models.CharField(max_length=NAME_LENGTH, blank=True)
    dated_on = models.DateField(null=True)
    recipients = models.TextField(blank=True)
    replaces = models.BigIntegerField(null=True)
    because = models.TextField(blank=True)
    corrects = models.BigIntegerField(null=True)
    state = models.SmallIntegerField(choices=State.choices, default=State.DRAFT)
    changed_at = models.DateTimeField()
    head_number = models.BigIntegerField(null=True)
    content_hash = models.BinaryField(max_length=32, null=True)
    entry_number = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = _("draft of a report")
        indexes = [models.Index(fields=["unit", "state", "-id"], name="report_draft_unit")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=[1, 2, 3])
                | models.Q(head_number__isnull=False, content_hash__isnull=False),
                name="report_draft_pinned",
            ),
            models.CheckConstraint(
                condition=models.Q(state=3, entry_number__isnull=False)
                | ~models.Q(state=3) & models.Q(entry_number=None),
                name="report_draft_issued_in_full",
            ),
        ]
        triggers = [*guards.decided_once(*_CHANGING, decided="OLD.state IN (3, 4)")]

    def __str__(self) -> str:
        return f"{self.pk} {self.definition} {self.period}"


class DraftStep(models.Model):
    """One line of what was done with a draft, by whom and when; lines are only ever added.

    Whoever began, changed, explained or handed in is an author; ``reason`` is told of what was sent
    back.
    """

    seen_with = ("draft_id", "reports_reportdraft", "id")
    is_identity = True

    class What(models.IntegerChoices):
        """What was done."""

        BEGUN = 1, _("begun")
        CHANGED = 2, _("changed")
        HANDED_IN = 3, _("handed in for checking")
        CHECKED = 4, _("checked")
        SENT_BACK = 5, _("sent back")
        ISSUED = 6, _("issued")
        DROPPED = 7, _("dropped")
        EXPLAINED = 8, _("discrepancy explained")
        TAKEN_BACK = 9, _("explanation taken back")

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(ReportDraft, models.PROTECT, related_name="steps")
    what = models.SmallIntegerField(choices=What.choices)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a draft")
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.draft_id} {self.get_what_display()}"


class DraftNote(models.Model):
    """A discrepancy of a draft that was signed off (chênh lệch đã giải trình) and is printed with
    it, or the taking back of one; lines are only ever added.

    ``figure`` is the address of the number that it is about; empty where ``subject`` says in plain
    words what it is about. ``takes_back`` is the note that is no longer printed; then nothing else
    is told.
    """

    seen_with = ("draft_id", "reports_reportdraft", "id")
    is_identity = True

    id = models.BigAutoField(primary_key=True)
    draft = models.ForeignKey(ReportDraft, models.PROTECT, related_name="notes")
    figure = models.CharField(_("figure"), max_length=200, blank=True)
    subject = models.CharField(_("what it is about"), max_length=NAME_LENGTH, blank=True)
    discrepancy = models.TextField(_("discrepancy"), blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    signed_off_by = models.CharField(_("signed off by"), max_length=NAME_LENGTH, blank=True)
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="taken_back_by"
    )
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("explained discrepancy of a draft")
        indexes = [models.Index(fields=["draft"], name="draft_note_of")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(takes_back__isnull=False)
                | ~models.Q(discrepancy="")
                & ~models.Q(explanation="")
                & ~models.Q(signed_off_by="")
                & (models.Q(figure="") ^ models.Q(subject="")),
                name="draft_note_whole",
            ),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.draft_id} {self.figure or self.subject}"
