"""Vietcombank's exchange rates: an XML file, for reference only, one request in five minutes.

    <ExrateList>
      <DateTime>8/21/2026 2:42:34 PM</DateTime>
      <Exrate CurrencyCode="USD" CurrencyName="US DOLLAR   " Buy="26,100.00" Transfer="26,130.00"
              Sell="26,460.00"/> …

Month before day, twelve hours, Vietnam's time without saying so, English commas. What the bank
doesn't quote is "-", "" or, in older files, "0". Names are in capitals and padded; a board has its
own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException, ElementTree

from giaoban.portal.boards.errors import FeedFault, FeedUnreadable, FeedUnsafe, PriceTwice
from giaoban.portal.boards.errors import PriceUnreadable as Unreadable
from giaoban.vietnamese import VIETNAM_TIME, BadText, NumberStyle, parse_number

ADDRESS = "https://portal.vietcombank.com.vn/Usercontrols/TVPortal.TyGia/pXML.aspx?b=10"
SITE = "https://www.vietcombank.com.vn"

_TIME = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP]M)", re.ASCII)
_CODE = re.compile(r"[A-Z]{3}")
_SHOWN = 30

Pair = tuple[Decimal | None, Decimal | None]


@dataclass(slots=True)
class Rates:
    """What the bank buys and sells one unit for, in đồng, by the currency's code."""

    quoted_at: datetime
    pairs: dict[str, Pair] = field(default_factory=dict)
    faults: list[FeedFault] = field(default_factory=list)
    unreadable: set[str] = field(default_factory=set)


def read(body: bytes) -> Rates:
    """The rates in an answer. Raises ``FeedUnsafe``, ``FeedUnreadable``; a single price that
    can't be read is left out and told in ``faults``."""
    root = _root(body)
    rates = Rates(_quoted_at(root))
    for line in root.iter("Exrate"):
        code = (line.get("CurrencyCode") or "").strip()
        if not _CODE.fullmatch(code):
            continue
        try:
            pair = _pair(code, line)
        except FeedFault as fault:
            rates.faults.append(fault)
            rates.unreadable.add(code)
            continue
        if rates.pairs.setdefault(code, pair) != pair:
            rates.faults.append(PriceTwice(kind=code))
            rates.unreadable.add(code)
    for code in rates.unreadable:
        rates.pairs.pop(code, None)
    if not rates.pairs and not rates.faults:
        raise FeedUnreadable(form="XML")
    return rates


def _root(body: bytes) -> Any:
    try:
        root = ElementTree.fromstring(body.strip())
    except DefusedXmlException as unsafe:
        raise FeedUnsafe from unsafe
    # An encoding that Python doesn't know is a LookupError, one that expat can't take a ValueError.
    except (ParseError, LookupError, ValueError) as broken:
        raise FeedUnreadable(form="XML") from broken
    if root.tag != "ExrateList":
        raise FeedUnreadable(form="XML")
    return root


def _quoted_at(root: Any) -> datetime:
    found = _TIME.fullmatch(" ".join((root.findtext("DateTime") or "").split()))
    if found is None:
        raise FeedUnreadable(form="XML")
    month, day, year, hour, minute, second = (int(part) for part in found.groups()[:6])
    if not 1 <= hour <= 12:
        raise FeedUnreadable(form="XML")
    hour = hour % 12 + (12 if found[7] == "PM" else 0)
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=VIETNAM_TIME)
    except ValueError as impossible:
        raise FeedUnreadable(form="XML") from impossible


def _pair(code: str, line: Any) -> Pair:
    buy, sell = (_price(code, text) for text in _told(line))
    return buy, sell


def _told(line: Any) -> Iterator[str]:
    """Cash is what somebody at a counter gets."""
    for name in ("Buy", "Sell"):
        yield (line.get(name) or "").strip()


def _price(code: str, text: str) -> Decimal | None:
    if text in ("", "-"):
        return None
    try:
        price = parse_number(text, NumberStyle.ENGLISH)
    except BadText as unreadable:
        raise Unreadable(kind=code, text=text[:_SHOWN]) from unreadable
    return price or None
