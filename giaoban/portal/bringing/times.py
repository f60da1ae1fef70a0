"""When an old page says that it was published: every way that portals wrote it, day first."""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import NamedTuple

from giaoban.vietnamese import VIETNAM_TIME, BadText, fold, parse_date

_CLOCK = (
    r"(?P<hour{n}>[01]?\d|2[0-3])\s?[:hg]\s?(?P<minute{n}>[0-5]\d)(?::[0-5]\d)?"
    r"\s?(?P<half{n}>[AP]M|SA|CH)?"
)
_DAY = r"(?P<day>\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{4})"
_NAMED = (
    r"(?P<d>\d{1,2})\s+tháng\s+(?P<m>\d{1,2}|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín"
    r"|mười(?:\s+một|\s+hai)?)"
    r",?\s+(?:năm\s+)?(?P<y>\d{4})"
)
_ISO = re.compile(
    r"\b(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?"
)
_BETWEEN = r"[\s,;|()\-–]*(?:ngày|lúc|vào|GMT\+7)?[\s,;|()\-–]*"
_WRITTEN = re.compile(
    rf"(?:{_CLOCK.format(n=1)}{_BETWEEN})?(?<!\d)(?:{_DAY}|{_NAMED})(?!\d)"
    rf"(?:{_BETWEEN}{_CLOCK.format(n=2)})?",
    re.IGNORECASE,
)
_MONTHS = {name: n for n, name in enumerate(
    ("mot", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi", "muoi mot", "muoi hai"),
    start=1,
)} | {"bon": 4}  # fmt: skip


class Published(NamedTuple):
    """An instant, and whether the hour was told (else it is midnight)."""

    at: datetime
    with_hour: bool


def published_in(text: str) -> Published | None:
    """The first time that is written in a text; None where there is none, or no such day."""
    if found := _ISO.search(text):
        return _from_iso(found)
    for written in _WRITTEN.finditer(text):
        try:
            day = parse_date(_day_of(written))
        except BadText:
            continue
        hour = _hour_of(written, 1) or _hour_of(written, 2)
        at = datetime.combine(day, hour or time(), VIETNAM_TIME)
        return Published(at, with_hour=hour is not None)
    return None


def _from_iso(found: re.Match[str]) -> Published | None:
    zone = (found[3] or "+07:00").replace("Z", "+00:00")
    try:
        at = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
    except ValueError:
        return None
    return Published(at.astimezone(VIETNAM_TIME), with_hour=True)


def _day_of(found: re.Match[str]) -> str:
    if found["day"]:
        return re.sub(r"[.-]", "/", re.sub(r"\s", "", found["day"]))
    month = found["m"] if found["m"].isdecimal() else _MONTHS[fold(found["m"])]
    return f"{found['d']}/{month}/{found['y']}"


def _hour_of(found: re.Match[str], place: int) -> time | None:
    if found[f"hour{place}"] is None:
        return None
    hour, half = int(found[f"hour{place}"]), (found[f"half{place}"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    return time(hour, int(found[f"minute{place}"]))
