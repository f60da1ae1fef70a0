"""The official forms: which is in force on a day, what it prints, and what of it is not known."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from giaoban.periods import RuleUnreadable
from giaoban.reports.documents.blocks import Document, Signature
from giaoban.reports.errors import OfficialFormMissing
from giaoban.reports.forms.official import (
    PACKAGED_FORMS,
    cited_number,
    form_in_force,
    letterhead,
    official_forms,
    signature,
    symbol,
    title,
    unconfirmed,
)
from giaoban.reports.forms.records import FAMILIES, OfficialForm, read_forms
from giaoban.reports.rendering.pdf import render

from .sample import DOCUMENT

TEXT = PACKAGED_FORMS.read_text(encoding="utf-8")


def head(form: OfficialForm, number: int | None, on: date | None, office: str = "BTC") -> list[str]:
    """The lines of a letterhead, one below the other."""
    made = letterhead(
        form, superior="Huyện ủy Thạch Thất", issuer="Ban Tổ chức", place="Thạch Thất",
        symbol=symbol(form, kind="BC", office=office), number=number, on=on,
    )  # fmt: skip
    return [made.superior, made.issuer, made.mark, made.number, *made.motto, made.place_and_date]


@pytest.mark.parametrize(
    ("family", "on", "code"),
    [
        ("party", date(2018, 4, 3), "36-hd-vptw"),
        ("party", date(2018, 10, 5), "36-hd-vptw"),
        ("party", date(2026, 1, 8), "36-hd-vptw"),
        ("party", date(2026, 1, 9), "05-hd-vptw"),
        ("state", date(2020, 3, 5), "nd-30-2020"),
        ("youth", date(2013, 10, 29), "367-qd-twdtn-vp"),
        ("youth", date(2026, 11, 1), "367-qd-twdtn-vp"),
    ],
)
def test_the_form_in_force_on_each_side_of_each_day(family: str, on: date, code: str) -> None:
    form = form_in_force(family, on)
    assert form.code == code
    assert form.in_force_on(on)
    assert form in official_forms()


@pytest.mark.parametrize("family", FAMILIES)
def test_a_day_before_the_first_form_takes_it_unconfirmed(family: str) -> None:
    days = [form.valid_from for form in official_forms() if form.family == family]
    first = min(day for day in days if day)
    before = form_in_force(family, first - timedelta(days=1))
    assert before.code == form_in_force(family, first).code
    assert not before.in_force_on(first - timedelta(days=1))
    assert not before.confirmed


@pytest.mark.parametrize("family", FAMILIES)
def test_forms_of_a_family_follow_one_another_without_a_gap(family: str) -> None:
    """No two on a day, and none missing: the next begins on the day on which one ends."""
    forms = sorted(
        (form for form in official_forms() if form.family == family),
        key=lambda form: form.valid_from or date.min,
    )
    assert forms
    for earlier, later in pairwise(forms):
        assert earlier.valid_to == later.valid_from
    assert forms[-1].valid_to is None


def test_trade_unions_write_by_the_states_form_which_is_not_confirmed() -> None:
    form = form_in_force("union", date(2026, 1, 1))
    assert form.code == "nd-30-2020"
    assert not form.confirmed
    assert "Tổng Liên đoàn Lao động" in form.note_vi
    assert "Tổng Liên đoàn" not in form_in_force("state", date(2026, 1, 1)).note_vi


def test_a_family_without_a_form_is_refused() -> None:
    with pytest.raises(OfficialFormMissing, match="veterans"):
        form_in_force("veterans", date(2026, 1, 1))


def test_the_head_of_the_party() -> None:
    form = form_in_force("party", date(2018, 10, 5))
    assert head(form, 45, date(2018, 10, 5)) == [
        "HUYỆN ỦY THẠCH THẤT", "BAN TỔ CHỨC", "*", "Số 45-BC/BTC",
        "ĐẢNG CỘNG SẢN VIỆT NAM", "Thạch Thất, ngày 05 tháng 10 năm 2018",
    ]  # fmt: skip


def test_the_head_of_the_state() -> None:
    form = form_in_force("state", date(2021, 2, 3))
    assert head(form, 5, date(2021, 2, 3), "UBND") == [
        "HUYỆN ỦY THẠCH THẤT", "BAN TỔ CHỨC", "", "Số: 05/BC-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Thạch Thất, ngày 03 tháng 02 năm 2021",
    ]  # fmt: skip


def test_the_head_of_the_youth_union() -> None:
    form = form_in_force("youth", date(2018, 3, 26))
    assert head(form, 113, date(2018, 3, 26)) == [
        "HUYỆN ỦY THẠCH THẤT", "BAN TỔ CHỨC", "***", "Số: 113-BC/BTC",
        "ĐOÀN TNCS HỒ CHÍ MINH", "Thạch Thất, ngày 26 tháng 3 năm 2018",
    ]  # fmt: skip


def test_what_is_not_known_yet_is_left_open() -> None:
    _, _, _, number, _, day = head(form_in_force("party", date(2018, 10, 5)), None, None)
    gap = "\u00a0" * 6
    assert number == f"Số {gap}-BC/BTC"
    assert day.split() == ["Thạch", "Thất,", "ngày", "tháng", "năm"]
    assert day.count(gap) == 3


@pytest.mark.parametrize(
    ("family", "on_behalf", "instead", "by_order"),
    [
        ("party", "T/M BAN THƯỜNG VỤ", "K/T BAN THƯỜNG VỤ", "T/L BAN THƯỜNG VỤ"),
        ("state", "TM. BAN THƯỜNG VỤ", "KT. BAN THƯỜNG VỤ", "TL. BAN THƯỜNG VỤ"),
        ("youth", "TM. BAN THƯỜNG VỤ", "KT. BAN THƯỜNG VỤ", "TL. BAN THƯỜNG VỤ"),
    ],
)
def test_who_signs_by_what_authority(
    family: str, on_behalf: str, instead: str, by_order: str
) -> None:
    form = form_in_force(family, date(2021, 1, 1))

    def signed(authority: str) -> Signature:
        return signature(
            form, authority=authority, body="Ban Thường vụ", post="Bí thư", name="Ngô Ễ"
        )

    assert signed("on_behalf") == Signature((on_behalf,), "BÍ THƯ", "Ngô Ễ")
    assert signed("for").authority == (instead,)
    assert signed("by_order").authority == (by_order,)
    assert signed("") == Signature((), "BÍ THƯ", "Ngô Ễ")


def test_who_acts_in_a_post_signs_in_it_and_who_was_mandated_by_the_states_word() -> None:
    party, state = (form_in_force(family, date(2021, 1, 1)) for family in ("party", "state"))
    words = {"body": "Giám đốc", "post": "Trưởng ban", "name": "Ngô Ễ"}
    assert signature(party, authority="acting", **words).post == "Q. TRƯỞNG BAN"
    assert signature(state, authority="by_mandate", **words).authority == ("TUQ. GIÁM ĐỐC",)
    with pytest.raises(KeyError):
        signature(party, authority="by_mandate", **words)


def test_the_title_and_the_end() -> None:
    party, state = (form_in_force(family, date(2021, 1, 1)) for family in ("party", "state"))
    assert title(party, subject="Kết quả").kind == "BÁO CÁO"
    assert title(party, subject="Kết quả").rule == "-----"
    assert set(title(state, subject="Kết quả", kind="Tờ trình").rule) == {"_"}
    assert title(state, subject="Kết quả", kind="Tờ trình").kind == "TỜ TRÌNH"
    assert (party.end, state.end) == (".", "./.")
    assert (party.numbers_run_by, state.numbers_run_by) == ("term", "year")


def test_margins_are_those_of_the_form_and_in_the_states_range() -> None:
    def margins(family: str, on: date) -> tuple[float, ...]:
        layout = form_in_force(family, on).layout
        return layout.top, layout.bottom, layout.left, layout.right

    assert margins("party", date(2018, 10, 5)) == (25, 25, 35, 15)
    assert margins("party", date(2026, 2, 1)) == (20, 20, 30, 15)
    top, bottom, left, right = margins("state", date(2021, 1, 1))
    assert 20 <= top <= 25
    assert 20 <= bottom <= 25
    assert 30 <= left <= 35
    assert 15 <= right <= 20


def printed(family: str, on: date) -> Document:
    form = form_in_force(family, on)
    made = letterhead(form, superior="Cấp trên", issuer="Cơ quan", symbol="BC/CQ", number=7,
                      place="Hà Nội", on=on)  # fmt: skip
    return replace(
        DOCUMENT, letterhead=made, title=title(form, subject="Về việc thử"), layout=form.layout
    )


@pytest.mark.parametrize(
    ("family", "on"),
    [("party", date(2018, 10, 5)), ("party", date(2026, 6, 1)), ("state", date(2021, 2, 3)),
     ("youth", date(2018, 3, 26)), ("union", date(2021, 2, 3))],
)  # fmt: skip
def test_each_head_is_printed_line_by_line(family: str, on: date) -> None:
    document = printed(family, on)
    made = document.letterhead
    assert made
    page = PdfReader(BytesIO(render(document))).pages[0].extract_text()
    words = " ".join(page.split())
    for line in (made.superior, made.issuer, made.mark, made.number, *made.motto,
                 made.place_and_date, document.title.kind, document.title.subject):  # fmt: skip
        assert line in words


def test_what_is_not_confirmed_is_listed_for_who_can_compare_it() -> None:
    found = {(one.form, one.part): one for one in unconfirmed()}
    assert ("36-hd-vptw", "margins") in found
    assert ("05-hd-vptw", "") in found
    assert ("cong-doan", "") in found
    assert ("nd-30-2020", "margins") not in found
    for one in found.values():
        assert one.note_vi
        assert one.note_en
        assert one.title_vi
        assert one.title_en


def test_every_part_says_where_it_was_read() -> None:
    parts = {form.code: [part.part for part in form.parts] for form in official_forms()}
    assert {tuple(names) for names in parts.values()} == {tuple(parts["36-hd-vptw"])}
    for form in official_forms():
        assert form.legal_basis
        for part in form.parts:
            assert part.source
            assert part.confirmed or part.note_vi, (form.code, part.part)


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ('mark = "*"', 'mrak = "*"', "mark"),
        ('end = "."', 'end = "."\nedn = "."', "edn"),
        ("zero_below_ten = true", 'zero_below_ten = "yes"', "zero_below_ten"),
        ('family = "party"', 'family = "partie"', "family"),
        ('numbers_run_by = "term"', 'numbers_run_by = "month"', "numbers_run_by"),
        ('number_pattern = "Số {number}-{symbol}"', 'number_pattern = "Số {number}"',
         "number_pattern"),
        ('motto = ["ĐẢNG CỘNG SẢN VIỆT NAM"]', "motto = []", "motto"),
        ('on_behalf = "T/M"', 'on_behalfs = "T/M"', "authority"),
        ("left = 35", "lefft = 35", "layout.lefft"),
        ("left = 35", 'left = "35"', "layout: "),
        ("left = 35\n", "", "layout: "),
        ('part = "margins"', 'pat = "margins"', "part"),
        ('writes_as = "state"', 'writes_as = "church"', "writes_as"),
        ("[[stand_in]]", "[[standin]]", "standin"),
        ("[[form]]", "[[form", ""),
    ],
)  # fmt: skip
def test_a_slip_in_the_data_is_named(right: str, wrong: str, field: str) -> None:
    assert right in TEXT
    with pytest.raises(RuleUnreadable) as refused:
        read_forms(TEXT.replace(right, wrong, 1))
    assert str(refused.value.params["field"]).startswith(field)


@pytest.mark.parametrize(
    ("family", "on", "office", "cited"),
    [
        ("party", date(2018, 10, 5), "BTC", "05-BC/BTC"),
        ("state", date(2021, 3, 1), "UBND", "05/BC-UBND"),
    ],
)
def test_a_document_is_cited_as_its_form_numbers_it(
    family: str, on: date, office: str, cited: str
) -> None:
    form = form_in_force(family, on)
    told = symbol(form, kind="BC", office=office)
    assert cited_number(form, symbol=told, number=5) == cited
    head = letterhead(form, superior="", issuer="x", symbol=told, number=5, place="y", on=on)
    assert head.number.endswith(cited)
