"""Figures as data: CSV, a Frictionless data package, and facts about them in JSON-LD.

Numbers in CSV are written for programs (53.6, a dot; −116 as -116), as the package says of them.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

from django.http import HttpRequest
from django.utils.text import slugify

from giaoban.figures.values import Value
from giaoban.portal.living.cards import Card
from giaoban.portal.living.models import PublicEdition, PublicFigure, PublicTable, in_words
from giaoban.vietnamese import round_half_up

PLACES = 4  # of a share as a number of per cent
BOM = "\ufeff"  # spreadsheets take a file of UTF-8 for what it is
SCHEMA = "https://schema.org"
PERCENT = ("percent", "points")

# name, type, Vietnamese title, what it holds
FIELDS = (
    ("figure", "string", "Địa chỉ số liệu", "The address of the figure in its report."),
    ("counted", "string", "Nội dung", "What is counted."),
    ("text", "string", "Số như đã đăng", "The number as it is printed."),
    ("value", "number", "Giá trị", "The number; a share is told in per cent."),
    ("unit_of_measure", "string", "Đơn vị tính", "What the number counts in; per cent: %."),
    ("of", "string", "Của", "Of whom it is."),
    ("period", "string", "Kỳ", "The time that it is of."),
    ("known_on", "date", "Sổ ghi đến", "The day to whose end the books were read."),
    ("known_entry", "integer", "Số vào sổ", "The last entry of the journal that was read."),
    ("report", "string", "Báo cáo", "The number of the report that issued it."),
    ("issued_on", "date", "Ngày ban hành", "The day on which the report was issued."),
    ("report_digest", "string", "Mã đối chiếu", "SHA-256 of the report as written down."),
    ("url", "string", "Trang số liệu", "The page of the figure."),
    ("standing", "string", "Tình trạng", "in_force, replaced or withdrawn."),
)


def number_of(value: Value, shape: str) -> str:
    """A number for programs: 134, 53.6, empty where there is none."""
    if value is None:
        return ""
    if shape in PERCENT:
        value = Fraction(value) * 100
    if value == int(value):
        return str(int(value))
    return format(round_half_up(value, PLACES).normalize(), "f")


def unit_of(figure: PublicFigure) -> str:
    """What a figure counts in."""
    return "%" if figure.shape == "percent" else figure.measure["vi"]


def page_rows(cards: Iterable[Card], request: HttpRequest) -> list[list[str]]:
    """The figures of a page, a row each, in the order of ``FIELDS``."""
    found = []
    for card in cards:
        one, edition = card.figure, card.edition
        found.append([
            one.address, one.counted["vi"], one.text, number_of(one.value, one.shape),
            unit_of(one), one.whom["vi"], one.period["vi"], edition.known_on.isoformat(),
            str(edition.known_entry), edition.symbol, edition.issued_on.isoformat(),
            bytes(edition.content_hash).hex(), request.build_absolute_uri(one.get_absolute_url()),
            card.fate.standing.value,
        ])  # fmt: skip
    return found


def page_csv(cards: Iterable[Card], request: HttpRequest) -> str:
    """The figures of a page as CSV."""
    return _written([[name for name, *_rest in FIELDS], *page_rows(cards, request)])


def table_csv(table: PublicTable) -> str:
    """A table by unit as CSV; a withheld number is empty and its row says so."""
    heads = ["code", "name", "role", *(head["code"] for head in table.heads), "withheld"]
    return _written([heads, *(_row(table, row) for row in table.rows)])


def _row(table: PublicTable, row: dict[str, Any]) -> list[str]:
    told = []
    for head, cell in zip(table.heads, row["cells"], strict=True):
        exact = cell["exact"] if cell else None
        told.append(number_of(Fraction(*exact), head["holds"]) if exact else "")
    hidden = any(cell is None for cell in row["cells"])
    return [row["code"], row["name"]["vi"], row["role"], *told, "1" if hidden else "0"]


def _written(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return BOM + out.getvalue()


def package(
    title: str, address: str, cards: Sequence[Card], request: HttpRequest, csv_bytes: bytes
) -> dict[str, Any]:
    """A Frictionless data package of a page's figures: its one resource is the CSV beside it."""
    fields = [
        {"name": name, "type": kind, "title": words, "description": said}
        for name, kind, words, said in FIELDS
    ]
    return {
        "profile": "tabular-data-package",
        "name": slugify(title)[:80].strip("-") or "so-lieu",
        "title": title,
        "homepage": address,
        "sources": [
            {
                "title": f"Báo cáo {edition.symbol}, {edition.issued_on:%d/%m/%Y}",
                "path": request.build_absolute_uri(edition.get_absolute_url()),
            }
            for edition in dict.fromkeys(card.edition for card in cards)
        ],
        "resources": [{
            "profile": "tabular-data-resource", "name": "so-lieu", "path": "so-lieu.csv",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "bytes": len(csv_bytes), "hash": f"sha256:{_sha256(csv_bytes)}",
            "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
            "schema": {"fields": fields, "missingValues": [""],
                       "primaryKey": ["report", "figure"]},
        }],
    }  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def observation(card: Card, request: HttpRequest) -> dict[str, Any]:
    """A figure as schema.org's Observation of a population."""
    one, edition = card.figure, card.edition
    told: dict[str, Any] = {
        "@type": "Observation",
        "@id": request.build_absolute_uri(one.get_absolute_url()),
        "name": one.counted_told,
        "description": one.definition_told,
        "value": float(number_of(one.value, one.shape)) if one.value is not None else one.text,
        "unitText": unit_of(one),
        "measuredProperty": {"@type": "Property", "name": one.counted_told},
        "observationAbout": {"@type": "Organization", "name": one.whom_told},
        "observationPeriod": one.period_told,
        "observationDate": edition.known_on.isoformat(),
        "isBasedOn": _report(edition, request),
    }
    return told


def _report(edition: PublicEdition, request: HttpRequest) -> dict[str, Any]:
    return {
        "@type": "Report", "reportNumber": edition.symbol, "name": edition.subject,
        "datePublished": edition.issued_on.isoformat(),
        "url": request.build_absolute_uri(edition.get_absolute_url()),
        "identifier": f"sha256:{bytes(edition.content_hash).hex()}",
    }  # fmt: skip


def observations(cards: Sequence[Card], request: HttpRequest) -> dict[str, Any] | None:
    """The figures of a page for machines."""
    if not cards:
        return None
    return {"@context": SCHEMA, "@graph": [observation(card, request) for card in cards]}


def dataset(card: Card, request: HttpRequest) -> dict[str, Any]:
    """A figure's page for machines: the number, and its table as a Dataset with a download."""
    one = card.figure
    seen = observation(card, request)
    if one.table is None:
        return {"@context": SCHEMA, **seen}
    file = request.build_absolute_uri(f"{one.get_absolute_url()}so-lieu.csv")
    table = {
        "@type": "Dataset", "name": in_words(one.table.title), "description": one.definition_told,
        "temporalCoverage": one.period_told, "spatialCoverage": card.edition.unit_name,
        "isBasedOn": _report(card.edition, request), "isAccessibleForFree": True,
        "variableMeasured": [in_words(head["words"]) for head in one.table.heads],
        "distribution": [{"@type": "DataDownload", "encodingFormat": "text/csv",
                          "contentUrl": file}],
    }  # fmt: skip
    return {"@context": SCHEMA, "@graph": [seen, table]}
