"""The demonstration's books with its site, made once for a state of the sources."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from giaoban import database
from giaoban.cli import demonstration
from giaoban.portal.demonstration.command import demonstrate
from tests.cli.test_demonstration import MADE_FROM
from tests.conftest import _ensure, _name, pointed_at

SITE_FROM = (*MADE_FROM, "giaoban/portal/**/*.py", "giaoban/portal/demonstration/data/*.toml")


@pytest.fixture(scope="module")
def shown(
    cluster: database.Cluster, template: str, django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
) -> Iterator[None]:  # fmt: skip
    """A database with the site; nobody here changes it but by loading it again."""
    media = override_settings(MEDIA_ROOT=str(cluster.home / "site-media"))
    with django_db_blocker.unblock(), media:
        books = _ensure(cluster, _name("books", MADE_FROM), demonstration.play, template)
        name = _ensure(cluster, _name("site", SITE_FROM), demonstrate, books)
        with pointed_at(cluster, name):
            yield
