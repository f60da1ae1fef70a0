"""``giaoban act``: record an act, or a file of acts."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from giaoban.cli.acting import words
from giaoban.cli.acting.batch import count_entries, read_lines, record_lines
from giaoban.cli.acting.catalogue import VERBS
from giaoban.cli.acting.corrections import CORRECT_FIELDS, RIGHT_VERBS
from giaoban.cli.acting.errors import FileUnreadable, LineRefused
from giaoban.cli.acting.fields import Values, add_fields, values_of
from giaoban.cli.acting.performing import Outcome, perform
from giaoban.cli.acting.telling import tell, tell_batch
from giaoban.cli.acting.verbs import Lookup
from giaoban.cli.reasons import reason
from giaoban.journal.writing import Recorder
from giaoban.terminal.office import (
    REFUSED,
    OfficeCommand,
    add_format,
    add_recorder,
    progress_bar,
    recorder,
    refusal,
)

FORMS = ("text", "json")
SAID, RIGHT = "said_", "right_"  # where an act's words land, apart from the command's own


class Command(OfficeCommand):
    help = _("Record an act: an admission, a transfer, a merger …")

    def add_arguments(self, parser: ArgumentParser) -> None:
        kinds = parser.add_subparsers(dest="act", required=True, metavar=_("KIND"))
        for verb in VERBS.values():
            one = _add(kinds, verb.name)
            if verb.name == "correct":
                _add_right(one)
                continue
            add_fields(one, verb.fields, SAID)
            _add_common(one)
        batch = _add(kinds, "batch")
        batch.add_argument("file", help=_("File of acts, or - for standard input."))
        _add_common(batch)

    def handle(self, *args: Any, **options: Any) -> None:
        by = recorder(options["login"])
        if options["act"] == "batch":
            tell_batch(_batch(options["file"], by, options["dry_run"]), options["format"])
            return
        verb, said = VERBS[options["act"]], _said(options)
        done = perform(lambda: [verb.do(said, Lookup(), by)], by=by, dry_run=options["dry_run"])
        tell(done, options["format"])


def _add(kinds: Any, name: str) -> Any:
    said = words.act(name)
    return kinds.add_parser(name, help=said, description=said)


def _add_common(parser: Any) -> None:
    add_recorder(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help=_("Show what would be recorded; record nothing.")
    )
    add_format(parser, FORMS)


def _add_right(parser: Any) -> None:
    """``correct ENTRY --reason … KIND …``: the right act is a command of its own."""
    add_fields(parser, CORRECT_FIELDS, SAID)
    kinds = parser.add_subparsers(dest="right_act", required=True, metavar=_("KIND"))
    for verb in RIGHT_VERBS.values():
        one = _add(kinds, verb.name)
        add_fields(one, verb.fields, RIGHT)
        _add_common(one)


def _said(options: dict[str, Any]) -> Values:
    said = values_of(options, SAID)
    if options["act"] == "correct":
        said["right"] = (RIGHT_VERBS[options.pop("right_act")], values_of(options, RIGHT))
    return said


def _batch(file: str, by: Recorder, dry_run: bool) -> Outcome:
    try:
        with _opened(file) as lines:
            acts = read_lines(lines)
        with progress_bar(_("recording"), total=count_entries(acts)) as progress:
            return perform(lambda: record_lines(acts, by, progress), by=by, dry_run=dry_run)
    except LineRefused as refused:
        said = _("Line {line}: {reason} Nothing was recorded.")
        raise CommandError(
            said.format(line=refused.line, reason=refusal(refused.reason)), returncode=REFUSED
        ) from refused


@contextmanager
def _opened(file: str) -> Iterator[TextIO]:
    try:
        if file == "-":
            yield sys.stdin
        else:
            with open(file, encoding="utf-8-sig") as lines:
                yield lines
    except (OSError, UnicodeDecodeError) as broken:
        raise FileUnreadable(file=file, reason=reason(broken)) from broken
