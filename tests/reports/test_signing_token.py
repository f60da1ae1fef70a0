"""Signing with a key on a token, against SoftHSM, which stands for the makers' own libraries.

Where it is not installed these tests are skipped and say so; with TOKEN=needed that is a failure.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
import typst
from django.utils import translation
from pkcs11.util.rsa import decode_rsa_private_key
from pkcs11.util.x509 import decode_x509_certificate

from giaoban.reports.signing.by_token import sign_with_token
from giaoban.reports.signing.errors import (
    CertificateExpired,
    KeyMissing,
    LibraryMissing,
    PinLocked,
    PinWrong,
    SignedAlready,
    TokenMissing,
)
from giaoban.reports.signing.validation import validate
from tests.reports.authorities import (
    SIGNED_AT,
    SIGNER,
    Identity,
    at,
    authority,
    issue,
    second_signer,
    signer,
    stamping,
    timestamp_server,
)

PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
    "/usr/lib64/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)  # fmt: skip
TOKEN, PIN, KEY = "Thẻ ký số", "12345678", "Khóa ký"


@pytest.fixture(scope="module")
def library() -> Path:
    """SoftHSM, or a skip that says so; where a token is needed its absence is a failure."""
    found = [Path(place) for place in PLACES if Path(place).exists()]
    if not found:
        if os.environ.get("TOKEN") == "needed":
            raise AssertionError("no SoftHSM: apt-get install softhsm2")
        pytest.skip("no SoftHSM: apt-get install softhsm2")
    return found[0]


@pytest.fixture(scope="module")
def token(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A token with the signer's key, its certificate and its authority's, and a second person's."""
    home = tmp_path_factory.mktemp("softhsm")
    (home / "tokens").mkdir()
    settings = home / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {home / 'tokens'}\nlog.level = ERROR\n")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(settings)
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", TOKEN, "--pin", PIN,
         "--so-pin", "87654321"], check=True, capture_output=True,
    )  # fmt: skip
    with pkcs11.lib(str(library)).get_token(token_label=TOKEN).open(user_pin=PIN, rw=True) as open_:
        put(open_, KEY, signer())
        put(open_, "Hết hạn", issue("Người cũ", authority(), since=at(2010), until=at(2011)))
        put(open_, "Không khóa", second_signer(), with_key=False)
        put(open_, "CA", authority(), with_key=False)
    yield TOKEN
    pkcs11.unload(str(library))
    if before is None:
        del os.environ["SOFTHSM2_CONF"]
    else:
        os.environ["SOFTHSM2_CONF"] = before


def put(session: pkcs11.Session, label: str, who: Identity, *, with_key: bool = True) -> None:
    """Store a certificate on the token, and its key."""
    kept = {pkcs11.Attribute.LABEL: label, pkcs11.Attribute.TOKEN: True}
    session.create_object(decode_x509_certificate(who.asn1.dump()) | kept)
    if with_key:
        key = decode_rsa_private_key(who.asn1_key["private_key"].parsed.dump())
        session.create_object(key | kept | {pkcs11.Attribute.SENSITIVE: True})


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture(scope="module")
def issued() -> bytes:
    return bytes(typst.compile(b"= 134", format="pdf", pdf_standards=["a-2a"]))


def sign(pdf: bytes, library: Path, **more: object) -> bytes:
    told: dict[str, object] = {
        "library": library, "token": TOKEN, "key": KEY, "pin": PIN, "reason": "Ban hành",
        "place": "Thạch Thất", "at": SIGNED_AT,
    }  # fmt: skip
    return sign_with_token(pdf, **(told | more))


def test_a_token_signs_and_its_chain_goes_along(issued: bytes, library: Path, token: str) -> None:
    signed = sign(issued, library)
    assert signed.startswith(issued)
    [found] = validate(signed, original=issued, roots=[authority().asn1])
    assert (found.signer, found.signed_at) == (SIGNER, SIGNED_AT)
    assert found.sound
    assert found.is_issued


def test_nobody_elses_certificate_goes_along(issued: bytes, library: Path, token: str) -> None:
    signed = sign(issued, library)
    assert authority().asn1.dump().hex() in signed.decode("latin-1").lower()
    assert second_signer().asn1.dump().hex() not in signed.decode("latin-1").lower()


def test_a_token_signs_with_a_timestamp(issued: bytes, library: Path, token: str) -> None:
    with timestamp_server(stamping()) as address:
        signed = sign(issued, library, timestamps=address)
    [found] = validate(signed, original=issued, roots=[authority().asn1])
    assert found.by_timestamp
    assert found.sound


def test_what_is_missing_is_told(issued: bytes, library: Path, token: str, tmp_path: Path) -> None:
    no_library = tmp_path / "nowhere.so"
    with pytest.raises(LibraryMissing, match=r"nowhere\.so"):
        sign(issued, no_library)
    no_library.write_text("no library")
    with pytest.raises(LibraryMissing):
        sign(issued, no_library)
    with pytest.raises(TokenMissing, match="Thẻ khác"):
        sign(issued, library, token="Thẻ khác")
    for label in ("Khóa khác", "Không khóa"):
        with pytest.raises(KeyMissing, match=label):
            sign(issued, library, key=label)


@pytest.mark.parametrize("pin", ["00000000", "", "1", "x" * 300, "mật khẩu"])
def test_a_wrong_pin_is_told_and_the_right_one_still_works(
    issued: bytes, library: Path, token: str, pin: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(PinWrong) as refused:
        sign(issued, library, pin=pin)
    assert refused.value.params == {}
    assert validate(sign(issued, library))
    assert PIN not in caplog.text


def test_a_locked_pin_is_told(
    issued: bytes, token: str, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SoftHSM never locks; a makers' token does, and says so when it is opened."""

    class Locked:
        label, serial = TOKEN, b""

        def get_token(self) -> Locked:
            return self

        def open(self, **told: object) -> None:
            raise pkcs11.PinLocked

    class Makers:
        def get_slots(self, **told: object) -> list[Locked]:
            return [Locked()]

    monkeypatch.setattr(pkcs11, "lib", lambda path: Makers())
    with pytest.raises(PinLocked):
        sign(issued, library)


def test_the_same_rules_hold_as_for_a_file(issued: bytes, library: Path, token: str) -> None:
    with pytest.raises(CertificateExpired):
        sign(issued, library, key="Hết hạn")
    with pytest.raises(SignedAlready):
        sign(sign(issued, library), library)
