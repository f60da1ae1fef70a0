"""Signing with a key in a file: PKCS#12, as authorities give it (.p12, .pfx)."""

from __future__ import annotations

from datetime import datetime

from asn1crypto import pkcs12 as asn1_pkcs12
from cryptography.hazmat.primitives.serialization import pkcs12
from django.utils.translation import gettext as _
from pyhanko.sign.signers import SimpleSigner

from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.errors import KeyFileUnreadable, KeyMissing, PasswordWrong
from giaoban.reports.signing.pades import Wish, put_signature


def sign_with_file(
    pdf: bytes, *, p12: bytes, password: str, reason: str, place: str, at: datetime,
    timestamps: str | None = None, box: Box | None = None,
) -> bytes:  # fmt: skip
    """The pdf signed with the key of a file; its own bytes stand unchanged at the beginning.

    ``timestamps`` is the address of a time-stamp server (RFC 3161). The password is used once and
    kept nowhere. Raises ``KeyFileUnreadable``, ``PasswordWrong``, ``KeyMissing``, and as
    ``put_signature``.
    """
    wish = Wish(reason=reason, place=place, at=at, timestamps=timestamps, box=box)
    return put_signature(pdf, _signer(p12, password), wish)


def _signer(p12: bytes, password: str) -> SimpleSigner:
    _check_form(p12)
    secret = password.encode() or None
    try:
        key, certificate, _others = pkcs12.load_key_and_certificates(p12, secret)
    except ValueError as refused:
        raise PasswordWrong from refused
    if key is None or certificate is None:
        raise KeyMissing(place=_("the file"))
    signer: SimpleSigner = SimpleSigner.load_pkcs12_data(p12, [], secret)
    return signer


def _check_form(p12: bytes) -> None:
    """Refuse what is no store of keys, before a password is blamed."""
    try:
        store = asn1_pkcs12.Pfx.load(p12, strict=True)
        readable = store["version"].native == "v3" and store["auth_safe"]["content"] is not None
    except (ValueError, TypeError, KeyError) as broken:
        raise KeyFileUnreadable from broken
    if not readable:
        raise KeyFileUnreadable
