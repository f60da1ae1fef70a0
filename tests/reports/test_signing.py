"""Signatures under a report's pdf: put, and refused."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from io import BytesIO

import pypdf
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import translation
from msgspec.structs import replace

from giaoban.reports.rendering.pdf.places import rooms_for_the_hand
from giaoban.reports.signing import pades
from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    KeyFileUnreadable,
    KeyMissing,
    NotAPdf,
    PasswordWrong,
    PdfLocked,
    SignedAlready,
    TimestampsSilent,
)
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import (
    PASSWORD,
    SIGNED_AT,
    SIGNER,
    Answer,
    at,
    authority,
    issue,
    of_another_digest,
    second_signer,
    signer,
    stamping,
    timestamp_server,
)
from tests.reports.sample import DOCUMENT
from tests.reports.signed import issued_pdf, sign, signed_pdf, the_one

DER = serialization.Encoding.DER


@pytest.fixture(scope="module")
def issued() -> bytes:
    return issued_pdf()


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signed_pdf()


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


# Putting one


def test_the_issued_bytes_stay_the_beginning(issued: bytes, signed: bytes) -> None:
    assert signed.startswith(issued)
    assert signed != issued
    found = the_one(signed, original=issued)
    assert (found.signer, found.issuer) == (SIGNER, "CA Thử nghiệm")
    assert found.serial == f"{signer().certificate.serial_number:X}".zfill(len(found.serial))
    assert found.signed_at == SIGNED_AT
    assert not found.by_timestamp
    assert found.intact
    assert found.covers_file
    assert not found.changed_after
    assert found.valid_then
    assert found.is_issued
    assert found.shown_on_page is None
    assert found.sound


def test_tags_and_archive_metadata_survive(issued: bytes, signed: bytes) -> None:
    before, after = (pypdf.PdfReader(BytesIO(pdf)) for pdf in (issued, signed))
    for key in ("/StructTreeRoot", "/MarkInfo", "/Lang", "/OutputIntents"):
        assert repr(read(after, key)) == repr(read(before, key)), key
    xmp = after.root_object["/Metadata"].get_data()
    assert b"pdfaid:part" in xmp
    assert xmp == before.root_object["/Metadata"].get_data()
    assert after.metadata == before.metadata
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]


def read(reader: pypdf.PdfReader, key: str) -> object:
    """An entry of the catalogue, written out down to the references in it."""
    out = BytesIO()
    reader.root_object[key].write_to_stream(out)
    return out.getvalue()


def test_a_signature_says_why_where_and_when(signed: bytes) -> None:
    fields = pypdf.PdfReader(BytesIO(signed)).get_fields()
    assert fields is not None
    told = fields["Signature1"]["/V"]
    assert told["/SubFilter"] == "/ETSI.CAdES.detached"
    assert told["/Reason"] == "Ban hành báo cáo"
    assert told["/Location"] == "Thạch Thất"
    assert told["/Name"] == SIGNER
    assert told["/M"] == "D:20181005090000+07'00'"


def test_it_signs_at_the_time_it_is_told_and_reads_no_clock(issued: bytes) -> None:
    long_ago = sign(issued, issue("Người cũ", authority(), since=at(2001), until=at(2002)),
                    at=at(2001, 6, 1))  # fmt: skip
    assert the_one(long_ago).signed_at == at(2001, 6, 1)
    assert set(re.findall(rb"D(?::|\\072)(\d{8})", long_ago[len(issued) :])) == {b"20010601"}


def test_with_a_timestamp_the_server_vouches_for_the_time(issued: bytes) -> None:
    with timestamp_server(stamping()) as address:
        stamped = sign(issued, timestamps=address)
    found = the_one(stamped, original=issued, roots=[authority().asn1])
    assert stamped.startswith(issued)
    assert found.by_timestamp
    assert found.timestamp_by == "TSA Thử nghiệm"
    assert found.timestamp_trusted
    assert found.signed_at == at(2018, 10, 5, 10)
    assert found.sound


def test_two_sign_one_after_the_other(issued: bytes, signed: bytes) -> None:
    both = sign(signed, second_signer())
    assert both.startswith(signed)
    first, second = validate(both, original=issued, roots=[authority().asn1])
    assert (first.covers_file, second.covers_file) == (False, True)
    assert [one.signer for one in (first, second)] == [SIGNER, "Đỗ Văn Ễ"]
    assert first.sound
    assert second.sound


def test_the_password_is_told_to_nobody(issued: bytes, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        signed = sign(issued)
        with pytest.raises(PasswordWrong) as refused:
            sign(issued, password="sai rồi")
    assert PASSWORD not in caplog.text
    assert "sai rồi" not in caplog.text + str(refused.value) + repr(refused.value.params)
    assert PASSWORD.encode() not in signed


def test_an_identity_card_number_is_not_told(signed: bytes) -> None:
    found = the_one(signed)
    assert "001180012345" not in repr(found) + found.summary


# The box


def test_a_box_shows_name_and_time_with_every_mark(issued: bytes) -> None:
    box = Box(page=1, left=110, top=200, width=80, height=14)
    shown = sign(issued, second_signer(), box=box)
    assert the_one(shown, original=issued).shown_on_page == 2
    [widget] = pypdf.PdfReader(BytesIO(shown)).pages[1]["/Annots"]
    left, _bottom, right, top = (float(side) for side in widget.get_object()["/Rect"])
    assert (left, right) == pytest.approx((110 / 25.4 * 72, 190 / 25.4 * 72), abs=1)
    assert top == pytest.approx((297 - 200) / 25.4 * 72, abs=1)
    text = drawn(shown, page=1)
    assert "Signed by: Đỗ Văn Ễ" in text
    assert "05/10/2018 09:00:00 +07:00" in text


def test_the_room_for_the_hand_is_above_the_name(issued: bytes) -> None:
    [room] = rooms_for_the_hand(DOCUMENT)
    page = pypdf.PdfReader(BytesIO(issued)).pages[room.page - 1]
    tops: dict[str, float] = {}

    def note(text: str, cm: list[float], tm: list[float], *_more: object) -> None:
        for word in ("TRƯỞNG BAN", "Nguyễn Văn Ước"):
            if word in text:
                tops[word] = 297 - (cm[3] * tm[5] + cm[5]) / 72 * 25.4

    page.extract_text(visitor_text=note)
    assert tops["TRƯỞNG BAN"] < room.top + 1 < room.top + room.height < tops["Nguyễn Văn Ước"] + 1
    assert room.height > 25
    assert rooms_for_the_hand(replace(DOCUMENT, foot=None)) == []


def drawn(pdf: bytes, page: int) -> str:
    """What the box of a signature says, by the typeface that it embeds."""
    sheet = pypdf.PdfReader(BytesIO(pdf)).pages[page]
    [box] = sheet["/Annots"]
    outer = box.get_object()["/AP"]["/N"]
    [inner] = [form.get_object() for form in outer["/Resources"]["/XObject"].values()]
    for font in inner["/Resources"]["/Font"].values():
        [below] = font["/DescendantFonts"]
        assert "TeXGyreTermes" in font["/BaseFont"]
        assert "/FontFile3" in below.get_object()["/FontDescriptor"]
    return str(sheet.extract_xform_text(inner, (0, 90, 180, 270), 200.0))


def test_without_a_box_the_page_stays_as_printed(issued: bytes, signed: bytes) -> None:
    before, after = (pypdf.PdfReader(BytesIO(pdf)).pages[0] for pdf in (issued, signed))
    assert after.get_contents().get_data() == before.get_contents().get_data()
    [widget] = after["/Annots"]
    # A point off the page: no screen reader comes to it, so it needs no tag (PDF/UA-1, 7.18.1);
    # printed and not hidden, as PDF/A-2 wants it (6.3.2).
    [x, y, *corner] = [float(side) for side in widget.get_object()["/Rect"]]
    assert [x, y] == corner
    assert x < float(after.cropbox.left)
    assert widget.get_object()["/F"] & 0b111 == 0b100


# What is refused when signing


def test_a_wrong_password_is_told_from_a_wrong_file(issued: bytes) -> None:
    with pytest.raises(PasswordWrong):
        sign(issued, password="mat khau cua Huyen uy")
    for other in (b"", b"no store at all", issued, signer().certificate.public_bytes(DER)):
        with pytest.raises(KeyFileUnreadable):
            sign(issued, p12=other)


def test_an_old_file_of_an_authority_signs_too(issued: bytes) -> None:
    old = (
        serialization.PrivateFormat.PKCS12.encryption_builder()
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())
        .build(PASSWORD.encode())
    )
    who = signer()
    kept = pkcs12.serialize_key_and_certificates(b"khoa", who.key, who.certificate, None, old)
    assert the_one(sign(issued, p12=kept)).intact
    with pytest.raises(PasswordWrong):
        sign(issued, p12=kept, password="")


def test_a_file_without_a_key_signs_nothing(issued: bytes) -> None:
    secret = serialization.BestAvailableEncryption(PASSWORD.encode())
    only = pkcs12.serialize_key_and_certificates(None, None, None, [signer().certificate], secret)
    with pytest.raises(KeyMissing):
        sign(issued, p12=only)


def test_a_certificate_out_of_force_signs_nothing(issued: bytes) -> None:
    with pytest.raises(CertificateExpired) as expired:
        sign(issued, at=at(2023, 1, 2))
    assert "01/01/2023" in str(expired.value)
    assert SIGNER in str(expired.value)
    with pytest.raises(CertificateNotYetValid):
        sign(issued, at=at(2017, 12, 31))


def test_nobody_signs_twice_with_one_certificate(signed: bytes) -> None:
    with pytest.raises(SignedAlready):
        sign(signed)


def test_only_a_pdf_is_signed(issued: bytes) -> None:
    for other in (b"", b"%PDF-1.7", b"PK\x03\x04", issued[:-200], b"x" + issued):
        with pytest.raises(NotAPdf):
            sign(other)
    locked = pypdf.PdfWriter(clone_from=BytesIO(issued))
    locked.encrypt("mật khẩu", algorithm="AES-256")
    out = BytesIO()
    locked.write(out)
    with pytest.raises(PdfLocked):
        sign(out.getvalue())


NONSENSE: dict[str, Answer] = {
    "an error": lambda asked: (500, b""),
    "no stamp": lambda asked: (200, b"<html>Login</html>"),
    "nothing": lambda asked: (200, b""),
    "another's stamp": of_another_digest(),
}


@pytest.mark.parametrize("answer", NONSENSE)
def test_a_server_that_gives_no_stamp_leaves_the_pdf_unsigned(issued: bytes, answer: str) -> None:
    with timestamp_server(NONSENSE[answer]) as address:
        with pytest.raises(TimestampsSilent) as refused:
            sign(issued, timestamps=address)
        assert address in str(refused.value)


def test_a_server_that_is_not_there_or_hangs_is_waited_for_briefly(
    issued: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    with timestamp_server(stamping()) as address:
        closed = address
    for nowhere in (closed, "http://", "tsa.example", "ftp://127.0.0.1/"):
        with pytest.raises(TimestampsSilent):
            sign(issued, timestamps=nowhere)

    monkeypatch.setattr(pades, "TIMESTAMP_SECONDS", 0.5)
    begun = time.monotonic()
    hanging = timestamp_server(lambda asked: (time.sleep(3) or 200, b""))
    with hanging as address, pytest.raises(TimestampsSilent):
        sign(issued, timestamps=address)
    assert time.monotonic() - begun < 5
