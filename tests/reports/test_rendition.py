"""A rendition as a file: whole or not at all, whatever the disk says."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from giaoban.reports.errors import FolderMissing, NoSpaceLeft
from giaoban.reports.rendering.rendition import Form, render, save
from tests.reports.sample import DOCUMENT


def test_what_stood_there_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")
    save(b"new", file)
    assert file.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_full_disk_leaves_the_old_file_and_no_half_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written goes to a device that is always full, as the kernel says it."""
    file = tmp_path / "a.pdf"
    file.write_bytes(b"old")

    def on_a_full_disk(dir: Path, prefix: str) -> tuple[int, str]:
        half = dir / f"{prefix}half"
        half.touch()
        return os.open("/dev/full", os.O_WRONLY), str(half)

    monkeypatch.setattr(tempfile, "mkstemp", on_a_full_disk)
    with pytest.raises(NoSpaceLeft):
        save(render(DOCUMENT, Form.XLSX), file)
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(FolderMissing) as refused:
        save(b"x", tmp_path / "khong-co" / "a.pdf")
    assert "khong-co" in str(refused.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", list(Form))
def test_the_same_document_is_the_same_bytes(form: Form) -> None:
    assert render(DOCUMENT, form) == render(DOCUMENT, form)
