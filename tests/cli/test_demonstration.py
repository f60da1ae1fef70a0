"""The demonstration: the published facts come out of its movements, and nobody gets lost."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from giaoban import database, vietnamese
from giaoban.cli import demonstration
from giaoban.cli.demonstration import facts, papers, playing
from giaoban.cli.demonstration.diary import PREFIX, Line, Step
from giaoban.journal.checks import CHECKS
from giaoban.journal.kinds import Kind
from giaoban.journal.queries import AsOf, head, head_known_on
from giaoban.ledger.queries import roster, strength
from giaoban.plans.queries import allocation, targets
from giaoban.reports.checks import reports_reproduced
from giaoban.reports.documents.walking import lines
from giaoban.reports.issues import Standing, frozen_figures, issued_document, issues
from giaoban.units.queries import lives, tree_on, unit_by_code
from tests.conftest import FLOORS, TABLES, _ensure, _name, pointed_at
from tests.world import World

NINE_MONTHS = (date(2018, 1, 1), date(2018, 10, 1))
PUBLISHED_ON = date(2018, 10, 29)
DAY_OF_REPORT = date(2018, 9, 30)
MADE_FROM = (*TABLES, *FLOORS, "giaoban/plans/*.py", "giaoban/periods/*.py",
             "giaoban/cli/demonstration/*.py", "giaoban/cli/demonstration/data/*.csv",
             "giaoban/figures/**/*.py", "giaoban/reports/**/*.py",
             "giaoban/reports/**/*.toml", "giaoban/reports/**/*.typ")  # fmt: skip
KILLED_AFTER = demonstration.ENTRIES // 4 * 3
EVE, REFORM = date(2025, 6, 30), date(2025, 7, 1)


class Killed(Exception):
    """Stands for a run that ends in the middle."""


def play_in_two_goes() -> None:
    """Play, killed on the way, and again: so that all below holds for a completed run, too."""
    with pytest.raises(Killed):
        demonstration.play(kill_after(KILLED_AFTER))
    summary = demonstration.play()
    assert not summary.complete_before
    assert KILLED_AFTER < summary.found_before < demonstration.ENTRIES
    assert summary.entries == demonstration.ENTRIES


@pytest.fixture(scope="module")
def played(
    cluster: database.Cluster, template: str, django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[demonstration.Summary]:  # fmt: skip
    """A database in which the demonstration was played, and what playing it again said.

    All workers share it, since nobody here writes: it is made once for a state of the sources.
    """
    with django_db_blocker.unblock():
        name = _ensure(cluster, _name("demo", MADE_FROM), play_in_two_goes, template)
        with pointed_at(cluster, name):
            yield demonstration.play()


def kill_after(entries: int) -> Callable[[int], None]:
    """A progress that ends the run once so many entries are recorded."""
    told = 0

    def progress(n: int) -> None:
        nonlocal told
        told += n
        if told > entries:
            raise Killed

    return progress


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def admissions(
    known_on: date, start: date = NINE_MONTHS[0], end: date = NINE_MONTHS[1]
) -> Counter[int]:
    """unit → admissions of a period in its own book, reversed ones taken back."""
    found = rows(
        "SELECT unit_id, sum(quantity) FROM ledger_leg WHERE kind = %s AND account = 1"
        " AND effective_on >= %s AND effective_on < %s AND entry_id <= %s GROUP BY unit_id",
        Kind.ADMISSION, start, end, head_known_on(known_on).number,
    )  # fmt: skip
    return Counter({unit: int(n) for unit, n in found})


def grassroots(on: date) -> list[int]:
    """The grassroots Party organisations directly below the district on a day."""
    as_of = AsOf(on, head().number)
    kinds = ("party-base", "party-base-cell")
    children = tree_on(as_of).children(unit_by_code(facts.DISTRICT)).tolist()
    return [unit for unit, life in lives(children, as_of).items() if life.kind in kinds]


def in_district(on: date, known: int) -> list[int]:
    """Who stands in the district on a day."""
    units = tree_on(AsOf(on, known)).below(unit_by_code(facts.DISTRICT)).tolist()
    return [place.person for place in roster(units, AsOf(on, known))]


@pytest.mark.parametrize(
    ("known_on", "admitted"),
    [(date(2018, 10, 5), 131), (date(2018, 10, 15), 135), (PUBLISHED_ON, 134)],
)
def test_nine_months_as_known_on_a_day(
    played: demonstration.Summary, known_on: date, admitted: int
) -> None:
    assert admissions(known_on).total() == admitted


@pytest.mark.parametrize(
    ("recorded_on", "admitted"),
    [
        (date(2018, 10, 8), {"XA-TIEN-XUAN": 2}),
        (date(2018, 10, 11), {"BV-DA-KHOA": 1}),
        (date(2018, 10, 12), {"XA-YEN-BINH": 1}),
        (date(2018, 10, 20), {"XA-YEN-BINH": -1}),
    ],
)
def test_what_was_recorded_late_on_which_day(
    played: demonstration.Summary, recorded_on: date, admitted: dict[str, int]
) -> None:
    """Of the nine months; the right day of Yên Bình's admission lies behind them."""
    found = admissions(recorded_on)
    found.subtract(admissions(recorded_on - timedelta(days=1)))
    tree = tree_on(AsOf(DAY_OF_REPORT, head().number))
    names = lives(grassroots(DAY_OF_REPORT), AsOf(DAY_OF_REPORT, head().number))
    by_base = {
        life.code: sum(found[below] for below in tree.below(unit).tolist())
        for unit, life in names.items()
    }
    assert {code: n for code, n in by_base.items() if n} == admitted


def test_the_figure_stands_still_between_those_days(played: demonstration.Summary) -> None:
    days = {date(2018, 10, day): admissions(date(2018, 10, day)).total() for day in range(5, 30)}
    changes = [day for day in days if days[day] != days.get(day - timedelta(days=1), days[day])]
    assert changes == [date(2018, 10, day) for day in (8, 11, 12, 20)]
    assert days[date(2018, 10, 20)] == days[PUBLISHED_ON] == 134


def test_three_years_of_movements_stand_before(played: demonstration.Summary) -> None:
    """From the opening of the books on: in every month somebody comes, leaves and moves."""
    found = rows(
        "SELECT extract(year FROM effective_on)::int, extract(month FROM effective_on)::int,"
        " array_agg(DISTINCT kind) FROM ledger_leg WHERE account BETWEEN 1 AND 4"
        " AND effective_on BETWEEN '2015-01-01' AND '2017-12-31' GROUP BY 1, 2"
    )
    assert len(found) == 3 * 12
    always = {Kind.ADMISSION, Kind.ARRIVAL, Kind.TRANSFER, Kind.DEPARTURE, Kind.DEATH,
              Kind.RECOGNITION}  # fmt: skip
    assert [(year, month) for year, month, kinds in found if not always <= set(kinds)] == []
    [(openings, first, last)] = rows(
        "SELECT count(*), min(effective_on), max(effective_on) FROM ledger_leg"
        " WHERE kind = %s AND account = 2 AND effective_on < '2015-01-01'", Kind.OPENING,
    )  # fmt: skip
    assert openings > 8000
    assert first == last == date(2014, 12, 31)


def test_members_stand_in_the_cells_of_the_larger_organisations(
    played: demonstration.Summary,
) -> None:
    as_of = AsOf(DAY_OF_REPORT, head().number)
    tree, units = tree_on(as_of), lives(grassroots(DAY_OF_REPORT), as_of)
    standing = strength(tree.ids.tolist(), as_of)
    for unit, life in units.items():
        cells = tree.below(unit).tolist()[1:]
        assert bool(cells) == (life.kind == "party-base"), life.code
        if cells:
            assert all(standing.get(cell, 0) >= 3 for cell in cells), life.code
            assert standing.get(unit, 0) < sum(standing[cell] for cell in cells) / 10, life.code
    assert sum(len(tree.below(unit)) - 1 for unit in units) > 300


def test_each_unit_admitted_what_was_published(played: demonstration.Summary) -> None:
    tree = tree_on(AsOf(DAY_OF_REPORT, head_known_on(PUBLISHED_ON).number))
    admitted = admissions(PUBLISHED_ON)
    by_base = {
        unit: sum(admitted[below] for below in tree.below(unit).tolist())
        for unit in grassroots(DAY_OF_REPORT)
    }
    expected = {unit_by_code(share.unit): share.admitted for share in facts.allocation()}
    assert {unit: n for unit, n in by_base.items() if n} == {u: n for u, n in expected.items() if n}
    over = {s.name: 100 * s.admitted // s.target for s in facts.allocation()
            if s.admitted >= s.target}  # fmt: skip
    assert over == {
        "Trường THPT Phùng Khắc Khoan": 150, "Bệnh viện Đa khoa huyện": 150,
        "Xã Tiến Xuân": 130, "Xã Cẩm Yên": 100, "Đảng bộ Quân sự huyện": 100,
        "Trường THPT Thạch Thất": 100, "Chi cục Thi hành án Dân sự": 100,
        "Trung tâm Y tế huyện": 100,
    }  # fmt: skip


def test_names_of_units_are_those_of_the_allocation(played: demonstration.Summary) -> None:
    units = lives(None, AsOf(DAY_OF_REPORT, head().number)).values()
    named = {life.code: life.name for life in units}
    assert all(named[share.unit] == share.name for share in facts.allocation())


def test_targets_sum_up(played: demonstration.Summary) -> None:
    known, district = head_known_on(date(2018, 1, 31)).number, unit_by_code(facts.DISTRICT)
    found = allocation(district, "admitted", 2018, AsOf(date(2018, 1, 31), known))
    assert (found.target, found.allocated, found.unallocated) == (250, 250, 0)
    assert len(targets("admitted", 2018, known)) == 42 + 1
    assert targets("admitted", 2017, known)[district] == 240


def test_grassroots_organisations(played: demonstration.Summary) -> None:
    assert len(grassroots(date(2017, 12, 31))) == 69
    assert len(grassroots(DAY_OF_REPORT)) == 72
    lives_then = lives(grassroots(DAY_OF_REPORT), AsOf(DAY_OF_REPORT, head().number))
    assert sum(life.sector == "commune" for life in lives_then.values()) == 23


def test_foundings_rest_on_resolution_09(played: demonstration.Summary) -> None:
    found = rows(
        "SELECT k.family_id, count(*) FROM journal_entry AS e"
        " JOIN journal_basis AS b ON b.id = e.basis_id"
        " JOIN units_founding AS f ON f.entry_id = e.id"
        " JOIN units_unitkind AS k ON k.code = f.kind_id"
        " WHERE e.kind = %s AND e.effective_on >= %s AND e.effective_on < %s"
        " AND f.sector_id = 'non-state-enterprise' AND b.number = %s GROUP BY k.family_id",
        Kind.FOUNDING, *NINE_MONTHS, papers.RESOLUTION_09.number,
    )  # fmt: skip
    assert dict(found) == {"party": 3, "union": 13}


def test_strength_and_the_year_before(played: demonstration.Summary) -> None:
    known = head_known_on(PUBLISHED_ON).number
    assert 9250 <= len(in_district(DAY_OF_REPORT, known)) <= 9350
    before = admissions(date(2017, 10, 31), date(2017, 1, 1), date(2017, 10, 1))
    assert before.total() == 122


def test_some_transfers_are_on_their_way(played: demonstration.Summary) -> None:
    [(n,)] = rows(
        "SELECT sum(quantity) FROM ledger_leg WHERE account IN (3, 4) AND effective_on <= %s",
        DAY_OF_REPORT,
    )
    assert n > 0


@pytest.mark.parametrize(
    ("on", "communes"),
    [(date(2014, 12, 31), 23), (DAY_OF_REPORT, 23), (date(2024, 12, 31), 23),
     (date(2025, 1, 1), 20), (EVE, 20)],
)  # fmt: skip
def test_trees_before_the_reform(played: demonstration.Summary, on: date, communes: int) -> None:
    as_of = AsOf(on, head().number)
    assert tree_on(as_of).position(unit_by_code(facts.ROOT)) >= 0
    sectors = [life.sector for life in lives(grassroots(on), as_of).values()]
    assert sectors.count("commune") == communes


def test_tree_after_the_reform(played: demonstration.Summary) -> None:
    as_of = AsOf(REFORM, head().number)
    tree = tree_on(as_of)
    assert tree.position(unit_by_code(facts.DISTRICT)) == -1
    codes = {life.code for life in lives(tree.ids.tolist(), as_of).values()}
    top = {
        life.code
        for life in lives(tree.children(unit_by_code(facts.ROOT)).tolist(), as_of).values()
    }
    five = {f"XA-{name}-2025" for name in
            ("THACH-THAT", "HA-BANG", "TAY-PHUONG", "HOA-LAC", "YEN-XUAN")}  # fmt: skip
    assert five <= top
    assert not codes & {passage.predecessor for passage in facts.passages()}
    assert set(facts.moves()) <= codes


def test_nobody_is_lost_by_the_reform(played: demonstration.Summary) -> None:
    known = head().number
    everybody = [
        [place.person for place in roster(tree_on(AsOf(on, known)).ids.tolist(), AsOf(on, known))]
        for on in (EVE, REFORM)
    ]
    assert sorted(everybody[0]) == sorted(everybody[1])
    district = in_district(EVE, known)
    assert len(district) > 9000
    assert set(district) <= set(everybody[1])


def test_no_one_came_or_went_by_reorganisation(played: demonstration.Summary) -> None:
    unbalanced = rows(
        "SELECT person_id FROM ledger_leg WHERE kind = %s AND account BETWEEN 1 AND 4"
        " GROUP BY person_id HAVING sum(quantity) <> 0",
        Kind.REORGANISATION,
    )
    assert unbalanced == []


def test_acts_are_recorded_within_ten_days(played: demonstration.Summary) -> None:
    delays = [
        days for (days,) in rows(
            "SELECT (recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date - effective_on"
            " FROM journal_entry WHERE kind IN (2, 4, 6, 10, 11) AND reverses_id IS NULL"
            " AND recorded_at >= '2017-02-01' AND recorded_at < '2019-01-01'"
        )
    ]  # fmt: skip
    assert min(delays) >= 1
    assert sum(delay <= 10 for delay in delays) > 0.95 * len(delays)
    hours = rows(
        "SELECT DISTINCT extract(hour FROM recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::int"
        " FROM journal_entry"
    )
    assert {hour for (hour,) in hours} <= set(range(8, 17))


def test_the_books_verify(played: demonstration.Summary) -> None:
    assert [fault for check in CHECKS for fault in check().faults] == []


def test_its_report_was_issued_as_known_then_and_superseded(
    played: demonstration.Summary,
) -> None:
    """131 on 5 October; the one of the 29th says 134 and stands for it."""
    first, anew = issues()
    assert [(one.symbol, one.issued_on) for one in (first, anew)] == [
        ("45-BC/BTCHU", date(2018, 10, 5)),
        ("46-BC/BTCHU", PUBLISHED_ON),
    ]
    assert (first.standing, anew.standing) == (Standing.REPLACED, Standing.IN_FORCE)
    assert [frozen_figures(one.entry)["admitted"] for one in (first, anew)] == [131, 134]
    said = " ".join(lines(issued_document(anew.entry))).replace("\u00a0", " ")
    assert "toàn Đảng bộ kết nạp 134 đảng viên, đạt 53,6% kế hoạch năm (250 đảng viên)" in said
    finding = reports_reproduced()
    assert (finding.looked_at, finding.faults) == (2, [])


def test_playing_again_changes_nothing(played: demonstration.Summary) -> None:
    before = head()
    assert demonstration.play().recorded == 0
    assert head() == before
    assert played.complete_before
    assert played.found_before == played.entries == demonstration.ENTRIES


def lines_of(pages: list[tuple[date, str, list[Step]]]) -> list[tuple[date, str, Line]]:
    return [(day, login, s) for day, login, steps in pages for s in steps if isinstance(s, Line)]


def test_the_story_is_the_same_each_time() -> None:
    told, again = (
        [
            (day, login, line.act.__name__, line.key, line.unit, line.fields, line.member.person)
            for day, login, line in lines_of(playing.tell().in_order())
        ]
        for _ in range(2)
    )
    assert told == again


def test_the_books_follow_the_story(played: demonstration.Summary) -> None:
    # Told here and recorded by another process, so that nothing may hang on one run's hashes.
    told = lines_of(playing.tell().in_order())
    recorded = rows(
        "SELECT (e.recorded_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, e.by, e.idempotency_key,"
        " array_agg(DISTINCT u.code), min(r.idempotency_key), min(n.full_name)"
        " FROM journal_entry AS e JOIN ledger_leg AS l ON l.entry_id = e.id"
        " JOIN units_unit AS u ON u.id = l.unit_id"
        " JOIN people_registration AS p ON p.person_id = l.person_id"
        " JOIN journal_entry AS r ON r.id = p.entry_id"
        " JOIN people_personname AS n ON n.entry_id = p.entry_id"
        " WHERE e.idempotency_key ~ %s GROUP BY e.id ORDER BY e.id",
        f"^{PREFIX}/[0-9]+/[0-9]+$",
    )
    assert [(*row[:3], *row[4:]) for row in recorded] == [
        (day, login, line.key, line.member.person.key, line.member.person.full_name)
        for day, login, line in told
    ]
    assert all(line.unit in row[3] for row, (_d, _l, line) in zip(recorded, told, strict=True))


def test_a_database_in_use_is_refused(world: World) -> None:
    with pytest.raises(demonstration.DatabaseNotEmpty):
        demonstration.play()


def test_texts_are_nfc_and_place_tones_the_old_way() -> None:
    for path in sorted((facts._FOLDER).parent.rglob("*")):
        if path.suffix in (".csv", ".py"):
            text = path.read_text(encoding="utf-8")
            assert unicodedata.is_normalized("NFC", text), path
            assert vietnamese.old_tone_placement(text) == text, path
