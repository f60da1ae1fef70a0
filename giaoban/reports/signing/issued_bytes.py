"""Is a signed file the issued pdf with signatures after it, and nothing else?

That it begins with the issued bytes is not enough: what is appended may put other pages in the
place of those before. So every addition is compared with the issued state, by pyHanko's rules for
what may follow a signature, made to start from a pdf that has none yet.
"""

from __future__ import annotations

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, pdf_name
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import (
    ACROFORM_EXEMPT_STRICT_COMPARISON,
    ROOT_EXEMPT_STRICT_COMPARISON,
)
from pyhanko.sign.diff_analysis.policy_api import DiffResult

from giaoban.reports.signing.opening import UNREADABLE, opened
from giaoban.reports.signing.tagging import TaggedFieldRule

_FORM = "/AcroForm"
# The library's own rules but three: a form comes with the first signature, whose flags then say
# that there is one, and which has its place in the structure; and a signature may forbid further
# changes (/Perms). No field is filled in.
_ONLY_SIGNATURES = StandardDiffPolicy(
    global_rules=[
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),
        *(
            rule.as_qualified(ModificationLevel.LTA_UPDATES)
            for rule in (DocInfoRule(), XrefStreamRule(), ObjectStreamRule(), DSSCompareRule(),
                         MetadataUpdateRule(), TaggedFieldRule())
        ),
    ],
    form_rule=FormUpdatingRule(
        [SigFieldCreationRule(), SigFieldModificationRule()],
        ignored_acroform_keys=ACROFORM_EXEMPT_STRICT_COMPARISON | {"/SigFlags"},
    ),
)  # fmt: skip


def adds_only_signatures(pdf: bytes, original: bytes) -> bool:
    """Whether ``pdf`` is ``original`` byte for byte, followed by signatures alone.

    Raises ``NotAPdf``, ``PdfLocked`` for either.
    """
    if not pdf.startswith(original):
        return False
    reader, issued = opened(pdf), opened(original)
    last = issued.total_revisions - 1
    if not _begins_with(reader, issued, last):
        return False
    before = reader.get_historical_resolver(last)
    _give_empty_form(before)
    try:
        found = _ONLY_SIGNATURES.review_file(reader, before)
    except UNREADABLE:
        return False
    return isinstance(found, DiffResult)


def _begins_with(reader: PdfFileReader, issued: PdfFileReader, last: int) -> bool:
    """Whether what is appended really leads back to the issued state, and not around it."""
    return (
        reader.total_revisions > last
        and reader.xrefs.get_startxref_for_revision(last) == issued.last_startxref
    )


def _give_empty_form(before: HistoricalResolver) -> None:
    """The rules compare one form with another; in memory, the issued pdf gets an empty one."""
    if _FORM not in before.root:
        before.root[pdf_name(_FORM)] = DictionaryObject({pdf_name("/Fields"): ArrayObject()})
