"""The draft print that is sent: the report as known now, in the forms that are wished for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from giaoban.journal.queries import AsOf, head
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.periods import Period
from giaoban.reports.assembling import draft_document
from giaoban.reports.defining import definition_named
from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.walking import figures
from giaoban.reports.models import ReportDraft
from giaoban.reports.numbers.address import Address
from giaoban.reports.rendering.rendition import Form, render
from giaoban.reports.sending.errors import ReportEmpty
from giaoban.reports.sending.mail import Attachment
from giaoban.reports.sending.models import Schedule
from giaoban.units.queries import lives

_OTHER_THAN_ZERO = re.compile(r"[1-9]")
_OF_UNITS = re.compile(r"units-|grassroots$")


@dataclass(frozen=True)
class Print:
    """A draft as files; ``known`` is the entry of the journal by which its numbers are."""

    document: Document
    attachments: Sequence[Attachment]
    unit: str
    known: int


def print_draft(schedule: Schedule, period: Period, *, by: Recorder) -> Print:
    """The report of a period as known now, for a login that may still see the unit.

    Raises ``OutOfScope``, ``LoginUnknown``, ``ReportEmpty`` for a report without any number but
    zero, and what the definition, the figures and the forms refuse.
    """
    known = head().number
    owner = schedule.login_name
    scope.require(owner, [schedule.unit_id], on=by.today, known=known, roles=scope.READS)
    document = draft_document(_draft(schedule, period), known, on=by.today)
    unit = unit_name(schedule, by.today)
    if not _tells_something(document):
        raise ReportEmpty(unit=unit, period=period.code)
    files = [_file(document, Form(form)) for form in schedule.forms]
    return Print(document, files, unit, known)


def _tells_something(document: Document) -> bool:
    """Whether any number of the books is other than zero. How many units there are, or have no
    target, is true of empty books, too."""
    return any(
        _OTHER_THAN_ZERO.search(text)
        for address, text in figures(document)
        if not _OF_UNITS.match(Address.parse(address).cell)
    )


def _draft(schedule: Schedule, period: Period) -> ReportDraft:
    """The draft that the report would be, kept nowhere: nobody goes on with it."""
    definition = definition_named(schedule.definition)
    return ReportDraft(
        unit_id=schedule.unit_id, definition=definition.code, version=definition.version,
        period=period.code, regime=period.regime.code, language=schedule.language,
    )  # fmt: skip


def _file(document: Document, form: Form) -> Attachment:
    return Attachment(
        name=f"{document.name}.{form}", content=render(document, form), media_type=form.media_type
    )


def unit_name(schedule: Schedule, on: date) -> str:
    """What the unit of a schedule is called on a day."""
    found = lives([schedule.unit_id], AsOf(on, head().number))
    return found[schedule.unit_id].name if schedule.unit_id in found else str(schedule.unit_id)
