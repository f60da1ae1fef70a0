"""``prepare_static``: make the fonts and gather the static files, where they are out of date.

No office calls this by hand; ``giaoban serve`` does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from giaoban.reports.rendering import typeface

# The folder in var/ that a door's files are gathered in: the ``STATIC_ROOT`` of its settings.
DOORS = {"desk": "static", "portal": "static-portal"}


class Command(BaseCommand):
    help = "Make the fonts and gather the static files."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("door", choices=DOORS)

    def handle(self, *args: Any, **options: Any) -> None:
        door = options["door"]
        root = settings.VAR / DOORS[door]
        mark = root / ".made-from"
        wanted = _fingerprint(door)
        if mark.exists() and mark.read_text() == wanted:
            return
        shutil.rmtree(root, ignore_errors=True)
        typeface.build_fonts(settings.FONTS / "fonts")
        # In a process of its own, whose settings know the fonts and give names of content.
        subprocess.run(
            [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"],
            env={**os.environ, "GIAOBAN_GATHERING": "1",
                 "DJANGO_SETTINGS_MODULE": f"giaoban.{door}.settings"},
            check=True,
        )  # fmt: skip
        mark.write_text(wanted)


def _fingerprint(door: str) -> str:
    """A text that changes with any of our static files, and with any library's release."""
    marks = hashlib.sha256()
    folders = [settings.BASE_DIR / "giaoban" / name for name in ("browser", "reports", door)]
    own = [file for folder in folders for file in folder.glob("**/static/**/*")]
    for file in sorted([*own, Path(typeface.__file__)]):
        if file.is_file():
            marks.update(file.read_bytes())
    requirements = settings.BASE_DIR / "requirements" / "run.txt"
    if requirements.exists():
        marks.update(requirements.read_bytes())
    return marks.hexdigest()
