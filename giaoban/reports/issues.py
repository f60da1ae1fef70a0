"""Issued documents as the books have them: one or many, what became of each, what is frozen.

Nothing here looks at who asks: the doors do, and show documents of the units in sight.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from giaoban.figures.by_unit import Question
from giaoban.figures.values import Value
from giaoban.journal.queries import AsOf, Head, head_at
from giaoban.journal.sql import fetch
from giaoban.periods import Period, PeriodKind, regime_named
from giaoban.reports.documents.blocks import Document
from giaoban.reports.documents.canonical import read
from giaoban.reports.errors import (
    AlreadyReplaced,
    IssueUnknown,
    OfAnotherUnit,
)
from giaoban.reports.models import FrozenFigure, IssuedDocument, Rendition, ReportDraft
from giaoban.reports.rendering.rendition import Form
from giaoban.units.queries import lives


class Standing(StrEnum):
    """What became of an issued document."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued document. ``entry`` is its number everywhere.

    ``replaced_by`` and ``withdrawn_by`` are the entries by which it is no longer in force.
    """

    entry: int
    unit: int
    register: int
    number: int
    symbol: str
    issued_on: date
    subject: str
    signatory: str
    definition: str
    version: int
    period: str
    regime: str
    tree_on: date | None
    language: str
    head_number: int
    head_digest: bytes
    content_hash: bytes
    replaces: int | None
    corrects: int | None
    kind: str
    recorded_at: datetime
    by: str
    replaced_by: int | None
    withdrawn_by: int | None

    @property
    def standing(self) -> Standing:
        """What became of it."""
        if self.withdrawn_by is not None:
            return Standing.WITHDRAWN
        return Standing.REPLACED if self.replaced_by is not None else Standing.IN_FORCE

    @property
    def question(self) -> Question:
        """What its numbers answer, by the state of the books that they were taken from."""
        return self.asked(self.head)

    def asked(self, head: Head) -> Question:
        """The same question by another state of the books."""
        return Question(self.unit, self.reporting_period, head, tree=self.tree_on)

    @property
    def head(self) -> Head:
        """The state of the books that its numbers were taken from."""
        return head_at(self.head_number)

    @property
    def reporting_period(self) -> Period:
        """The period it reports on, whether or not its regime is still in force."""
        return period_of(self.period, self.regime)


_SELECT = """
    SELECT i.entry_id, i.unit_id, i.register_entry, i.number, i.symbol, i.issued_on, i.subject,
        i.signatory, i.definition, i.version, i.period, i.regime, i.tree_on, i.language,
        i.head_number, i.head_digest, i.content_hash, i.replaces, i.corrects, g.kind,
        e.recorded_at, e.by, r.entry_id, w.entry_id
    FROM reports_issue AS i JOIN journal_entry AS e ON e.id = i.entry_id
    JOIN reports_register AS g ON g.entry_id = i.register_entry
    LEFT JOIN reports_issue AS r ON r.replaces = i.entry_id
    LEFT JOIN reports_withdrawal AS w ON w.issue = i.entry_id
"""


def issued_by(entry: int) -> Issued:
    """The document that an entry issued; raises ``IssueUnknown``."""
    found = issues("i.entry_id = %(entry)s", entry=entry)
    if not found:
        raise IssueUnknown(n=entry)
    return found[0]


def issues(where: str = "true", *, order: str = "i.entry_id", **params: object) -> list[Issued]:
    """The documents that a condition in SQL keeps (over the issue i, its register g, …)."""
    rows = fetch(f"{_SELECT} WHERE {where} ORDER BY {order}", **params)
    return [Issued(*(*row[:15], bytes(row[15]), bytes(row[16]), *row[17:])) for row in rows]


def frozen_figures(issue: int) -> dict[str, Value]:
    """The exact value under every address that an issued document cites; None: there is none."""
    figures = FrozenFigure.objects.filter(entry_id=issue).order_by("line")
    return {figure.address: figure.value for figure in figures}


def issued_content(issue: int) -> bytes:
    """An issued document as it was written down. Raises ``IssueUnknown``."""
    kept = IssuedDocument.objects.filter(entry_id=issue).first()
    if kept is None:
        raise IssueUnknown(n=issue)
    return zlib.decompress(bytes(kept.content))


def issued_document(issue: int) -> Document:
    """An issued document. Raises ``IssueUnknown``."""
    return read(issued_content(issue))


def reprint(issue: int, form: Form) -> bytes:
    """In lại: an issued document in one form, the very bytes that were handed out."""
    kept = Rendition.objects.filter(entry_id=issue, form=form).first()
    if kept is None:
        raise IssueUnknown(n=issue)
    return bytes(kept.content)


def require_replaceable(entry: int, unit: int) -> Issued:
    """An issue that a new document of a unit may stand for from now on.

    Raises ``IssueUnknown``, ``OfAnotherUnit``, ``AlreadyReplaced``.
    """
    found = issued_by(entry)
    if found.unit != unit:
        names = lives([found.unit], AsOf(found.issued_on, 2**62))
        raise OfAnotherUnit(symbol=found.symbol, unit=names[found.unit].name)
    if found.replaced_by is not None:
        later = issued_by(found.replaced_by)
        raise AlreadyReplaced(symbol=found.symbol, by=later.symbol)
    return found


def beside(draft: ReportDraft) -> list[Issued]:
    """The documents in force that already tell what a draft tells and that it does not replace."""
    found = issues(
        "i.unit_id = %(unit)s AND i.definition = %(definition)s AND i.period = %(period)s"
        " AND i.regime = %(regime)s AND i.tree_on IS NOT DISTINCT FROM %(tree)s::date"
        " AND i.corrects IS NOT DISTINCT FROM %(corrects)s::bigint",
        unit=draft.unit_id, definition=draft.definition, period=draft.period, regime=draft.regime,
        tree=draft.tree_on, corrects=draft.corrects,
    )  # fmt: skip
    return [
        one for one in found if one.standing is Standing.IN_FORCE and one.entry != draft.replaces
    ]


def corrections_of(issued: Issued) -> list[Issued]:
    """The notices in force that tell which figures of a document changed, the newest first."""
    found = issues("i.corrects = %(entry)s", order="i.entry_id DESC", entry=issued.entry)
    return [one for one in found if one.standing is Standing.IN_FORCE]


def period_of(code: str, regime: str) -> Period:
    """The period of a stored code, whether or not the regime is in force on its last day."""
    found = _parsed(code)
    return Period(kind=found[0], year=found[1], index=found[2], regime=regime_named(regime))


def _parsed(code: str) -> tuple[PeriodKind, int, int]:
    year, _dash, mark = code.partition("-")
    if not mark:
        return PeriodKind.YEAR, int(year), 1
    if mark == "9M":
        return PeriodKind.NINE_MONTHS, int(year), 1
    kinds = {"Q": PeriodKind.QUARTER, "H": PeriodKind.HALF}
    if mark[0] in kinds:
        return kinds[mark[0]], int(year), int(mark[1:])
    return PeriodKind.MONTH, int(year), int(mark)


def forms_of(issue: int) -> Sequence[tuple[str, bytes]]:
    """(form, sha256) of each form that a document was issued in."""
    rows = fetch(
        "SELECT form, sha256 FROM reports_issuedform WHERE entry_id = %(issue)s ORDER BY line",
        issue=issue,
    )
    return [(form, bytes(digest)) for form, digest in rows]
