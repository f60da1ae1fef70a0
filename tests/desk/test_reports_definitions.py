"""Definitions at the desk: read, copied, edited by sections, previewed, saved as a version."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from giaoban.desk.reports.editing_sheet import sheet_of, sheet_typed
from giaoban.reports.defining import definition_named
from giaoban.reports.definitions.shipping import shipped
from giaoban.reports.models import DefinitionVersion
from tests.desk.conftest import sit_down
from tests.desk.reports_world import REPORT, plan
from tests.world import World

# The tests themselves look at documents of every unit.
pytestmark = pytest.mark.usefixtures("open_office")

LIST = reverse("desk:reports-definitions")
COPY = reverse("desk:reports-definition-copy", args=[REPORT])
OWN = "bao-cao-quy-cua-ban"
EDIT = reverse("desk:reports-definition-edit", args=[OWN])


@pytest.fixture
def planned(office: World) -> World:
    """A district with numbers."""
    return plan(office)


class Fields(HTMLParser):
    """The fields of the editor as a browser would send them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.told: dict[str, Any] = {}
        self._text = self._select = ""
        self.feed(page[page.index('id="editing"') :])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name, value = told.get("name") or "", told.get("value") or ""
        if tag == "input" and name and told.get("type") != "checkbox":
            self.told[name] = value
        elif tag == "input" and name and "checked" in told:
            self.told.setdefault(name, []).append(value)
        elif tag == "textarea":
            self._text = name
            self.told[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in told:
            self.told[self._select] = value

    def handle_data(self, data: str) -> None:
        if self._text:
            self.told[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text = ""
        elif tag == "select":
            self._select = ""


def _fields(client: Client, url: str) -> dict[str, Any]:
    return Fields(client.get(url).content.decode()).told


def _do(client: Client, url: str, told: dict[str, Any], asked: str) -> Any:
    return client.post(url, {**told, "do": asked})


def _copied(client: Client) -> dict[str, Any]:
    told = _fields(client, COPY)
    return told | {"code": OWN, "name-vi": "Báo cáo quý của Ban", "name-en": "The board's quarter"}


@pytest.mark.parametrize("code", list(shipped()))
def test_the_fields_hold_all_of_a_definition(planned: World, at_desk: Client, code: str) -> None:
    """What the editor shows and sends back is the definition it was given."""
    url = reverse("desk:reports-definition-copy", args=[code])
    told = _fields(sit_down(at_desk, planned.clerk), url)
    names = shipped()[code].name
    told |= {"code": code, "name-vi": names.vi, "name-en": names.en}
    periods = told.pop("periods")
    flat = {name: value[0] if isinstance(value, list) else value for name, value in told.items()}
    again = sheet_typed(flat, periods).definition()
    assert again is not None
    assert again == sheet_of(shipped()[code]).definition()


def test_a_copy_is_saved_under_its_own_code(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    answer = _do(client, COPY, _copied(client), "save")
    assert answer.url == reverse("desk:reports-definition", args=[OWN])
    saved, first = definition_named(OWN), shipped()[REPORT]
    assert (saved.name.vi, saved.sections) == ("Báo cáo quý của Ban", first.sections)
    page = client.get(LIST).content.decode()
    assert "Báo cáo quý của Ban" in page


def test_saving_again_makes_a_version(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    _do(client, COPY, _copied(client), "save")
    told = _fields(client, EDIT)
    _do(client, EDIT, told, "save")
    assert DefinitionVersion.objects.count() == 1  # the same again changes nothing
    _do(client, EDIT, told | {"abbreviation": "TB"}, "save")
    assert definition_named(OWN).version == 2
    assert definition_named(OWN, 1).abbreviation == "BC"
    url = reverse("desk:reports-definition", args=[OWN])
    assert "(BC)" in client.get(url, {"version": "1"}).content.decode()


def test_what_comes_with_the_program_is_not_edited(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    assert client.get(reverse("desk:reports-definition-edit", args=[REPORT])).status_code == 404
    page = _do(client, COPY, _copied(client) | {"code": REPORT}, "save").content.decode()
    assert 'id="code-fault"' in page
    assert not DefinitionVersion.objects.exists()


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ({"title-vi": ""}, "title-vi"),
        ({"code": "Có dấu"}, "code"),
        ({"abbreviation": ""}, "abbreviation"),
        ({"s1-heading-vi": "Mục {khong-co}"}, "s1-heading-vi"),
    ],
)
def test_a_refusal_keeps_what_was_typed(
    planned: World, at_desk: Client, told: dict[str, str], place: str
) -> None:
    client = sit_down(at_desk, planned.clerk)
    page = _do(client, COPY, _copied(client) | told, "save").content.decode()
    assert 'role="alert"' in page
    assert 'value="Báo cáo quý của Ban"' in page
    assert f'id="{place}-fault"' in page
    assert not DefinitionVersion.objects.exists()


def _narrative(told: dict[str, Any]) -> str:
    return next(name for name in told if re.fullmatch(r"s\d+-p\d+-template-vi", name)
                and "admitted" in told[name])  # fmt: skip


def test_what_is_wrong_in_sentences_is_told_at_its_line(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    told = _copied(client)
    place = _narrative(told)
    told[place] = "Một dòng.\n{{ admited }}"
    page = unescape(_do(client, COPY, told, "save").content.decode())
    fault = re.search(rf'id="{place}-fault".*?</div>', page, re.S)
    assert fault is not None
    assert "2" in fault[0]
    assert "admitted" in fault[0]  # what is near


@pytest.mark.parametrize("do", ["save", "preview"])
def test_a_group_that_there_is_not_is_told_at_its_line_with_those_that_are(
    planned: World, at_desk: Client, do: str
) -> None:
    client = sit_down(at_desk, planned.clerk)
    told = _copied(client)
    place = _narrative(told)
    told[place] = 'Một dòng.\n{{ figure("admitted[sex=x]") }}'
    page = unescape(_do(client, COPY, told, do).content.decode())
    fault = re.search(rf'id="{place}-fault".*?</div>', page, re.S)
    assert fault is not None
    assert "Dòng 2: sex không có nhóm x. Chọn một trong: sex=male, sex=female." in fault[0]
    assert '<article class="document' not in page
    assert not DefinitionVersion.objects.exists()


def test_sections_and_parts_are_moved_about(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    told = _copied(client)
    first, second = told["s1-heading-vi"], told["s2-heading-vi"]
    moved = Fields(_do(client, COPY, told, "down:1").content.decode()).told
    assert (moved["s1-heading-vi"], moved["s2-heading-vi"]) == (second, first)
    n = int(told["sections"])
    added = Fields(_do(client, COPY, told, "add").content.decode()).told
    assert int(added["sections"]) == n + 1
    added = Fields(_do(client, COPY, added, f"add:{n}:table").content.decode()).told
    assert added[f"s{n}-p0-is"] == "table"
    gone = Fields(_do(client, COPY, added, f"drop:{n}:0").content.decode()).told
    assert gone[f"s{n}-parts"] == "0"
    gone = Fields(_do(client, COPY, gone, f"drop:{n}").content.decode()).told
    assert gone["sections"] == told["sections"]
    for nonsense in ("up:99", "drop:0:99", "add:99:table", "add:0:nonsense", "anything"):
        assert _do(client, COPY, told, nonsense).status_code == 200


def test_the_preview_is_of_the_unit_and_period_asked_for(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    told = _copied(client) | {"of-unit": "CY", "of-period": "2018-9M"}
    page = _do(client, COPY, told, "preview").content.decode()
    assert '<article class="document' in page
    assert "unit=CY&amp;period=" in page
    assert "{{ admitted | counted }}" in unescape(page)


def test_the_preview_says_why_it_can_t_be_printed(planned: World, at_desk: Client) -> None:
    client = sit_down(at_desk, planned.clerk)
    told = _copied(client)
    told[_narrative(told)] = "{{ admitted + 1 }}"
    page = _do(client, COPY, told, "preview").content.decode()
    assert '<article class="document' not in page
    assert 'role="status"' in page


@pytest.mark.parametrize("login", ["lanhdao", "phutrach"])
def test_others_read_and_do_not_edit(planned: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    page = client.get(reverse("desk:reports-definition", args=[REPORT])).content.decode()
    assert "{{ admitted" in unescape(page)
    assert COPY not in page
    assert client.get(COPY).status_code == 403


@pytest.mark.parametrize("login", ["bientap", "quantri"])
def test_editors_and_administrators_see_none(planned: World, at_desk: Client, login: str) -> None:
    client = sit_down(at_desk, login)
    for url in (LIST, COPY, reverse("desk:reports-definition", args=[REPORT])):
        assert client.get(url).status_code == 403


def test_a_preview_shows_no_other_unit(planned: World, at_desk: Client) -> None:
    """A unit out of sight gives way to the login's own."""
    client = sit_down(at_desk, planned.colleague)
    told = _copied(client) | {"of-unit": "TX"}
    assert "unit=TX" not in _do(client, COPY, told, "preview").content.decode()
