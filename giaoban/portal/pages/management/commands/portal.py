"""``giaoban portal WHAT``: what is done for the portal from a terminal, slice by slice."""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from giaoban.terminal.office import OfficeCommand

# WHAT → the module that adds its arguments and does it.
WHAT = {
    "begin": "giaoban.portal.pages.command",
    "demonstrate": "giaoban.portal.demonstration.command",
    "boards": "giaoban.portal.boards.command",
    "import": "giaoban.portal.bringing.command",
}


class Command(OfficeCommand):
    help = _("Set the portal up and bring things into it.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="what", required=True, metavar=" | ".join(WHAT))
        for name, module in WHAT.items():
            slice_ = import_module(module)
            slice_.add_arguments(parts.add_parser(name, help=slice_.HELP))

    def handle(self, *args: Any, **options: Any) -> None:
        import_module(WHAT[options["what"]]).handle(**options)
