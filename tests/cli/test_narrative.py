"""The report's sentences for every kind of unit and situation, in both languages, without books."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from giaoban.cli.narrative import listing, sentences
from giaoban.cli.printing import print_report
from giaoban.cli.report_tables import (
    MEMBER_WORDS,
    UNIT_WORDS,
    number,
    statement_table,
    units_table,
)
from giaoban.figures.achievement import achievements
from giaoban.figures.by_unit import Question, Rest, UnitRow
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import Amount, Line
from giaoban.figures.organisation_work import OrganisationWork, StatementRow
from giaoban.journal.models import Basis
from giaoban.journal.queries import Head
from giaoban.periods import Period, regime_named
from giaoban.plans.queries import Allocation
from giaoban.units.models import Family, UnitKind
from giaoban.units.queries import UnitLife

RESOLUTION = Basis(number="09-NQ/TU", issued_on=date(2012, 2, 27), issuer="Thành ủy")
KINDS = [(kind, kind.split("-")[0]) for kind in UNIT_WORDS]


@pytest.fixture
def vietnamese() -> Iterator[None]:
    with translation.override("vi"):
        yield


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def life(name: str, kind: str = "party-base", *, number: int = 1) -> UnitLife:
    return UnitLife(
        number, f"U{number}", kind, kind.split("-")[0], None, name, date(2000, 1, 1), None
    )


def work(
    kind: str = "party-district", period: str = "2018-9M", *, admitted: int = 0, plan: int = 0,
    below: tuple[tuple[str, int, int], ...] = (), last_year: int = 0,
    lines: dict[Line, Amount] | None = None, founded: tuple[int, int] = (0, 0),
    basis: list[Basis] | None = None, grassroots: int = 0, known: date = date(2026, 2, 5),
) -> OrganisationWork:  # fmt: skip
    """What a report says of a unit; ``below`` holds (name, admitted, plan) of its units."""
    asked = Period.parse(period, regime=regime_named("calendar"))
    plans = {at: target for at, (_name, _done, target) in enumerate(below, start=2) if target}
    if plan:
        plans[1] = plan
    found = achievements(
        list(range(2, len(below) + 2)), [done for _name, done, _plan in below], plans,
        asked.elapsed_share,
    )  # fmt: skip
    [whole] = achievements([1], [admitted], plans, asked.elapsed_share)
    shown = lines or {}
    head = Head(7, b"", datetime(known.year, known.month, known.day, 5, tzinfo=UTC))
    indicators = dict.fromkeys(INDICATORS, 0) | {
        "party-founded-private": founded[0], "unions-founded-private": founded[1],
    }  # fmt: skip
    return OrganisationWork(
        question=Question(1, asked, head),
        unit=life("Đơn vị", kind),
        whole=whole,
        last_year_admitted=last_year,
        statement=[StatementRow(line, shown.get(line, Amount(0, 0)), 0) for line in Line],
        units=[
            UnitRow(life(name, number=each.unit), each)
            for (name, _done, _plan), each in zip(below, found, strict=True)
        ],
        rest=Rest(0, 0),
        allocation=Allocation(1, plan or None, 0),
        grassroots=grassroots,
        indicators=dict(indicators),
        founding_basis=basis or [],
        breakdowns={},
    )


def told(asked: OrganisationWork) -> str:
    return " ".join(sentence for _head, said in sentences(asked) for sentence in said)


# The words for a unit and its members


@pytest.mark.django_db
def test_every_kind_of_unit_and_every_family_has_words() -> None:
    assert {kind.code for kind in UnitKind.objects.all()} == set(UNIT_WORDS)
    assert {family.code for family in Family.objects.all()} == set(MEMBER_WORDS)


@pytest.mark.parametrize(
    ("kind", "whole", "itself"),
    [
        ("party-district", "toàn Đảng bộ", "Đảng bộ"),
        ("party-base", "toàn Đảng bộ", "Đảng bộ"),
        ("party-base-cell", "Chi bộ", "Chi bộ"),
        ("party-cell", "Chi bộ", "Chi bộ"),
        ("union-superior", "các cấp công đoàn", "Liên đoàn Lao động"),
        ("union-base", "Công đoàn cơ sở", "Công đoàn cơ sở"),
        ("youth-superior", "các cấp bộ Đoàn", "Đoàn Thanh niên"),
        ("youth-cell", "Chi đoàn", "Chi đoàn"),
    ],
)
def test_a_unit_is_called_what_it_is(vietnamese: None, kind: str, whole: str, itself: str) -> None:
    members = {"party": "đảng viên", "union": "đoàn viên công đoàn"}.get(
        kind.split("-")[0], "đoàn viên thanh niên"
    )
    said = told(work(kind, admitted=12, plan=20, lines={Line.CLOSING: Amount(0, 45)}))
    assert f", {whole} kết nạp 12 {members}, đạt 60% kế hoạch năm (20 {members})." in said
    assert f", {itself} có 45 {members}" in said
    assert f"Kế hoạch năm còn lại 08 {members}." in said


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_what_is_not_the_partys_has_no_words_of_the_party(
    vietnamese: None, kind: str, family: str
) -> None:
    asked = work(kind, admitted=2, lines={Line.CLOSING: Amount(0, 9), Line.ADMITTED: Amount(0, 2)})
    titles = [statement_table(asked.statement, family).title, units_table(asked).title]
    said = " ".join([told(asked), *titles, *(head for head, _said in sentences(asked))])
    assert ("đảng viên" in said) == (family == "party")
    assert ("Đảng bộ" in said) == (kind.startswith("party-") and "cell" not in kind)
    assert ("chính thức" in said) == (family == "party")


def test_a_statement_of_unions_has_neither_probation_nor_the_partys_exclusions() -> None:
    shown = {Line.ADMITTED: Amount(0, 3), Line.CLOSING: Amount(0, 9)}
    rows = work("union-base", lines=shown).statement
    with translation.override("en"):
        union, party = statement_table(rows, "union"), statement_table(rows)
    assert union.heads == ["Row", "Item", "Both", "Same period last year",
                           "Per cent of the same period last year"]  # fmt: skip
    assert {len(row) for row in union.rows} == {len(union.heads)}
    assert [row[2] for row in union.rows if row[1] == "Admitted"] == [3]
    assert "Resigned from the Party" not in [row[1] for row in union.rows]
    assert "Resigned from the Party" in [row[1] for row in party.rows]
    assert [row[0] for row in union.rows if row[0]] == ["A", "B", "C", "D"]


def test_grassroots_organisations_are_told_of_those_above_them(vietnamese: None) -> None:
    lines = {Line.CLOSING: Amount(0, 45)}
    above = told(work("party-district", lines=lines, grassroots=7))
    assert "có 45 đảng viên (45 chính thức), sinh hoạt tại 07 tổ chức cơ sở đảng." in above
    assert "tổ chức cơ sở đảng" not in told(work("party-base", lines=lines, grassroots=1))
    assert "tổ chức cơ sở đảng" not in told(work("party-cell", lines=lines))


# None, one, several; running and ended


def test_nothing_admitted(vietnamese: None) -> None:
    assert "Trong 9 tháng đầu năm 2018, toàn Đảng bộ chưa kết nạp được đảng viên nào." in told(
        work()
    )
    assert "Trong năm 2017, Chi bộ không kết nạp đảng viên nào." in told(work("party-cell", "2017"))
    early = work("party-cell", "2018", known=date(2018, 10, 1))
    assert "Trong năm 2018, Chi bộ chưa kết nạp được đảng viên nào." in told(early)


def test_nobody_on_the_roll(vietnamese: None) -> None:
    said = told(work("union-superior"))
    assert "danh sách Liên đoàn Lao động không có đoàn viên công đoàn nào." in said
    assert "0" not in said.replace("30/09/2018", "").replace("2018", "")


@pytest.mark.parametrize(
    ("below", "said"),
    [
        ((("A", 0, 2),), "Chưa có đơn vị nào hoàn thành kế hoạch năm."),
        ((("A", 3, 2), ("B", 1, 2)), "Có 01 đơn vị vượt kế hoạch năm là A (150%)."),
        ((("A", 2, 2), ("B", 1, 2)), "Có 01 đơn vị đạt 100% kế hoạch năm là A."),
        ((("A", 3, 2), ("B", 4, 2)), "Có 02 đơn vị vượt kế hoạch năm, gồm: B (200%) và A (150%)."),
        ((("A", 2, 2), ("B", 1, 1)), "Có 02 đơn vị đạt 100% kế hoạch năm, gồm: A và B."),
        (
            (("A", 2, 2), ("B", 3, 2)),
            "Có 02 đơn vị hoàn thành kế hoạch năm: vượt kế hoạch có B (150%); đạt 100% có A.",
        ),
    ],
)
def test_none_one_and_several_have_reached_the_plan(
    vietnamese: None, below: tuple[tuple[str, int, int], ...], said: str
) -> None:
    assert said in told(work(admitted=5, plan=20, below=below))


def test_a_year_that_goes_on_and_one_that_has_ended(vietnamese: None) -> None:
    one, two = (("A", 0, 1), ("B", 3, 3)), (("A", 0, 1), ("B", 3, 3), ("C", 0, 4))
    running, ended = told(work(admitted=3, plan=4, below=one)), told(
        work(period="2017", admitted=3, plan=4, below=one)
    )  # fmt: skip
    assert ("Đến nay còn 01 đơn vị chưa kết nạp được đảng viên nào là A, với 01 chỉ tiêu phải thực"
            " hiện đến hết năm.") in running  # fmt: skip
    assert "Kế hoạch năm còn lại 01 đảng viên." in running
    assert "Có 01 đơn vị không kết nạp đảng viên nào là A, còn 01 chỉ tiêu chưa thực hiện." in ended
    assert "Kế hoạch năm còn thiếu 01 đảng viên." in ended
    assert "Đến nay" not in ended
    several = told(work(admitted=3, plan=8, below=two))
    assert "Đến nay còn 02 đơn vị" in several
    assert "với 05 chỉ tiêu phải thực hiện đến hết năm: A và C." in several
    assert "Có 02 đơn vị không kết nạp đảng viên nào, còn 05 chỉ tiêu chưa thực hiện: A và C." in (
        told(work(period="2017", admitted=3, plan=8, below=two))
    )


def test_a_unit_whose_plan_is_known_in_part_is_blamed_for_nothing(vietnamese: None) -> None:
    asked = work(admitted=3, plan=4, below=(("A", 0, 1), ("B", 3, 3)))
    unlike = replace(asked.units[0].achievement, comparable=False, rank=None)
    restated = replace(asked, units=[replace(asked.units[0], achievement=unlike), asked.units[1]])
    assert "Đến nay còn 01 đơn vị" in told(asked)
    assert "Đến nay" not in told(restated)


def test_a_quarter_in_the_year_says_nothing_of_the_years_rest(vietnamese: None) -> None:
    below = (("A", 0, 1), ("B", 3, 3))
    said = told(work(period="2018-Q2", admitted=3, plan=4, below=below))
    assert "đạt 75% kế hoạch năm" in said
    for absent in ("Đến nay", "Kế hoạch năm còn", "đơn vị"):
        assert absent not in said


# Founded organisations


@pytest.mark.parametrize(
    ("founded", "basis", "said"),
    [
        ((3, 13), [RESOLUTION], "trong kỳ đã thành lập 03 tổ chức đảng và 13 công đoàn cơ sở tại"),
        ((0, 1), [RESOLUTION], "trong kỳ đã thành lập 01 công đoàn cơ sở tại doanh nghiệp"),
        ((2, 0), [], "Trong kỳ đã thành lập 02 tổ chức đảng tại doanh nghiệp"),
    ],
)
def test_founded_organisations_without_zeros_and_dashes(
    vietnamese: None, founded: tuple[int, int], basis: list[Basis], said: str
) -> None:
    text = told(work(founded=founded, basis=basis))
    assert said in text
    assert "–" not in text
    assert ("Thực hiện Nghị quyết số 09-NQ/TU, ngày 27/02/2012 của Thành ủy, " in text) == bool(
        basis
    )


def test_nothing_founded_is_not_told(vietnamese: None) -> None:
    assert "thành lập" not in told(work(basis=[RESOLUTION]))


# Numbers


def test_two_digits_in_vietnamese_prose_alone() -> None:
    with translation.override("vi"):
        assert [number(n) for n in (0, 1, 9, 10, 134, 1234)] == ["0", "01", "09", "10", "134",
                                                                 "1.234"]  # fmt: skip
    with translation.override("en"):
        assert [number(n) for n in (0, 1, 10)] == ["0", "1", "10"]


def test_tables_and_the_entry_number_have_no_leading_zero(
    vietnamese: None, capsys: pytest.CaptureFixture[str]
) -> None:
    print_report(
        work(admitted=4, plan=8, below=(("A", 4, 8),), lines={Line.ADMITTED: Amount(4, 0)}), "text"
    )
    text = capsys.readouterr().out
    table = [line for line in text.splitlines() if line.count("   ") > 2]
    assert any(line.split()[:3] == ["B.1", "Kết", "nạp"] for line in table)
    assert not [line for line in table if " 04" in line or " 08" in line]
    assert "số vào sổ 7)" in text
    assert "kết nạp 04 đảng viên" in text


def test_many_names_are_cut_with_the_rest_counted(vietnamese: None) -> None:
    assert listing([*"ABCDEFGHI"]) == "A; B; C; D; E và 04 đơn vị khác (chi tiết tại bảng)"
    assert listing([*"ABC"]) == "A; B và C"


# English


def every_situation() -> Iterator[OrganisationWork]:
    below = (("A", 0, 2), ("B", 3, 2), ("C", 2, 2), ("D", 0, 0))
    for kind in UNIT_WORDS:
        for period in ("2017", "2018-9M", "2018-Q2", "2018-03"):
            for count in range(len(below) + 1):
                asked = work(kind, period, admitted=count, plan=5, below=below[:count],
                             last_year=2, grassroots=count,
                             lines={Line.CLOSING: Amount(0, count), Line.DIED: Amount(0, count)},
                             founded=(count, 1))  # fmt: skip
                yield asked
                yield replace(asked, founding_basis=[RESOLUTION])


def test_no_sentence_begins_with_a_number_or_a_small_letter() -> None:
    for language in ("en", "vi"):
        with translation.override(language):
            for asked in every_situation():
                for head, said in sentences(asked):
                    for sentence in (head, *said):
                        assert sentence[0].isalpha(), sentence
                        assert sentence[0].isupper(), sentence
                        assert "{" not in sentence


def test_english_counts_one_and_many(english: None) -> None:
    below = (("A", 0, 1), ("B", 1, 1))
    said = told(work("party-cell", admitted=1, plan=2, below=below, last_year=2, founded=(1, 2)))
    assert "In the first nine months of 2018 the cell admitted 1 member, 50% of the year's" in said
    assert "1 member fewer" in said
    assert "The year's plan has been met to 100% by 1 unit, B." in said
    assert "As yet no member has been admitted by 1 unit, A, with 1 to be admitted" in said
    assert "The period saw 1 Party organisation and 2 trade unions founded" in said
    assert "In 2017 the cell admitted no member." in told(work("party-cell", "2017"))


def test_units_without_a_target(english: None, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(work(below=(("A", 1, 0), ("B", 0, 0))), "text")
    assert "As yet without a target: 2 units." in capsys.readouterr().out
    print_report(work(period="2017", below=(("A", 1, 0),)), "text")
    assert "Without a target: 1 unit." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("allocated", "said"),
    [(240, "Not allocated: 10."), (262, "Allocated beyond the target: 12."), (250, ""), (0, "")],
)
def test_what_of_the_target_is_not_handed_down(
    english: None, capsys: pytest.CaptureFixture[str], allocated: int, said: str
) -> None:
    below = (("A", 4, allocated),) if allocated else ()
    asked = replace(work(plan=250, below=below), allocation=Allocation(1, 250, allocated))
    print_report(asked, "text")
    text = capsys.readouterr().out
    assert said in text
    assert text.count("llocated") == bool(said)
    print_report(asked, "json")
    told = json.loads(capsys.readouterr().out)
    assert told["admitted"]["unallocated"] == 250 - allocated


def test_a_document_is_cited_in_the_language_of_the_report(english: None) -> None:
    said = told(work(founded=(3, 13), basis=[RESOLUTION]))
    assert "On the basis of Resolution no. 09-NQ/TU of 27/02/2012 by Thành ủy, the period" in said


def test_a_cell_has_no_table_by_unit(english: None, capsys: pytest.CaptureFixture[str]) -> None:
    print_report(work("party-cell", admitted=4), "text")
    assert "against the year's plan" not in capsys.readouterr().out
    print_report(work(admitted=4, below=(("A", 4, 0),)), "text")
    assert "Admissions of members against the year's plan" in capsys.readouterr().out
