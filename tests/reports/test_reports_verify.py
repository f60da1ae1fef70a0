"""Every issued report is worked out again, and what was tampered with is named."""

from __future__ import annotations

import zlib

import pytest
from django.utils import translation

from giaoban.reports.checks import reports_reproduced
from giaoban.reports.issues import issued_content
from tests.raw import damage
from tests.reports.issuing_world import issued, with_leader
from tests.world import World


@pytest.fixture
def office(committed: World) -> World:
    with translation.override("en"):
        return with_leader(committed)


def test_all_are_reproduced(office: World) -> None:
    issued(office)
    issued(office, "lan-hai")
    office.admit("CY1", office.by().today)
    with translation.override("en"):
        finding = reports_reproduced()
    assert (finding.faults, finding.looked_at) == ([], 2)
    assert finding.name == "reports: 2/2 reproduced"


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        (
            "UPDATE reports_frozenfigure SET numerator = 5 WHERE address = 'plan'",
            "plan was",
        ),
        ("UPDATE reports_rendition SET content = 'x' WHERE form = 'pdf'", "its pdf is not"),
        ("UPDATE reports_issue SET head_digest = decode(repeat('00', 32), 'hex')", "the journal"),
        ("DELETE FROM reports_frozenfigure WHERE address = 'admitted'", "its frozen figures"),
        ("DELETE FROM reports_issueddocument", "missing or damaged"),
    ],
)
def test_what_was_tampered_with_is_named(office: World, sql: str, said: str) -> None:
    issued(office)
    damage(sql.split()[2] if sql.startswith("DELETE") else sql.split()[1], sql)
    with translation.override("en"):
        finding = reports_reproduced()
    assert said in " ".join(finding.faults)
    assert finding.name == "reports: 0/1 reproduced"


def test_another_text_is_named(office: World) -> None:
    entry = issued(office)
    other = issued_content(entry).replace("đảng viên".encode(), "đảng viện".encode(), 1)
    table = "reports_issueddocument"
    damage(table, f"UPDATE {table} SET content = %s", zlib.compress(other))
    with translation.override("en"):
        assert "its text is not what was issued" in " ".join(reports_reproduced().faults)
