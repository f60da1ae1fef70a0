"""The tables of the figures as they are taken away: numbers as numbers, no persons."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from giaoban.desk.door import Sitting
from giaoban.desk.figures.asking import Asked
from giaoban.desk.figures.showing import shown
from giaoban.desk.figures.tables import Row
from giaoban.figures.values import Value

Sheet = tuple[str, str, list[str], list[list[Any]]]


def exported(asked: Asked, sitting: Sitting) -> Sheet:
    """(name of the file, title, heads, rows) of the table that the page shows."""
    context = shown(asked, sitting)
    make = {"units": _units, "months": _months, "statement": _statement, "groups": _groups,
            "indicators": _indicators}  # fmt: skip
    heads, rows = make[context["view"]](context)
    name = f"so-lieu-{asked.question.period.code}-{asked.code}-{context['view']}".lower()
    return name, _("Figures"), heads, rows


def _units(context: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("Rank"), _("Code"), _("Unit"), _("Target"), _("Actual"), "%",
             _("Same period last year"), _("Pace")]  # fmt: skip
    rows = [_row(row) for band in context["bands"] for row in band.rows]
    return heads, [*rows, _row(context["whole"])]


def _row(row: Row) -> list[Any]:
    done = row.done
    return [
        done.rank, row.code, row.name, done.plan, done.actual,
        None if done.percent is None else float(done.percent), row.before,
        done.pace.label if done.pace else None,
    ]  # fmt: skip


def _months(context: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("Month"), _("Actual"), _("Since January"), _("The same of last year"),
             _("Since January, last year"), _("Even pace")]  # fmt: skip
    return heads, [
        [m.code, m.did, m.cumulated, m.before, m.before_cumulated,
         None if m.expected is None else float(m.expected)]
        for m in context["year"].months
    ]  # fmt: skip


def _statement(context: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("Item"), *context["statement_columns"], _("Both")]
    width = len(heads) - 2
    return heads, [
        [one.label, *([cell.value for cell in one.cells] or [None] * width), one.total.value]
        for one in context["statement"]
    ]


def _groups(context: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("By"), _("Group"), _("Members"), "%"]
    return heads, [
        [str(block.label), share.title, share.n, round(float(share.share * 100), 1)]
        for block in context["blocks"]
        for share in block.shares
    ]


def _indicators(context: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    heads = [_("Code"), _("Indicator"), _("Number"), _("Same period last year")]
    return heads, [
        [row.indicator.code, str(row.indicator.label), _plain(row.value), _plain(row.before)]
        for row in context["indicator_rows"]
    ]


def _plain(value: Value) -> int | float | None:
    """A count as it is, a ratio in per cent with one decimal."""
    return value if value is None or isinstance(value, int) else round(float(value * 100), 1)
