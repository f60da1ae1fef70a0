"""Indicators (tiêu chí): what is counted, under a code, with a unit of measure and a formula."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from giaoban.figures.errors import IndicatorUnknown
from giaoban.figures.lines import Line, StandingGroup
from giaoban.journal.kinds import Kind


@dataclass(frozen=True, slots=True)
class LineFormula:
    """A line of the statement, of one standing or of both (None)."""

    line: Line
    standing: StandingGroup | None = None


@dataclass(frozen=True, slots=True)
class UnitsFormula:
    """Units of a family founded or closed in the period, of one sector or of all (None)."""

    act: Kind
    family: str
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class RatioFormula:
    """One indicator by another, in per cent."""

    part: str
    whole: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that reports count. ``higher_is_better`` is its direction; whether it takes a
    target is said by the plans (``TARGETED``)."""

    code: str
    label: str | Promise
    measure: str | Promise
    formula: LineFormula | UnitsFormula | RatioFormula
    higher_is_better: bool = True


_MEMBERS = _("members")
_UNITS = _("units")
_PRIVATE = "non-state-enterprise"

_ALL = (
    Indicator("admitted", _("Members admitted"), _MEMBERS, LineFormula(Line.ADMITTED)),
    Indicator("recognised", _("Recognised as full members"), _MEMBERS,
              LineFormula(Line.RECOGNISED, StandingGroup.FULL)),
    Indicator("strength", _("Members at the end of the period"), _MEMBERS,
              LineFormula(Line.CLOSING)),
    Indicator("strength-before", _("Members at the beginning of the period"), _MEMBERS,
              LineFormula(Line.OPENING)),
    Indicator("probationary", _("Probationary members at the end of the period"), _MEMBERS,
              LineFormula(Line.CLOSING, StandingGroup.PROBATIONARY)),
    Indicator("arrived", _("Members arrived"), _MEMBERS, LineFormula(Line.ARRIVED)),
    Indicator("departed", _("Members departed"), _MEMBERS, LineFormula(Line.DEPARTED),
              higher_is_better=False),
    Indicator("died", _("Members died"), _MEMBERS, LineFormula(Line.DIED),
              higher_is_better=False),
    Indicator("struck-off", _("Members struck off"), _MEMBERS, LineFormula(Line.STRUCK_OFF),
              higher_is_better=False),
    Indicator("party-founded-private", _("Party organisations founded in non-state enterprises"),
              _UNITS, UnitsFormula(Kind.FOUNDING, "party", _PRIVATE)),
    Indicator("unions-founded-private", _("Trade unions founded in non-state enterprises"),
              _UNITS, UnitsFormula(Kind.FOUNDING, "union", _PRIVATE)),
    Indicator("admission-rate", _("Members admitted by members at the beginning"), "%",
              RatioFormula("admitted", "strength-before")),
)  # fmt: skip
INDICATORS = {indicator.code: indicator for indicator in _ALL}


def indicator_named(code: str) -> Indicator:
    """The indicator of a code; raises ``IndicatorUnknown`` naming those there are."""
    if code not in INDICATORS:
        raise IndicatorUnknown(indicator=code, indicators=list(INDICATORS))
    return INDICATORS[code]
