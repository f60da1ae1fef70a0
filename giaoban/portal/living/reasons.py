"""Why public reports were withdrawn, as it was said at the desk: kept for the editors.

The portal's own rights do not reach the notes of the journal, so the queue brings the reason of
each withdrawn report that was ever public; an erasure at the desk empties it here within a minute.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from giaoban.journal.models import Entry, Note
from giaoban.portal.living.models import PublicEdition, WhyWithdrawn
from giaoban.portal.living.queries import Fate, fates
from giaoban.vietnamese import VIETNAM_TIME


def keep_reasons() -> int:
    """Bring what is not here yet, or reads otherwise by now; how many. Runs with the office's
    rights."""
    editions = PublicEdition.objects.values_list("issue", flat=True)
    withdrawn = {
        fate.issued.withdrawn_by: entry
        for entry, fate in fates(editions).items()
        if fate.issued.withdrawn_by is not None
    }
    entries = Entry.objects.in_bulk(withdrawn)
    notes = dict(Note.objects.filter(entry_id__in=withdrawn).values_list("entry_id", "text"))
    told = {
        issue: (entries[entry].recorded_at.astimezone(VIETNAM_TIME).date(), notes.get(entry) or "")
        for entry, issue in withdrawn.items()
    }
    kept = {one.issue: (one.on, one.reason) for one in WhyWithdrawn.objects.all()}
    fresh = {issue: said for issue, said in told.items() if kept.get(issue) != said}
    with transaction.atomic():
        for issue, (on, reason) in fresh.items():
            WhyWithdrawn.objects.update_or_create(
                issue=issue, defaults={"on": on, "reason": reason}
            )
    return len(fresh)


def why_withdrawn(found: Iterable[Fate]) -> dict[int, WhyWithdrawn]:
    """What is known of why some reports were withdrawn, by their entry."""
    return WhyWithdrawn.objects.in_bulk([fate.issued.entry for fate in found])
