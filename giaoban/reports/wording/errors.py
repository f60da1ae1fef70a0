"""What is refused about the wording of titles and headings, in the office's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class SlotUnknown(RuleBroken):
    code = "slot_unknown"
    message = _("A title has no slot “{slot}”. There are: {choices}.")
