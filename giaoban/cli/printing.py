"""Printing the report on organisation work: as text, as one JSON object, as tidy CSV."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban import vietnamese
from giaoban.cli.narrative import cut_off, sentences, year_is_over
from giaoban.cli.office import console, print_json, print_table, write_csv
from giaoban.cli.report_tables import Table, number, statement_objects, tables
from giaoban.figures.by_unit import period_title
from giaoban.figures.organisation_work import OrganisationWork
from giaoban.figures.values import Value


def print_report(work: OrganisationWork, form: str) -> None:
    """Print the report in one of the three forms."""
    if form == "json":
        print_json(as_json(work))
    elif form == "csv":
        write_csv(sys.stdout, ["table", "row", "item", "column", "value"], _tidy(tables(work)))
    else:
        _print_text(work)


def _print_text(work: OrganisationWork) -> None:
    out = console()
    out.print()
    out.print(_("REPORT"), style="bold", justify="center")
    period = period_title(work.question.period)
    title = _("Results of organisation work, {period}").format(period=period)
    out.print(title, style="bold", justify="center")
    out.print(work.unit.name, justify="center")
    out.print()
    out.print(cut_off(work))
    if work.question.tree is not None:
        out.print(_restated(work))
    statement, units, groups, indicators = tables(work)
    for section, (head, said) in enumerate(sentences(work), start=1):
        out.print()
        out.print(f"{section}. {head}", style="bold")
        for sentence in said:
            out.print(sentence)
        if section == 1:
            _print_units(work, units)
            _print_rest(work)
        else:
            print_table(statement.heads, statement.rows, title=statement.title)
    for table in (groups, indicators):
        if table.rows:
            print_table(table.heads, table.rows, title=table.title)


def _print_units(work: OrganisationWork, table: Table) -> None:
    """The table by unit, where any unit below has a target or admissions: a cell has no such."""
    if any(row.achievement.plan is not None or row.achievement.actual for row in work.units):
        print_table(table.heads, table.rows, title=table.title)


def _print_rest(work: OrganisationWork) -> None:
    out, rest = console(), work.allocation.unallocated
    done = [row.achievement for row in work.units if row.achievement.comparable]
    without = sum(1 for each in done if each.plan is None)
    if without and work.question.tree is None:
        said = (
            ngettext("Without a target: {n} unit.", "Without a target: {n} units.", without)
            if year_is_over(work)
            else ngettext(
                "As yet without a target: {n} unit.", "As yet without a target: {n} units.", without
            )
        )
        out.print(said.format(n=number(without)))
    if rest and work.allocation.allocated:
        said = _("Not allocated: {n}.") if rest > 0 else _("Allocated beyond the target: {n}.")
        out.print(said.format(n=number(abs(rest))))


def _restated(work: OrganisationWork) -> str:
    assert work.question.tree is not None
    said = (
        _("Everything is restated by the tree of {day}.")
        if work.restated
        else _("The table by unit is restated by the tree of {day}.")
    )
    return said.format(day=vietnamese.format_date(work.question.tree))


def _tidy(all_tables: list[Table]) -> list[tuple[Any, ...]]:
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
    }
