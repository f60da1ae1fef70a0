"""``giaoban portal begin``: the site of an organisation, with its first sections."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.portal.pages.beginning import begin_site
from giaoban.terminal.office import add_recorder, console, recorder
from giaoban.units.queries import unit_by_code
from giaoban.vietnamese import clean

HELP = gettext_lazy("Begin the site of an organisation.")


def add_arguments(parser: ArgumentParser) -> None:
    """``--unit CODE --name NAME [--subtitle LINE] [--section NAME …] [--as LOGIN]``."""
    parser.add_argument("--unit", required=True, help=_("Organisation whose site it is."))
    parser.add_argument("--name", required=True, help=_("Name of the site, as in Thạch Thất."))
    parser.add_argument("--subtitle", default="", help=_("Line below the name."))
    parser.add_argument(
        "--section", action="append", default=[], help=_("A section; may be given several times.")
    )
    add_recorder(parser)


def handle(**options: Any) -> None:
    """Begin it, and tell who comes next."""
    begin_site(
        unit=unit_by_code(options["unit"]), name=clean(options["name"]),
        subtitle=clean(options["subtitle"]), sections=[clean(one) for one in options["section"]],
        by=recorder(options["login"]),
    )  # fmt: skip
    told = _("The site is begun: {address}. Appoint writers, editors and publishers at the desk.")
    console().print(told.format(address=f"{settings.PORTAL_URL}/"), soft_wrap=True)
