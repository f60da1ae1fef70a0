"""Sentences of articles that are no longer so: a number in them is another by now, or the report
that issued it is no longer in force.

The unit is the sentence: half of it right and half of it wrong would be another untruth.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from hashlib import sha256

from wagtail.models import Page

from giaoban.portal.living.cited import citing_pages, scheduled_pages
from giaoban.portal.living.citing import Citation, charts, citations
from giaoban.portal.living.models import CorrectedSentence, PublicFigure
from giaoban.portal.living.queries import (
    Fate,
    Key,
    Since,
    fates,
    figures_of,
    known_since,
    public_issues,
)


@dataclass(frozen=True, slots=True)
class OutdatedNumber:
    """A number in a sentence that is no longer so.

    ``successor`` is the figure of the public report that stands for its own by now; ``public``:
    readers see where the number is from; ``place`` is where it begins, None of a chart; ``told``:
    a notice at the article says so already.
    """

    figure: PublicFigure
    since: Since
    fate: Fate
    successor: PublicFigure | None
    public: bool
    place: int | None
    told: bool

    @property
    def now(self) -> str:
        """How it reads by now: in the report that stands for its own, else by the books."""
        if self.successor is not None:
            return self.successor.text
        return self.since.now.text if self.since.now else self.figure.text

    @property
    def differs(self) -> bool:
        """Whether it reads otherwise; else only its report is another one, or none."""
        return self.now != self.figure.text

    @property
    def standing(self) -> str:
        """What is to be said of its report, where no public one stands for it: empty, withdrawn or
        replaced."""
        return "" if self.successor is not None or self.fate.in_force else str(self.fate.standing)


@dataclass(frozen=True, slots=True)
class OutdatedSentence:
    """A sentence as it reads (of a chart what stands over it), with its numbers that are no longer
    so, in order."""

    before: str
    numbers: tuple[OutdatedNumber, ...]

    @property
    def pieces(self) -> list[tuple[str, OutdatedNumber | None]]:
        """The words before each number with the number, then the words behind the last."""
        at, found = 0, list[tuple[str, OutdatedNumber | None]]()
        for one in self.numbers:
            if one.place is not None:
                found.append((self.before[at : one.place], one))
                at = one.place + len(one.figure.text)
        return [*found, (self.before[at:], None)]

    @property
    def of_chart(self) -> bool:
        """Whether it is what stands over a chart, where no number is written."""
        return all(one.place is None for one in self.numbers)

    @property
    def after(self) -> str:
        """The sentence as it would read with every one of them right."""
        return "".join(f"{words}{one.now if one else ''}" for words, one in self.pieces)


@dataclass(frozen=True)
class Outdated:
    """Sentences of a page that are corrected together or not at all: those with a figure in common,
    for a figure is one thing on a page.

    ``also`` names where of the page a number as published stands in plain words, too, which nobody
    but an editor can mend. ``goes_live_at``: nobody reads the sentences before then.
    """

    page: Page
    sentences: tuple[OutdatedSentence, ...]
    also: tuple[tuple[str, str], ...]
    goes_live_at: datetime | None = None

    @cached_property
    def numbers(self) -> list[OutdatedNumber]:
        """Their numbers, each figure once."""
        every = (one for sentence in self.sentences for one in sentence.numbers)
        return list({one.figure.pk: one for one in every}.values())

    @property
    def key(self) -> str:
        """What a form sends back: another as soon as they would read otherwise once more."""
        said = [
            (one.before, one.after, *((n.figure.pk, n.standing) for n in one.numbers))
            for one in self.sentences
        ]
        return f"{self.page.pk}-{sha256(repr(said).encode()).hexdigest()[:16]}"

    @property
    def by_hand(self) -> bool:
        """Whether nothing can be done in one act: nobody has read it, so there is no notice to
        give, and no other figure to cite."""
        return self.goes_live_at is not None and not self.renewals

    @property
    def renewals(self) -> dict[Key, tuple[Key, str]]:
        """The figures that are cited otherwise once this is corrected."""
        return {
            (one.figure.edition_id, one.figure.address): (
                (one.successor.edition_id, one.successor.address), one.successor.text
            )
            for one in self.numbers
            if one.successor is not None
        }  # fmt: skip


def outdated_sentences() -> list[Outdated]:
    """The sentences that are no longer so, of live pages, page by page, then of versions that wait
    for their hour.

    Told are: a number that the books give otherwise, or for which another public report stands; and
    one whose report is no longer in force without a successor to cite, be its number as it was.
    What a notice at the article says already is told no more.
    """
    live = _outdated_on(citing_pages())
    told = {(one.page.pk, number.figure.pk) for one in live for number in one.numbers}
    waiting = _outdated_on(scheduled_pages(), waiting=True)
    return [
        *live,
        *(one for one in waiting
          if any((one.page.pk, number.figure.pk) not in told for number in one.numbers)),
    ]  # fmt: skip


def _outdated_on(pages: Iterable[Page], *, waiting: bool = False) -> list[Outdated]:
    cited = [(page, [*citations(page), *charts(page)]) for page in pages]
    known = _Known({one.key for _page, told in cited for one in told}, [page for page, _ in cited])
    return [
        Outdated(page, together, tuple(_also(page, together)),
                 page.go_live_at if waiting else None)
        for page, each in cited
        for together in _together(known.sentences(page, each))
    ]  # fmt: skip


class _Known:
    """What is known of the figures that some pages cite."""

    def __init__(self, keys: Collection[Key], pages: Collection[Page]) -> None:
        self.figures, self.public = figures_of(keys), public_issues()
        figures = list(self.figures.values())
        self.since = known_since(figures)
        self.fates = fates({one.edition_id for one in figures})
        self.successors = self._successors()
        lines = CorrectedSentence.objects.filter(
            figure__in=figures, page_id__in={page.pk for page in pages}
        )
        self.corrected = {(one.page_id, one.figure_id): one for one in lines.order_by("id")}

    def _successors(self) -> dict[int, PublicFigure]:
        """The figures of public reports that stand for others by now."""
        keys: dict[int, Key] = {
            one.pk: (later.entry, one.address)
            for one in self.figures.values()
            if (later := self.fates[one.edition_id].successor) and later.entry in self.public
        }
        found = figures_of(set(keys.values()))
        return {pk: found[key] for pk, key in keys.items() if key in found}

    def sentences(self, page: Page, cited: Iterable[Citation]) -> Iterator[OutdatedSentence]:
        """The sentences of a page with a number that is no longer so and nothing tells yet."""
        read: dict[str, dict[tuple[int, int], OutdatedNumber]] = defaultdict(dict)
        for one in cited:
            number = self._number(page, one)
            if number is not None:
                read[one.sentence][one.place or 0, number.figure.pk] = number
        for before, numbers in read.items():
            if not all(one.told for one in numbers.values()):
                yield OutdatedSentence(before, tuple(one for _at, one in sorted(
                    numbers.items(), key=lambda each: each[0]
                )))  # fmt: skip

    def _number(self, page: Page, one: Citation) -> OutdatedNumber | None:
        figure = self.figures.get(one.key)
        if figure is None:
            return None
        done = self.corrected.get((page.pk, figure.pk))
        found = OutdatedNumber(
            figure, self.since[figure.pk], self.fates[figure.edition_id],
            self.successors.get(figure.pk), figure.edition_id in self.public, one.place, False,
        )  # fmt: skip
        if found.fate.in_force and not found.differs:
            return None
        return replace(found, told=_tells(done, found))


def _tells(done: CorrectedSentence | None, number: OutdatedNumber) -> bool:
    """Whether the last notice about a number at an article tells what is known of it by now."""
    if done is None or number.successor is not None or done.successor_id is not None:
        return False
    return (done.text_after, done.standing) == (number.now, number.standing)


def _together(sentences: Iterable[OutdatedSentence]) -> list[tuple[OutdatedSentence, ...]]:
    """Sentences that hang together by figures that they cite, in the order of the first."""
    groups: list[tuple[list[OutdatedSentence], set[int]]] = []
    for one in sentences:
        cited = {number.figure.pk for number in one.numbers if not number.told}
        touched = [group for group in groups if group[1] & cited]
        if not touched:
            groups.append(([one], cited))
            continue
        first, *others = touched
        for sentences_, figures in others:
            first[0].extend(sentences_)
            first[1].update(figures)
            groups = [group for group in groups if group[0] is not sentences_]
        first[0].append(one)
        first[1].update(cited)
    return [tuple(sentences_) for sentences_, _figures in groups]


def _also(page: Page, sentences: Iterable[OutdatedSentence]) -> Iterator[tuple[str, str]]:
    """The numbers that stand as plain words in fields of a page, and in which."""
    texts = {one.figure.text for told in sentences for one in told.numbers if one.differs}
    for text in sorted(texts):
        whole = re.compile(rf"(?<![\w.,]){re.escape(text)}(?![\w%]|[.,]\w)")
        where = [
            str(page._meta.get_field(name).verbose_name)
            for name in ("title", "search_description", "seo_title")
            if whole.search(getattr(page, name, "") or "")
        ]
        if where:
            yield text, ", ".join(where)
