"""What is public of reports, what the books give otherwise since, and corrections of articles.

Nothing here names a person. What is public is prepared once, with the office's rights, and stored
with everything withheld already left out: the portal's own rights reach nothing behind it.
"""

from __future__ import annotations

import zlib
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from giaoban.figures.values import Value
from giaoban.journal import guards
from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.canonical import read
from giaoban.reports.rendering.rendition import Form

ADDRESS_LENGTH, WORDS_LENGTH = 200, 500


class PublicReport(models.Model):
    """A report is made public (công khai), or no longer is: the last line of an issue decides.

    ``small``: held back, for so many small numbers follow from it and all public ones together.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    issue = models.BigIntegerField()
    public = models.BooleanField()
    small = models.IntegerField(default=0)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("public report")
        verbose_name_plural = _("public reports")
        indexes = [models.Index(fields=["issue", "-id"], name="public_report_issue")]
        permissions = [
            ("publish_report", "Can make issued reports public"),
            ("correct_article", "Can publish corrections of articles"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.issue} {self.public}"


class PublicEdition(models.Model):
    """The edition of a report for the public (bản công khai): its document with what may not be
    told left out, and what of the report its page says.

    ``withheld`` cells are left out of its tables; ``given_away`` of them follow from sentences that
    the report itself says. ``whole`` is true where nothing had to be left out.
    """

    is_identity = True

    issue = models.BigIntegerField(primary_key=True)
    unit_id = models.BigIntegerField()
    unit_name = models.CharField(max_length=WORDS_LENGTH)
    symbol = models.CharField(max_length=40)
    issued_on = models.DateField()
    subject = models.CharField(max_length=WORDS_LENGTH)
    period = models.CharField(max_length=10)
    period_words: models.JSONField[Any, Any] = models.JSONField()
    language = models.CharField(max_length=2)
    known_on = models.DateField()
    known_entry = models.BigIntegerField()
    head_digest = models.BinaryField(max_length=32)
    content_hash = models.BinaryField(max_length=32)
    content = models.BinaryField()
    whole = models.BooleanField()
    withheld = models.IntegerField()
    given_away = models.IntegerField()
    prepared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("public edition of a report")
        triggers = guards.append_only()

    def __str__(self) -> str:
        return self.symbol

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("portal_living:report", args=[self.issue])

    @cached_property
    def document(self) -> Document:
        """The document as the public reads it."""
        return read(zlib.decompress(bytes(self.content)))

    @property
    def period_told(self) -> str:
        """Its period in the language of the page."""
        return str(in_words(self.period_words))


class PublicFile(models.Model):
    """The public edition in one form. ``original``: the very bytes that were issued."""

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(PublicEdition, models.PROTECT, related_name="files")
    form = models.CharField(max_length=10, choices=[(form.value, form.value) for form in Form])
    original = models.BooleanField()
    content = models.BinaryField()
    size = models.IntegerField()

    class Meta:
        verbose_name = _("file of a public report")
        constraints = [
            models.UniqueConstraint(fields=["edition", "form"], name="public_file_once"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.form}"


class PublicTable(models.Model):
    """A table by unit behind figures of a public report: what may not be told is not in it.

    ``heads`` are (code, words in both languages, what it holds); ``rows`` are
    {"code", "name", "role", "cells"}, a cell {"text", "exact"} or None where it is withheld.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(PublicEdition, models.PROTECT, related_name="tables")
    name = models.CharField(max_length=60)
    title: models.JSONField[Any, Any] = models.JSONField()
    heads: models.JSONField[Any, Any] = models.JSONField()
    rows: models.JSONField[Any, Any] = models.JSONField()
    withheld = models.IntegerField()

    class Meta:
        verbose_name = _("public table of figures")
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="public_table_once"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.name}"

    @property
    def title_told(self) -> str:
        """Its title in the language of the page."""
        return str(in_words(self.title))


class PublicFigure(models.Model):
    """A number of a public report that an article may cite (số liệu dẫn nguồn).

    ``counted`` and ``definition`` say in both languages what it is, ``measure`` its noun; ``whom``
    is the unit by its name then. No numerator: there was no number.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    edition = models.ForeignKey(PublicEdition, models.PROTECT, related_name="figures")
    line = models.IntegerField()
    address = models.CharField(max_length=ADDRESS_LENGTH)
    slug = models.CharField(max_length=ADDRESS_LENGTH)
    text = models.CharField(max_length=60)
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    shape = models.CharField(max_length=10)
    counted: models.JSONField[Any, Any] = models.JSONField()
    definition: models.JSONField[Any, Any] = models.JSONField()
    measure: models.JSONField[Any, Any] = models.JSONField()
    whom: models.JSONField[Any, Any] = models.JSONField()
    period: models.JSONField[Any, Any] = models.JSONField()
    row = models.CharField(max_length=40, blank=True)
    search = models.TextField()
    table = models.ForeignKey(PublicTable, models.PROTECT, null=True, related_name="figures")

    class Meta:
        verbose_name = _("public figure")
        verbose_name_plural = _("public figures")
        ordering = ["edition", "line"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "address"], name="public_figure_once"),
            models.UniqueConstraint(fields=["edition", "slug"], name="public_figure_slug_once"),
        ]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.edition_id} {self.address}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("portal_living:figure", args=[self.edition_id, self.slug])

    @property
    def value(self) -> Value:
        """The exact number: a count, a ratio, or None."""
        if self.numerator is None or self.denominator is None:
            return None
        if self.denominator == 1:
            return int(self.numerator)
        return Fraction(self.numerator, self.denominator)

    @property
    def counted_told(self) -> str:
        """What is counted, in the language of the page."""
        return str(in_words(self.counted))

    @property
    def definition_told(self) -> str:
        """How it is counted or worked out."""
        return str(in_words(self.definition))

    @property
    def measure_told(self) -> str:
        """The noun beside the number."""
        return str(in_words(self.measure))

    @property
    def whom_told(self) -> str:
        """Of whom it is."""
        return str(in_words(self.whom))

    @property
    def period_told(self) -> str:
        """Its period."""
        return str(in_words(self.period))

    @property
    def anchor(self) -> str:
        """The id of its card in a page."""
        return f"so-{self.edition_id}-{self.line}"


class KnownOtherwise(models.Model):
    """A figure of a public report as the books give it by a later head of the journal; the last
    line of a figure decides. The same as issued again: it reads as published once more.

    ``causes`` are the entries that changed it: number, kind, day, by how much. No person.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    figure = models.ForeignKey(PublicFigure, models.PROTECT, related_name="known")
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    text = models.CharField(max_length=60)
    head_number = models.BigIntegerField()
    at = models.DateTimeField()
    causes: models.JSONField[Any, Any] = models.JSONField()

    class Meta:
        verbose_name = _("figure known otherwise by now")
        indexes = [models.Index(fields=["figure", "-id"], name="known_otherwise_figure")]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.figure_id} {self.text}"


class Compared(models.Model):
    """Up to which head of the journal a public report was compared with the books."""

    issue = models.BigIntegerField(primary_key=True)
    head_number = models.BigIntegerField()

    class Meta:
        verbose_name = _("comparison of a public report with the books")

    def __str__(self) -> str:
        return f"{self.issue} {self.head_number}"


class WhyWithdrawn(models.Model):
    """When and why a public report was withdrawn, as it is told at the desk, for the editors.

    The reason is the note of an entry, which may be erased; so it is no line of a log here, but
    kept as it is there, and empty as soon as it is there.
    """

    issue = models.BigIntegerField(primary_key=True)
    on = models.DateField()
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("why a public report was withdrawn")

    def __str__(self) -> str:
        return f"{self.issue} {self.on}"


class Correction(models.Model):
    """A dated correction (đính chính) that articles show; its note is the publisher's."""

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    note = models.TextField(_("what is corrected, and why"))
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.pk}"


class CorrectedSentence(models.Model):
    """A sentence of an article that a correction is about, as it read and as it reads.

    ``figure`` is what it cited, ``successor`` what it cites from then on; without one the figure
    stays as published and its card says what is right. ``standing``: what the notice tells of its
    report, that it was ``withdrawn`` or ``replaced``; empty: nothing.
    """

    is_identity = True

    id = models.BigAutoField(primary_key=True)
    correction = models.ForeignKey(Correction, models.PROTECT, related_name="sentences")
    page_id = models.BigIntegerField()
    page_title = models.CharField(max_length=255)
    figure = models.ForeignKey(PublicFigure, models.PROTECT, related_name="corrected")
    successor = models.ForeignKey(PublicFigure, models.PROTECT, null=True, related_name="+")
    before = models.TextField()
    after = models.TextField()
    text_before = models.CharField(max_length=60)
    text_after = models.CharField(max_length=60)
    standing = models.CharField(max_length=10, default="", blank=True)

    class Meta:
        verbose_name = _("corrected sentence")
        ordering = ["id"]
        indexes = [models.Index(fields=["page_id"], name="corrected_sentence_page")]
        triggers = guards.append_only()

    def __str__(self) -> str:
        return f"{self.correction_id} {self.text_before} → {self.text_after}"


def in_words(told: dict[str, str]) -> str:
    """What is told in both languages, in that of the page."""
    return told["en" if (get_language() or "vi").startswith("en") else "vi"]
