"""``giaoban setup``: create or upgrade the database. Safe to repeat."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from giaoban import database
from giaoban.cli import setting_up
from giaoban.people import name_keys, spellings
from giaoban.terminal.office import OfficeCommand, while_working


class Command(OfficeCommand):
    help = _("Create or upgrade the database.")

    def handle(self, *args: Any, **options: Any) -> None:
        set_up()
        self.stdout.write(_("The database is ready."))


def set_up() -> None:
    """Roles, tables, rights and the keys of names, wherever the database is."""
    if settings.EMBEDDED:
        setting_up.create_embedded(database.cluster())
    with while_working(_("Setting up the database")):
        setting_up.migrate_and_grant()
        if name_keys.outdated():
            name_keys.rebuild()
        elif spellings.incomplete():
            spellings.rebuild()
