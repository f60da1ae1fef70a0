"""The site: its pages answer, and the tables of the portal stand."""

from __future__ import annotations

import pytest
from django.test import Client


@pytest.mark.django_db
def test_it_answers() -> None:
    assert Client().get("/healthz").content == b"ok"
