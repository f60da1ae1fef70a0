"""Half-open ranges of days, [start, end): what every period is, and what any window may be.

Half-open ranges meet without overlapping, so parts add up to the whole: the closing of one is
the opening of the next. Figures cut a period at the days of reorganisation with `split_at`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import total_ordering
from itertools import pairwise

from .errors import SpanBackwards, SpansApart
from .wording import window_en, window_vi

_ONE_DAY = timedelta(days=1)


@total_ordering
@dataclass(frozen=True)
class Span:
    """The days from `start` up to but without `end`; at least one day.

    Spans sort by start, then end. A span equals only a span, never a period of the same days.
    Raises SpanBackwards when `end` is not after `start`.
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise SpanBackwards(start=self.start, last_day=self.end - _ONE_DAY)

    @staticmethod
    def through(first_day: date, last_day: date) -> "Span":
        """The span of both days and all between, as people say it: từ ngày … đến hết ngày ….

        Raises SpanBackwards when the last day is before the first.
        """
        return Span(first_day, last_day + _ONE_DAY)

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Span):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[date, date, str, str]:
        return self.start, self.end, "", ""

    @property
    def last_day(self) -> date:
        """The last day that belongs to the span: the cut-off, ngày chốt số liệu."""
        return self.end - _ONE_DAY

    @property
    def length_in_days(self) -> int:
        """How many days the span holds, days off included."""
        return (self.end - self.start).days

    @property
    def title_vi(self) -> str:
        """The span in Vietnamese: từ ngày 15/12/2017 đến hết ngày 14/9/2018."""
        return window_vi(self.start, self.end)

    @property
    def title_en(self) -> str:
        """The span in English: from 15 December 2017 to 14 September 2018."""
        return window_en(self.start, self.end)

    def days(self) -> Iterator[date]:
        """Every day of the span, in order."""
        return (self.start + timedelta(days=n) for n in range(self.length_in_days))

    def covers(self, other: "Span") -> bool:
        """True if every day of `other` is a day of this span."""
        return self.start <= other.start and other.end <= self.end

    def intersection(self, other: "Span") -> "Span | None":
        """The days both have, or None if they share none."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start < end else None

    def union(self, other: "Span") -> "Span":
        """One span of the days of both, which must meet or overlap.

        Raises SpansApart when days are missing between the two.
        """
        first, second = sorted((self, other))
        if first.end < second.start:
            raise SpansApart(last_day=first.last_day, start=second.start)
        return Span(first.start, max(first.end, second.end))

    def split_at(self, days: Iterable[date]) -> tuple["Span", ...]:
        """Cut the span so that each of `days` begins a new piece; the pieces tile the span.

        Order and repetition of `days` don't matter. The span's own start, and days outside it,
        cut nothing, so a caller may hand in every day of reorganisation there is.
        """
        inside = sorted({day for day in days if day in self} - {self.start})
        edges = (self.start, *inside, self.end)
        return tuple(Span(start, end) for start, end in pairwise(edges))


def merge_adjacent(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The fewest spans with exactly the days of `spans`, in order: what meets becomes one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = merged[-1].union(span)
        else:
            merged.append(Span(span.start, span.end))
    return tuple(merged)
