"""What writing segments refuses."""

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class CompactionUnderWay(RuleBroken):
    code = "compaction_under_way"
    message = _("Segments are being written in {folder} by another run. Wait until it is done.")


class NothingToCompact(RuleBroken):
    code = "nothing_to_compact"
    message = _("There is no movement in the journal yet, so there are no segments to write.")


class LegsHidden(RuleBroken):
    code = "legs_hidden"
    message = _(
        "The role {role} does not see every row of the ledger, so its segments would lack some. "
        "Run this as the office itself, not as the desk."
    )
