"""Signed copies of an issued document: what each signature is found to be, and taking one in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from giaoban.desk.door import DeskRequest, page
from giaoban.desk.reports.files import as_file
from giaoban.desk.reports.sight import READS_ISSUES
from giaoban.journal.errors import RuleBroken
from giaoban.people import scope
from giaoban.reports.issues import issued_document, reprint
from giaoban.reports.rendering.rendition import Form
from giaoban.reports.signing.certificates import trusted_roots
from giaoban.reports.signing.errors import CopyUnknown
from giaoban.reports.signing.found import SignatureFound
from giaoban.reports.signing.models import SignedCopy
from giaoban.reports.signing.storing import signed_copies, signed_file, store_signature
from giaoban.reports.signing.validation import validate


@dataclass(frozen=True, slots=True)
class Copy:
    """A signed file: its entry, its hash, and what each of its signatures is found to be."""

    entry: int
    sha256: str
    found: list[SignatureFound]


def copies(issue: int) -> list[Copy]:
    """The signed copies kept with an issue, looked at anew."""
    kept: dict[int, list[SignedCopy]] = defaultdict(list)
    for one in signed_copies(issue):
        kept[one.entry_id].append(one)
    if not kept:
        return []
    roots = trusted_roots(settings.SIGNING_ROOTS)
    original = reprint(issue, Form.PDF)
    return [
        Copy(
            entry,
            bytes(rows[0].sha256).hex(),
            validate(signed_file(entry), original=original, roots=roots),
        )
        for entry, rows in kept.items()
    ]


@require_POST
@page(*scope.DECIDES)
def upload(request: DeskRequest, number: int) -> HttpResponse:
    """Take a signed pdf in: it must be the issued one with signatures behind it."""
    from giaoban.desk.reports.issued import issue_in_sight, shown

    found, file = issue_in_sight(request, number), request.FILES.get("file")
    if file is None or file.size is None:
        return shown(request, found, copy_fault=_("Choose a file first."))
    if file.size > settings.LARGEST_UPLOAD:
        most = settings.LARGEST_UPLOAD // (1024 * 1024)
        said = _("The file is larger than {most} MB.").format(most=most)
        return shown(request, found, copy_fault=said)
    try:
        store_signature(
            issue=found.entry, pdf=file.read(), by=request.sitting.by,
            key=request.POST.get("key", "")[:60] or None,
        )  # fmt: skip
    except RuleBroken as refused:
        return shown(request, found, copy_fault=str(refused))
    messages.success(request, _("The signed copy is kept with the document."))
    return redirect("desk:reports-issued", number)


@page(*READS_ISSUES)
def signed(request: DeskRequest, number: int, copy: int) -> HttpResponse:
    """A signed copy, the very bytes that were taken in."""
    from giaoban.desk.reports.issued import issue_in_sight

    found = issue_in_sight(request, number)
    if not any(one.entry_id == copy for one in signed_copies(found.entry)):
        raise Http404(copy)
    try:
        content = signed_file(copy)
    except CopyUnknown as unknown:
        raise Http404(copy) from unknown
    return as_file(content, Form.PDF, f"{issued_document(found.entry).name}-da-ky")
