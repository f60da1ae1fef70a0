"""A document says the same in all four forms: every line in its place, every number, every chart.

Each form is read back and compared with the document line by line, so that a number that is left
out, changed or in another's place is seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace

from giaoban.figures.by_unit import Question
from giaoban.journal.queries import head
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.plans.actions import set_targets
from giaoban.reports.corrections import NOTICE
from giaoban.reports.definitions.building import build, plain_paper
from giaoban.reports.definitions.shipping import ORDER, shipped
from giaoban.reports.documents.blocks import Chart, Document, Figure, Paragraph, Row, Table
from giaoban.reports.documents.walking import blocks, charts, figures_of, lines
from giaoban.reports.numbers.reckoning import Reckoning
from giaoban.reports.rendering.rendition import Form, render
from tests.reports import reading
from tests.reports.sample import BODY, DOCUMENT, DRAFT, STATEMENT
from tests.world import World

FORMS = [str(form) for form in Form]
SAMPLES = {"final": DOCUMENT, "draft": DRAFT, "english": replace(DOCUMENT, language="en")}


def said(document: Document, form: str) -> list[str]:
    """The lines of the document as the form has them."""
    read: Callable[[bytes], list[str]] = getattr(reading, f"{form}_lines")
    return read(render(document, Form(form)))


def numbers(document: Document) -> Counter[str]:
    """The texts of the numbers from the books; of charts, whose numbers are drawn, none."""
    return Counter(
        text
        for block in blocks(document)
        if not isinstance(block, Chart)
        for _address, text in figures_of(block)
    )


def assert_same_in_all(document: Document) -> None:
    """All four forms say every line in its place."""
    for form in FORMS:
        reading.rest(said(document, form), document, form)


# The sample, which has everything in it


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("form", FORMS)
def test_every_line_is_said_in_its_place(form: str, name: str) -> None:
    document = SAMPLES[name]
    left = "\n".join(reading.rest(said(document, form), document, form))
    # Beside the lines only what makes it official, in no form's own words.
    head, foot = document.letterhead, document.foot
    assert head
    assert foot
    expected = (
        head.superior, head.issuer, *head.motto, head.number, head.place_and_date,
        document.title.kind, document.title.subject, foot.recipients_head, *foot.recipients,
        foot.signatures[0].post, foot.signatures[0].name, document.provenance,
    )  # fmt: skip
    assert [line for line in expected if line not in left] == []


@pytest.mark.parametrize("form", FORMS)
def test_every_number_is_said_as_often_as_it_is_cited(form: str) -> None:
    found = said(DOCUMENT, form)
    words = Counter(word.strip(",.;") for line in found for word in line.split())
    assert numbers(DOCUMENT)
    assert {text: n for text, n in numbers(DOCUMENT).items() if words[text] < n} == {}


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_every_chart_is_told_in_the_same_words(form: str) -> None:
    read = getattr(reading, f"{form}_told")
    assert read(render(DOCUMENT, Form(form))) == [chart.alt for chart in charts(DOCUMENT)]
    # In xlsx it is told in a line, which the lines above hold to its place.
    assert all(chart.alt in said(DOCUMENT, "xlsx") for chart in charts(DOCUMENT))


# The comparison itself fails when it should


def _other_cell(table: Table) -> Table:
    first, *others = table.rows
    cell = replace(first.cells[2], text="215", value=(215, 1))
    return replace(table, rows=(replace(first, cells=(*first.cells[:2], cell, *first.cells[3:])),
                                *others))  # fmt: skip


def _swapped(table: Table) -> Table:
    first, *others = table.rows
    code, label, a, b, *more = first.cells
    return replace(table, rows=(Row((code, label, b, a, *more), first.role), *others))


def _other_figure(paragraph: Paragraph) -> Paragraph:
    return replace(paragraph, content=tuple(
        replace(piece, text="135") if isinstance(piece, Figure) and piece.text == "134" else piece
        for piece in paragraph.content
    ))  # fmt: skip


def _changed(number: int, block: Table | Paragraph) -> Document:
    return replace(DOCUMENT, body=(*BODY[:number], block, *BODY[number + 1 :]))


def _wrong() -> dict[str, Document]:
    """The sample with one thing otherwise."""
    at, sentence = BODY.index(STATEMENT), BODY[3]
    assert isinstance(sentence, Paragraph)
    return {
        "a number of a table changed": _changed(at, _other_cell(STATEMENT)),
        "two numbers in each other's place": _changed(at, _swapped(STATEMENT)),
        "a row left out": _changed(at, replace(STATEMENT, rows=STATEMENT.rows[1:])),
        "a number in a sentence changed": _changed(3, _other_figure(sentence)),
        "a sentence left out": replace(DOCUMENT, body=BODY[:3] + BODY[4:]),
        "an annex left out": replace(DOCUMENT, annexes=DOCUMENT.annexes[:1]),
    }


@pytest.mark.parametrize("what", _wrong())
@pytest.mark.parametrize("form", FORMS)
def test_one_thing_otherwise_is_seen(form: str, what: str) -> None:
    wrong = _wrong()[what]
    assert list(lines(wrong)) != list(lines(DOCUMENT))
    found = said(wrong, form)
    reading.rest(found, wrong, form)
    with pytest.raises(AssertionError):
        reading.rest(found, DOCUMENT, form)


# Documents built from the books


@pytest.fixture
def office(world: World) -> World:
    world.by(date(2018, 1, 20))
    for code in ("CY1", "CY2", "TX1", "TX1"):
        world.member(code)
    for code in ("CY1", "TX1"):
        world.admit(code, date(2018, 3, 1))
    plans = {world.unit(code): n for code, n in {"HU": 4, "CY": 1, "TX": 3}.items()}
    set_targets(plans, indicator="admitted", year=2018, by=world.by(date(2018, 10, 5)))
    return world


@pytest.mark.parametrize("code", ORDER)
def test_every_shipped_report_is_the_same_in_all_forms(office: World, code: str) -> None:
    definition = shipped()[code]
    period = "2018-9M" if PeriodKind.NINE_MONTHS in definition.periods else "2018"
    question = Question(
        office.unit("HU"), Period.parse(period, regime=regime_named("calendar")), head()
    )
    paper = plain_paper(question, date(2018, 10, 5))
    document = build(definition, Reckoning(question), paper, "vi")
    # A notice without changes has none; with changes it is read back in test_correcting.
    assert sum(numbers(document).values()) > 5 or code == NOTICE
    assert_same_in_all(document)
