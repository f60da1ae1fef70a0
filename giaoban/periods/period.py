"""Reporting periods: kỳ báo cáo, each a half-open window that a regime gives to a label.

What is asked for (`parse`, `of`, `containing`) is checked against the regime's validity. What is
derived from a period (its year, its parts, the one before) is arithmetic and is not: a report of
the first year under a new regime must still be comparable with the year before.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from .errors import (
    DayWithoutPeriod,
    PartsImpossible,
    PeriodCodeUnreadable,
    PeriodIndexOutOfRange,
    PeriodYearOutOfRange,
    RegimeNotInForce,
)
from .kinds import MONTHS_IN_YEAR, PeriodKind
from .regimes import Regime
from .spans import Span
from .wording import period_title_en, period_title_vi

FIRST_YEAR, LAST_YEAR = 1900, 2199

_CODE = re.compile(r"([0-9]{4})(?:-(?:(9M)|Q([1-4])|H([12])|(0[1-9]|1[0-2])))?")
_KINDS_IN_CODE = (
    PeriodKind.NINE_MONTHS,
    PeriodKind.QUARTER,
    PeriodKind.HALF,
    PeriodKind.MONTH,
)


@dataclass(frozen=True, kw_only=True, repr=False)
class Period(Span):
    """One month, quarter, half, nine months or year under a regime; `start`, `end` follow.

    Periods are equal if kind, year, index and the whole regime are; they sort by their days. The
    plain constructor doesn't ask whether the regime is in force: use `parse` or `of` for what a
    person asks. Raises PeriodYearOutOfRange, PeriodIndexOutOfRange, PeriodKindMissing.
    """

    start: date = field(init=False)
    end: date = field(init=False)
    kind: PeriodKind
    year: int
    index: int = 1
    regime: Regime

    def __post_init__(self) -> None:
        self.regime.rule_of(self.kind)
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise PeriodYearOutOfRange(year=self.year, first=FIRST_YEAR, last=LAST_YEAR)
        if not 1 <= self.index <= self.kind.per_year:
            raise PeriodIndexOutOfRange(
                count=self.kind.per_year,
                index=self.index,
                kind_vi=self.kind.label_vi,
                kind_en=self.kind.label_en,
            )
        window = self.regime.window(self.year, self._first_month, self.kind.months)
        object.__setattr__(self, "start", window.start)
        object.__setattr__(self, "end", window.end)

    @staticmethod
    def parse(code: str, *, regime: Regime) -> "Period":
        """The period of a code: 2018-03, 2018-Q3, 2018-H1, 2018-9M, 2018.

        Raises PeriodCodeUnreadable, and what `of` raises.
        """
        found = _CODE.fullmatch(code)
        if not found:
            raise PeriodCodeUnreadable(text=code)
        year, *marks = found.groups()
        for kind, mark in zip(_KINDS_IN_CODE, marks, strict=True):
            if mark:
                index = 1 if kind is PeriodKind.NINE_MONTHS else int(mark)
                return Period.of(kind, int(year), index, regime=regime)
        return Period.of(PeriodKind.YEAR, int(year), regime=regime)

    @staticmethod
    def of(kind: PeriodKind, year: int, index: int = 1, *, regime: Regime) -> "Period":
        """The period by kind, year and number in the year (1 for nine months and the year).

        A period belongs to the regime that is in force on its last day, when its figures close.
        Raises RegimeNotInForce, and what the constructor raises.
        """
        period = Period(kind=kind, year=year, index=index, regime=regime)
        if not period.in_force:
            raise RegimeNotInForce(
                period_vi=period.label_vi,
                period_en=period.label_en,
                last_day=period.last_day,
                regime_vi=regime.title_vi,
                regime_en=regime.title_en,
                validity_vi=regime.validity_vi,
                validity_en=regime.validity_en,
            )
        return period

    @staticmethod
    def containing(day: date, kind: PeriodKind, *, regime: Regime) -> "Period":
        """The period of a kind in which `day` falls.

        20 March is in Q1 by the calendar, in Q2 under Nghị định 09/2019/NĐ-CP. Raises
        DayWithoutPeriod for nine months and a day of the last quarter, and what `of` raises.
        """
        year, month = regime.month_of(day)
        index = (month - 1) // kind.months + 1
        if index > kind.per_year:
            raise DayWithoutPeriod(day=day, kind_vi=kind.label_vi, kind_en=kind.label_en)
        return Period.of(kind, year, index, regime=regime)

    def __hash__(self) -> int:
        return hash((self.regime.code, self.kind, self.year, self.index))

    def __repr__(self) -> str:
        return f"<Period {self.code} ({self.regime.code})>"

    def _order(self) -> tuple[date, date, str, str]:
        return self.start, self.end, self.regime.code, self.code

    @property
    def _first_month(self) -> int:
        return (self.index - 1) * self.kind.months + 1

    @property
    def code(self) -> str:
        """The code that `parse` reads; store `regime.code` with it, which it doesn't name."""
        match self.kind:
            case PeriodKind.MONTH:
                return f"{self.year}-{self.index:02}"
            case PeriodKind.QUARTER:
                return f"{self.year}-Q{self.index}"
            case PeriodKind.HALF:
                return f"{self.year}-H{self.index}"
            case PeriodKind.NINE_MONTHS:
                return f"{self.year}-9M"
            case PeriodKind.YEAR:
                return f"{self.year}"

    @property
    def label_vi(self) -> str:
        """The Vietnamese name without the window: 9 tháng đầu năm 2018."""
        return period_title_vi(self.kind, self.year, self.index)

    @property
    def label_en(self) -> str:
        """The English name without the window: first nine months of 2018."""
        return period_title_en(self.kind, self.year, self.index)

    @property
    def title_vi(self) -> str:
        """The Vietnamese name; off the calendar with its days."""
        window = "" if self.regime.follows_calendar else f" ({super().title_vi})"
        return self.label_vi + window

    @property
    def title_en(self) -> str:
        """The English name; off the calendar with its days."""
        window = "" if self.regime.follows_calendar else f" ({super().title_en})"
        return self.label_en + window

    @property
    def in_force(self) -> bool:
        """True if the regime is in force on the period's last day."""
        return self.regime.in_force_on(self.last_day)

    @property
    def confirmed(self) -> bool:
        """True if the regime's rule for this kind was read in a source, not inferred."""
        return self.regime.rule_of(self.kind).confirmed

    @property
    def elapsed_share(self) -> Fraction:
        """The share of its year that has passed when the period ends: the even pace of a target.

        Counted in months under every regime: nine months are 3/4, the month of March is 1/4 and
        the second half is 1. Not in days: plans are spread over months.
        """
        return Fraction(self.index * self.kind.months, MONTHS_IN_YEAR)

    @property
    def year_period(self) -> "Period":
        """The whole year to which this period belongs, under the same regime."""
        return self._sibling(PeriodKind.YEAR, self.year, 1)

    @property
    def same_period_last_year(self) -> "Period":
        """The same label one year earlier by the same cut-offs: cùng kỳ năm trước.

        Not checked for validity: the comparison uses one rule for both years; see `in_force`.
        """
        return self._sibling(self.kind, self.year - 1, self.index)

    @property
    def preceding(self) -> "Period":
        """The latest earlier period of the same kind; it ends where this one starts.

        Nine months alone are not adjacent: theirs is the nine months of the year before, with the
        last quarter between. Not checked for validity.
        """
        return self._step(-1)

    @property
    def following(self) -> "Period":
        """The earliest later period of the same kind; the mirror of `preceding`."""
        return self._step(1)

    def contains_period(self, other: "Period") -> bool:
        """True if `other` is a part of this period: same regime, and all its days lie inside."""
        return self.regime == other.regime and self.covers(other)

    def parts(self, kind: PeriodKind) -> tuple["Period", ...]:
        """The periods of a smaller kind that tile this one, as the months of a quarter.

        Raises PartsImpossible if they would not fill it (halves of nine months), and
        PeriodKindMissing if the regime lacks the kind.
        """
        if not kind.tiles_the_year or self.kind.months % kind.months:
            raise PartsImpossible(
                period_vi=self.label_vi,
                period_en=self.label_en,
                kind_vi=kind.label_vi,
                kind_en=kind.label_en,
            )
        first = (self._first_month - 1) // kind.months + 1
        count = self.kind.months // kind.months
        return tuple(self._sibling(kind, self.year, first + n) for n in range(count))

    def _step(self, steps: int) -> "Period":
        years, index = divmod(self.index - 1 + steps, self.kind.per_year)
        return self._sibling(self.kind, self.year + years, index + 1)

    def _sibling(self, kind: PeriodKind, year: int, index: int) -> "Period":
        return Period(kind=kind, year=year, index=index, regime=self.regime)
