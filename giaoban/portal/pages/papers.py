"""Finding an official document: by its words, number, kind, issuer or year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.db.models.functions import ExtractYear

from giaoban.portal.pages.finding import search
from giaoban.portal.pages.models import DocumentKind, OfficialDocument, SearchEntry
from giaoban.vietnamese import sort_key

MOST_FOUND = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a reader asks for; what is empty holds for all."""

    words: str = ""
    kind: str = ""
    issuer: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen: the kinds, issuers and years there are documents of."""

    kinds: Sequence[DocumentKind]
    issuers: Sequence[str]
    years: Sequence[int]


def find_documents(asked: Asked) -> QuerySet[OfficialDocument] | list[OfficialDocument]:
    """The documents asked for: the newest first, or the best first where words are given."""
    found = OfficialDocument.objects.filter(shown=True).select_related("file")
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.issuer:
        found = found.filter(issuer=asked.issuer)
    if asked.year is not None:
        found = found.filter(issued_on__year=asked.year)
    if not asked.words.strip():
        return found
    hits = search(asked.words, kind=SearchEntry.Kind.DOCUMENT, size=MOST_FOUND)
    order = {int(hit.key.partition(":")[2]): place for place, hit in enumerate(hits.found)}
    return sorted(found.filter(pk__in=order), key=lambda document: order[document.pk])


def choices() -> Choices:
    """The kinds in the order of the register, issuers by name, years from the last."""
    shown = OfficialDocument.objects.filter(shown=True).order_by()
    kinds = set(shown.values_list("kind", flat=True).distinct())
    issuers = shown.values_list("issuer", flat=True).distinct()
    years = shown.annotate(year=ExtractYear("issued_on")).values_list("year", flat=True).distinct()
    return Choices(
        [kind for kind in DocumentKind if kind in kinds],
        sorted(issuers, key=sort_key), sorted(years, reverse=True),
    )  # fmt: skip
