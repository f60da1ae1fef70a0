"""Units found along the text of all names are those that looking at each name finds."""

from __future__ import annotations

import random
from collections.abc import Collection
from datetime import date

import pytest

from giaoban.journal.queries import AsOf, head
from giaoban.ledger.corrections import reverse_entry
from giaoban.ledger.reorganisation import close_unit, found_unit, rename_unit
from giaoban.units import finding
from giaoban.units.finding import UnitHit, find_units
from giaoban.units.models import Unit
from giaoban.units.rules import NewUnit
from tests.world import DECISION, World

EARLY, MARCH, JUNE = date(2018, 2, 1), date(2018, 3, 1), date(2018, 6, 1)
PLACES = ("Cẩm Yên", "Tiến Xuân", "Hòa", "Ho\u00e0 Lạc", "Thạch  Hòa", "Tân Thành", "Đồng Trúc")
TEXTS = ("hoa", "hòa", "HOA", "chi bộ", "Chi bo 1", "thon 2", "t-1", "T-12", "yên", "d", "đ",
         "xuan", "thach hoa", "thạch\t hòa", "a\nb", "%", "x_", "khong dau", "12", "")  # fmt: skip


@pytest.fixture
def villages(world: World) -> list[int]:
    """Cells called alike; some are renamed, some are called so by mistake, some are closed."""
    rng = random.Random(5)

    def name() -> str:
        kind, number = rng.choice(("thôn", "Thôn", "tổ")), rng.randint(1, 12)
        return f"Chi bộ {kind} {number} {rng.choice(PLACES)}"

    found = []
    for n in range(40):
        cell = NewUnit(code=f"T-{n}", kind="party-cell", name=name(), parent="CY")
        found_unit(cell, on=EARLY, basis=DECISION, by=world.by(EARLY))
        found.append(world.unit(f"T-{n}"))
    for unit in found[:12]:
        rename_unit(unit, name(), on=MARCH, basis=DECISION, by=world.by(MARCH))
    for unit in found[8:16]:
        wrong = rename_unit(unit, name(), on=JUNE, basis=DECISION, by=world.by(JUNE))
        reverse_entry(wrong, reason="nhầm", by=world.by())
    for unit in found[14:20]:
        close_unit(unit, on=JUNE, basis=DECISION, by=world.by(JUNE))
    return found


def test_as_by_looking_at_each(villages: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """On each day, by all that is known and by less, of all units and of some."""
    everything = frozenset(Unit.objects.values_list("pk", flat=True))
    some = frozenset(random.Random(9).sample(sorted(everything), len(everything) // 2))
    newest = head().number

    def ways(text: str, units: Collection[int], as_of: AsOf, limit: int) -> list[list[UnitHit]]:
        told = []
        for few in (0, 10**9):
            monkeypatch.setattr(finding, "FEW", few)
            told.append(find_units(text, units, as_of, limit=limit))
        return told

    hits = 0
    for as_of in (AsOf(EARLY, newest), AsOf(JUNE, newest), AsOf(JUNE, newest - 10)):
        for units in (everything, some | {10**9}):
            for text in TEXTS:
                for limit in (1, 8):
                    along, each = ways(text, units, as_of, limit)
                    assert along == each, (text, as_of, limit)
                    hits += len(along)
    assert hits > 400
