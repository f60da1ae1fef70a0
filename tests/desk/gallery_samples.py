"""What the gallery of the look shows: one district's published figures, and invented persons."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace as Sample
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from giaoban.desk.templatetags.marks import Branch
from giaoban.figures.achievement import Pace

NINE_MONTHS = Fraction(3, 4)


def _nowhere(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


# Addresses that the frame links to, so that it can be drawn without the desk's pages.
_DESK = [
    path("", _nowhere, name="overview"),
    path("tim/", _nowhere, name="search"),
    path("tai-khoan/", _nowhere, name="account"),
]
urlpatterns = [
    path("", include((_DESK, "desk"))),
    path("dang-xuat/", _nowhere, name="account_logout"),
    path("ngon-ngu/", _nowhere, name="set_language"),
]

ADMITTED = (6, 17, 11, 8, 24, 16, 18, 14, 20)  # by month
ACTED = (
    (1, 31),
    (3, 26),
    (5, 18),
    (5, 18),
    (5, 18),
    (6, 29),
    (7, 2),
    (7, 27),
    (8, 15),
    (8, 20),
    (8, 20),
    (9, 12),
    (9, 21),
    (9, 27),
    (9, 27),
    (10, 4),
    (10, 16),
)
UNITS = (  # actual, plan, since 05/10
    ("Trường THPT Phùng Khắc Khoan", 3, 2, 0),
    ("Bệnh viện Đa khoa huyện", 6, 4, 1),
    ("Xã Tiến Xuân", 13, 10, 2),
    ("Xã Cẩm Yên", 6, 6, 0),
    ("Đảng bộ Quân sự huyện", 8, 8, 0),
    ("Xã Yên Bình", 6, 7, 0),
    ("Xã Yên Trung", 4, 5, 0),
    ("Xã Kim Quan", 6, 8, 0),
    ("Đảng bộ Công an huyện", 5, 8, 0),
    ("Xã Hạ Bằng", 4, 7, 0),
    ("Thị trấn Liên Quan", 5, 9, 0),
    ("Cơ quan Huyện ủy", 2, 4, 0),
    ("Xã Đồng Trúc", 3, 7, 0),
    ("Cơ quan Ủy ban nhân dân huyện", 3, 8, 0),
    ("Trường THPT Bắc Lương Sơn", 1, 3, 0),
    ("Xã Hữu Bằng", 2, 10, 0),
    ("Chi cục Thuế", 0, 2, 0),
)
MEMBERS = (
    ("Bùi Thị", "An", "12/05/1989", "Thôn Gò Sim", "Chính thức", "19/05/2014", "19/05/2015", ""),
    (
        "Đinh Thị Ngọc",
        "Ánh",
        "21/02/1994",
        "Trường Tiểu học",
        "Chính thức",
        "26/03/2016",
        "26/03/2017",
        "",
    ),
    (
        "Nguyễn Thị Kim",
        "Chi",
        "17/09/1990",
        "Trạm Y tế",
        "Chính thức",
        "27/07/2015",
        "27/07/2016",
        "",
    ),
    (
        "Quách Tiến",
        "Đạt",
        "19/07/1987",
        "Thôn Gò Sim",
        "Chính thức",
        "03/02/2012",
        "03/02/2013",
        "",
    ),
    (
        "Bùi Thị",
        "Hà",
        "11/06/1995",
        "Thôn Bãi Lau",
        "Dự bị",
        "17/11/2017",
        "",
        "đủ 12 tháng 17/11/2018",
    ),
    (
        "Nguyễn Quang",
        "Huy",
        "09/09/1997",
        "Thôn Đồng Vàng",
        "Dự bị",
        "02/02/2018",
        "",
        "đủ 12 tháng 02/02/2019",
    ),
)


class TransferForm(forms.Form):
    """The short form of one act, in the order of the paper."""

    person = forms.CharField(
        label="Đảng viên", help_text="Sinh 17/09/1990, Chi bộ Trạm Y tế, chính thức từ 27/07/2016"
    )
    kind = forms.ChoiceField(
        label="Hình thức chuyển",
        choices=[("full", "Chính thức"), ("temporary", "Tạm thời"), ("inside", "Nội bộ")],
        widget=forms.RadioSelect,
    )
    to = forms.ChoiceField(
        label="Nơi chuyển đến",
        choices=[
            ("yt", "Trung tâm Y tế huyện"),
            ("bv", "Bệnh viện Đa khoa huyện"),
            ("hd", "Quận ủy Hà Đông"),
        ],
    )
    paper = forms.CharField(label="Giấy giới thiệu số", widget=forms.TextInput({"class": "short"}))
    given_on = forms.CharField(
        label="Ngày giao giấy", widget=forms.TextInput({"class": "date", "inputmode": "numeric"})
    )
    basis = forms.CharField(label="Căn cứ")
    note = forms.CharField(label="Ghi chú", required=False, widget=forms.Textarea({"rows": 3}))
    paid = forms.BooleanField(label="Đã đóng đảng phí hết tháng 10/2018", required=False)

    def clean_given_on(self) -> str:
        raise forms.ValidationError(
            "Ngày 31/10/2018 chưa đến. Sổ chỉ ghi việc đã có hiệu lực; việc sắp tới thì lưu nháp."
        )


def _pace(actual: int, plan: int) -> Pace:
    if actual >= plan:
        return Pace.REACHED
    return Pace.ON_PACE if actual >= plan * NINE_MONTHS else Pace.BEHIND


def _cell(value: int | None) -> Sample:
    return Sample(value=value, url="#" if value else "")


def _row(label: str, role: str, *values: int | None, note: str = "") -> Sample:
    *cells, total = values
    return Sample(
        label=label,
        role=role,
        note=note,
        cells=[_cell(value) for value in cells],
        total=_cell(total),
    )


def _ranking() -> list[Sample]:
    return [
        Sample(
            name=name,
            actual=actual,
            plan=plan,
            since=since,
            pace=_pace(actual, plan),
            expected=plan * NINE_MONTHS,
            share=Fraction(actual, plan),
            gap=Decimal(actual * 100) / plan - 75,
        )
        for name, actual, plan, since in UNITS
    ]


def _form() -> TransferForm:
    return TransferForm(
        {
            "person": "Nguyễn Thị Kim Chi",
            "kind": "full",
            "to": "yt",
            "paper": "0431",
            "given_on": "31/10/2018",
            "basis": "Quyết định 1187/QĐ-UBND ngày 12/10/2018",
        }
    )


def _tree() -> list[Branch]:
    return [
        Branch("Đảng bộ huyện Thạch Thất", 9482, 0, "#"),
        Branch("Xã, thị trấn", 6140, 1, "#"),
        Branch("Đảng bộ xã Tiến Xuân", 319, 2, "#", "Tiến Xuân", "hit", on=True),
        Branch("Đảng bộ thị trấn Liên Quan", 640, 2, "#", "Liên Quan", "late"),
        Branch("Đảng bộ xã Hữu Bằng", 702, 2, "#", "Hữu Bằng", "late"),
        *(
            Branch(f"Đảng bộ xã {name}", 520 - 30 * n, 2, "#", name)
            for n, name in enumerate(
                (
                    "Bình Phú",
                    "Phùng Xá",
                    "Chàng Sơn",
                    "Canh Nậu",
                    "Đại Đồng",
                    "Kim Quan",
                    "Yên Bình",
                )
            )
        ),
        *(Branch(f"Chi bộ {n}", 40, 2, "#") for n in range(1, 9)),
        Branch("Cơ quan, trường học", 2210, 1, "#"),
        Branch("Cơ quan Huyện ủy", 410, 2, "#"),
        Branch("Trường THPT Phùng Khắc Khoan", 96, 2, "#", "", "hit"),
        Branch("Bệnh viện Đa khoa huyện", 240, 2, "#", "Bệnh viện", "hit"),
        Branch("Lực lượng vũ trang", 902, 1, "#"),
        Branch("Đảng bộ Quân sự huyện", 430, 2, "#", "Quân sự"),
        Branch("Đảng bộ Công an huyện", 472, 2, "#", "Công an"),
        Branch("Doanh nghiệp", 230, 1, "#"),
    ]


def _node(label: str, size: int, *below: Sample, note: str = "", **marks: bool) -> Sample:
    return Sample(label=label, url="#", size=size, note=note, below=list(below), **marks)


def _nodes() -> list[Sample]:
    commune = _node(
        "Đảng bộ xã Tiến Xuân",
        319,
        _node("Chi bộ thôn Gò Sim", 41),
        _node("Chi bộ thôn Suối Ngọc", 38, note="trước 15/08/2018: thôn 7"),
        _node("Chi bộ Trạm Y tế", 9),
        open=True,
        current=True,
    )
    closed = _node("Đảng bộ xã Yên Bình", 282, _node("Chi bộ thôn Cò", 30))
    tax = _node("Chi bộ Chi cục Thuế", 17)
    return [_node("Đảng bộ huyện Thạch Thất", 9482, commune, closed, tax, open=True)]


def _events() -> list[Sample]:
    return [
        Sample(
            on=date(2018, 9, 27),
            what="Kết nạp Bùi Thị Uyên, Đinh Quang Vinh",
            why="Quyết định 287-QĐ/HU ngày 12/09/2018; số 18.377, 18.378",
            tag="ghi sổ muộn 11 ngày",
            tone="late",
            void=False,
        ),
        Sample(
            on=date(2018, 9, 21),
            what="Giao giấy giới thiệu sinh hoạt đảng cho Bạch Công Tiến, đi Xã Yên Bình",
            why="Giấy giới thiệu 0398; số 18.240; nơi đến tiếp nhận ngày 04/10/2018",
            tag="",
            tone="",
            void=False,
        ),
        Sample(
            on=date(2018, 9, 20),
            what="Kết nạp Quách Văn Lợi",
            why="Ghi hủy tại số 18.421: lễ kết nạp ngày 02/10, không phải 29/09",
            tag="đã ghi hủy",
            tone="",
            void=True,
        ),
        Sample(
            on=date(2018, 8, 15),
            what="Đổi tên Chi bộ thôn 7 thành Chi bộ thôn Suối Ngọc",
            why="Quyết định 52-QĐ/ĐU; số 18.044",
            tag="tổ chức",
            tone="",
            void=False,
        ),
    ]


def _entries() -> list[Sample]:
    return [
        Sample(
            number=number,
            url="#",
            digest=digest,
            what=name,
            what_url="#",
            why=why,
            on=on,
            recorded_at=datetime(2018, 10, 8, 2, 14, tzinfo=UTC),
            late=late,
            amount=1,
        )
        for number, digest, name, why, on, late in (
            (16958, "c41d77aa90be", "Bùi Thị Hường", "31-QĐ/HU, 15/01/2018", date(2018, 2, 2), ""),
            (
                16959,
                "07aa0000d3f2",
                "Nguyễn Quang Huy",
                "31-QĐ/HU, 15/01/2018",
                date(2018, 2, 2),
                "",
            ),
            (
                18377,
                "a8d10000c773",
                "Bùi Thị Uyên",
                "287-QĐ/HU, 12/09/2018",
                date(2018, 9, 27),
                "ghi sổ muộn 11 ngày",
            ),
        )
    ]


def _statement() -> list[Sample]:
    return [
        _row("Đầu kỳ", "opening", 14, 298, None, 312, note="01/01/2018"),
        _row("Tăng trong kỳ", "group", None),
        _row("Kết nạp", "flow", 13, None, None, 13),
        _row("Chuyển đến", "flow", None, 5, None, 5),
        _row("Công nhận chính thức", "flow", -9, 9, None, 0),
        _row("Giảm trong kỳ", "group", None),
        _row("Từ trần", "flow", None, -4, None, -4),
        _row("Khai trừ", "flow", None, None, None, None),
        _row("Xóa tên", "flow", -1, None, None, -1),
        _row("trong đó: dự bị", "part", -1, None, None, -1),
        _row("Chuyển đi", "flow", -1, -6, 1, -6),
        _row("Cuối kỳ", "closing", 16, 302, 1, 319, note="30/09/2018"),
    ]


def _groups(ranking: list[Sample]) -> list[Sample]:
    return [
        Sample(
            pace=pace,
            units=[unit for unit in ranking if unit.pace is pace],
            count=sum(unit.pace is pace for unit in ranking),
        )
        for pace in Pace
    ]


def _nav() -> list[Sample]:
    return [
        Sample(
            url="#",
            label=label,
            current=label == "Tổ chức",
            count=count,
            apart=label == "Phân quyền",
        )
        for label, count in (
            ("Tổng quan", 0),
            ("Tổ chức", 0),
            ("Đảng viên", 0),
            ("Biến động", 3),
            ("Sổ nhật ký", 0),
            ("Chỉ tiêu", 0),
            ("Số liệu", 0),
            ("Báo cáo", 0),
            ("Nhập dữ liệu", 1),
            ("Phân quyền", 0),
        )
    ]


def _stairs() -> list[tuple[date, int, bool]]:
    return [
        (date(2018, 10, 5), 131, True),
        (date(2018, 10, 8), 133, False),
        (date(2018, 10, 11), 134, False),
        (date(2018, 10, 12), 135, False),
        (date(2018, 10, 15), 135, True),
        (date(2018, 10, 20), 134, False),
        (date(2018, 10, 29), 134, True),
    ]


def _members() -> list[Sample]:
    return [
        Sample(
            first=first,
            given=given,
            born=born,
            unit=unit,
            standing=standing,
            joined=joined,
            full=full,
            due=due,
        )
        for first, given, born, unit, standing, joined, full, due in MEMBERS
    ]


def context() -> dict[str, Any]:
    """Everything that ``desk/gallery.html`` asks for."""
    ranking = _ranking()
    return {
        "nav": _nav(),
        "who": Sample(name="Nguyễn Thị Hòa", roles="Chuyên viên, Ban Tổ chức Huyện ủy Thạch Thất"),
        "trail": [
            Sample(label="Tổ chức", url="#"),
            Sample(label="Đảng bộ huyện Thạch Thất", url="#"),
            Sample(label="Xã, thị trấn", url="#"),
        ],
        "messages": [_Message("success", "Đã ghi sổ, số 18.437.")],
        "on": date(2018, 9, 30),
        "known": date(2018, 10, 29),
        "today": date(2018, 10, 29),
        "form": _form(),
        "columns": ["Dự bị", "Chính thức", "Đang chuyển"],
        "statement": _statement(),
        "ranking": ranking,
        "groups": _groups(ranking),
        "whole": Sample(
            plan=250,
            actual=134,
            expected=Fraction(375, 2),
            share=Fraction(134, 250),
            since=3,
            pace=Pace.BEHIND,
            gap=Decimal("-21.4"),
        ),
        "members": _members(),
        "page": Paginator(range(319), 50).page(2),
        "tabs": [
            Sample(label=label, count=count, url="#", current=label == "Tất cả")
            for label, count in (
                ("Tất cả", 319),
                ("Chính thức", 302),
                ("Dự bị", 16),
                ("Đang chuyển", 1),
            )
        ],
        "events": _events(),
        "entries": _entries(),
        "branches": _tree(),
        "nodes": _nodes(),
        "targets": [
            Sample(label=unit.name, last=unit.plan + 1, actual=unit.actual, plan=unit.plan)
            for unit in ranking[:6]
        ],
        "months": [
            (str(month), sum(ADMITTED[:month]) if month <= 9 else None) for month in range(1, 13)
        ],
        "small": [8, 5, 9, 12, 6, 18, 14, 7, 12, 12, 19, 11],
        "stairs": _stairs(),
        "acted": [date(2018, month, day) for month, day in ACTED],
        "keep": [("chia", "to-chuc")],
    }


class _Message:
    def __init__(self, level_tag: str, text: str) -> None:
        self.level_tag, self.text = level_tag, text

    def __str__(self) -> str:
        return self.text
