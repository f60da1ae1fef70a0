"""A year of a unit on a ruler: how many acts in which week, the day looked at, and today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Strip:
    """A year on a ruler: bars of acts by week, the months, the day looked at and today."""

    year: int
    bars: list[tuple[str, int, int]]
    months: list[tuple[str, int]]
    here: str
    now: str | None
    acts: int
    flipped: bool


def strip(by_day: dict[date, int], on: date, today: date) -> Strip:
    """Measure the ruler: across in per cent of the year, down in pixels from 18 to 30."""
    first = date(on.year, 1, 1)
    days = (date(on.year + 1, 1, 1) - first).days
    weeks: dict[int, int] = {}
    for day, n in by_day.items():
        week = (day - first).days // 7
        weeks[week] = weeks.get(week, 0) + n
    most = max(weeks.values(), default=1)

    def across(day: int) -> str:
        return f"{round(100 * day / days, 2):g}%"

    heights = {week: max(round(12 * n / most), 2) for week, n in weeks.items()}
    return Strip(
        year=on.year,
        bars=[(across(week * 7), 30 - height, height) for week, height in heights.items()],
        months=[
            (across((date(on.year, month, 1) - first).days), month)
            for month in range(1, _MONTHS + 1)
        ],
        here=across((on - first).days + 1),
        now=across((today - first).days + 1) if today.year == on.year and today != on else None,
        acts=sum(by_day.values()),
        flipped=on.month > _MONTHS // 2,
    )
