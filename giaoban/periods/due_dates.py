"""Due days: by when the return of a period is to be handed in. Rules are dated data.

The decree sets the day for ministries and provinces only; each province, and each committee in
its working rules, sets those below. So a due day is looked up in a rule of that body, never
derived from the period, and rules live in `rules.toml` or the office's own file of that form.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from .dated_rules import DatedRule, dated_fields
from .errors import DueDayMissing, DueRuleNotInForce, DueRuleUnknown
from .kinds import MONTHS_IN_YEAR, PeriodKind
from .months import day_in_month, month_at
from .period import Period
from .records import PACKAGED_RULES, Record, read_records
from .regimes import kind_in
from .working_days import (
    WorkingCalendar,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
)

_MOST_DAYS_AFTER = 366


class WhenDayOff(StrEnum):
    """What becomes of a due day that nobody works on."""

    STAY = "stay"
    NEXT_WORKING_DAY = "next_working_day"
    PREVIOUS_WORKING_DAY = "previous_working_day"


@dataclass(frozen=True, kw_only=True)
class DueDay:
    """The due day of one kind of period; with `index` only of that one in the year.

    Either `day` of the month that lies `month_offset` months after the period's last month by
    label (September for quý III, under every regime), or `days_after` days after the cut-off.
    """

    kind: PeriodKind
    index: int | None = None
    day: int | None = None
    month_offset: int = 0
    days_after: int | None = None

    def applies_to(self, period: Period) -> bool:
        """True if the period is of this kind, and of this number where one is given."""
        return period.kind is self.kind and self.index in (None, period.index)

    def written_on(self, period: Period) -> date:
        """The day as the rule has it, working day or not; clipped to the end of its month."""
        if self.day is None:
            return period.last_day + timedelta(days=self.days_after or 0)
        last_month = period.index * period.kind.months
        return day_in_month(*month_at(period.year, last_month, self.month_offset), self.day)


@dataclass(frozen=True, kw_only=True)
class DueRule(DatedRule):
    """Who hands in by when; in force or not is asked of a period's last day.

    `least_working_days` is how many working days the rule wants left between cut-off and due
    day.
    """

    when_day_off: WhenDayOff
    least_working_days: int
    days: tuple[DueDay, ...]


@dataclass(frozen=True, kw_only=True)
class DueCheck:
    """A due day and whether it leaves time to work after the cut-off; a report, no refusal.

    `written_on` is the day as the rule has it, `due_on` the day after any move to a working day.
    `working_days_left` are counted after the cut-off up to and with `due_on`; below zero when the
    report is due before its figures close, as happens in real offices.
    """

    period: Period
    rule: DueRule
    written_on: date
    due_on: date
    working_days_left: int

    @property
    def leaves_enough(self) -> bool:
        """True if as many working days are left as the rule wants (Nghị định 09/2019: one)."""
        return self.working_days_left >= self.rule.least_working_days

    @property
    def moved(self) -> bool:
        """True if the day fell on a day off and was moved."""
        return self.due_on != self.written_on


def due_on(period: Period, rule: DueRule, *, calendar: WorkingCalendar) -> date:
    """The last day on which the period's return is in time (hạn nộp).

    Raises DueRuleNotInForce, DueDayMissing, and WorkingYearOutOfRange if the rule moves days off.
    """
    day = _written_on(period, rule)
    match rule.when_day_off:
        case WhenDayOff.STAY:
            return day
        case WhenDayOff.NEXT_WORKING_DAY:
            return working_day_on_or_after(day, calendar)
        case WhenDayOff.PREVIOUS_WORKING_DAY:
            return working_day_on_or_before(day, calendar)


def check_due(period: Period, rule: DueRule, *, calendar: WorkingCalendar) -> DueCheck:
    """The due day with the working days it leaves; raises what `due_on` raises."""
    day = due_on(period, rule, calendar=calendar)
    return DueCheck(
        period=period,
        rule=rule,
        written_on=_written_on(period, rule),
        due_on=day,
        working_days_left=working_days_between(period.last_day, day, calendar),
    )


def _written_on(period: Period, rule: DueRule) -> date:
    names = {
        "period_vi": period.label_vi,
        "period_en": period.label_en,
        "rule_vi": rule.title_vi,
        "rule_en": rule.title_en,
    }
    if not rule.in_force_on(period.last_day):
        raise DueRuleNotInForce(
            last_day=period.last_day,
            validity_vi=rule.validity_vi,
            validity_en=rule.validity_en,
            **names,
        )
    for due_day in rule.days:
        if due_day.applies_to(period):
            return due_day.written_on(period)
    raise DueDayMissing(**names)


@cache
def due_rules() -> tuple[DueRule, ...]:
    """The due rules that come with the package, in the order of `rules.toml`."""
    return read_due_rules(PACKAGED_RULES.read_text(encoding="utf-8"))


def due_rule_named(code: str) -> DueRule:
    """The packaged due rule of this code; raises DueRuleUnknown."""
    for rule in due_rules():
        if rule.code == code:
            return rule
    raise DueRuleUnknown(rule=code, known=", ".join(rule.code for rule in due_rules()))


def read_due_rules(text: str) -> tuple[DueRule, ...]:
    """The due rules in a TOML text of the form of `rules.toml`, as an office keeps its own.

    Raises RuleUnreadable, which names the record and the field.
    """
    return tuple(_due_rule(record) for record in read_records(text, "due_rule"))


def _due_rule(record: Record) -> DueRule:
    when_day_off = record.text("when_day_off")
    if when_day_off not in [*WhenDayOff]:
        raise record.wrong("when_day_off")
    rule = DueRule(
        **dated_fields(record),
        when_day_off=WhenDayOff(when_day_off),
        least_working_days=record.whole("least_working_days", 0, _MOST_DAYS_AFTER),
        days=tuple(_due_day(day) for day in record.records("days")),
    )
    record.done()
    return rule


def _due_day(record: Record) -> DueDay:
    kind = kind_in(record)
    due_day = DueDay(
        kind=kind,
        index=record.whole_or_none("index", 1, kind.per_year),
        day=record.whole_or_none("day", 1, 31),
        month_offset=record.whole_or_none("month_offset", -MONTHS_IN_YEAR, MONTHS_IN_YEAR) or 0,
        days_after=record.whole_or_none("days_after", 0, _MOST_DAYS_AFTER),
    )
    if (due_day.day is None) is (due_day.days_after is None):
        raise record.wrong("day")
    record.done()
    return due_day
