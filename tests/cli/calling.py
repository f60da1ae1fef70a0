"""Calling the office's commands in this process, in English, and reading what they say."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from giaoban.journal.queries import AsOf, head
from giaoban.ledger.accounts import Account
from giaoban.ledger.queries import standings
from giaoban.units.queries import lives


def now() -> AsOf:
    """The end of today, by all that is recorded."""
    return AsOf(date.today(), head().number)


def place(person: int) -> list[tuple[str, Account]]:
    """Where somebody stands today: the codes of units, with the standing in each."""
    units = lives(None, now())
    return [(units[p.unit].code, p.account) for p in standings([person], now())]


class Office:
    """Says a command as on the command line and gives what it printed."""

    def __init__(self, capsys: pytest.CaptureFixture[str], login: str) -> None:
        self.capsys, self.login = capsys, login

    def say(self, *words: str) -> str:
        """What a command that is carried out prints."""
        self.capsys.readouterr()
        call_command(*map(str, words))
        return self.capsys.readouterr().out

    def act(self, *words: object, login: str | None = None) -> str:
        """The same for ``giaoban act``, as the clerk."""
        return self.say("act", *map(str, words), "--as", login or self.login)

    def done(self, *words: object, login: str | None = None) -> dict[str, Any]:
        """What an act came to, read from its JSON."""
        told = json.loads(self.act(*words, "--format", "json", login=login))
        assert isinstance(told, dict)
        return told

    def refused(self, *words: object, code: int = 1) -> str:
        """Why a command is refused, with this exit code; nothing is printed as if it were done."""
        with pytest.raises(CommandError) as refusal:
            self.say(*map(str, words))
        assert refusal.value.returncode == code
        return str(refusal.value)

    def refused_act(self, *words: object, login: str | None = None) -> str:
        """Why an act is refused."""
        return self.refused("act", *words, "--as", login or self.login)
