"""The tables of signed copies: who signed an issued document, and the file that says so."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from giaoban.journal import guards
from giaoban.journal.models import BookRow

NAME_LENGTH = 300  # more than ``certificates`` ever tells


class SignedCopy(BookRow):
    """A signed copy of an issued document's pdf was kept (bản đã ký số); a row for each signature.

    ``issue`` is the entry that issued it, ``sha256`` of the signed file, the same in each row.
    ``signer`` and ``certified_by`` are the names of the certificate's holder and of its authority,
    ``serial`` its number; ``stamped_by`` names the server whose time-stamp proves ``signed_at``,
    kept as text in UTC: a book's line in the digest has one spelling of an instant.
    """

    seen_with = ("issue", "reports_issue", "entry_id")
    columns = (
        "issue", "sha256", "signer", "certified_by", "serial", "signed_at_iso", "stamped_by",
    )  # fmt: skip

    issue = models.BigIntegerField()
    sha256 = models.BinaryField(max_length=32)
    signer = models.CharField(_("signer"), max_length=NAME_LENGTH)
    certified_by = models.CharField(_("certified by"), max_length=NAME_LENGTH)
    serial = models.CharField(_("number of the certificate"), max_length=80)
    signed_at_iso = models.CharField(_("signed at"), max_length=40, blank=True)
    stamped_by = models.CharField(_("time-stamp of"), max_length=NAME_LENGTH)

    class Meta:
        verbose_name = _("signed copy")
        constraints = [
            models.UniqueConstraint(
                fields=["issue", "sha256", "serial", "certified_by"], name="signed_copy_kept_once"
            ),
        ]
        indexes = [models.Index(fields=["issue"], name="signed_copy_of")]
        triggers = guards.book()

    def __str__(self) -> str:
        return f"{self.issue} {self.signer}"

    @property
    def signed_at(self) -> datetime | None:
        """When it was signed, as far as the file says."""
        return datetime.fromisoformat(self.signed_at_iso) if self.signed_at_iso else None


class SignedFile(models.Model):
    """The bytes of a signed copy. Their hash stands in the book."""

    seen_with = ("entry_id", "reports_signedcopy", "entry_id")
    is_identity = True

    objects: ClassVar[models.Manager[SignedFile]] = models.Manager()

    entry_id = models.BigIntegerField(primary_key=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("file of a signed copy")
        triggers = guards.book()

    def __str__(self) -> str:
        return str(self.entry_id)
