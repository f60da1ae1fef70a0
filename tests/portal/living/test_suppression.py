"""No withheld number can be worked out of what is told: tables are attacked, not looked at."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.portal.living.suppression.system import LEAST_TOLD, Cell, Equation
from giaoban.portal.living.suppression.withholding import Withheld, withhold
from tests.portal.living.attack import BEYOND, determined

Table = tuple[list[Cell], list[Equation]]


def attacked(table: Table, done: Withheld, *, knows_why: bool = True) -> set[str]:
    """The withheld cells that an attacker works out, who knows the rule and, ``knows_why``, which
    cells are withheld for being small and which beside these."""
    cells, equations = table
    hidden = {cell.key: cell for cell in cells if cell.key in done.cells and not cell.fixed}
    known = {cell.key: cell.value for cell in cells if cell.key not in hidden}
    bounds = {}
    for key, cell in hidden.items():
        low, high = (1, BEYOND) if cell.value else (0, BEYOND)
        if knows_why and cell.value and cell.persons:
            low, high = (1, LEAST_TOLD - 1) if cell.small else (LEAST_TOLD, BEYOND)
        bounds[key] = (low, high)
    told = []
    for one in equations:
        rest = one.without(known)
        if rest.times:
            told.append((rest.times, rest.total))
    truth = {key: cell.value for key, cell in hidden.items()}
    return determined(bounds, told, truth) - done.given_away


def column(values: Iterable[int], *, said: bool = False, name: str = "a") -> Table:
    """Rows and their sum, which a sentence says or not."""
    rows = [Cell(f"{name}{i}", value) for i, value in enumerate(values)]
    whole = Cell(name, sum(cell.value for cell in rows), fixed=said)
    times = {cell.key: 1 for cell in rows} | {whole.key: -1}
    return [*rows, whole], [Equation(times)]


def square(values: list[list[int]], *, said: bool) -> Table:
    """Rows by columns with both sums and the whole."""
    cells, equations = [], []
    for i, row in enumerate(values):
        cells += [Cell(f"{i}.{j}", value) for j, value in enumerate(row)]
        cells.append(Cell(f"{i}.", sum(row)))
        equations.append(Equation({f"{i}.{j}": 1 for j in range(len(row))} | {f"{i}.": -1}))
    for j in range(len(values[0])):
        cells.append(Cell(f".{j}", sum(row[j] for row in values)))
        equations.append(Equation({f"{i}.{j}": 1 for i in range(len(values))} | {f".{j}": -1}))
    cells.append(Cell(".", sum(map(sum, values)), fixed=said))
    equations.append(Equation({f"{i}.": 1 for i in range(len(values))} | {".": -1}))
    equations.append(Equation({f".{j}": 1 for j in range(len(values[0]))} | {".": -1}))
    return cells, equations


SMALL = st.one_of(st.integers(0, 6), st.integers(0, 40))
COLUMNS = st.lists(SMALL, min_size=2, max_size=9)
SQUARES = st.integers(2, 4).flatmap(
    lambda wide: st.lists(
        st.lists(SMALL, min_size=wide, max_size=wide), min_size=2, max_size=4
    )
)  # fmt: skip


@given(COLUMNS, st.booleans())
def test_no_row_is_worked_out_of_a_sum(values: list[int], said: bool) -> None:
    table = column(values, said=said)
    done = withhold(*table)
    assert not attacked(table, done)
    assert not attacked(table, done, knows_why=False)
    assert all(cell.key in done.cells for cell in table[0] if cell.small)


@given(COLUMNS)
def test_given_away_is_only_what_a_sentence_says(values: list[int]) -> None:
    assert not withhold(*column(values)).given_away


@given(SQUARES, st.booleans())
def test_no_cell_is_worked_out_of_both_sums(values: list[list[int]], said: bool) -> None:
    table = square(values, said=said)
    done = withhold(*table)
    assert not attacked(table, done)
    if not said:
        assert not done.given_away


@given(
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 12), st.booleans()), min_size=2,
             max_size=7)
)  # fmt: skip
def test_a_per_cent_of_a_sentence_gives_no_row_away(rows: list[tuple[int, int, bool]]) -> None:
    """Plan and actual by unit, with their sums said in sentences and some rows' per cents."""
    done_, sums = column([done for _plan, done, _said in rows], said=True, name="done")
    plan, more = column([plan for plan, _done, _said in rows], said=True, name="plan")
    plan = [Cell(cell.key, cell.value, persons=False, fixed=cell.fixed) for cell in plan]
    shares = [
        Equation({f"done{i}": of, f"plan{i}": -done}, share=True)
        for i, (of, done, said) in enumerate(rows)
        if said and done
    ]
    table = ([*done_, *plan], [*sums, *more, *shares])
    assert not attacked(table, withhold(*table), knows_why=False)


@given(COLUMNS, st.randoms())
def test_the_order_of_rows_is_no_matter(values: list[int], chance: object) -> None:
    cells, equations = column(values)
    mixed = cells[:]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert withhold(mixed, equations) == withhold(cells, equations)


def test_nothing_is_withheld_for_nothing() -> None:
    assert not withhold(*column([5, 0, 17, 8], said=True)).cells


def test_one_small_row_takes_the_smallest_other_with_it() -> None:
    assert withhold(*column([3, 9, 12], said=True)).cells == {"a0", "a1"}


def test_two_ones_that_make_two_are_not_enough() -> None:
    """1 + 1 = 2 and each at least 1: both are told by their sum."""
    table = column([1, 1, 9, 20], said=True)
    done = withhold(*table)
    assert done.cells == {"a0", "a1", "a2"}
    assert not attacked(table, done)


def test_the_naive_way_is_caught() -> None:
    """The attack finds what withholding the small cells alone would give away."""
    table = column([3, 9, 12], said=True)
    assert attacked(table, Withheld(frozenset({"a0"}), frozenset())) == {"a0"}


def test_parts_of_a_small_number_that_a_sentence_says_are_given_away_by_it() -> None:
    done = withhold(*column([2, 0], said=True))
    assert done.cells == {"a", "a0"}
    assert done.given_away == {"a", "a0"}


@pytest.mark.parametrize("value", [0, 5, -7, 120])
def test_none_and_enough_are_told(value: int) -> None:
    assert not withhold([Cell("a", value)], []).cells
