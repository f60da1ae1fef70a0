"""Regimes and strategies that the tests of periods share."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from giaoban.periods import Period, PeriodKind, Regime, Span, regime_named

CALENDAR = regime_named("calendar")
DECREE = regime_named("nd-09-2019")

# An office that closed on the 14th by its own rules before the decree, and one that closes on
# the 10th of the month after (like reports "số liệu đến ngày 10"); neither has a bound.
OFFICE = replace(DECREE, code="office-14", title_vi="Quy chế làm việc", valid_from=None)
LATE_OFFICE = replace(OFFICE, code="office-10", start_day=11, start_months=0)
REGIMES = (CALENDAR, DECREE, OFFICE, LATE_OFFICE)

TILING_KINDS = tuple(kind for kind in PeriodKind if kind is not PeriodKind.NINE_MONTHS)

days = st.dates(date(1996, 1, 1), date(2090, 12, 31))
regimes_in_use = st.sampled_from(REGIMES)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Spans of one day to some three years."""
    start = draw(days)
    return Span.through(start, start + timedelta(days=draw(st.integers(0, 1100))))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Periods of every kind under every regime, in force or not."""
    kind = draw(st.sampled_from(PeriodKind))
    return Period(
        kind=kind,
        year=draw(st.integers(1901, 2198)),
        index=draw(st.integers(1, kind.per_year)),
        regime=draw(regimes_in_use),
    )


def period(code: str, regime: Regime = CALENDAR) -> Period:
    """Short for the tests: a period by code."""
    return Period.parse(code, regime=regime)
