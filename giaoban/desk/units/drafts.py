"""Drafts of reorganisations: begun, changed and found again by the login that prepares them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from uuid import UUID

from django.http import Http404

from giaoban.desk.models import ReorganisationDraft
from giaoban.journal.writing import Recorder

FIELDS, MEMBERS, UNITS = "fields", "members", "units"
LISTED = 10


def draft_of(login: str, verb: str, number: UUID) -> ReorganisationDraft:
    """A login's own draft; any other is not found."""
    found = ReorganisationDraft.objects.filter(pk=number, login_name=login, verb=verb).first()
    if found is None:
        raise Http404(str(number))
    return found


def drafts_of(login: str) -> list[ReorganisationDraft]:
    """The drafts that a login has not recorded yet, the newest first."""
    mine = ReorganisationDraft.objects.filter(login_name=login, entry_number=None)
    return list(mine.order_by("-changed_at")[:LISTED])


def begun_draft(login: str, verb: str, number: str) -> ReorganisationDraft | None:
    """The draft that a first step has begun already, when it is sent again."""
    with suppress(ValueError):
        mine = ReorganisationDraft.objects.filter(login_name=login, verb=verb)
        return mine.filter(pk=UUID(number)).first()
    return None


def begin_draft(
    verb: str, fields: Mapping[str, str], *, number: str, by: Recorder
) -> ReorganisationDraft:
    """Keep what was typed of a reorganisation, under ``number`` if that is free."""
    told = {"login_name": by.name, "verb": verb, "told": {FIELDS: dict(fields)}}
    with suppress(ValueError):
        if not ReorganisationDraft.objects.filter(pk=UUID(number)).exists():
            return ReorganisationDraft.objects.create(pk=UUID(number), changed_at=by.at, **told)
    return ReorganisationDraft.objects.create(changed_at=by.at, **told)


def change_draft(
    draft: ReorganisationDraft, *, by: Recorder, fields: Mapping[str, str] | None = None,
    members: Mapping[int, str] | None = None, units: Mapping[str, str] | None = None,
) -> None:  # fmt: skip
    """Change what a draft says; places are added to those it has, an empty one takes one back."""
    told = dict(draft.told)
    if fields is not None:
        told[FIELDS] = dict(fields)
    for name, places in ((MEMBERS, members), (UNITS, units)):
        if places is not None:
            kept = {**told.get(name, {}), **{str(key): code for key, code in places.items()}}
            told[name] = {key: code for key, code in kept.items() if code}
    draft.told, draft.changed_at = told, by.at
    draft.save(update_fields=["told", "changed_at"])


def close_draft(draft: ReorganisationDraft, entry: int, *, by: Recorder) -> None:
    """The draft was recorded: what it said stands in the books now."""
    draft.entry_number, draft.told, draft.changed_at = entry, {}, by.at
    draft.save(update_fields=["entry_number", "told", "changed_at"])


def drop_draft(draft: ReorganisationDraft) -> None:
    """Throw a draft away; nothing of it was recorded."""
    if draft.entry_number is None:
        draft.delete()


def placed_members(draft: ReorganisationDraft) -> dict[int, str]:
    """Person → code of the unit where the draft places them."""
    return {int(person): code for person, code in draft.told.get(MEMBERS, {}).items()}


def placed_units(draft: ReorganisationDraft) -> dict[str, str]:
    """Code of a unit below → code of its new parent."""
    return dict(draft.told.get(UNITS, {}))
