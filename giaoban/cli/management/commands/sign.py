"""``giaoban sign``: sign the pdf of an issued document, or say what a signed file is."""

from __future__ import annotations

from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from giaoban.cli.acting.errors import FileUnreadable
from giaoban.cli.reasons import reason
from giaoban.cli.secrets import asked_for
from giaoban.cli.written import write_out
from giaoban.journal.writing import Recorder
from giaoban.reports.issues import reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.by_file import sign_with_file
from giaoban.reports.signing.by_token import sign_with_token
from giaoban.reports.signing.certificates import trusted_roots
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.placing import box_on
from giaoban.reports.signing.storing import latest_file, signatures_in_latest, store_signature
from giaoban.reports.signing.validation import validate
from giaoban.terminal.office import (
    REFUSED,
    OfficeCommand,
    add_format,
    add_recorder,
    console,
    print_json,
    recorder,
    while_working,
)
from giaoban.vietnamese import format_number

FORMS = ("text", "json")


class Command(OfficeCommand):
    help = _("Sign the pdf of an issued document, or check a signed file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--issue", type=int, help=_("Entry that issued the document."))
        with_what = parser.add_mutually_exclusive_group(required=True)
        with_what.add_argument(
            "--p12", type=Path, help=_("File of the key (.p12, .pfx); its password is asked for.")
        )
        with_what.add_argument(
            "--pkcs11", type=Path, help=_("PKCS#11 library of a token; its PIN is asked for.")
        )
        with_what.add_argument(
            "--keep", type=Path, help=_("Keep this file, which was signed elsewhere.")
        )
        with_what.add_argument("--check", type=Path, help=_("Say what this signed file is."))
        parser.add_argument("--token", default="", help=_("Label of the token."))
        parser.add_argument("--key", default="", help=_("Label of the key on the token."))
        parser.add_argument("--reason", default="", help=_("Why it is signed; stands in the pdf."))
        parser.add_argument("--place", default="", help=_("Where it is signed; stands in the pdf."))
        parser.add_argument(
            "--show", action="store_true",
            help=_("Show name and time above the name, in the room for the hand."),
        )  # fmt: skip
        parser.add_argument("--timestamps", help=_("Address of a time-stamp server (RFC 3161)."))
        parser.add_argument("--out", type=Path, help=_("File to be written, too."))
        add_recorder(parser)
        add_format(parser, FORMS)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"] is not None:
            _check(options)
            return
        if options["issue"] is None:
            raise CommandError(_("Name the document: --issue."), returncode=REFUSED)
        if options["pkcs11"] and not (options["token"] and options["key"]):
            raise CommandError(_("Name the token and its key: --token, --key."), returncode=REFUSED)
        by = recorder(options["login"])
        signed = _read(options["keep"]) if options["keep"] else _signed(options, by)
        entry = store_signature(issue=options["issue"], pdf=signed, by=by)
        if options["out"] is not None:
            write_out(signed, options["out"])
        original = reprint(options["issue"], Form.PDF)
        _tell(_found(signed, original), options["format"], entry=entry)


def _signed(options: dict[str, Any], by: Recorder) -> bytes:
    """The document's pdf signed once more: behind the signatures that are kept already."""
    issue = options["issue"]
    pdf, before = latest_file(issue), signatures_in_latest(issue)
    box = box_on(issue, signed_before=before) if options["show"] else None
    said = {
        "reason": options["reason"], "place": options["place"], "at": by.at,
        "timestamps": options["timestamps"], "box": box,
    }  # fmt: skip
    if options["p12"] is not None:
        p12 = _read(options["p12"])
        password = asked_for(_("Password of the key") + ": ", "GIAOBAN_P12_PASSWORD")
        with while_working(_("Signing")):
            return sign_with_file(pdf, p12=p12, password=password, **said)
    pin = asked_for(_("PIN of the token") + ": ", "GIAOBAN_TOKEN_PIN")
    with while_working(_("Signing")):
        return sign_with_token(
            pdf, library=options["pkcs11"], token=options["token"], key=options["key"], pin=pin,
            **said,
        )  # fmt: skip


def _check(options: dict[str, Any]) -> None:
    original = None if options["issue"] is None else reprint(options["issue"], Form.PDF)
    found = _found(_read(options["check"]), original)
    _tell(found, options["format"])
    if not all(one.sound for one in found):
        raise CommandError(_("Not every signature is in order."), returncode=REFUSED)


def _found(pdf: bytes, original: bytes | None) -> list[SignatureFound]:
    roots = trusted_roots(settings.SIGNING_ROOTS)
    return validate(pdf, original=original, roots=roots, at=timezone.now())


def _tell(found: list[SignatureFound], form: str, *, entry: int | None = None) -> None:
    if form == "json":
        signatures = [asdict(one) | {"sound": one.sound} for one in found]
        print_json({"entry": entry, "signatures": signatures})
        return
    out = console()
    if entry is not None:
        said = _("Signed copy recorded, no. {n}.").format(n=format_number(entry))
        out.print(said, soft_wrap=True)
    for one in found:
        out.print(one.summary, soft_wrap=True)


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as broken:
        raise FileUnreadable(file=str(file), reason=reason(broken)) from broken
