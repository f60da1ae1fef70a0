"""The key that sessions are signed with: told by the environment, or made once for this office."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE = "secret-key"


def secret_key(var: Path) -> str:
    """The key from ``GIAOBAN_SECRET_KEY``, or the one in ``var``, made on the first call.

    Two processes that start at once agree: the file is created by one of them alone.
    """
    told = os.environ.get("GIAOBAN_SECRET_KEY")
    if told:
        return told
    var.mkdir(parents=True, exist_ok=True)
    file = var / FILE
    if not file.exists():
        made = var / f"{FILE}.{os.getpid()}"
        made.touch(mode=0o600)
        made.write_text(secrets.token_urlsafe(48))
        with suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_text()
