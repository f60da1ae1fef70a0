"""The portal's tests run with the portal's settings: ``pytest --ds giaoban.portal.settings``."""

from __future__ import annotations

import pytest
from django.conf import settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Say so where they are run with others, in place of a hundred puzzling failures."""
    if not settings.ROOT_URLCONF.startswith("giaoban.portal"):
        raise pytest.UsageError("tests/portal: pytest --ds giaoban.portal.settings tests/portal")
