"""What follows from all public reports together: attacked by taking one from the other."""

from __future__ import annotations

from datetime import date
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.preparing.by_unit import numbers_of
from giaoban.portal.living.preparing.disclosure import disclosure
from giaoban.portal.living.preparing.prepare import _tables
from giaoban.portal.living.publishing import publish_report
from giaoban.portal.living.queries import held_back, public_editions, public_issues
from giaoban.portal.living.suppression.determined import Determined
from giaoban.portal.living.together import Count, Report, _reports, _small, small_together
from giaoban.reports.issues import issued_by, issued_document
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from tests.portal.living.conftest import PUBLISHER, Paper, sat_down
from tests.portal.living.test_correcting import replaced
from tests.portal.living.test_overlapping import another, publish

YEAR = [date(2018, month, 1) for month in (1, 4, 7, 10)] + [date(2019, 1, 1)]


def told(first: int, last: int, counts: dict[str, int], whole: str = "", *parts: str) -> Report:
    """A report of the quarters between two, with a table of a whole by its parts."""
    sums = [(_of(whole), tuple(map(_of, parts)))] if whole else []
    return Report((YEAR[first], YEAR[last]), "", {_of(u): n for u, n in counts.items()}, sums)


def _of(unit: str) -> Count:
    return Count("admitted", "", unit)


def found(*reports: Report) -> set[tuple[str, int, int]]:
    return {
        (count.unit, YEAR.index(first), YEAR.index(last))
        for count, (first, last) in _small(reports)
    }


DISTRICT = told(0, 3, {"HU": 30, "C": 20}, "HU", "A", "B", "C")  # A and B are withheld


def test_a_parent_less_the_neighbours_own_reports_is_found() -> None:
    """The classic hole: the district withholds A, and B beside it; then B tells its own number."""
    assert not found(DISTRICT)
    assert found(DISTRICT, told(0, 3, {"B": 7})) == {("A", 0, 3)}


def test_a_neighbour_s_report_of_another_period_gives_nothing_away() -> None:
    assert not found(DISTRICT, told(0, 2, {"B": 7}))


def test_a_neighbour_s_quarters_do_together() -> None:
    """Three reports beside that of the district."""
    quarters = [told(n, n + 1, {"B": count}) for n, count in enumerate((5, 6, 15))]
    assert not found(DISTRICT, *quarters[:2])
    # By themselves: 30 less 20 less 26 leave 4.
    told_ = found(told(0, 3, {"HU": 50, "C": 20}, "HU", "A", "B", "C"), *quarters)
    assert told_ == {("A", 0, 3)}


def test_a_month_is_found_that_three_reports_leave_between_them() -> None:
    """None of the three lies inside another: halves that overlap, and the whole of both."""
    one, two = told(0, 2, {"A": 20}), told(1, 3, {"A": 18})
    assert not found(one, two)
    # The first three quarters have 35: the middle one is 20 + 18 − 35 = 3.
    assert ("A", 1, 2) in found(one, two, told(0, 3, {"A": 35}))


@given(st.lists(st.tuples(st.lists(st.integers(-1, 1), min_size=3, max_size=3)), max_size=3),
       st.lists(st.integers(0, 3), min_size=3, max_size=3),
       st.lists(st.integers(-1, 1), min_size=3, max_size=3))  # fmt: skip
def test_what_is_said_to_follow_is_so_and_nothing_else_does(
    sums: list[tuple[list[int]]], truth: list[int], asked: list[int]
) -> None:
    """Against trying every way to fill three cells; another one is never further away than two."""
    known: Determined[int] = Determined()
    for (times,) in sums:
        known.tell(dict(enumerate(times)), _sum(times, truth))
    worth = known.worth(dict(enumerate(asked)))
    near = (
        way
        for way in product(*(range(n - 2, n + 3) for n in truth))
        if all(_sum(times, way) == _sum(times, truth) for (times,) in sums)
    )
    values = {_sum(asked, way) for way in near}
    assert (worth is not None) == (values == {_sum(asked, truth)})
    assert worth in (None, _sum(asked, truth))


def _sum(times: list[int], cells: tuple[int, ...] | list[int]) -> int:
    return sum(n * cell for n, cell in zip(times, cells, strict=True))


def test_a_report_is_held_back_where_three_together_give_a_number_away(paper: Paper) -> None:
    """Of the first quarter nothing is public; the nine months less the other two quarters is it."""
    paper.world.by(date(2018, 10, 20))
    for day in range(1, 7):
        paper.world.admit("YB", date(2018, 8, day))
    for n, period in enumerate(("2018-Q2", "2018-Q3")):
        issue = another(paper, period, date(2018, 10, 21 + n))
        publish(paper, issue)
        if issue not in public_issues():
            publish(paper, issue)
    whole = replaced(paper)
    assert whole not in public_issues()
    edition = PublicEdition.objects.get(issue=whole)
    public = [*public_editions(), edition]
    first_quarter = _of("HU"), (date(2018, 1, 1), date(2018, 4, 1))
    assert first_quarter in _small(_reports(public))
    assert first_quarter not in _small(_reports(public[1:]))
    assert held_back() == {whole: small_together(edition)}
    page = sat_down(PUBLISHER).get("/bien-tap/bao-cao/").content.decode()
    assert "Vẫn công khai" in page
    publish_report(issue=whole, by=paper.world.by(login=PUBLISHER))
    assert whole in public_issues()
    assert not held_back()


def test_what_is_public_anyway_hides_nothing_beside_it(public: Paper) -> None:
    """As of a unit below whose own report was public before that of the whole."""
    document = issued_document(public.issue)
    reckoning = Reckoning(issued_by(public.issue).question)
    beside = numbers_of(_tables(public.issue, reckoning).values(), reckoning)
    first = disclosure(document, reckoning, beside)
    helpers = first.done.cells - first.done.given_away
    assert helpers
    known = {key for key in helpers if abs(int(reckoning.value(Address.parse(key)) or 0)) > 4}
    second = disclosure(
        document, reckoning, beside, lambda address, _count: str(address) in known
    ).done
    assert known
    assert not known & second.cells
