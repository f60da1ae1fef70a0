"""The sheet as the page shows it: its rows with what was typed, and who may type."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.desk.door import Sitting
from giaoban.desk.targets.asking import Asked, units_to_choose
from giaoban.desk.targets.forms import PREFIX, BasisForm, Typed
from giaoban.desk.targets.recording import KEY
from giaoban.figures.allocation_sheet import Sheet, SheetRow, allocation_sheet
from giaoban.figures.indicators import INDICATORS
from giaoban.journal.queries import AsOf
from giaoban.people import scope
from giaoban.plans.indicators import TARGETED
from giaoban.units.queries import lives, tree_on

SEEN = "seen"
YEARS_BACK, YEARS_AHEAD = 10, 1


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the sheet with its field. ``text`` is what stands in the field, ``number`` and
    ``handed`` what holds, and what the units below have, by what was typed; ``fault`` says why a
    number can't be taken."""

    of: SheetRow
    field: str
    text: str
    fault: str
    changed: bool
    editable: bool
    number: int | None
    handed: int | None
    toggle: str
    link: str

    @property
    def deep(self) -> int:
        """How far to set the name in: three steps at most, a phone is narrow."""
        return min(self.of.depth, 3)

    @property
    def rest(self) -> int | None:
        """What is not handed down yet; None without a target, or where nothing was handed down
        and it is not looked at."""
        if self.number is None or (self.handed is None and not self.of.opened):
            return None
        return self.number - (self.handed or 0)

    @property
    def over(self) -> int:
        """How much more was handed down than there is."""
        return -min(self.rest or 0, 0)


def sheet_of(asked: Asked, sitting: Sitting) -> Sheet:
    """The sheet that an address asks for."""
    as_of = AsOf(min(sitting.as_of.on, date(asked.year, 12, 31)), sitting.as_of.known)
    units = tree_on(as_of).below(asked.unit).tolist() if asked.opened else []
    codes = {life.code: unit for unit, life in lives(units, as_of).items()}
    opened = {codes[code] for code in asked.opened if code in codes}
    return allocation_sheet(
        asked.unit, asked.indicator, asked.year, sitting.as_of, opened=opened, sight=sitting.units
    )


def rows_of(asked: Asked, sitting: Sitting, sheet: Sheet, found: Typed) -> list[Row]:
    """The rows with what was typed; only those of units in charge can be typed into, and only on
    the sheet of now."""
    ids = [row.life.id for row in sheet.rows]
    known = sitting.head.number
    mine: set[int] = set()
    if not sitting.past:
        mine = scope.units_in_charge(sitting.login, ids, on=sitting.today, known=known)
    numbers = {row.life.id: found.changed.get(row.life.id, row.target) for row in sheet.rows}
    return [
        Row(
            of=row,
            field=PREFIX + row.life.code,
            text=_text(row, found),
            fault=found.faults.get(row.life.code, ""),
            changed=row.life.id in found.changed,
            editable=row.life.id in mine,
            number=numbers[row.life.id],
            handed=_handed(row, sheet, numbers),
            toggle=asked.toggled(row.life.code) if row.children and row.depth else "",
            link=asked.address(unit=row.life.code, open=()) if row.children and row.depth else "",
        )
        for row in sheet.rows
    ]


def _text(row: SheetRow, found: Typed) -> str:
    """What was typed, where it says something new; else what holds, as it is by now."""
    code = row.life.code
    if code in found.faults or row.life.id in found.changed:
        return found.text.get(code, "")
    return "" if row.target is None else vietnamese.format_number(row.target)


def _handed(row: SheetRow, sheet: Sheet, numbers: dict[int, int | None]) -> int | None:
    """What was handed down to the units below, by what was typed for those on the sheet."""
    if not row.opened:
        return row.below if row.given else None
    parts = [numbers[one.life.id] for one in sheet.rows if one.above == row.life.id]
    return sum(n or 0 for n in parts) if any(n is not None for n in parts) else None


def context(
    asked: Asked, sitting: Sitting, sheet: Sheet, found: Typed | None = None,
    basis: BasisForm | None = None, data: QueryDict | None = None, lead: str = "",
) -> dict[str, Any]:  # fmt: skip
    """Everything the page says. ``lead`` is a refusal that belongs to no field."""
    rows = rows_of(asked, sitting, sheet, found or Typed())
    editable = any(row.editable for row in rows)
    key = data.get(KEY) if data is not None else None
    last = sitting.today.year + YEARS_AHEAD
    return {
        "asked": asked,
        "rows": rows,
        "top": rows[0],
        "unit": sheet.top.life,
        "indicator": INDICATORS[asked.indicator],
        "indicators": [
            (code, INDICATORS[code].label, code == asked.indicator) for code in TARGETED
        ],
        "years": sorted({*range(last - YEARS_BACK - 1, last + 1), asked.year}, reverse=True),
        "unit_options": units_to_choose(asked, sitting),
        "editable": editable,
        "cell": "gridcell" if editable else "cell",
        "last_year": asked.year - 1,
        "as_of": sheet.as_of,
        "basis": basis or BasisForm(),
        "key": key or str(uuid.uuid4()),
        "seen": sitting.head.number,
        "lead": lead,
        "faults": [row for row in rows if row.fault],
        "refused": bool(lead or any(row.fault for row in rows) or (basis and basis.errors)),
    }


def exported(sheet: Sheet) -> tuple[list[str], list[list[Any]]]:
    """Heads and rows of the sheet as a file."""
    heads = [_("Code"), _("Unit"), _("Level"), _("This year's target"), _("Last year's target"),
             _("Last year's actual"), _("Not handed down")]  # fmt: skip
    return heads, [
        [row.life.code, row.life.name, row.depth, row.target, row.last_target, row.actual, row.rest]
        for row in sheet.rows
    ]
