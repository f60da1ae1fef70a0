"""Drafts of reports: begun, changed, handed in, checked by a second person, sent back, dropped.

What is checked is one document: handing in pins a state of the journal and the hash of what the
document says by it. Whatever changes the draft afterwards takes the check away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Unpack

from django.db import transaction

from giaoban.figures.organisation_work import head_for
from giaoban.journal.errors import ReasonMissing
from giaoban.journal.queries import head
from giaoban.journal.rights import writers_rights
from giaoban.journal.writing import VIETNAM, Recorder
from giaoban.people import scope
from giaoban.people.models import Role
from giaoban.periods import Period
from giaoban.reports.assembling import worked_out
from giaoban.reports.documents.canonical import content_hash, written
from giaoban.reports.errors import (
    DiscrepancyUnexplained,
    DraftChangedMeanwhile,
    DraftClosed,
    DraftNotHandedIn,
    DraftUnknown,
    KeyOfAnotherDraft,
    OwnCheck,
)
from giaoban.reports.models import DraftStep, ReportDraft, State
from giaoban.reports.telling import Told, Wording, columns_of

What = DraftStep.What
# Whoever had a hand in what a draft says is no second person for it.
AUTHORING = (What.BEGUN, What.CHANGED, What.HANDED_IN, What.EXPLAINED, What.TAKEN_BACK)


def begin_report(
    *, unit: int, definition: str, period: Period, key: str, by: Recorder,
    **told: Unpack[Wording],
) -> int:  # fmt: skip
    """Begin a draft of a report and return its number; under the same key, the same draft.

    Clerks, secretaries and leaders in charge of the unit prepare reports. Raises ``OutOfScope``,
    ``DefinitionUnknown``, ``WordsUnasked``, ``KeyOfAnotherDraft``, and what can't be replaced.
    """
    with transaction.atomic(), writers_rights():
        scope.require(by.name, [unit], on=by.today, known=head().number, roles=scope.PROPOSES)
        earlier = ReportDraft.objects.filter(key=key).first()
        if earlier is not None:
            return _begun_before(earlier, (unit, definition, period.code), by)
        columns = columns_of(
            ReportDraft(unit_id=unit, language="vi"), definition=definition, period=period, **told
        )
        return begin(unit, key, by, **columns)


def begin(unit: int, key: str, by: Recorder, **columns: Any) -> int:
    """Keep a new draft with these columns, and its first step."""
    told = {"language": "vi", **columns}
    made = ReportDraft.objects.create(unit_id=unit, key=key, changed_at=by.at, **told)
    note(made, What.BEGUN, by)
    return int(made.pk)


def change_report(*, draft: int, by: Recorder, **told: Unpack[Told]) -> None:
    """Change what a draft says; a check that it had is undone. Saying the same changes nothing.

    Raises as ``begin_report``, and ``DraftUnknown``, ``DraftClosed``.
    """
    with taken(draft, by, scope.PROPOSES) as found:
        columns = columns_of(found, **told)
        if all(getattr(found, name) == value for name, value in columns.items()):
            return
        reopen(found, by, **columns)
        note(found, What.CHANGED, by)


def hand_in_report(*, draft: int, by: Recorder, known_on: date | None = None) -> str:
    """Hand a draft in for checking, by the books as known now or at the end of a day.

    A newer state of the books undoes an earlier check. Returns the hash of the document in
    hexadecimal: whoever checks says which one they have read. Raises ``DiscrepancyUnexplained``,
    ``DraftUnknown``, ``DraftClosed``, ``NothingKnown``, and what the definition refuses.
    """
    with taken(draft, by, scope.PROPOSES) as found:
        pinned = head_for(known_on).number
        read = worked_out(found, pinned, on=by.today)
        if read.unexplained:
            raise DiscrepancyUnexplained(n=found.pk, told=read.unexplained[0].told)
        mark = content_hash(written(read.document))
        if found.state != State.DRAFT and (found.head_number, _mark(found)) == (pinned, mark):
            return mark.hex()
        _change(found, by, state=State.TO_CHECK, head_number=pinned, content_hash=mark)
        note(found, What.HANDED_IN, by)
        return mark.hex()


def check_report(*, draft: int, seen: str, by: Recorder) -> None:
    """Say that a draft was checked (đã soát), as a second person: no author checks their own.

    ``seen`` is the hash of the document that was read. Raises ``OwnCheck``, ``DraftNotHandedIn``,
    ``DraftChangedMeanwhile``, ``DraftUnknown``, ``DraftClosed``, ``OutOfScope``.
    """
    with taken(draft, by, scope.DECIDES) as found:
        if found.state == State.DRAFT:
            raise DraftNotHandedIn(n=found.pk)
        if by.name in authors(found):
            raise OwnCheck
        if _mark(found).hex() != seen:
            last = found.steps.filter(what__in=AUTHORING).latest("pk")
            raise DraftChangedMeanwhile(who=last.by, n=found.pk, time=last.at)
        if found.state == State.TO_CHECK:
            _change(found, by, state=State.CHECKED)
            note(found, What.CHECKED, by)


def send_back_report(*, draft: int, reason: str, by: Recorder) -> None:
    """Send a draft back to its authors, with a reason that they read.

    Raises ``ReasonMissing``, ``DraftNotHandedIn``, ``DraftUnknown``, ``DraftClosed``,
    ``OutOfScope``.
    """
    if not reason.strip():
        raise ReasonMissing
    with taken(draft, by, scope.DECIDES) as found:
        last = found.steps.latest("pk")
        if (last.what, last.by, last.reason) == (What.SENT_BACK, by.name, reason.strip()):
            return
        if found.state == State.DRAFT:
            raise DraftNotHandedIn(n=found.pk)
        reopen(found, by)
        note(found, What.SENT_BACK, by, reason.strip())


def drop_report(*, draft: int, by: Recorder) -> None:
    """Drop a draft that is not to be issued. Raises ``DraftUnknown``, ``DraftClosed``."""
    with taken(draft, by, scope.PROPOSES, also=(State.DROPPED,)) as found:
        if found.state != State.DROPPED:
            _change(found, by, state=State.DROPPED)
            note(found, What.DROPPED, by)


@contextmanager
def taken(
    draft: int, by: Recorder, roles: tuple[Role, ...], *, also: tuple[State, ...] = ()
) -> Iterator[ReportDraft]:
    """A draft, held until the transaction ends, for a login in charge of its unit.

    The block has the writer's rights: the numbers are everybody's, and only numbers come out.
    Raises ``DraftUnknown``, ``OutOfScope``, and ``DraftClosed`` unless its state is one of
    ``also``.
    """
    with transaction.atomic(), writers_rights():
        found = ReportDraft.objects.select_for_update().filter(pk=draft).first()
        if found is None:
            raise DraftUnknown(n=draft)
        scope.require(by.name, [found.unit_id], on=by.today, known=head().number, roles=roles)
        if found.state in (State.ISSUED, State.DROPPED) and found.state not in also:
            raise DraftClosed(n=found.pk)
        yield found


def handed_in_on(draft: ReportDraft, otherwise: date) -> date:
    """The day on which a draft was handed in last, while it is; else the day given."""
    if draft.state in (State.DRAFT, State.DROPPED):
        return otherwise
    last = draft.steps.filter(what=What.HANDED_IN).last()
    return last.at.astimezone(VIETNAM).date() if last is not None else otherwise


def authors(draft: ReportDraft) -> set[str]:
    """The logins that had a hand in what a draft says."""
    return set(draft.steps.filter(what__in=AUTHORING).values_list("by", flat=True))


def note(draft: ReportDraft, what: DraftStep.What, by: Recorder, reason: str = "") -> None:
    """Add a line to what was done with a draft."""
    DraftStep.objects.create(draft=draft, what=what, by=by.name, at=by.at, reason=reason)


def close(draft: ReportDraft, entry: int, by: Recorder) -> None:
    """The draft was issued by an entry."""
    _change(draft, by, state=State.ISSUED, entry_number=entry)
    note(draft, What.ISSUED, by)


def reopen(draft: ReportDraft, by: Recorder, **columns: Any) -> None:
    """It is being written again: what was handed in or checked is so no longer."""
    _change(draft, by, **columns, state=State.DRAFT, head_number=None, content_hash=None)


def _change(draft: ReportDraft, by: Recorder, **columns: Any) -> None:
    for name, value in columns.items():
        setattr(draft, name, value)
    draft.changed_at = by.at
    draft.save(update_fields=[*columns, "changed_at"])


def _mark(draft: ReportDraft) -> bytes:
    return bytes(draft.content_hash or b"")


def _begun_before(draft: ReportDraft, told: tuple[int, str, str], by: Recorder) -> int:
    """The number of a draft that was begun under the key; raises ``KeyOfAnotherDraft``."""
    first = draft.steps.earliest("pk")
    if (draft.unit_id, draft.definition, draft.period, first.by) != (*told, by.name):
        raise KeyOfAnotherDraft(key=draft.key, n=draft.pk)
    return int(draft.pk)
