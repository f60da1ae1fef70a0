"""Discrepancies at a draft: those that the program found, and what the office says of any."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from giaoban.desk.acts.fields import LineField
from giaoban.journal.errors import RuleBroken
from giaoban.reports.assembling import WorkedOut
from giaoban.reports.documents.walking import figures
from giaoban.reports.explaining import LONGEST
from giaoban.reports.identities import Discrepancy
from giaoban.reports.models import NAME_LENGTH, DraftNote
from giaoban.reports.numbers.address import Address
from giaoban.reports.numbers.printed import Shape, shape_of
from giaoban.reports.wording.naming import named

OF, FREE, FOUND = "of", "note", "found"
# code of a refusal → the field it stands beside.
FIELDS = {"note_about_one_thing": "subject", "address_unreadable": "figure",
          "figure_unknown": "figure", "row_unknown": "figure", "group_unknown": "figure",
          "unit_unknown": "figure"}  # fmt: skip
Choices = list[tuple[str, str | list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Given:
    """A note that is printed with a draft, and what it is about in words."""

    note: DraftNote
    about: str


class NoteForm(forms.Form):
    """A discrepancy, why, and who answers for it; of one that the program ``found`` only the latter
    two are asked."""

    label_suffix = ""
    figure = forms.ChoiceField(label=gettext_lazy("Figure"), required=False)
    subject = LineField(
        label=gettext_lazy("Or another matter"), max_length=NAME_LENGTH, required=False
    )
    discrepancy = LineField(
        label=gettext_lazy("What does not fit"), rows=2, max_length=LONGEST,
        help_text=gettext_lazy("Both numbers, whose the other one is, and the difference."),
    )  # fmt: skip
    explanation = LineField(label=gettext_lazy("Explanation"), rows=2, max_length=LONGEST)
    signed_off_by = LineField(
        label=gettext_lazy("Signed off by"), max_length=NAME_LENGTH,
        help_text=gettext_lazy("Full name and post."),
    )  # fmt: skip

    def __init__(
        self, *args: Any, choices: Choices | None = None, found: Discrepancy | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.found = found
        if found is None:
            self.fields["figure"] = forms.ChoiceField(
                label=_("Figure"), required=False, choices=[("", "–"), *(choices or [])]
            )
            return
        del self.fields["subject"]
        for name, said in (("figure", found.figure), ("discrepancy", found.told)):
            self.fields[name] = forms.CharField(widget=forms.HiddenInput, initial=said)

    def told(self) -> dict[str, str]:
        """The form as the action takes it."""
        return {name: self.cleaned_data[name] for name in self.fields}

    def refuse(self, refused: RuleBroken) -> None:
        """Put a refusal beside its field, where there is one."""
        field = FIELDS.get(refused.code)
        self.add_error(field if field in self.fields else None, str(refused))


def note_forms(read: WorkedOut | None, bound: NoteForm | None = None) -> dict[str, Any]:
    """The forms of a draft's page: one for each discrepancy that was found, and one for any other;
    ``bound`` is the one that was refused."""
    unexplained = read.unexplained if read else []
    found = [
        bound if bound is not None and bound.prefix == _prefix(n) else NoteForm(
            prefix=_prefix(n), found=one
        )
        for n, one in enumerate(unexplained)
    ]  # fmt: skip
    free = bound if bound is not None and bound.prefix == FREE else None
    return {"found": found, "free": free or NoteForm(prefix=FREE, choices=choices_in(read))}


def sent_form(data: Any, read: WorkedOut | None) -> NoteForm:
    """The form that was sent: of which discrepancy it says itself."""
    unexplained = read.unexplained if read else []
    for n, one in enumerate(unexplained):
        if data.get(OF) == _prefix(n):
            return NoteForm(data, prefix=_prefix(n), found=one)
    return NoteForm(data, prefix=FREE, choices=choices_in(read))


def _prefix(n: int) -> str:
    return f"{FOUND}{n}"


def choices_in(read: WorkedOut | None) -> Choices:
    """The counts that a document tells, the unit's own before those of the units below."""
    if read is None:
        return []
    own: list[tuple[str, str]] = []
    below: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for text, number in dict(figures(read.document)).items():
        address = Address.parse(text)
        if address.way or address.group or address.period or shape_of(address) is not Shape.COUNT:
            continue
        life = read.reckoning.rows[address.row].life if address.row in read.reckoning.rows else None
        if address.row and life is None:
            continue
        label = f"{named(Address(address.cell))}: {number}"
        (below[life.name] if life else own).append((text, label))
    return [(_("The unit itself"), own), *below.items()]


def given(notes: Iterable[DraftNote], read: WorkedOut | None) -> Sequence[Given]:
    """The notes that are printed, each with what it is about."""
    reckoning = read.reckoning if read else None
    return [
        Given(note, named(Address.parse(note.figure), reckoning) if note.figure else note.subject)
        for note in notes
    ]
