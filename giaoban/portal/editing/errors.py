"""What is refused to editors."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class ChangedMeanwhile(RuleBroken):
    code = "changed_meanwhile"
    message = _(
        "{who} changed “{page}” at {time}; what was typed here is kept below. Look at that version"
        " in the history, then save again."
    )


class SectionNotTheirs(RuleBroken):
    code = "section_not_theirs"
    message = _("Sections are opened by whoever publishes. Choose a section, then write there.")
