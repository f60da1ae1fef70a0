"""``prepare_static``: make the fonts and gather the static files, where they are out of date.

No office calls this by hand; ``giaoban serve`` does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand

from giaoban.reports.rendering import typeface


class Command(BaseCommand):
    help = "Make the fonts and gather the static files."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        mark = settings.STATIC_ROOT / ".made-from"
        wanted = _fingerprint()
        if mark.exists() and mark.read_text() == wanted:
            return
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        typeface.build_fonts(settings.FONTS / "fonts")
        # In a process of its own, whose settings know the fonts and give names of content.
        subprocess.run(
            [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity=0"],
            env={**os.environ, "GIAOBAN_GATHERING": "1",
                 "DJANGO_SETTINGS_MODULE": "giaoban.desk.settings"},
            check=True,
        )  # fmt: skip
        mark.write_text(wanted)


def _fingerprint() -> str:
    """A text that changes with any of our static files, and with any library's release."""
    marks = hashlib.sha256()
    folders = [Path(apps.get_app_config(label).path) for label in ("desk", "reports")]
    own = [file for folder in folders for file in folder.glob("static/**/*")]
    for file in sorted([*own, Path(typeface.__file__)]):
        if file.is_file():
            marks.update(file.read_bytes())
    requirements = settings.BASE_DIR / "requirements" / "run.txt"
    if requirements.exists():
        marks.update(requirements.read_bytes())
    return marks.hexdigest()
