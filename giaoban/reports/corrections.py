"""Correcting what was issued: a notice that tells which figures changed, or a document that stands
for it from now on; both are drafted for the office."""

from __future__ import annotations

from django.db import transaction

from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.reports.changes import changes_since
from giaoban.reports.defining import NOTICE as NOTICE
from giaoban.reports.defining import definition_named
from giaoban.reports.drafting import begin, begin_report
from giaoban.reports.errors import KeyOfAnotherDraft, NothingToCorrect
from giaoban.reports.issues import Issued, issued_by
from giaoban.reports.models import ReportDraft
from giaoban.reports.telling import Wording


def begin_correction(*, issue: int, key: str, by: Recorder) -> int:
    """Soạn thông báo điều chỉnh số liệu: a draft notice on an issued document; returns its number.

    The changes themselves are worked out whenever the draft is read, by the books as they are
    then. Raises ``NothingToCorrect``, ``IssueUnknown``, ``OutOfScope``, ``KeyOfAnotherDraft``.
    """
    with transaction.atomic(), writers_rights():
        found = issued_by(issue)
        scope.require(by.name, [found.unit], on=by.today, known=head().number, roles=scope.PROPOSES)
        earlier = ReportDraft.objects.filter(key=key).first()
        if earlier is not None:
            if earlier.corrects != issue:
                raise KeyOfAnotherDraft(key=key, n=earlier.pk)
            return int(earlier.pk)
        if not changes_since(found, head(), why=False):
            raise NothingToCorrect(symbol=found.symbol)
        definition = definition_named(NOTICE)
        return begin(
            found.unit, key, by, definition=definition.code, version=definition.version,
            period=found.period, regime=found.regime, tree_on=found.tree_on,
            language=found.language, corrects=issue, signatory=found.signatory,
        )  # fmt: skip


def begin_replacement(*, issue: int, reason: str, key: str, by: Recorder) -> int:
    """Soạn văn bản thay thế: a draft that stands for an issued document once it is issued itself;
    returns its number.

    The office's own words, who signs and who receives it are as they were; explanations are not,
    for they were of the numbers of then. Raises ``ReasonMissing``, ``IssueUnknown``,
    ``AlreadyReplaced``, ``OutOfScope``, ``KeyOfAnotherDraft``, ``NoticeOfNothing``.
    """
    with transaction.atomic(), writers_rights():
        found = issued_by(issue)
        told = _as_before(found)
        told["tree"], told["language"] = found.tree_on, "en" if found.language == "en" else "vi"
        told["replaces"], told["because"] = issue, reason
        return begin_report(
            unit=found.unit, definition=found.definition, period=found.reporting_period, key=key,
            by=by, **told,
        )  # fmt: skip


def _as_before(issued: Issued) -> Wording:
    """What the office said of a document, as far as its report still asks for it."""
    said = ReportDraft.objects.filter(entry_number=issued.entry).first()
    if said is None:
        return {"signatory": issued.signatory}
    asked = definition_named(issued.definition).own_words()
    return {
        "words": {key: words for key, words in said.words.items() if key in asked},
        "signatory": said.signatory,
        "authority": said.authority,
        "post": said.post,
        "recipients": said.recipients.splitlines(),
    }
