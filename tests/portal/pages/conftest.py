"""A newspaper for each test, its pictures and files in a folder of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.portal.pages.newspaper import Newspaper, lay_out


@pytest.fixture
def paper(db: None, tmp_path: Path, settings: Any) -> Newspaper:
    """The site, empty."""
    settings.MEDIA_ROOT = tmp_path
    return lay_out()
