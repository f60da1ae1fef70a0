"""A document on a terminal: everything said in its order, nothing cropped, numbers to the right."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.console import Console

from giaoban.reports.documents.blocks import (
    Annex,
    Cell,
    Column,
    Document,
    Listing,
    Paragraph,
    Row,
    Table,
)
from giaoban.reports.documents.walking import charts, lines, tables
from giaoban.reports.rendering.console import print_document
from tests.reports.sample import DOCUMENT, DRAFT, STATEMENT, prose


def printed(document: Document, width: int = 80, *, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, markup=False,
                      force_terminal=colours)  # fmt: skip
    print_document(document, console)
    return out.getvalue()


def with_table(table: Table) -> Document:
    return replace(DOCUMENT, body=(table,), annexes=())


def words(text: str) -> list[str]:
    return re.sub("[─ \n]+", " ", text).split()


@pytest.mark.parametrize("width", [60, 80, 120, 400])
def test_every_word_stands_whole(width: int) -> None:
    said = words(printed(DOCUMENT, width))
    for line in lines(DOCUMENT):
        assert [word for word in words(line) if word not in said] == []


def test_what_is_said_is_said_in_order_where_there_is_room() -> None:
    said, at = " ".join(words(printed(DOCUMENT, 400))), 0
    for line in lines(DOCUMENT):
        found = said.find(" ".join(words(line)), at)
        # A label and its title stand on one line, and heads before the title's end are none.
        assert found >= at, line
        at = found + 1


def test_it_fits_on_a_terminal_of_eighty_columns() -> None:
    assert max(map(len, printed(DOCUMENT).splitlines())) <= 80


def test_a_table_that_needs_more_runs_on_rather_than_lose_a_number() -> None:
    columns = (Column("Đơn vị", "text"), *(Column(f"Tháng {n}") for n in range(1, 19)))
    cells = (Cell("Chi bộ thôn Vân Lôi"), *(Cell("1.234.567", (1234567, 1)) for _ in range(18)))
    said = printed(with_table(Table("a", "A", columns, (Row(cells),))))
    assert said.count("1.234.567") == 18
    assert max(map(len, said.splitlines())) > 80


def test_numbers_end_in_one_column_and_texts_begin_in_one() -> None:
    said = printed(with_table(STATEMENT), 100).splitlines()
    (head,) = (line for line in said if "Chính thức" in line)
    ends = head.index("Chính thức") + len("Chính thức")
    texts = [row.cells[3].text for row in STATEMENT.rows]
    rows = [line for line in said if line.lstrip().startswith(("A ", "B ", "B.1 ", "D "))]
    assert [line[:ends].split()[-1] for line in rows] == texts
    ratios = [row.cells[5].text for row in STATEMENT.rows]
    assert [line.rstrip().endswith(ratio) for line, ratio in zip(rows, ratios, strict=True)] == (
        [True] * len(rows)
    )
    assert len({len(line.rstrip()) for line in rows}) == 1
    begins = [line.index(row.cells[1].text) for line, row in zip(rows, STATEMENT.rows, strict=True)]
    assert [at - begins[0] for at in begins] == [0, 0, 2, 0]  # the third row is stepped in


def test_charts_are_said_and_not_drawn() -> None:
    said = " ".join(words(printed(DOCUMENT)))
    for chart in charts(DOCUMENT):
        assert f"{chart.title}: {chart.alt}" in said


def test_only_a_draft_says_that_it_is_one() -> None:
    assert printed(DRAFT).split("\n")[1].strip() == "DỰ THẢO"
    assert "DỰ THẢO" not in printed(DOCUMENT)
    assert printed(replace(DRAFT, language="en")).split("\n")[1].strip() == "DRAFT"


def test_brackets_are_words_and_bound_words_can_be_found() -> None:
    body = (Paragraph(prose("[bold]quý\u00a0III[/bold] :smile:")),
            Listing((prose("việc\u00a01"), prose("việc 2")), ordered=True))  # fmt: skip
    said = printed(replace(DOCUMENT, body=body, annexes=()), colours=True)
    assert "[bold]quý III[/bold] :smile:" in said
    assert re.search(r"1\. việc 1 *\n2\. việc 2", said)


def test_sums_are_set_off_and_notes_are_dim() -> None:
    said = printed(DOCUMENT, 120, colours=True)
    bold, dim = "\x1b[1m", "\x1b[2m"
    assert f"{bold}BÁO CÁO" in said
    assert re.search(re.escape(bold) + "[^\x1b]*Kỳ trước chuyển sang", said)
    assert not re.search(re.escape(bold) + "[^\x1b]*Kết nạp  ", said)
    assert f"{dim}Số liệu tính đến hết ngày" in said


def test_a_paper_without_blocks_is_its_title() -> None:
    bare = replace(DOCUMENT, body=(), annexes=(Annex("Phụ lục", "", ()),), provenance="")
    assert [line.strip() for line in printed(bare).splitlines() if line.strip()] == [
        "BÁO CÁO", DOCUMENT.title.subject, "Phụ lục",
    ]  # fmt: skip
    assert len(tables(bare)) == 0


TEXTS = st.lists(st.text("aăâđẪỆ", min_size=1, max_size=30), min_size=0, max_size=8).map(" ".join)


@given(st.lists(st.tuples(TEXTS, TEXTS, st.integers(0, 10**12)), max_size=5), st.integers(20, 120))
def test_no_word_of_any_table_is_broken(rows: list[tuple[str, str, int]], width: int) -> None:
    columns = (Column("Tên", "text"), Column("Ghi chú", "text"), Column("Số"))
    table = Table("a", "Bảng", columns, tuple(
        Row((Cell(one), Cell(other), Cell(str(n), (n, 1))), indent=len(one) % 4)
        for one, other, n in rows
    ))  # fmt: skip
    said = words(printed(with_table(table), width))
    for one, other, n in rows:
        assert {*words(one), *words(other), str(n)} <= set(said)
