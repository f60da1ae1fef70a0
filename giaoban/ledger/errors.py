"""What the ledger refuses, in the words of the office."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class AlreadyMember(RuleBroken):
    code = "already_member"
    message = _(
        "{name} is already a {standing} member in {unit}. For a namesake create a new person; "
        "for a transfer choose Receive."
    )


class NotAMember(RuleBroken):
    code = "not_a_member"
    message = _("On {date} {name} was not on the roster of {unit}. Check the day and the unit.")


class ProbationTooShort(RuleBroken):
    code = "probation_too_short"
    message = _(
        "{name} was admitted on {ceremony}; twelve months end on {due}. If a decision exists, "
        "give the reason to go on."
    )


class NotProbationary(RuleBroken):
    code = "not_probationary"
    message = _(
        "On {date} {name} was already a full member. Recognition is recorded once; check the "
        "member and the day."
    )


class CeremonyUnknown(RuleBroken):
    code = "ceremony_unknown"
    message = _(
        "The day of {name}'s admission is not in the books. Give the date of full standing "
        "as the decision has it."
    )


class LaterMovement(RuleBroken):
    code = "later_movement"
    message = _(
        "{name} has movement {n} of {date}, which no longer fits after this act. "
        "Reverse it first, then record anew."
    )


class TransferToSelf(RuleBroken):
    code = "transfer_to_self"
    message = _("Both ends are {unit}. Choose another destination.")


class NotReceivable(RuleBroken):
    code = "not_receivable"
    message = _("Transfer paper {number} was received on {date}. It can't be received again.")


class NotInTransit(RuleBroken):
    code = "not_in_transit"
    message = _("No transfer paper is out for {name} on {date}. Record the paper first.")


class AlreadyInTransit(RuleBroken):
    code = "already_in_transit"
    message = _(
        "A transfer paper for {name} is out already. Receive it, or reverse it before "
        "giving another."
    )


class DatesOutOfOrder(RuleBroken):
    code = "dates_out_of_order"
    message = _(
        "The ceremony ({ceremony}) precedes the decision ({decided}). Compare both with the paper."
    )


class MemberBefore(RuleBroken):
    code = "member_before"
    message = _("{name} was a member before. Choose Readmit, or Receive if a transfer paper came.")


class NeverMember(RuleBroken):
    code = "never_member"
    message = _(
        "{name} has not been a member before {date}. Choose Admit, or give the reason if "
        "membership ended before the books began."
    )


class DiedBefore(RuleBroken):
    code = "died_before"
    message = _("{name} died on {date} by entry {n}. If that was wrong, reverse it first.")


class NotTakenAway(RuleBroken):
    code = "not_taken_away"
    message = _(
        "{name} left by entry {n} of {date} ({kind}): membership was not taken away, so there is "
        "nothing to restore. Choose Receive or Readmit."
    )


class ApprovedBeforeCeremony(RuleBroken):
    code = "approved_before_ceremony"
    message = _(
        "The approval ({approved}) precedes the ceremony ({ceremony}). Compare both with the paper."
    )


class YouthOnly(RuleBroken):
    code = "youth_only"
    message = _(
        "{unit} is not of the youth union, and only its members age out. Choose another way to "
        "leave."
    )


class OnlyFullMembers(RuleBroken):
    code = "only_full_members"
    message = _(
        "On {date} {name} was probationary; only full members are expelled. Choose Strike off."
    )


class DestinationNeeded(RuleBroken):
    code = "destination_needed"
    message = _("{unit} was split on {closed}. Choose where {name} went: {successors}.")


class NothingToReverse(RuleBroken):
    code = "nothing_to_reverse"
    message = _("Entry {n} ({kind}) can't be reversed. Record a new entry that takes its place.")


class ProposalUnknown(RuleBroken):
    code = "proposal_unknown"
    message = _("There is no proposal {n}, or it lies outside the units in charge.")


class ProposalDecided(RuleBroken):
    code = "proposal_decided"
    message = _("{who} decided proposal {n} at {time}. Look at what became of it.")
