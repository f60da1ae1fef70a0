"""The papers that the demonstration's acts rest on. All but two are invented."""

from __future__ import annotations

from datetime import date

from giaoban.journal.writing import BasisOn

COMMITTEE = "Huyện ủy Thạch Thất"
BOARD = "Ban Tổ chức Huyện ủy Thạch Thất"
CITY = "Thành ủy Hà Nội"
REFORMED = date(2025, 7, 1)

# Fact: what the 3 Party organisations and 13 trade unions of 2018 were founded on; its number,
# day and title by hanoi.dangcongsan.vn, "Nghị quyết số 09 giúp doanh nghiệp Hà Nội phát triển",
# and english.hanoi.gov.vn of 05/10/2022.
RESOLUTION_09 = BasisOn(
    "09-NQ/TU", date(2012, 2, 27), CITY,
    "Tăng cường công tác xây dựng Đảng và các đoàn thể nhân dân trong các doanh nghiệp ngoài "
    "khu vực nhà nước trên địa bàn Thành phố Hà Nội, giai đoạn từ nay đến năm 2020",
)  # fmt: skip
# Fact: what the communes of 01/07/2025 rest on.
RESOLUTION_1656 = BasisOn(
    "1656/NQ-UBTVQH15", date(2025, 6, 16), "Ủy ban Thường vụ Quốc hội",
    "Nghị quyết về việc sắp xếp các đơn vị hành chính cấp xã của thành phố Hà Nội năm 2025",
)  # fmt: skip
MERGER_BEFORE = BasisOn("412-QĐ/TU", date(2024, 12, 20), CITY, "Quyết định sắp xếp tổ chức đảng")
OPENING_LIST = BasisOn("01-DM/BTC", date(2014, 12, 31), BOARD, "Danh mục tổ chức khi mở sổ")

# Decisions of one day and one matter share a number; numbers rise with the days of the year.
_MATTERS = (
    "kết nạp đảng viên", "công nhận đảng viên chính thức", "xóa tên đảng viên",
    "khai trừ đảng viên", "cho ra khỏi Đảng",
)  # fmt: skip
ADMITTING, RECOGNISING, STRIKING_OFF, EXPELLING, LETTING_GO = range(len(_MATTERS))


def decision(matter: int, on: date) -> BasisOn:
    """The committee's decision of a day on a matter; the city's after the end of districts."""
    issuer = COMMITTEE if on < REFORMED else CITY
    symbol = "QĐ/HU" if on < REFORMED else "QĐ/TU"
    number = on.timetuple().tm_yday * len(_MATTERS) + matter
    return BasisOn(f"{number}-{symbol}", on, issuer, f"Quyết định {_MATTERS[matter]}")


def target_decision(year: int) -> BasisOn:
    """The decision that hands down a year's targets."""
    on = date(year, 1, 10)
    issuer, symbol = (COMMITTEE, "QĐ/HU") if on < REFORMED else (CITY, "QĐ/TU")
    title = f"Quyết định giao chỉ tiêu kết nạp đảng viên năm {year}"
    return BasisOn(f"{year % 100 + 700}-{symbol}", on, issuer, title)


def transfer_paper(number: int, on: date, *, arriving: bool = False) -> BasisOn:
    """A paper of transfer: of this office's board, or of an organisation outside the books."""
    if arriving:
        return BasisOn(f"{number:04d}/GT-NĐ", on, "Tổ chức đảng nơi chuyển đi")
    return BasisOn(f"{number:04d}/GT", on, BOARD if on < REFORMED else CITY)
