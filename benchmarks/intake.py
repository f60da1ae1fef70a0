"""A list of 100.000 members from the file to the books: reading, review, recording."""

from __future__ import annotations

import argparse
import io
from datetime import date, timedelta
from random import Random

import ground
from outcome import Outcome, main, seconds

GOAL_SECONDS = 120
ON = date(2015, 1, 5)
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Quách", "Vũ", "Đỗ")
MIDDLE = ("Văn", "Thị", "Đức", "Ngọc", "Minh", "Xuân", "Hữu", "Thanh")
GIVEN = ("An", "Bình", "Chi", "Dũng", "Đạt", "Hà", "Hòa", "Hưởng", "Khánh", "Lan", "Ước", "Yến")


def write_list(count: int, cells: list[str]) -> bytes:
    """A spreadsheet with so many members, as an office would send it."""
    import xlsxwriter

    chance, out = Random(20181029), io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True,
                                   "default_date_format": "dd/mm/yyyy"}) as book:  # fmt: skip
        page = book.add_worksheet("DS")
        page.write_row(0, 0, ["STT", "Họ và tên", "Ngày sinh", "Giới tính", "Dân tộc", "Chi bộ"])
        for n in range(1, count + 1):
            name = " ".join(chance.choice(part) for part in (FAMILY, MIDDLE, MIDDLE, GIVEN))
            born = date(1950, 1, 1) + timedelta(
                days=(n * 7) % 18_000,
            )
            page.write_row(
                n,
                0,
                [
                    n,
                    f"{name} {GIVEN[n % len(GIVEN)]}",
                    born,
                    "Nam" if n % 2 else "Nữ",
                    "Kinh",
                    cells[n % len(cells)],
                ],
            )
    return out.getvalue()


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Every step in turn; the whole is what a clerk waits for."""
    with ground.fresh_database():
        from giaoban.intake import actions
        from giaoban.intake.fields import Subject
        from giaoban.intake.models import Intake
        from giaoban.intake.queries import in_charge, review
        from giaoban.journal.queries import AsOf
        from giaoban.units.queries import lives

        office = ground.found_office(options.units)
        by = ground.recorder()
        codes = [life.code for life in lives(office.cells, AsOf(ON, 2**62)).values()]
        data = write_list(options.members, codes)
        kept: list[Intake] = []

        def begin() -> None:
            intake = actions.start_intake(subject=Subject.MEMBERS, file_name="ds.xlsx", data=data,
                                          by=by)  # fmt: skip
            match = {int(at): code for at, code in intake.columns.items()}
            actions.settle_match(intake, columns=match, on=ON, by=by)
            kept.append(intake)

        def look() -> None:
            found = review(kept[0], in_charge(by))
            assert not found.refused, found.refused[:3]
            rows = {row.number: "new" for row in found.suspected}
            actions.decide_duplicates(kept[0], rows, by=by)

        def record() -> None:
            actions.begin_recording(kept[0], by=by)
            entries = actions.record_intake(kept[0], by=by)
            assert len(entries) == options.members

        taken = {"upload and heads": seconds(begin), "review": seconds(look),
                 "recording": seconds(record)}  # fmt: skip
    whole = sum(taken.values())
    said = ", ".join(f"{name} {took:.1f} s" for name, took in taken.items())
    return [
        Outcome(
            f"intake of {options.members:,} members", f"under {GOAL_SECONDS} s",
            f"{whole:.1f} s ({said})", GOAL_SECONDS / whole, {"seconds": taken},
        )
    ]  # fmt: skip


def arguments() -> argparse.ArgumentParser:
    """How many members, in how many units."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=100_000)
    parser.add_argument("--units", type=int, default=300)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
