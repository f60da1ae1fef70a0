"""What is asked of the figures, as it lives in the address of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import KNOWN, Sitting, english
from giaoban.figures.breakdowns import FIELDS
from giaoban.figures.by_indicator import COUNTED
from giaoban.figures.by_unit import Question
from giaoban.figures.cells import names
from giaoban.figures.indicators import INDICATORS, RatioFormula
from giaoban.journal.queries import AsOf, Head, head, head_at
from giaoban.periods import BadPeriod, Period, PeriodKind, regime_named
from giaoban.units.queries import lives, tree_on, units_of_family

UNIT, PERIOD, YEAR, PART, INDICATOR, TREE, VIEW = (
    "unit", "period", "year", "part", "indicator", "tree", "view",
)  # fmt: skip
HEAD, SINCE, SECTOR, BY, REGIME = "head", "since", "sector", "by", "regime"
CALENDAR = "calendar"
CELL, ROW, GROUP, SPAN, PAGE = "cell", "row", "group", "span", "page"
VIEWS = ("units", "months", "statement", "groups", "indicators")
THEN = "then"
PARTY = "party"
STANDINGS = ("probationary", "full")
# What one can look behind: every cell but ratios, which are made of two.
CELLS = frozenset(
    name
    for name in names()
    if name not in INDICATORS or not isinstance(INDICATORS[name].formula, RatioFormula)
)
ADMITTED = "admitted"
# The kinds of period that count from the beginning of a year, the shortest first.
_CUMULATED = ("Q1", "H1", "9M", "")


@dataclass(frozen=True, slots=True)
class Cell:
    """The cell that is looked behind: its name, the unit of its row, the group of a breakdown,
    and its period where it is not the page's own."""

    name: str
    row: str = ""
    group: str = ""
    span: str = ""

    @property
    def address(self) -> dict[str, str]:
        """Its part of an address."""
        told = {CELL: self.name, ROW: self.row, GROUP: self.group, SPAN: self.span}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Asked:
    """An address, read. ``question`` is what it asks; ``faults`` say what of it could not be read,
    by field. ``newest`` is the journal's head now, ``told_head`` whether an entry was named."""

    question: Question
    code: str
    indicator: str
    view: str
    newest: Head
    told_head: bool
    since: date | None
    sector: str
    by: str
    cell: Cell | None
    page: int
    typed: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)

    @property
    def past(self) -> bool:
        """Whether less than all that is recorded is shown."""
        return self.question.head.number < self.newest.number

    def address(self, **changes: Any) -> str:
        """The address that shows this again, with changes: None takes something out."""
        told = {
            UNIT: self.code, PERIOD: self.question.period.code, REGIME: self.regime,
            INDICATOR: self.indicator,
            VIEW: self.view if self.view != VIEWS[0] else None,
            TREE: self.question.tree and self.question.tree.isoformat(),
            SINCE: self.since and self.since.isoformat(), SECTOR: self.sector, BY: self.by,
            **self.knowledge, **(self.cell.address if self.cell else {}), **changes,
        }  # fmt: skip
        return f"?{urlencode({name: str(value) for name, value in told.items() if value})}"

    @property
    def regime(self) -> str:
        """The regime of the period, where its days are not those of the calendar."""
        return regime_told(self.question.period)

    @property
    def knowledge(self) -> dict[str, str | None]:
        """The part of the address that says up to which entry the journal is read."""
        on = self.question.known_on
        if self.told_head:
            return {HEAD: str(self.question.head.number)}
        return {KNOWN: on.isoformat() if on else None}

    def to(self, cell: Cell | None) -> str:
        """The address that looks behind another cell of this page, or behind none."""
        if cell is None:
            return f"{self._of_page}#answer"
        return f"{self._of_page}&{urlencode(cell.address)}#drill"

    @cached_property
    def _of_page(self) -> str:
        """The address without a cell; a page has hundreds of cells."""
        return replace(self, cell=None).address()

    @property
    def exact(self) -> str:
        """The address that shows just this for ever: the entry named, not a day."""
        return self.address(**{KNOWN: None, HEAD: self.question.head.number})


class _Reading:
    """Reads an address field by field; what can't be read is told and passed over."""

    def __init__(self, query: QueryDict, sitting: Sitting) -> None:
        self.query, self.sitting = query, sitting
        self.faults: dict[str, str] = {}

    def get(self, name: str, most: int = 40) -> str:
        return self.query.get(name, "").strip()[:most]

    def read(self, name: str, how: Callable[[str], Any], told: str | None = None) -> Any:
        """A field's value, or None where nothing is said or it can't be read."""
        text = self.get(name) if told is None else told
        if not text:
            return None
        try:
            return how(text)
        except (vietnamese.BadText, BadPeriod) as refused:
            self.faults[name] = refused.in_english() if english() else str(refused)
            return None

    def period(self) -> Period:
        """The period of ``period``, or of ``year`` and ``part`` as the form sends them."""
        told = self.get(PERIOD)
        if year := self.get(YEAR):
            told = f"{year}-{part}" if (part := self.get(PART)) else year
        regime = self.read(REGIME, regime_named) or regime_named(CALENDAR)
        found = self.read(PERIOD, lambda code: Period.parse(code, regime=regime), told)
        if found is not None and found.start > self.sitting.today:
            said = _("{period} has not begun. Choose an earlier one.")
            title = vietnamese.capitalise_first(found.title_en if english() else found.title_vi)
            self.faults[PERIOD] = said.format(period=title)
            found = None
        return found or default_period(self.sitting.as_of.on)

    def head(self, newest: Head) -> tuple[Head, bool]:
        """The entry up to which the journal is read, and whether the address names it."""
        told = self.get(HEAD)
        if told.isdecimal() and len(told) < 16 and 0 < int(told) <= newest.number:
            return head_at(int(told)), True
        if told:
            said = _("The journal has no entry {n}; the last one is {last}.")
            self.faults[HEAD] = said.format(n=told, last=vietnamese.format_number(newest.number))
        return self.sitting.head, False

    def cell(self, period: Period) -> Cell | None:
        """The cell looked behind; a name that nothing bears is passed over."""
        name, _sep, standing = self.get(CELL).partition(":")
        if name not in CELLS or (standing and standing not in STANDINGS):
            return None
        group = self.get(GROUP, 80)
        span = self.read(SPAN, lambda code: span_of(code, period))
        if row := self.get(ROW):
            self.sitting.unit(row)
        return Cell(self.get(CELL), row, group, span.code if span else "")


def span_of(code: str, period: Period) -> Period:
    """Another period beside the page's own, by the same rule: a comparison with the year before
    does not ask whether the rule was in force then. Raises ``BadPeriod``."""
    before = period.same_period_last_year
    if code == before.code:
        return before
    return Period.parse(code, regime=period.regime)


def regime_told(period: Period) -> str:
    """The regime of a period, where its days are not those of the calendar."""
    return "" if period.regime.code == CALENDAR else period.regime.code


def default_period(day: date) -> Period:
    """The longest period from the beginning of a year that ended last before a day."""
    regime = regime_named(CALENDAR)
    for year in (day.year, day.year - 1):
        for part in reversed(_CUMULATED):
            found = Period.parse(f"{year}-{part}" if part else str(year), regime=regime)
            if found.last_day < day:
                return found
    raise AssertionError(day)


def asked(query: QueryDict, sitting: Sitting) -> Asked:
    """Read an address. Raises ``Http404`` for a unit that is not in sight."""
    reading, newest = _Reading(query, sitting), head()
    period = reading.period()
    known, told_head = reading.head(newest)
    tree = None if reading.get(TREE) in ("", THEN) else reading.read(TREE, vietnamese.parse_date)
    # Before the first entry there is no tree to choose from: then by all that is recorded.
    day, by_entry = min(period.last_day, sitting.today), known if known.number else newest
    code, unit = _unit(reading, sitting, day, by_entry)
    view, indicator, by = reading.get(VIEW), reading.get(INDICATOR), reading.get(BY)
    page = reading.get(PAGE)
    return Asked(
        question=Question(unit, period, known, None if told_head else sitting.known_on, tree),
        code=code,
        indicator=indicator if indicator in COUNTED else ADMITTED,
        view=view if view in VIEWS else VIEWS[0],
        newest=newest,
        told_head=told_head,
        since=reading.read(SINCE, vietnamese.parse_date),
        sector=reading.get(SECTOR),
        by=by if by in FIELDS else "",
        cell=reading.cell(period),
        page=max(int(page), 1) if page.isdecimal() and len(page) < 7 else 1,
        typed={TREE: reading.get(TREE), YEAR: reading.get(YEAR), KNOWN: reading.get(KNOWN)},
        faults=reading.faults,
    )


def _unit(reading: _Reading, sitting: Sitting, day: date, known: Head) -> tuple[str, int]:
    if code := reading.get(UNIT, 80):
        return code, sitting.unit(code)
    unit = top_in_sight(sitting, AsOf(day, known.number))
    if unit is None:
        raise Http404
    return lives([unit], AsOf(day, known.number))[unit].code, unit


def top_in_sight(sitting: Sitting, as_of: AsOf) -> int | None:
    """The unit to begin with: the highest in sight, or the first below it that branches."""
    tree = tree_on(as_of)
    party = set(units_of_family(PARTY, as_of.known).tolist())
    unit: int | None = next(
        (u for u in tree.ids.tolist() if u in sitting.units and u in party), None
    )
    while unit is not None:
        below = [u for u in tree.children(unit).tolist() if u in sitting.units and u in party]
        if len(below) != 1:
            return unit
        unit = below[0]
    return min(sitting.units, default=None)


KINDS = (
    (PeriodKind.YEAR, ("",)),
    (PeriodKind.NINE_MONTHS, ("9M",)),
    (PeriodKind.HALF, ("H1", "H2")),
    (PeriodKind.QUARTER, ("Q1", "Q2", "Q3", "Q4")),
    (PeriodKind.MONTH, tuple(f"{n:02}" for n in range(1, 13))),
)


def part_of(period: Period) -> str:
    """What a code says after the year."""
    return period.code.partition("-")[2]
