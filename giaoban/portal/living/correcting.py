"""Sentences that would read otherwise by now, and correcting them in one act."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from wagtail.models import Page

from giaoban.journal.text import check_text
from giaoban.journal.writing import Recorder
from giaoban.people.models import Login
from giaoban.portal.caching import changed
from giaoban.portal.living.cited import citing_pages, scheduled_pages
from giaoban.portal.living.citing import Citation, citations, keys_cited
from giaoban.portal.living.errors import NoteMissing, NothingToCorrect
from giaoban.portal.living.keys import CORRECTIONS, figure_key
from giaoban.portal.living.models import CorrectedSentence, Correction, PublicFigure
from giaoban.portal.living.publishing import CORRECT, require_right
from giaoban.portal.living.queries import Fate, Key, Since, fates, figures_of, known_since
from giaoban.portal.living.renewing import Renewals, renew
from giaoban.reports.issues import Standing

LONGEST_NOTE = 2000  # letters


@dataclass(frozen=True, slots=True)
class Outdated:
    """A sentence of a page whose figure reads otherwise by now.

    ``now`` is how its number reads: in the report that stands for its own by now (``successor``),
    else by the books. ``also`` names where of the page the number as published stands in plain
    words, too, which nobody but an editor can mend. ``goes_live_at``: nobody reads the sentence
    before then.
    """

    page: Page
    figure: PublicFigure
    since: Since
    fate: Fate
    successor: PublicFigure | None
    before: str
    place: int
    now: str
    also: tuple[str, ...]
    goes_live_at: datetime | None = None

    @property
    def after(self) -> str:
        """The sentence as it would read."""
        end = self.place + len(self.figure.text)
        return f"{self.before[: self.place]}{self.now}{self.before[end:]}"

    @property
    def parts(self) -> tuple[str, str]:
        """What stands before and behind the number."""
        return self.before[: self.place], self.before[self.place + len(self.figure.text) :]

    @property
    def key(self) -> str:
        """What a form sends back for it."""
        return f"{self.page.pk}:{self.figure.pk}"


def outdated_sentences() -> list[Outdated]:
    """The sentences of live pages that would read otherwise, page by page, then those of versions
    that wait for their hour and could cite another figure.

    A figure whose report was withdrawn or replaced is told even where its number is the same, if
    another can be cited for it; one that was corrected since is told no more.
    """
    live = _outdated_on(citing_pages())
    told = {one.key for one in live}
    waiting = _outdated_on(scheduled_pages())
    return [
        *live,
        *(
            replace(one, goes_live_at=one.page.go_live_at)
            for one in waiting
            if one.successor is not None and one.key not in told
        ),
    ]


def _outdated_on(pages: Iterable[Page]) -> list[Outdated]:
    cited = [(page, citations(page)) for page in pages]
    figures = figures_of({one.key for _page, told in cited for one in told})
    since = known_since(list(figures.values()))
    told = fates({figure.edition_id for figure in figures.values()})
    successors = _successors(figures.values(), told)
    return [
        found
        for page, each in cited
        for one in each
        if one.key in figures
        for figure in [figures[one.key]]
        if (found := _outdated(page, one, figure, since[figure.pk], told[figure.edition_id],
                               successors.get(figure.pk)))
    ]  # fmt: skip


def _successors(figures: Iterable[PublicFigure], told: dict[int, Fate]) -> dict[int, PublicFigure]:
    """The figures of public reports that stand for others by now."""
    keys: dict[int, Key] = {
        figure.pk: (later.entry, figure.address)
        for figure in figures
        if (later := told[figure.edition_id].successor) is not None
    }
    found = figures_of(set(keys.values()))
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _outdated(
    page: Page, one: Citation, figure: PublicFigure, since: Since, fate: Fate,
    successor: PublicFigure | None,
) -> Outdated | None:  # fmt: skip
    gone = fate.standing is not Standing.IN_FORCE and successor is not None
    if since.now is None and not gone:
        return None
    now = successor.text if successor is not None else since.now.text if since.now else ""
    done = since.correction
    if successor is None and done is not None and done.text_after == now:
        return None
    return Outdated(
        page, figure, since, fate, successor, one.sentence, one.place, now,
        tuple(_also(page, figure.text)) if now != figure.text else (),
    )  # fmt: skip


def _also(page: Page, text: str) -> Iterable[str]:
    """The fields of a page in which a number stands as plain words."""
    whole = re.compile(rf"(?<![\w.,]){re.escape(text)}(?![\w%]|[.,]\w)")
    for name in ("title", "search_description", "seo_title"):
        if whole.search(getattr(page, name, "") or ""):
            yield str(page._meta.get_field(name).verbose_name)


def publish_correction(*, sentences: Collection[str], note: str, by: Recorder) -> int | None:
    """Đăng đính chính: a dated notice at every article concerned, in one act; its number.

    Those of ``sentences`` (their ``Outdated.key``) that are outdated still are corrected: where a
    public report stands for theirs by now they cite that, and the page is published anew; else the
    figure stays as published and its card says what is right. A draft that is being written gets
    the same change, and stays a draft; a version that waits for its hour gets it, and keeps its
    hour. Of articles that nobody has read yet every waiting one is set right; where no other is
    concerned there is no notice, and no number. Raises ``NotAPublisher``, ``NoteMissing``,
    ``NothingToCorrect``, ``TextTooLong``, ``TextRefused``.
    """
    check_text(Correction._meta.get_field("note").verbose_name, note, LONGEST_NOTE)
    with transaction.atomic():
        require_right(by, CORRECT)
        chosen = [one for one in outdated_sentences() if one.key in sentences]
        if not chosen:
            raise NothingToCorrect
        read = [one for one in chosen if one.goes_live_at is None]
        correction = _notice(read, note, by) if read else None
        login = Login.objects.get(username=by.name)
        for page, others in _to_renew(chosen).items():
            renew(page, others, login)
        changed(
            CORRECTIONS, *{f"page:{one.page.pk}" for one in chosen},
            *{figure_key(one.figure.pk) for one in chosen},
        )  # fmt: skip
        return None if correction is None else int(correction.pk)


def _notice(told: list[Outdated], note: str, by: Recorder) -> Correction:
    """The notice that the articles of some sentences show. Raises ``NoteMissing``."""
    if not note.strip():
        raise NoteMissing
    correction = Correction.objects.create(note=note.strip(), by=by.name, at=by.at)
    reads = _as_they_read(told)
    CorrectedSentence.objects.bulk_create(
        _line(correction, one, reads[one.page.pk, one.before]) for one in told
    )
    return correction


def _as_they_read(told: Iterable[Outdated]) -> dict[tuple[int, str], str]:
    """Each sentence, by its page and as it was, with every number of it that is corrected: one
    number right and the next one wrong would be another untruth."""
    found: dict[tuple[int, str], dict[int, Outdated]] = defaultdict(dict)
    for one in told:
        found[one.page.pk, one.before][one.place] = one
    return {(page, before): _mended(before, places) for (page, before), places in found.items()}


def _mended(before: str, places: dict[int, Outdated]) -> str:
    text = before
    for place, one in sorted(places.items(), reverse=True):
        text = f"{text[:place]}{one.now}{text[place + len(one.figure.text) :]}"
    return text


def _line(correction: Correction, one: Outdated, after: str) -> CorrectedSentence:
    return CorrectedSentence(
        correction=correction, page_id=one.page.pk, page_title=one.page.title, figure=one.figure,
        successor=one.successor, before=one.before, after=after, text_before=one.figure.text,
        text_after=one.now,
    )  # fmt: skip


def _to_renew(chosen: Iterable[Outdated]) -> dict[int, Renewals]:
    """For every page concerned, by its id, the figures that it cites otherwise from now on."""
    found: dict[int, Renewals] = defaultdict(dict)
    everywhere: Renewals = {}
    for one in chosen:
        if one.successor is not None:
            key = one.figure.edition_id, one.figure.address
            other = (one.successor.edition_id, one.successor.address), one.successor.text
            found[one.page.pk][key] = everywhere[key] = other
    for page in scheduled_pages():
        if not page.live:
            cited = keys_cited(page)
            found[page.pk] |= {key: everywhere[key] for key in cited if key in everywhere}
    return {pk: others for pk, others in found.items() if others}
