"""Looking at a signed file: who signed what, when, and whether it is the document issued."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature, async_validate_pdf_signature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from giaoban.reports.signing.certificates import Certificate, common_name, in_force, serial_of
from giaoban.reports.signing.errors import NoSignature, SignatureUnreadable
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.issued_bytes import adds_only_signatures
from giaoban.reports.signing.opening import UNREADABLE, opened, signatures_in
from giaoban.reports.signing.pades import in_own_loop

# What the library would warn of, the findings say in words.
for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)

# Authorities give certificates for documents either of the two.
_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_FURTHER_SIGNATURES = (
    ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING,
)  # fmt: skip


class _Time(NamedTuple):
    """When it was signed, and who says so: a time-stamp server by name, or the signer ("")."""

    signed_at: datetime | None
    stamped_by: str
    stamp_trusted: bool | None


def validate(
    pdf: bytes, *, original: bytes | None = None, roots: Sequence[Certificate] = (),
    at: datetime | None = None,
) -> list[SignatureFound]:  # fmt: skip
    """Every signature of a file, in the order they were put.

    ``original`` is the pdf that was issued, ``roots`` the authorities that are trusted, ``at`` the
    time of checking: a time that no stamp proves may be claimed, so the certificate must be in
    force at ``at``, too. Asks no server. Raises ``NotAPdf``, ``PdfLocked``, ``NoSignature``,
    ``SignatureUnreadable``.
    """
    found = signatures_in(opened(pdf))
    if not found:
        raise NoSignature
    is_issued = None if original is None else adds_only_signatures(pdf, original)
    try:
        return [_finding(one, list(roots), at, is_issued) for one in found]
    except UNREADABLE as broken:
        raise SignatureUnreadable from broken


def _finding(
    one: EmbeddedPdfSignature, roots: list[Certificate], at: datetime | None,
    is_issued: bool | None,
) -> SignatureFound:  # fmt: skip
    certificate: Certificate = one.signer_cert
    status, when = _judged(one, roots, at)
    return SignatureFound(
        signer=common_name(certificate.subject),
        issuer=common_name(certificate.issuer),
        serial=serial_of(certificate),
        signed_at=when.signed_at,
        by_timestamp=bool(when.stamped_by),
        timestamp_by=when.stamped_by,
        timestamp_trusted=when.stamp_trusted,
        intact=status.intact and status.valid,
        covers_file=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        changed_after=_is_changed(status),
        trusted=status.trusted if roots else None,
        valid_then=_valid_then(certificate, when, at),
        valid_from=certificate.not_valid_before,
        valid_until=certificate.not_valid_after,
        is_issued=is_issued,
        shown_on_page=_page_of(one),
    )


def _judged(
    one: EmbeddedPdfSignature, roots: list[Certificate], at: datetime | None
) -> tuple[PdfSignatureStatus, _Time]:
    """The library's verdict by the certificates in force at the time of signing."""
    claimed = one.self_reported_timestamp
    status = _asked(one, [], claimed or at)
    stamp = status.timestamp_validity
    if stamp is None or not (stamp.intact and stamp.valid):
        if roots:
            status = _asked(one, roots, claimed or at)
        return status, _Time(claimed, "", None)
    trusted = None
    if roots:
        status = _asked(one, roots, stamp.timestamp)
        again = status.timestamp_validity
        trusted = again is not None and again.trusted
    server = common_name(stamp.signing_cert.subject)
    return status, _Time(stamp.timestamp, server, trusted)


def _asked(
    one: EmbeddedPdfSignature, roots: list[Certificate], moment: datetime | None
) -> PdfSignatureStatus:
    # Where nobody says when, the certificate's first day stands in for the machine's clock.
    context = ValidationContext(
        trust_roots=roots, moment=moment or one.signer_cert.not_valid_before, allow_fetching=False
    )
    status: Any = in_own_loop(async_validate_pdf_signature(one, context, key_usage_settings=_USAGE))
    if not isinstance(status, PdfSignatureStatus):
        raise TypeError(status)
    return status


def _is_changed(status: PdfSignatureStatus) -> bool:
    whole = (SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION)
    return (
        status.coverage not in whole
        or status.modification_level not in _FURTHER_SIGNATURES
        or status.docmdp_ok is False
    )


def _valid_then(certificate: Certificate, when: _Time, at: datetime | None) -> bool:
    proven = when.stamped_by and when.stamp_trusted is not False
    moments = [when.signed_at] if proven else [when.signed_at, at]
    told = [moment for moment in moments if moment is not None]
    return bool(told) and all(in_force(certificate, moment) for moment in told)


def _page_of(one: EmbeddedPdfSignature) -> int | None:
    """The page, from 1, on which a signature shows; None for one that shows nowhere."""
    field = one.sig_field
    left, bottom, right, top = (float(side) for side in field.get("/Rect", (0, 0, 0, 0)))
    if left == right or bottom == top:
        return None
    reader = one.reader
    pages = [reader.find_page_for_modification(n)[0] for n in range(_count(reader))]
    return next((n for n, page in enumerate(pages, 1) if page == field.raw_get("/P")), 1)


def _count(reader: Any) -> int:
    return int(reader.root["/Pages"]["/Count"])
