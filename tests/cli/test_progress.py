"""Whatever takes over a second shows on a terminal that it goes on; into a file it says nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from rich.console import Console

from giaoban.cli.management.commands import setup
from giaoban.terminal import office as office_floor
from giaoban.terminal.office import progress_bar, while_working
from tests.cli.calling import Office
from tests.world import World


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is written to standard error, which is a terminal here."""
    written = io.StringIO()

    def console(*args: Any, stderr: bool = False, **more: Any) -> Console:
        if stderr:
            return Console(file=written, force_terminal=True, width=120)
        return Console(*args, **more)

    monkeypatch.setattr(office_floor, "Console", console)
    return written


def test_a_bar_tells_how_far_it_is(terminal: io.StringIO) -> None:
    with progress_bar("Đang ghi", 4) as advance:
        advance(3)
    said = terminal.getvalue()
    assert "Đang ghi" in said
    assert "3/4" in said


def test_a_sign_of_life(terminal: io.StringIO) -> None:
    with while_working("Đang tính"):
        pass
    assert "Đang tính" in terminal.getvalue()


def test_nothing_into_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar("Đang ghi", 4) as advance, while_working("Đang tính"):
        advance(4)
    told = capsys.readouterr()
    assert told.out == told.err == ""


ASKED = ("2018", "--unit", "CY", "--tree", "31/12/2018")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Counting", ("report", *ASKED)),
        ("Counting", ("statement", *ASKED)),
        ("Counting", ("breakdown", *ASKED)),
        ("Tracing", ("trace", *ASKED)),
    ],
)
def test_questions_show_it(
    world: World, office: Office, terminal: io.StringIO, title: str, words: tuple[str, ...]
) -> None:
    world.member("CY1")
    office.say(*words)
    assert title in terminal.getvalue()
    assert title not in office.say(*words)


def test_setting_up_shows_it(
    office: Office, terminal: io.StringIO, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.EMBEDDED = False
    monkeypatch.setattr(setup.setting_up, "migrate_and_grant", lambda: None)
    monkeypatch.setattr(setup.name_keys, "outdated", lambda: False)
    call_command("setup")
    assert "Setting up the database" in terminal.getvalue()
