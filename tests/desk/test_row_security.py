"""The database hides persons and movements from the desk, whatever the code asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction
from django.test import RequestFactory

from giaoban.desk.door import sit
from giaoban.journal.kinds import Kind
from giaoban.journal.rights import writers_rights
from giaoban.journal.sql import fetch
from giaoban.journal.writing import Draft, open_journal
from giaoban.ledger.row_security import SEEN_BY_UNIT, SEEN_WITH, policies
from giaoban.people import scope
from giaoban.people.sight import in_sight
from giaoban.reports.checks import reports_reproduced
from giaoban.reports.explaining import sign_off_discrepancy
from giaoban.reports.issues import issues
from giaoban.reports.issuing import issue_report, withdraw_report
from giaoban.reports.models import DefinitionVersion
from giaoban.reports.sending.actions import add_schedule
from giaoban.reports.sending.models import ScheduleRun
from giaoban.reports.signing.models import SignedCopy, SignedFile
from giaoban.units.models import Unit
from tests.desk.reports_world import begun, checked, issued, open_book, plan
from tests.reports.schedules import wish
from tests.world import World

DAY = date(2018, 3, 1)


def _counts() -> dict[str, int]:
    return {table: fetch(f"SELECT count(*) FROM {table}")[0][0] for table in policies()}


@pytest.fixture
def members(office: World) -> dict[str, int]:
    """Somebody in each of two communes, with a name, particulars, a note and legal dates."""
    found = {}
    for unit, name in (("CY1", "Nguyễn Văn An"), ("TX1", "Bùi Thị Bình")):
        found[unit] = office.person(name, sex="male")
        office.admit(unit, DAY, found[unit], note=f"Ghi chú {unit}")
    return found


def test_without_a_sight_nothing_is_seen(members: dict[str, int]) -> None:
    assert _counts() == dict.fromkeys(policies(), 0)


def test_everything_is_seen_by_who_is_in_charge_of_everything(
    office: World, members: dict[str, int]
) -> None:
    units = scope.units_in_sight(office.clerk, on=DAY, known=2**62)
    with in_sight(units):
        seen = _counts()
    assert seen["people_personname"] >= 2
    assert seen["ledger_legaldate"] == 4
    assert seen["journal_note"] == 2


def test_only_rows_of_units_in_sight_are_seen(office: World, members: dict[str, int]) -> None:
    mine = scope.units_in_sight(office.colleague, on=DAY, known=2**62)
    assert mine == {office.unit("CY"), office.unit("CY1"), office.unit("CY2")}
    with in_sight(mine):
        assert fetch("SELECT DISTINCT full_name FROM people_personname") == [("Nguyễn Văn An",)]
        assert {row[0] for row in fetch("SELECT DISTINCT unit_id FROM ledger_leg")} <= mine
        assert fetch("SELECT text FROM journal_note") == [("Ghi chú CY1",)]
        assert _counts()["ledger_legaldate"] == 2
        assert _counts()["people_particulars"] == 1
        assert _counts()["people_namekey"] == 1


def test_the_sight_ends_with_its_block(office: World, members: dict[str, int]) -> None:
    with in_sight([office.unit("CY1")]):
        assert _counts()["people_personname"] == 1
    assert _counts()["people_personname"] == 0


def test_the_desk_itself_may_not_write_into_a_book(office: World) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        connection.cursor().execute(
            "INSERT INTO journal_basis (number, issued_on, issuer, title)"
            " VALUES ('1', '2018-01-01', 'x', '')"
        )


def test_after_an_act_the_writers_rights_are_gone(office: World) -> None:
    office.admit("CY1", DAY)
    assert fetch("SELECT current_user")[0][0] == "giaoban_desk"
    assert _counts()["ledger_leg"] == 0


def test_an_act_sees_whom_the_login_does_not(office: World, members: dict[str, int]) -> None:
    """Or somebody could be a member twice."""
    from giaoban.ledger.errors import AlreadyMember

    with in_sight([office.unit("CY1")]):
        elsewhere = office.member("TX1", on=date(2018, 4, 1))
        with pytest.raises(AlreadyMember):
            office.admit("CY1", date(2018, 5, 1), elsewhere)
        assert fetch("SELECT current_user")[0][0] == "giaoban_desk"


# Documents

DOCUMENTS = [
    model for model in apps.get_app_config("reports").get_models()
    if getattr(model, SEEN_BY_UNIT, None) or getattr(model, SEEN_WITH, None)
]  # fmt: skip
# What an editor has no part in: how a document came about, and what is sent.
PREPARED = {"reports_reportdraft", "reports_draftstep", "reports_draftnote", "reports_schedule",
            "reports_schedulerun"}  # fmt: skip


@pytest.fixture
def papers(office: World) -> World:
    """The district and a commune have each issued a report that is signed and withdrawn, explain
    something in another draft, and have a schedule that failed."""
    plan(office)
    for unit in ("HU", "CY"):
        open_book(office, unit)
        entry = issued(office, unit, f"ban-hanh-{unit}")
        withdraw_report(issue=entry, reason=f"sai mẫu {unit}", by=office.by())
        draft = begun(office, unit, f"du-thao-{unit}")
        sign_off_discrepancy(
            draft=draft.pk, subject="thẻ", discrepancy="lệch 1", explanation="nhập sau",
            signed_off_by="Trưởng Ban", by=office.by(),
        )  # fmt: skip
        _send(office, unit)
        _sign(office, entry)
    return office


def _send(office: World, unit: str) -> None:
    number = add_schedule(unit=office.unit(unit), sending=wish(), by=office.by())
    with transaction.atomic(), writers_rights():
        ScheduleRun.objects.create(
            schedule_id=number, period="2018-Q1", at=office.at, by=office.clerk,
            state=ScheduleRun.State.GIVEN_UP, reason="Chưa đặt máy chủ thư.",
        )  # fmt: skip


def _sign(office: World, issue: int) -> None:
    """A signed copy as the database keeps it; what makes a good signature is tested elsewhere."""
    row = (issue, b"\x01" * 32, "Nguyễn Văn Ước", "CA", "1", "", "")
    with transaction.atomic(), writers_rights(), open_journal(office.by()) as journal:
        entry = journal.write(Draft(Kind.SIGNATURE, office.at.date(), {SignedCopy: [row]}))
        SignedFile.objects.create(entry_id=entry, content=b"%PDF-")


def _papers() -> dict[str, int]:
    return {model._meta.db_table: model.objects.count() for model in DOCUMENTS}


def test_every_table_of_reports_is_hidden_but_definitions() -> None:
    assert set(apps.get_app_config("reports").get_models()) - set(DOCUMENTS) == {DefinitionVersion}


def test_no_document_is_seen_without_a_sight(papers: World) -> None:
    assert _papers() == {model._meta.db_table: 0 for model in DOCUMENTS}


def test_a_unit_s_documents_are_seen_with_it_and_no_others(papers: World) -> None:
    with in_sight([papers.unit("CY")]):
        commune = _papers()
        assert {one.unit for one in issues()} == {papers.unit("CY")}
    with in_sight(Unit.objects.values_list("pk", flat=True)):
        everything = _papers()
    with in_sight([papers.unit("HU")]):
        district = _papers()
    assert min(commune.values()) > 0
    assert {table: commune[table] + district[table] for table in commune} == everything


def test_who_cites_what_is_issued_sees_that_alone(papers: World) -> None:
    with in_sight((), documents=[papers.unit("CY")]):
        seen = _papers()
        assert _counts()["ledger_leg"] == 0
    assert {table for table, n in seen.items() if n == 0} == PREPARED
    with in_sight((), documents=Unit.objects.values_list("pk", flat=True)):
        assert _papers()["reports_issue"] == 2
        assert _papers()["reports_reportdraft"] == 0


def test_the_reason_of_a_withdrawal_is_read_with_its_document(papers: World) -> None:
    with in_sight([papers.unit("CY")]):
        assert fetch("SELECT text FROM journal_note") == [("sai mẫu CY",)]
    with in_sight([papers.unit("TX")]):
        assert fetch("SELECT text FROM journal_note") == []


def test_the_desk_itself_may_not_write_into_reports(papers: World) -> None:
    everything = Unit.objects.values_list("pk", flat=True)
    for model in DOCUMENTS:
        table = model._meta.db_table
        with in_sight(everything), pytest.raises(ProgrammingError), transaction.atomic():
            connection.cursor().execute(f"INSERT INTO {table} SELECT * FROM {table} LIMIT 1")
    with in_sight(everything), connection.cursor() as cursor:
        cursor.execute("UPDATE reports_schedule SET hour = 9")
        assert cursor.rowcount == 0


def test_issuing_and_verifying_see_what_the_login_does_not(papers: World) -> None:
    draft = checked(papers, "HU", "ba")
    with in_sight([papers.unit("CY")]):
        issue_report(draft=draft.pk, by=papers.by(login="lanhdao"))
        with transaction.atomic(), writers_rights():
            finding = reports_reproduced()
    assert (finding.faults, finding.looked_at) == ([], 3)


@pytest.mark.parametrize("login", ["bientap", "dongnghiep", "quantri"])
def test_the_pages_ask_for_the_sight_that_the_appointments_say(papers: World, login: str) -> None:
    request = RequestFactory().get("/")
    sitting = sit(login, request)
    everything = frozenset(Unit.objects.values_list("pk", flat=True))
    assert sitting.documents == (everything if login == "bientap" else frozenset())
    assert bool(sitting.units) == (login == "dongnghiep")
