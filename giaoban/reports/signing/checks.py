"""Are the signed copies what was kept? Each check is one invariant, over all there are."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from giaoban.journal.checks import Check, Finding
from giaoban.journal.errors import RuleBroken
from giaoban.journal.models import Entry
from giaoban.reports.issues import reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.models import SignedCopy
from giaoban.reports.signing.storing import signed_file
from giaoban.reports.signing.validation import validate


def signed_copies_hold() -> Finding:
    """Each signed copy has its hash, is the issued pdf with signatures after it, and they hold."""
    finding = Finding(_("reports: signed copies"))
    rows = SignedCopy.objects.order_by("entry_id", "line").values_list(
        "entry_id", "issue", "sha256", "signer", "serial"
    )
    entries: dict[tuple[int, int, bytes], list[tuple[str, str]]] = {}
    for entry, issue, digest, signer, serial in rows:
        entries.setdefault((entry, issue, bytes(digest)), []).append((signer, serial))
    for (entry, issue, digest), signers in entries.items():
        finding.looked_at += 1
        try:
            fault = _fault(entry, issue, digest, signers)
        except RuleBroken as refused:
            fault = str(refused)
        if fault:
            finding.fault(_("signed copy {n}: {fault}").format(n=entry, fault=fault))
    return finding


def _fault(entry: int, issue: int, digest: bytes, signers: list[tuple[str, str]]) -> str:
    pdf = signed_file(entry)
    if hashlib.sha256(pdf).digest() != digest:
        return _("the file does not match its hash")
    at = Entry.objects.get(pk=entry).recorded_at
    found = validate(pdf, original=reprint(issue, Form.PDF), at=at)
    if [(one.signer, one.serial) for one in found] != signers:
        return _("the file bears other signatures than the book says")
    if not all(one.holds and one.is_issued for one in found):
        return _("a signature does not hold, or the document is not the one issued")
    return ""


CHECKS: list[Check] = [signed_copies_hold]
