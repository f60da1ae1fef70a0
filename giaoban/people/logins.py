"""Acts on logins: create one, give it a password, close and open it. What a login may do is told by
its appointments; who did what to it stands in ``LoginChange``."""

from __future__ import annotations

import secrets

from django.apps import apps
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from giaoban.journal.writing import Recorder, open_journal
from giaoban.people import scope
from giaoban.people.errors import FirstPasswordKept, LoginNameRefused, LoginTaken, LoginUnknown
from giaoban.people.models import Login, LoginChange

LONGEST = 150  # as long as the journal's lines have room for
# No two signs that look alike on paper; five groups of four are 98 bits.
_SIGNS = "abcdefghijkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 5, 4


def first_password() -> str:
    """A password to be printed and handed over, good until the first sign-in."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(_GROUP)) for _ in range(_GROUPS))


def create_login(
    name: str, *, by: Recorder, password: str | None = None, must_change: bool = False
) -> str:
    """Create a login, and return its name as it is kept; without a password nobody signs in yet.

    With ``must_change`` the password is good for one sign-in. No entry is made: a login may do
    nothing until it is appointed, and that is one. Raises ``LoginNameRefused``, ``LoginTaken``
    (Hanoi and hanoi are one), ``NotAnAppointer``.
    """
    with open_journal(by) as journal:
        scope.require_login_maker(by.name, on=by.today, known=journal.number)
        kept = _readable(name)
        if Login.objects.filter(username__iexact=kept).exists():
            raise LoginTaken(login=kept)
        Login.objects.create_user(kept, password=password, must_change_password=must_change)
        _note(kept, LoginChange.What.CREATED, by)
        return kept


def set_password(login: str, password: str, *, by: Recorder) -> None:
    """Give a login a new first password, which must be changed at the next sign-in; its sessions
    end. Raises as ``scope.require_their_administrator``, and ``LoginUnknown``."""
    with open_journal(by) as journal:
        theirs = _in_their_hands(login, by, journal.number)
        theirs.set_password(password)
        theirs.must_change_password = True
        theirs.save(update_fields=["password", "must_change_password"])
        _note(login, LoginChange.What.PASSWORD_GIVEN, by)


def choose_password(password: str, *, by: Recorder) -> None:
    """Let a login choose its own password. Raises ``LoginUnknown``, ``FirstPasswordKept`` where
    it is the one that was in use."""
    with open_journal(by):
        own = _login(by.name)
        if check_password(password, own.password):
            raise FirstPasswordKept(login=by.name)
        own.set_password(password)
        own.must_change_password = False
        own.save(update_fields=["password", "must_change_password"])
        _note(by.name, LoginChange.What.PASSWORD_CHOSEN, by)


def deactivate_login(login: str, *, by: Recorder) -> None:
    """Let a login sign in no more; its sessions end, its appointments and lines in the journal
    stay. Raises as ``set_password``. A second time nothing happens."""
    _switch(login, by, active=False)


def activate_login(login: str, *, by: Recorder) -> None:
    """Let a login sign in again. Raises as ``set_password``. A second time nothing happens."""
    _switch(login, by, active=True)


def drop_second_step(login: str, *, by: Recorder) -> None:
    """Take code app, passkeys and recovery codes from a login whose phone is lost: the password
    alone signs in until they are set up anew. Raises as ``set_password``."""
    with open_journal(by) as journal:
        theirs = _in_their_hands(login, by, journal.number)
        # The sign-in library's table; the office's own commands do without the library.
        dropped, _tables = (
            apps.get_model("mfa", "Authenticator").objects.filter(user=theirs).delete()
        )
        if dropped:
            _note(login, LoginChange.What.SECOND_STEP_DROPPED, by)


def _switch(login: str, by: Recorder, *, active: bool) -> None:
    with open_journal(by) as journal:
        theirs = _in_their_hands(login, by, journal.number)
        if theirs.is_active != active:
            theirs.is_active = active
            theirs.save(update_fields=["is_active"])
            what = LoginChange.What.REOPENED if active else LoginChange.What.CLOSED
            _note(login, what, by)


def _in_their_hands(login: str, by: Recorder, known: int) -> Login:
    scope.require_their_administrator(by.name, login, on=by.today, known=known)
    return _login(login)


def _login(name: str) -> Login:
    found = Login.objects.filter(username=name).first()
    if found is None:
        raise LoginUnknown(login=name)
    return found


def _note(login: str, what: LoginChange.What, by: Recorder) -> None:
    LoginChange.objects.create(login_name=login, at=by.at, what=what, by=by.name)


def _readable(name: str) -> str:
    kept = Login.normalize_username(name)
    try:
        Login.username_validator(kept)
    except ValidationError as refused:
        raise LoginNameRefused(login=name) from refused
    if len(kept) > LONGEST:
        raise LoginNameRefused(login=name)
    return kept
