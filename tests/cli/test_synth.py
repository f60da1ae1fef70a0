"""The synthetic nation: a hundredth of it in real books, killed on the way and gone on with."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from django.core.management.base import CommandError

from giaoban import database
from giaoban.cli.synth import divisions, law
from giaoban.cli.synth.columns import write_columns
from giaoban.cli.synth.divisions import read_divisions
from giaoban.cli.synth.errors import BooksTaken, UnitsMissing
from giaoban.cli.synth.nation import build, plan
from giaoban.cli.synth.organisations import NATION_CODE
from giaoban.cli.synth.sizes import ENDS, REFORM, sizes
from giaoban.cli.verifying import CHECKS
from giaoban.figures.lines import Line
from giaoban.figures.restating import restate, restate_by_person
from giaoban.figures.statement import statements
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.ledger.models import Leg
from giaoban.ledger.queries import strength
from giaoban.periods import Span
from giaoban.units.models import Closing, Extent, Succession
from giaoban.units.queries import tree_on, unit_by_code
from tests.cli.calling import Office
from tests.conftest import FLOORS, TABLES, _ensure, _name, pointed_at

SCALE = 0.01
NINE_MONTHS = Span(date(2024, 1, 1), date(2024, 10, 1))
TODAY = date(2025, 12, 31)
MADE_FROM = (*TABLES, *FLOORS, "giaoban/plans/*.py", "giaoban/periods/*.py",
             "giaoban/cli/synth/*.py", "giaoban/cli/demonstration/data/*.csv")  # fmt: skip


class Killed(Exception):
    """Stands for a run that ends in the middle."""


def build_in_two_goes() -> None:
    """Build, killed when half is written, and again."""
    half = sizes(SCALE).legs // 2
    written = 0

    def kill(legs: int) -> None:
        nonlocal written
        written += legs
        if written > half:
            raise Killed

    with pytest.raises(Killed):
        build(SCALE, kill)
    before = head().number
    again = build(SCALE, lambda legs: None)
    assert again.entries > 0
    assert head().number == before + again.entries
    assert again.legs < sizes(SCALE).legs


@pytest.fixture(scope="module")
def nation(
    cluster: database.Cluster, template: str, django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[int]:  # fmt: skip
    """A database with a hundredth of the nation; the number of the organisation above all."""
    with django_db_blocker.unblock():
        name = _ensure(cluster, _name("synth", MADE_FROM), build_in_two_goes, template)
        with pointed_at(cluster, name):
            yield unit_by_code(NATION_CODE)


# What the package says, and the law --------------------------------------------------------


def test_the_package_has_the_law_s_figures() -> None:
    """All but the rows of the five islands, and that has its cause named."""
    told = law.counts(read_divisions())
    assert [count.found for count in told if count.differs] == [10_040]
    assert all(count.cause for count in told if count.differs or count.law is None)


def test_every_commune_has_a_successor_and_every_new_one_a_predecessor() -> None:
    land = read_divisions()
    islands = {code for code, one in land.districts.items() if one.island}
    assert {p.code for p in land.passages if p.district} == islands
    assert {p.code for p in land.passages if not p.district} == set(land.communes)
    assert {code for p in land.passages for code in p.successors} == set(land.new_communes)
    assert set(land.provinces_into) == set(land.provinces)
    assert set(land.provinces_into.values()) == set(land.new_provinces)


def test_thach_that_went_as_the_statistics_office_says() -> None:
    """Quang Trung and Hòa Thạch's neighbours: parts go where the domain's table has them."""
    land = read_divisions()
    names = {code: one.name for code, one in land.new_communes.items()}
    went = {
        land.communes[p.code].name: {names[code] for code in p.successors}
        for p in land.passages
        if not p.district and land.communes[p.code].district == "276"
    }
    assert went["Xã Cẩm Yên"] == {"Xã Thạch Thất"}
    assert went["Xã Hạ Bằng"] == {"Xã Hạ Bằng", "Xã Hòa Lạc"}
    assert went["Xã Quang Trung"] == {"Xã Tây Phương", "Xã Kiều Phú"}


def test_without_the_package_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(divisions, "PACKAGE", "no_such_package_of_units")
    with pytest.raises(UnitsMissing, match="vietnamadminunits"):
        read_divisions()


def test_the_plan_of_the_whole_nation_is_as_large_as_asked() -> None:
    """Without its books: 52.000 grassroots organisations and 250.000 cells below them."""
    from giaoban.cli.synth.organisations import organisations

    kinds = Counter(one.kind for one in organisations(read_divisions(), sizes(1)).listed)
    assert kinds["party-base"] + kinds["party-base-cell"] == 52_000
    assert kinds["party-cell"] == 250_000
    assert (kinds["party-central"], kinds["party-district"]) == (63, 696)


def test_two_plans_are_the_same() -> None:
    size, land = sizes(0.002), read_divisions().share(0.002)
    assert list(plan(land, size, 1)) == list(plan(land, size, 1))


def test_columns_are_the_legs_of_the_plan(tmp_path: Path) -> None:
    """Twice over: once the very fates of the books, and once others; each person has their own."""
    import duckdb

    scale = 0.002
    land, size = read_divisions().share(scale), sizes(scale)
    told = write_columns(2, tmp_path, lambda legs: None, scale)
    files = [str(tmp_path / told.folder / one.name) for year in told.years for one in year.legs]
    found = duckdb.read_parquet(files).aggregate(
        "unit_id, account, kind, effective_on, person_id, quantity, count(*)"
    ).fetchall()  # fmt: skip
    planned = Counter(
        (unit, int(account), int(kind), day, person, quantity)
        for batch in plan(land, size, 1)
        for draft in batch.drafts
        for unit, account, kind, day, person, quantity, _reversal in draft.rows.get(Leg, ())
        if person is not None
    )
    persons = size.members + size.left
    assert Counter({row[:-1]: row[-1] for row in found if row[4] <= persons}) == planned
    assert {row[4] for row in found} == set(range(1, 2 * persons + 1))
    assert told.legs == sum(row[-1] for row in found)


# The books ---------------------------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_books_are_sound(nation: int, check: object) -> None:
    """Everything that ``giaoban verify`` looks at: these are real books."""
    assert callable(check)
    assert check().faults == []


def test_it_is_as_large_as_asked(nation: int) -> None:
    size = sizes(SCALE)
    as_of = AsOf(TODAY, head().number)
    assert sum(strength(tree_on(as_of).below(nation).tolist(), as_of).values()) == size.members
    assert abs(Leg.objects.count() - size.legs) < size.legs * 0.01
    assert Entry.objects.filter(effective_on__gte=ENDS).count() == 0


def test_everybody_says_that_it_is_synthetic(nation: int) -> None:
    assert set(Entry.objects.values_list("by", flat=True).distinct()) == {"du-lieu-gia-lap"}
    [(bare,)] = fetch(
        "SELECT count(*) FROM journal_basis WHERE title NOT LIKE '%%(dữ liệu giả lập)'"
    )
    assert bare == 0


def test_it_is_not_built_into_other_books(nation: int) -> None:
    with pytest.raises(BooksTaken):
        build(SCALE / 2, lambda legs: None)


def test_built_again_nothing_is_recorded(nation: int) -> None:
    before = head()
    told = build(SCALE, lambda legs: None)
    assert (told.entries, told.legs, head()) == (0, 0, before)


# The reform --------------------------------------------------------------------------------


def test_the_reform_left_the_package_s_units(nation: int) -> None:
    land = read_divisions().share(SCALE)
    eve, day = law.standing_on(REFORM - timedelta(days=1)), law.standing_on(REFORM)
    assert eve == (len(land.provinces), len(land.districts), len(land.communes))
    assert day == (len(land.new_provinces), 0, len(land.new_communes))
    assert not any(count.differs for count in law.counts(land, eve, day, whole=False))


def test_whole_ones_merged_and_divided_ones_were_split(nation: int) -> None:
    land = read_divisions().share(SCALE)
    parts = {p.code: len(p.successors) for p in land.passages if not p.district}
    for code, n in parts.items():
        lines = Succession.objects.filter(unit_id=unit_by_code(f"XA-{code}"))
        extent = Extent.WHOLE if n == 1 else Extent.PART
        assert [line.extent for line in lines] == [extent] * n
    ended = set(Closing.objects.values_list("from_on", flat=True))
    assert ended == {REFORM}


def test_nobody_came_or_went_by_the_reform(nation: int) -> None:
    known = head().number
    july = statements(Span(REFORM, REFORM + timedelta(days=1)), known, "party")
    for line in (Line.CAME_WITH_UNIT, Line.LEFT_WITH_UNIT):
        assert july.amount(nation, line).both == 0
    assert july.amount(nation, Line.OPENING).both == july.amount(nation, Line.CLOSING).both


def test_nine_months_restated_keep_their_totals(nation: int) -> None:
    """By the tree then and by today's: the same, with those whom nobody can attribute shown."""
    known = head().number
    then = statements(NINE_MONTHS, known, "party")
    today = restate(nation, NINE_MONTHS, known, "party", TODAY)
    for line in Line:
        assert today.amount(nation, line) == then.amount(nation, line), line
    assert then.amount(nation, Line.ADMITTED).both > 0
    assert today.loose_below(Line.ADMITTED, nation) > 0


def test_restated_sums_are_those_of_the_persons(nation: int) -> None:
    """Of the nation, of a province, of a district that is no more and of a new commune."""
    known = head().number
    tree, old = tree_on(AsOf(TODAY, known)), tree_on(AsOf(date(2024, 1, 1), known))
    province = int(tree.children(nation)[0])
    district = int(old.children(province)[0])
    for unit, day in ((nation, TODAY), (province, TODAY), (district, TODAY),
                      (int(tree.children(province)[-1]), TODAY)):  # fmt: skip
        sums = restate(unit, NINE_MONTHS, known, "party", day)
        persons = restate_by_person(unit, NINE_MONTHS, known, "party", day)
        assert np.array_equal(sums.amounts, persons.amounts)
        assert np.array_equal(sums.unattributed, persons.unattributed)


def test_the_year_of_the_reform_by_the_tree_before_it(nation: int) -> None:
    """Backwards, too: whoever came since belongs to what their unit was made from."""
    known, year = head().number, Span(date(2025, 4, 1), date(2026, 1, 1))
    eve = REFORM - timedelta(days=1)
    sums = restate(nation, year, known, "party", eve)
    persons = restate_by_person(nation, year, known, "party", eve)
    assert np.array_equal(sums.amounts, persons.amounts)
    assert np.array_equal(sums.unattributed, persons.unattributed)
    assert sums.amount(nation, Line.CLOSING) == statements(year, known, "party").amount(
        nation, Line.CLOSING
    )


# The command -------------------------------------------------------------------------------


def test_the_command_compares_with_the_law(office: Office) -> None:
    told = json.loads(office.say("synth", "counts", "--format", "json"))
    assert {row["Figure"]: row["law"] for row in told}["communes after"] == 3_321
    assert sum(row["law"] not in (None, row["package"]) for row in told) == 1


def test_the_command_builds_and_reports(nation: int, office: Office) -> None:
    said = office.say("synth", "nation", "--scale", str(SCALE))
    assert "Recorded: 0 entries" in said
    assert "only some provinces were built" in said


@pytest.mark.parametrize("scale", ["0", "1.5", "-1", "much"])
def test_the_command_refuses_what_is_no_scale(office: Office, scale: str) -> None:
    with pytest.raises(CommandError, match="scale"):
        office.say("synth", "nation", f"--scale={scale}")


def test_a_report_of_the_nation_reads_as_any_other(nation: int, office: Office) -> None:
    """Its kind is the office's own, for which no report has words of its own."""
    said = office.say("report", "2024-9M", "--unit", NATION_CODE)
    assert "the whole organisation" in said
