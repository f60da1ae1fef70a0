"""What is public: reports, their figures, and what has become of them since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, OuterRef, QuerySet, Subquery

from giaoban.portal.asking import each_once, once
from giaoban.portal.living.models import (
    CorrectedSentence,
    KnownOtherwise,
    PublicEdition,
    PublicFigure,
    PublicReport,
)
from giaoban.reports.issues import Issued, Standing, issues
from giaoban.vietnamese.text import fold

Key = tuple[int, str]  # the entry of an issue, the address of a figure


def public_issues() -> set[int]:
    """The entries of the issues that are public now."""
    return set(once("public issues", _public_issues))


def _public_issues() -> frozenset[int]:
    last = PublicReport.objects.values("issue").annotate(last=Max("id")).values("last")
    shown = PublicReport.objects.filter(pk__in=last, public=True)
    return frozenset(shown.values_list("issue", flat=True))


def held_back() -> dict[int, int]:
    """The issues that wait for a publisher's decision, for small numbers follow from them and all
    public reports together: how many."""
    last = PublicReport.objects.values("issue").annotate(last=Max("id")).values("last")
    held = PublicReport.objects.filter(pk__in=last, public=False, small__gt=0)
    return dict(held.values_list("issue", "small"))


@dataclass(frozen=True, slots=True)
class Fate:
    """What has become of an issued report: still in force, withdrawn, or replaced.

    ``successor`` is the report that stands for it by now, and the last of those that do.
    """

    issued: Issued
    standing: Standing
    successor: Issued | None

    @property
    def in_force(self) -> bool:
        """Whether its figures may be cited."""
        return self.standing is Standing.IN_FORCE


def fates(entries: Iterable[int]) -> dict[int, Fate]:
    """What has become of some issues, by entry."""
    return each_once("fates", sorted(set(entries)), _fates)


def _fates(asked: list[int]) -> dict[int, Fate]:
    found = {one.entry: one for one in issues(_WITH_SUCCESSORS, entries=asked)}
    return {
        entry: Fate(found[entry], found[entry].standing, _last(found, entry))
        for entry in asked
        if entry in found
    }


# Issues, and those that replaced them, and so on.
_WITH_SUCCESSORS = """i.entry_id IN (
    WITH RECURSIVE later AS (
        SELECT unnest(%(entries)s::bigint[]) AS entry_id
        UNION SELECT n.entry_id FROM reports_issue AS n JOIN later ON n.replaces = later.entry_id
    ) SELECT entry_id FROM later)"""


def _last(found: dict[int, Issued], entry: int) -> Issued | None:
    """The last document that stands for an issue."""
    one = found[entry]
    while one.replaced_by is not None and one.replaced_by in found:
        one = found[one.replaced_by]
    return None if one.entry == entry else one


def stands_for(issue: int) -> list[int]:
    """The issues that an issue replaced, and those that these had."""
    found = []
    asked: int | None = issue
    while asked is not None:
        asked = next((one.replaces for one in issues("i.entry_id = %(n)s", n=asked)), None)
        found += [] if asked is None else [asked]
    return found


def public_editions() -> QuerySet[PublicEdition]:
    """The reports that are public and prepared, the latest first."""
    return PublicEdition.objects.filter(issue__in=public_issues()).order_by("-issued_on", "-issue")


def figures_of(keys: Collection[Key]) -> dict[Key, PublicFigure]:
    """The figures that articles cite, whether or not their report is still public. What their
    table holds and their report says is read where it is asked for."""
    return each_once("figures", keys, _figures_of)


def _figures_of(keys: Collection[Key]) -> dict[Key, PublicFigure]:
    found = (
        PublicFigure.objects.filter(
            edition__in={issue for issue, _address in keys},
            address__in={address for _issue, address in keys},
        )
        .select_related("edition", "table")
        .defer("search", "edition__content", "table__heads", "table__rows")
    )
    return {(figure.edition_id, figure.address): figure for figure in found}


def search_figures(words: str, *, issue: int | None = None) -> QuerySet[PublicFigure]:
    """Figures of public reports that all of some words are said of, with or without diacritics;
    those of the whole before those of parts, the latest report first."""
    found = PublicFigure.objects.filter(edition__in=public_issues()).select_related("edition")
    if issue is not None:
        found = found.filter(edition=issue)
    for word in fold(words).split():
        found = found.filter(search__contains=word)
    return found.order_by("-edition__issued_on", "-edition", "line")


@dataclass(frozen=True, slots=True)
class Since:
    """What is known of a figure since it was published.

    ``now`` is how it reads by the books, where that is otherwise; ``corrected_on`` the day of the
    last correction that was published of it.
    """

    now: KnownOtherwise | None
    corrected_on: date | None
    correction: CorrectedSentence | None


def known_since(figures: Sequence[PublicFigure]) -> dict[int, Since]:
    """What is known since of some figures, by their number."""
    given = {figure.pk: figure for figure in figures}
    return each_once("since", given, lambda keys: _known_since([given[pk] for pk in keys]))


def _known_since(figures: Sequence[PublicFigure]) -> dict[int, Since]:
    now = last_known(figures)
    corrected: dict[int, CorrectedSentence] = {}
    for sentence in CorrectedSentence.objects.filter(figure__in=figures).select_related(
        "correction"
    ):
        corrected[sentence.figure_id] = sentence
    told = {}
    for figure in figures:
        one, sentence_ = now.get(figure.pk), corrected.get(figure.pk)
        differs = one is not None and reads_otherwise(figure, one)
        told[figure.pk] = Since(
            one if differs else None,
            sentence_.correction.at.date() if sentence_ else None,
            sentence_,
        )
    return told


def last_known(figures: Sequence[PublicFigure]) -> dict[int, KnownOtherwise]:
    """What was learned last of some figures, by their number; none of those that stand as ever."""
    last = KnownOtherwise.objects.filter(figure=OuterRef("figure")).order_by("-id").values("id")[:1]
    known = KnownOtherwise.objects.filter(figure__in=figures, id=Subquery(last))
    return {one.figure_id: one for one in known}


def reads_otherwise(figure: PublicFigure, known: KnownOtherwise) -> bool:
    """Whether what is known reads otherwise than was published: of a per cent that is rounded the
    books may have moved and no sentence with it."""
    return figure.text != known.text


def by_report(figures: Iterable[PublicFigure]) -> dict[PublicEdition, list[PublicFigure]]:
    """Figures under their reports, in order."""
    found: dict[PublicEdition, list[PublicFigure]] = defaultdict(list)
    for figure in figures:
        found[figure.edition].append(figure)
    return dict(found)
