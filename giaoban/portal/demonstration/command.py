"""``giaoban portal demonstrate``: load the district's site, or leave what is there as it is."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext_lazy as _

from giaoban.portal.demonstration.site import lay_out

HELP = _("Load the demonstration's site.")


def add_arguments(parser: ArgumentParser) -> None:
    """It takes none."""


def handle(**_options: Any) -> None:
    """Load what is not there yet."""
    lay_out()
