"""A report of three pages and a table of ten thousand rows, in each form a document has.

Each form is measured in a process of its own: how long a warm call takes, how long the table, and
how much memory the process had at its highest, imports and the document itself included, or one
that it started: a pdf is set in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from itertools import count
from typing import TYPE_CHECKING

from outcome import Outcome, main, median_seconds, say, seconds

if TYPE_CHECKING:
    from giaoban.reports.documents.blocks import Block, Document, Row, Table

REPORT_SECONDS, TABLE_SECONDS, TABLE_MEGABYTES = 0.4, 5.0, 500
ROWS = 10_000
ISSUED_ON = date(2018, 10, 5)


def pdf(document: Document) -> bytes:
    """For paper, signing and the archive."""
    from giaoban.reports.rendering.pdf import render

    return render(document)


def docx(document: Document) -> bytes:
    """For who goes on writing."""
    from giaoban.reports.rendering.docx import render

    return render(document)


def xlsx(document: Document) -> bytes:
    """For who goes on reckoning."""
    from giaoban.reports.rendering.xlsx import render

    return render(document)


def html(document: Document) -> bytes:
    """For the screen."""
    from giaoban.reports.rendering.html import render

    return render(document)


FORMS: dict[str, Callable[[Document], bytes]] = {
    "pdf": pdf, "docx": docx, "xlsx": xlsx, "html": html,
}  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Every form in turn."""
    found: list[Outcome] = []
    for form in options.forms:
        say.print(f"{form} …")
        told = _elsewhere(form, options.rounds)
        goal = f"under {REPORT_SECONDS * 1000:.0f} ms"
        found += [
            Outcome(f"{form}: report of three pages, warm", goal,
                    f"{told['report'] * 1000:.0f} ms", REPORT_SECONDS / told["report"], told),
            Outcome(f"{form}: table of {ROWS} rows x 8 columns", f"under {TABLE_SECONDS:.0f} s",
                    f"{told['table']:.1f} s, {told['bytes'] / 1e6:.1f} MB of file",
                    TABLE_SECONDS / told["table"], told),
            Outcome(f"{form}: the same, memory at its highest", f"under {TABLE_MEGABYTES} MB",
                    f"{told['megabytes']:.0f} MB (before: {told['before']:.0f} MB)",
                    TABLE_MEGABYTES / told["megabytes"], told),
        ]  # fmt: skip
    return found


def _elsewhere(form: str, rounds: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--inside", form, "--rounds", str(rounds)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _inside(form: str, rounds: int) -> dict[str, float]:
    """The memory first: the report's charts bring libraries that the table doesn't need."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "giaoban.settings"
    import django

    django.setup()
    render = FORMS[form]
    render(document())
    before = _highest()
    large = document(_table("danh-sach", ROWS))
    content = b""

    def table() -> None:
        nonlocal content
        content = render(large)

    took = seconds(table)
    highest = _highest()
    turns = count()
    return {
        "report": median_seconds(lambda: render(document(*_report(next(turns)))), rounds),
        "table": took, "bytes": len(content), "megabytes": highest, "before": before,
    }  # fmt: skip


def _highest() -> float:
    """The most memory the process ever had, or one it started, in megabytes."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(whose).ru_maxrss for whose in both) / 1024


def document(*body: Block) -> Document:
    """A document on the Party's form with these blocks."""
    from giaoban.reports.documents.blocks import Document, Foot
    from giaoban.reports.forms import official

    form = official.form_in_force("party", ISSUED_ON)
    head = official.letterhead(
        form, superior="Huyện ủy Thạch Thất", issuer="Ban Tổ chức", symbol="BC/BTC", number=45,
        place="Thạch Thất", on=ISSUED_ON,
    )  # fmt: skip
    signed = official.signature(form, authority="", body="", post="Trưởng ban", name="Đỗ Văn Ẩn")
    return Document(
        language="vi", name="do", letterhead=head,
        title=official.title(form, subject="Kết quả công tác tổ chức 9 tháng đầu năm 2018"),
        body=body, foot=Foot("Nơi nhận:", ("Lưu Ban Tổ chức.",), (signed,)), annexes=(),
        layout=form.layout, state="final", provenance="Số liệu theo sổ ghi đến số 12.345.",
        dated_on=ISSUED_ON,
    )  # fmt: skip


def _report(turn: int) -> list[Block]:
    """Three pages that differ from turn to turn: what was set before is remembered."""
    from giaoban.reports.documents.blocks import (
        Bullet,
        Bullets,
        Chart,
        Figure,
        Heading,
        Paragraph,
        Text,
    )

    said = Paragraph((Text("Trong 9 tháng đầu năm 2018, toàn Đảng bộ kết nạp "),
                      Figure(str(134 + turn), "admitted"), Text(" đảng viên, đạt "),
                      Figure("53,6%", "achievement"), Text(" kế hoạch năm. " * 8)))  # fmt: skip
    bars = tuple(Bullet(f"Xã {n}", n + turn, 8, (6, 1), "behind", f"{n + turn}/8", f"admitted/{n}")
                 for n in range(1, 13))  # fmt: skip
    chart = Chart("ke-hoach", "Kế hoạch và thực hiện", "Mười hai đơn vị.", Bullets(bars))
    part = (Heading(2, "1.", (Text("Kết nạp đảng viên"),)), said, said, said)
    return [Heading(1, "I.", (Text("Kết quả"),)), *part, _table("bang", 12 + turn), chart, *part,
            _table("bang", 20 + turn)]  # fmt: skip


def _table(name: str, rows: int) -> Table:
    from giaoban.reports.documents.blocks import Column, Table

    columns = (Column("STT", weight=0.6), Column("Mã", "code", 1.4), Column("Đơn vị", "text", 3),
               *(Column(f"Cột {n}") for n in range(1, 6)))  # fmt: skip
    return Table(name, "Danh sách", columns, tuple(_row(n) for n in range(1, rows + 1)))


def _row(number: int) -> Row:
    from giaoban.reports.documents.blocks import Cell, Row

    counts = (number, *(number * step % 10_007 for step in (1, 3, 7, 11, 13)))
    first, *others = (
        Cell(f"{count:,}".replace(",", "."), (count, 1), f"admitted/{number}") for count in counts
    )
    return Row((first, Cell(f"XA-{number:05}"), Cell(f"Chi bộ thôn {number}"), *others))


def arguments() -> argparse.ArgumentParser:
    """Which forms, how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--forms", nargs="*", choices=FORMS, default=list(FORMS))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--inside", choices=FORMS, help=argparse.SUPPRESS)
    return parser


if __name__ == "__main__":
    asked, _ = arguments().parse_known_args()
    if asked.inside:
        json.dump(_inside(asked.inside, asked.rounds), sys.stdout)
    else:
        main(arguments(), measure)
