"""Typst in a process of its own: nothing of it stays, and what it refuses is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from giaoban.reports.documents.blocks import Paragraph, Title
from giaoban.reports.errors import LetterMissing
from giaoban.reports.rendering.pdf import render, typesetting
from giaoban.reports.rendering.pdf.places import rooms_for_the_hand
from tests.reports.sample import DOCUMENT, prose
from tests.reports.test_pdf import BARE, long_table


def resident() -> float:
    """The memory that this process has in hand, in megabytes."""
    told = Path("/proc/self/status").read_text()
    return int(told.partition("VmRSS:")[2].split()[0]) / 1024


def test_a_long_table_leaves_no_memory_behind() -> None:
    document = replace(BARE, body=(long_table(1500),))
    render(BARE)
    before = resident()
    for turn in range(3):
        render(replace(document, title=Title("", f"Lần {turn}")))
    assert resident() - before < 25  # kept in this process, it would be 140


@pytest.mark.parametrize("short", [0, typesetting.SHORT])
def test_what_typst_says_is_passed_on(short: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = replace(BARE, body=(Paragraph(prose("Chi bộ 😀")), long_table(1)))
    monkeypatch.setattr(typesetting, "SHORT", short)
    with pytest.raises(LetterMissing, match=r"😀.*U\+1F600"):
        render(document)
    monkeypatch.setattr(typesetting, "sheet", lambda _document: b"{")
    with pytest.raises(RuntimeError, match="failed to parse JSON"):
        render(document)


def test_a_process_that_is_killed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typesetting, "SHORT", 0)
    monkeypatch.setattr(typesetting, "_PRESS", ("sh", "-c", "cat >/dev/null; kill -9 $$"))
    with pytest.raises(RuntimeError, match="ended with -9"):
        render(replace(BARE, body=(long_table(1),)))


def test_set_apart_or_not_a_document_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    here, rooms = render(DOCUMENT), rooms_for_the_hand(DOCUMENT)
    monkeypatch.setattr(typesetting, "SHORT", 0)
    monkeypatch.setattr(typesetting.press, "printed", None)
    assert render(DOCUMENT) == here
    assert rooms_for_the_hand(DOCUMENT) == rooms != []
