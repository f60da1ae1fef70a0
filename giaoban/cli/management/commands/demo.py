"""``giaoban demo``: load the demonstration, print its nine-month report, say what to try next."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from giaoban.cli.demonstration import ENTRIES, Summary, play
from giaoban.cli.management.commands.setup import set_up
from giaoban.cli.office import OfficeCommand, add_format, console, progress_bar
from giaoban.cli.printing import print_report, write_tables
from giaoban.cli.setting_up import gather_statistics
from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import head_for, organisation_work
from giaoban.periods import Period, regime_named
from giaoban.units.queries import unit_by_code
from giaoban.vietnamese import format_number

UNIT, PERIOD, PUBLISHED_ON = "HU-THACH-THAT", "2018-9M", date(2018, 10, 29)

NEXT = """
  giaoban trace 2018-9M --unit HU-THACH-THAT --cell admitted --known-on 29/10/2018
  giaoban report 2018-9M --unit HU-THACH-THAT --known-on 05/10/2018
  giaoban report 2018-9M --unit HU-THACH-THAT --tree 01/07/2026
  giaoban statement 2018-9M --unit XA-TIEN-XUAN
  giaoban verify
"""


class Command(OfficeCommand):
    help = _("Load the demonstration and print its nine-month report.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        set_up()
        with progress_bar(_("Loading the demonstration"), ENTRIES) as advance:
            summary = play(advance)
        if summary.recorded:
            gather_statistics()
        question = Question(
            unit=unit_by_code(UNIT),
            period=Period.parse(PERIOD, regime=regime_named("calendar")),
            head=head_for(PUBLISHED_ON),
            known_on=PUBLISHED_ON,
        )
        work = organisation_work(question)
        print_report(work, options["format"])
        files = write_tables(work, settings.VAR / "reports")
        if options["format"] == "text":
            self._say(summary, [str(path) for path in files])

    def _say(self, summary: Summary, files: list[str]) -> None:
        out = console()
        said = _("In the books: {units} units, {members} members, {entries} entries.")
        counts = {"units": summary.units, "members": summary.members, "entries": summary.entries}
        out.print(said.format(**{name: format_number(n) for name, n in counts.items()}))
        out.print(_("Tables as CSV:"))
        for path in files:
            out.print(f"  {path}", soft_wrap=True)
        out.print(
            _(
                "All names of persons, most organisations and documents, and the other figures of"
                " the demonstration are invented. Try next:"
            )
        )
        out.print(NEXT.rstrip().replace("  giaoban", "  .venv/bin/giaoban"), soft_wrap=True)
