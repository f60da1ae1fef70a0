"""A report's pdf, signed for the tests of signatures, and what somebody may do to it."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from giaoban.reports.rendering.rendition import Form, render
from giaoban.reports.signing.by_file import sign_with_file
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import PASSWORD, SIGNED_AT, Identity, signer
from tests.reports.sample import DOCUMENT


@cache
def issued_pdf() -> bytes:
    """A report's pdf: tagged, PDF/A-2a."""
    return render(DOCUMENT, Form.PDF)


@cache
def signed_pdf() -> bytes:
    """The same, signed by the usual signer."""
    return sign(issued_pdf())


def sign(pdf: bytes, who: Identity | None = None, **more: object) -> bytes:
    """The pdf signed by somebody, the usual signer by default."""
    told: dict[str, object] = {
        "p12": (who or signer()).p12(), "password": PASSWORD, "reason": "Ban hành báo cáo",
        "place": "Thạch Thất", "at": SIGNED_AT,
    }  # fmt: skip
    return sign_with_file(pdf, **(told | more))


def the_one(pdf: bytes, **more: object) -> SignatureFound:
    """The only signature of a file."""
    [found] = validate(pdf, **more)
    return found


def hex_of_signature(pdf: bytes) -> range:
    """Where the hexadecimal signature stands, with its angle brackets."""
    found = re.search(rb"/Contents (<[0-9A-Fa-f]{1000,}>)", pdf)
    assert found is not None
    return range(*found.span(1))


def with_page(pdf: bytes) -> bytes:
    """The pdf with a page appended, as an update."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    content = writer.add_object(StreamObject(stream_data=b"0 0 100 100 re f"))
    writer.insert_page(PageObject(contents=content, media_box=(0, 0, 595, 842)))
    return _written(writer)


def with_other_content(pdf: bytes) -> bytes:
    """The pdf with another first page, as an update."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    page = writer.find_page_for_modification(0)[0].get_object()
    assert isinstance(page, DictionaryObject)
    page[pdf_name("/Contents")] = writer.add_object(StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)
    return _written(writer)


def _written(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
