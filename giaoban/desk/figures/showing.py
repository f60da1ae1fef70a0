"""The answer: what the page of figures shows below its form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.figures import drill as drilling
from giaoban.desk.figures.asking import ADMITTED, PARTY, Asked, Cell
from giaoban.desk.figures.choices import Tab, views
from giaoban.desk.figures.drill import Drill
from giaoban.desk.figures.groups import LABELS, SENSITIVE, blocks
from giaoban.desk.figures.known import Known, first_look, known
from giaoban.desk.figures.months import year
from giaoban.desk.figures.tables import bands, indicators, sectors, statement, whole_row
from giaoban.figures.behind import Behind
from giaoban.figures.by_indicator import Measured, hidden_below, life_in, measured
from giaoban.figures.cells import REST, items_behind
from giaoban.figures.errors import NothingKnown
from giaoban.figures.organisation_work import head_for, statement_of
from giaoban.figures.trace import Item
from giaoban.journal.queries import AsOf
from giaoban.ledger.late import LATE_AFTER_DAYS
from giaoban.units.queries import UnitLife, lives


def shown(asked: Asked, sitting: Sitting) -> dict[str, Any]:
    """The number as known, the way to look that is asked for, and the panel behind a cell.

    Raises ``UnitNotInPeriod``, ``NothingKnown``.
    """
    question = asked.question
    if question.head.number == 0:
        head_for(question.known_on)
        raise NothingKnown(date=sitting.today, first=sitting.today)
    life = life_in(question)
    items, state = None, None
    if question.tree is None and first_look(question.period) < sitting.today:
        items = items_behind(replace(question, head=asked.newest), asked.indicator)
        state = known(asked, sitting, items)
    hidden = hidden_below(question.unit, question.period, question.head.number, sitting.units)
    view = asked.view if asked.view in dict(views(asked)) else "units"
    return {
        "view": view,
        "unit": life,
        "known": state,
        "why_units": _named(asked, state),
        "hidden": len(hidden),
        "running": question.period.last_day >= sitting.today,
        **_VIEWS[view](_Page(asked, sitting, life)),
        **(_panel(asked, sitting, items) if asked.cell else {}),
    }


def _named(asked: Asked, state: Known | None) -> dict[int, UnitLife]:
    units = {change.unit for change in state.changes} if state else set()
    return lives(units, AsOf(asked.question.period.last_day, asked.newest.number))


@dataclass(frozen=True, slots=True)
class _Page:
    """What each way to look is drawn from."""

    asked: Asked
    sitting: Sitting
    life: UnitLife


def _by_unit(on: _Page) -> dict[str, Any]:
    found: Measured = measured(on.asked.question, on.asked.indicator, on.sitting.units)
    blocks_of = sectors(found)
    everything = Tab(_("All"), on.asked.address(sector=None), not on.asked.sector, len(found.rows))
    return {
        "whole": whole_row(on.asked, found),
        "bands": bands(on.asked, found, on.sitting),
        "rest": found.rest,
        "rest_url": on.asked.to(Cell(REST)) if on.asked.indicator == ADMITTED else "",
        "with_plan": sum(row.achievement.plan is not None for row in found.rows),
        "without_plan": sum(row.achievement.plan is None for row in found.rows),
        "elapsed": vietnamese.percent(on.asked.question.period.elapsed_share, 1),
        "sectors": [
            everything,
            *(Tab(t, on.asked.address(sector=c), c == on.asked.sector, n) for c, t, n in blocks_of),
        ] if len(blocks_of) > 1 else [],
    }  # fmt: skip


def _by_month(on: _Page) -> dict[str, Any]:
    found = measured(on.asked.question, on.asked.indicator, on.sitting.units)
    partial = on.asked.question.unit in found.partial
    return {"year": year(on.asked, None if partial else found.whole.plan)}


def _statement(on: _Page) -> dict[str, Any]:
    _life, rows = statement_of(on.asked.question)
    party = [_("Probationary"), _("Full")] if on.life.family == PARTY else []
    # Beside the panel there is room for the picture or for last year.
    before = on.asked.cell is None or bool(on.asked.cell.span)
    return {
        "statement": statement(on.asked, rows, on.life.family, before=before),
        "statement_columns": [*party, *([_("Last year")] if before else [])],
    }


def _groups(on: _Page) -> dict[str, Any]:
    return {
        "blocks": blocks(on.asked, on.life.family),
        "by_tabs": [
            Tab(_("All"), on.asked.address(by=None), not on.asked.by),
            *(Tab(str(label), on.asked.address(by=name), name == on.asked.by)
              for name, label in LABELS.items()),
        ],
        "sensitive": on.asked.by in SENSITIVE,
    }  # fmt: skip


def _indicators(on: _Page) -> dict[str, Any]:
    return {"indicator_rows": indicators(on.asked, on.life.family)}


_VIEWS = {
    "units": _by_unit,
    "months": _by_month,
    "statement": _statement,
    "groups": _groups,
    "indicators": _indicators,
}


def _panel(asked: Asked, sitting: Sitting, items: Sequence[Item] | None) -> dict[str, Any]:
    """What is behind the cell; ``items`` are behind the page's own number as it is known now."""
    same = asked.cell == Cell(asked.indicator) and not asked.past
    found = drilling.drill(asked, sitting, items=items if same else None)
    return {"drill": found, **told(asked, found)}


def told(asked: Asked, found: Drill) -> dict[str, Any]:
    """What the panel and the page behind a cell say."""
    all_items = asked.address()
    n = len(found.items)
    counted = ngettext("{n} line makes", "{n} lines make", n).format(n=_n(n))
    return {
        "found": found,
        "heading": _("{unit}: {lines} the number {total}").format(
            unit=found.unit.name, lines=counted, total=_n(found.total)
        ),
        "sub": f"{found.what}, {drilling.period_name(found.period)}",
        "close": asked.to(None),
        "entries": [_entry(one) for one in found.shown],
        "legs": _("Together {total}").format(total=_n(found.total)),
        "all_url": reverse("desk:figures-behind") + all_items,
        "csv_url": reverse("desk:figures-behind-export", args=["csv"]) + all_items,
        "xlsx_url": reverse("desk:figures-behind-export", args=["xlsx"]) + all_items,
        "exact_url": reverse("desk:figures") + asked.exact,
    }


def _n(value: int) -> str:
    return vietnamese.format_number(value)


def _entry(one: Behind) -> dict[str, Any]:
    late = ""
    if one.days_late:
        late = ngettext("recorded {n} day late", "recorded {n} days late", one.days_late)
        late = late.format(n=_n(one.days_late))
    basis = one.entry.basis
    place = one.unit.name if one.unit else ""
    return {
        "number": one.item.entry,
        "url": f"/so-nhat-ky/{one.item.entry}/",
        "digest": bytes(one.entry.digest),
        "what": str(one.name) if one.name else place,
        "what_url": reverse("desk:members-person", args=[one.item.person]) if one.name else "",
        "unit": place if one.name else "",
        "why": f"{basis.number}, {vietnamese.format_date(basis.issued_on)}" if basis else "",
        "on": one.item.effective_on,
        "recorded_at": one.entry.recorded_at,
        "late": late if one.days_late > LATE_AFTER_DAYS else "",
        "amount": one.item.quantity if one.item.quantity != 1 else None,
    }
