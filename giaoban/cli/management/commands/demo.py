"""``giaoban demo``: load the demonstration, print its nine-month report, say what to try next."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, BooleanOptionalAction
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.cli.demonstration import ENTRIES, Summary, play
from giaoban.cli.demonstration.diary import (
    ADMINISTRATOR,
    CLERK,
    COLLEAGUE,
    EDITOR,
    LEADER,
    PASSWORD,
    PUBLISHER,
    SECRETARY,
    WRITER,
)
from giaoban.cli.demonstration.reporting import ANEW
from giaoban.cli.management.commands.serve import HOST, PORT, serve
from giaoban.cli.management.commands.setup import set_up
from giaoban.cli.printing import print_report, write_tables
from giaoban.cli.setting_up import gather_statistics
from giaoban.cli.written import write_out
from giaoban.figures.by_unit import Question
from giaoban.figures.organisation_work import head_for, organisation_work
from giaoban.periods import Period, regime_named
from giaoban.reports.issues import issued_document, reprint
from giaoban.reports.models import ReportDraft
from giaoban.reports.rendering.rendition import Form
from giaoban.terminal.office import OfficeCommand, add_format, console, progress_bar
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
        parser.add_argument(
            "--serve", action=BooleanOptionalAction, default=sys.stdout.isatty(),
            help=_("Serve the desk afterwards, until Ctrl-C; on a terminal it does."),
        )  # fmt: skip
        parser.add_argument("--port", type=int, default=PORT, help=_("Port to listen on."))

    def handle(self, *args: Any, **options: Any) -> None:
        set_up()
        with progress_bar(_("Loading the demonstration"), ENTRIES) as advance:
            summary = play(advance)
        call_command("portal", "demonstrate")
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
        folder = settings.VAR / "reports"
        documents = _write_documents(folder)
        files = write_tables(work, folder)
        if options["format"] == "text":
            self._say(summary, documents, files)
        if options["serve"]:
            _say_desk(options["port"])
            _say_portal(options["port"] + 1)
            serve(HOST, options["port"], options["port"] + 1)

    def _say(self, summary: Summary, documents: list[Path], files: list[Path]) -> None:
        out = console()
        said = _("In the books: {units} units, {members} members, {entries} entries.")
        counts = {"units": summary.units, "members": summary.members, "entries": summary.entries}
        out.print(said.format(**{name: format_number(n) for name, n in counts.items()}))
        out.print(_("The report as it was issued:"))
        for path in documents:
            out.print(f"  {path}", soft_wrap=True)
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
        out.print("  .venv/bin/giaoban serve", soft_wrap=True)


def _write_documents(folder: Path) -> list[Path]:
    """The nine-month report in every form: the very bytes that were issued."""
    folder.mkdir(parents=True, exist_ok=True)
    entry = ReportDraft.objects.get(key=ANEW).entry_number
    name, written = issued_document(int(entry or 0)).name, []
    for form in Form:
        written.append(folder / f"{name}.{form}")
        write_out(reprint(int(entry or 0), form), written[-1])
    return written


# login → what it is for, one for each role.
LOGINS = {
    CLERK: gettext_lazy("clerk of the board, of everything"),
    COLLEAGUE: gettext_lazy("clerk of one commune"),
    SECRETARY: gettext_lazy("unit secretary of one commune"),
    LEADER: gettext_lazy("leader"),
    WRITER: gettext_lazy("writer on the public site"),
    EDITOR: gettext_lazy("editor, of the site too"),
    PUBLISHER: gettext_lazy("publisher on the public site"),
    ADMINISTRATOR: gettext_lazy("administrator of logins"),
}


def _say_desk(port: int) -> None:
    """The logins of the demonstration, and where to begin."""
    out = console()
    out.print(_("Logins, all with the password {password}:").format(password=PASSWORD))
    for login, role in LOGINS.items():
        out.print(f"  {login:<22}{role}")
    then = f"http://{HOST}:{port}/?unit={UNIT}&on=29/10/2018&known=29/10/2018"
    out.print(_("The overview as of 29/10/2018: {address}").format(address=then), soft_wrap=True)


# What the portal's part of the demonstration has published; the portal is no floor below.
ARTICLE = "/chinh-tri/ket-nap-dang-vien-chin-thang-2018/"


def _say_portal(port: int) -> None:
    """Where the public site is, and what to click on."""
    out, site = console(), f"http://{HOST}:{port}"
    said = _("The public site, its article on the nine months: {address}")
    out.print(said.format(address=f"{site}{ARTICLE}"), soft_wrap=True)
    out.print("  " + _("Click on 134, then on the link to the figure's own page."), soft_wrap=True)
    told = "  " + _("To write there: sign in at the desk as {login}, then open {address}")
    address = f"{site}/bien-tap/"
    out.print(told.format(login=WRITER, address=address), soft_wrap=True)
