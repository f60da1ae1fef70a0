"""``giaoban verify``: is everything in the books as it was written, and does it add up?"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from giaoban.cli.verifying import CHECKS, Verdict, verify
from giaoban.journal.checks import Finding
from giaoban.terminal.office import (
    REFUSED,
    OfficeCommand,
    add_format,
    console,
    print_json,
    print_rows,
    progress_bar,
)
from giaoban.vietnamese import format_number


class Command(OfficeCommand):
    help = _("Verify the books: digests, sums, the tree, targets, rights.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_format(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with progress_bar(_("Verifying"), len(CHECKS)) as progress:
            verdict = verify(progress)
        if options["format"] == "json":
            print_json(_as_object(verdict))
        elif options["format"] == "csv":
            print_rows(["check", "name", "looked_at", "sound", "faults"], _rows(verdict), "csv")
        else:
            _print(verdict)
        if verdict.faulty:
            said = _("The books are not sound: {k} of {n} checks failed.")
            raise CommandError(
                said.format(k=len(verdict.faulty), n=len(CHECKS)), returncode=REFUSED
            )


def _rows(verdict: Verdict) -> list[tuple[str, str, int, bool, str]]:
    return [
        (code, finding.name, finding.looked_at, not finding.faults, "; ".join(finding.faults))
        for code, finding in _coded(verdict)
    ]


def _coded(verdict: Verdict) -> Iterator[tuple[str, Finding]]:
    """Each finding with a name that is the same in every language: that of its check."""
    for check, finding in zip(CHECKS, verdict.findings, strict=True):
        yield check.__name__.replace("_", "-"), finding


def _print(verdict: Verdict) -> None:
    out = console()
    rows = [
        (finding.name, finding.looked_at, _("FAILED") if finding.faults else _("sound"))
        for finding in verdict.findings
    ]
    print_rows([_("Check"), _("Looked at"), _("Verdict")], rows, "text")
    for finding in verdict.faulty:
        out.print(f"{finding.name}:", style="bold")
        for fault in finding.faults:
            out.print(f"  {fault}", soft_wrap=True)
    for finding in verdict.findings:
        for warning in finding.warnings:
            out.print(_("Warning: {said}").format(said=warning), soft_wrap=True)
    said = _("The journal ends with entry {n}, digest {digest}.")
    digest = verdict.head.digest.hex()
    out.print(said.format(n=format_number(verdict.head.number), digest=digest), soft_wrap=True)


def _as_object(verdict: Verdict) -> dict[str, Any]:
    return {
        "sound": not verdict.faulty,
        "entry": verdict.head.number,
        "digest": verdict.head.digest.hex(),
        "checks": [
            {
                "check": code,
                "name": finding.name,
                "looked_at": finding.looked_at,
                "sound": not finding.faults,
                "faults": finding.faults,
                "warnings": finding.warnings,
            }
            for code, finding in _coded(verdict)
        ],
    }
