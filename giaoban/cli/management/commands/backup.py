"""``giaoban backup FILE``: back the books up to a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.saving.backup import Saved, save
from giaoban.terminal.office import (
    OfficeCommand,
    add_format,
    console,
    print_json,
    progress_bar,
)
from giaoban.vietnamese import format_number

FORMS = ("text", "json")


class Command(OfficeCommand):
    help = _("Back the books up to a file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help=_("File to be written."))
        parser.add_argument(
            "--force", action="store_true", help=_("Replace the file if it is there already.")
        )
        add_format(parser, FORMS)

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(_("Backing up, MB")) as progress:
            saved = save(options["file"], force=options["force"], progress=progress)
        if options["format"] == "json":
            print_json(_as_object(saved))
            return
        said = _("Backed up to {file}: {size} kB, up to entry {n}, digest {digest}.")
        console().print(
            said.format(
                file=saved.file, size=format_number(-(-saved.size // 1000)),
                n=format_number(saved.head.number), digest=saved.head.digest.hex(),
            ),
            soft_wrap=True,
        )  # fmt: skip
        if saved.files:
            held = _("The portal's pictures and files are in it: {n}.")
            console().print(held.format(n=format_number(saved.files)), soft_wrap=True)


def _as_object(saved: Saved) -> dict[str, Any]:
    return {
        "file": saved.file,
        "size_bytes": saved.size,
        "entry": saved.head.number,
        "digest": saved.head.digest.hex(),
        "files": saved.files,
    }
