"""Nothing of a member outside a login's units comes out of any address of the desk; and what every
page must carry, refuse and leave out."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from giaoban.desk import door
from giaoban.people import scope
from giaoban.people.models import Login
from giaoban.people.sight import in_sight
from giaoban.units.models import Unit
from giaoban.units.queries import unit_by_code
from tests.desk.conftest import sit_down
from tests.desk.crawling import (
    PLANTED,
    ROLES,
    Planted,
    addresses,
    crawl,
    hidden_from,
    patterns,
    plant,
    text_of,
)
from tests.world import World

# What a stranger may ask for without being sent to sign in.
FOR_STRANGERS = {"healthz", "account_login", "account_inactive", "mfa_login_webauthn",
                 "set_language"}  # fmt: skip

# What a document that is a page by itself says of what it may load.
OWN_POLICY = "default-src 'none'"


@pytest.fixture
def planted(office: World) -> Planted:
    """A member in each of three communes, with all that the desk may say of them."""
    return plant(office)


@pytest.fixture
def browser() -> Client:
    """One that shows a broken page as the server would."""
    return Client(raise_request_exception=False)


class Loose(HTMLParser):
    """What a strict policy would stop: scripts, styles and handlers in the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "style" or (
            tag == "script" and "src" not in told and told.get("type") != "application/json"
        ):
            self.found.append(f"<{tag}>")
        for name, value in told.items():
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}")
            if name in ("href", "src", "action") and (value or "").startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
            if name == "src" and (value or "").startswith(("http:", "https:", "//")):
                self.found.append(f"{tag} from elsewhere")


def faults(answer: Any, hidden: list[str]) -> list[str]:
    """What is wrong with an answer: it breaks, shows a hidden name, or is loose in its policy."""
    said, heads = text_of(answer), answer.headers
    found = [name for name in hidden if name in said]
    if answer.status_code >= 500:
        found.append("breaks")
    policy = heads.get("Content-Security-Policy", "")
    rules = ("script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
    found += [f"without {rule}" for rule in rules if rule not in policy]
    if "unsafe" in policy:
        found.append("an unsafe policy")
    if heads.get("X-Frame-Options") != "DENY" or heads.get("X-Content-Type-Options") != "nosniff":
        found.append("can be framed or sniffed")
    if "text/html" in heads.get("Content-Type", ""):
        page = answer.content.decode()
        if heads.get("Content-Disposition", "").startswith("attachment"):
            # Taken away as a file, never shown from here: it carries a policy of its own.
            found += [] if OWN_POLICY in page and "<script" not in page else ["a loose file"]
        else:
            found += Loose(page).found
    return found


def crawled(client: Client, planted: Planted, hidden: list[str]) -> list[str]:
    """All that is wrong, with the address where it is."""
    return [
        f"{address.path} {question}: {fault}"
        for address, question, answer in crawl(client, planted)
        for fault in faults(answer, hidden)
    ]


def test_the_walk_finds_the_slices(office: World, planted: Planted) -> None:
    names = {name for name, _route, _converters in patterns()}
    assert {"members", "members-person", "account", "access-log", "search", "healthz"} <= names
    paths = {address.path for address in addresses(planted)}
    assert f"/dang-vien/{planted.persons['TX1']}/" in paths
    assert "/phan-quyen/tai-khoan/lanhdao/" in paths


def test_a_fault_is_found() -> None:
    """The eye of these tests: each thing that it must see, shown to it once."""
    for page in ("<style>", "<script>", '<p style="x">', '<b onclick="x">',
                 '<a href="javascript:x">', '<img src="//x">'):  # fmt: skip
        assert Loose(page).found
    assert not Loose('<script type="application/json">{}</script><script src="/a.js">').found
    answer = HttpResponse(f"<p>{PLANTED['TX1'].replace('Kín', '<b>Kín</b>')}", status=500)
    found = faults(answer, [PLANTED["TX1"]])
    assert {PLANTED["TX1"], "breaks", "can be framed or sniffed"} <= set(found)


def test_hidden_is_what_the_appointments_say(office: World, planted: Planted) -> None:
    assert hidden_from(office.clerk) == []
    assert hidden_from("dongnghiep") == hidden_from("phutrach") == [PLANTED["TX1"], PLANTED["NL"]]
    assert hidden_from("lanhdao") == [PLANTED["NL"]]
    assert hidden_from("quantri") == hidden_from("bientap") == list(PLANTED.values())


def test_who_may_see_them_finds_all(office: World, planted: Planted, browser: Client) -> None:
    """Or the tests below could not fail: the clerk of everything is shown every name."""
    sit_down(browser, office.clerk)
    seen: dict[str, set[str]] = defaultdict(set)
    wrong = []
    for address, question, answer in crawl(browser, planted):
        said = text_of(answer)
        wrong += [f"{address.path} {question}: {fault}" for fault in faults(answer, [])]
        for name in PLANTED.values():
            if name in said:
                seen[name].add(address.name)
    for name in PLANTED.values():
        assert {"members", "members-person", "members-export", "search", "access-log"} <= seen[name]
    assert wrong == []


@pytest.mark.parametrize("login", [*ROLES[1:], "nguoila"])
def test_no_address_shows_a_member_out_of_sight(
    office: World, planted: Planted, browser: Client, login: str
) -> None:
    sit_down(browser, login)
    assert crawled(browser, planted, hidden_from(login)) == []


@pytest.mark.parametrize("login", ["dongnghiep", "phutrach", "quantri"])
def test_nor_does_what_is_posted(
    office: World, planted: Planted, browser: Client, login: str
) -> None:
    sit_down(browser, login)
    hidden, found = hidden_from(login), []
    for address in addresses(planted):
        for unit in ("TX1", "NL"):
            if not address.first and unit == "NL":
                continue
            told = {"unit": unit, "person": planted.persons[unit], "to": unit, "key": "k",
                    "step": "record", "on": "05/03/2018", "reason": "x"}  # fmt: skip
            said = text_of(browser.post(address.path, told))
            found += [f"{address.path} {unit}: {name}" for name in hidden if name in said]
        if "_auth_user_id" not in browser.session:
            sit_down(browser, login)
    assert found == []


def let_everything_through(patch: pytest.MonkeyPatch) -> None:
    """The code checks no scope any more; the database's setting stays the login's own."""
    own, everything = scope.units_in_sight, frozenset(Unit.objects.values_list("pk", flat=True))
    patch.setattr(scope, "units_in_sight", lambda *a, **k: everything)
    patch.setattr(scope, "units_in_charge", lambda login, units, **k: set(units))
    patch.setattr(door.Sitting, "unit", lambda _self, code: unit_by_code(code))

    def as_the_login(_units: Any, login: str = "", *, documents: Any) -> Any:
        mine, cited = (
            own(login, on=date(2030, 1, 1), known=2**62, roles=roles)
            for roles in (scope.READS, scope.CITES)
        )
        return in_sight(mine, login, documents=cited)

    patch.setattr(door, "in_sight", as_the_login)


@pytest.mark.parametrize("login", ["lanhdao", "dongnghiep"])
def test_the_database_alone_keeps_them_out_of_sight(
    office: World, planted: Planted, browser: Client, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    hidden = hidden_from(login)
    sit_down(browser, login)
    outside = reverse("desk:members"), {"unit": "NL"}
    assert browser.get(*outside).status_code == 404
    let_everything_through(monkeypatch)
    assert hidden_from(login) == []  # as the code now believes
    assert browser.get(*outside).status_code == 200
    shown = [fault for fault in crawled(browser, planted, hidden) if "breaks" not in fault]
    assert shown == []


def test_a_stranger_is_sent_to_sign_in(office: World, planted: Planted, client: Client) -> None:
    elsewhere = []
    for address in addresses(planted):
        for answer in (client.get(address.path), client.post(address.path)):
            said = text_of(answer)
            assert not any(name in said for name in PLANTED.values())
            to_sign_in = answer.status_code == 302 and answer.url.startswith("/tai-khoan/dang-nhap")
            # A form's own address answers nothing but what is posted.
            refused = answer.status_code == 405 and not answer.content
            if address.name not in FOR_STRANGERS and not (to_sign_in or refused):
                elsewhere.append((address.path, answer.status_code, answer.headers.get("Location")))
    assert elsewhere == []
    assert client.get("/khong-co/").url == reverse("account_login")


def test_nothing_is_posted_from_elsewhere(office: World, planted: Planted) -> None:
    """Without our own token every address refuses, and says so in the look."""
    browser = Client(enforce_csrf_checks=True)
    sit_down(browser, office.clerk)
    for address in addresses(planted):
        assert browser.post(address.path, {"unit": "CY1"}).status_code == 403, address.path
    page = browser.post(reverse("account_change_password")).content.decode()
    assert 'class="leaf' in page
    assert "_auth_user_id" in browser.session


def test_cookies_are_out_of_reach(office: World, client: Client) -> None:
    login = Login.objects.get(username=office.clerk)
    login.set_password("một câu thật dài 2018")
    login.save()
    told = {"login": office.clerk, "password": "một câu thật dài 2018"}
    client.get(reverse("account_login"))
    client.post(reverse("account_login"), told)
    client.get(reverse("desk:account"))
    for name in ("sessionid", "csrftoken"):
        cookie = client.cookies[name]
        assert cookie["httponly"], name
        assert cookie["samesite"] in ("Lax", "Strict")
    assert not client.cookies["sessionid"]["max-age"]  # gone with the browser
    before = client.session.session_key
    client.post(reverse("account_logout"))
    client.cookies["sessionid"] = before
    assert client.get(reverse("desk:account")).status_code == 302


def test_too_much_is_refused(office: World, browser: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    sit_down(browser, office.clerk)
    for told in ({"name": "a" * 20_000}, {f"f{n}": "1" for n in range(60)}):
        answer = browser.post(reverse("desk:access-create"), told)
        assert answer.status_code == 400
        assert 'class="leaf' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("vi", {400: "Không đọc được yêu cầu", 403: "không mở cho tài khoản này",
                404: "ngoài phạm vi phụ trách", 429: "Thử quá nhiều lần",
                500: "Máy chủ chưa trả lời"}),
        ("en", {400: "could not be read", 403: "not open to this login",
                404: "out of scope", 429: "Too many tries", 500: "did not answer"}),
    ],
)  # fmt: skip
def test_error_pages(
    office: World, browser: Client, monkeypatch: pytest.MonkeyPatch, language: str,
    said: dict[int, str],
) -> None:  # fmt: skip
    from django.test import RequestFactory
    from django.utils import translation

    from giaoban.desk import refusing
    from giaoban.desk.signing_in import views

    browser.cookies["django_language"] = language
    sit_down(browser, "bientap")

    def told(answer: Any, status: int) -> None:
        page = answer.content.decode()
        assert answer.status_code == status
        assert said[status] in page
        assert f'lang="{language}"' in page
        assert 'class="leaf' in page

    told(browser.get(reverse("desk:members")), 403)
    told(browser.get("/dang-vien/khong-co/"), 404)
    for error, status in ((SuspiciousOperation("x"), 400), (ZeroDivisionError("bí mật"), 500)):

        def fail(*args: Any, error: Exception = error, **kwargs: Any) -> None:
            raise error

        monkeypatch.setattr(views, "security_of", fail)
        answer = browser.get(reverse("desk:account"))
        told(answer, status)
        assert "bí mật" not in answer.content.decode()
        assert "Traceback" not in answer.content.decode()
    with translation.override(language):
        told(refusing.too_many(RequestFactory().get("/")), 429)


def test_a_broken_page_is_said_with_a_code_that_is_in_the_log(
    office: World,
    browser: Client,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    from giaoban.desk.signing_in import views

    monkeypatch.setattr(views, "charges", None)
    sit_down(browser, office.clerk)
    page = browser.get(reverse("desk:account")).content.decode()
    code = re.search(r"\b[0-9a-f]{6}\b", re.sub(r"<[^>]+>", " ", page))
    assert code is not None
    assert code[0] in caplog.text
