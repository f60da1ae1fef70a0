"""Keeping a signed copy with the document that was issued: an act of the office, in the journal."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from giaoban.journal.kinds import Kind
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Draft, Journal, Recorder, open_journal
from giaoban.people import scope
from giaoban.reports.issues import issued_by, reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.certificates import trusted_roots
from giaoban.reports.signing.errors import (
    AnotherDocument,
    CertificateExpired,
    CertificateNotYetValid,
    CopyUnknown,
    SignatureBroken,
    SignerUntrusted,
)
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.models import SignedCopy, SignedFile
from giaoban.reports.signing.validation import validate


def store_signature(*, issue: int, pdf: bytes, by: Recorder, key: str | None = None) -> int:
    """Lưu bản đã ký số of an issued document; returns the number in the journal.

    The file must be the issued pdf with signatures after it, all of them in order; one that is
    kept already is not kept twice. Raises ``IssueUnknown``, ``OutOfScope``, ``NotAPdf``,
    ``NoSignature``, ``SignatureUnreadable``, ``AnotherDocument``, ``SignatureBroken``,
    ``SignerUntrusted``, ``CertificateExpired``, ``CertificateNotYetValid``, ``KeyReused``.
    """
    with transaction.atomic(), writers_rights():
        issued = issued_by(issue)
        scope.require(by.name, [issued.unit], on=by.today, known=head().number, roles=scope.DECIDES)
        # Before the journal is locked, so that nobody waits for it.
        rows = _checked(issue, pdf, by.at)
        with open_journal(by) as journal:
            if (done := _done_before(journal, rows, issue, key)) is not None:
                return done
            entry = journal.write(
                Draft(Kind.SIGNATURE, by.today, {SignedCopy: rows}, idempotency_key=key)
            )
            SignedFile.objects.create(entry_id=entry, content=pdf)
            return entry


def _checked(issue: int, pdf: bytes, at: datetime) -> list[tuple[Any, ...]]:
    """The rows of a signed copy, one for each signature."""
    roots = trusted_roots(settings.SIGNING_ROOTS)
    found = validate(pdf, original=reprint(issue, Form.PDF), roots=roots, at=at)
    _refuse(found, at)
    digest = hashlib.sha256(pdf).digest()
    return [
        (issue, digest, one.signer, one.issuer, one.serial, _iso(one.signed_at), one.timestamp_by)
        for one in found
    ]


def _iso(at: datetime | None) -> str:
    return "" if at is None else at.astimezone(UTC).isoformat()


def _refuse(found: Sequence[SignatureFound], at: datetime) -> None:
    for one in found:
        if not one.holds:
            raise SignatureBroken(name=one.signer)
        if not one.is_issued:
            raise AnotherDocument
        if one.trusted is False:
            raise SignerUntrusted(name=one.signer, issuer=one.issuer)
        if not one.valid_then:
            if min(one.signed_at or at, at) < one.valid_from:
                raise CertificateNotYetValid(name=one.signer, since=one.valid_from)
            raise CertificateExpired(name=one.signer, until=one.valid_until)


def _done_before(
    journal: Journal, rows: Sequence[tuple[Any, ...]], issue: int, key: str | None
) -> int | None:
    """The entry of an earlier try, or by which the very file is kept already."""
    said = [dict(zip(SignedCopy.columns, row, strict=True)) for row in rows]
    done = journal.done_before(key, Kind.SIGNATURE, None, SignedCopy, *said)
    if done is None:
        kept = SignedCopy.objects.filter(issue=issue, sha256=rows[0][1]).first()
        done = kept.entry_id if kept else None
    return done


def signed_copies(issue: int) -> list[SignedCopy]:
    """The signatures kept with an issued document, in the order they were recorded and put."""
    return list(SignedCopy.objects.filter(issue=issue).order_by("entry_id", "line"))


def signed_file(entry: int) -> bytes:
    """The file of a signed copy, the very bytes that were kept. Raises ``CopyUnknown``."""
    kept = SignedFile.objects.filter(entry_id=entry).first()
    if kept is None:
        raise CopyUnknown(n=entry)
    return bytes(kept.content)


def latest_file(issue: int) -> bytes:
    """The file that the next signature goes behind: the last signed copy, else the issued pdf.

    Raises ``IssueUnknown``.
    """
    kept = signed_copies(issue)
    return signed_file(kept[-1].entry_id) if kept else reprint(issue, Form.PDF)


def signatures_in_latest(issue: int) -> int:
    """How many signatures that file bears."""
    kept = signed_copies(issue)
    return sum(copy.entry_id == kept[-1].entry_id for copy in kept)
