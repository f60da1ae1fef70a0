"""The portal's role in the database reaches no person, and no report but what is public of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from giaoban import database
from giaoban.portal.living.models import PublicEdition
from giaoban.portal.living.queries import fates
from giaoban.reports.models import FrozenFigure, Issue, IssuedDocument, Rendition
from tests.portal.living.conftest import Paper

HIDDEN = (
    "people_person", "people_personname", "people_particulars", "people_namekey", "ledger_leg",
    "ledger_legaldate", "ledger_proposal", "plans_target", "journal_note", "reports_frozenfigure",
    "reports_issueddocument", "reports_rendition", "reports_reportdraft", "reports_draftnote",
)  # fmt: skip


@pytest.fixture
def portal_role(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """The default connection is the portal's for one test."""
    default = connections["default"]

    def become(role: str) -> None:
        with django_db_blocker.unblock():
            default.close()
        default.settings_dict["USER"] = role

    become(database.PORTAL_ROLE)
    yield
    become(database.APP_ROLE)


@pytest.fixture
def at_portal(portal_role: None, db: None) -> None:
    """The same in a transaction that is rolled back."""


@contextmanager
def refused() -> Iterator[None]:
    """The database refuses, and the test goes on."""
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        yield


@pytest.mark.parametrize("table", HIDDEN)
def test_it_reads_nobody_and_no_content(at_portal: None, table: str) -> None:
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")


def test_it_reads_what_was_made_public_and_what_became_of_reports(at_portal: None) -> None:
    assert not PublicEdition.objects.exists()
    assert fates([1]) == {}
    assert not Issue.objects.exists()


@pytest.mark.parametrize("table", ["portal_living_publicfigure", "portal_living_publicreport",
                                   "portal_living_correction"])  # fmt: skip
def test_what_is_public_is_never_changed(at_portal: None, table: str) -> None:
    with refused(), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table}")


def test_the_office_still_has_it_all(public: Paper) -> None:
    for model in (FrozenFigure, IssuedDocument, Rendition):
        assert model.objects.filter(entry_id=public.issue).exists()
