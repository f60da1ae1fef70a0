"""Acts on logins: create one. What a login may do is told by its appointments."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from giaoban.journal.writing import Recorder, open_journal
from giaoban.people import scope
from giaoban.people.errors import LoginNameRefused, LoginTaken
from giaoban.people.models import Login

LONGEST = 150  # as long as the journal's lines have room for


def create_login(name: str, *, by: Recorder, password: str | None = None) -> str:
    """Create a login, and return its name as it is kept; without a password nobody signs in yet.

    No entry is made: a login may do nothing until it is appointed, and that is one. Raises
    ``LoginNameRefused``, ``LoginTaken`` (Hanoi and hanoi are one), ``NotAnAppointer``.
    """
    with open_journal(by) as journal:
        scope.require_login_maker(by.name, on=by.today, known=journal.number)
        kept = _readable(name)
        if Login.objects.filter(username__iexact=kept).exists():
            raise LoginTaken(login=kept)
        Login.objects.create_user(kept, password=password)
        return kept


def _readable(name: str) -> str:
    kept = Login.normalize_username(name)
    try:
        Login.username_validator(kept)
    except ValidationError as refused:
        raise LoginNameRefused(login=name) from refused
    if len(kept) > LONGEST:
        raise LoginNameRefused(login=name)
    return kept
