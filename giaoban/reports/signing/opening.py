"""Opening a pdf that somebody hands in, and the signatures found in it."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from giaoban.reports.signing.errors import NotAPdf, PdfLocked, SignatureUnreadable

# What the library raises on bytes that were cut, mixed up or made to deceive.
UNREADABLE = (
    PdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, AssertionError,
    RecursionError, OverflowError, NotImplementedError, OSError,
)  # fmt: skip


def opened(pdf: bytes) -> PdfFileReader:
    """A reader of the pdf. Raises ``NotAPdf``, ``PdfLocked``."""
    if not pdf.startswith(b"%PDF-"):
        raise NotAPdf
    try:
        reader = PdfFileReader(BytesIO(pdf))
        pages = reader.root["/Pages"]["/Count"]
    except UNREADABLE as broken:
        raise NotAPdf from broken
    if reader.encrypted:
        raise PdfLocked
    if int(pages) < 1:
        raise NotAPdf
    return reader


def signatures_in(reader: PdfFileReader) -> list[EmbeddedPdfSignature]:
    """The signatures of a pdf in the order they were put, without time-stamps of their own.

    Raises ``SignatureUnreadable`` where the frame of one is there and its content is not.
    """
    try:
        return list(reader.embedded_regular_signatures)
    except UNREADABLE as broken:
        raise SignatureUnreadable from broken
