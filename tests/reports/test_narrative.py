"""The report's sentences for every kind of unit and situation, in both languages, without books."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from giaoban.figures.lines import Amount, Line
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.journal.models import Basis
from giaoban.plans.queries import Allocation
from giaoban.reports.catalogue.by_unit import admissions_by_unit
from giaoban.reports.catalogue.statement import statement_table
from giaoban.reports.documents.blocks import Heading, Table
from giaoban.reports.documents.walking import lines
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.families import MEMBER_WORDS, UNIT_WORDS
from giaoban.units.models import Family, UnitKind
from tests.reports.told import changes, document, said, told, work

RESOLUTION = Basis(number="09-NQ/TU", issued_on=date(2012, 2, 27), issuer="Thành ủy")
KINDS = [(kind, kind.split("-")[0]) for kind in UNIT_WORDS]


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
def test_a_unit_is_called_what_it_is(kind: str, whole: str, itself: str) -> None:
    members = {"party": "đảng viên", "union": "đoàn viên công đoàn"}.get(
        kind.split("-")[0], "đoàn viên thanh niên"
    )
    text = told(work(kind, admitted=12, plan=20, lines={Line.CLOSING: Amount(0, 45)}))
    assert f", {whole} kết nạp 12 {members}, đạt 60% kế hoạch năm (20 {members})." in text
    assert f", {itself} có 45 {members}" in text
    assert f"Kế hoạch năm còn lại 08 {members}." in text


@pytest.mark.parametrize(("kind", "family"), KINDS)
def test_what_is_not_the_partys_has_no_words_of_the_party(kind: str, family: str) -> None:
    asked = work(kind, admitted=2, lines={Line.CLOSING: Amount(0, 9), Line.ADMITTED: Amount(0, 2)})
    made = document(asked)
    with translation.override("vi"):
        by_unit = admissions_by_unit(Reckoning(asked.question, asked)).title
    text = " ".join([made.title.subject, *lines(made), by_unit])
    assert ("đảng viên" in text) == (family == "party")
    assert ("xây dựng Đảng" in text) == (family == "party")
    assert ("Đảng bộ" in text) == (kind.startswith("party-") and "cell" not in kind)
    assert ("chính thức" in text.lower()) == (family == "party")


def test_a_statement_of_unions_has_neither_probation_nor_the_partys_exclusions() -> None:
    shown = {Line.ADMITTED: Amount(0, 3), Line.CLOSING: Amount(0, 9)}
    asked = work("union-base", lines=shown)
    rows, period = asked.statement, asked.question.period
    with translation.override("en"):
        union, party = statement_table(rows, period, "union"), statement_table(rows, period)
    assert [column.head for column in union.columns] == [
        "Row", "Item", "Total", "Same period last year", "Per cent of same period",
    ]  # fmt: skip
    assert {len(row.cells) for row in union.rows} == {len(union.columns)}
    told_of = {row.cells[1].text: row.cells for row in union.rows}
    assert told_of["Admitted"][2].value == (3, 1)
    assert "Resigned from the Party" not in told_of
    assert "Resigned from the Party" in {row.cells[1].text for row in party.rows}
    codes = [row.cells[0].text for row in union.rows]
    assert [code for code in codes if code] == ["A", "B", "C", "D"]


def test_grassroots_organisations_are_told_of_those_above_them() -> None:
    roll = {Line.CLOSING: Amount(0, 45)}
    above = told(work("party-district", lines=roll, grassroots=7))
    assert "có 45 đảng viên (45 chính thức), sinh hoạt tại 07 tổ chức cơ sở đảng." in above
    assert "tổ chức cơ sở đảng" not in told(work("party-base", lines=roll, grassroots=1))
    assert "tổ chức cơ sở đảng" not in told(work("party-cell", lines=roll))


# None, one, several; running and ended


def test_nothing_admitted() -> None:
    assert "Trong 9 tháng đầu năm 2018, toàn Đảng bộ chưa kết nạp được đảng viên nào." in told(
        work()
    )
    assert "Trong năm 2017, Chi bộ không kết nạp đảng viên nào." in told(work("party-cell", "2017"))
    early = work("party-cell", "2018", known=date(2018, 10, 1))
    assert "Trong năm 2018, tính đến nay, Chi bộ chưa kết nạp được đảng viên nào." in told(early)


def test_nobody_on_the_roll() -> None:
    text = told(work("union-superior"))
    assert "danh sách Liên đoàn Lao động không có đoàn viên công đoàn nào." in text
    for day in ("30/9/2018", "05/02/2026", "2018"):
        text = text.replace(day, "")
    assert "0" not in text


@pytest.mark.parametrize(
    ("below", "sentence"),
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
    below: tuple[tuple[str, int, int], ...], sentence: str
) -> None:
    assert sentence in told(work(admitted=5, plan=20, below=below))


def test_a_year_that_goes_on_and_one_that_has_ended() -> None:
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


def test_a_unit_whose_plan_is_known_in_part_is_blamed_for_nothing() -> None:
    asked = work(admitted=3, plan=4, below=(("A", 0, 1), ("B", 3, 3)))
    unlike = replace(asked.units[0].achievement, comparable=False, rank=None)
    restated = replace(asked, units=[replace(asked.units[0], achievement=unlike), asked.units[1]])
    assert "Đến nay còn 01 đơn vị" in told(asked)
    assert "Đến nay" not in told(restated)


def test_a_quarter_in_the_year_says_nothing_of_the_years_rest() -> None:
    below = (("A", 0, 1), ("B", 3, 3))
    text = told(work(period="2018-Q2", admitted=3, plan=4, below=below))
    assert "đạt 75% kế hoạch năm" in text
    for absent in ("Đến nay", "Kế hoạch năm còn", "đơn vị"):
        assert absent not in text


# Founded organisations


@pytest.mark.parametrize(
    ("founded", "basis", "sentence"),
    [
        ((3, 13), [RESOLUTION], "trong kỳ đã thành lập 03 tổ chức đảng và 13 công đoàn cơ sở tại"),
        ((0, 1), [RESOLUTION], "trong kỳ đã thành lập 01 công đoàn cơ sở tại doanh nghiệp"),
        ((2, 0), [], "Trong kỳ đã thành lập 02 tổ chức đảng tại doanh nghiệp"),
    ],
)
def test_founded_organisations_without_zeros_and_dashes(
    founded: tuple[int, int], basis: list[Basis], sentence: str
) -> None:
    text = told(work(founded=founded, basis=basis))
    assert sentence in text
    assert "–" not in text
    assert ("Thực hiện Nghị quyết số 09-NQ/TU, ngày 27/02/2012 của Thành ủy, " in text) == bool(
        basis
    )


def test_nothing_founded_is_not_told() -> None:
    assert "thành lập" not in told(work(basis=[RESOLUTION]))


# Numbers


def test_tables_and_the_entry_number_have_no_leading_zero() -> None:
    asked = work(admitted=4, plan=8, below=(("A", 4, 8),))
    made = document(asked)
    tables = [block for block in made.body if isinstance(block, Table)]
    cells = [cell.text for table in tables for row in table.rows for cell in row.cells]
    assert "4" in cells
    assert not [text for text in cells if text in ("04", "08")]
    text = told(asked)
    assert "(số vào sổ 7)" in text
    assert "kết nạp 04 đảng viên, đạt 50% kế hoạch năm (08 đảng viên)" in text


def test_many_names_are_cut_and_the_rest_is_elsewhere() -> None:
    nine = tuple((letter, 3, 2) for letter in "ABCDEFGHI")
    text = told(work(admitted=27, plan=18, below=nine))
    assert (
        "Có 09 đơn vị vượt kế hoạch năm, gồm: A (150%); B (150%); C (150%); D (150%); E (150%)"
        " và các đơn vị khác." in text
    )
    eight = told(work(admitted=24, plan=16, below=nine[:8]))
    assert "F (150%); G (150%) và H (150%)." in eight


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
        for asked in every_situation():
            for block in document(asked, language).body:
                if isinstance(block, Table):
                    continue
                text = said(block)
                if isinstance(block, Heading):
                    text = text.removeprefix(block.number).strip()
                for sentence in re.split(r"(?<=\.)(?<!no\.) (?=\S)", text) if text else [text]:
                    assert sentence[0].isupper(), text
                assert "{" not in text
                assert "  " not in text
                assert " ." not in text
                assert " ," not in text


def test_english_counts_one_and_many() -> None:
    below = (("A", 0, 1), ("B", 1, 1))
    asked = work("party-cell", admitted=1, plan=2, below=below, last_year=2, founded=(1, 2))
    text = told(asked, "en")
    assert "In the first nine months of 2018 the cell admitted 1 member, 50% of the year's" in text
    assert "1 member fewer" in text
    assert "The year's plan has been met to 100% by 1 unit, B." in text
    assert "As yet no member has been admitted by 1 unit, A, with 1 to be admitted" in text
    assert "The period saw 1 Party organisation and 2 trade unions founded" in text
    assert "In 2017 the cell admitted no member." in told(work("party-cell", "2017"), "en")
    assert "the cell has admitted no member yet." in told(work("party-cell"), "en")


def test_units_without_a_target() -> None:
    asked = work(below=(("A", 1, 0), ("B", 0, 0)))
    assert "As yet without a target: 2 units." in told(asked, "en")
    assert "Có 02 đơn vị chưa được giao chỉ tiêu." in told(asked)
    over = work(period="2017", below=(("A", 1, 0),))
    assert "Without a target: 1 unit." in told(over, "en")
    assert "Có 01 đơn vị không được giao chỉ tiêu." in told(over)


@pytest.mark.parametrize(
    ("allocated", "sentence"),
    [(240, "Not allocated: 10."), (262, "Allocated beyond the target: 12."), (250, ""), (0, "")],
)
def test_what_of_the_target_is_not_handed_down(allocated: int, sentence: str) -> None:
    below = (("A", 4, allocated),) if allocated else ()
    asked = replace(work(plan=250, below=below), allocation=Allocation(1, 250, allocated))
    text = told(asked, "en")
    assert sentence in text
    assert text.count("llocated") == bool(sentence)


def test_a_document_is_cited_in_the_language_of_the_report() -> None:
    text = told(work(founded=(3, 13), basis=[RESOLUTION]), "en")
    assert "On the basis of Resolution no. 09-NQ/TU of 27/02/2012 by Thành ủy, the period" in text


# Comparisons, missed targets, a period that runs


@pytest.mark.parametrize(
    ("admitted", "last_year", "sentence"),
    [
        (134, 122, "Số kết nạp tăng 12 đảng viên, tương ứng 9,8% so với cùng kỳ năm trước."),
        (110, 122, "Số kết nạp giảm 12 đảng viên, tương ứng 9,8% so với cùng kỳ năm trước."),
        (122, 122, "Số kết nạp bằng cùng kỳ năm trước."),
    ],
)
def test_more_fewer_and_as_many_as_last_year(admitted: int, last_year: int, sentence: str) -> None:
    assert sentence in told(work(admitted=admitted, plan=250, last_year=last_year))


def test_without_a_last_year_there_is_no_comparison() -> None:
    assert "cùng kỳ" not in told(work(admitted=134, plan=250))


def test_a_target_missed_in_the_results_is_a_shortcoming_and_a_task() -> None:
    below = (("A", 0, 10), ("B", 3, 3), ("C", 1, 8))
    text = told(work(admitted=4, plan=21, below=below))
    results, _head, rest = text.partition("Đánh giá chung")
    shortcomings, _head, tasks = rest.partition("Phương hướng")
    assert "Kế hoạch năm còn lại 17 đảng viên." in results
    assert (
        "Kết nạp đảng viên mới đạt 19% kế hoạch năm (21 đảng viên), chậm tiến độ, còn lại 17"
        " đảng viên." in shortcomings
    )
    assert "Có 02 đơn vị chậm tiến độ, gồm: C (12,5%) và A (0%)." in shortcomings
    assert "Chưa kết nạp được đảng viên nào: 01 đơn vị, với 10 chỉ tiêu." in shortcomings
    assert (
        "Kế hoạch năm còn lại 17 đảng viên; để hoàn thành, mỗi tháng cần kết nạp bình quân 5,7"
        " đảng viên." in tasks
    )
    assert "Đôn đốc 02 đơn vị chậm tiến độ: C và A." in tasks
    over = told(work(period="2017", admitted=4, plan=21, below=below))
    assessed = over.partition("Đánh giá chung")[2]
    assert "chỉ đạt 19% kế hoạch năm (21 đảng viên), còn thiếu 17 đảng viên" in assessed
    assert "Có 02 đơn vị không hoàn thành kế hoạch năm, gồm: C (12,5%) và A (0%)." in over
    assert "mỗi tháng" not in over


def test_nothing_missed_is_said_too() -> None:
    text = told(work(admitted=21, plan=21, below=(("A", 21, 21),)))
    assert "Không có chỉ tiêu kết nạp nào chậm tiến độ." in text
    assert "Kế hoạch kết nạp đảng viên của năm đã hoàn thành, đạt 100% kế hoạch năm" in text


def test_a_period_that_runs_is_told_up_to_now() -> None:
    asked_on = date(2018, 8, 3)
    asked = work(admitted=4, plan=21, known=asked_on, lines=changes(opening=40))
    text = told(asked)
    assert "Kỳ báo cáo chưa kết thúc: số liệu tính đến nay, theo sổ ghi đến hết ngày 03/8/2018" in (
        text
    )
    assert "Trong 9 tháng đầu năm 2018, tính đến nay, toàn Đảng bộ kết nạp 04 đảng viên" in text
    assert "Đến nay, Đảng bộ có 40 đảng viên" in text
    assert "30/9/2018" not in text
    # A whole period of the year before is no measure for a part of one, nor an even pace.
    behind = told(work(admitted=4, plan=21, last_year=9, below=(("A", 4, 21),), known=asked_on))
    assert "cùng kỳ" not in behind
    assert "chậm tiến độ" not in behind
    assert "Kế hoạch năm còn lại 17 đảng viên" in behind
    assert "In the first nine months of 2018, up to now the whole organisation" in told(asked, "en")


def test_movements_are_told_in_words_and_without_zeros() -> None:
    moved = changes(opening=100, admitted=5, arrived=4, died=1, departed=2)
    text = told(work(admitted=5, plan=5, lines=moved))
    assert (
        "Trong kỳ tăng 09 đảng viên, gồm kết nạp 05, chuyển đến 04; giảm 03 đảng viên, gồm từ"
        " trần 01, chuyển đi 02." in text
    )
    assert "Trong kỳ không có đảng viên tăng, giảm." in told(work(lines=changes(opening=9)))
    grown = told(work(admitted=2, lines=changes(opening=9, admitted=2)))
    assert "Trong kỳ tăng 02 đảng viên, gồm kết nạp 02; không có đảng viên giảm." in grown
    shrunk = told(work(lines=changes(opening=9, died=2)))
    assert "Trong kỳ giảm 02 đảng viên, gồm từ trần 02; không có đảng viên tăng." in shrunk
