"""A document as bytes in one of the four forms, and those bytes as a file, whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from giaoban.reports.documents.blocks import Document
from giaoban.reports.errors import FolderMissing, NoSpaceLeft


class Form(StrEnum):
    """A form that a document is rendered to."""

    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        """What a browser is told."""
        return _MEDIA_TYPES[self]


_PREFIX = ".giaoban-"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Form.HTML: "text/html; charset=utf-8",
    Form.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Form.PDF: "application/pdf",
    Form.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
}


def render(document: Document, form: Form) -> bytes:
    """The document in one form: always the same bytes for the same document.

    Raises ``FontMissing`` where the package of a typeface is not installed.
    """
    # Each renderer brings a library that takes longer to load than a table on the screen may take.
    renderer = import_module(f"giaoban.reports.rendering.{form}")
    content: bytes = renderer.render(document)
    return content


def save(content: bytes, file: Path) -> None:
    """Write a file whole or not at all: what stood there before stays until the new one is done.

    Raises ``FolderMissing``, ``NoSpaceLeft``, else the system's own ``OSError``; nothing half
    written is left behind.
    """
    half = None
    try:
        descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=_PREFIX)
        half = Path(name)
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        half.chmod(0o644)
        half.replace(file)
    except FileNotFoundError as missing:
        raise FolderMissing(folder=str(file.parent)) from missing
    except OSError as refused:
        if refused.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise NoSpaceLeft(file=file.name) from refused
    finally:
        if half is not None:
            half.unlink(missing_ok=True)
