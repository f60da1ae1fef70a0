"""Everything public of one report, worked out with the office's rights and stored once."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from giaoban.figures.by_unit import period_title
from giaoban.journal.queries import known_until
from giaoban.portal.living.findable import let_find
from giaoban.portal.living.models import (
    PublicEdition,
    PublicFigure,
    PublicFile,
    PublicReport,
    PublicTable,
)
from giaoban.portal.living.overlapping import overlaps
from giaoban.portal.living.preparing.by_unit import Behind, behind, made, numbers_of
from giaoban.portal.living.preparing.disclosure import Disclosure, disclosure
from giaoban.portal.living.preparing.edition import Edition
from giaoban.portal.living.preparing.slugs import slugs
from giaoban.portal.living.preparing.words import in_both, words_for
from giaoban.portal.living.publishing import say_public
from giaoban.portal.living.together import Count, small_together, told_elsewhere
from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.canonical import written
from giaoban.reports.issues import Issued, frozen_figures, issued_by, issued_document, reprint
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import in_prose, shape_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.rendition import Form, render
from giaoban.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class _Made:
    """A report being made public."""

    issued: Issued
    reckoning: Reckoning
    told: Disclosure
    tables: dict[str, Behind]


def prepare(issue: int, *, at: datetime) -> None:
    """Store the public edition of an issue, its files, figures and tables; once is enough.

    Where small numbers would follow from it and another public report together, nobody reads it
    before a publisher has been told and makes it public once more.
    Reads everybody's books: whoever calls has the office's rights. What is stored holds no number
    that may not be told. Raises ``IssueUnknown``.
    """
    issued = issued_by(issue)
    with transaction.atomic():
        if PublicEdition.objects.filter(issue=issue).exists():
            return
        document = issued_document(issue)
        reckoning = Reckoning(issued.question)
        tables = _tables(issue, reckoning)
        beside = numbers_of(tables.values(), reckoning)
        told = disclosure(document, reckoning, beside, _public_anyway(reckoning))
        made_ = _Made(issued, reckoning, told, tables)
        edition = _edition(made_, document, at)
        _figures(made_, edition, _stored_tables(made_, edition))
        small = small_together(edition)
        if small or overlaps([edition])[issue]:
            _hold_back(issue, small, at)
        let_find(issue)
        say_public(issue)


def _public_anyway(reckoning: Reckoning) -> Callable[[Address, int], bool]:
    """Whether another public report tells a count of this one: of a unit below in its own report,
    of another period in that one's."""
    told, unit = told_elsewhere(), reckoning.work.unit.code
    period = reckoning.question.period.code

    def known(address: Address, count: int) -> bool:
        key = Count(address.cell, address.group, address.row or unit)
        return told.get((address.period or period, key)) == count

    return known


def _hold_back(issue: int, small: int, at: datetime) -> None:
    """It is public no longer, in the transaction in which it would have become so."""
    asked = PublicReport.objects.filter(issue=issue).order_by("-id").first()
    if asked is not None and asked.public:
        PublicReport.objects.create(issue=issue, public=False, small=small, by=asked.by, at=at)


def _tables(issue: int, reckoning: Reckoning) -> dict[str, Behind]:
    """The tables behind the figures of a report, by name."""
    found = {}
    for address in frozen_figures(issue):
        table = behind(Address.parse(address), reckoning)
        if table is not None:
            found[table.name] = table
    return found


def _edition(made_: _Made, document: Document, at: datetime) -> PublicEdition:
    issued, told = made_.issued, made_.told
    maker = Edition(told)
    public = maker.of(document)
    whole = public is document
    edition = PublicEdition.objects.create(
        issue=issued.entry, unit_id=issued.unit, unit_name=made_.reckoning.work.unit.name,
        symbol=issued.symbol, issued_on=issued.issued_on, subject=issued.subject,
        period=issued.period, period_words=in_both(lambda: period_title(issued.reporting_period)),
        language=issued.language, known_on=known_until(issued.head, issued.issued_on),
        known_entry=issued.head_number, head_digest=issued.head_digest,
        content_hash=issued.content_hash, content=zlib.compress(written(public)), whole=whole,
        withheld=maker.withheld, given_away=len(told.done.given_away), prepared_at=at,
    )  # fmt: skip
    PublicFile.objects.bulk_create(
        PublicFile(edition=edition, form=form.value, original=whole, content=content,
                   size=len(content))
        for form in Form
        if form is not Form.HTML
        for content in [reprint(issued.entry, form) if whole else render(public, form)]
    )  # fmt: skip
    return edition


def _stored_tables(made_: _Made, edition: PublicEdition) -> dict[str, PublicTable]:
    found = {}
    for name, table in made_.tables.items():
        told = made(table, made_.told)
        if told is not None:
            found[name] = PublicTable.objects.create(
                edition=edition, name=name, title=told.title, heads=told.heads, rows=told.rows,
                withheld=told.withheld,
            )  # fmt: skip
    return found


def _figures(made_: _Made, edition: PublicEdition, tables: dict[str, PublicTable]) -> None:
    """A figure for every number that sentences may cite."""
    frozen = frozen_figures(made_.issued.entry)
    found = []
    for line, (text, slug) in enumerate(slugs(frozen).items()):
        address, value = Address.parse(text), frozen[text]
        if value is None or address.cell == "rank" or not made_.told.cites(address):
            continue
        table = behind(address, made_.reckoning)
        found.append(PublicFigure(
            edition=edition, line=line, address=text, slug=slug,
            table=tables.get(table.name) if table else None,
            **_said(address, value, made_.reckoning),
        ))  # fmt: skip
    PublicFigure.objects.bulk_create(found)


def _said(address: Address, value: Any, reckoning: Reckoning) -> dict[str, Any]:
    words, shape = words_for(address, value, reckoning), shape_of(address)
    text = in_prose(value, shape)
    told = " ".join(
        one[language]
        for one in (words.counted, words.whom, words.period, words.measure)
        for language in ("vi", "en")
    )
    return {
        "text": text, "numerator": value.numerator, "denominator": value.denominator,
        "shape": shape.value, "row": address.row, "search": fold(f"{text} {told} {address}"),
        "counted": words.counted, "definition": words.definition, "measure": words.measure,
        "whom": words.whom, "period": words.period,
    }  # fmt: skip
