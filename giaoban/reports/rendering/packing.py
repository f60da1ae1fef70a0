"""A zip of office files packed anew, so that the same document is the same bytes on any day."""

from __future__ import annotations

import io
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

# Readers look here first for what the other parts are.
FIRST = "[Content_Types].xml"
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def packed(content: bytes) -> bytes:
    """The same entries in sorted order, all of one fixed time."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as given, ZipFile(out, "w") as taken:
        for name in sorted(given.namelist(), key=lambda name: (name != FIRST, name)):
            entry = ZipInfo(name, LONG_AGO)
            entry.compress_type = ZIP_DEFLATED
            taken.writestr(entry, given.read(name))
    return out.getvalue()
