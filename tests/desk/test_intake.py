"""Bringing a file in through the pages: match, look, decide, record; each step a plain request."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector
from python_calamine import CalamineWorkbook

from giaoban import database
from giaoban.desk.tasks import record_file
from giaoban.intake.models import Intake
from giaoban.journal.queries import head
from tests.desk.conftest import sit_down
from tests.intake.sheets import members
from tests.world import World

ROWS = [
    [1, "Nguyễn Văn An", "1/2/1985", "Nam", "Kinh", "CY1", ""],
    [2, "Trần Thị Bình", "3/4/1986", "Nữ", "Kinh", "CY2", "Dự bị"],
]


@pytest.fixture
def clerk(committed: World) -> Iterator[Client]:
    """The colleague of one commune at a browser; the desk's own role, and a queue in memory."""
    default = connections["default"]
    default.close()
    default.settings_dict["USER"] = database.DESK_ROLE
    with app.replace_connector(InMemoryConnector()):
        yield sit_down(Client(), committed.colleague)
    default.close()
    default.settings_dict["USER"] = database.APP_ROLE


def upload(client: Client, data: bytes, name: str = "ds.xlsx") -> Intake:
    file = SimpleUploadedFile(name, data)
    answer = client.post("/nhap-du-lieu/", {"subject": "members", "file": file})
    assert answer.status_code == 302, answer.content.decode()
    return _own(client, answer["Location"])


def _own(client: Client, location: str) -> Intake:
    default = connections["default"]
    with default.cursor() as cursor:
        cursor.execute("SELECT set_config('giaoban.login', 'dongnghiep', false)")
    return Intake.objects.get(pk=int(location.strip("/").split("/")[-1]))


MATCH = {"on": "02/01/2018", "column-1": "name", "column-2": "born_on", "column-3": "sex",
         "column-4": "ethnicity", "column-5": "unit", "column-6": "standing"}  # fmt: skip


def test_from_a_file_to_the_books(committed: World, clerk: Client) -> None:
    intake = upload(clerk, members(*ROWS))
    path = f"/nhap-du-lieu/{intake.pk}/"
    assert "Nguyễn Văn An" in clerk.get(path).content.decode()
    assert clerk.post(path, MATCH)["Location"] == f"{path}xem-truoc/"
    seen = clerk.get(f"{path}xem-truoc/").content.decode()
    assert "Trần Thị Bình" in seen
    before = head().number
    assert clerk.post(f"{path}ghi/")["Location"] == f"{path}tien-do/"
    assert clerk.post(f"{path}ghi/").status_code == 302  # a double click
    assert head().number == before  # only the queue records
    assert f'action="{path}ghi/"' in clerk.get(f"{path}tien-do/").content.decode()  # go on
    record_file(intake=intake.pk, login=committed.colleague)
    assert head().number == before + 4
    record_file(intake=intake.pk, login=committed.colleague)
    assert head().number == before + 4
    done = clerk.get(f"{path}tien-do/").content.decode()
    assert "every 1s" not in done


def test_a_bad_row_is_named_and_the_button_is_missing(committed: World, clerk: Client) -> None:
    intake = upload(clerk, members(*ROWS, [3, "Lê Chi", "1/13/1985", "Nữ", "", "CY1", ""]))
    path = f"/nhap-du-lieu/{intake.pk}/"
    clerk.post(path, MATCH)
    seen = clerk.get(f"{path}xem-truoc/").content.decode()
    assert "Lê Chi" in seen
    assert f"{path}ghi/" not in seen


def test_a_match_that_lacks_something_keeps_what_was_chosen(
    committed: World, clerk: Client
) -> None:
    intake = upload(clerk, members(*ROWS))
    answer = clerk.post(f"/nhap-du-lieu/{intake.pk}/", {**MATCH, "column-5": ""})
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'value="02/01/2018"' in page
    assert '<option value="born_on" selected>' in page


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK\x03\x04rubbish"), ("a.csv", b"\n"), ("a.exe", b"MZ\x00\x00"), ("a.xlsx", b"")],
)
def test_what_can_not_be_read_is_refused_beside_the_field(
    committed: World, clerk: Client, name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    answer = clerk.post("/nhap-du-lieu/", {"subject": "members", "file": file})
    assert answer.status_code == 200
    assert 'class="field bad"' in answer.content.decode()


def test_a_file_is_its_owners_alone(committed: World, clerk: Client) -> None:
    intake = upload(clerk, members(*ROWS))
    other = sit_down(Client(), committed.clerk)
    for step in ("", "xem-truoc/", "tien-do/"):
        assert other.get(f"/nhap-du-lieu/{intake.pk}/{step}").status_code == 404
    for step in ("ghi/", "dung/"):
        assert other.post(f"/nhap-du-lieu/{intake.pk}/{step}").status_code == 404
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT set_config('giaoban.login', 'chuyenvien', false)")
        assert not Intake.objects.filter(pk=intake.pk).exists()  # whatever the code asks


def test_given_up_is_gone(committed: World, clerk: Client) -> None:
    intake = upload(clerk, members(*ROWS))
    assert clerk.post(f"/nhap-du-lieu/{intake.pk}/dung/")["Location"] == "/nhap-du-lieu/"
    assert clerk.get(f"/nhap-du-lieu/{intake.pk}/").status_code == 404


@pytest.mark.parametrize("subject", ["members", "units", "acts"])
def test_a_template_is_understood_by_what_it_is_for(clerk: Client, subject: str) -> None:
    from giaoban.intake.fields import Subject
    from giaoban.intake.heading import find_heads
    from giaoban.intake.matching import check, suggest
    from giaoban.intake.reading import open_workbook

    file = clerk.get(f"/nhap-du-lieu/mau/{subject}/").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(file))
    assert book.sheet_names
    heads = find_heads(open_workbook(file).table(), Subject(subject)).heads
    check(suggest(heads, Subject(subject)), Subject(subject))
    assert clerk.get("/nhap-du-lieu/mau/x/").status_code == 404


def test_only_clerks_bring_data_in(office: World, at_desk: Client) -> None:
    for login in ("lanhdao", "phutrach", "bientap", "quantri"):
        assert sit_down(at_desk, login).get("/nhap-du-lieu/").status_code == 403
