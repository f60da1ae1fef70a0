"""``giaoban restore FILE``: restore the books from a backup, if it is sound."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.cli.saving.restore import STEPS, Restored, restore
from giaoban.terminal.office import (
    UNAVAILABLE,
    OfficeCommand,
    add_format,
    console,
    print_json,
    progress_bar,
)
from giaoban.vietnamese import format_number

FORMS = ("text", "json")


class Command(OfficeCommand):
    help = _("Restore the books from a backup and verify them.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("File that giaoban backup has written."))
        parser.add_argument(
            "--replace", action="store_true",
            help=_("Put the file in the place of books that are not empty."),
        )  # fmt: skip
        add_format(parser, FORMS)

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(_("Restoring"), STEPS) as progress:
            try:
                done = restore(
                    options["file"], replace=options["replace"], at=timezone.localtime(),
                    progress=progress,
                )  # fmt: skip
            except psycopg.OperationalError as broken:
                said = _("The database does not answer: {reason}").format(reason=broken)
                raise CommandError(said, returncode=UNAVAILABLE) from broken
        if options["format"] == "json":
            print_json(_as_object(done))
        else:
            _say(done)


def _say(done: Restored) -> None:
    said = _("Restored up to entry {n}, digest {digest}. Every check passed.")
    number, digest = format_number(done.head.number), done.head.digest.hex()
    console().print(said.format(n=number, digest=digest), soft_wrap=True)
    if done.kept_as is not None:
        kept = _("The former books are kept in the database {name}.")
        console().print(kept.format(name=done.kept_as), soft_wrap=True)
    if done.files:
        brought = _("The portal's pictures and files are back: {n}.")
        console().print(brought.format(n=format_number(done.files)), soft_wrap=True)
    if done.files_kept_in is not None:
        before = _("The portal's former pictures and files are kept in the folder {folder}.")
        console().print(before.format(folder=done.files_kept_in), soft_wrap=True)


def _as_object(done: Restored) -> dict[str, Any]:
    return {
        "entry": done.head.number,
        "digest": done.head.digest.hex(),
        "kept_as": done.kept_as,
        "files": done.files,
        "files_kept_in": done.files_kept_in,
    }
