"""``giaoban figures``: what figures are read from; ``compact`` writes closed history as columns."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from giaoban.figures.segments.compacting import compact
from giaoban.figures.segments.layout import SegmentSet, SegmentsUnusable
from giaoban.figures.segments.reading import in_force, warn
from giaoban.journal.queries import head
from giaoban.terminal.office import OfficeCommand, add_format, print_json, print_rows, progress_bar

MEGABYTE = 1_000_000


class Command(OfficeCommand):
    help = _("Show the segments that figures are read from, or write them anew.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = _("show: what there is; compact: write every movement so far as segments.")
        parser.add_argument("what", nargs="?", choices=("show", "compact"), default="show",
                            help=what)  # fmt: skip
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "compact":
            with progress_bar(_("Writing segments"), head().number) as progress:
                found: SegmentSet | None = compact(progress)
        else:
            found = _standing()
        _print(found, options["format"])


def _standing() -> SegmentSet | None:
    try:
        return in_force()
    except SegmentsUnusable as broken:
        warn(broken)
        return None


def _print(found: SegmentSet | None, form: str) -> None:
    last = head().number
    told = {
        "folder": str(settings.SEGMENTS / found.folder) if found else None,
        "watermark": found.watermark if found else 0,
        "digest": found.digest if found else None,
        "legs": found.legs if found else 0,
        "years": len(found.years) if found else 0,
        "bytes": found.size if found else 0,
        "tail": last - (found.watermark if found else 0),
    }
    if form == "json":
        print_json(told)
        return
    if form == "csv":
        print_rows(list(told), [list(told.values())], form)
        return
    rows = [
        (_("folder"), told["folder"]), (_("entries in segments"), told["watermark"]),
        (_("entries recorded since"), told["tail"]), (_("legs in segments"), told["legs"]),
        (_("years"), told["years"]), (_("megabytes"), round(int(told["bytes"] or 0) / MEGABYTE)),
    ]  # fmt: skip
    print_rows([_("Segments"), ""], rows, form)
