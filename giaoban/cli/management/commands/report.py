"""``giaoban report``: the report on organisation work of a unit and a period, or another one."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from giaoban.cli.asking import add_question, add_tree, question_of
from giaoban.cli.errors import OutMissing, TextOnly
from giaoban.cli.printing import print_report, print_text, report_document
from giaoban.cli.written import write_out
from giaoban.figures.organisation_work import organisation_work
from giaoban.reports.defining import definition_named
from giaoban.reports.documents.blocks import Document
from giaoban.reports.rendering.rendition import Form, render
from giaoban.terminal.office import FORMATS, OfficeCommand, console, while_working

TEXT = "text"


class Command(OfficeCommand):
    help = _("Print the report on organisation work of a unit and a period.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_question(parser, (*FORMATS, *map(str, Form)))
        add_tree(parser)
        parser.add_argument(
            "--definition", help=_("Another report, by its code: statement, briefing …")
        )
        parser.add_argument(
            "--out", type=Path, metavar=_("FILE"),
            help=_("File to write a document to: html, docx, pdf, xlsx."),
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        form, out = options["format"], options["out"]
        told = definition_named(options["definition"]) if options["definition"] else None
        if form in FORMATS and out is not None:
            raise OutMissing(forms=", ".join(map(str, Form)))
        if told is not None and form in FORMATS and form != TEXT:
            raise TextOnly(format=form)
        question = question_of(options)
        with while_working(_("Counting")):
            work = organisation_work(question)
        if form in FORMATS and told is None:
            print_report(work, form)
            return
        document = report_document(work, told)
        if form == TEXT:
            print_text(document)
        else:
            hand_out(document, Form(form), out)


def hand_out(document: Document, form: Form, out: Path | None) -> None:
    """Write a document to a file, whole or not at all, or to what the output is led into.

    Raises ``OutMissing`` where that is a terminal, ``FolderMissing``, ``NoSpaceLeft``.
    """
    if out is None and sys.stdout.isatty():
        raise OutMissing(forms=", ".join(map(str, Form)))
    with while_working(_("Setting")):
        content = render(document, form)
    if out is None:
        sys.stdout.buffer.write(content)
        return
    write_out(content, out)
    console().print(_("Written: {file}").format(file=out), soft_wrap=True)
