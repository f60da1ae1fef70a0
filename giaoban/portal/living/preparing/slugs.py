"""Addresses of numbers as parts of an address of a page: readable, and each its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

_OTHERS = re.compile(r"[^a-z0-9]+")


def slug(address: str) -> str:
    """An address in letters that need no escaping: admitted/XA-CAM-YEN → admitted.xa-cam-yen."""
    parts = re.split(r"[/\[\]@()]", address.lower())
    told = (_OTHERS.sub("-", part).strip("-") for part in parts)
    return ".".join(part for part in told if part)


def slugs(addresses: Iterable[str]) -> dict[str, str]:
    """Each address and its slug; one that another already has gets a number."""
    taken: dict[str, int] = {}
    found = {}
    for address in addresses:
        plain = slug(address)
        taken[plain] = taken.get(plain, 0) + 1
        found[address] = plain if taken[plain] == 1 else f"{plain}.{taken[plain]}"
    return found
