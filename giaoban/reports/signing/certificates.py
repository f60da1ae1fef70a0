"""Certificates as an office speaks of them: whose, by whom, valid when; and the trusted roots."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from asn1crypto import x509
from pyhanko.keys import load_certs_from_pemder

from giaoban.reports.signing.errors import (
    CertificateExpired,
    CertificateNotYetValid,
    RootUnreadable,
)

Certificate: TypeAlias = x509.Certificate
# The standard has room for 64 letters; whoever makes a certificate may put in any number.
NAME_LENGTH = 200
_ENDINGS = (".pem", ".crt", ".cer", ".der")


def common_name(name: Any) -> str:
    """What a subject or issuer is called: its common name, or failing that its organisation.

    Names of persons carry the number of their identity card beside it, which is told to nobody.
    """
    told = name.native
    for part in ("common_name", "organization_name", "organizational_unit_name"):
        if part in told:
            found = told[part]
            # A name may have several of a kind; the first is the nearest to the person.
            return str(found if isinstance(found, str) else found[0])[:NAME_LENGTH]
    return "–"


def serial_of(certificate: Certificate) -> str:
    """A certificate's number as authorities print it: hexadecimal, an even number of digits."""
    digits = f"{certificate.serial_number:X}"
    return digits.zfill(len(digits) + len(digits) % 2)


def same(one: Certificate, other: Certificate) -> bool:
    """Whether two are the same certificate."""
    return bool(one.dump() == other.dump())


def in_force(certificate: Certificate, at: datetime) -> bool:
    """Whether a certificate is valid at an instant, by its own dates."""
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def check_in_force(certificate: Certificate, at: datetime) -> None:
    """Refuse a certificate that is not valid at an instant.

    Raises ``CertificateNotYetValid``, ``CertificateExpired``.
    """
    name = common_name(certificate.subject)
    if at < certificate.not_valid_before:
        raise CertificateNotYetValid(name=name, since=certificate.not_valid_before)
    if at > certificate.not_valid_after:
        raise CertificateExpired(name=name, until=certificate.not_valid_after)


def trusted_roots(folder: Path | None) -> list[Certificate]:
    """The certificates in a folder (PEM or DER); none where no folder is named.

    Raises ``RootUnreadable`` for a folder or file that holds none: a root that is silently left
    out would make good signatures look bad.
    """
    if folder is None:
        return []
    if not folder.is_dir():
        raise RootUnreadable(file=folder)
    return [one for file in _files(folder) for one in _read(file)]


def _files(folder: Path) -> Iterable[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix.lower() in _ENDINGS)


def _read(file: Path) -> list[Certificate]:
    try:
        found = list(load_certs_from_pemder([str(file)]))
        for one in found:
            common_name(one.subject)  # parsed lazily: what is no certificate shows only now
    except (OSError, ValueError, TypeError) as broken:
        raise RootUnreadable(file=file) from broken
    if not found:
        raise RootUnreadable(file=file)
    return found
