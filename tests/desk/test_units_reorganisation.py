"""Reorganisations at the desk: step by step, rehearsed, recorded once, by who is in charge."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from giaoban.desk.models import ReorganisationDraft
from giaoban.desk.sheets import as_xlsx
from giaoban.journal.models import Entry
from giaoban.journal.queries import AsOf, head
from giaoban.ledger.queries import roster
from giaoban.people import scope
from giaoban.people.models import Access
from giaoban.people.sight import in_sight
from giaoban.units.queries import lives, tree_on, unit_by_code
from tests.desk.conftest import sit_down
from tests.world import World

DAY = date(2018, 6, 1)
PAPER = {
    "basis_number": "12-QĐ/HU", "basis_on": "01/06/2018", "basis_issuer": "Huyện ủy Thạch Thất",
    "basis_title": "", "on": "", "note": "",
}  # fmt: skip


@pytest.fixture
def clerk(office: World, at_desk: Client) -> Client:
    office.member("CY1", name="Bùi Thị Bình")
    office.member("CY1", name="Đinh Văn Khải")
    office.member("CY2", name="Quách Văn Tảo")
    return sit_down(at_desk, office.clerk)


def _begin(client: Client, verb: str, **fields: str) -> Any:
    return client.post(f"/to-chuc/sap-xep/{verb}/", {**PAPER, **fields})


def _begun(client: Client, verb: str, **fields: str) -> str:
    """The address of the step after the first."""
    response = _begin(client, verb, **fields)
    assert response.status_code == 302, re.findall(r'fault".*?</div>', _page(response))
    return str(response["Location"])


def _page(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def _known() -> AsOf:
    return AsOf(date(2018, 12, 31), head().number)


def _roster(office: World, code: str) -> list[int]:
    """Who stands in a unit's own book by now."""
    with in_sight(scope.units_in_sight(office.clerk, on=DAY, known=2**62) | {unit_by_code(code)}):
        return [place.person for place in roster([unit_by_code(code)], _known())]


def _record(client: Client, url: str) -> Entry:
    before = head().number
    response = client.post(url)
    assert response.status_code == 302, _page(response)
    assert response["Location"].endswith("/da-ghi/")
    assert head().number == before + 1
    return Entry.objects.get(pk=head().number)


def test_a_merger_is_shown_before_and_after_and_recorded_at_the_end(
    office: World, clerk: Client
) -> None:
    before = head().number
    url = _begun(clerk, "sap-nhap", source_1="CY1", into="Chi bộ thôn 2")
    page = _page(clerk.get(url))
    assert "3 = 3" in page
    old, new = page.split('class="turn"', 1)[1].split("</section>", 1)[0].split("<h3>")[1:]
    assert "<del>Chi bộ thôn 1</del>" in old
    assert "Chi bộ thôn 1" not in new
    assert "(+2)" in new
    assert head().number == before, "nothing is recorded by looking"
    entry = _record(clerk, url)
    assert entry.basis is not None
    assert entry.basis.number == "12-QĐ/HU"
    assert entry.effective_on == DAY
    assert len(_roster(office, "CY2")) == 3
    told = _page(clerk.get(url, follow=True))
    assert "/to-chuc/CY2/" in told


def test_recorded_twice_it_stands_in_the_journal_once(office: World, clerk: Client) -> None:
    url = _begun(clerk, "sap-nhap", source_1="CY1", into="CY2")
    _record(clerk, url)
    number = head().number
    again = clerk.post(url)
    assert again.status_code == 302
    assert head().number == number
    # Even where the second try did not see that the first was done.
    draft = ReorganisationDraft.objects.get()
    told = {"fields": {**PAPER, "source_1": "CY1", "into": "CY2"}}
    ReorganisationDraft.objects.filter(pk=draft.pk).update(entry_number=None, told=told)
    assert clerk.post(url).status_code == 302
    assert head().number == number
    assert ReorganisationDraft.objects.get().entry_number == number


def test_the_first_step_sent_twice_begins_one_draft(office: World, clerk: Client) -> None:
    page = _page(clerk.get("/to-chuc/sap-xep/doi-ten/"))
    [number] = re.findall(r'name="draft" value="([^"]+)"', page)
    fields = {"unit": "CY1", "name": "Chi bộ Đồng Vàng", "draft": number}
    first = _begun(clerk, "doi-ten", **fields)
    assert _begun(clerk, "doi-ten", **fields) == first
    assert ReorganisationDraft.objects.count() == 1
    _record(clerk, first)
    recorded = head().number
    again = _begun(clerk, "doi-ten", **fields)
    assert again.endswith("/da-ghi/")
    assert head().number == recorded
    # Somebody else's draft is not opened by its number.
    sit_down(clerk, office.colleague)
    assert number not in _begun(clerk, "doi-ten", **fields)


def test_a_unit_is_founded_with_a_code_from_its_name(office: World, clerk: Client) -> None:
    url = _begun(
        clerk, "thanh-lap", name="Chi bộ Trạm Y tế", kind="party-cell", parent="CY", code="",
        sector="",
    )  # fmt: skip
    assert "<ins>Chi bộ Trạm Y tế</ins>" in _page(clerk.get(url))
    _record(clerk, url)
    unit = unit_by_code("CHI-BO-TRAM-Y-TE")
    assert tree_on(_known()).children(office.unit("CY")).tolist() == [
        office.unit("CY1"), office.unit("CY2"), unit,
    ], "behind those that were there"  # fmt: skip


def test_a_unit_is_renamed(office: World, clerk: Client) -> None:
    url = _begun(clerk, "doi-ten", unit="CY1", name="Chi bộ Đồng Vàng")
    page = _page(clerk.get(url))
    assert "<ins>Chi bộ Đồng Vàng</ins>" in page
    _record(clerk, url)
    assert lives([office.unit("CY1")], _known())[office.unit("CY1")].name == "Chi bộ Đồng Vàng"


def test_a_unit_is_moved(office: World, clerk: Client) -> None:
    url = _begun(clerk, "chuyen-giao", unit="CY1", parent="TX")
    page = _page(clerk.get(url))
    assert "<ins>Chi bộ thôn 1</ins>" in page
    assert "3 = 3" in page
    _record(clerk, url)
    assert tree_on(_known()).children(office.unit("TX")).tolist() == [
        office.unit("TX1"), office.unit("CY1"),
    ]  # fmt: skip


def test_an_empty_unit_is_closed_and_one_with_members_refused_beside_its_field(
    office: World, clerk: Client
) -> None:
    refused = _begin(clerk, "giai-the", unit="CY1")
    assert refused.status_code == 422
    assert 'id="id_unit_error"' in _page(refused)
    assert 'value="CY1"' in _page(refused)
    url = _begun(clerk, "giai-the", unit="TX1")
    _record(clerk, url)
    assert tree_on(_known()).position(office.unit("TX1")) < 0


def test_several_are_united_into_a_new_one(office: World, clerk: Client) -> None:
    url = _begun(
        clerk, "hop-nhat", source_1="CY1", source_2="CY2", name="Chi bộ thôn 1 và 2", code="CY12",
        kind="party-cell", sector="", parent="CY",
    )  # fmt: skip
    _record(clerk, url)
    assert len(_roster(office, "CY12")) == 3


@pytest.mark.parametrize(
    ("verb", "fields", "field"),
    [
        ("sap-nhap", {"source_1": "CY1", "into": "CY1"}, "into"),
        ("sap-nhap", {"source_1": "Không có", "into": "CY1"}, "source_1"),
        ("sap-nhap", {"source_1": "Chi bộ thôn 1", "into": "CY1"}, "source_1"),
        ("sap-nhap", {"source_1": "CY1", "into": "LD"}, "into"),
        ("chuyen-giao", {"unit": "HU", "parent": "CY"}, "parent"),
        ("doi-ten", {"unit": "CY1", "name": ""}, "name"),
        ("doi-ten", {"unit": "CY1", "name": "X", "on": "31/12/2199"}, "on"),
        ("doi-ten", {"unit": "CY1", "name": "X", "on": "01/01/2009"}, "on"),
        ("doi-ten", {"unit": "CY1", "name": "X", "basis_on": "30/02/2018"}, "basis_on"),
        ("doi-ten", {"unit": "CY1", "name": "X", "basis_number": ""}, "basis_number"),
        ("thanh-lap", {"name": "X", "code": "CY1", "kind": "party-cell", "parent": "CY"}, "code"),
        ("thanh-lap", {"name": "X", "code": "a b", "kind": "party-cell", "parent": "CY"}, "code"),
        ("thanh-lap", {"name": "X", "code": "Y", "kind": "", "parent": "CY"}, "kind"),
        ("chia", {"unit": "CY1", "name_1": "Một mình"}, "name_2"),
        ("tach", {"unit": "CY1"}, "name_1"),
        ("tach", {"unit": "CY1", "name_1": "X", "successor_1": "CY2"}, "successor_1"),
        ("tach", {"unit": "CY1", "successor_1": "CY1"}, "successor_1"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_what_was_typed_is_kept(
    office: World, clerk: Client, verb: str, fields: dict[str, str], field: str
) -> None:
    before = head().number
    refused = _begin(clerk, verb, **fields)
    page = _page(refused)
    assert refused.status_code == 422
    assert f'id="id_{field}_error"' in page
    for value in filter(None, fields.values()):
        assert f'value="{value}"' in page
    assert "Huyện ủy Thạch Thất" in page
    assert head().number == before
    assert not ReorganisationDraft.objects.exists()


def test_more_rows_are_added_without_a_script(office: World, clerk: Client) -> None:
    page = _page(_begin(clerk, "sap-nhap", source_1="CY1", more="1"))
    assert 'name="source_4"' in page
    assert 'value="CY1"' in page
    assert "fault" not in page


def _split(client: Client) -> str:
    return _begun(client, "tach", unit="CY1", name_1="Chi bộ thôn 1B", code_1="CY1B")


def test_a_split_asks_for_a_place_for_everybody(office: World, clerk: Client) -> None:
    url = _split(clerk)
    page = _page(clerk.get(url))
    persons = re.findall(r'name="to-(\d+)"', page)
    assert len(persons) == 2
    refused = clerk.post(url, {"do": "next"})
    assert refused.status_code == 422
    assert "Bùi Thị Bình" in _page(refused)
    assert clerk.post(url, {f"to-{persons[0]}": "CY1B", "do": "save"}).status_code == 302
    kept = _page(clerk.get(url))
    assert 'value="CY1B" selected' in kept
    assert clerk.post(url, {"do": "rest", "bulk_to": "CY1"}).status_code == 302
    response = clerk.post(url, {"do": "next"})
    assert response.status_code == 302
    preview = response["Location"]
    assert "<ins>Chi bộ thôn 1B</ins>" in _page(clerk.get(preview))
    _record(clerk, preview)
    assert _roster(office, "CY1B") == [int(persons[0])]
    assert _roster(office, "CY1") == [int(persons[1])]


def test_rows_chosen_are_placed_together_and_found_by_name(office: World, clerk: Client) -> None:
    url = _split(clerk)
    page = _page(clerk.get(f"{url}?q=dinh"))
    [person] = re.findall(r'name="pick" value="(\d+)"', page)
    assert "Khải" in page
    clerk.post(url, {"do": "picked", "pick": [person, "999999"], "bulk_to": "CY1B"})
    assert ReorganisationDraft.objects.get().told["members"] == {person: "CY1B"}
    assert re.findall(r'name="pick" value="(\d+)"', _page(clerk.get(f"{url}?show=CY1B"))) == [
        person
    ]
    assert person not in re.findall(
        r'name="pick" value="(\d+)"', _page(clerk.get(f"{url}?show=unplaced"))
    )


def test_units_below_are_placed_as_well(office: World, clerk: Client) -> None:
    url = _begun(
        clerk, "chia", unit="CY", name_1="Đảng bộ A", code_1="A", name_2="Đảng bộ B", code_2="B"
    )
    page = _page(clerk.get(url))
    assert 'name="below-CY1"' in page
    refused = _page(clerk.post(url, {"below-CY1": "A", "do": "next"}))
    assert "Chi bộ thôn 2" in refused.split('role="alert"', 1)[1].split("</div></div>", 1)[0]
    preview = clerk.post(url, {"below-CY2": "B", "do": "next"})["Location"]
    _record(clerk, preview)
    assert tree_on(_known()).ancestors(office.unit("CY2"))[1] == unit_by_code("B")


def _upload(client: Client, url: str, rows: list[list[Any]], name: str = "bang.xlsx") -> Any:
    content = as_xlsx("x", ["a", "b", "c", "d", "e", "f"], rows)
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


def test_places_go_out_in_a_spreadsheet_and_come_back(office: World, clerk: Client) -> None:
    url = _split(clerk)
    sheet = url.replace("noi-den", "bang")
    taken = clerk.get(sheet)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(taken.content)).get_sheet_by_index(0)
    _heads, *lines = rows.to_python()
    members = [row for row in lines if row[0]]
    assert len(members) == 2
    assert {row[1] for row in members} == {"Bùi Thị Bình", "Đinh Văn Khải"}
    logged = Access.objects.filter(what=Access.What.EXPORTED, login_name=office.clerk)
    assert {access.person_id for access in logged} == {
        int(str(row[0]).split(".")[0]) for row in members
    }
    filled = [[*row[:5], "cy1b"] for row in members]
    assert _upload(clerk, sheet, filled).status_code == 302
    told = ReorganisationDraft.objects.get().told["members"]
    assert set(told.values()) == {"CY1B"}


def test_faults_of_a_sheet_are_told_row_by_row_and_nothing_is_taken(
    office: World, clerk: Client
) -> None:
    url = _split(clerk)
    sheet = url.replace("noi-den", "bang")
    persons = [int(p) for p in re.findall(r'name="to-(\d+)"', _page(clerk.get(url)))]
    stranger = _roster(office, "CY2")[0]
    rows: list[list[Any]] = [
        [persons[0], "", "", "", "", "CY1B"],
        [persons[1], "", "", "", "", "Sai mã"],
        [stranger, "", "", "", "", "CY1"],
        ["mười", "", "", "", "", "CY1"],
        [persons[0], "", "", "", "", "CY1"],
    ]
    refused = _upload(clerk, sheet, rows)
    assert refused.status_code == 422
    told = _page(refused).split('role="alert"', 1)[1].split("</ul>", 1)[0]
    faults = re.findall(r"<li>(.*?)</li>", told)
    assert len(faults) == 4
    for number, words in ((3, "Sai mã"), (4, str(stranger)), (5, "mười"), (6, str(persons[0]))):
        assert any(re.search(rf"\b{number}\b", fault) and words in fault for fault in faults)
    assert "members" not in ReorganisationDraft.objects.get().told


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"no workbook", b"\xd0\xcf\x11\xe0" + bytes(600), _packed({"a.txt": b"x"}),
        _packed({"xl/workbook.xml": b"<broken"}),
        _packed({"xl/workbook.xml": b"x", "xl/worksheets/sheet1.xml": bytes(70 * 1024 * 1024)}),
        _packed({"xl/workbook.xml": b"x", **{f"p{n}": b"" for n in range(300)}}),
        bytes(6 * 1024 * 1024),
    ],
    ids=["empty", "text", "xls", "zip", "broken", "bomb", "parts", "big"],
)  # fmt: skip
def test_files_that_are_no_list_are_refused(clerk: Client, content: bytes) -> None:
    url = _split(clerk).replace("noi-den", "bang")
    refused = clerk.post(url, {"file": SimpleUploadedFile("bang.xlsx", content)})
    assert refused.status_code == 422
    assert 'role="alert"' in _page(refused)
    assert clerk.post(url).status_code == 422


def test_a_sheet_cannot_name_members_of_others(office: World, at_desk: Client) -> None:
    """Not even by guessing: a number outside the unit is refused without saying who it is."""
    office.member("CY1", name="Bùi Thị Bình")
    stranger = office.member("TX1", name="Quách Thị Xuân")
    sit_down(at_desk, office.colleague)
    url = _begun(at_desk, "tach", unit="CY1", name_1="B", code_1="B").replace("noi-den", "bang")
    refused = _page(_upload(at_desk, url, [[stranger, "", "", "", "", "B"]]))
    assert "Quách" not in refused


def test_only_units_in_ones_charge_can_be_named(office: World, at_desk: Client) -> None:
    sit_down(at_desk, office.colleague)
    refused = _begin(at_desk, "chuyen-giao", unit="CY1", parent="TX")
    assert refused.status_code == 422
    assert "Tiến Xuân" not in _page(refused)
    assert 'id="id_parent_error"' in _page(refused)
    assert "Tiến Xuân" not in _page(at_desk.get("/to-chuc/sap-xep/chuyen-giao/"))
    assert at_desk.get("/to-chuc/sap-xep/?unit=TX1").status_code == 404
    assert at_desk.get("/to-chuc/sap-xep/tach/?unit=TX1").status_code == 404


STEPS = ("", "noi-den/", "bang/", "xem-truoc/", "da-ghi/")


@pytest.mark.parametrize("login", ["phutrach", "lanhdao", "bientap", "quantri", "nguoila"])
def test_who_records_nothing_reorganises_nothing(
    office: World, at_desk: Client, login: str
) -> None:
    sit_down(at_desk, office.clerk)
    url = _split_of(at_desk, office)
    sit_down(at_desk, login)
    assert at_desk.get("/to-chuc/sap-xep/").status_code == 403
    assert _begin(at_desk, "doi-ten", unit="CY1", name="X").status_code == 403
    for step in STEPS:
        assert at_desk.get(url + step).status_code == 403
        assert at_desk.post(url + step).status_code == 403


def _split_of(client: Client, office: World) -> str:
    office.member("CY1", name="Bùi Thị Bình")
    return _split(client).removesuffix("noi-den/")


def test_a_draft_is_its_own_logins_only(office: World, at_desk: Client) -> None:
    sit_down(at_desk, office.clerk)
    url = _split_of(at_desk, office)
    sit_down(at_desk, office.colleague)
    for step in STEPS:
        assert at_desk.get(url + step).status_code == 404
        assert at_desk.post(url + step).status_code == 404
    assert at_desk.post(f"{url}bo/").status_code == 404
    assert "Chi bộ thôn 1" not in _page(at_desk.get("/to-chuc/sap-xep/"))


def test_a_draft_is_found_again_changed_and_thrown_away(office: World, clerk: Client) -> None:
    url = _split(clerk).removesuffix("noi-den/")
    assert url in _page(clerk.get("/to-chuc/sap-xep/"))
    assert 'value="Chi bộ thôn 1B"' in _page(clerk.get(url))
    changed = {**PAPER, "unit": "CY1", "name_1": "Chi bộ khác", "code_1": "CY1C"}
    assert clerk.post(url, changed).status_code == 302
    assert "Chi bộ khác" in _page(clerk.get(f"{url}noi-den/"))
    assert clerk.post(f"{url}bo/").status_code == 302
    assert not ReorganisationDraft.objects.exists()


def test_what_others_recorded_meanwhile_refuses_the_last_step(office: World, clerk: Client) -> None:
    first = _begun(clerk, "sap-nhap", source_1="CY1", into="CY2")
    other = _begun(clerk, "doi-ten", unit="CY1", name="Khác")
    _record(clerk, first)
    refused = clerk.post(other)
    assert refused.status_code == 422
    assert "Chi bộ thôn 2" in _page(refused), "the successor is named"
    assert ReorganisationDraft.objects.filter(entry_number=None).count() == 1


def test_somebody_who_came_meanwhile_has_to_be_placed(office: World, clerk: Client) -> None:
    url = _split(clerk)
    clerk.post(url, {"do": "rest", "bulk_to": "CY1"})
    preview = clerk.post(url, {"do": "next"})["Location"]
    office.member("CY1", name="Hoàng Văn Lâm", on=date(2018, 5, 1))
    refused = clerk.post(preview)
    assert refused.status_code == 422
    assert "Hoàng Văn Lâm" in _page(refused)


@pytest.mark.parametrize("path", ["khong-co/", "tach/00000000-0000-0000-0000-000000000000/"])
def test_what_there_is_not_is_not_found(clerk: Client, path: str) -> None:
    assert clerk.get(f"/to-chuc/sap-xep/{path}").status_code == 404
