"""Two documents side by side: lines find their partners, words that differ are marked, no more."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from giaoban.desk.reports.differences import (
    Fold,
    Pair,
    Piece,
    compared,
    folded,
    lines,
    word_by_word,
)
from giaoban.reports.documents.blocks import Cell, Document, Figure, Paragraph, Row, Table
from giaoban.reports.documents.walking import lines as lines_of_all
from tests.reports.sample import DOCUMENT, prose


def _with(document: Document, at: int, block: Any) -> Document:
    body = list(document.body)
    body[at] = block
    return replace(document, body=tuple(body))


def _said(document: Document, number: str) -> Document:
    """The sample with another number of admissions."""
    at = next(n for n, block in enumerate(document.body) if isinstance(block, Paragraph)
              and any(isinstance(piece, Figure) for piece in block.content))  # fmt: skip
    block = document.body[at]
    assert isinstance(block, Paragraph)
    told = tuple(
        Figure(number, piece.address) if piece == Figure("134", "admitted") else piece
        for piece in block.content
    )  # fmt: skip
    return _with(document, at, replace(block, content=told))


def test_the_same_document_has_no_differences() -> None:
    pairs = compared(DOCUMENT, DOCUMENT)
    assert pairs
    assert all(pair.same for pair in pairs)
    assert folded(pairs) == [Fold(len(pairs))]


def test_nothing_that_a_document_says_is_left_out() -> None:
    said = "\n".join(lines(DOCUMENT))
    for line in lines_of_all(DOCUMENT):
        assert line in said
    assert "Số 45-BC/BTC" in said
    assert "Nguyễn Văn Ước" in said


def test_a_number_that_changed_is_told_from_the_words_around_it() -> None:
    [pair] = [one for one in compared(DOCUMENT, _said(DOCUMENT, "135")) if not one.same]
    assert pair.figures_differ
    assert pair.left is not None
    assert pair.right is not None
    assert [piece.text for piece in pair.left if piece.changed] == ["134"]
    assert [piece.text for piece in pair.right if piece.changed] == ["135"]
    assert "".join(piece.text for piece in pair.right).startswith("Trong 9 tháng đầu năm 2018")


def test_a_row_of_a_table_is_one_line() -> None:
    at, table = next((n, b) for n, b in enumerate(DOCUMENT.body) if isinstance(b, Table))
    row = table.rows[2]
    cells = (*row.cells[:-1], Cell("110,7", (1107, 10)))
    other = _with(DOCUMENT, at, replace(table, rows=(*table.rows[:2], replace(row, cells=cells),
                                                     *table.rows[3:])))  # fmt: skip
    [pair] = [one for one in compared(DOCUMENT, other) if not one.same]
    assert pair.left == (Piece("B.1 · Kết nạp · 134 · 0 · 134 · "), Piece("109,8", True, True))
    assert pair.right == (Piece("B.1 · Kết nạp · 134 · 0 · 134 · "), Piece("110,7", True, True))


def test_a_new_line_stands_alone() -> None:
    body = (*DOCUMENT.body[:3], Paragraph(prose("Một đoạn mới hẳn.")), *DOCUMENT.body[3:])
    [pair] = [p for p in compared(DOCUMENT, replace(DOCUMENT, body=body)) if not p.same]
    assert pair.left is None
    assert pair.right == (Piece("Một đoạn mới hẳn.", changed=True),)


def test_a_new_line_before_one_that_changed_leaves_the_pair_together() -> None:
    changed = _said(DOCUMENT, "135")
    at = next(n for n, (a, b) in enumerate(zip(DOCUMENT.body, changed.body, strict=True)) if a != b)
    body = (*changed.body[:at], Paragraph(prose("Xin báo cáo.")), *changed.body[at:])
    found = [p for p in compared(DOCUMENT, replace(changed, body=body)) if not p.same]
    assert [pair.left is None for pair in found] == [True, False]
    assert found[1].figures_differ


def test_words_are_compared_whole() -> None:
    left, right = word_by_word("đạt 53,6% kế hoạch", "đạt 54,0% kế hoạch năm")
    assert [p.text for p in left if p.changed] == ["53,6%"]
    assert [p.text for p in right if p.changed] == ["54,0%", " năm"]
    left, right = word_by_word("đến hết ngày 28/10/2018", "đến hết ngày 25/11/2018")
    assert [p.text for side in (left, right) for p in side if p.changed] == [
        "28/10/2018", "25/11/2018",
    ]  # fmt: skip


def test_runs_of_equal_lines_are_folded() -> None:
    same = Pair((Piece("a"),), (Piece("a"),), same=True)
    other = Pair((Piece("b"),), (Piece("c"),), same=False)
    assert folded([same] * 5 + [other] + [same], around=1) == [Fold(4), same, other, same]
    assert folded([other]) == [other]


def test_a_row_without_numbers_is_no_figure() -> None:
    table = Table("t", "T", (), (Row((Cell("A"),)),))
    assert not any(pair.figures_differ for pair in compared(
        replace(DOCUMENT, body=(table,)), replace(DOCUMENT, body=())
    ))  # fmt: skip
