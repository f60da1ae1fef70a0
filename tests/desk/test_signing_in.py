"""Signing in: passwords, too many tries, the second step, codes, sessions, and strangers."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from giaoban.people.actions import appoint_login
from giaoban.people.logins import deactivate_login, set_password
from giaoban.people.models import Login, LoginChange, Role
from tests.desk.conftest import sit_down
from tests.world import FOUNDED, World

PASSWORD = "một câu thật dài 2018"
ANOTHER = "một câu khác cũng dài"


@pytest.fixture(autouse=True)
def _no_tries_yet() -> None:
    cache.clear()


@pytest.fixture
def office(office: World, settings: Any) -> World:
    """Everybody can sign in by the same password."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    for login in Login.objects.all():
        login.set_password(PASSWORD)
        login.save()
    return office


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"login": login, "password": password, **more})


def code_now(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_who_signs_in_comes_to_the_first_page_of_their_own(office: World, client: Client) -> None:
    assert sign_in(client, office.clerk).url == reverse("desk:overview")
    client.logout()
    assert sign_in(client, "quantri").url != reverse("desk:overview")
    assert client.get("/").status_code == 302  # the overview is not theirs: led on
    client.logout()
    assert sign_in(client, office.stranger).url == reverse("desk:account")


def test_no_answer_tells_which_logins_there_are(office: World, client: Client) -> None:
    def told(login: str) -> str:
        page = sign_in(client, login, "sai mật khẩu rồi").content.decode()
        return re.sub(r'value="[^"]*"', "", page)

    assert told(office.clerk) == told("khongcoai")


def test_too_many_tries(office: World, client: Client) -> None:
    for _ in range(5):
        assert "Đăng nhập" in sign_in(client, office.clerk, "sai").content.decode()
    page = sign_in(client, office.clerk).content.decode()  # not even the right one
    assert "Thử quá nhiều lần" in page
    assert "_auth_user_id" not in client.session
    assert sign_in(client, office.colleague).status_code == 302


@pytest.mark.parametrize(
    "next_",
    ["https://xau.example/", "//xau.example/", "javascript:alert(1)", "/\\xau.example",
     "http://127.0.0.1:8001@xau.example/bien-tap/", "http://127.0.0.1:8001.xau.example/bien-tap/"],
)  # fmt: skip
def test_nobody_is_led_elsewhere(office: World, client: Client, next_: str) -> None:
    assert sign_in(client, office.clerk, next=next_).url == "/"
    assert sign_in(client, office.clerk).status_code == 302
    answer = client.post(reverse("account_logout"), {"next": next_})
    assert answer.url == reverse("account_login")


def test_who_signs_in_goes_on_where_they_wanted_to(office: World, client: Client) -> None:
    wanted = reverse("desk:members") + "?q=an"
    asked = client.get(wanted)
    page = client.get(asked.url).content.decode()
    assert 'name="next"' in page
    assert sign_in(client, office.clerk, next=wanted).url == wanted


@pytest.mark.parametrize("path", ["bien-tap/pages/?p=2", "chinh-tri/hop-kin/"])
def test_who_signs_in_to_edit_or_read_goes_on_to_the_portal(
    office: World, client: Client, path: str
) -> None:
    wanted = f"http://127.0.0.1:8001/{path}"
    page = client.get(reverse("account_login"))
    assert "form-action 'self' http://127.0.0.1:8001;" in f"{page['Content-Security-Policy']};"
    assert sign_in(client, office.clerk, next=wanted).url == wanted


def test_nobody_signs_up_or_asks_for_a_password(db: None) -> None:
    for name in (
        "account_signup",
        "account_reset_password",
        "account_email",
        "mfa_signup_webauthn",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name)


@pytest.mark.parametrize(
    ("new", "refused"),
    [
        ("ngắn quá thôi", "ít nhất 14 ký tự"),
        ("12345678901234567", "chữ số"),
        ("chuyenvien-chuyenvien", None),
        ("passwordpassword", None),
        (PASSWORD, "đang dùng"),
        (ANOTHER, ""),
    ],
)
def test_which_passwords_are_taken(
    office: World, client: Client, new: str, refused: str | None
) -> None:
    sit_down(client, office.clerk)
    told = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    answer = client.post(reverse("account_change_password"), told)
    changed = Login.objects.get(username=office.clerk).check_password(new) and new != PASSWORD
    if refused == "":
        assert answer.status_code == 302
        assert changed
        assert client.get(reverse("desk:account")).status_code == 200  # this session goes on
        done = LoginChange.objects.get(login_name=office.clerk)
        assert (done.what, done.by) == (LoginChange.What.PASSWORD_CHOSEN, office.clerk)
    elif refused is not None:
        assert refused in answer.content.decode()
        assert not changed


def test_the_password_in_use_is_asked_for(office: World, client: Client) -> None:
    sit_down(client, office.clerk)
    told = {"oldpassword": "sai mật khẩu rồi", "password1": ANOTHER, "password2": ANOTHER}
    page = client.post(reverse("account_change_password"), told).content.decode()
    assert "không phải mật khẩu đang dùng" in page
    assert Login.objects.get(username=office.clerk).check_password(PASSWORD)


def test_a_first_password_is_changed_before_all_else(office: World, client: Client) -> None:
    set_password(office.stranger, "mat-khau-lan-dau-4", by=office.by(login="quantri"))
    assert sign_in(client, office.stranger, "mat-khau-lan-dau-4").status_code == 302
    change = reverse("account_change_password")
    for name in ("desk:account", "desk:members", "usersessions_list", "mfa_activate_totp"):
        assert client.get(reverse(name)).url == change
    assert "mật khẩu của riêng mình" in client.get(change).content.decode()
    told = {"oldpassword": "mat-khau-lan-dau-4", "password1": ANOTHER, "password2": ANOTHER}
    assert client.post(change, told).status_code == 302
    assert client.get(reverse("desk:account")).status_code == 200


def test_a_new_password_and_a_closed_login_end_sessions(office: World, client: Client) -> None:
    sit_down(client, office.stranger)
    account = reverse("desk:account")
    assert client.get(account).status_code == 200
    set_password(office.stranger, ANOTHER, by=office.by(login="quantri"))
    assert client.get(account).status_code == 302
    sit_down(client, office.stranger)
    deactivate_login(office.stranger, by=office.by(login="quantri"))
    assert client.get(account).url.startswith(reverse("account_login"))
    assert sign_in(client, office.stranger, ANOTHER).url == reverse("account_inactive")
    assert "ngừng dùng" in client.get(reverse("account_inactive")).content.decode()


def test_a_session_left_alone_ends(office: World, client: Client, settings: Any) -> None:
    sit_down(client, office.clerk)
    assert client.get(reverse("desk:account")).status_code == 200
    session = client.session
    ago = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS - 60)
    session["seen"] = int(ago.timestamp())
    session.save()
    assert client.get(reverse("desk:account")).status_code == 200  # and that counts as seen
    session = client.session
    session["seen"] -= settings.SESSION_IDLE_SECONDS + 1
    session.save()
    assert client.get(reverse("desk:account")).status_code == 302
    assert "_auth_user_id" not in client.session


def test_a_second_step(office: World, client: Client) -> None:
    """Turned on after the password was given again; then asked for; a recovery code works once."""
    sit_down(client, office.clerk)
    activate = reverse("mfa_activate_totp")
    again = client.get(activate).url
    assert again.startswith(reverse("account_reauthenticate"))
    assert "Xác nhận" in client.get(again).content.decode()
    assert client.post(again, {"password": PASSWORD, "next": activate}).url == activate
    page = client.get(activate).content.decode()
    secret = client.session["mfa.totp.secret"]
    assert secret in page
    wrong = client.post(activate, {"code": "000000"}).content.decode()
    assert "Mã chưa đúng" in wrong
    secret = client.session["mfa.totp.secret"]
    assert client.post(activate, {"code": code_now(secret)}).status_code == 302
    codes = re.findall(
        r"<code>(\w+)</code>", client.get(reverse("mfa_view_recovery_codes")).content.decode()
    )
    assert len(codes) == 10
    assert client.get(reverse("desk:account")).content.decode().count("10") >= 1
    client.post(reverse("account_logout"))

    step = reverse("mfa_authenticate")
    assert sign_in(client, office.clerk).url == step
    assert client.get(reverse("desk:account")).status_code == 302  # half-way is not in
    assert "Bước thứ hai" in client.get(step).content.decode()
    assert client.post(step, {"code": codes[0]}).url == reverse("desk:overview")
    client.post(reverse("account_logout"))
    sign_in(client, office.clerk)
    assert "Mã chưa đúng" in client.post(step, {"code": codes[0]}).content.decode()
    for _ in range(6):
        page = client.post(step, {"code": "123123"}).content.decode()
    assert "Thử quá nhiều lần" in page


def test_the_second_step_is_not_turned_off_by_whoever_sits_there(
    office: World, client: Client
) -> None:
    login = Login.objects.get(username=office.clerk)
    secret = get_adapter().encrypt("JBSWY3DPEHPK3PXP")
    Authenticator.objects.create(user=login, type="totp", data={"secret": secret})
    sit_down(client, office.clerk)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        assert client.get(reverse(name)).url.startswith(reverse("account_reauthenticate"))
        client.post(reverse(name))
    assert Authenticator.objects.filter(user=login, type="totp").exists()


def test_sessions_are_listed_and_ended(office: World, client: Client) -> None:
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Windows NT 10.0) Firefox/140.0")
    for one in (client, other):
        sign_in(one, office.clerk)
        one.get(reverse("desk:account"))
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Firefox, Windows" in page
    ending = re.search(r"/tai-khoan/phien/\d+/ket-thuc/", page)
    assert ending is not None
    stranger = sit_down(Client(), office.colleague)
    assert stranger.post(ending[0]).status_code == 404
    assert other.get(reverse("desk:account")).status_code == 200
    assert client.get(ending[0]).status_code == 405
    assert client.post(ending[0]).status_code == 302
    assert other.get(reverse("desk:account")).status_code == 302
    sign_in(other, office.clerk)
    assert client.post(reverse("usersessions_list")).status_code == 302
    assert other.get(reverse("desk:account")).status_code == 302
    assert client.get(reverse("desk:account")).status_code == 200
    assert UserSession.objects.filter(user__username=office.clerk).count() == 1


def test_the_own_page(office: World, client: Client) -> None:
    assert client.get(reverse("desk:account")).status_code == 302
    page = sit_down(client, "phutrach").get(reverse("desk:account")).content.decode()
    assert "Chi bộ thôn 1" in page
    assert "phụ trách đơn vị" in page
    nothing = sit_down(client, office.stranger).get(reverse("desk:account")).content.decode()
    assert "chưa phụ trách tổ chức nào" in nothing


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_sheet_is_in_one_language(office: World, client: Client, language: str) -> None:
    """No page of the library's own is left, and none mixes the languages."""
    client.cookies["django_language"] = language
    seen = [client.get(reverse(n)) for n in ("account_login", "account_inactive")]
    sit_down(client, office.clerk)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    names = ("desk:account", "account_change_password", "mfa_activate_totp", "mfa_list_webauthn",
             "mfa_add_webauthn", "usersessions_list", "account_logout")  # fmt: skip
    seen += [client.get(reverse(name)) for name in names]
    foreign = {"vi": ("Sign", "Password", "password", "Change", "Add "),
               "en": ("Đăng nhập", "Mật khẩu", "mật khẩu", "Phiên")}  # fmt: skip
    for answer in seen:
        assert answer.status_code == 200
        page = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.content.decode(), flags=re.S)
        assert [word for word in foreign[language] if word in page] == []


def test_as_many_questions_for_one_session_as_for_three(office: World, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("desk:account")).status_code == 200
        return len(queries)

    sign_in(client, office.clerk)
    asked()
    one = asked()
    for _ in range(2):
        sign_in(Client(), office.clerk)
    appoint_login("lanhdao", office.unit("CY"), Role.LEADER, on=FOUNDED, by=office.by())
    assert asked() == one
    assert "3" in client.get(reverse("desk:account")).content.decode()
