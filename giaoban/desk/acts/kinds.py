"""The forms of acts: which fields each has, in the order of the paper, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from giaoban.ledger.verbs import OF_NEWCOMERS

IN, STAY, OUT = "in", "stay", "out"
GROUPS = (
    (IN, _("Onto the rolls")),
    (STAY, _("On the rolls")),
    (OUT, _("Off the rolls")),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the paper. Left empty it is the day of the basis, where ``of_basis`` is set."""

    name: str
    label: Any
    of_basis: bool = False
    required: bool = True
    hint: Any = ""


DECISION = _("Decision")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The form of one kind of act.

    ``effective`` names the field of the day the act is counted on; ``lead`` says in a few words
    when the form is used.
    """

    verb: str
    title: Any
    lead: Any
    group: str
    days: tuple[Day, ...]
    effective: str
    unit: Any = ""
    to: Any = ""
    standing: bool = False
    paper: Any = DECISION
    basis_needed: bool = True
    note_needed: bool = False

    @property
    def newcomers(self) -> bool:
        """Whether the act may be of somebody who is not registered yet."""
        return self.verb in OF_NEWCOMERS

    @property
    def unit_told(self) -> bool:
        """Whether the unit must be told; otherwise it is where the person stands that day."""
        return bool(self.unit)


_DECIDED = Day(
    "decided_on", _("Day of the decision"), of_basis=True, required=False,
    hint=_("Left empty: the day of issue."),
)  # fmt: skip
_CEREMONY = Day("ceremony_on", _("Day of the admission ceremony"))
_CEREMONY_BEFORE = Day("ceremony_on", _("Day of the admission ceremony"), required=False)
_IN = _("Unit of the member")
_PAPER = _("Transfer paper")


def _left(label: Any) -> tuple[Day, ...]:
    return (Day("left_on", label),)


SHEETS: dict[str, Sheet] = {
    sheet.verb: sheet
    for sheet in (
        Sheet("admit", _("Admission"), _("By a decision; counted on the day of the ceremony."),
              IN, (_DECIDED, _CEREMONY), "ceremony_on", unit=_IN),
        Sheet("readmit", _("Readmission"), _("Of somebody who was a member before."),
              IN, (_DECIDED, _CEREMONY), "ceremony_on", unit=_IN),
        Sheet("arrive", _("Arrival"), _("From an organisation outside these books."),
              IN, (Day("received_on", _("Day of receipt")), _CEREMONY_BEFORE), "received_on",
              unit=_("Receiving unit"), standing=True, paper=_PAPER),
        Sheet("restore-member", _("Restoration of membership"),
              _("Membership is given back by a decision."),
              IN, (Day("restored_on", _("Restored from")),), "restored_on", unit=_IN,
              standing=True),
        Sheet("open", _("First balance"), _("A member of the list with which the books begin."),
              IN, (Day("on", _("On the list on")), _CEREMONY_BEFORE), "on", unit=_IN,
              standing=True, paper=_("Basis"), basis_needed=False),
        Sheet("adjust", _("Adjustment of the rolls"),
              _("Somebody stands there without an act in the books."),
              IN, (Day("found_on", _("Found on")),), "found_on", unit=_IN, standing=True,
              paper=_("Basis"), note_needed=True),
        Sheet("recognise", _("Recognition as a full member"),
              _("Full from the end of the twelve months."),
              STAY, (Day("approved_on", _("Day of the approval"), of_basis=True, required=False,
                         hint=_("Left empty: the day of issue.")),
                     Day("full_on", _("Full member from"), required=False,
                         hint=_("Only where the decision says another day than twelve months."))),
              "approved_on"),
        Sheet("transfer", _("Transfer inside"), _("From one unit to another at once."),
              STAY, (Day("on", _("Day of the transfer")),), "on", to=_("To the unit")),
        Sheet("give-paper", _("Giving a transfer paper"),
              _("The old unit counts the member until the new one receives the paper."),
              STAY, (Day("given_on", _("Day the paper was given"), of_basis=True, required=False,
                         hint=_("Left empty: the day of issue.")),), "given_on", paper=_PAPER),
        Sheet("receive", _("Receiving a transfer"), _("The new unit receives the paper."),
              STAY, (Day("received_on", _("Day of receipt")),), "received_on",
              unit=_("Receiving unit"), paper=_PAPER, basis_needed=False),
        Sheet("depart", _("Departure"), _("To an organisation outside these books."),
              OUT, _left(_("Off the rolls from")), "left_on", paper=_PAPER),
        Sheet("die", _("Death"), _("The basis may be left out."),
              OUT, _left(_("Day of death")), "left_on", paper=_("Death certificate"),
              basis_needed=False),
        Sheet("expel", _("Expulsion"), _("Of full members only."),
              OUT, _left(_("Off the rolls from")), "left_on"),
        Sheet("strike-off", _("Striking off"), _("No discipline."),
              OUT, _left(_("Off the rolls from")), "left_on"),
        Sheet("resign", _("Resignation from the Party"), _("Accepted by a decision."),
              OUT, _left(_("Off the rolls from")), "left_on"),
        Sheet("age-out", _("Ageing out of the youth union"), _("Of the youth union only."),
              OUT, _left(_("Off the rolls from")), "left_on", paper=_("Basis"),
              basis_needed=False),
    )
}  # fmt: skip


def grouped() -> list[tuple[Any, list[Sheet]]]:
    """The forms by group, in the order in which the index shows them."""
    return [
        (title, [sheet for sheet in SHEETS.values() if sheet.group == group])
        for group, title in GROUPS
    ]
