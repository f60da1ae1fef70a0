"""Pages as old portals left them: four layouts, in every encoding that they were saved in."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Template

from giaoban.vietnamese import Encoding, encode


@dataclass(frozen=True)
class Story:
    """What a page tells, whatever surrounds it."""

    section: str = "Chính trị"
    headline: str = "Chín tháng, toàn huyện kết nạp 134 đảng viên mới"
    lead: str = (
        "Tám tổ chức cơ sở đảng đã đạt hoặc vượt chỉ tiêu cả năm, đi đầu là một trường học và bệnh "
        "viện huyện."
    )
    body: tuple[str, str, str] = (
        "Đó là điểm chính trong báo cáo chín tháng về công tác tổ chức xây dựng Đảng, trình bày "
        "tại hội nghị giao ban sáng nay. Từ đầu năm đến hết tháng 9, Đảng bộ huyện kết nạp được "
        "134 đảng viên mới.",
        "Trường học và y tế đi đầu phong trào; nhiều xã còn chậm so với kế hoạch. Hội nghị đề nghị "
        "các đảng ủy cơ sở rà lại nguồn quần chúng ưu tú và hồ sơ đang làm dở, không để dồn vào "
        "tháng cuối năm.",
        "Cũng trong chín tháng, các cấp ủy kiểm tra, giám sát theo chương trình; củng cố những chi "
        "bộ ít đảng viên; hướng dẫn quy chế làm việc theo từng loại hình tổ chức.",
    )
    picture: str = "anh/hoi-nghi.jpg"
    caption: str = "Quang cảnh hội nghị giao ban"
    byline: str = "Đỗ Thị Thu"


STORY = Story()


LAYOUTS = {path.stem: path for path in (Path(__file__).parent / "layouts").glob("*.html")}


def laid_out(layout: str, story: Story, charset: str) -> str:
    """A page in a layout: table_2005, sharepoint (about 2012), wordpress (2016), divs_2010."""
    one, two, three = story.body
    return Template(LAYOUTS[layout].read_text(encoding="utf-8")).substitute(
        charset=charset, section=story.section, headline=story.headline, lead=story.lead,
        body1=one, body2=two, body3=three, picture=story.picture, caption=story.caption,
        byline=story.byline,
    )  # fmt: skip


def in_utf8(page: str) -> bytes:
    """As it should be."""
    return page.encode()


def decomposed(page: str) -> bytes:
    """Letters and marks apart, as a Mac writes them."""
    return unicodedata.normalize("NFD", page).encode()


def misread(page: str) -> bytes:
    """UTF-8 taken for Windows-1252 by the program that saved it, and saved as UTF-8 again."""
    shown = "".join(
        bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))
        for byte in page.encode()
    )
    return shown.encode()


def bytes_of(encoding: Encoding) -> Callable[[str], bytes]:
    """The legacy bytes; capitals that TCVN3 does not have are written small, as was done."""

    def written(page: str) -> bytes:
        done = []
        for char in unicodedata.normalize("NFC", page):
            try:
                done.append(encode(char, encoding))
            except ValueError:
                done.append(encode(char.lower(), encoding) if char.lower() != char else b"-")
        return b"".join(done)

    return written


def shown_in(encoding: Encoding) -> Callable[[str], bytes]:
    """The same, shown as Latin letters by a program and saved as UTF-8: "TiÕng ViÖt"."""

    def written(page: str) -> bytes:
        data = bytes_of(encoding)(page)
        shown = "".join(
            bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in data
        )
        return shown.encode()

    return written


# name → (how it is written, what the page says of itself)
WRITTEN: dict[str, tuple[Callable[[str], bytes], str]] = {
    "utf-8": (in_utf8, "utf-8"),
    "nfd": (decomposed, "utf-8"),
    "misread": (misread, "utf-8"),
    "tcvn3": (bytes_of(Encoding.TCVN3), "iso-8859-1"),
    "vni": (bytes_of(Encoding.VNI), "windows-1252"),
    "cp1258": (bytes_of(Encoding.CP1258), "windows-1258"),
    "viscii": (bytes_of(Encoding.VISCII), "x-user-defined"),
    "tcvn3-shown": (shown_in(Encoding.TCVN3), "utf-8"),
    "vni-shown": (shown_in(Encoding.VNI), "utf-8"),
    "utf-16": (lambda page: page.encode("utf-16"), "unicode"),
}


def saved(layout: str, written: str, story: Story = STORY) -> bytes:
    """A page as the file on disk holds it."""
    write, charset = WRITTEN[written]
    return write(laid_out(layout, story, charset))
