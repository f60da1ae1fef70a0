"""What ``--help`` says of each act and each field."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CODES_SHOWN = 12

ACTS: dict[str, str | Promise] = {
    "register": _("Register a person, who gets a number for every book."),
    "rename-person": _("Record that a person is called otherwise from a day on."),
    "particulars": _("Record a person's particulars from a day on; what is left out stays."),
    "open": _("Record a member of the first list brought into the books."),
    "admit": _("Record an admission, counted on the day of the ceremony."),
    "readmit": _("Record the admission of somebody who was a member before."),
    "arrive": _("Receive a member from an organisation outside these books."),
    "restore-member": _("Record that membership is given back by a decision."),
    "adjust": _("Put on the rolls somebody who turns out to stand there without an act."),
    "recognise": _("Record the recognition as a full member."),
    "transfer": _("Transfer a member from one unit to another in one act."),
    "give-paper": _("Record that a member's transfer paper is given."),
    "receive": _("Receive a member whose transfer paper is out."),
    "depart": _("Record a departure to an organisation outside these books."),
    "die": _("Record a member's death."),
    "expel": _("Record the expulsion of a full member."),
    "strike-off": _("Record that a member is struck off."),
    "resign": _("Record an accepted resignation from the Party."),
    "age-out": _("Record that a member has aged out of the youth union."),
    "found": _("Found a unit."),
    "close": _("Close a unit that is empty."),
    "merge": _("Merge units into one that stays, or into a new one."),
    "split": _("Split a unit; with --stays the old one goes on."),
    "rename": _("Record a unit's new name."),
    "move": _("Put a unit, with all below it, under another parent."),
    "target": _("Set or revise the targets of units for a year."),
    "allocate": _("Allocate a unit's target to the units directly below it."),
    "reverse": _("Reverse an entry of the journal."),
    "correct": _("Reverse an entry and record the right act in its place."),
    "erase": _(
        "Erase a person's names, particulars and notes, where a decision demands it. "
        "Titles of papers and keys stay."
    ),
    "appoint": _("Put a login in charge of a unit and of all below it."),
    "dismiss": _("End a login's appointment."),
    "login": _("Create a login, without a password unless one is given on standard input."),
    "batch": _("Record a file of acts, one JSON object a line, all of them or none."),
}

FIELDS: dict[str, str | Promise] = {
    "person": _("Number of the member, or the key under which the member was registered."),
    "name": _("Full name."),
    "family": _("Family name, where it is not the first syllable of the full name."),
    "given": _("Given name, where it is not the last syllable of the full name."),
    "sex": _("Sex."),
    "born_on": _("Date of birth."),
    "ethnicity": _("Code of the ethnicity."),
    "religion": _("Code of the religion; leave it out where it is not needed."),
    "schooling": _("General education."),
    "profession": _("Professional education."),
    "theory": _("Political theory."),
    "occupation": _("Occupation."),
    "unit": _("Code of the unit."),
    "source": _("Code of a unit that goes into the other; once for each."),
    "to": _("Code of the unit the member goes to."),
    "on": _("Day from which it holds."),
    "standing": _("Standing; full by default."),
    "ceremony_on": _("Day of the admission ceremony."),
    "decided_on": _("Day of the decision to admit."),
    "received_on": _("Day on which the paper was received."),
    "restored_on": _("Day from which membership is restored."),
    "found_on": _("Day on which the member was found to stand on the rolls."),
    "left_on": _("Day from which the member is off the rolls."),
    "approved_on": _("Day of the approval of full membership."),
    "full_on": _("Day of full standing, where the decision says another than twelve months."),
    "given_on": _("Day on which the transfer paper was given."),
    "destination": _("For a late act: SPLIT=SUCCESSOR, where the member went at a split."),
    "code": _("Code of the new unit."),
    "kind": _("Kind of the unit."),
    "parent": _("Code of the unit above."),
    "root": _("The unit has nothing above it."),
    "sector": _("Sector."),
    "position": _("Place among the units beside it; 0 by default."),
    "into": _("Code of the unit that stays; for a new one give code, kind, name and parent."),
    "successor": _("Code of a successor that exists already; once for each."),
    "new_units": _("CSV file of new successors: code,kind,name,parent,sector,position."),
    "members": _("CSV file person,code: where each member of the unit's own book goes."),
    "units_below": _("CSV file unit,code: the new parent of each unit directly below."),
    "stays": _("The old unit stays, and may itself be a destination."),
    "indicator": _("Indicator that the target is for."),
    "year": _("Year of the target."),
    "target": _("CODE=NUMBER, a unit and its target (none takes it back); once for each."),
    "share": _("CODE=NUMBER, a unit directly below and its share; once for each."),
    "right": _("The right act."),
    "entry": _("Number of the entry in the journal."),
    "reason": _("Reason, in a few words."),
    "login": _("Name of the login."),
    "role": _("Role."),
    "password_stdin": _("Read the password from standard input."),
    "basis_number": _("Number and symbol of the decision or paper the act rests on."),
    "basis_on": _("Day of issue of the basis."),
    "basis_issuer": _("Issuer of the basis."),
    "basis_title": _("Title of the basis."),
    "note": _("Note or reason."),
    "key": _("Key of this act, with which a second try is harmless."),
}


def act(name: str) -> str:
    """What an act is for, in the active language."""
    return str(ACTS[name]).replace("%", "%%")


def field(name: str, codes: Sequence[str] = ()) -> str:
    """What a field means, with its codes where they are few."""
    said = str(FIELDS[name])
    if 0 < len(codes) <= CODES_SHOWN:
        said += f" ({', '.join(codes)})"
    return said.replace("%", "%%")
