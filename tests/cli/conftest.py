"""What the tests of the commands share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from tests.cli.calling import Office


@pytest.fixture
def office(capsys: pytest.CaptureFixture[str], settings: Any) -> Iterator[Office]:
    """The office in English, whose texts are those in the source."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield Office(capsys, "chuyenvien")
