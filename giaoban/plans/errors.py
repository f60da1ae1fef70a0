"""What the plans refuse."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class TargetNegative(RuleBroken):
    code = "target_negative"
    message = _("The target {value} is below zero. Give zero or more, or take the target back.")


class IndicatorUntargeted(RuleBroken):
    code = "indicator_untargeted"
    message = _("Targets are not set for {indicator}. Choose one of: {indicators}.")


class TargetYear(RuleBroken):
    code = "target_year"
    message = _("{unit} was not open at any time in {year}. Choose another year or another unit.")


class NotBelow(RuleBroken):
    code = "not_below"
    message = _("{unit} is not directly below {parent} on {date}. Allocate to its own units only.")


class TargetTooLarge(RuleBroken):
    code = "target_too_large"
    message = _("The target {value} is above {most}. Check the number.")


class NothingChanged(RuleBroken):
    code = "nothing_changed"
    message = _("No target was changed. Type the new numbers, then record.")


class ChangedMeanwhile(RuleBroken):
    code = "changed_meanwhile"
    message = _("{who} changed {unit} at {time}. Look at the new state, then record.")
