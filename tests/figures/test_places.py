"""The order in which segments lie is for speed: any gives the same; a false place is found."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from giaoban.figures.segments import compacting, layout
from giaoban.figures.segments.checking import segments_match_the_journal
from giaoban.figures.segments.layout import SegmentSet, SegmentsUnusable
from giaoban.figures.segments.places import places, preorder, read_places
from giaoban.figures.segments.reading import Parts
from giaoban.journal.queries import head
from giaoban.periods import Span
from tests import raw
from tests.figures.test_segments import compacted, everything, place, spans
from tests.histories import History
from tests.world import World

__all__ = ["place"]  # the fixture


def test_the_units_of_a_branch_stand_side_by_side() -> None:
    ids, parents = np.array([7, 3, 9, 4, 1]), np.array([3, -1, 4, 3, 9])
    order = np.array([1, 0, 0, 0, 0])
    assert preorder(ids, parents, order).tolist() == [3, 4, 9, 1, 7]


def test_parents_that_make_no_tree_give_an_order_all_the_same() -> None:
    ids = np.array([5, 2, 8])
    for parents in ([2, 5, -1], [-1, 99, -1]):
        assert preorder(ids, np.array(parents), np.arange(3)).tolist() == [2, 5, 8]


def _history(world: World) -> tuple[Span, list[int]]:
    """What happened in some years; one of their spans, and half of the units of the last day."""
    history = History(replace(world), seed=11, days_apart=12).play(50)
    some, *_others = spans(history, seed=3, n=3)
    return some, history.open_units(history.day)[::2]


def test_any_order_gives_the_same(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some, units = _history(world)
    found = compacted()
    stood = read_places(place / found.folder / found.places.name)
    told = everything(some, head().number, units)
    # Back to front, and with half of the units nowhere in the tree.
    monkeypatch.setattr(compacting, "in_preorder", lambda duck: stood[::-2])
    found = compacted()
    other = read_places(place / found.folder / found.places.name)
    assert other.tolist() != stood.tolist()
    [(legs,)] = raw.sql("SELECT count(DISTINCT unit_id) FROM ledger_leg")
    assert (places(place / found.folder / found.places.name).of(stood) >= 0).sum() >= legs
    assert everything(some, head().number, units) == told
    assert not segments_match_the_journal().faults


def test_a_large_year_lies_in_several_files_and_only_those_asked_for_are_opened(
    world: World, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some, units = _history(world)
    compacted()
    told = everything(some, head().number, units)
    monkeypatch.setattr(compacting, "PART", 5)
    found = compacted()
    largest = max(found.years, key=lambda year: len(year.legs))
    assert len(largest.legs) > 2
    assert all(file.rows <= 5 for year in found.years for file in year.legs)
    assert sum(file.rows for year in found.years for file in year.legs) == found.legs
    assert everything(some, head().number, units) == told
    assert not segments_match_the_journal().faults
    # A place lies in the file that tells it, and in another only where its legs go on there.
    first = largest.legs[0]
    (place / found.folder / first.name).unlink()
    end = date(largest.year + 1, 1, 1)
    parts = Parts(head().number, found, place / found.folder)
    assert parts.ask([COUNT], date(largest.year, 1, 1), end, _beyond(found, place, first.last))
    with pytest.raises(SegmentsUnusable, match=first.name):
        parts.ask([COUNT], date(largest.year, 1, 1), end, _beyond(found, place, first.first - 1))


# Any sum of legs.
COUNT = (
    "SELECT CAST(count(*) AS BIGINT) FROM ledger_leg WHERE effective_on >= %(start)s"
    " AND effective_on < %(end)s AND entry_id > %(after)s AND entry_id <= %(known)s AND %(within)s",
    1,
)


def _beyond(found: SegmentSet, place: Path, last: int) -> list[int]:
    """The units at places behind one."""
    units = read_places(place / found.folder / found.places.name)
    return [int(one) for one in units[last + 1 :]]


def test_a_false_range_of_places_is_found(world: World, place: Path) -> None:
    """A file that isn't opened for who is in it: their legs would be lacking."""
    world.admit("CY1", date(2018, 3, 5))
    compacted()
    told = json.loads((place / layout.CURRENT).read_text())
    [file] = [file for year in told["years"] if year["year"] == 2018 for file in year["legs"]]
    file |= {"first": 0, "last": -1}
    (place / layout.CURRENT).write_text(json.dumps(told))
    [fault] = segments_match_the_journal().faults
    assert file["name"] in fault


def test_a_false_place_is_found(world: World, place: Path) -> None:
    """Two units that changed places, with all marks right: nobody's figures would be their own."""
    for code in ("CY1", "CY2"):
        world.admit(code, date(2018, 3, 5))
    found = compacted()
    path = place / found.folder / found.places.name
    units = read_places(path)
    units[[0, 1]] = units[[1, 0]]
    with path.open("wb") as file:
        np.save(file, units)
    mark = layout.described(path, len(units))
    told = json.loads((place / layout.CURRENT).read_text())
    told["places"] = {field: getattr(mark, field) for field in mark.__struct_fields__}
    (place / layout.CURRENT).write_text(json.dumps(told))
    assert segments_match_the_journal().faults
