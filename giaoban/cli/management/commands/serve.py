"""``giaoban serve``: the whole product in the foreground, until Ctrl-C."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.utils.translation import gettext as _

from giaoban.cli import serving
from giaoban.cli.errors import DeskRoleMissing
from giaoban.cli.management.commands.setup import set_up
from giaoban.cli.office import UNAVAILABLE, OfficeCommand, console

HOST, PORT = "127.0.0.1", 8000


class Command(OfficeCommand):
    help = _("Serve the desk in the foreground, with its queue and database, until Ctrl-C.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HOST, help=_("Address to listen on."))
        parser.add_argument("--port", type=int, default=PORT, help=_("Port to listen on."))
        parser.add_argument("--workers", type=int, default=1, help=_("Processes that answer."))

    def handle(self, *args: Any, **options: Any) -> None:
        serve(options["host"], options["port"], workers=options["workers"])


def serve(host: str, port: int, *, workers: int = 1) -> None:
    """Serve until told to stop. Raises ``DeskRoleMissing``, ``PortTaken``."""
    if not settings.DESK_ROLE:
        raise DeskRoleMissing
    serving.check_port(host, port)
    set_up()
    call_command("prepare_static")
    for connection in connections.all(initialized_only=True):
        connection.close()
    with serving.served(host, port, workers=workers) as children:
        shown = f"[{host}]" if ":" in host else host
        console().print(_("The desk: {address}").format(address=f"http://{shown}:{port}/"))
        console().print(_("Ctrl-C stops it."))
        if not serving.wait_for_the_end(children):
            raise CommandError(_("A part of the server has ended."), returncode=UNAVAILABLE)
    console().print(_("Stopped."))
