"""Documents built of definitions: headings, annexes, the office's words, sheets; and bad input."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from giaoban.figures.by_unit import Question
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.catalogue import tables
from giaoban.reports.definitions.building import Paper, build, plain_paper
from giaoban.reports.definitions.definition import (
    ChartPart,
    Narrative,
    OwnWords,
    Part,
    Said,
    Section,
    TablePart,
)
from giaoban.reports.definitions.shipping import ORDER, shipped
from giaoban.reports.documents.blocks import (
    Bullets,
    Chart,
    Document,
    Foot,
    Heading,
    Listing,
    Paragraph,
    Signature,
    Table,
    Text,
)
from giaoban.reports.documents.canonical import content_hash, read, written
from giaoban.reports.documents.walking import lines
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.wording.setting import whole
from tests.reports.sample import LAYOUT, LETTERHEAD, LONG, MARKUP
from tests.reports.told import NO_BREAK_SPACE, PAPER, changes, defined, document, said, work
from tests.world import World

FULL = {"admitted": 4, "plan": 8, "lines": changes(opening=40, admitted=4, died=1)}
NINE = tuple((f"Xã {letter}", 0, 2) for letter in "ABCDEFGHI")


def section(heading: str, level: int = 1, *parts: Part, annex: bool = False) -> Section:
    return Section(Said(heading, f"{heading} (en)"), level, parts, annex)


def narrative(text: str) -> Narrative:
    return Narrative(Said(text, text))


def heads(made: Document) -> list[str]:
    return [said(block) for block in made.body if isinstance(block, Heading)]


# Headings and sections


def test_headings_are_numbered_on_three_levels() -> None:
    word = narrative("a")
    made = document(work(), definition=defined(
        section("Một", 1), section("Hai", 2), section("Ba", 3, word), section("Bốn", 3, word),
        section("Năm", 2, word), section("Sáu", 1, word), section("Bảy", 2, word),
        *(section(f"Mục {n}", 3, word) for n in range(1, 8)),
    ))  # fmt: skip
    assert heads(made) == [
        "I. Một", "1. Hai", "a) Ba", "b) Bốn", "2. Năm", "II. Sáu", "1. Bảy",
        "a) Mục 1", "b) Mục 2", "c) Mục 3", "d) Mục 4", "đ) Mục 5", "e) Mục 6", "g) Mục 7",
    ]  # fmt: skip


def test_a_section_with_nothing_to_say_is_left_out_and_the_others_move_up() -> None:
    empty, word = narrative("{% if plan %}a{% endif %}"), narrative("a")
    made = document(work(), definition=defined(
        section("Một", 1, empty), section("Hai", 1), section("Ba", 2, empty),
        section("Bốn", 1), section("Năm", 2), section("Sáu", 3, word), section("Bảy", 1),
    ))  # fmt: skip
    assert heads(made) == ["I. Bốn", "1. Năm", "a) Sáu"]


def test_headings_and_titles_have_slots() -> None:
    sections = (section("Kết nạp {members} {next}", 1, narrative("a")),)
    title = Said("Công tác {work} {period} của {unit}, năm {year}")
    made = document(work("union-base", "2018-Q3"), definition=defined(*sections, title=title))
    assert made.title.subject.replace(NO_BREAK_SPACE, " ") == (
        "Công tác tổ chức và phát triển đoàn viên công đoàn quý III năm 2018 của Đơn vị, năm 2018"
    )
    assert heads(made) == ["I. Kết nạp đoàn viên công đoàn quý IV năm 2018"]


@pytest.mark.parametrize(
    ("period", "following"),
    [
        ("2018-9M", "3 tháng cuối năm 2018"), ("2018-H1", "6 tháng cuối năm 2018"),
        ("2018-H2", "6 tháng đầu năm 2019"), ("2018-Q4", "quý I năm 2019"),
        ("2018-03", "tháng 4 năm 2018"), ("2018-12", "tháng 1 năm 2019"), ("2018", "năm 2019"),
    ],
)  # fmt: skip
def test_the_tasks_are_of_the_next_period(period: str, following: str) -> None:
    made = document(work(period=period))
    assert following in made.title.subject.replace(NO_BREAK_SPACE, " ")


def test_no_line_of_a_title_parts_the_name_of_a_period() -> None:
    assert document(work()).title.subject.endswith(
        " 9_tháng_đầu_năm_2018, phương hướng, nhiệm vụ 3_tháng_cuối_năm_2018".replace(
            "_", NO_BREAK_SPACE
        )
    )
    assert whole("quý I năm 2018 (từ ngày 15/12/2017)").split(" ") == [
        "quý_I_năm_2018".replace("_", NO_BREAK_SPACE), "(từ", "ngày", "15/12/2017)",
    ]  # fmt: skip


def test_what_no_ledger_holds_stands_where_it_was_typed_and_is_never_blank() -> None:
    words = {
        "leadership": "Ban hành 12 văn bản.\n- nghị quyết: 02\n-  chỉ thị: 10  \n\nĐã xong.",
        "proposals": "  \n ",
    }
    made = document(work(**FULL), paper=replace(PAPER, own_words=words))
    assert heads(made)[1] == "1. Công tác lãnh đạo, chỉ đạo"
    at = [said(block) for block in made.body].index("1. Công tác lãnh đạo, chỉ đạo")
    assert [type(block) for block in made.body[at + 1 : at + 4]] == [Paragraph, Listing, Paragraph]
    assert said(made.body[at + 2]) == "nghị quyết: 02 chỉ thị: 10"
    assert [said(block) for block in made.body[-2:]] == ["IV. Kiến nghị, đề xuất", "Không."]
    assert "Công tác cán bộ" not in " ".join(heads(made))


def test_what_is_typed_is_no_template_and_no_markup() -> None:
    odd = "{{ plan }} {% if %} **đậm** <b> {unit}"
    made = document(work(**FULL), paper=replace(PAPER, own_words={"proposals": odd}))
    assert said(made.body[-1]) == odd
    assert made.body[-1].content == (Text(odd),)


def test_notes_are_printed_after_the_body() -> None:
    note = "Chênh lệch 02 đảng viên đã giải trình ngày 05/10/2018."
    made = document(work(**FULL), paper=replace(PAPER, notes=((Text(note),),)))
    last = made.body[-1]
    assert isinstance(last, Paragraph)
    assert (said(last), last.role) == (note, "note")


def test_the_forms_own_end_closes_the_text() -> None:
    made = document(work(**FULL), paper=replace(PAPER, end="./."))
    assert said(made.body[-1]) == "Không./."
    assert said(document(work(**FULL)).body[-1]) == "Không."


# Annexes


def test_annexes_are_labelled_in_order_and_sentences_point_at_the_right_one() -> None:
    word = narrative("{{ units.nobody | listed }}")
    table = TablePart("admissions-by-unit")
    empty = section("Trống", 0, narrative("{% if not plan %}a{% endif %}"), annex=True)
    some = section("Chữ", 0, narrative("a"), annex=True)
    by_unit = section("Theo đơn vị", 0, table, annex=True)

    def made(*sections: Section, below: tuple[tuple[str, int, int], ...] = NINE) -> Document:
        return document(work(plan=18, below=below), definition=defined(*sections))

    first = made(section("Một", 1, word), empty, some, by_unit)
    assert [(annex.label, annex.title) for annex in first.annexes] == [
        ("Phụ lục 1", "Chữ"), ("Phụ lục 2", "Theo đơn vị"),
    ]  # fmt: skip
    assert said(first.body[-1]).endswith("Xã E và các đơn vị khác (chi tiết tại Phụ lục 2)")
    alone = made(section("Một", 1, word), empty, by_unit)
    assert [annex.label for annex in alone.annexes] == ["Phụ lục"]
    assert said(alone.body[-1]).endswith("(chi tiết tại Phụ lục)")
    inside = made(section("Một", 1, word, table))
    assert said(inside.body[1]).endswith("(chi tiết tại bảng)")
    nowhere = made(section("Một", 1, word), empty)
    assert said(nowhere.body[-1]).endswith("Xã E và các đơn vị khác")
    assert nowhere.annexes == ()
    none = made(section("Một", 1, narrative("a")), by_unit, below=())
    assert none.annexes == ()


# Sheets and paper


def test_a_sheet_is_signed_by_who_drew_it_up_and_by_the_head() -> None:
    sheet = defined(section("Một", 1, narrative("a")), sheet=True)
    foot = Foot("Nơi nhận:", ("Lưu.",), (Signature((), "TRƯỞNG BAN", "Nguyễn Văn Ước"),))
    signed = document(work(), definition=sheet, paper=replace(PAPER, foot=foot)).foot
    assert signed is not None
    assert [(one.post, one.name) for one in signed.signatures] == [
        ("NGƯỜI LẬP BIỂU", ""), ("TRƯỞNG BAN", "Nguyễn Văn Ước"),
    ]  # fmt: skip
    assert signed.recipients == ()
    by_hand = document(work(), definition=sheet).foot
    assert by_hand is not None
    assert [one.post for one in by_hand.signatures] == ["NGƯỜI LẬP BIỂU", "TRƯỞNG BAN"]
    assert document(work()).foot is None


def test_the_paper_is_the_documents() -> None:
    paper = Paper(
        layout=LAYOUT, dated_on=date(2018, 10, 5), kind="TỜ TRÌNH", rule="-----", state="final",
        letterhead=LETTERHEAD, provenance="Số liệu theo sổ.",
    )  # fmt: skip
    made = document(work(**FULL), paper=paper)
    assert (made.title.kind, made.title.rule) == ("TỜ TRÌNH", "-----")
    assert (made.letterhead, made.state, made.dated_on) == (LETTERHEAD, "final", paper.dated_on)
    assert made.name == "organisation-work-2018-9M-U1"
    assert document(work(**FULL)).title.kind == "BÁO CÁO"
    assert read(written(made)) == made
    assert content_hash(written(made)) == content_hash(written(document(work(**FULL), paper=paper)))


# Bad input


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ((TablePart("statemnt"),), "table_unknown"),
        ((ChartPart("waterfal"),), "chart_unknown"),
        ((narrative("{{ admited }}"),), "template_broken"),
        ((narrative("{{ units.over | counted(1) }}"),), "template_broken"),
        ((OwnWords("a", Said("?"), Said("{perod}")),), "slot_unknown"),
    ],
)
def test_a_definition_with_something_unknown_builds_nothing(
    parts: tuple[Part, ...], code: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        document(work(), definition=defined(section("Một", 1, *parts)))
    assert refused.value.code == code


def test_a_period_that_does_not_fit_is_refused_with_those_that_do() -> None:
    with pytest.raises(RuleBroken) as refused:
        document(work(period="2018"), definition=shipped()["organisation-work"])
    assert refused.value.code == "period_unfit"
    with translation.override("vi"):
        text = str(refused.value)
    assert "năm 2018" in text
    assert "kỳ 9 tháng" in text


def test_a_unit_that_does_not_fit_is_refused() -> None:
    party = defined(section("Một", 1, narrative("a")), families=("party",))
    with pytest.raises(RuleBroken) as refused:
        document(work("union-base"), definition=party)
    assert refused.value.code == "unit_unfit"


def test_a_period_that_runs_builds_a_draft() -> None:
    made = document(work(**FULL, known=date(2018, 8, 3)))
    assert "tính đến nay" in " ".join(said(block) for block in made.body)
    [table] = [block for block in made.body if isinstance(block, Table)]
    legend = " ".join(said(Listing((line,))) for line in table.legend)
    assert "Kỳ báo cáo chưa kết thúc: số liệu năm trước là của cả kỳ." in legend


def test_units_without_targets_have_dashes_with_their_reason_and_no_per_cent() -> None:
    below = (("A", 2, 4), ("B", 3, 0))
    made = document(work(admitted=5, plan=4, below=below), definition=defined(
        section("Một", 1, TablePart("admissions-by-unit"))
    ))  # fmt: skip
    table = made.body[-1]
    assert isinstance(table, Table)
    by_name = {row.cells[1].text: [cell.text for cell in row.cells] for row in table.rows}
    assert by_name["B"] == ["–", "B", "–", "3", "–", "–", "–"]
    assert by_name["A"] == ["1", "A", "4", "2", "50,0%", "2", "chậm tiến độ"]
    [line] = table.legend
    assert said(Listing((line,))) == "Dấu “–”: chưa được giao chỉ tiêu."
    assert [cell.value for cell in table.rows[1].cells[2:5:2]] == [None, None]


def test_a_plan_that_is_only_partly_a_units_gives_no_per_cent() -> None:
    asked = work(admitted=2, plan=4, below=(("A", 2, 4), ("B", 0, 4)))
    unlike = replace(asked.units[0].achievement, comparable=False, rank=None)
    asked = replace(asked, units=[replace(asked.units[0], achievement=unlike), asked.units[1]])
    made = document(asked, definition=defined(section("Một", 1, TablePart("admissions-by-unit"))))
    table = made.body[-1]
    assert isinstance(table, Table)
    [row] = [row for row in table.rows if row.cells[1].text == "A"]
    assert [cell.text for cell in row.cells] == ["–", "A", "4", "2", "–", "–", "–"]
    assert "chỉ một phần chỉ tiêu" in said(Listing((table.legend[0],)))


@pytest.mark.parametrize("name", [MARKUP, LONG, "{{ plan }}", "{unit}", "– \u00a0 –", "007"])
def test_names_stay_as_they_are_everywhere(name: str) -> None:
    asked = work(plan=4, below=((name, 0, 4), ("B", 4, 4)), name=name, admitted=4)
    made = document(asked, definition=defined(
        section("Một", 1, narrative("{{ unit }}\n\n{{ units.nobody | listed }}"),
                TablePart("admissions-by-unit"), ChartPart("plan-by-unit")),
        title=Said("Báo cáo của {unit}"),
    ))  # fmt: skip
    told = list(lines(made))
    assert told[1:3] == [name, name]
    assert name in told[3:]
    assert made.title.subject.endswith(name)
    chart = made.body[-1]
    assert isinstance(chart, Chart)
    assert isinstance(chart.shows, Bullets)
    assert chart.shows.bars[-1].label == name
    assert name in chart.alt


# With books


def asked(world: World, code: str = "HU", **more: object) -> Question:
    period = Period.parse("2018-9M", regime=regime_named("calendar"))
    return Question(world.unit(code), period, head(), **more)


@pytest.fixture
def office(world: World) -> World:
    world.by(date(2018, 1, 20))
    for code in ("CY1", "CY2", "TX1", "TX1"):
        world.member(code)
    world.admit("CY1", date(2017, 5, 5))
    for code in ("CY1", "TX1"):
        world.admit(code, date(2018, 3, 1))
    plans = {world.unit(code): n for code, n in {"HU": 4, "CY": 1, "TX": 3}.items()}
    set_targets(plans, indicator="admitted", year=2018, by=world.by(date(2018, 10, 5)))
    return world


@pytest.mark.parametrize("code", ORDER)
@pytest.mark.parametrize("unit", ["HU", "CY1"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_shipped_definition_is_built(
    office: World, code: str, unit: str, language: str
) -> None:
    definition, question = shipped()[code], asked(office, unit)
    if PeriodKind.NINE_MONTHS not in definition.periods:
        period = Period.parse("2018", regime=regime_named("calendar"))
        question = replace(question, period=period)
    paper = plain_paper(question, date(2018, 10, 5))
    assert language in ("vi", "en")
    made = build(definition, Reckoning(question), paper, language)
    assert made.language == language
    for line in lines(made):
        assert line == line.strip()
        assert "{" not in line
    assert read(written(made)) == made


def test_plain_paper_has_the_layout_of_the_form_in_force_and_says_which_books(
    office: World,
) -> None:
    question = asked(office)
    paper = plain_paper(question, date(2018, 10, 5))
    assert (paper.letterhead, paper.foot, paper.state) == (None, None, "final")
    assert paper.layout.top > 0
    number, digest = question.head.number, question.head.digest.hex()[:16]
    with translation.override("en"):
        provenance = plain_paper(question, date(2018, 10, 5)).provenance
    assert provenance == f"Figures by the journal up to entry {number}, digest {digest}."


def test_the_table_by_unit_of_restated_figures_says_what_stands_in_no_row(office: World) -> None:
    reckoning = Reckoning(asked(office, tree=date(2018, 6, 1)))
    made = build(shipped()["organisation-work"], reckoning, PAPER)
    text = " ".join(lines(made)).replace(NO_BREAK_SPACE, " ")
    assert "Toàn bộ báo cáo tính lại theo hệ thống tổ chức tại ngày 01/6/2018." in text
    assert tables.CATALOGUE["roll-by-particulars"](reckoning) is None
