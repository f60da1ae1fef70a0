"""The data package of a page's figures, read by the reference implementation of the standard.

``frictionless`` checks the descriptor against the published schema, the file's size and digest, and
every cell against the type of its field; what it would not notice is shown to be noticed.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.test import Client

from giaoban.portal.living.data import FIELDS
from giaoban.portal.pages.models import ArticlePage
from giaoban.reports.actions import withdraw_report
from tests.portal.living.conftest import Paper
from tests.portal.living.test_correcting import replaced
from tests.reports.issuing_world import LEADER


@pytest.fixture
def cited(public: Paper) -> ArticlePage:
    """An article that cites counts, a per cent, a target, and a change."""
    addresses = ("admitted", "achievement", "plan", "closing", "closing:probationary")
    told = ", ".join(public.cite(one) for one in addresses)
    return public.article(f"Số liệu: {told}.", title="Chín tháng: kết nạp “19” đảng viên")


def saved(article: ArticlePage, folder: Path) -> Path:
    """The package as somebody downloads it: the descriptor and the file that it names."""
    descriptor = folder / "datapackage.json"
    descriptor.write_bytes(Client().get(f"{article.url}datapackage.json").content)
    for resource in json.loads(descriptor.read_bytes())["resources"]:
        found = Client().get(f"{article.url}{resource['path']}")
        assert found.status_code == 200
        (folder / resource["path"]).write_bytes(found.content)
    return descriptor


def faults(descriptor: Path) -> list[str]:
    report = frictionless.validate(str(descriptor))
    return [row[0] for row in report.flatten(["type"])]


def rows_of(descriptor: Path) -> list[dict[str, Any]]:
    (resource,) = frictionless.Package(str(descriptor)).resources
    with resource:
        return [dict(row.to_dict()) for row in resource.row_stream]


def test_it_keeps_the_standard_to_the_last_cell(cited: ArticlePage, tmp_path: Path) -> None:
    descriptor = saved(cited, tmp_path)
    assert faults(descriptor) == []
    report = frictionless.validate(str(descriptor))
    assert report.stats["tasks"] == 1
    assert report.tasks[0].stats["rows"] == 5
    assert report.tasks[0].stats["fields"] == len(FIELDS)


def test_every_cell_is_read_as_what_it_is(
    public: Paper, cited: ArticlePage, tmp_path: Path
) -> None:
    first, share, *_rest = rows_of(saved(cited, tmp_path))
    edition = public.figure("admitted").edition
    assert first["value"] == Decimal(19)
    assert (share["value"], share["unit_of_measure"], share["text"]) == (
        Decimal("47.5"), "%", "47,5%",
    )  # fmt: skip
    assert (first["known_on"], first["issued_on"]) == (edition.known_on, edition.issued_on)
    assert isinstance(first["known_on"], date)
    assert first["known_entry"] == edition.known_entry
    assert first["report_digest"] == bytes(edition.content_hash).hex()


def test_it_keeps_it_when_reports_are_withdrawn_or_replaced(
    public: Paper, cited: ArticlePage, tmp_path: Path
) -> None:
    replaced(public)
    descriptor = saved(cited, tmp_path)
    assert faults(descriptor) == []
    assert {row["standing"] for row in rows_of(descriptor)} == {"replaced"}
    withdraw_report(issue=public.issue, reason="Sai", by=public.world.by(login=LEADER))
    descriptor = saved(cited, tmp_path)
    assert faults(descriptor) == []
    assert {row["standing"] for row in rows_of(descriptor)} == {"withdrawn"}


def _cell(field: str, text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "so-lieu.csv"
        at = [name for name, *_more in FIELDS].index(field)
        head, first, *rest = path.read_text("utf-8").splitlines()
        cells = first.split(",")  # the first row has no comma in a cell
        cells[at] = text
        path.write_text("\r\n".join([head, ",".join(cells), *rest]), "utf-8")
        _told(folder, lambda told: [told["resources"][0].pop(one) for one in ("bytes", "hash")])

    return change


def _told(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    path = folder / "datapackage.json"
    told = json.loads(path.read_text("utf-8"))
    change(told)
    path.write_text(json.dumps(told), "utf-8")


def _resource(**more: Any) -> Callable[[Path], None]:
    return lambda folder: _told(folder, lambda told: told["resources"][0].update(more))


SPOILT: dict[str, tuple[Callable[[Path], None], str]] = {
    "a number with a comma": (_cell("value", "47;5"), "type-error"),
    "a day as people write it": (_cell("known_on", "05/10/2018"), "type-error"),
    "no whole number": (_cell("known_entry", "12.5"), "type-error"),
    "another digest": (_resource(hash="sha256:" + "0" * 64), "hash-count"),
    "another size": (_resource(bytes=1), "byte-count"),
    "a field that has no type": (
        lambda folder: _told(
            folder, lambda told: told["resources"][0]["schema"]["fields"][0].update(type="word")
        ),
        "field-error",
    ),
    "no resource": (lambda folder: _told(folder, lambda told: told.pop("resources")),
                    "package-error"),
}  # fmt: skip


@pytest.mark.parametrize("case", SPOILT)
def test_what_is_spoilt_is_noticed(case: str, cited: ArticlePage, tmp_path: Path) -> None:
    descriptor = saved(cited, tmp_path)
    spoil, fault = SPOILT[case]
    spoil(tmp_path)
    assert fault in faults(descriptor)
