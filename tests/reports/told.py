"""Numbers of a report made by hand, and the document that is built of them without any books."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from giaoban.figures.achievement import achievements
from giaoban.figures.by_unit import Question, Rest, UnitRow
from giaoban.figures.indicators import INDICATORS
from giaoban.figures.lines import DECREASES, INCREASES, Amount, Line
from giaoban.figures.organisation_work import OrganisationWork, StatementRow
from giaoban.journal.models import Basis
from giaoban.journal.queries import Head
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.plans.queries import Allocation
from giaoban.reports.definitions.building import Paper, build
from giaoban.reports.definitions.definition import ChartPart, Definition, Language, Section
from giaoban.reports.definitions.shipping import report_for
from giaoban.reports.documents.blocks import Document, Heading, Listing, Paragraph
from giaoban.reports.documents.walking import lines_of
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.units.queries import UnitLife
from tests.reports.sample import LAYOUT

NO_BREAK_SPACE = "\u00a0"
PAPER = Paper(layout=LAYOUT, dated_on=date(2026, 2, 5))
Below = tuple[tuple[str, int, int], ...]


def life(name: str, kind: str = "party-base", *, number: int = 1) -> UnitLife:
    return UnitLife(
        number, f"U{number}", kind, kind.split("-")[0], None, name, date(2000, 1, 1), None
    )


def work(
    kind: str = "party-district", period: str = "2018-9M", *, admitted: int = 0, plan: int = 0,
    below: Below = (), last_year: int = 0, lines: dict[Line, Amount] | None = None,
    founded: tuple[int, int] = (0, 0), basis: list[Basis] | None = None, grassroots: int = 0,
    known: date = date(2026, 2, 5), name: str = "Đơn vị",
) -> OrganisationWork:  # fmt: skip
    """What a report says of a unit; ``below`` holds (name, admitted, plan) of its units."""
    asked = Period.parse(period, regime=regime_named("calendar"))
    plans = {at: target for at, (_name, _done, target) in enumerate(below, start=2) if target}
    if plan:
        plans[1] = plan
    found = achievements(
        list(range(2, len(below) + 2)), [done for _name, done, _plan in below], plans,
        asked.elapsed_share,
    )  # fmt: skip
    [whole] = achievements([1], [admitted], plans, asked.elapsed_share)
    shown = {Line.ADMITTED: Amount(admitted, 0), **(lines or {})}
    return OrganisationWork(
        question=Question(1, asked, _head(known)),
        unit=life(name, kind),
        whole=whole,
        last_year_admitted=last_year,
        statement=[
            StatementRow(line, shown.get(line, Amount(0, 0)), last_year * (line == Line.ADMITTED))
            for line in Line
        ],
        units=[
            UnitRow(life(unit, number=each.unit), each)
            for (unit, _done, _plan), each in zip(below, found, strict=True)
        ],
        rest=Rest(0, 0),
        allocation=Allocation(1, plan or None, 0),
        grassroots=grassroots,
        indicators=_indicators(shown, founded),
        founding_basis=basis or [],
        breakdowns={"sex": []},
    )


def _head(known: date) -> Head:
    return Head(7, b"\x01" * 32, datetime(known.year, known.month, known.day, 5, tzinfo=UTC))


def _indicators(shown: dict[Line, Amount], founded: tuple[int, int]) -> dict[str, Any]:
    both = {line: shown.get(line, Amount(0, 0)).both for line in Line}
    found = {code: both.get(_line(code), 0) for code in INDICATORS}
    return found | {
        "strength": both[Line.CLOSING], "strength-before": both[Line.OPENING],
        "party-founded-private": founded[0], "unions-founded-private": founded[1],
    }  # fmt: skip


def _line(code: str) -> Line | None:
    return next((line for line in Line if line.name.lower().replace("_", "-") == code), None)


def sentences_of(definition: Definition) -> Definition:
    """The body of a definition without charts, which are drawn from the books."""
    sections = tuple(
        replace(one, parts=tuple(part for part in one.parts if not isinstance(part, ChartPart)))
        for one in definition.sections
        if not one.annex
    )
    return replace(definition, sections=sections)


def document(
    asked: OrganisationWork, language: Language = "vi", definition: Definition | None = None,
    paper: Paper = PAPER,
) -> Document:  # fmt: skip
    """The document of hand-made numbers: the body of the report of their period."""
    wanted = definition or sentences_of(report_for(asked.question.period.kind))
    return build(wanted, Reckoning(asked.question, asked), paper, language)


def defined(*sections: Section, **fields: Any) -> Definition:
    """A report for any period with other sections."""
    like = report_for(PeriodKind.NINE_MONTHS)
    return replace(like, periods=tuple(PeriodKind), sections=sections, **fields)


def said(block: Any) -> str:
    """A block's words in one line, with plain spaces."""
    return " ".join(lines_of(block)).replace(NO_BREAK_SPACE, " ")


def told(asked: OrganisationWork, language: Language = "vi") -> str:
    """All sentences of the report, headings too, in one line."""
    blocks = document(asked, language).body
    return " ".join(
        said(block) for block in blocks if isinstance(block, Paragraph | Listing | Heading)
    )


def changes(**amounts: int) -> dict[Line, Amount]:
    """Lines by name with so many full members, and the closing that they lead to."""
    found = {Line[name.upper()]: Amount(0, n) for name, n in amounts.items()}
    into = sum(amount.both for line, amount in found.items() if line in INCREASES)
    out = sum(amount.both for line, amount in found.items() if line in DECREASES)
    opening = found.get(Line.OPENING, Amount(0, 0)).both
    return {**found, Line.CLOSING: Amount(0, opening + into - out)}
