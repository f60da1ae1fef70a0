"""What the commands share: words for refusals, the recorder, tables in three formats."""

from __future__ import annotations

import csv
import json
import os
import sys
from argparse import SUPPRESS, Action, ArgumentParser, ArgumentTypeError
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from enum import Enum
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, ProgrammingError
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from rich.console import Console

from giaoban import vietnamese
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Recorder
from giaoban.periods import BadPeriod
from giaoban.vietnamese import BadText

REFUSED, UNAVAILABLE = 1, 3
FORMATS = ("text", "json", "csv")
ONE_LINE = 18
WIDEST = 1000


class OfficeCommand(BaseCommand):
    """A command of the office: refusals become one clear line and an exit code."""

    requires_system_checks = []
    output_transaction = False
    _called_from_command_line = False  # Django's, told here for mypy

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> Any:
        """A parser without Django's own options, which mean nothing to an office."""
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"giaoban {subcommand}"
        hidden = {"version", "verbosity", "settings", "pythonpath", "traceback", "no_color",
                  "force_color", "skip_checks"}  # fmt: skip
        for action in parser._actions:
            if action.dest in hidden:
                action.help = SUPPRESS
            elif action.option_strings and action.nargs != 0 and not action.choices:
                action.metavar = action.metavar or _shown_as(action)
        return parser

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Run in the office's language; on the command line a refusal is its message alone."""
        translation.activate(settings.LANGUAGE_CODE)
        try:
            return self._refuse_in_words(*args, **options)
        except CommandError as refused:
            if not self._called_from_command_line:
                raise
            print(refused, file=sys.stderr)
            raise SystemExit(refused.returncode) from refused

    def _refuse_in_words(self, *args: Any, **options: Any) -> str | None:
        """Turn every refusal into its message, once."""
        try:
            return super().execute(*args, **options)
        except RuleBroken as refused:
            raise CommandError(refusal(refused), returncode=REFUSED) from refused
        except (BadText, BadPeriod) as refused:
            raise CommandError(refusal(refused), returncode=REFUSED) from refused
        except (OperationalError, ProgrammingError) as broken:
            raise CommandError(_unavailable(broken), returncode=UNAVAILABLE) from broken


def _shown_as(action: Action) -> str:
    """What stands for an option's value in the help."""
    if action.type is day or action.dest == "tree":
        return _("DAY")
    if action.dest in ("unit", "row", "regime", "cell"):
        return _("CODE")
    return _("NUMBER") if action.dest in ("limit", "depth", "port") else _("TEXT")


def _unavailable(broken: OperationalError | ProgrammingError) -> str:
    """Why the books can't be opened; what is no matter of opening them is a bug and crashes."""
    if "does not exist" in str(broken):
        return _("The database has no tables yet, or older ones. Run: giaoban setup")
    if isinstance(broken, ProgrammingError):
        raise broken
    return _("The database does not answer: {reason}").format(reason=broken)


def _english() -> bool:
    return (translation.get_language() or "vi").startswith("en")


def refusal(refused: Exception) -> str:
    """A refusal in the active language, with its code for whoever looks it up."""
    said = in_words(refused) if isinstance(refused, BadText | BadPeriod) else str(refused)
    return f"{said} [{getattr(refused, 'code', '')}]"


def add_format(parser: ArgumentParser, forms: Sequence[str] = FORMATS) -> None:
    """``--format text|json|csv``."""
    parser.add_argument("--format", choices=forms, default="text", help=_("Form of the answer."))


def add_recorder(parser: ArgumentParser) -> None:
    """``--as LOGIN``: who records."""
    parser.add_argument(
        "--as", dest="login", default=os.environ.get("GIAOBAN_LOGIN", "ban-to-chuc"),
        help=_("Login that records (or GIAOBAN_LOGIN)."),
    )  # fmt: skip


def recorder(login: str) -> Recorder:
    """Who records, now: the doors are where the clock is read."""
    return Recorder(login, timezone.now())


def day(text: str) -> date:
    """A day as an office writes it, 29/10/2018 or 2018-10-29; for ``type=`` of an argument."""
    try:
        return vietnamese.parse_date(text)
    except BadText as refused:
        raise ArgumentTypeError(in_words(refused)) from refused


def in_words(refused: BadText | BadPeriod) -> str:
    """What the lowest floors refuse, in the active language."""
    return refused.in_english() if _english() else str(refused)


def print_json(value: Any) -> None:
    """Print for machines: UTF-8, dates ISO, fractions and decimals as text."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    if hasattr(value, "_asdict"):
        return value._asdict()
    return str(value)


def print_rows(
    heads: Sequence[str], rows: Iterable[Sequence[Any]], form: str, *, title: str = ""
) -> None:
    """Print one table as text, JSON (a list of objects) or CSV (with a head line)."""
    if form == "json":
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
    elif form == "csv":
        write_csv(sys.stdout, heads, rows)
    else:
        print_table(heads, rows, title=title)


def write_csv(out: Any, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """CSV for spreadsheets and programs: commas, ISO dates, plain numbers."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow(["" if value is None else value for value in row])


def console() -> Console:
    """The terminal; wide enough not to break names when the output goes to a file."""
    width = None if sys.stdout.isatty() else 120
    # Brackets in a name are part of the name, not markup.
    return Console(highlight=False, markup=False, soft_wrap=False, width=width)


def print_table(heads: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "") -> None:
    """A text table: numbers to the right in Vietnamese form, missing values as a dash."""
    from rich import box
    from rich.measure import Measurement
    from rich.table import Table

    listed = [list(row) for row in rows]
    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for at, head in enumerate(heads):
        numeric = any(_is_figure(row[at]) for row in listed)
        # Short cells stay on one line; heads and long names take two rather than lose their end.
        longest = max((len(cell(row[at])) for row in listed), default=0)
        table.add_column(
            head,
            justify="right" if numeric else "left",
            overflow="fold",
            min_width=min(longest, ONE_LINE),
        )
    for row in listed:
        table.add_row(*(cell(value) for value in row))
    out = console()
    # Rather a line too long than a number cropped away.
    needed = Measurement.get(out, out.options.update(width=WIDEST), table).minimum
    out.width = max(out.width, needed)
    out.print(table)


def _is_figure(value: Any) -> bool:
    """Whether a value stands to the right: a number, or per cent as people read them."""
    return isinstance(value, int | float) or str(value).endswith("%")


def code_of(choice: Enum) -> str:
    """The code of a choice for machines and options: FULL_IN_TRANSIT as full-in-transit."""
    return choice.name.lower().replace("_", "-")


def cell(value: Any) -> str:
    """One value as a table shows it."""
    if value is None:
        return vietnamese.MISSING
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int):
        return vietnamese.format_number(value)
    if isinstance(value, date):
        return vietnamese.format_date(value)
    return str(value)


@contextmanager
def while_working(title: str) -> Iterator[None]:
    """A sign of life on standard error, for what takes over a second and has no steps to count."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    out = Console(stderr=True)
    if not out.is_terminal:
        yield
        return
    with Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=out,
                  transient=True) as bar:  # fmt: skip
        bar.add_task(title, total=None)
        yield


@contextmanager
def progress_bar(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """A bar on standard error for anything over a second; call what it gives with what was done."""
    # Most commands show no bar, and need not wait for its module to load.
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    # Into a file or a pipe a bar would be nothing but empty lines.
    out = Console(stderr=True)
    with Progress(*columns, console=out, transient=True, disable=not out.is_terminal) as bar:
        task = bar.add_task(title, total=total)
        yield lambda n: bar.advance(task, n)
