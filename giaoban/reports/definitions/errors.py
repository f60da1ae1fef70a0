"""What is refused about a definition of a report, in the office's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class DefinitionUnreadable(RuleBroken):
    code = "definition_unreadable"
    message = _("The definition can't be read at this place: {place}. Compare with another one.")


class TableUnknown(RuleBroken):
    code = "table_unknown"
    message = _("There is no table “{table}”. There are: {choices}.")


class ChartUnknown(RuleBroken):
    code = "chart_unknown"
    message = _("There is no chart “{chart}”. There are: {choices}.")


class KeyTwice(RuleBroken):
    code = "key_twice"
    message = _("The key “{key}” asks for words in two places. Give one of them another key.")


class PeriodUnfit(RuleBroken):
    code = "period_unfit"
    message = _("“{definition}” is not made for {period}. It is for: {choices}.")


class UnitUnfit(RuleBroken):
    code = "unit_unfit"
    message = _("“{definition}” is not made for {unit}. Choose another report for this unit.")
