"""Are issued documents what was issued? Each is worked out again by the books of its day."""

from __future__ import annotations

import hashlib

from django.utils.translation import gettext as _

from giaoban.figures.values import Value
from giaoban.journal.checks import Check, Finding
from giaoban.journal.errors import RuleBroken
from giaoban.journal.queries import head_at
from giaoban.journal.sql import fetch
from giaoban.reports.documents.canonical import content_hash, read
from giaoban.reports.documents.walking import figures
from giaoban.reports.issues import Issued, forms_of, frozen_figures, issued_content, issues
from giaoban.reports.models import Rendition
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning


def reports_reproduced() -> Finding:
    """Every issued document: its text and files are those of its hashes, its journal is that of
    its digest, and each of its numbers is worked out again to the same value."""
    everything = issues()
    finding = Finding(_("reports: issued documents"), looked_at=len(everything))
    sound = 0
    for issued in everything:
        faults = [*_text(issued), *_files(issued), *_numbers(issued)]
        sound += not faults
        for fault in faults:
            finding.fault(f"{issued.symbol}: {fault}")
    said = _("reports: {n}/{all} reproduced")
    finding.name = said.format(n=sound, all=len(everything))
    return finding


def _text(issued: Issued) -> list[str]:
    try:
        content = issued_content(issued.entry)
    except (RuleBroken, ValueError):
        return [_("its text is missing or damaged")]
    if content_hash(content) != issued.content_hash:
        return [_("its text is not what was issued")]
    cited = dict.fromkeys(address for address, _text in figures(read(content)))
    if list(cited) != list(frozen_figures(issued.entry)):
        return [_("its frozen figures are not those it cites")]
    return []


def _files(issued: Issued) -> list[str]:
    kept = {
        one.form: hashlib.sha256(bytes(one.content)).digest()
        for one in Rendition.objects.filter(entry_id=issued.entry)
    }
    said = _("its {form} is not what was issued")
    forms = forms_of(issued.entry)
    return [said.format(form=form) for form, digest in forms if kept.get(form) != digest]


def _numbers(issued: Issued) -> list[str]:
    if head_at(issued.head_number).digest != issued.head_digest:
        return [_("the journal it was taken from is another")]
    reckoning, said = Reckoning(issued.question), _("{figure} was {then} and is {now}")
    faults = []
    for address, frozen in frozen_figures(issued.entry).items():
        try:
            now = reckoning.value(address)
        except RuleBroken as refused:
            faults.append(f"{address}: {refused}")
            continue
        if now != frozen and not _erased(issued, Address.parse(address), frozen, now):
            faults.append(said.format(figure=address, then=frozen, now=now))
    return faults


# Members whose particulars were known then and were erased since, as the law may demand.
_ERASED = """
    SELECT count(DISTINCT p.person_id) FROM journal_erasure AS x JOIN people_particulars AS p
        ON p.entry_id = x.erased_entry_id AND p.line = x.erased_line
    WHERE x.book = 'people_particulars' AND x.entry_id > %(known)s AND p.entry_id <= %(known)s
"""


def _erased(issued: Issued, address: Address, frozen: Value, now: Value) -> bool:
    """Whether a number by particulars is off by no more than was erased since: it was right, and
    nobody can count it again. Its digest still vouches for it."""
    if not address.group:
        return False
    [(erased,)] = fetch(_ERASED, known=issued.head_number)
    if address.way or frozen is None or now is None:
        return bool(erased)
    return bool(abs(now - frozen) <= erased)


CHECKS: list[Check] = [reports_reproduced]
