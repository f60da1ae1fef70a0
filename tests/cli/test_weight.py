"""What the office's commands carry: not the portal, nor the desk."""

from __future__ import annotations

import subprocess
import sys

import pytest

from giaoban.cli.main import COMMANDS, SETTINGS

HEAVY = ("wagtail", "PIL", "allauth", "csp", "taggit", "giaoban.portal", "giaoban.desk",
         "giaoban.browser")  # fmt: skip
LOADED = """
import sys
import giaoban.cli.main as command
try:
    command.main([sys.argv[1], "--help"])
except SystemExit:
    pass
print("loaded:", *(name for name in sys.argv[2:] if name in sys.modules))
"""


def loaded(command: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, command, *HEAVY], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1].removeprefix("loaded:").split()


@pytest.mark.parametrize("command", ["report", "find", "trace"])
def test_a_command_of_the_office_carries_no_door(command: str) -> None:
    assert loaded(command) == []


def test_a_command_that_does_is_found_out() -> None:
    assert "wagtail" in loaded("portal")
    assert set(COMMANDS) > set(SETTINGS)
