"""What an office's sentences say: figures with addresses, words, lists; where they are wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from giaoban.figures.lines import Amount, Line
from giaoban.journal.models import Basis
from giaoban.reports.documents.blocks import Figure, Heading, Listing, Paragraph, Text
from giaoban.reports.narrative.errors import TemplateBroken
from giaoban.reports.narrative.names import names_of
from giaoban.reports.narrative.template import check, fill
from giaoban.reports.numbers.reckoning import Reckoning
from tests.reports.told import NO_BREAK_SPACE, changes, said, work

BELOW = (("A", 0, 4), ("B", 3, 2), ("C", 2, 2), ("D", 1, 0))
LINES = changes(opening=40, admitted=6, died=1) | {Line.ADMITTED: Amount(6, 0)}


def names(
    language: str = "vi", *, leading_zero: bool = True, where: str = "Phụ lục 1", **told: Any
) -> dict[str, Any]:
    usual = {"admitted": 6, "plan": 8, "below": BELOW, "last_year": 4, "lines": LINES}
    asked = work(**{**usual, **told})
    with translation.override(language):
        return names_of(
            Reckoning(asked.question, asked), leading_zero=leading_zero, table_by_unit=where
        )


def filled(source: str, language: str = "vi", **told: Any) -> str:
    given = names(language, **told)
    with translation.override(language):
        return "\n".join(said(block) for block in fill(source, "Kết quả", given))


def refused(source: str) -> TemplateBroken:
    with pytest.raises(TemplateBroken) as found:
        filled(source)
    return found.value


# Figures


def test_a_figure_keeps_its_address_to_the_end() -> None:
    with translation.override("vi"):
        source = "Kết nạp {{ admitted }}, đạt {{ achievement }}; {{ closing.full }} chính thức."
        [paragraph] = fill(source, "I", names())
    assert isinstance(paragraph, Paragraph)
    assert [piece for piece in paragraph.content if isinstance(piece, Figure)] == [
        Figure("06", "admitted"), Figure("75%", "achievement"), Figure("45", "closing:full"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("source", "figure"),
    [
        ("{{ admitted.last_year }}", Figure("04", "admitted@2017-9M")),
        ("{{ admitted.change }}", Figure("02", "change(admitted)")),
        ("{{ admitted.growth }}", Figure("50%", "growth(admitted)")),
        ("{{ admitted.ratio }}", Figure("150%", "ratio(admitted)")),
        ('{{ figure("admitted/U3") }}', Figure("03", "admitted/U3")),
        ('{{ figure("achievement/U2") }}', Figure("0%", "achievement/U2")),
        ("{{ units.nobody.count }}", Figure("01", "units-nobody")),
        ("{{ units_nobody_plan }}", Figure("04", "units-nobody-plan")),
        ("{{ monthly_need }}", Figure("0,7", "monthly-need")),
        ("{{ closing.probationary }}", Figure("06", "closing:probationary")),
        ("{% for u in units.over %}{{ u.plan }}{% endfor %}", Figure("02", "plan/U3")),
        ("{{ remaining }}", Figure("02", "remaining")),
    ],
)
def test_figures_and_what_is_worked_out_of_them(source: str, figure: Figure) -> None:
    lines = LINES | {Line.CLOSING: Amount(6, 39)}
    with translation.override("vi"):
        [paragraph] = fill(source, "I", names(lines=lines))
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (figure,)


def test_a_zero_before_small_numbers_is_the_definitions_setting_and_vietnamese() -> None:
    assert filled("{{ admitted }} {{ plan | counted }}") == "06 08 đảng viên"
    assert filled("{{ admitted }}", leading_zero=False) == "6"
    assert filled("{{ admitted }} {{ plan | counted }}", "en") == "6 8 members"


def test_a_number_worked_out_has_no_address_and_is_not_printed() -> None:
    for source in ("{{ plan - admitted }}", "{{ 2 }}", "{{ admitted * 1 }}", "{{ -plan }}"):
        broken = refused(f"Còn\n{source}")
        assert broken.params["line"] == 2
        assert broken.params["what"].code == "number_without_address"
    assert filled("{% if plan - admitted == 2 and plan / 2 > 3.5 %}đúng{% endif %}") == "đúng"
    assert (
        filled("{% if (admitted + 2) * 2 >= 16 and not admitted != 6 %}đúng{% endif %}") == "đúng"
    )


def test_a_missing_number_is_neither_more_nor_less() -> None:
    given = {"plan": 0, "below": ()}
    for sign in ("<", ">", "<=", ">=", "=="):
        assert filled(f"{{% if plan {sign} 5 %}}a{{% endif %}}", **given) == ""
    assert filled("{% if plan is known %}a{% else %}b{% endif %} {{ plan }}", **given) == "b –"
    assert filled("{% if plan + 1 > 0 %}a{% endif %}{% if 1 / 0 > 0 %}b{% endif %}", **given) == ""


# Words


def test_a_plan_and_the_year_before_in_words() -> None:
    assert filled("{{ admitted | vs_plan }}") == "đạt 75% kế hoạch năm (08 đảng viên)"
    assert filled("{{ admitted | vs_plan }}", plan=0) == ""
    said_now = filled("{{ admitted | vs_last_year }}")
    assert said_now == "tăng 02 đảng viên, tương ứng 50% so với cùng kỳ năm trước"
    fewer = filled("{{ admitted | vs_last_year }}", last_year=8)
    assert fewer == "giảm 02 đảng viên, tương ứng 25% so với cùng kỳ năm trước"
    assert filled("{{ admitted | vs_last_year }}", last_year=6) == "bằng cùng kỳ năm trước"
    none = filled("{{ admitted | vs_last_year }}", last_year=0)
    assert none == "tăng 06 đảng viên so với cùng kỳ năm trước"
    with translation.override("vi"):
        [paragraph] = fill("{{ admitted | vs_last_year }}", "I", names(last_year=8))
    assert isinstance(paragraph, Paragraph)
    assert [piece.address for piece in paragraph.content if isinstance(piece, Figure)] == [
        "change(admitted)", "growth(admitted)",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("party-base", "06 đảng viên"),
        ("union-base", "06 đoàn viên công đoàn"),
        ("youth-base", "06 đoàn viên thanh niên"),
    ],
)
def test_nouns_are_those_of_the_family(kind: str, words: str) -> None:
    assert filled("{{ admitted | counted }}", kind=kind) == words
    assert filled('{{ admitted | done("kết nạp") }}', kind=kind) == f"kết nạp {words}"


def test_nouns_of_what_else_is_counted() -> None:
    source = (
        "{{ units.over | counted }}, {{ grassroots | counted }}, {{ months_left | counted }}, "
        "{{ party_founded_private | counted }}, {{ unions_founded_private | counted }}, "
        "{{ units_nobody_plan | counted }}"
    )
    assert filled(source, grassroots=3, founded=(2, 13)) == (
        "01 đơn vị, 03 tổ chức cơ sở đảng, 03 tháng, 02 tổ chức đảng, 13 công đoàn cơ sở,"
        " 04 chỉ tiêu"
    )
    assert filled(source, "en", grassroots=1, founded=(1, 1)) == (
        "1 unit, 1 grassroots organisation, 3 months, 1 Party organisation, 1 trade union,"
        " 4 members of the plan"
    )


def test_lists_of_none_one_several_and_many() -> None:
    assert filled("{{ units.behind | listed }}", below=()) == ""
    assert filled("{{ units.over | listed }}") == "B"
    assert filled('{{ units.completed | listed("achievement") }}') == "B (150%) và C (100%)"
    nine = tuple((letter, 0, 2) for letter in "ABCDEFGHI")
    many = filled("{{ units.nobody | listed }}", below=nine)
    assert many == "A; B; C; D; E và các đơn vị khác (chi tiết tại Phụ lục 1)"
    assert filled("{{ units.nobody | listed }}", below=nine[:8]) == "A; B; C; D; E; F; G và H"
    nowhere = filled("{{ units.nobody | listed }}", below=nine, where="")
    assert nowhere == "A; B; C; D; E và các đơn vị khác"
    english = filled("{{ units.nobody | listed }}", "en", below=nine, where="Annex 1")
    assert english == "A; B; C; D; E and others (see Annex 1)"


def test_days_documents_shares_and_capitals() -> None:
    basis = [Basis(number="09-NQ/TU", issued_on=date(2012, 2, 27), issuer="Thành ủy")]
    assert filled("{{ on | dated }}, {{ on }}") == "30/9/2018, 30/9/2018"
    assert filled('{{ known_on | dated("words") }}') == "ngày 05 tháng 02 năm 2026"
    cited = filled("{{ basis | cited }}; {{ basis | cited(true) }}", basis=basis)
    assert cited == "Nghị quyết số 09-NQ/TU, ngày 27/02/2012 của Thành ủy; Nghị quyết 09-NQ/TU"
    assert filled("{{ achievement | percent(2) }}", admitted=1, plan=3) == "33,33%"
    assert filled("{{ whole | capital }} {{ 'đạt' | capital }}") == "Toàn Đảng bộ Đạt"
    assert filled("{{ unallocated | unsigned }}", plan=8) == "08"
    assert filled("{{ increases | told }}; {{ decreases | told }}") == "kết nạp 06; từ trần 01"


# How it is read


def test_paragraphs_items_headings_and_what_is_set_off() -> None:
    source = """
Một **{{ unit }}** và *hai*.
Cùng đoạn.

- thứ nhất {{ plan }}
- thứ hai
  - bên trong

1. một
2. hai

## Tiêu đề {{ year }}
"""
    with translation.override("vi"):
        paragraph, listing, ordered, heading = fill(source, "I", names())
    assert isinstance(paragraph, Paragraph)
    assert paragraph.content == (
        Text("Một "), Text("Đơn vị", "strong"), Text(" và "), Text("hai", "emphasis"),
        Text(". Cùng đoạn."),
    )  # fmt: skip
    assert isinstance(listing, Listing)
    assert [said(Listing((item,))) for item in listing.items] == [
        "thứ nhất 08", "thứ hai", "bên trong",
    ]  # fmt: skip
    assert isinstance(ordered, Listing)
    assert ordered.ordered
    assert isinstance(heading, Heading)
    assert (heading.level, said(heading)) == (2, "Tiêu đề 2018")


def test_lines_of_tags_alone_leave_no_gap_and_ends_of_lines_stay() -> None:
    source = """
{# một lời dặn #}
Câu một.
{% if plan %}
Câu hai.
{% endif %}
{% if not plan %}Câu ba.{% endif %}

Đoạn sau{% if plan %} có{% endif %}

Đoạn cuối.
"""
    assert filled(source) == "Câu một. Câu hai.\nĐoạn sau có\nĐoạn cuối."


def test_nothing_said_is_no_paragraph() -> None:
    assert filled("{% if not plan %}a{% endif %}\n\n{{ units.behind | listed }}", below=()) == ""


def test_numbers_are_bound_to_their_words() -> None:
    with translation.override("vi"):
        source = (
            "Trong quý III, có {{ plan }} đảng viên; ngày {{ on }} tại Điều 18, số {{ entry }}."
        )
        [paragraph] = fill(source, "I", names(name="Chi bộ số 3"))
    text = "".join(piece.text for piece in paragraph.content)
    assert text == (
        "Trong quý III, có 08 đảng viên; ngày 30/9/2018 tại Điều 18, số 7."
        .replace("quý ", f"quý{NO_BREAK_SPACE}").replace("08 ", f"08{NO_BREAK_SPACE}")
        .replace("ngày ", f"ngày{NO_BREAK_SPACE}").replace("Điều ", f"Điều{NO_BREAK_SPACE}")
        .replace("số ", f"số{NO_BREAK_SPACE}")
    )  # fmt: skip
    with translation.override("vi"):
        [paragraph] = fill("{{ unit }}", "I", names(name="Chi bộ số 3"))
    assert paragraph.content == (Text("Chi bộ số 3"),)


# Where it is wrong


@pytest.mark.parametrize(
    ("source", "line", "code", "named"),
    [
        ("một\nhai {{ admited }}", 2, "figure_unknown", "admitted"),
        ("{{ unts.over }}", 1, "figure_unknown", "units"),
        ("\n\n{{ units.ovr }}", 3, "word_unknown", "over"),
        ("{{ admitted.lastyear }}", 1, "word_unknown", "last_year"),
        ('{{ figure("admited") }}', 1, "figure_unknown", "admitted"),
        ('một\n{{ figure("admitted[sex=x]") }}', 2, "group_unknown", "sex=female"),
        ('{{ figure("share(closing[age=17])") }}', 1, "group_unknown", "age=18-30"),
        ('{{ figure("admitted/X[theory=cao]@2017") }}', 1, "group_unknown", "theory="),
        ('{% if figure("admitted[colour=x]") %}a{% endif %}', 1, "field_unknown", "sex"),
        ('{{ figure("admitted//") }}', 1, "address_unreadable", "admitted"),
        ("{{ admitted | conted }}", 1, "filter_unknown", "counted"),
        ("{{ unit | counted }}", 1, "filter_unfit", "admitted | counted"),
        ("{{ admitted | done }}", 1, "filter_unfit", "done("),
        ("{{ units.over | listed(3) }}", 1, "filter_unfit", "listed"),
        ("{{ closing | vs_plan }}", 1, "filter_unfit", "admitted | vs_plan"),
        ("{{ achievement | percent(99) }}", 1, "filter_unfit", "percent(2)"),
        ("{{ units.over }}", 1, "nothing_to_print", "units.over"),
        ("một\n{% if plan %}", 2, "template_unreadable", "{% if plan %}"),
        ("{{ plan }", 1, "template_unreadable", "{{ plan }"),
        ("{% endif %}", 1, "template_unreadable", "endif"),
        ("{{ plan + }}", 1, "template_unreadable", "plan +"),
        ("một\n{% import 'a' as b %}", 2, "not_for_reports", "if, for, set"),
        ("{% if unit > 3 %}{% endif %}", 1, "not_calculable", "unit > 3"),
        ('a\n{% if plan > "3" %}{% endif %}', 2, "not_calculable", ">"),
        ("{% if 1 > 2 %}{% set x = 1 %}{% endif %}\n{{ x }}", 2, "figure_unknown", "x"),
        ("{% for u in units.all %}\n{{ u.nme }}{% endfor %}", 2, "word_unknown", "name"),
        ("{{ admitted.last_year.growth }}", 1, "word_unknown", "growth"),
    ],
)
def test_a_refusal_points_at_the_line_and_names_what_is_near(
    source: str, line: int, code: str, named: str
) -> None:
    broken = refused(source)
    assert broken.params["section"] == "Kết quả"
    assert (broken.params["line"], broken.params["what"].code) == (line, code)
    for language, start in (("vi", f"Kết quả, dòng {line}: "), ("en", f"Kết quả, line {line}: ")):
        with translation.override(language):
            text = str(broken)
        assert text.startswith(start)
        assert named in text


def test_what_needs_no_numbers_is_found_when_it_is_saved() -> None:
    for source in ("{{ admited }}", "{{ plan | no }}", "{% if %}", '{{ figure("nothing") }}',
                   '{{ figure("admitted[sex=x]") }}'):  # fmt: skip
        with pytest.raises(TemplateBroken):
            check(source, "I")
    check("{{ admitted | vs_plan }}", "I")
    check('{{ figure("admitted[sex=]") }}', "I")  # who is not known
