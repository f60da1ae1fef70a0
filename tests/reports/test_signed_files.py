"""Looking at a signed file: whose it is, and whether it is the report that was issued."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import typst
from cryptography.hazmat.primitives import serialization
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from giaoban.journal.errors import RuleBroken
from giaoban.reports.signing.certificates import trusted_roots
from giaoban.reports.signing.errors import (
    NoSignature,
    NotAPdf,
    PdfLocked,
    RootUnreadable,
    SignatureUnreadable,
)
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import (
    SIGNER,
    at,
    authority,
    issue,
    other_authority,
    signer,
    stamping,
    timestamp_server,
)
from tests.reports.signed import (
    hex_of_signature,
    issued_pdf,
    sign,
    signed_pdf,
    the_one,
    with_other_content,
    with_page,
)

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
def test_one_changed_byte_is_noticed(signed: bytes, data: st.DataObject) -> None:
    """In the report, or in what the signature says of itself."""
    place = data.draw(st.integers(0, len(signed) - 1))
    change = data.draw(st.integers(1, 255))
    bent = bytearray(signed)
    bent[place] ^= change
    inside = hex_of_signature(signed)
    if inside.start <= place < inside.stop:
        return  # the signature's own bytes: padding and spelling may differ, the rest is below
    try:
        found = validate(bytes(bent), original=signed)
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


def test_a_stripped_signature_is_none(issued: bytes, signed: bytes) -> None:
    with pytest.raises(NoSignature):
        validate(issued, original=issued)
    inside = hex_of_signature(signed)
    emptied = bytearray(signed)
    emptied[inside.start + 1 : inside.stop - 1] = b"0" * (len(inside) - 2)
    with pytest.raises(SignatureUnreadable):
        validate(bytes(emptied), original=issued)


@given(st.data())
def test_whatever_is_handed_in_is_answered_in_words(signed: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(signed)))
    length = data.draw(st.integers(0, 400))
    filling = data.draw(st.binary(max_size=40))
    bent = signed[:start] + filling + signed[start + length :]
    with suppress(RuleBroken):
        for found in validate(bent, original=signed, roots=[authority().asn1]):
            assert found.summary


def test_a_caller_may_sit_in_a_loop_of_its_own(signed: bytes) -> None:
    async def look() -> SignatureFound:
        return the_one(signed)

    assert asyncio.run(look()).intact


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
