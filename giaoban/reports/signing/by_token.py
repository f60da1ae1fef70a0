"""Signing with a key on a token (PKCS#11): the key never leaves it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pkcs11
from django.utils.translation import gettext as _
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, find_token

from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.certificates import Certificate
from giaoban.reports.signing.errors import (
    KeyMissing,
    LibraryMissing,
    PinLocked,
    PinWrong,
    TokenBroken,
    TokenMissing,
)
from giaoban.reports.signing.pades import Wish, put_signature

_WRONG_PIN = (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid)


def sign_with_token(
    pdf: bytes, *, library: Path, token: str, key: str, pin: str, reason: str, place: str,
    at: datetime, timestamps: str | None = None, box: Box | None = None,
) -> bytes:  # fmt: skip
    """The pdf signed with a token's key; its own bytes stand unchanged at the beginning.

    ``library`` is the maker's PKCS#11 module, ``token`` and ``key`` are labels; the certificate
    bears the key's label. Raises ``LibraryMissing``, ``TokenMissing``, ``PinWrong``, ``PinLocked``,
    ``KeyMissing``, ``TokenBroken``, and as ``put_signature``.
    """
    wish = Wish(reason=reason, place=place, at=at, timestamps=timestamps, box=box)
    with _session(library, token, pin) as session:
        try:
            signer = _signer(session, token, key)
            return put_signature(pdf, signer, wish)
        except pkcs11.PKCS11Error as broken:
            raise TokenBroken(token=token, reason=type(broken).__name__) from broken


@contextmanager
def _session(library: Path, token: str, pin: str) -> Iterator[pkcs11.Session]:
    try:
        slots = pkcs11.lib(str(library)).get_slots(token_present=True)
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as missing:
        raise LibraryMissing(library=library) from missing
    found = find_token(slots, token_criteria=TokenCriteria(label=token)) if slots else None
    if found is None:
        raise TokenMissing(token=token)
    try:
        session = found.open(user_pin=pin)
    except _WRONG_PIN as wrong:
        raise PinWrong from wrong
    except pkcs11.PinLocked as locked:
        raise PinLocked from locked
    except pkcs11.PKCS11Error as broken:
        raise TokenBroken(token=token, reason=type(broken).__name__) from broken
    with session:
        yield session


def _signer(session: pkcs11.Session, token: str, key: str) -> PKCS11Signer:
    """The token's signer; refuses one whose key or certificate is not there, or there twice."""
    keys = _objects(session, pkcs11.ObjectClass.PRIVATE_KEY, key)
    found = [_certificate(one) for one in _objects(session, pkcs11.ObjectClass.CERTIFICATE, key)]
    if len(keys) != 1 or len(found) != 1:
        raise KeyMissing(place=_("the token {token} under the label {key}").format(
            token=token, key=key
        ))  # fmt: skip
    others = [_certificate(one) for one in _objects(session, pkcs11.ObjectClass.CERTIFICATE)]
    return PKCS11Signer(
        session, signing_cert=found[0], key_label=key, ca_chain=_issuers(found[0], others)
    )


def _objects(session: pkcs11.Session, kind: Any, label: str | None = None) -> list[Any]:
    wanted = {pkcs11.Attribute.CLASS: kind}
    if label is not None:
        wanted[pkcs11.Attribute.LABEL] = label
    return list(session.get_objects(wanted))


def _certificate(found: Any) -> Certificate:
    return Certificate.load(found[pkcs11.Attribute.VALUE])


def _issuers(certificate: Certificate, others: list[Certificate]) -> list[Certificate]:
    """The certificates above one, as far as the token holds them; no other person's."""
    chain: list[Certificate] = []
    last = certificate
    while last.issuer != last.subject:
        above = [one for one in others if one.subject == last.issuer and one not in chain]
        if not above:
            break
        last = above[0]
        chain.append(last)
    return chain
