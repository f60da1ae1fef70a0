"""What the tree of organisations refuses."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class UnitUnknown(RuleBroken):
    code = "unit_unknown"
    message = _("There is no unit with the code {code}. Search by name or check the code.")


class CodeTaken(RuleBroken):
    code = "code_taken"
    message = _("The code {code} already belongs to {unit}. Choose another code.")


class CodeRefused(RuleBroken):
    code = "code_refused"
    message = _("{code} can't be a unit's code. Use at most 60 letters without marks, digits, - _.")


class PositionRefused(RuleBroken):
    code = "position_refused"
    message = _("{position} can't be a place in the list. Give a number up to {most}.")


class KindUnknown(RuleBroken):
    code = "kind_unknown"
    message = _("There is no kind of unit {kind}. Choose one of: {kinds}.")


class SectorUnknown(RuleBroken):
    code = "sector_unknown"
    message = _("There is no sector {sector}. Choose one of: {sectors}.")


class NameMissing(RuleBroken):
    code = "name_missing"
    message = _("The name is missing. Write the full official name.")


class UnitNotYetOpen(RuleBroken):
    code = "unit_not_yet_open"
    message = _(
        "{unit} was founded on {opened}, after {date}. Check the effective date or choose "
        "another unit."
    )


class UnitFoundedThatDay(RuleBroken):
    code = "unit_founded_that_day"
    message = _(
        "{unit} was only founded on {date}, so it can't end or be divided on that day. Choose a "
        "later day, or reverse its founding."
    )


class UnitClosed(RuleBroken):
    code = "unit_closed"
    message = _("{unit} closed on {closed}. Choose a successor: {successors}.")


class UnitClosedWithoutSuccessor(RuleBroken):
    code = "unit_closed_without_successor"
    message = _("{unit} closed on {closed} and has no successor. Choose another unit.")


class Cycle(RuleBroken):
    code = "cycle"
    message = _("{target} lies below {unit} and can't be its parent. Choose another.")


class UnitNotEmpty(RuleBroken):
    code = "unit_not_empty"
    message = _(
        "{unit} still has {k} members and {m} units below. Move them first, or choose Merge."
    )


class MembersUnplaced(RuleBroken):
    code = "members_unplaced"
    message = _("{k} members have no destination: {names}. Choose one for each.")


class UnitsUnplaced(RuleBroken):
    code = "units_unplaced"
    message = _("{k} units below have no new parent: {names}. Choose one for each.")


class DestinationForeign(RuleBroken):
    code = "destination_foreign"
    message = _("{unit} is not one of the successors: {successors}. Choose one of these.")


class MemberNotThere(RuleBroken):
    code = "member_not_there"
    message = _("On {date} {names} did not stand in {unit}. Take them off the list.")


class UnitNotThere(RuleBroken):
    code = "unit_not_there"
    message = _("On {date} {names} were not directly below {unit}. Take them off the list.")


class SuccessorsMissing(RuleBroken):
    code = "successors_missing"
    message = _("A split needs at least one successor besides {unit}. Name it.")


class SourcesMissing(RuleBroken):
    code = "sources_missing"
    message = _("A merger needs at least one unit that goes into {unit}. Name it.")


class MergedIntoItself(RuleBroken):
    code = "merged_into_itself"
    message = _("{unit} can't be its own successor. Choose other units.")


class FamiliesDiffer(RuleBroken):
    code = "families_differ"
    message = _("{a} and {b} are not of the same system. Choose units of one system.")


class ParentForeign(RuleBroken):
    code = "parent_foreign"
    message = _(
        "{parent} is of another system, and only the Party has units of others below it. Choose "
        "a parent of the same system."
    )


class LaterRows(RuleBroken):
    code = "later_rows"
    message = _(
        "{unit} has entry {n} of {date} after this day. Reverse it first, or choose a later day."
    )
