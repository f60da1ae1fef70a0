"""Certificates made for the tests, and a time-stamp server on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import tsp
from asn1crypto.keys import PrivateKeyInfo
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from giaoban.reports.signing.certificates import Certificate
from giaoban.vietnamese import VIETNAM_TIME

SIGNER = "Nguyễn Thị Ước Hẹn"
PASSWORD = "mật khẩu của Huyện ủy"
DER = serialization.Encoding.DER


def at(year: int, month: int = 1, day: int = 1, hour: int = 9) -> datetime:
    """An instant in Vietnam."""
    return datetime(year, month, day, hour, tzinfo=VIETNAM_TIME)


SIGNED_AT, STAMPED_AT = at(2018, 10, 5), at(2018, 10, 5, 10)
SINCE, UNTIL = at(2018), at(2023)


@dataclass(frozen=True)
class Identity:
    """A certificate with its key, and the authority above it."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey
    issuer: Identity | None = None

    @property
    def asn1(self) -> Certificate:
        """The certificate as signing speaks of it."""
        return Certificate.load(self.certificate.public_bytes(DER))

    @property
    def asn1_key(self) -> PrivateKeyInfo:
        plain = serialization.NoEncryption()
        pkcs8 = serialization.PrivateFormat.PKCS8
        return PrivateKeyInfo.load(self.key.private_bytes(DER, pkcs8, plain))

    def pem_key(self) -> bytes:
        """The key as servers read it."""
        pkcs8 = serialization.PrivateFormat.PKCS8
        plain = serialization.NoEncryption()
        return self.key.private_bytes(serialization.Encoding.PEM, pkcs8, plain)

    def p12(self, password: str = PASSWORD) -> bytes:
        """The file that an authority would give."""
        # A file that authorities give takes a tenth of a second to open; these are opened often.
        secret = (
            serialization.PrivateFormat.PKCS12.encryption_builder()
            .kdf_rounds(2000)
            .key_cert_algorithm(pkcs12.PBES.PBESv2SHA256AndAES256CBC)
            .hmac_hash(hashes.SHA256())
            .build(password.encode())
        )
        above = [self.issuer.certificate] if self.issuer else None
        return pkcs12.serialize_key_and_certificates(
            b"khoa", self.key, self.certificate, above, secret
        )


def _name(common: str, number: str = "") -> x509.Name:
    parts = [(NameOID.COUNTRY_NAME, "VN"), (NameOID.COMMON_NAME, common)]
    if number:
        parts.insert(0, (NameOID.USER_ID, number))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def issue(
    common: str, by: Identity | None = None, *, authority: bool = False, stamps: bool = False,
    since: datetime = SINCE, until: datetime = UNTIL, number: str = "",
) -> Identity:  # fmt: skip
    """A certificate: an authority's own, one that it issues, or a time-stamp server's."""
    key = rsa.generate_private_key(65537, 2048)
    subject = _name(common, number)
    above, signing_key = (by.certificate.subject, by.key) if by else (subject, key)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only"), False,
    ) | {"digital_signature": not authority, "content_commitment": not authority,
         "key_cert_sign": authority, "crl_sign": authority}  # fmt: skip
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(above)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing_key.public_key()), False
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
    )
    if stamps:
        stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(stamping, critical=True)
    return Identity(made.sign(signing_key, hashes.SHA256()), key, by)


@cache
def authority() -> Identity:
    """The office's authority."""
    return issue("CA Thử nghiệm", authority=True, since=at(2010), until=at(2040))


@cache
def other_authority() -> Identity:
    """An authority that the office does not trust."""
    return issue("CA Khác", authority=True, since=at(2010), until=at(2040))


@cache
def signer() -> Identity:
    """Who signs in 2018, with the number of an identity card in the certificate, as is usual."""
    return issue(SIGNER, authority(), number="CCCD:001180012345")


@cache
def second_signer() -> Identity:
    return issue("Đỗ Văn Ễ", authority())


@cache
def stamper() -> Identity:
    """The time-stamp server's certificate, by the same authority."""
    return issue("TSA Thử nghiệm", authority(), stamps=True, until=at(2030))


Answer = Callable[[bytes], tuple[int, bytes]]


def stamping(moment: datetime = STAMPED_AT, by: Identity | None = None) -> Answer:
    """An answer that stamps every digest with an instant."""
    who = by or stamper()
    dummy = DummyTimeStamper(who.asn1, who.asn1_key, fixed_dt=moment)

    def answer(asked: bytes) -> tuple[int, bytes]:
        return 200, dummy.request_tsa_response(tsp.TimeStampReq.load(asked)).dump()

    return answer


def of_another_digest() -> Answer:
    """An answer with a stamp over something else."""
    right = stamping()

    def answer(asked: bytes) -> tuple[int, bytes]:
        request = tsp.TimeStampReq.load(asked)
        request["message_imprint"]["hashed_message"] = bytes(32)
        return right(request.dump(force=True))

    return answer


@contextmanager
def timestamp_server(answer: Answer) -> Iterator[str]:
    """A time-stamp server on this machine; gives its address."""

    class Stamps(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body = answer(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *told: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stamps)
    server.daemon_threads = True
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    serving.join()
