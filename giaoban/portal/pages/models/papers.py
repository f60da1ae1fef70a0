"""Official documents that everybody may read: number, date, issuer, abstract, file."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.models import register_snippet

from giaoban.vietnamese import fold


class DocumentKind(models.TextChoices):
    """What a document is, in the order of an office's register."""

    RESOLUTION = "nghi-quyet", pgettext_lazy("document", "Resolution")
    DIRECTIVE = "chi-thi", pgettext_lazy("document", "Directive")
    CONCLUSION = "ket-luan", pgettext_lazy("document", "Conclusion")
    REGULATION = "quy-dinh", pgettext_lazy("document", "Regulation")
    DECISION = "quyet-dinh", pgettext_lazy("document", "Decision")
    GUIDANCE = "huong-dan", pgettext_lazy("document", "Guidance")
    PROGRAMME = "chuong-trinh", pgettext_lazy("document", "Programme")
    PLAN = "ke-hoach", pgettext_lazy("document", "Plan")
    REPORT = "bao-cao", pgettext_lazy("document", "Report")
    NOTICE = "thong-bao", pgettext_lazy("document", "Notice")
    LETTER = "cong-van", pgettext_lazy("document", "Official letter")
    OTHER = "khac", pgettext_lazy("document", "Other")


@register_snippet
class OfficialDocument(models.Model):
    """An official document (văn bản) with what Nghị định 42/2022 Điều 4 wants told about it.

    ``number`` is as the document writes it (64-KH/HU); ``abstract`` is its trích yếu.
    ``effective_on`` is the day it comes into force, where it says one.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=DocumentKind)
    number = models.CharField(_("number"), max_length=60)
    issued_on = models.DateField(_("date of issue"))
    effective_on = models.DateField(_("in force from"), null=True, blank=True)
    issuer = models.CharField(_("issued by"), max_length=150)
    abstract = models.CharField(_("abstract"), max_length=500)
    file = models.ForeignKey("wagtaildocs.Document", models.PROTECT, related_name="+",
                             verbose_name=_("file"))  # fmt: skip
    shown = models.BooleanField(_("shown to readers"), default=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("number")]),
        FieldRowPanel([FieldPanel("issued_on"), FieldPanel("effective_on")]),
        FieldPanel("issuer"),
        FieldPanel("abstract"),
        FieldPanel("file"),
        FieldPanel("shown"),
    ]

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "issued_on", "issuer"], name="official_document_once",
                violation_error_message=_("This document is here already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number} ({self.issuer})"

    def get_absolute_url(self) -> str:
        """Where it is shown."""
        return reverse("portal_pages:paper", args=[self.pk, self.slug])

    @property
    def slug(self) -> str:
        """Its number as an address holds it: 64-kh-hu."""
        return slugify(fold(self.number).replace("/", "-")) or "van-ban"
