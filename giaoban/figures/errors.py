"""What figures refuse: a question that has no answer."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class IndicatorUnknown(RuleBroken):
    code = "indicator_unknown"
    message = _("There is no indicator {indicator}. Choose one of: {indicators}.")


class UnitNotInPeriod(RuleBroken):
    code = "unit_not_in_period"
    message = _("{unit} did not exist in {period}. Choose another unit or another period.")


class CellUnknown(RuleBroken):
    code = "cell_unknown"
    message = _("There is no cell {cell}. Choose one of: {cells}.")


class GroupUnknown(RuleBroken):
    code = "group_unknown"
    message = _("{field} has no group {group}. Choose one of: {codes}.")


class CellWithoutGroups(RuleBroken):
    code = "cell_without_groups"
    message = _("{cell} does not count members, so it has no groups. Ask without a group.")


class TreeEmpty(RuleBroken):
    code = "tree_empty"
    message = _("There was no unit on {date}. Choose a later day.")


class FieldUnknown(RuleBroken):
    code = "field_unknown"
    message = _("Members can't be broken down by {field}. Choose one of: {fields}.")


class NothingKnown(RuleBroken):
    code = "nothing_known"
    message = _(
        "Nothing was recorded by {date}; the first entry is of {first}. Choose a later day."
    )
