"""Signing a discrepancy off: which number doesn't fit, why, and who answers for that.

A note is part of what a draft says, so whoever gives one is an author, and a check that the draft
had is undone. It is checked by the second person with everything else, and frozen at issue.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.figures.by_unit import Question
from giaoban.journal.queries import head
from giaoban.journal.text import check_text
from giaoban.journal.writing import Recorder
from giaoban.people import scope
from giaoban.reports.discrepancies import notes_of
from giaoban.reports.drafting import What, note, reopen, taken
from giaoban.reports.errors import LineMissing, NoteAboutOneThing, NoteUnknown
from giaoban.reports.issues import period_of
from giaoban.reports.models import NAME_LENGTH, DraftNote, ReportDraft
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.reckoning import Reckoning

LONGEST = 2000  # letters


def sign_off_discrepancy(
    *, draft: int, discrepancy: str, explanation: str, signed_off_by: str, figure: str = "",
    subject: str = "", by: Recorder,
) -> int:  # fmt: skip
    """Giải trình chênh lệch: a note that is printed with the draft and the report; its number.

    It is about one number, ``figure`` (its address), or a ``subject`` in plain words.
    ``signed_off_by`` is who answers for the explanation, as printed. A check that the draft had is
    undone. Told again in the same words it is the same note. Raises ``NoteAboutOneThing``,
    ``LineMissing``, ``TextTooLong``, ``TextRefused``, ``AddressUnreadable``, ``FigureUnknown``,
    ``RowUnknown``, ``GroupUnknown``, ``DraftUnknown``, ``DraftClosed``, ``OutOfScope``.
    """
    told = {
        "figure": figure.strip(), "subject": subject.strip(), "discrepancy": discrepancy.strip(),
        "explanation": explanation.strip(), "signed_off_by": signed_off_by.strip(),
    }  # fmt: skip
    _check(told)
    with taken(draft, by, scope.PROPOSES) as found:
        if figure := told["figure"]:
            told["figure"] = _known(found, figure)
        for given in notes_of(found):
            if all(getattr(given, name) == said for name, said in told.items()):
                return int(given.pk)
        made = DraftNote.objects.create(draft=found, by=by.name, at=by.at, **told)
        reopen(found, by)
        note(found, What.EXPLAINED, by)
        return int(made.pk)


def take_back_note(*, draft: int, number: int, by: Recorder) -> None:
    """A note is no longer printed; its line stays. Taken back twice it changes nothing.

    Raises ``NoteUnknown``, ``DraftUnknown``, ``DraftClosed``, ``OutOfScope``.
    """
    with taken(draft, by, scope.PROPOSES) as found:
        given = found.notes.filter(pk=number, takes_back=None).first()
        if given is None:
            raise NoteUnknown(n=number)
        if found.notes.filter(takes_back=given).exists():
            return
        DraftNote.objects.create(draft=found, takes_back=given, by=by.name, at=by.at)
        reopen(found, by)
        note(found, What.TAKEN_BACK, by)


def _check(told: dict[str, str]) -> None:
    """Refuse a note that is not whole, or not about exactly one thing."""
    if bool(told["figure"]) == bool(told["subject"]):
        raise NoteAboutOneThing
    for name, label, most in (
        ("subject", _("what it is about"), NAME_LENGTH), ("discrepancy", _("discrepancy"), LONGEST),
        ("explanation", _("explanation"), LONGEST),
        ("signed_off_by", _("signed off by"), NAME_LENGTH),
    ):  # fmt: skip
        if not told[name] and name != "subject":
            raise LineMissing(field=label)
        check_text(label, told[name], most)


def _known(draft: ReportDraft, figure: str) -> str:
    """An address as it is written, of a number that there is."""
    address = Address.parse(figure)
    period = period_of(draft.period, draft.regime)
    Reckoning(Question(draft.unit_id, period, head(), tree=draft.tree_on)).value(address)
    return str(address)
