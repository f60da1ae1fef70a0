"""What LibreOffice makes of the Word and Excel files: it opens them, and shows what they say.

Each start of it takes a second or more, so each test starts it once, for several files.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PageObject, PdfReader

from giaoban.reports.documents.blocks import Cell, Column, Document, Row, Table
from giaoban.reports.rendering.rendition import Form, render
from tests.reports.reading import rest, squeezed, xlsx_cells
from tests.reports.sample import DOCUMENT, DRAFT, counted

PATIENCE_SECONDS = 240
PLAIN = "txt:Text (encoded):UTF8"
# Commas, quotes, UTF-8, from the first row; cells as they are shown, every sheet a file.
SHEETS = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">
<value>vi</value></prop></item>
</oor:items>
"""


class Office:
    """LibreOffice with a profile of its own, set to Vietnamese."""

    def __init__(self, program: str, home: Path) -> None:
        self.program, self.home = program, home
        (home / "profile" / "user").mkdir(parents=True)
        (home / "profile" / "user" / "registrymodifications.xcu").write_text(SETTINGS)

    def convert(self, to: str, *files: tuple[str, bytes]) -> Path:
        """The files converted, in one start; the folder where they are now."""
        for name, content in files:
            (self.home / name).write_bytes(content)
        made = self.home / "made"
        done = subprocess.run(
            [self.program, f"-env:UserInstallation={(self.home / 'profile').as_uri()}",
             "--headless", "--norestore", "--convert-to", to, "--outdir", str(made),
             *(str(self.home / name) for name, _ in files)],
            capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True,
        )  # fmt: skip
        assert "Error" not in done.stderr, done.stderr
        return made


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """LibreOffice, or a skip that says so; where it is needed its absence is a failure."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        missing = "no LibreOffice: apt-get install libreoffice-writer libreoffice-calc"
        if os.environ.get("OFFICE") == "needed":
            raise AssertionError(missing)
        pytest.skip(missing)
    return Office(program, tmp_path)


def long_table(rows: int) -> Document:
    """A draft with a table over several pages, and the same across the page.

    In plain letters: of a typeface that lacks ours, letters of another are mixed into the pdf.
    """
    table = Table(
        "dai", "A long table", (Column("No."), Column("Name of it", "text", 3), Column("Count")),
        tuple(Row((counted(n, ""), Cell(f"Unit-{n}."), counted(n * 1007, "")))
              for n in range(1, rows + 1)),
    )  # fmt: skip
    annex = replace(DRAFT.annexes[1], blocks=(table,))
    return replace(DRAFT, language="en", body=(table,), annexes=(annex,))


def test_a_word_file_says_every_line(office: Office) -> None:
    documents = {"final": DOCUMENT, "draft": DRAFT}
    files = [(f"{name}.docx", render(one, Form.DOCX)) for name, one in documents.items()]
    made = office.convert(PLAIN, *files)
    for name, document in documents.items():
        lines = (made / f"{name}.txt").read_text("utf-8-sig").splitlines()
        marked = re.compile(r"^ {4}(?:[•-]|\d+\.) ")
        said = [marked.sub("", line) for line in lines if line.strip()]
        left = rest(said, document, "txt")
        assert document.provenance in left
        # Lists are numbered by Word itself, each from one.
        assert [line for line in lines if re.match(r"^ {4}\d+\. ", line)] == [
            "    1. việc thứ nhất", "    2. việc thứ hai",
        ]  # fmt: skip


def test_a_workbook_shows_every_cell_as_it_is_printed(office: Office) -> None:
    content = render(DOCUMENT, Form.XLSX)
    made = office.convert(SHEETS, ("so-lieu.xlsx", content))
    sheets = xlsx_cells(content)
    assert sorted(file.name for file in made.iterdir()) == sorted(
        f"so-lieu-{name}.csv" for name in sheets
    )
    for name, rows in sheets.items():
        with (made / f"so-lieu-{name}.csv").open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == rows


def pages_of(file: Path) -> list[PageObject]:
    return list(PdfReader(BytesIO(file.read_bytes())).pages)


def said(page: PageObject) -> str:
    return squeezed(page.extract_text())


def test_heads_marks_and_numbers_stand_on_every_page(office: Office) -> None:
    document, rows = long_table(150), range(1, 151)
    made = office.convert("pdf", ("dai.docx", render(document, Form.DOCX)),
                          ("bang.xlsx", render(document, Form.XLSX)))  # fmt: skip
    pages = pages_of(made / "dai.pdf")
    texts = [said(page) for page in pages]
    assert len(texts) > 6
    # The mark of a draft on each page, and beside it the page's number but on the first.
    assert all("draft" in text for text in texts)
    assert [f"draft{n}" in text for n, text in enumerate(texts, start=1)] == (
        [False] + [True] * (len(texts) - 1)
    )
    # The annex lies across, from a new page on.
    across = [page.mediabox.width > page.mediabox.height for page in pages]
    assert across == sorted(across)
    assert (across[0], across[-1]) == (False, True)
    printed = [said(page) for page in pages_of(made / "bang.pdf")]
    for found in (texts, printed):
        with_rows = [text for text in found if "unit-" in text]
        assert len(with_rows) > 4
        assert all("nameofit" in text and "draft" in text for text in with_rows)
        assert all("".join(with_rows).count(f"unit-{n}.") == 2 for n in rows)
