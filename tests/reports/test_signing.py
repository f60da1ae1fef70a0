"""Signatures under a report's pdf: put, looked at, and refused."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
import typst
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject

from giaoban.journal.errors import RuleBroken
from giaoban.reports.signing import pades
from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.by_file import sign_with_file
from giaoban.reports.signing.certificates import trusted_roots
from giaoban.reports.signing.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    KeyFileUnreadable,
    KeyMissing,
    NoSignature,
    NotAPdf,
    PasswordWrong,
    PdfLocked,
    RootUnreadable,
    SignatureUnreadable,
    SignedAlready,
    TimestampsSilent,
)
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import (
    PASSWORD,
    SIGNED_AT,
    SIGNER,
    Answer,
    Identity,
    at,
    authority,
    issue,
    of_another_digest,
    other_authority,
    second_signer,
    signer,
    stamping,
    timestamp_server,
)

DER = serialization.Encoding.DER
REPORT = """
#set document(title: "Báo cáo", date: datetime(year: 2018, month: 10, day: 5))
#set text(lang: "vi")
= BÁO CÁO
Kết nạp 134 đảng viên.
#pagebreak()
Nguyễn Văn Ước
"""


@pytest.fixture(scope="module")
def issued() -> bytes:
    """A report's pdf: tagged, PDF/A-2a."""
    return bytes(typst.compile(REPORT.encode(), format="pdf", pdf_standards=["a-2a"]))


@pytest.fixture(scope="module")
def signed(issued: bytes) -> bytes:
    return sign(issued)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def sign(pdf: bytes, who: Identity | None = None, **more: object) -> bytes:
    """The pdf signed by somebody, the usual signer by default."""
    told: dict[str, object] = {
        "p12": (who or signer()).p12(), "password": PASSWORD, "reason": "Ban hành báo cáo",
        "place": "Thạch Thất", "at": SIGNED_AT,
    }  # fmt: skip
    return sign_with_file(pdf, **(told | more))  # type: ignore[arg-type]


def the_one(pdf: bytes, **more: object) -> SignatureFound:
    """The only signature of a file."""
    [found] = validate(pdf, **more)  # type: ignore[arg-type]
    return found


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
    xmp = after.root_object["/Metadata"].get_data()  # type: ignore[attr-defined]
    assert b"pdfaid:part" in xmp
    assert xmp == before.root_object["/Metadata"].get_data()  # type: ignore[attr-defined]
    assert after.metadata == before.metadata
    assert [page.extract_text() for page in after.pages] == [
        page.extract_text() for page in before.pages
    ]


def read(reader: pypdf.PdfReader, key: str) -> object:
    """An entry of the catalogue, written out down to the references in it."""
    out = BytesIO()
    reader.root_object[key].write_to_stream(out)  # type: ignore[attr-defined]
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
    shown = sign(issued, second_signer(), box=Box(page=1, left=110, top=200))
    assert the_one(shown, original=issued).shown_on_page == 2
    [box] = pypdf.PdfReader(BytesIO(shown)).pages[1]["/Annots"]  # type: ignore[attr-defined]
    left, _bottom, right, top = (float(side) for side in box.get_object()["/Rect"])
    assert (left, right) == pytest.approx((110 / 25.4 * 72, 190 / 25.4 * 72), abs=1)
    assert top == pytest.approx((297 - 200) / 25.4 * 72, abs=1)
    text = drawn(shown, page=1)
    assert "Signed by: Đỗ Văn Ễ" in text
    assert "05/10/2018 09:00:00 +07:00" in text


def drawn(pdf: bytes, page: int) -> str:
    """What the box of a signature says, by the typeface that it embeds."""
    sheet = pypdf.PdfReader(BytesIO(pdf)).pages[page]
    [box] = sheet["/Annots"]  # type: ignore[attr-defined]
    outer = box.get_object()["/AP"]["/N"]
    [inner] = [form.get_object() for form in outer["/Resources"]["/XObject"].values()]
    for font in inner["/Resources"]["/Font"].values():
        [below] = font["/DescendantFonts"]
        assert "TeXGyreTermes" in font["/BaseFont"]
        assert "/FontFile3" in below.get_object()["/FontDescriptor"]
    return str(sheet.extract_xform_text(inner, (0, 90, 180, 270), 200.0))


def test_without_a_box_the_page_stays_as_printed(issued: bytes, signed: bytes) -> None:
    before, after = (pypdf.PdfReader(BytesIO(pdf)).pages[0] for pdf in (issued, signed))
    assert after.get_contents().get_data() == before.get_contents().get_data()  # type: ignore[union-attr]
    [widget] = after["/Annots"]  # type: ignore[attr-defined]
    assert [float(side) for side in widget.get_object()["/Rect"]] == [0, 0, 0, 0]


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


# Looking at one


def test_trust_is_claimed_only_by_roots_that_are_given(issued: bytes, signed: bytes) -> None:
    unknown = the_one(signed)
    assert unknown.trusted is None
    assert "unknown" in unknown.summary
    by_another = the_one(signed, roots=[other_authority().asn1])
    assert by_another.trusted is False
    assert not by_another.sound
    assert by_another.intact
    trusted = the_one(signed, roots=[other_authority().asn1, authority().asn1])
    assert trusted.trusted
    stranger = sign(issued, issue(SIGNER, other_authority()))
    assert the_one(stranger, roots=[authority().asn1]).trusted is False


def test_a_stamp_by_a_stranger_proves_no_time(issued: bytes) -> None:
    foreign = issue("TSA Khác", other_authority(), stamps=True)
    with timestamp_server(stamping(by=foreign)) as address:
        stamped = sign(issued, timestamps=address)
    found = the_one(stamped, roots=[authority().asn1], at=at(2024))
    assert found.timestamp_trusted is False
    assert not found.valid_then
    assert not found.sound


def test_a_claimed_time_is_believed_only_while_the_certificate_is_in_force(
    issued: bytes, signed: bytes
) -> None:
    assert the_one(signed, at=at(2022)).valid_then
    later = the_one(signed, at=at(2024))
    assert not later.valid_then
    assert "01/01/2023" in later.summary
    with timestamp_server(stamping()) as address:
        stamped = sign(issued, timestamps=address)
    assert the_one(stamped, at=at(2024), roots=[authority().asn1]).valid_then


def test_a_time_after_the_certificates_is_told(issued: bytes) -> None:
    """The signer's machine may claim any day; the stamp is later than the certificate allows."""
    with timestamp_server(stamping(at(2023, 6, 1))) as address:
        late = sign(issued, timestamps=address)
    found = the_one(late, roots=[authority().asn1])
    assert found.signed_at == at(2023, 6, 1)
    assert not found.valid_then
    assert not found.sound


@given(st.data())
def test_one_changed_byte_is_noticed(signed_here: bytes, data: st.DataObject) -> None:
    """In the report, or in what the signature says of itself."""
    place = data.draw(st.integers(0, len(signed_here) - 1))
    change = data.draw(st.integers(1, 255))
    bent = bytearray(signed_here)
    bent[place] ^= change
    inside = hex_of_signature(signed_here)
    if inside.start <= place < inside.stop:
        return  # the signature's own bytes: padding and spelling may differ, the rest is below
    try:
        found = validate(bytes(bent), original=signed_here)
    except (NotAPdf, NoSignature, SignatureUnreadable, PdfLocked):
        return
    assert not any(one.holds for one in found)
    assert not any(one.is_issued for one in found)


def test_a_changed_signature_value_is_noticed(signed: bytes) -> None:
    inside = hex_of_signature(signed)
    digits = signed[inside.start + 1 : inside.stop - 1].rstrip(b"0")
    digit = inside.start + len(digits) - 40  # in the signer's value, the last of the structure
    bent = bytearray(signed)
    bent[digit] = ord("1") if bent[digit] != ord("1") else ord("2")
    assert not the_one(bytes(bent)).intact


def hex_of_signature(pdf: bytes) -> range:
    """Where the hexadecimal signature stands, with its angle brackets."""
    found = re.search(rb"/Contents (<[0-9A-Fa-f]{1000,}>)", pdf)
    assert found is not None
    return range(*found.span(1))


@pytest.fixture(scope="module")
def signed_here(signed: bytes) -> bytes:
    return signed


def test_a_page_appended_after_signing_is_noticed(issued: bytes, signed: bytes) -> None:
    longer = with_page(signed)
    assert longer.startswith(signed)
    found = the_one(longer, original=issued)
    assert found.intact
    assert found.changed_after
    assert found.is_issued is False
    assert not found.holds
    assert "added" in found.summary


def test_a_report_changed_before_signing_is_not_the_one_issued(issued: bytes) -> None:
    """It begins with the issued bytes, and its signature is in order: that is not enough."""
    changed = with_page(issued)
    assert changed.startswith(issued)
    found = the_one(sign(changed), original=issued)
    assert found.intact
    assert found.covers_file
    assert found.is_issued is False
    assert not found.sound
    redrawn = sign(with_other_content(issued))
    assert redrawn.startswith(issued)
    assert the_one(redrawn, original=issued).is_issued is False


def test_another_document_is_not_the_one_issued(issued: bytes) -> None:
    other = bytes(typst.compile(b"= Other", format="pdf"))
    assert the_one(sign(other), original=issued).is_issued is False


def test_what_goes_around_the_issued_bytes_is_not_the_one_issued(issued: bytes) -> None:
    """Another whole pdf behind the issued one: a reader would show only that."""
    other = bytes(typst.compile(b"= Other", format="pdf"))
    hidden = sign(other)
    try:
        found = validate(issued + b"\n" + hidden, original=issued)
    except (NotAPdf, NoSignature, SignatureUnreadable):
        return
    assert not any(one.is_issued for one in found)


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


def test_a_stripped_signature_is_none(issued: bytes, signed: bytes) -> None:
    with pytest.raises(NoSignature):
        validate(issued, original=issued)
    inside = hex_of_signature(signed)
    emptied = bytearray(signed)
    emptied[inside.start + 1 : inside.stop - 1] = b"0" * (len(inside) - 2)
    with pytest.raises(SignatureUnreadable):
        validate(bytes(emptied), original=issued)


@given(st.data())
def test_whatever_is_handed_in_is_answered_in_words(
    signed_here: bytes, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(signed_here)))
    length = data.draw(st.integers(0, 400))
    filling = data.draw(st.binary(max_size=40))
    bent = signed_here[:start] + filling + signed_here[start + length :]
    with suppress(RuleBroken):
        for found in validate(bent, original=signed_here, roots=[authority().asn1]):
            assert found.summary


# The roots


def test_roots_are_the_certificates_of_a_folder(tmp_path: Path) -> None:
    assert trusted_roots(None) == []
    pem, der = (serialization.Encoding.PEM, DER)
    (tmp_path / "a.pem").write_bytes(
        authority().certificate.public_bytes(pem) + signer().certificate.public_bytes(pem)
    )
    (tmp_path / "b.CER").write_bytes(other_authority().certificate.public_bytes(der))
    (tmp_path / "README.txt").write_text("not a certificate")
    assert [root.dump() for root in trusted_roots(tmp_path)] == [
        who.asn1.dump() for who in (authority(), signer(), other_authority())
    ]


def test_a_root_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(RootUnreadable):
        trusted_roots(tmp_path / "nowhere")
    for content in (b"", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"):
        (tmp_path / "bad.crt").write_bytes(content)
        with pytest.raises(RootUnreadable, match=r"bad\.crt"):
            trusted_roots(tmp_path)
