"""Reporting periods, their regimes and due days, and working days. Plain Python, no clock.

A period is a half-open range of days that a dated regime gives to a label; nothing is derived
from the label alone. Rules are data (`rules.toml`), with their basis and what is not confirmed.
"""

from .dated_rules import DatedRule
from .due_dates import (
    DueCheck,
    DueDay,
    DueRule,
    WhenDayOff,
    check_due,
    due_on,
    due_rule_named,
    due_rules,
    read_due_rules,
)
from .errors import (
    BadPeriod,
    DayWithoutPeriod,
    DueDayMissing,
    DueRuleNotInForce,
    DueRuleUnknown,
    OverridesContradict,
    PartsImpossible,
    PeriodCodeUnreadable,
    PeriodIndexOutOfRange,
    PeriodKindMissing,
    PeriodYearOutOfRange,
    RegimeNotInForce,
    RegimeUnknown,
    RuleUnreadable,
    SpanBackwards,
    SpansApart,
    TermUnknown,
    WorkingYearOutOfRange,
)
from .kinds import PeriodKind
from .months import months_after
from .period import Period
from .regimes import KindRule, Regime, read_regimes, regime_named, regimes
from .spans import Span, merge_adjacent
from .terms import Term, read_terms, term_in_force, terms
from .working_days import (
    DayOverride,
    WorkingCalendar,
    add_working_days,
    working_day_on_or_after,
    working_day_on_or_before,
    working_days_between,
    working_days_in,
)

__all__ = [
    "BadPeriod",
    "DatedRule",
    "DayOverride",
    "DayWithoutPeriod",
    "DueCheck",
    "DueDay",
    "DueDayMissing",
    "DueRule",
    "DueRuleNotInForce",
    "DueRuleUnknown",
    "KindRule",
    "OverridesContradict",
    "PartsImpossible",
    "Period",
    "PeriodCodeUnreadable",
    "PeriodIndexOutOfRange",
    "PeriodKind",
    "PeriodKindMissing",
    "PeriodYearOutOfRange",
    "Regime",
    "RegimeNotInForce",
    "RegimeUnknown",
    "RuleUnreadable",
    "Span",
    "SpanBackwards",
    "SpansApart",
    "Term",
    "TermUnknown",
    "WhenDayOff",
    "WorkingCalendar",
    "WorkingYearOutOfRange",
    "add_working_days",
    "check_due",
    "due_on",
    "due_rule_named",
    "due_rules",
    "merge_adjacent",
    "months_after",
    "read_due_rules",
    "read_regimes",
    "read_terms",
    "regime_named",
    "regimes",
    "term_in_force",
    "terms",
    "working_day_on_or_after",
    "working_day_on_or_before",
    "working_days_between",
    "working_days_in",
]
