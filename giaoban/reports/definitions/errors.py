"""What is refused about a definition of a report, in the office's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class SlotUnknown(RuleBroken):
    code = "slot_unknown"
    message = _("A title has no slot “{slot}”. There are: {choices}.")


class PeriodUnfit(RuleBroken):
    code = "period_unfit"
    message = _("“{definition}” is not made for {period}. It is for: {choices}.")


class UnitUnfit(RuleBroken):
    code = "unit_unfit"
    message = _("“{definition}” is not made for {unit}. Choose another report for this unit.")
