"""A document with everything in it that a renderer must set: for tests of the forms."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from giaoban.reports.documents.blocks import (
    Annex,
    Bullet,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Figure,
    Foot,
    Heading,
    Icicle,
    Inlines,
    Layout,
    Letterhead,
    Listing,
    Node,
    Paragraph,
    Point,
    Row,
    Signature,
    Step,
    Table,
    Text,
    Title,
    Trend,
    Waterfall,
)

LAYOUT = Layout(
    top=25, bottom=25, left=35, right=15, page_number_size=14, page_number_from_top=10,
    motto_sizes=(15,), motto_ruled=True, superior_size=14, issuer_size=14, number_size=14,
    date_size=14, kind_size=16, subject_size=14, body_size=14, line=18, line_exact=True,
    first_line=10, paragraph_gap=6, recipients_head_size=14, recipients_head_style="underline",
    recipients_size=12, signature_size=14,
)  # fmt: skip

LETTERHEAD = Letterhead(
    motto=("ĐẢNG CỘNG SẢN VIỆT NAM",),
    superior="HUYỆN ỦY THẠCH THẤT",
    issuer="BAN TỔ CHỨC",
    mark="*",
    number="Số 45-BC/BTC",
    place_and_date="Thạch Thất, ngày 05 tháng 10 năm 2018",
)

MARKUP = 'Chi bộ <b>A&B</b> *x* _y_ #z $w$ [q] `k` \\n @t "u" =1+1'
LONG = ("Chi bộ Trường Trung học phổ thông " * 6).strip()


def prose(text: str, *more: Figure | Text | str) -> Inlines:
    """Words and numbers in a row."""
    return (Text(text), *(Text(one) if isinstance(one, str) else one for one in more))


def counted(n: int, address: str) -> Cell:
    """A cell with a count."""
    return Cell(f"{n:,}".replace(",", "."), (n, 1), address)


STATEMENT = Table(
    name="tang-giam-dang-vien",
    title="Bảng tăng, giảm đảng viên",
    columns=(
        Column("Mục", "code", 0.6), Column("Chỉ số", "text", 4), Column("Dự bị"),
        Column("Chính thức"), Column("Cộng"), Column("% so với cùng kỳ năm trước", "ratio", 1.4),
    ),
    rows=(
        Row((Cell("A"), Cell("Kỳ trước chuyển sang"), counted(214, "opening:probationary"),
             counted(8996, "opening:full"), counted(9210, "opening"), Cell("101,2", (506, 5))),
            "total"),
        Row((Cell("B"), Cell("Tăng trong kỳ"), counted(134, "increase:probationary"),
             counted(40, "increase:full"), counted(174, "increase"), Cell("–")), "sum"),
        Row((Cell("B.1"), Cell("Kết nạp"), counted(134, "admitted:probationary"),
             counted(0, "admitted:full"), counted(134, "admitted"),
             Cell("109,8", (549, 5))), indent=1),
        Row((Cell("D"), Cell("Có trong danh sách cuối kỳ"), counted(1234567, "closing"),
             Cell("–"), counted(9299, "closing:full"), Cell("100", (100, 1))), "total"),
    ),
    role="statement",
    measure="Đơn vị tính: đảng viên",
    legend=(prose("Dấu “–”: năm trước không có số liệu."),),
)  # fmt: skip

UNITS = Table(
    name="ket-nap-theo-don-vi",
    title="Kết nạp đảng viên so với kế hoạch năm, theo đơn vị",
    columns=(
        Column("Xếp thứ", "number", 0.8), Column("Mã", "code", 2), Column("Đơn vị", "text", 4),
        Column("Kế hoạch"), Column("Thực hiện"), Column("Tỷ lệ", "percent"),
    ),
    rows=(
        Row((Cell("1", (1, 1)), Cell("007"), Cell(MARKUP), counted(8, "plan/007"),
             counted(12, "admitted/007"), Cell("150,0%", (3, 2), "achievement/007"))),
        Row((Cell("–"), Cell("X"), Cell(LONG), Cell("–"), counted(2, "admitted/X"), Cell("–"))),
        Row((Cell(""), Cell("HU"), Cell("Tổng số"), counted(250, "plan"), counted(134, "admitted"),
             Cell("53,6%", (67, 125), "achievement")), "total"),
    ),
)  # fmt: skip

CHARTS = (
    Chart("ke-hoach", "Kế hoạch và thực hiện", "Hai đơn vị: Xã A 12 trên 8; Xã Ế 3 trên 9.",
          Bullets((
              Bullet("Xã A", 12, 8, (6, 1), "reached", "12/8 · 150%", "admitted/A"),
              Bullet("Xã Ế có tên dài hơn bình thường một chút", 3, 9, (27, 4), "behind",
                     "3/9 · 33,3%", "admitted/E"),
              Bullet("Xã không chỉ tiêu", 2, None, None, "", "2", "admitted/K"),
          ))),
    Chart("tang-giam", "Từ đầu kỳ đến cuối kỳ", "Đầu kỳ 9.210, kết nạp 134, từ trần 21 …",
          Waterfall((
              Step("Đầu kỳ", 9210, True, "9.210", "opening"),
              Step("Kết nạp", 134, False, "+134", "admitted"),
              Step("Từ trần", -21, False, "−21", "died"),
              Step("Cuối kỳ", 9323, True, "9.323", "closing"),
          ))),
    Chart("theo-thang", "Kết nạp theo tháng", "Tháng 1: 10, năm trước 8 …",
          Trend(tuple(
              Point(f"T{m}", 10 + m if m < 10 else None, 8 + m, str(10 + m) if m < 10 else "",
                    str(8 + m), f"admitted@2018-{m:02}", f"admitted@2017-{m:02}")
              for m in range(1, 13)
          ), "2018", "2017")),
    Chart("he-thong", "Đảng viên theo tổ chức", "Đảng bộ huyện 300, trong đó Xã A 200, Xã B 100.",
          Icicle((
              Node("HU", "", "Đảng bộ huyện", 300, "300", "closing"),
              Node("A", "HU", "Xã A", 200, "200", "closing/A"),
              Node("B", "HU", "Xã B", 100, "100", "closing/B"),
              Node("A1", "A", "Chi bộ thôn 1", 120, "120", "closing/A1"),
              Node("A2", "A", "Chi bộ thôn 2", 80, "80", "closing/A2"),
          ))),
)  # fmt: skip

BODY = (
    Paragraph(prose("Thực hiện Công văn số 12-CV/HU, Ban Tổ chức báo cáo như sau:"), "lead"),
    Heading(1, "I.", prose("Kết quả đạt được")),
    Heading(2, "1.", prose("Kết nạp đảng viên")),
    Paragraph(prose(
        "Trong 9 tháng đầu năm 2018, toàn Đảng bộ kết nạp ", Figure("134", "admitted"),
        " đảng viên, đạt ", Figure("53,6%", "achievement"), " kế hoạch năm. ",
        Text("Ẫ Ệ ễ ỡ ợ Đ", "strong"), " ", Text("nghiêng ữ", "emphasis"), ".",
    )),
    Listing((prose("vượt kế hoạch: Xã Tiến Xuân"), prose(MARKUP, " ", Figure("04", "units-met")))),
    Listing((prose("việc thứ nhất"), prose("việc thứ hai")), ordered=True),
    STATEMENT,
    *CHARTS[:2],
    Heading(1, "II.", prose("Kiến nghị, đề xuất")),
    Paragraph(prose("Không.")),
    Paragraph(prose("Số liệu tính đến hết ngày 30/09/2018."), "note"),
)  # fmt: skip

DOCUMENT = Document(
    language="vi",
    name="bao-cao-2018-9M-HU",
    letterhead=LETTERHEAD,
    title=Title("BÁO CÁO", "Kết quả công tác tổ chức xây dựng Đảng 9 tháng đầu năm 2018", "-----"),
    body=BODY,
    foot=Foot(
        "Nơi nhận:",
        ("Ban Thường vụ Huyện ủy,", "Các tổ chức cơ sở đảng,", "Lưu Ban Tổ chức."),
        (Signature((), "TRƯỞNG BAN", "Nguyễn Văn Ước"),),
    ),
    annexes=(Annex("Phụ lục 1", "Kết nạp theo đơn vị", (UNITS, *CHARTS[2:])),
             Annex("Phụ lục 2", "Biểu ngang", (STATEMENT,), wide=True)),
    layout=LAYOUT,
    state="final",
    provenance="Số liệu theo sổ ghi đến số 12.345, mã kiểm chứng 0123456789abcdef.",
    dated_on=date(2018, 10, 5),
)  # fmt: skip
DRAFT = replace(DOCUMENT, state="draft")
