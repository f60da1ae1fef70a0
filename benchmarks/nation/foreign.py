"""Legs of a set of segments that no journal has, asked by the product's own way of asking.

``giaoban synth segments`` writes the legs of several nations without a journal, and a set without
its journal is never read. Here, and only to measure, this process is told that such a set is in
force: its legs and balances, with the units of the home's own set, which are the same
organisations. The tail, entries later than the set's, is asked of the home's database and empty.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from pathlib import Path


def read_legs_of(folder: Path) -> int:
    """From now on this process reads the legs of the set in ``folder``; the last of its entries."""
    from django.conf import settings
    from msgspec.structs import replace

    from giaoban.figures.segments import reading, units
    from giaoban.figures.segments.layout import current

    legs, own = current(folder), current(settings.SEGMENTS)
    assert legs is not None, f"no segments in {folder}"
    assert own is not None, f"no segments in {settings.SEGMENTS}: giaoban figures compact"
    joined = replace(legs, units=own.units)
    # One folder for both, since the engine looks into one folder only, and follows links.
    place = Path(tempfile.mkdtemp(prefix="giaoban-bench-", dir=folder.parent))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    (place / joined.folder).mkdir()
    for file in joined.files():
        here = folder / legs.folder / file.name
        if not here.exists():
            here = settings.SEGMENTS / own.folder / file.name
        _lend(here, place / joined.folder / file.name)
    settings.SEGMENTS = place
    for module in (reading, units):
        vars(module)["in_force"] = lambda: joined
        vars(module)["warn"] = _refuse
    return joined.watermark


def _lend(here: Path, there: Path) -> None:
    """The same file under another name, or a copy of it on another disk."""
    try:
        there.hardlink_to(here)
    except OSError:
        shutil.copyfile(here, there)


def _refuse(broken: Exception) -> None:
    """What can't be read would be answered by the database, of the home's own legs."""
    raise AssertionError(f"the set was not read: {broken}") from broken
