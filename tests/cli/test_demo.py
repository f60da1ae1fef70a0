"""What ``make demo`` leaves behind beside the books: the report, as it was issued, in all forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from giaoban.reports.rendering.rendition import Form
from tests.cli.ready import copy_ready, said_by
from tests.reports import reading

READ: dict[Form, Callable[[bytes], str]] = {
    Form.HTML: lambda content: " ".join(reading.html_lines(content)),
    Form.DOCX: lambda content: " ".join(reading.docx_lines(content)),
    Form.PDF: reading.pdf_text,
    Form.XLSX: lambda content: " ".join(reading.xlsx_lines(content)),
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of an office in which the demonstration was loaded by the command."""
    folder = tmp_path_factory.mktemp("demo")
    copy_ready("demonstration", folder)
    return folder


@pytest.mark.parametrize("form", list(Form))
def test_the_report_is_left_in_every_form_and_it_is_said(home: Path, form: Form) -> None:
    [file] = (home / "var" / "reports").glob(f"*.{form}")
    assert file.name == f"organisation-work-2018-9M-HU-THACH-THAT.{form}"
    assert f"var/reports/{file.name}" in said_by("demonstration")
    said = " ".join(READ[form](file.read_bytes()).replace("\u00a0", " ").split())
    assert "kết nạp 134 đảng viên, đạt 53,6% kế hoạch năm (250 đảng viên)" in said


def test_the_first_lines_are_those_of_the_readme() -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    [promised] = [line.strip() for line in readme.splitlines() if line.startswith("    Trong 9")]
    assert promised in " ".join(said_by("demonstration").split())
