"""Correcting what was issued: a notice that tells which figures changed, drafted for the office."""

from __future__ import annotations

from django.db import transaction

from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.reports.changes import changes_since
from giaoban.reports.defining import NOTICE as NOTICE
from giaoban.reports.defining import definition_named
from giaoban.reports.drafting import begin
from giaoban.reports.errors import KeyOfAnotherDraft, NothingToCorrect
from giaoban.reports.issues import issued_by
from giaoban.reports.models import ReportDraft


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
