"""``giaoban synth``: a nation's books to test on. Everything in them is invented but the names of
the administrative units and which of them became which on 1 July 2025."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.setting_up import gather_statistics
from giaoban.cli.synth.columns import write_columns
from giaoban.cli.synth.divisions import read_divisions
from giaoban.cli.synth.errors import FolderNeeded
from giaoban.cli.synth.law import Count, counts, standing_on
from giaoban.cli.synth.nation import build
from giaoban.cli.synth.sizes import REFORM, sizes
from giaoban.terminal.office import OfficeCommand, add_format, console, print_rows, progress_bar
from giaoban.vietnamese import format_number

MOST = 1.0


class Command(OfficeCommand):
    help = _("Build a synthetic nation to test on, or compare its data with the law's figures.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = _(
            "nation: build it into an empty database; counts: the data against the law; segments: "
            "its legs alone as columns, for measuring."
        )
        parser.add_argument("what", choices=("nation", "counts", "segments"), help=what)
        part = _("How much of the nation: 1 all of it, 0.01 a hundredth.")
        parser.add_argument("--scale", type=_scale, default=MOST, metavar=_("NUMBER"), help=part)
        times = _("segments: how many times over, 10 for 151 million legs.")
        parser.add_argument("--times", type=int, default=1, metavar=_("NUMBER"), help=times)
        parser.add_argument("--out", type=Path, metavar=_("FOLDER"),
                            help=_("segments: the folder to write them to."))  # fmt: skip
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        scale, form = options["scale"], options["format"]
        if options["what"] == "counts":
            _print(counts(read_divisions()), form)
            return
        legs = sizes(scale).legs
        if options["what"] == "segments":
            self._write_columns(options["times"], options["out"], form)
            return
        with progress_bar(_("Building the nation: legs"), legs) as advance:
            built = build(scale, advance)
        gather_statistics()
        land = read_divisions().share(scale)
        eve, day = standing_on(REFORM - timedelta(days=1)), standing_on(REFORM)
        _print(counts(land, eve, day, whole=scale == MOST), form)
        if form == "text":
            said = _("Recorded: {entries} entries, {legs} legs, in {seconds} s. All of it is "
                     "invented but the administrative units and what became of them.")  # fmt: skip
            told = (built.entries, built.legs, round(built.seconds))
            entries, legs_told, seconds = map(format_number, told)
            console().print(said.format(entries=entries, legs=legs_told, seconds=seconds))

    def _write_columns(self, times: int, out: Path | None, form: str) -> None:
        if out is None or times < 1:
            raise FolderNeeded
        with progress_bar(_("Writing segments: legs"), sizes(times).legs) as advance:
            found = write_columns(times, out, advance)
        rows = [(_("legs"), found.legs), (_("entries"), found.watermark), (_("bytes"), found.size)]
        print_rows([_("Segments"), str(out)], rows, form)


def _scale(text: str) -> float:
    try:
        scale = float(text.replace(",", "."))
    except ValueError:
        scale = 0.0
    if not 0 < scale <= MOST:
        raise ArgumentTypeError(_("a number above 0 and up to 1, not {text}").format(text=text))
    return scale


def _print(told: list[Count], form: str) -> None:
    heads = [_("Figure"), _("law"), _("package"), _("books"), _("difference and its cause")]
    rows = [
        (str(one.name), one.law, one.found, one.books,
         str(one.cause) if one.differs or one.law is None else "")
        for one in told
    ]  # fmt: skip
    print_rows(heads, rows, form)
