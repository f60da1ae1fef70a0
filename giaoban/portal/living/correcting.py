"""Correcting articles: what is no longer so is set right and told, in one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction

from giaoban.journal.text import check_text
from giaoban.journal.writing import Recorder
from giaoban.people.models import Login
from giaoban.portal.caching import changed
from giaoban.portal.living.errors import NoteMissing, NothingToCorrect
from giaoban.portal.living.keys import CORRECTIONS, FIGURES, figure_key
from giaoban.portal.living.models import CorrectedSentence, Correction
from giaoban.portal.living.outdated import Outdated, outdated_sentences
from giaoban.portal.living.publishing import CORRECT, require_right
from giaoban.portal.living.renewing import Renewals, renew

LONGEST_NOTE = 2000  # letters


@dataclass(frozen=True, slots=True)
class Corrected:
    """What came of a correction: its number, None where nothing was published; and how many
    articles that nobody has read yet were set right."""

    notice: int | None
    unread: int


def publish_correction(*, sentences: Collection[str], note: str, by: Recorder) -> Corrected:
    """Đăng đính chính: a dated notice at every article concerned, in one act.

    Those of ``sentences`` (their ``Outdated.key``) that are outdated still, and read as they were
    shown, are corrected, each sentence as a whole: where a public report stands for theirs by now
    they cite that, and the page is published anew; else the figure stays as published and its card
    says what is right, or that its report is no longer in force. A draft that is being written gets
    the same change, and stays a draft; a version that waits for its hour gets it, and keeps its
    hour. Of articles that nobody has read yet every waiting one is set right; where no other is
    concerned there is no notice. Raises ``NotAPublisher``, ``NoteMissing``, ``NothingToCorrect``,
    ``TextTooLong``, ``TextRefused``.
    """
    check_text(Correction._meta.get_field("note").verbose_name, note, LONGEST_NOTE)
    with transaction.atomic():
        require_right(by, CORRECT)
        told = outdated_sentences()
        chosen = [one for one in told if one.key in sentences and not one.by_hand]
        if not chosen:
            raise NothingToCorrect
        read = [one for one in chosen if one.goes_live_at is None]
        correction = _notice(read, note, by) if read else None
        login = Login.objects.get(username=by.name)
        to_renew = _to_renew(chosen, told)
        for page, others in to_renew.items():
            renew(page, others, login)
        changed(
            CORRECTIONS, FIGURES, *{f"page:{one.page.pk}" for one in chosen},
            *{figure_key(number.figure.pk) for one in chosen for number in one.numbers},
        )  # fmt: skip
        unread = to_renew.keys() & {one.page.pk for one in told if not one.page.live}
        return Corrected(None if correction is None else int(correction.pk), len(unread))


def _notice(told: Iterable[Outdated], note: str, by: Recorder) -> Correction:
    """The notice that the articles of some sentences show. Raises ``NoteMissing``."""
    if not note.strip():
        raise NoteMissing
    correction = Correction.objects.create(note=note.strip(), by=by.name, at=by.at)
    CorrectedSentence.objects.bulk_create(line for one in told for line in _lines(correction, one))
    return correction


def _lines(correction: Correction, told: Outdated) -> Iterator[CorrectedSentence]:
    """A line for each number of each sentence that nothing has told yet."""
    for sentence in told.sentences:
        for one in sentence.numbers:
            if not one.told:
                yield CorrectedSentence(
                    correction=correction, page_id=told.page.pk, page_title=told.page.title,
                    figure=one.figure, successor=one.successor, standing=one.standing,
                    before=sentence.before, after=sentence.after, text_before=one.figure.text,
                    text_after=one.now,
                )  # fmt: skip


def _to_renew(chosen: Iterable[Outdated], told: Iterable[Outdated]) -> dict[int, Renewals]:
    """For every page concerned, by its id, the figures that it cites otherwise from now on."""
    found: dict[int, Renewals] = defaultdict(dict)
    everywhere: Renewals = {}
    for one in chosen:
        found[one.page.pk] |= one.renewals
        everywhere |= one.renewals
    for one in told:
        if not one.page.live and everywhere.keys() & one.renewals.keys():
            found[one.page.pk] |= one.renewals
    return {pk: others for pk, others in found.items() if others}
