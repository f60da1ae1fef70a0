"""Printing the report on organisation work: as text, as one JSON object, as tidy CSV."""

from __future__ import annotations

import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from giaoban import vietnamese
from giaoban.cli.flat import Flat, flat
from giaoban.cli.objects import discrepancy_objects, statement_objects
from giaoban.figures.organisation_work import ADMITTED, OrganisationWork
from giaoban.figures.values import Value
from giaoban.journal.queries import known_until
from giaoban.reports.catalogue.by_unit import admissions_by_unit
from giaoban.reports.catalogue.particulars import breakdown_table, indicators
from giaoban.reports.catalogue.statement import statement
from giaoban.reports.definitions.definition import Definition, Language
from giaoban.reports.definitions.paper import Paper, plain_paper
from giaoban.reports.definitions.shipping import report_for
from giaoban.reports.documents.blocks import Document
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.console import print_document
from giaoban.reports.unissued import read_unissued, unissued
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.terminal.office import console, print_json, write_csv


def print_report(work: OrganisationWork, form: str) -> None:
    """Print the report in one of the three forms."""
    if form == "json":
        print_json(as_json(work))
    elif form == "csv":
        told = [*tables(work), _discrepancies(work)]
        write_csv(sys.stdout, ["table", "row", "item", "column", "value"], _tidy(told))
    else:
        print_text(report_document(work))


def print_text(document: Document) -> None:
    """Print a document on the terminal."""
    print_document(document, console())


def report_document(work: OrganisationWork, told: Definition | None = None) -> Document:
    """The report told, or that is made for the period, as a document that is not issued."""
    return unissued(*_asked(work, told), by=work.question.known_on)


def _asked(
    work: OrganisationWork, told: Definition | None = None
) -> tuple[Definition, Reckoning, Paper, Language]:
    asked, today = work.question, timezone.localdate()
    question = replace(asked, known_on=asked.known_on or known_until(asked.head, today))
    paper = plain_paper(question, today)
    language: Language = "en" if (get_language() or "vi").startswith("en") else "vi"
    definition = told or report_for(question.period.kind)
    return definition, Reckoning(question, work), paper, language


def _found(work: OrganisationWork) -> list[dict[str, Any]]:
    """What doesn't fit in the report, as the terminal and the documents say it."""
    return discrepancy_objects(read_unissued(*_asked(work), by=work.question.known_on))


def _discrepancies(work: OrganisationWork) -> Flat:
    """The same as a table, a line for each; empty where everything fits."""
    heads = [_("Cell"), _("Discrepancy"), _("Explanation"), _("Signed off by")]
    rows = [
        (one["cell"] or one["subject"], one["discrepancy"], one["explanation"],
         one["signed_off_by"])
        for one in _found(work)
    ]  # fmt: skip
    return Flat("chenh-lech", _("Discrepancies"), heads, rows, labels=(0,))


def tables(work: OrganisationWork) -> list[Flat]:
    """The tables of the report for programs, with the codes of units and indicators."""
    reckoning, family = Reckoning(work.question, work), work.unit.family
    title = _("Number of {members} admitted, by particulars")
    title = title.format(members=MEMBER_WORDS[family].many)
    return [
        flat(statement(reckoning)),
        flat(admissions_by_unit(reckoning, codes=True)),
        flat(breakdown_table(work.breakdowns, title, cell=ADMITTED, family=family,
                             name="chia-theo-trich-ngang")),
        flat(indicators(reckoning, codes=True)),
    ]  # fmt: skip


def _tidy(all_tables: list[Flat]) -> list[tuple[Any, ...]]:
    """One value a line: table, row, item, column, value; a missing value has no line."""
    tidy: list[tuple[Any, ...]] = []
    for table in all_tables:
        for line, row in enumerate(table.rows, start=1):
            item = " | ".join(str(row[at]) for at in table.labels if row[at])
            tidy += [
                (table.name, line, item, head, row[at])
                for at, head in enumerate(table.heads)
                if at not in table.labels and row[at] is not None
            ]
    return tidy


def write_tables(work: OrganisationWork, folder: Path) -> list[Path]:
    """Write each table as CSV into ``folder`` and return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for table in tables(work):
        path = folder / f"{work.question.period.code}-{table.name}.csv"
        # A byte order mark, or Excel reads Vietnamese as something else.
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            write_csv(file, table.heads, table.rows)
        written.append(path)
    return written


def _plain(value: Value) -> int | str | None:
    """A ratio for machines: per cent, rounded as people read it."""
    if isinstance(value, Fraction):
        return str(vietnamese.percent(value.numerator, value.denominator))
    return value


def as_json(work: OrganisationWork) -> dict[str, Any]:
    """The whole report for machines; cells have the names that ``giaoban trace`` takes."""
    question = work.question
    return {
        "unit": {"code": work.unit.code, "name": work.unit.name},
        "period": {
            "code": question.period.code,
            "from": question.period.start,
            "to": question.period.end,
            "regime": question.period.regime.code,
        },
        "as_of": {
            "known_on": question.known_on,
            "entry": question.head.number,
            "digest": question.head.digest.hex(),
            "tree": question.tree or "then",
        },
        "admitted": {
            "actual": work.whole.actual,
            "plan": work.whole.plan,
            "percent": work.whole.percent,
            "same_period_last_year": work.last_year_admitted,
            "unallocated": work.allocation.unallocated,
        },
        "statement": statement_objects(work.statement),
        "units": [
            {
                "code": row.life.code,
                "name": row.life.name,
                "plan": row.achievement.plan,
                "actual": row.achievement.actual,
                "percent": row.achievement.percent,
                "rank": row.achievement.rank,
                "pace": row.achievement.pace.value if row.achievement.pace else None,
                "unattributed": row.unattributed,
            }
            for row in work.units
        ],
        "rest": {"actual": work.rest.actual, "plan": work.rest.plan},
        "grassroots_organisations": work.grassroots,
        "indicators": {code: _plain(value) for code, value in work.indicators.items()},
        "breakdowns": {
            name: [{"code": g.code, "title": g.title, "count": g.count} for g in groups]
            for name, groups in work.breakdowns.items()
        },
        "discrepancies": _found(work),
    }
