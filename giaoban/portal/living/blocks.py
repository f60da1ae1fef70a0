"""Blocks of an article that draw a public figure's table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from giaoban.journal.errors import RuleBroken
from giaoban.periods import Period, regime_named
from giaoban.portal.living.citeable import require_citeable
from giaoban.portal.living.citing import parse_key
from giaoban.portal.living.models import PublicFigure, PublicTable
from giaoban.portal.living.preparing.by_unit import AGAINST_PLAN
from giaoban.portal.living.queries import fates, figures_of, public_editions, public_issues

WIDEST = Fraction(3, 2)  # of the plan, at the end of the scale


def chart_choices() -> list[tuple[str, str]]:
    """The figures whose table by unit can be drawn: those against the target."""
    found = PublicFigure.objects.filter(
        edition__in=public_editions(), table__name=AGAINST_PLAN, address="achievement"
    ).select_related("edition")
    return [
        (f"{one.edition_id}:{one.address}", f"{one.counted_told}, {one.edition.symbol}")
        for one in found
    ]


class FigureChoiceBlock(blocks.ChoiceBlock):
    """A figure whose table can be drawn."""

    choices = staticmethod(chart_choices)

    def normalize_choice(self, value: str | None) -> str | None:
        """A choice is kept as it is told; Wagtail would ask for all of them to read this one."""
        return value

    def clean(self, value: str) -> str:
        """Refuse a figure whose report is no longer in force."""
        told = str(super().clean(value))
        key = parse_key(told)
        if key is not None and key[0] in (found := fates([key[0]])):
            try:
                require_citeable(found[key[0]])
            except RuleBroken as refused:
                raise ValidationError(str(refused)) from refused
        return told


@dataclass(frozen=True, slots=True)
class Bar:
    """A unit's bar, in parts of the scale's length (0 to 100)."""

    name: str
    text: str
    done: str
    plan: str
    pace: str
    hit: bool
    whole: bool


class FigureChartBlock(blocks.StructBlock):
    """Plan and actual of units as bars; what is withheld is not drawn."""

    figure = FigureChoiceBlock(label=_("figure"))
    title = blocks.CharBlock(label=_("title"), max_length=150)
    explanation = blocks.CharBlock(label=_("line below the title"), max_length=250, required=False)
    most = blocks.IntegerBlock(
        label=_("at most so many units"), min_value=1, max_value=60, default=10,
        widget=forms.NumberInput,
    )  # fmt: skip
    reached = blocks.BooleanBlock(label=_("only units that reached it"), required=False)

    class Meta:
        icon = "table"
        label = _("Chart of a figure by unit")
        template = "portal/living/blocks/chart.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The bars, and where they are from."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        key = parse_key(value.get("figure") or "")
        figure = figures_of({key}).get(key) if key else None
        if figure is None or figure.table_id is None or figure.edition_id not in public_issues():
            return context | {"figure_told": None}
        table = PublicTable.objects.get(pk=figure.table_id)
        rows = list(_bars(table, pace_of(figure)))
        whole = [bar for bar in rows if bar.whole]
        units = [bar for bar in rows if not bar.whole and (bar.hit or not value["reached"])]
        left_out = sum(1 for row in table.rows if None in row["cells"])
        return context | {
            "figure_told": figure, "bars": [*units[: value["most"]], *whole],
            "left_out": left_out, "in_table": len(table.rows) - 1,
            "fate": fates([figure.edition_id])[figure.edition_id],
        }  # fmt: skip


def pace_of(figure: PublicFigure) -> Fraction:
    """The part of the year that had passed at the end of the report's period."""
    period = Period.parse(figure.edition.period, regime=regime_named("calendar"))
    return Fraction(period.elapsed_share)


def _bars(table: PublicTable, pace: Fraction) -> Iterator[Bar]:
    """A bar for every row whose numbers are told."""
    at = {head["code"]: n for n, head in enumerate(table.heads)}
    for row in table.rows:
        cells = row["cells"]
        share = cells[at["achievement"]]
        if None in cells or share["exact"] is None or row["role"] == "rest":
            continue
        of_plan = Fraction(*share["exact"])
        yield Bar(
            name=row["name"]["vi"], text=share["text"].rstrip("%"),
            done=_length(min(of_plan, WIDEST)), plan=_length(Fraction(1)), pace=_length(pace),
            hit=of_plan >= 1, whole=row["role"] == "total",
        )  # fmt: skip


def _length(share: Fraction) -> str:
    return f"{float(share / WIDEST * 100):.2f}%"
