"""The files of a folder that may be pages, and each of them read with an end to its size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from giaoban.portal.bringing.errors import FolderMissing, PageIsLink, PageTooLarge, PageUnreadable

ENDINGS = frozenset({".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp", ".mht"})
MOST_BYTES = 5 * 1024 * 1024
_MEGABYTE = 1024 * 1024


def pages_in(folder: Path) -> list[Path]:
    """The files that may be pages, in the order of their paths. Links to folders are not followed.

    Raises ``FolderMissing``.
    """
    if not folder.is_dir():
        raise FolderMissing(path=str(folder))
    return sorted(_pages(folder))


def _pages(folder: Path) -> Iterator[Path]:
    for place, _folders, names in os.walk(folder, followlinks=False):
        yield from (Path(place, name) for name in names if Path(name).suffix.lower() in ENDINGS)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises ``PageIsLink``, ``PageTooLarge`` (without reading it), ``PageUnreadable``.
    """
    if path.is_symlink():
        raise PageIsLink
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PageTooLarge(megabytes=size // _MEGABYTE, most=f"{MOST_BYTES // _MEGABYTE} MB")
        return path.read_bytes()
    except OSError as refused:
        raise PageUnreadable(reason=refused.strerror or str(refused)) from refused


def picture_beside(folder: Path, page: Path, source: str) -> Path | None:
    """The file that a picture's address on a page leads to; None where it leads out or nowhere.

    An address from the root of the old site is looked for from the folder that was brought.
    """
    told = source.lstrip("/")
    bases = [folder] if source.startswith("/") else [page.parent, folder]
    root = folder.resolve()
    for base in bases:
        try:
            path = (base / told).resolve()
            if path.is_relative_to(root) and path.is_file():
                return path
        except (OSError, ValueError):
            continue
    return None
