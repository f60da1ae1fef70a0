"""``giaoban portal import FOLDER``: saved pages of an old portal become drafts of articles."""

from __future__ import annotations

import logging
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Recorder
from giaoban.portal.bringing.drafting import Brought, bring_page, look_at, sections
from giaoban.portal.bringing.findings import PARTS, Findings, in_words, parts_in_words
from giaoban.portal.bringing.folder import pages_in
from giaoban.terminal.office import add_recorder, console, print_table, progress_bar, write_csv
from giaoban.vietnamese import capitalise_first, format_published

HELP = gettext_lazy("Bring saved pages of an old portal in, as drafts of articles.")
_SHOWN = 40


def add_arguments(parser: ArgumentParser) -> None:
    """``FOLDER [--section SLUG] [--dry-run] [--csv FILE] [--as LOGIN]``."""
    parser.add_argument("folder", type=Path, help=_("Folder of saved pages."))
    parser.add_argument("--section", default="", help=_("Section that all drafts go to."))
    parser.add_argument("--dry-run", action="store_true", help=_("Show what would be brought."))
    parser.add_argument("--csv", type=Path, help=_("File for the report, page by page."))
    add_recorder(parser)


def handle(**options: Any) -> None:
    """Bring page after page, whatever becomes of the others; then report."""
    # A library's notes on a page that it made nothing of are ours to tell, in words.
    logging.getLogger("readability").setLevel(logging.CRITICAL)
    folder: Path = options["folder"]
    among, paths = sections(options["section"]), pages_in(folder)
    rows, counts = [], {"brought": 0, "again": 0, "refused": 0}
    with progress_bar(_("Bringing pages"), len(paths)) as advance:
        for path in paths:
            name = path.relative_to(folder).as_posix()
            try:
                if options["dry_run"]:
                    brought = look_at(path, folder, among)
                else:
                    by = Recorder(options["login"], timezone.now())
                    brought = bring_page(path=path, folder=folder, among=among, by=by)
                counts["again" if brought.again else "brought"] += 1
                rows.append(_row(name, brought, dry=options["dry_run"]))
            except RuleBroken as refused:
                counts["refused"] += 1
                rows.append((name, _("refused"), *[None] * len(PARTS), str(refused)))
            advance(1)
    _report(rows, options["csv"])
    _sum_up(counts, dry=options["dry_run"])


def _row(name: str, brought: Brought, *, dry: bool) -> tuple[str | None, ...]:
    state = (
        _("brought before")
        if brought.again
        else _("would be a draft")
        if dry
        else pgettext("article", "draft")
    )
    findings = brought.findings
    remarks = in_words(findings.remarks)
    if findings.missing:
        remarks.insert(0, _("Not found: {parts}.").format(parts=parts_in_words(findings.missing)))
    return (name, state, *_parts(findings), " ".join(remarks))


def _parts(findings: Findings) -> list[str | None]:
    picture = findings.pictures[0] if findings.pictures else None
    paragraphs = pgettext("article", "{n} paragraphs").format(n=len(findings.body))
    told = [
        findings.section, findings.headline, findings.at and format_published(findings.at),
        findings.lead, paragraphs, picture and picture.source, picture and picture.caption,
        findings.byline,
    ]  # fmt: skip
    return [one or None for one in told]


def _report(rows: list[tuple[str | None, ...]], file: Path | None) -> None:
    parts = (capitalise_first(str(name)) for name in PARTS.values())
    heads = [_("File"), _("State"), *parts, _("Remarks")]
    if file is not None:
        # The mark tells spreadsheets that it is UTF-8.
        with file.open("w", encoding="utf-8-sig", newline="") as out:
            write_csv(out, heads, rows)
    if rows:
        few = (0, 1, 3, 4, -1)
        print_table([heads[at] for at in few], [[_short(row[at]) for at in few] for row in rows])


def _short(cell: str | None) -> str | None:
    return cell if cell is None or len(cell) <= _SHOWN * 3 else cell[: _SHOWN * 3] + "…"


def _sum_up(counts: dict[str, int], *, dry: bool) -> None:
    said = (
        _("{brought} pages would become drafts, {again} were brought before, {refused} refused.")
        if dry
        else _("{brought} drafts made, {again} pages brought before, {refused} refused.")
    )
    console().print(said.format(**counts))
