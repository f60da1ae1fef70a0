"""Answers of the three feeds, written after their documentation; no feed was asked for them.

Numbers are invented but plausible for 29/10/2018; forms, padding and gaps are as documented.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

VIETCOMBANK = """<?xml version="1.0" encoding="utf-8"?>
<!-- For reference only. Only one request every 5 minutes! -->
<ExrateList>
  <DateTime>{time}</DateTime>
  <Exrate CurrencyCode="AUD" CurrencyName="AUST.DOLLAR         " Buy="16,369.15" Transfer="16,467.96" Sell="16,599.80" />
  <Exrate CurrencyCode="EUR" CurrencyName="EURO                " Buy="26,315.47" Transfer="26,394.65" Sell="26,870.11" />
  <Exrate CurrencyCode="JPY" CurrencyName="JAPANESE YEN        " Buy="203.66" Transfer="205.72" Sell="211.98" />
  <Exrate CurrencyCode="RUB" CurrencyName="RUSSIAN RUBLE       " Buy="-" Transfer="354.55" Sell="395.07" />
  <Exrate CurrencyCode="SAR" CurrencyName="SAUDI RIAL          " Buy="" Transfer="6,218.31" Sell="6,462.20" />
  <Exrate CurrencyCode="KWD" CurrencyName="KUWAITI DINAR       " Buy="0" Transfer="76,840.44" Sell="79,855.00" />
  <Exrate CurrencyCode="USD" CurrencyName="US DOLLAR           " Buy="{usd_buy}" Transfer="23,300.00" Sell="{usd_sell}" />
  <Source>Joint Stock Commercial Bank for Foreign Trade of Vietnam - Vietcombank</Source>
</ExrateList>"""  # noqa: E501 - one line of the feed


def bank_time(moment: datetime) -> str:
    """10/29/2018 8:05:00 AM: month first, twelve hours, no leading zeros."""
    half = "AM" if moment.hour < 12 else "PM"
    clock = f"{moment.hour % 12 or 12}:{moment:%M:%S} {half}"
    return f"{moment.month}/{moment.day}/{moment.year} {clock}"


def rates(moment: datetime, buy: str = "23,300.00", sell: str = "23,390.00") -> bytes:
    """The bank's file at a moment of Vietnam's clock."""
    told = VIETCOMBANK.format(time=bank_time(moment), usd_buy=buy, usd_sell=sell)
    return told.encode()


def open_meteo(
    moment: datetime, temperature: Any = 23.4, humidity: Any = 71, **others: Any
) -> dict[str, Any]:
    """One place of Open-Meteo's answer."""
    return {
        "latitude": 21.0, "longitude": 105.625, "generationtime_ms": 0.05,
        "utc_offset_seconds": 25200, "timezone": "Asia/Ho_Chi_Minh",
        "timezone_abbreviation": "GMT+7", "elevation": 12.0,
        "current_units": {"time": "iso8601", "interval": "seconds", "temperature_2m": "°C",
                          "relative_humidity_2m": "%"},
        "current": {"time": f"{moment:%Y-%m-%dT%H:%M}", "interval": 900,
                    "temperature_2m": temperature, "relative_humidity_2m": humidity},
    } | others  # fmt: skip


def met_norway(
    *moments: str, temperature: Any = 23.4, humidity: Any = 71.2, where: tuple[float, float]
) -> dict[str, Any]:
    """Locationforecast for one place; ``where`` is (longitude, latitude)."""
    details = {"air_temperature": temperature, "relative_humidity": humidity}
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [*where, 12]},
        "properties": {
            "meta": {
                "updated_at": "2018-10-29T00:41:12Z",
                "units": {"air_temperature": "celsius", "relative_humidity": "%",
                          "wind_speed": "m/s"},
            },
            "timeseries": [
                {"time": moment, "data": {"instant": {"details": details}}} for moment in moments
            ],
        },
    }  # fmt: skip


def written(told: Any) -> bytes:
    """JSON as the feeds write it."""
    return json.dumps(told, ensure_ascii=False).encode()
