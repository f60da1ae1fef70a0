"""Drafts as the pages show them: what each is of, how far it has come, and whom it waits for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from giaoban.desk.door import DeskRequest, Sitting, page
from giaoban.desk.reports.labels import shown_in
from giaoban.desk.reports.sight import units_as
from giaoban.desk.reports.tabs import tabs
from giaoban.figures.by_unit import Question, period_title
from giaoban.journal.queries import AsOf, Head, head, head_at
from giaoban.journal.rights import writers_rights
from giaoban.people import scope
from giaoban.periods import Period
from giaoban.reports.assembling import WorkedOut, worked_out
from giaoban.reports.defining import definition_named, definitions
from giaoban.reports.definitions.definition import Definition
from giaoban.reports.documents.blocks import Document
from giaoban.reports.drafting import AUTHORING, handed_in_on
from giaoban.reports.issues import period_of
from giaoban.reports.models import DraftStep, ReportDraft, State
from giaoban.reports.register import RegisterOn, register_on
from giaoban.units.queries import UnitLife, lives

OPEN = (State.DRAFT, State.TO_CHECK, State.CHECKED)
SHOWN = 50


@dataclass
class Draft:
    """A draft with what its page says of it. ``written_by`` and ``decided_by`` are the units for
    which the login may prepare reports, and may check and issue them."""

    row: ReportDraft
    unit: UnitLife
    steps: list[DraftStep]
    written_by: frozenset[int]
    decided_by: frozenset[int]
    login: str
    today: date

    @cached_property
    def definition(self) -> Definition:
        """The definition that it is made by, in its own version."""
        return definition_named(self.row.definition, self.row.version)

    @property
    def name(self) -> str:
        """What the report is called."""
        return self.definition.name.within(shown_in())

    @cached_property
    def period(self) -> Period:
        """The period that it reports on."""
        return period_of(self.row.period, self.row.regime)

    @property
    def period_title(self) -> str:
        """The same in words."""
        return period_title(self.period)

    @property
    def running(self) -> bool:
        """Whether its period has not ended yet."""
        return self.period.last_day >= self.today

    @cached_property
    def head(self) -> Head:
        """The state of the books that it reads by: pinned when handed in, else all there is."""
        pinned = self.row.head_number
        return head() if pinned is None else head_at(pinned)

    @cached_property
    def question(self) -> Question:
        """What its numbers answer."""
        return Question(self.row.unit_id, self.period, self.head, tree=self.row.tree_on)

    def read(self) -> WorkedOut:
        """The document as it reads now, or as it was handed in, with its numbers, which are
        everybody's. Raises what the definition and the period refuse."""
        with writers_rights():
            return worked_out(self.row, self.head.number, on=handed_in_on(self.row, self.today))

    def document(self) -> Document:
        """The same as a document alone."""
        return self.read().document

    @cached_property
    def register(self) -> RegisterOn | None:
        """The register that would number it on its day."""
        on = self.row.dated_on or self.today
        return register_on(self.row.unit_id, self.definition.abbreviation, on)

    @property
    def is_open(self) -> bool:
        """Whether it may still become a document."""
        return self.row.state in OPEN

    @property
    def state(self) -> str:
        """How far it has come, in a word."""
        return State(self.row.state).name.lower()

    @property
    def mark(self) -> str:
        """The hash of the document that was handed in, in hexadecimal."""
        return bytes(self.row.content_hash or b"").hex()

    @property
    def authors(self) -> list[str]:
        """Who had a hand in what it says, in order."""
        return list(dict.fromkeys(s.by for s in self.steps if s.what in AUTHORING))

    @property
    def sent_back(self) -> DraftStep | None:
        """The last step, where it was sent back with a reason."""
        last = self.steps[-1] if self.steps else None
        return last if last is not None and last.what == DraftStep.What.SENT_BACK else None

    @property
    def changed_by(self) -> str:
        """Who did something with it last."""
        return self.steps[-1].by if self.steps else ""

    @property
    def waits_for(self) -> str:
        """Whom it waits for, in words; "" where for nobody."""
        if self.row.state == State.DRAFT:
            return ", ".join(self.authors)
        if self.row.state == State.TO_CHECK:
            return _("a second person: not {authors}").format(authors=", ".join(self.authors))
        return _("who issues it") if self.row.state == State.CHECKED else ""

    @property
    def mine(self) -> bool:
        """Whether the next step is one of this login's."""
        mine = self.login in self.authors
        if self.row.state == State.DRAFT:
            return mine
        decides = self.row.unit_id in self.decided_by
        return decides and (self.row.state == State.CHECKED or not mine)


def drafted(sitting: Sitting, pk: int) -> Draft | None:
    """A draft of a unit in sight, or None."""
    return next(iter(described(sitting, ReportDraft.objects.filter(pk=pk))), None)


def described(sitting: Sitting, rows: Iterable[ReportDraft]) -> list[Draft]:
    """Drafts of units in sight with what is said of them; the same questions for one or many."""
    found = [row for row in rows if row.unit_id in sitting.units]
    units = lives({row.unit_id for row in found}, AsOf(sitting.today, 2**62))
    steps: dict[int, list[DraftStep]] = defaultdict(list)
    for step in DraftStep.objects.filter(draft__in=found).order_by("pk"):
        steps[step.draft_id].append(step)
    writes, decides = units_as(sitting, scope.PROPOSES), units_as(sitting, scope.DECIDES)
    return [
        Draft(row, units[row.unit_id], steps[row.pk], writes, decides, sitting.login,
              sitting.today)
        for row in found
    ]  # fmt: skip


def waiting(sitting: Sitting) -> int:
    """How many drafts wait for a decision of this login, its own left out."""
    units = units_as(sitting, scope.DECIDES)
    rows = ReportDraft.objects.filter(unit_id__in=units, state=State.TO_CHECK)
    own = Q(steps__by=sitting.login, steps__what__in=AUTHORING)
    checked = ReportDraft.objects.filter(unit_id__in=units, state=State.CHECKED)
    return rows.exclude(pk__in=rows.filter(own).values("pk")).count() + checked.count()


@page()
def drafts(request: DeskRequest) -> HttpResponse:
    """Drafts in sight: those under way, or all that there were."""
    sitting, everything = request.sitting, bool(request.GET.get("all"))
    rows = ReportDraft.objects.filter(unit_id__in=sitting.units).order_by("-changed_at", "-pk")
    if not everything:
        rows = rows.filter(state__in=OPEN)
    shown = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    found = described(sitting, shown.object_list)
    _name(found)
    context: dict[str, Any] = {
        "tabs": tabs("reports-drafts", sitting),
        "page": shown,
        "drafts": found,
        "everything": everything,
        "may_begin": sitting.holds(*scope.PROPOSES),
    }
    return TemplateResponse(request, "desk/reports/drafts.html", context)


def _name(found: list[Draft]) -> None:
    """Look the newest definitions up once; a list says what a report is called, not its version."""
    newest = definitions()
    for one in found:
        if one.row.definition in newest:
            one.definition = newest[one.row.definition]
