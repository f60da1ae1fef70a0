"""At the desk only who sees every unit reads segments, which hold everybody's legs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from giaoban.figures import leaves
from giaoban.figures.segments.compacting import compact
from giaoban.figures.segments.errors import LegsHidden
from giaoban.figures.segments.reading import in_force
from giaoban.figures.statement import statements
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.ledger.reorganisation import merge_units
from giaoban.people import scope
from giaoban.people.sight import in_sight
from giaoban.periods import Span
from tests.world import DECISION, World

DAY = date(2018, 3, 1)
YEAR = Span(date(2018, 1, 1), date(2019, 1, 1))


@pytest.fixture
def segments(office: World, settings: Any, tmp_path: Path) -> Path:
    """Members of two communes and a merger across them, in segments, and somebody since."""
    settings.SEGMENTS = tmp_path / "segments"
    for code in ("CY1", "CY1", "TX1"):
        office.admit(code, DAY)
    merge_units([office.unit("CY1")], office.unit("TX1"), on=date(2018, 7, 1), basis=DECISION,
                by=office.by(date(2018, 7, 1)))  # fmt: skip
    with transaction.atomic(), writers_rights():
        compact(lambda n: None)
    office.admit("CY2", date(2018, 8, 1))
    return Path(settings.SEGMENTS)


def seen() -> tuple[set[int], list[Any], list[Any]]:
    """The units that leaf sums name, the statements, and the ways through the reform."""
    known, day = head().number, date(2018, 7, 1)
    flows = leaves.flows(YEAR.start, YEAR.end, known, [])
    moves = leaves.moves([day], known)
    [stock] = leaves.stocks_before([YEAR.end], known)
    units = {int(unit) for column in (flows.columns[1], stock.columns[0]) for unit in column}
    return (
        units,
        statements(YEAR, known, "party").amounts.tolist(),
        [column.tolist() for column in moves.columns],
    )


def test_who_sees_everything_reads_them(office: World, segments: Path) -> None:
    everything = scope.units_in_sight(office.clerk, on=DAY, known=2**62)
    with in_sight(everything):
        assert in_force() is not None
        with_them = seen()
        segments.rename(segments.with_name("away"))
        assert with_them == seen()


def test_who_sees_some_units_never_does(office: World, segments: Path) -> None:
    mine = scope.units_in_sight(office.colleague, on=DAY, known=2**62)
    with in_sight(mine):
        assert in_force() is None
        with_them = seen()
        assert with_them[0]
        assert with_them[0] <= mine
        segments.rename(segments.with_name("away"))
        assert with_them == seen()


def test_without_a_sight_nothing_is_read(office: World, segments: Path) -> None:
    assert in_force() is None
    assert seen()[0] == set()


def test_the_desk_itself_does_not_write_them(office: World, segments: Path) -> None:
    before = sorted(segments.iterdir())
    with pytest.raises(LegsHidden):
        compact(lambda n: None)
    assert sorted(segments.iterdir()) == before
