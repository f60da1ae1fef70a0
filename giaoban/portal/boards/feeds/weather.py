"""What a weather feed tells of one place, and the numbers in its answers."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from giaoban.portal.boards.errors import FeedOtherUnit, FeedUnreadable


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather at a moment, °C and per cent as they came; None where there is no number."""

    measured_at: datetime
    temperature: Decimal | None
    humidity: Decimal | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is asked for."""

    name: str
    latitude: Decimal
    longitude: Decimal


def parsed(body: bytes) -> Any:
    """The JSON of an answer. Raises ``FeedUnreadable``."""
    try:
        return json.loads(body, parse_constant=_no_number, parse_float=Decimal)
    # Too deep is RecursionError, broken letters and broken JSON are ValueErrors.
    except (ValueError, RecursionError) as broken:
        raise FeedUnreadable(form="JSON") from broken


def _no_number(name: str) -> None:
    raise ValueError(name)


def number(value: Any) -> Decimal | None:
    """A number of an answer, None for null. Raises ``FeedUnreadable`` for anything else."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise FeedUnreadable(form="JSON")
    found = Decimal(value)
    if not math.isfinite(found) or abs(found) > 1_000_000:
        raise FeedUnreadable(form="JSON")
    return found


def require(found: Any, expected: str) -> None:
    """Raises ``FeedOtherUnit`` if an answer gives another unit than expected."""
    if found != expected:
        raise FeedOtherUnit(found=str(found)[:20], expected=expected)
