"""The five kinds of reporting period, and how many months each takes of its year."""

from enum import StrEnum

MONTHS_IN_YEAR = 12


class PeriodKind(StrEnum):
    """A kind of period; its value is stable and may be stored."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    NINE_MONTHS = "nine_months"
    YEAR = "year"

    @property
    def months(self) -> int:
        """How many months a period of this kind takes."""
        return _MONTHS[self]

    @property
    def per_year(self) -> int:
        """How many periods of this kind a year holds; of nine months only the first nine."""
        return MONTHS_IN_YEAR // self.months

    @property
    def tiles_the_year(self) -> bool:
        """True if the periods of this kind fill the year without a gap; nine months leave one."""
        return self.per_year * self.months == MONTHS_IN_YEAR

    @property
    def label_vi(self) -> str:
        """The kind's name in a Vietnamese sentence."""
        return _LABELS[self][0]

    @property
    def label_en(self) -> str:
        """The kind's name in an English sentence."""
        return _LABELS[self][1]


_MONTHS = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF: 6,
    PeriodKind.NINE_MONTHS: 9,
    PeriodKind.YEAR: 12,
}

_LABELS = {
    PeriodKind.MONTH: ("kỳ tháng", "month"),
    PeriodKind.QUARTER: ("kỳ quý", "quarter"),
    PeriodKind.HALF: ("kỳ 6 tháng", "half-year"),
    PeriodKind.NINE_MONTHS: ("kỳ 9 tháng", "nine months"),
    PeriodKind.YEAR: ("kỳ năm", "year"),
}
