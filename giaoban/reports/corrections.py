"""Corrections of what was issued: a notice that tells which figures changed, and which documents a
movement would change before it is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from giaoban.figures.values import Value
from giaoban.journal.queries import AsOf, Head, head, head_at
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.reports.changes import changes_since, value_now
from giaoban.reports.defining import definition_named
from giaoban.reports.drafting import begin
from giaoban.reports.errors import KeyOfAnotherDraft, NothingToCorrect
from giaoban.reports.issues import Issued, Standing, frozen_figures, issued_by, issues
from giaoban.reports.models import ReportDraft
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.units.queries import tree_on

NOTICE = "correction"


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


@dataclass(frozen=True, slots=True)
class Affected:
    """An issued document that some entries change, and its figures: (address, before, after)."""

    issued: Issued
    figures: list[tuple[Address, Value, Value]]


def affected_by(units: Iterable[int], effective_on: date, entries: range) -> list[Affected]:
    """The documents in force that ``entries``, just written, make read otherwise.

    ``units`` are those whose books they touch, ``effective_on`` the first day. Asked inside a
    rehearsal it tells before anything is recorded. Runs with the writer's rights; only numbers
    come out.
    """
    touched = list(units)
    with writers_rights():
        before, after = head_at(entries.start - 1), head_at(entries.stop - 1)
        found = []
        for issued in _in_question(touched, effective_on, after):
            changed = _changed(issued, before, after)
            if changed:
                found.append(Affected(issued, changed))
        return found


def _in_question(units: list[int], effective_on: date, after: Head) -> list[Issued]:
    """Documents on a unit at or above one of these, of a period that ends after the day."""
    tree, later = tree_on(AsOf(effective_on, after.number)), tree_on(AsOf(date.max, after.number))
    above = {over for unit in units for on in (tree, later) for over in on.ancestors(unit)}
    candidates = issues("i.unit_id = ANY(%(units)s)", units=sorted(above | set(units)))
    return [
        issued
        for issued in candidates
        if issued.standing is Standing.IN_FORCE and issued.reporting_period.end > effective_on
    ]


def _changed(issued: Issued, before: Head, after: Head) -> list[tuple[Address, Value, Value]]:
    """What these entries alone change: other late entries are told with the document itself."""
    now, earlier = Reckoning(issued.asked(after)), Reckoning(issued.asked(before))
    found = []
    for text, frozen in frozen_figures(issued.entry).items():
        value = value_now(now, text)
        if value != frozen and value != (was := value_now(earlier, text)):
            found.append((Address.parse(text), was, value))
    return found
