"""A document written to where somebody asked for it, or why that can't be done."""

from __future__ import annotations

from pathlib import Path

from giaoban.cli.errors import FileUnwritable
from giaoban.cli.reasons import reason
from giaoban.reports.rendering.rendition import save


def write_out(content: bytes, file: Path) -> None:
    """Write a file whole or not at all. Raises ``FileUnwritable``, ``FolderMissing``,
    ``NoSpaceLeft``."""
    try:
        save(content, file)
    except OSError as refused:
        raise FileUnwritable(file=str(file), reason=reason(refused)) from refused
