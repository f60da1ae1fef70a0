"""Is the tree of organisations sound? Each check is one invariant, over all that is recorded."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from giaoban.journal.checks import Check, Finding
from giaoban.journal.queries import head, not_reversed
from giaoban.journal.sql import fetch
from giaoban.units.models import (
    Closing,
    Family,
    Founding,
    Naming,
    Placement,
    Sector,
    Succession,
    Unit,
    UnitKind,
)
from giaoban.units.queries import days_of_change, read_tree
from giaoban.units.tree import BrokenTree

# Where a row of a book names a unit: (table, column). The database checks no foreign keys there.
_NAMES = [
    *((book._meta.db_table, "unit_id") for book in (Founding, Closing, Naming, Placement)),
    ("units_placement", "parent_id"),
    ("units_succession", "unit_id"),
    ("units_succession", "successor_id"),
]


def identities_match() -> Finding:
    """Each unit is what its founding wrote into the journal, and each founding has its unit."""
    finding = Finding(_("units: identities"), looked_at=Unit.objects.count())
    rows = fetch(
        "SELECT u.code, f.code, f.entry_id FROM units_unit AS u"
        " FULL JOIN units_founding AS f ON f.unit_id = u.id"
        " WHERE u.id IS NULL OR f.unit_id IS NULL"
        " OR (u.code, u.kind_id, u.sector_id) IS DISTINCT FROM (f.code, f.kind_id, f.sector_id)"
    )
    for code, founded, number in rows:
        if number is None:
            finding.fault(_("unit {code} was founded by no entry").format(code=code))
        else:
            text = _("unit {code} is not what entry {n} founded ({founded})")
            finding.fault(text.format(code=code or "–", n=number, founded=founded))
    return finding


def rows_name_units() -> Finding:
    """Every row names units that there are."""
    finding = Finding(_("units: rows name known units"))
    for table, column in _NAMES:
        [(count,)] = fetch(f"SELECT count({column}) FROM {table}")
        finding.looked_at += count
        rows = fetch(
            f"SELECT x.entry_id, x.line, x.{column} FROM {table} AS x"
            f" LEFT JOIN units_unit AS u ON u.id = x.{column}"
            f" WHERE x.{column} IS NOT NULL AND u.id IS NULL ORDER BY 1, 2"
        )
        for number, line, unit in rows:
            text = _("{row}: there is no unit {unit}")
            finding.fault(text.format(row=f"{table} {number}/{line}", unit=unit))
    return finding


def lives_in_order() -> Finding:
    """A unit is founded once, closed once at most and not before, and named from the first day."""
    finding = Finding(_("units: lives"), looked_at=Unit.objects.count())
    valid = not_reversed("x")
    rows = fetch(
        "SELECT u.code, f.n, c.n, c.day < f.day, n.day IS NULL OR n.day > f.day"
        " FROM units_unit AS u"
        f" LEFT JOIN (SELECT unit_id, count(*) AS n, min(from_on) AS day FROM units_founding AS x"
        f"   WHERE {valid} GROUP BY 1) AS f ON f.unit_id = u.id"
        f" LEFT JOIN (SELECT unit_id, count(*) AS n, min(from_on) AS day FROM units_closing AS x"
        f"   WHERE {valid} GROUP BY 1) AS c ON c.unit_id = u.id"
        f" LEFT JOIN (SELECT unit_id, min(from_on) AS day FROM units_naming AS x"
        f"   WHERE {valid} GROUP BY 1) AS n ON n.unit_id = u.id"
        " WHERE f.n > 1 OR c.n > 1 OR (f.n IS NULL AND c.n > 0) OR c.day < f.day"
        " OR (f.n = 1 AND (n.day IS NULL OR n.day > f.day)) ORDER BY u.code",
        known=head().number,
    )
    for code, founded, closed, early, nameless in rows:
        text = _("unit {code}: founded {f} times, closed {c} times")
        if early:
            text = _("unit {code} closed before it was founded")
        elif founded == 1 and not (closed or 0) > 1 and nameless:
            text = _("unit {code} has no name on its first day")
        finding.fault(text.format(code=code, f=founded or 0, c=closed or 0))
    return finding


def trees_stand() -> Finding:
    """On every day on which the tree changed it is a forest: no cycle, no dead parent."""
    finding = Finding(_("units: the tree on each day of change"))
    known = head().number
    for day in days_of_change(date.min, date.max, known):
        finding.looked_at += 1
        try:
            read_tree(day, known)
        except BrokenTree as broken:
            named = Unit.objects.filter(pk__in=broken.units).values_list("code", flat=True)
            text = _("on {day} there is no way up from {units}")
            finding.fault(text.format(day=day, units=", ".join(sorted(named)[:5])))
    return finding


def successions_lead_on() -> Finding:
    """Whoever ended with a successor has one that was open that day."""
    finding = Finding(_("units: successors"), looked_at=Succession.objects.count())
    valid = not_reversed("x")
    rows = fetch(
        "SELECT x.entry_id, x.line FROM units_succession AS x"
        f" WHERE {valid} AND (NOT EXISTS (SELECT FROM units_founding AS f"
        "   WHERE f.unit_id = x.successor_id AND f.from_on <= x.from_on"
        f"  AND {not_reversed('f')})"
        " OR EXISTS (SELECT FROM units_closing AS c WHERE c.unit_id = x.successor_id"
        f"  AND c.from_on < x.from_on AND {not_reversed('c')})) ORDER BY 1, 2",
        known=head().number,
    )
    for number, line in rows:
        text = _("{row}: the successor was not open that day")
        finding.fault(text.format(row=f"units_succession {number}/{line}"))
    return finding


_DATA = Path(__file__).resolve().parent / "data"
_REFERENCE: dict[str, type[Family | UnitKind | Sector]] = {
    "families.csv": Family, "kinds.csv": UnitKind, "sectors.csv": Sector,
}  # fmt: skip


def reference_data_is_the_package_s() -> Finding:
    """Families, kinds and sectors that come with the package are as it has them."""
    finding = Finding(_("units: families, kinds and sectors"))
    for name, model in _REFERENCE.items():
        kept = {row.pk: row for row in model.objects.all()}
        for told in _packaged(name):
            finding.looked_at += 1
            row = kept.get(told["code"])
            if row is None or any(_text(row, field) != value for field, value in told.items()):
                text = _("{row}: not as the package has it")
                finding.fault(text.format(row=f"{model._meta.db_table} {told['code']}"))
    return finding


def _packaged(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _text(row: Family | UnitKind | Sector, field: str) -> str:
    """A field as the package's lists write it."""
    value = getattr(row, "family_id" if field == "family" else field)
    return str(int(value)) if isinstance(value, bool) else str(value)


CHECKS: list[Check] = [
    reference_data_is_the_package_s,
    identities_match,
    rows_name_units,
    lives_in_order,
    trees_stand,
    successions_lead_on,
]
