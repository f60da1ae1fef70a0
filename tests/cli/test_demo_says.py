"""What the demonstration tells at its end: where the desk and the site are."""

from __future__ import annotations

import pytest

from giaoban.cli.management.commands import demo


def test_it_says_where_desk_and_site_are(capsys: pytest.CaptureFixture[str]) -> None:
    demo._say_desk(9000)
    demo._say_portal(9001)
    said = capsys.readouterr().out
    assert "http://127.0.0.1:9000/?unit=" in said
    # The very address at which the tests of the portal's demonstration read the article.
    assert "http://127.0.0.1:9001/chinh-tri/ket-nap-dang-vien-chin-thang-2018/" in said
    assert "http://127.0.0.1:9001/bien-tap/" in said
    for login in demo.LOGINS:
        assert login in said
