"""``giaoban serve``: the whole product in the foreground, until Ctrl-C."""

from __future__ import annotations

import os
from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from giaoban.cli import serving
from giaoban.cli.errors import DeskRoleMissing, PortalRoleMissing
from giaoban.cli.management.commands.setup import set_up
from giaoban.cli.serving import Door
from giaoban.terminal.office import UNAVAILABLE, OfficeCommand, console

HOST, PORT = "127.0.0.1", 8000


class Command(OfficeCommand):
    help = _(
        "Serve the desk and the portal in the foreground, with their queue and database, until "
        "Ctrl-C."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HOST, help=_("Address to listen on."))
        parser.add_argument("--port", type=int, default=PORT, help=_("Port of the desk."))
        parser.add_argument(
            "--portal-port", type=int, help=_("Port of the portal; the one after the desk's.")
        )
        parser.add_argument("--no-portal", action="store_true", help=_("Serve the desk alone."))
        parser.add_argument("--workers", type=int, default=1, help=_("Processes that answer."))

    def handle(self, *args: Any, **options: Any) -> None:
        host, port, workers = options["host"], options["port"], options["workers"]
        portal = None if options["no_portal"] else options["portal_port"] or port + 1
        serve(host, port, portal, workers=workers)


def serve(host: str, port: int, portal: int | None, *, workers: int = 1) -> None:
    """Serve until told to stop: the desk, and the portal where it has a port.

    Raises ``DeskRoleMissing``, ``PortalRoleMissing``, ``PortTaken``.
    """
    doors = [Door("desk", host, port, workers)]
    if portal is not None:
        doors.append(Door("portal", host, portal, workers))
    _check(doors)
    set_up()
    for door in doors:
        call_command("prepare_static", door.name)
    for connection in connections.all(initialized_only=True):
        connection.close()
    _tell_each_other(doors)
    with serving.served(doors) as children:
        for door in doors:
            told = _("The desk: {address}") if door.name == "desk" else _("The portal: {address}")
            console().print(told.format(address=f"{door.address}/"))
        console().print(_("Ctrl-C stops it."))
        if not serving.wait_for_the_end(children):
            raise CommandError(_("A part of the server has ended."), returncode=UNAVAILABLE)
    console().print(_("Stopped."))


def _check(doors: Sequence[Door]) -> None:
    if not settings.DESK_ROLE:
        raise DeskRoleMissing
    if len(doors) > 1 and not settings.PORTAL_ROLE:
        raise PortalRoleMissing
    for door in doors:
        serving.check_port(door.host, door.port)


def _tell_each_other(doors: Sequence[Door]) -> None:
    """Each door knows where the others are reached, unless the office says so itself."""
    for door in doors:
        os.environ.setdefault(f"GIAOBAN_{door.name.upper()}_URL", door.address)
