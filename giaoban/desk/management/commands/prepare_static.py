"""``prepare_static``: make the fonts and gather the static files, where they are out of date.

No office calls this by hand; ``giaoban serve`` does.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from giaoban.desk import fonts


class Command(BaseCommand):
    help = "Make the fonts and gather the static files."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        mark = settings.STATIC_ROOT / ".made-from"
        wanted = _fingerprint()
        if mark.exists() and mark.read_text() == wanted:
            return
        shutil.rmtree(settings.STATIC_ROOT, ignore_errors=True)
        fonts.build_fonts(settings.FONTS / "fonts")
        settings.STATICFILES_DIRS = [settings.FONTS]
        get_finders.__globals__["get_finder"].cache_clear()
        call_command("collectstatic", interactive=False, verbosity=0)
        mark.write_text(wanted)


def _fingerprint() -> str:
    """A text that changes with any of our static files, and with any library's release."""
    marks = hashlib.sha256()
    own = Path(apps.get_app_config("desk").path)
    for file in sorted([*own.glob("static/**/*"), own / "fonts.py"]):
        if file.is_file():
            marks.update(file.read_bytes())
    requirements = settings.BASE_DIR / "requirements" / "run.txt"
    if requirements.exists():
        marks.update(requirements.read_bytes())
    return marks.hexdigest()
