"""Words that libraries say on our pages, named here so that our catalogue translates them: theirs
is missing or reads like a machine's."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as ngettext

SAID = (
    _("This field is required."),
    _("The two passwords differ. Type the same one twice."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("This password is entirely numeric."),
    _("username"),
)
# Said by the texts that the library renders when something was done (templates/*/messages/*.txt).
DONE = (
    _("Signed out."),
    _("The password is changed. Other sessions have ended."),
    _("Two-step sign-in is on."),
    _("The code app is turned off."),
    _("New recovery codes are made."),
    _("The passkey is added."),
    _("The passkey is removed."),
    _("All other sessions have ended."),
)
COUNTED = (
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        14,
    ),
)
