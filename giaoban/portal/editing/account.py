"""An editor's own settings: how the screens look and what one is told. Names and passwords are the
desk's, whose tables this door does not write."""

from __future__ import annotations

from typing import Any

from wagtail.admin.views.account import AccountView

OWN = frozenset({"notifications", "locale", "theme"})


class OwnAccountView(AccountView):
    """Wagtail's page of a login's settings, of which some are shown."""

    def get_panels(self) -> list[Any]:
        """What Wagtail itself keeps of a login."""
        return [panel for panel in super().get_panels() if panel.name in OWN]
