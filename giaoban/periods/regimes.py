"""Regimes: who reports by which windows, since when, and on what basis. All of it is data.

State reports under Nghị định 09/2019/NĐ-CP close on the 14th, statistics by the calendar month,
and Party committees as their own working rules say. A label such as "quý I" therefore has no
window of its own: the regime gives it one. Records live in `rules.toml`; an office adds its own.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from .dated_rules import DatedRule, dated_fields
from .errors import PeriodKindMissing, RegimeUnknown
from .kinds import PeriodKind
from .months import month_at
from .records import PACKAGED_RULES, Record, read_records
from .spans import Span

LATEST_START_DAY = 28  # every month has it, so no window is ever clipped
MOST_MONTHS_SHIFTED = 11


@dataclass(frozen=True, kw_only=True)
class KindRule:
    """What a regime says of one kind of period.

    `confirmed` means that the window of this kind was read in a source, not inferred; the notes
    say what was read where.
    """

    kind: PeriodKind
    legal_basis: str
    confirmed: bool
    note_vi: str = ""
    note_en: str = ""


@dataclass(frozen=True, kw_only=True)
class Regime(DatedRule):
    """One way of cutting the year into periods.

    A period's first month is labelled as people say it (January for quý I); its window starts on
    `start_day` of the month `start_months` later (−1: the month before) and ends where the next
    one starts. The one shift for all kinds makes windows tile, and parts add up to the whole, by
    construction; a cut-off that follows no such rule is a `Span`.
    """

    start_day: int
    start_months: int
    kinds: tuple[KindRule, ...]

    @property
    def follows_calendar(self) -> bool:
        """True if months are calendar months, so that a label tells its days."""
        return self.start_day == 1 and self.start_months == 0

    def rule_of(self, kind: PeriodKind) -> KindRule:
        """What the regime says of a kind; raises PeriodKindMissing if it says nothing."""
        for rule in self.kinds:
            if rule.kind is kind:
                return rule
        raise PeriodKindMissing(
            regime_vi=self.title_vi,
            regime_en=self.title_en,
            kind_vi=kind.label_vi,
            kind_en=kind.label_en,
        )

    def window(self, year: int, month: int, months: int) -> Span:
        """The window of `months` months, the first of which is labelled `month` of `year`."""
        return Span(self._starts(year, month, 0), self._starts(year, month, months))

    def month_of(self, day: date) -> tuple[int, int]:
        """The year and month (1 to 12) under whose label `day` falls."""
        begun = 0 if day.day >= self.start_day else -1
        return month_at(day.year, day.month, begun - self.start_months)

    def _starts(self, year: int, month: int, months_later: int) -> date:
        return date(*month_at(year, month, months_later + self.start_months), self.start_day)


@cache
def regimes() -> tuple[Regime, ...]:
    """The regimes that come with the package, in the order of `rules.toml`."""
    return read_regimes(PACKAGED_RULES.read_text(encoding="utf-8"))


def regime_named(code: str) -> Regime:
    """The packaged regime of this code, such as "calendar"; raises RegimeUnknown."""
    for regime in regimes():
        if regime.code == code:
            return regime
    raise RegimeUnknown(regime=code, known=", ".join(regime.code for regime in regimes()))


def read_regimes(text: str) -> tuple[Regime, ...]:
    """The regimes in a TOML text of the form of `rules.toml`, as an office keeps its own.

    Raises RuleUnreadable, which names the record and the field.
    """
    return tuple(_regime(record) for record in read_records(text, "regime"))


def _regime(record: Record) -> Regime:
    regime = Regime(
        **dated_fields(record),
        start_day=record.whole("start_day", 1, LATEST_START_DAY),
        start_months=record.whole("start_months", -MOST_MONTHS_SHIFTED, MOST_MONTHS_SHIFTED),
        kinds=tuple(_kind_rule(kind) for kind in record.records("kinds")),
    )
    record.done()
    if len({rule.kind for rule in regime.kinds}) < len(regime.kinds):
        raise record.wrong("kinds")
    return regime


def _kind_rule(record: Record) -> KindRule:
    rule = KindRule(
        kind=kind_in(record),
        legal_basis=record.text("legal_basis"),
        confirmed=record.flag("confirmed"),
        note_vi=record.text_or_nothing("note_vi"),
        note_en=record.text_or_nothing("note_en"),
    )
    record.done()
    return rule


def kind_in(record: Record) -> PeriodKind:
    """The field `kind` of a record; raises RuleUnreadable for a kind that does not exist."""
    value = record.text("kind")
    if value not in [*PeriodKind]:
        raise record.wrong("kind")
    return PeriodKind(value)
