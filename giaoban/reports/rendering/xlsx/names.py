"""Names of sheets: short, without the signs that Excel keeps to itself, and each only once."""

from __future__ import annotations

from giaoban.reports.rendering.printable import printable

LONGEST = 31
_KEPT_BY_EXCEL = str.maketrans("[]:*?/\\", "       ")
# Excel's own sheet of changes; a book with another of that name is called damaged.
_RESERVED = {"history"}


def sheet_name(title: str, taken: set[str] | None = None) -> str:
    """A name for a sheet from its title, cut at a space where it is too long.

    ``taken`` are the names in the book, without case; the new one is added to it. One that is
    taken gets a number behind it. A title of nothing but such signs gives "1", "1 (2)" …
    """
    taken = set() if taken is None else taken
    plain = " ".join(printable(title).translate(_KEPT_BY_EXCEL).split()).strip("' ") or "1"
    name, number = _cut(plain, LONGEST), 1
    while name.casefold() in taken | _RESERVED:
        number += 1
        behind = f" ({number})"
        name = _cut(plain, LONGEST - len(behind)) + behind
    taken.add(name.casefold())
    return name


def _cut(text: str, length: int) -> str:
    if _units(text) <= length:
        return text
    while _units(text) > length:
        cut, space, _ = text.rpartition(" ")
        # What has no space is cut inside.
        text = cut if space else text[:-1]
    return text.rstrip("' ")


def _units(text: str) -> int:
    """Excel counts a sign beyond the first 65.536 as two."""
    return len(text.encode("utf-16-le")) // 2
