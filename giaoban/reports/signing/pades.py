"""Putting a PAdES signature under a pdf; whatever holds the key, the rest is the same.

The signature is appended (an incremental update): the bytes that were issued stay the beginning
of the signed file, so that anybody can take them out again and compare.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import cms
from django.utils.translation import gettext as _
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import (
    InvisSigSettings,
    SigFieldSpec,
    SigSeedSubFilter,
    append_signature_field,
)
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper

from giaoban.reports.signing.appearance import Box, style_for
from giaoban.reports.signing.certificates import (
    Certificate,
    check_in_force,
    common_name,
    same,
)
from giaoban.reports.signing.errors import SignedAlready, TimestampsSilent
from giaoban.reports.signing.opening import opened, signatures_in
from giaoban.reports.signing.tagging import tag_field
from giaoban.vietnamese import VIETNAM_TIME

TIMESTAMP_SECONDS = 10
# Without a box: off the page, where PDF/UA asks for no tag, and not hidden, which PDF/A forbids.
_OUT_OF_SIGHT = InvisSigSettings(box_out_of_bounds=True)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is said with a signature: why, where, when; and the time-stamp server and the box."""

    reason: str
    place: str
    at: datetime
    timestamps: str | None = None
    box: Box | None = None


def put_signature(pdf: bytes, signer: Signer, wish: Wish) -> bytes:
    """The pdf followed by a signature: PAdES B-T with a time-stamp server, else B-B.

    Raises ``NotAPdf``, ``PdfLocked``, ``CertificateExpired``, ``CertificateNotYetValid``,
    ``SignedAlready``, ``TimestampsSilent``.
    """
    reader = opened(pdf)
    certificate: Certificate = signer.signing_cert
    check_in_force(certificate, wish.at)
    before = signatures_in(reader)
    if any(same(one.signer_cert, certificate) for one in before):
        raise SignedAlready(name=common_name(certificate.subject))
    name, field = common_name(certificate.subject), f"Signature{len(before) + 1}"
    told = _("Digital signature of {name}").format(name=name)
    stamper = None if wish.timestamps is None else _Stamper(wish.timestamps)
    writer, spec = _Appending(BytesIO(pdf)), _field(field, told, wish.box, reader)
    if wish.box is not None and not before:
        append_signature_field(writer, spec)
        tag_field(writer)
    pdf_signer = _Signing(
        PdfSignatureMetadata(
            field_name=field, subfilter=SigSeedSubFilter.PADES, reason=wish.reason,
            location=wish.place, name=name,
        ),
        signer=signer,
        timestamper=stamper,
        stamp_style=style_for(wish.box, name, wish.at),
        new_field_spec=spec,
    )  # fmt: skip
    pdf_signer.at = wish.at.astimezone(VIETNAM_TIME)
    signed = in_own_loop(pdf_signer.async_sign_pdf(writer, output=BytesIO()))
    return bytes(signed.getvalue())


def in_own_loop(work: Coroutine[Any, Any, Any]) -> Any:
    """Wait for what the library does asynchronously, in a thread of its own: the caller's may
    run a loop already."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        return beside.submit(asyncio.run, work).result()


class _Signing(PdfSigner):
    """A signer by the clock of the door."""

    at: datetime

    def init_signing_session(self, *args: Any, **options: Any) -> PdfSigningSession:
        """The library's session, which would read the machine's clock."""
        session = super().init_signing_session(*args, **options)
        session.system_time = self.at
        return session


class _Appending(IncrementalPdfFileWriter):
    """A writer that leaves the properties of the document as they were issued.

    The library would write the day of signing into them, twice and not always the same, which
    PDF/A does not allow; the signature itself says when.
    """

    def _update_meta(self) -> None:
        return


class _Stamper(HTTPTimeStamper):
    """A time-stamp server that is silent, or answers with anything but a stamp, is a refusal."""

    def __init__(self, address: str) -> None:
        super().__init__(address, timeout=TIMESTAMP_SECONDS)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A stamp over the digest. Raises ``TimestampsSilent``."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            stamped = token["content"]["encap_content_info"]["content"].parsed
            right = stamped["message_imprint"]["hashed_message"].native == message_digest
        # What a server may answer is anything; the library stumbles over some of it.
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as broken:
            raise TimestampsSilent(address=self.url) from broken
        if not right:
            raise TimestampsSilent(address=self.url)
        return token


def _field(name: str, told: str, box: Box | None, reader: PdfFileReader) -> SigFieldSpec:
    if box is None:
        return SigFieldSpec(name, readable_field_name=told, invis_sig_settings=_OUT_OF_SIGHT)
    return SigFieldSpec(name, on_page=box.page, box=box.in_points(reader), readable_field_name=told)
