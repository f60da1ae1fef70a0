"""A report made public: nobody's number stands in a table, a file or a figure's page."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pypdf
import pytest
from django.utils import timezone

from giaoban.portal.living.errors import NotAPublisher, ReportElsewhere, ReportWithdrawn
from giaoban.portal.living.models import PublicEdition, PublicFigure, PublicReport, PublicTable
from giaoban.portal.living.preparing.disclosure import disclosure
from giaoban.portal.living.preparing.prepare import prepare
from giaoban.portal.living.preparing.system import Told
from giaoban.portal.living.publishing import publish_report, take_back_report
from giaoban.portal.living.queries import public_issues
from giaoban.portal.living.suppression.system import LEAST_TOLD
from giaoban.portal.pages.models import SiteFacts
from giaoban.reports.actions import withdraw_report
from giaoban.reports.documents.blocks import Table
from giaoban.reports.documents.walking import tables
from giaoban.reports.issues import issued_by, issued_document
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from tests.portal.living.attack import BEYOND, determined
from tests.portal.living.conftest import EDITOR, PUBLISHER, Paper
from tests.reports.issuing_world import LEADER

PERSONS = ("admitted", "closing", "opening", "arrived", "departed", "died")


def _row(table: Table | PublicTable, name: str) -> list[str]:
    if isinstance(table, PublicTable):
        row = next(row for row in table.rows if row["name"]["vi"] == name)
        return [cell["text"] if cell else "?" for cell in row["cells"]]
    row = next(row for row in table.rows if name in [cell.text for cell in row.cells])
    return [cell.text for cell in row.cells]


def test_small_numbers_stand_in_no_table_of_the_edition(public: Paper) -> None:
    edition = PublicEdition.objects.get()
    assert not edition.whole
    assert edition.withheld
    for table in tables(edition.document):
        for row in table.rows:
            for cell in row.cells:
                address = Address.parse(cell.address) if cell.address else None
                if address and not address.way and address.cell.split(":")[0] in PERSONS:
                    assert cell.value is None or not 0 < abs(cell.value[0]) < LEAST_TOLD, cell


def test_a_row_that_is_withheld_says_nothing_but_its_name(public: Paper) -> None:
    edition = PublicEdition.objects.get()
    by_unit = next(one for one in tables(edition.document) if one.name == "ket-nap-theo-don-vi")
    said = _row(by_unit, "Xã Cẩm Yên")
    assert "3" not in said
    assert "50,0%" not in said
    assert any("rank" in cell.address for row in by_unit.rows for cell in row.cells) is False


def test_its_sentences_stay_as_they_were_issued(public: Paper) -> None:
    figures = {one.address: one.text for one in PublicFigure.objects.all()}
    assert figures["admitted"] == "19"
    assert figures["achievement"] == "47,5%"


def test_what_is_only_in_a_table_and_withheld_is_no_figure(public: Paper) -> None:
    assert not PublicFigure.objects.filter(address="admitted/CY").exists()
    assert PublicFigure.objects.filter(address="admitted/YB").count() <= 1


def test_a_table_by_unit_holds_none_of_it(public: Paper) -> None:
    table = PublicTable.objects.get(name="ke-hoach")
    assert _row(table, "Xã Cẩm Yên")[1:] == ["?", "?"]
    assert table.rows[-1]["cells"][1]["text"] == "19"
    assert table.withheld


def test_nothing_withheld_can_be_worked_out_of_all_that_is_told(public: Paper) -> None:
    """Everything that the edition and its figures' tables tell, put together and attacked."""
    issued = issued_by(public.issue)
    document, reckoning = issued_document(issued.entry), Reckoning(issued.question)
    told = disclosure(document, reckoning)
    shown = [Address.parse(cell.address) for table in tables(document)
             for row in table.rows for cell in row.cells if cell.address]  # fmt: skip
    cells, equations = Told(told.said, shown, reckoning).system()
    hidden = {one.key: one for one in cells if one.key in told.done.cells and not one.fixed}
    assert hidden
    unknown = {**hidden, **{one.key: one for one in cells if one.hidden}}
    known = {one.key: one.value for one in cells if one.key not in unknown}
    rest = [(left.times, left.total) for one in equations if (left := one.without(known)).times]
    bounds = {key: (1 if one.value else 0, BEYOND) for key, one in unknown.items()}
    truth = {key: one.value for key, one in unknown.items()}
    found = determined(bounds, rest, truth)
    assert not (found & hidden.keys()) - told.done.given_away


def test_its_files_hold_none_of_it(public: Paper) -> None:
    edition = PublicEdition.objects.get()
    files = {one.form: one for one in edition.files.all()}
    assert set(files) == {"pdf", "docx", "xlsx"}
    assert not any(one.original for one in files.values())
    book = openpyxl.load_workbook(io.BytesIO(bytes(files["xlsx"].content)))
    values = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row
              if sheet.title.startswith("K")]  # fmt: skip
    assert 3 not in values
    pages = pypdf.PdfReader(io.BytesIO(bytes(files["pdf"].content))).pages
    assert any("Bản công khai" in (page.extract_text() or "") for page in pages)


def test_the_digest_is_that_of_the_report_as_issued(public: Paper) -> None:
    edition, issued = PublicEdition.objects.get(), issued_by(public.issue)
    assert bytes(edition.content_hash) == issued.content_hash
    assert bytes(edition.head_digest) == issued.head_digest
    assert edition.known_entry == issued.head_number


def test_preparing_twice_is_once(public: Paper) -> None:
    count = PublicFigure.objects.count()
    prepare(public.issue, at=timezone.now())
    assert PublicFigure.objects.count() == count


def test_only_a_publisher_makes_one_public(paper: Paper) -> None:
    with pytest.raises(NotAPublisher):
        publish_report(issue=paper.issue, by=paper.world.by(login=EDITOR))
    with pytest.raises(NotAPublisher):
        publish_report(issue=paper.issue, by=paper.world.by())
    assert not public_issues()


def test_it_can_be_taken_back_and_made_public_again(public: Paper) -> None:
    take_back_report(issue=public.issue, by=public.world.by(login=PUBLISHER))
    assert not public_issues()
    public.publish()
    assert public_issues() == {public.issue}
    assert PublicReport.objects.count() == 3


def test_a_withdrawn_report_is_not_made_public(paper: Paper) -> None:
    by = paper.world.by(date(2018, 10, 8), LEADER)
    withdraw_report(issue=paper.issue, reason="Sai số liệu", by=by)
    with pytest.raises(ReportWithdrawn):
        publish_report(issue=paper.issue, by=paper.world.by(login=PUBLISHER))


def test_a_report_of_another_organisation_is_not(paper: Paper) -> None:
    SiteFacts.objects.update(unit_id=paper.world.unit("CY"))
    with pytest.raises(ReportElsewhere):
        publish_report(issue=paper.issue, by=paper.world.by(login=PUBLISHER))
