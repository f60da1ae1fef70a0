"""What the form of the figures offers: units, indicators, periods, views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from giaoban.desk.door import Sitting, english
from giaoban.desk.figures.asking import CELL, GROUP, KINDS, ROW, SPAN, VIEWS, Asked, part_of
from giaoban.desk.figures.drill import period_name
from giaoban.figures.by_indicator import COUNTED
from giaoban.figures.indicators import INDICATORS, LineFormula
from giaoban.figures.lines import Line
from giaoban.journal.queries import AsOf
from giaoban.periods import PeriodKind
from giaoban.units.queries import lives, tree_on

DEEPEST, MOST_UNITS, YEARS = 2, 300, 15


@dataclass(frozen=True, slots=True)
class Option:
    """A line of a choice."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to look at the same figures."""

    label: str
    url: str
    current: bool
    count: int | None = None


def choices(asked: Asked, sitting: Sitting) -> dict[str, Any]:
    """The form and the ways to look, filled with what is asked."""
    period = asked.question.period
    last = sitting.today.year
    years = sorted({*range(last - YEARS, last + 1), period.year}, reverse=True)
    return {
        "asked": asked,
        "period": period,
        "period_name": period_name(period),
        "unit_options": _units(asked, sitting),
        "indicator_options": [
            Option(code, str(INDICATORS[code].label), code == asked.indicator) for code in COUNTED
        ],
        "years": [Option(str(year), str(year), year == period.year) for year in years],
        "part_groups": _parts(asked),
        "tabs": [
            Tab(label, asked.address(view=view if view != VIEWS[0] else None, **_CLOSED),
                view == asked.view)
            for view, label in views(asked)
        ],
        "indicator": INDICATORS[asked.indicator],
    }  # fmt: skip


_CLOSED: dict[str, None] = {CELL: None, ROW: None, GROUP: None, SPAN: None}


def views(asked: Asked) -> list[tuple[str, str]]:
    """The ways to look at this indicator: balances have no months, units no particulars."""
    labels = {
        "units": _("By unit"), "months": _("By month"), "statement": _("Increase and decrease"),
        "groups": _("By particulars"), "indicators": _("All indicators"),
    }  # fmt: skip
    formula = INDICATORS[asked.indicator].formula
    if isinstance(formula, LineFormula):
        if formula.line in (Line.OPENING, Line.CLOSING):
            labels.pop("months")
    else:
        labels.pop("groups")
    return list(labels.items())


def _units(asked: Asked, sitting: Sitting) -> list[Option]:
    """The units in sight, as far down as a list stays a list; the one asked for always."""
    day = min(asked.question.period.last_day, sitting.today)
    as_of = AsOf(day, asked.question.head.number or asked.newest.number)
    tree = tree_on(as_of)
    seen = [
        (unit, depth)
        for unit, depth in zip(tree.ids.tolist(), tree.depth.tolist(), strict=True)
        if unit in sitting.units
    ]
    top = min((depth for _unit, depth in seen), default=0)
    near = [(unit, depth - top) for unit, depth in seen if depth - top <= DEEPEST][:MOST_UNITS]
    if asked.question.unit not in {unit for unit, _depth in near}:
        near.append((asked.question.unit, 0))
    shown = lives([unit for unit, _depth in near], as_of)
    return [
        Option(shown[unit].code, "\u2003" * depth + shown[unit].name, unit == asked.question.unit)
        for unit, depth in near
    ]


def _parts(asked: Asked) -> list[tuple[str, list[Option]]]:
    """The parts of a year by kind of period."""
    chosen, words = part_of(asked.question.period), parts_in_words()
    whole = [Option(p, words[p], p == chosen) for kind, ps in KINDS[:3] for p in ps]
    return [
        (_("From the beginning of the year, halves"), whole),
        *(
            (_kind(kind), [Option(part, words[part], part == chosen) for part in parts])
            for kind, parts in KINDS[3:]
        ),
    ]


def parts_in_words() -> dict[str, str]:
    """The parts of a year as a code says them, in words."""
    words = {
        "": _("whole year"), "9M": _("first nine months"), "H1": _("first half"),
        "H2": _("second half"),
    }  # fmt: skip
    words |= {f"Q{n}": _("quarter {n}").format(n=roman) for n, roman in enumerate(_ROMAN, 1)}
    return words | {f"{n:02}": _("month {n}").format(n=n) for n in range(1, 13)}


_ROMAN = ("I", "II", "III", "IV")


def _kind(kind: PeriodKind) -> str:
    label = kind.label_en if english() else kind.label_vi
    return label[0].upper() + label[1:]
