"""``giaoban portal``: each of its parts explains itself."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from giaoban.portal.pages.management.commands.portal import WHAT


@pytest.mark.parametrize("words", [(), *((what,) for what in WHAT)])
def test_it_explains_itself(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("portal", *words, "--help")
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(what in said for what in words or WHAT)
