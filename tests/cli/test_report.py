"""The main job through the commands: the nine-month report of a real district."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pypdf
import pytest

from giaoban.cli.demonstration import Summary
from giaoban.reports.rendering.rendition import Form
from tests.cli.calling import Office
from tests.cli.test_demonstration import played
from tests.reports import reading

__all__ = ["played"]

DISTRICT = ("2018-9M", "--unit", "HU-THACH-THAT")
PUBLISHED = ("--known-on", "29/10/2018")
TODAY = ("--tree", "01/07/2026")


def report(office: Office, *words: str) -> dict[str, Any]:
    told = json.loads(office.say("report", *words, "--format", "json"))
    assert isinstance(told, dict)
    return told


@pytest.mark.parametrize(
    ("known_on", "admitted", "percent"),
    [("2018-10-05", 131, "52.4"), ("2018-10-15", 135, "54.0"), ("2018-10-29", 134, "53.6")],
)
def test_known_on_a_day(
    played: Summary, office: Office, known_on: str, admitted: int, percent: str
) -> None:
    told = report(office, *DISTRICT, "--known-on", known_on)
    assert told["admitted"]["actual"] == admitted
    assert told["admitted"]["percent"] == percent
    assert told["admitted"]["plan"] == 250
    assert told["admitted"]["unallocated"] == 0


def test_the_published_figures(played: Summary, office: Office) -> None:
    told = report(office, *DISTRICT, *PUBLISHED)
    reached = {row["name"]: row["percent"] for row in told["units"] if row["pace"] == "reached"}
    assert reached == {
        "Trường THPT Phùng Khắc Khoan": "150.0",
        "Bệnh viện Đa khoa huyện": "150.0",
        "Xã Tiến Xuân": "130.0",
        "Xã Cẩm Yên": "100.0",
        "Đảng bộ Quân sự huyện": "100.0",
        "Trường THPT Thạch Thất": "100.0",
        "Chi cục Thi hành án Dân sự": "100.0",
        "Trung tâm Y tế huyện": "100.0",
    }
    assert told["indicators"]["party-founded-private"] == 3
    assert told["indicators"]["unions-founded-private"] == 13
    assert told["grassroots_organisations"] == 72


def test_the_english_text(played: Summary, office: Office) -> None:
    english = " ".join(office.say("report", *DISTRICT, *PUBLISHED).split())
    assert "admitted 134 members, 53,6% of the year's plan (250 members)" in english


def test_the_vietnamese_text(
    played: Summary, capsys: pytest.CaptureFixture[str], settings: Any
) -> None:
    settings.LANGUAGE_CODE = "vi"
    text = " ".join(Office(capsys, "ban-to-chuc").say("report", *DISTRICT, *PUBLISHED).split())
    assert "toàn Đảng bộ kết nạp 134 đảng viên, đạt 53,6% kế hoạch năm (250 đảng viên)." in text
    assert "đã thành lập 03 tổ chức đảng và 13 công đoàn cơ sở" in text
    assert "Tính đến hết ngày 30/9/2018, theo sổ ghi đến hết ngày 29/10/2018" in text


def test_restated_by_todays_tree_the_totals_stay(played: Summary, office: Office) -> None:
    told = report(office, *DISTRICT, *TODAY)
    rows = told["units"]
    assert told["admitted"]["actual"] == 134
    assert sum(row["actual"] for row in rows) + told["rest"]["actual"] == 134
    assert sum(row["plan"] or 0 for row in rows) + told["rest"]["plan"] == 250
    names = {row["code"] for row in rows}
    assert {"XA-THACH-THAT-2025", "XA-HA-BANG-2025", "XA-TAY-PHUONG-2025", "XA-HOA-LAC-2025",
            "XA-YEN-XUAN-2025"} <= names  # fmt: skip


def cell(office: Office, *words: str) -> list[dict[str, Any]]:
    rows = json.loads(office.say("trace", *words, "--format", "json"))
    assert isinstance(rows, list)
    return rows


def test_every_cell_of_the_report_is_traced(played: Summary, office: Office) -> None:
    told = report(office, *DISTRICT, *PUBLISHED)
    for line in told["statement"]:
        if line["cell"] in ("opening", "closing"):
            continue  # the books of nine thousand members: traced for a commune below
        rows = cell(office, *DISTRICT, *PUBLISHED, "--cell", line["cell"])
        expected = line["full"] if line["cell"] == "recognised" else line["both"]
        assert sum(row["quantity"] for row in rows) == expected, line["cell"]
    for row in told["units"][:12]:
        rows = cell(office, *DISTRICT, *PUBLISHED, "--row", row["code"])
        assert sum(r["quantity"] for r in rows) == row["actual"]
        rows = cell(office, *DISTRICT, *PUBLISHED, "--row", row["code"], "--cell", "plan")
        assert sum(r["quantity"] for r in rows) == (row["plan"] or 0)
    for group in told["breakdowns"]["sex"]:
        rows = cell(office, *DISTRICT, *PUBLISHED, "--group", f"sex={group['code']}")
        assert sum(r["quantity"] for r in rows) == group["count"]


def test_restated_cells_are_traced(played: Summary, office: Office) -> None:
    for row in report(office, *DISTRICT, *TODAY)["units"]:
        rows = cell(office, *DISTRICT, *TODAY, "--row", row["code"])
        assert sum(r["quantity"] for r in rows) == row["actual"]


def test_balances_of_a_commune_are_traced(played: Summary, office: Office) -> None:
    commune = ("2018-9M", "--unit", "XA-TIEN-XUAN", *PUBLISHED)
    for line in report(office, *commune)["statement"]:
        if line["cell"] in ("opening", "closing"):
            rows = cell(office, *commune, "--cell", line["cell"])
            assert sum(row["quantity"] for row in rows) == line["both"]


def test_the_district_leaves_with_its_units_when_the_level_ends(
    played: Summary, office: Office
) -> None:
    rows = json.loads(office.say("statement", "2025-H2", "--unit", "HU-THACH-THAT",
                                 "--format", "json"))  # fmt: skip
    both = {row["cell"]: row["both"] for row in rows}
    assert both["left-with-unit"] == both["opening"] > 9000
    assert both["closing"] == 0


def test_a_closing_is_the_next_opening(played: Summary, office: Office) -> None:
    last = None
    for period in ("2017", "2018-Q1", "2018-Q2", "2018-Q3", "2018-Q4"):
        told = report(office, period, "--unit", "HU-THACH-THAT")
        lines = {line["cell"]: line for line in told["statement"]}
        if last is not None:
            assert {k: lines["opening"][k] for k in ("probationary", "full", "both")} == last
        last = {k: lines["closing"][k] for k in ("probationary", "full", "both")}


def test_csv_is_tidy(played: Summary, office: Office) -> None:
    text = office.say("report", *DISTRICT, *PUBLISHED, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(text)))
    [value] = [row["value"] for row in rows
               if row["item"] == "HU-THACH-THAT | Total" and row["column"] == "Actual"]  # fmt: skip
    assert value == "134"


@pytest.mark.parametrize("form", list(Form))
def test_a_document_is_written_whole(
    played: Summary, office: Office, tmp_path: Path, form: Form
) -> None:
    """The numbers of the text stand in the file, read back by what reads such files."""
    file = tmp_path / f"bao-cao.{form}"
    said = office.say("report", *DISTRICT, *PUBLISHED, "--format", form, "--out", str(file))
    assert file.name in said
    assert [path.name for path in tmp_path.iterdir()] == [file.name]
    read = {
        Form.HTML: lambda content: " ".join(reading.html_lines(content)),
        Form.DOCX: lambda content: " ".join(reading.docx_lines(content)),
        Form.PDF: reading.pdf_text,
        Form.XLSX: lambda content: " ".join(reading.xlsx_lines(content)),
    }[form]
    text = " ".join(read(file.read_bytes()).replace("\u00a0", " ").split())
    assert "admitted 134 members, 53,6% of the year's plan (250 members)" in text


def test_another_report_by_its_code(played: Summary, office: Office) -> None:
    assert (
        "briefing"
        in office.say("report", *DISTRICT, *PUBLISHED, "--definition", "briefing").lower()
    )
    assert "definition_unknown" in office.refused("report", *DISTRICT, "--definition", "khong-co")


@pytest.mark.parametrize("period", ["2018-9M", "2018-Q3", "2018"])
def test_the_pack_for_a_briefing_is_one_page(
    played: Summary, office: Office, tmp_path: Path, period: str
) -> None:
    """The numbers that changed and who is behind, of a district with all its units."""
    file = tmp_path / "giao-ban.pdf"
    office.say("report", period, "--unit", "HU-THACH-THAT", "--definition", "briefing",
               "--format", "pdf", "--out", str(file))  # fmt: skip
    [page] = pypdf.PdfReader(file).pages
    assert "behind" in page.extract_text()


def test_a_file_that_can_not_be_written_is_refused(
    played: Summary, office: Office, tmp_path: Path
) -> None:
    there = tmp_path / "khong-co" / "x.pdf"
    words = ("report", *DISTRICT, "--format", "xlsx", "--out", str(there))
    assert "folder_missing" in office.refused(*words)
    for there in (tmp_path, tmp_path / ("x" * 300), Path("/dev/null/x.xlsx")):
        words = ("report", *DISTRICT, "--format", "xlsx", "--out", str(there))
        assert "file_unwritable" in office.refused(*words)
    assert "out_missing" in office.refused("report", *DISTRICT, "--out", str(tmp_path / "x"))
    assert "text_only" in office.refused(
        "report", *DISTRICT, "--definition", "briefing", "--format", "json"
    )
    assert not list(tmp_path.iterdir())


def test_refusals_speak_plainly(played: Summary, office: Office) -> None:
    assert "unit_unknown" in office.refused("report", "2018-9M", "--unit", "XA-NAO")
    assert "cell_unknown" in office.refused("trace", *DISTRICT, "--cell", "nothing")
    assert "2018-9M" in office.refused("report", "2018-M9", "--unit", "HU-THACH-THAT")
    assert "nothing_known" in office.refused("report", *DISTRICT, "--known-on", "01/01/2000")
    assert "unit_not_in_period" in office.refused("report", "2026", "--unit", "HU-THACH-THAT")
    assert "field_unknown" in office.refused("trace", *DISTRICT, "--group", "opinion=any")
