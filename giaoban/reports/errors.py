"""What reports refuse, in the office's words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class FolderMissing(RuleBroken):
    code = "folder_missing"
    message = _("There is no folder {folder}. Make it, or write the file elsewhere.")


class NoSpaceLeft(RuleBroken):
    code = "no_space_left"
    message = _(
        "The disk is full: {file} was not written, and what stood there before is unchanged."
        " Make room and try again."
    )


class FontMissing(RuleBroken):
    code = "font_missing"
    message = _(
        "The typeface {font} is missing, so no document was made. Install its package again:"
        " {package}."
    )


class LetterMissing(RuleBroken):
    code = "letter_missing"
    message = _(
        "No typeface has the sign “{letter}” ({code_point}), so no pdf was made. Replace it, or"
        " take the document as docx."
    )


class OfficialFormMissing(RuleBroken):
    code = "official_form_missing"
    message = _(
        "No official form is kept for documents of the family “{family}”. Add one, or say whose"
        " form it writes by."
    )


class AddressUnreadable(RuleBroken):
    code = "address_unreadable"
    message = _("“{address}” is no number of a report. Write it as in: admitted, closing:full.")


class FigureUnknown(RuleBroken):
    code = "figure_unknown"
    message = _("There is no figure “{figure}”. Figures of nearly that name: {choices}.")


class RowUnknown(RuleBroken):
    code = "row_unknown"
    message = _("The table by unit has no row {row} in {period}. Choose a unit directly below.")


# Registers


class RegisterMissing(RuleBroken):
    code = "register_missing"
    message = _("{unit} has no register for {kind} on {date}. Open one, then issue.")


class RegisterOlder(RuleBroken):
    code = "register_older"
    message = _(
        "The register of {unit} for {kind} already runs from {date}. A new one begins on that day "
        "or later."
    )


class FirstNumberWrong(RuleBroken):
    code = "first_number_wrong"
    message = _("A register begins with a number from 1 to {most}, not with {n}.")


class LineMissing(RuleBroken):
    code = "line_missing"
    message = _("{field} is missing. The document can't be printed without it.")


# Drafts


class DraftUnknown(RuleBroken):
    code = "draft_unknown"
    message = _("There is no draft {n}, or it lies outside the units in charge.")


class DraftClosed(RuleBroken):
    code = "draft_closed"
    message = _("Draft {n} was issued or dropped and no longer changes. Begin a new one.")


class DraftNotHandedIn(RuleBroken):
    code = "draft_not_handed_in"
    message = _("Draft {n} was not handed in for checking. Hand it in first.")


class DraftUnchecked(RuleBroken):
    code = "draft_unchecked"
    message = _(
        "Draft {n} was not checked by a second person. Pass it on for checking, then issue."
    )


class DraftChangedMeanwhile(RuleBroken):
    code = "draft_changed_meanwhile"
    message = _("{who} changed draft {n} at {time}. Look at the new state, then check.")


class ReadsOtherwise(RuleBroken):
    code = "reads_otherwise"
    message = _(
        "Draft {n} no longer reads as it was checked. Hand it in again, so that what is issued was "
        "checked."
    )


class DiscrepancyUnexplained(RuleBroken):
    code = "discrepancy_unexplained"
    message = _("Figures of draft {n} don't fit: {told}. Explain it in the draft, then go on.")


class NoteAboutOneThing(RuleBroken):
    code = "note_about_one_thing"
    message = _("A discrepancy is of one figure or of one matter. Choose a figure or name it.")


class NoteUnknown(RuleBroken):
    code = "note_unknown"
    message = _("The draft has no explanation {n}.")


class OwnCheck(RuleBroken):
    code = "own_check"
    message = _("An author can't check their own report. Pass it to someone else.")


class KeyOfAnotherDraft(RuleBroken):
    code = "key_of_another_draft"
    message = _("The key {key} already belongs to draft {n}. Give this draft a key of its own.")


class WordsUnasked(RuleBroken):
    code = "words_unasked"
    message = _("The report has no place for “{word}”. It asks for: {choices}.")


class DefinitionUnknown(RuleBroken):
    code = "definition_unknown"
    message = _("There is no report “{definition}”. Choose one of: {choices}.")


class DefinitionVersionUnknown(RuleBroken):
    code = "definition_version_unknown"
    message = _("The report “{definition}” has no version {version}. The last one is {last}.")


class DefinitionShipped(RuleBroken):
    code = "definition_shipped"
    message = _(
        "“{definition}” comes with the program and is not changed here. Save it under another code."
    )


# Issuing


class PeriodNotEnded(RuleBroken):
    code = "period_not_ended"
    message = _("{period} ends on {end}. Keep the draft and issue it after that day.")


class DatedBeforeLast(RuleBroken):
    code = "dated_before_last"
    message = _("Document {symbol} was issued on {date}. A later number has no earlier date.")


class DatedBeforeKnown(RuleBroken):
    code = "dated_before_known"
    message = _(
        "The figures are as known on {known}, after the date of the document, {date}. Hand the "
        "draft in by an earlier state of the journal, or date it later."
    )


class IssueUnknown(RuleBroken):
    code = "issue_unknown"
    message = _("Entry {n} issues no document, or one outside the units in charge.")


class AlreadyReplaced(RuleBroken):
    code = "already_replaced"
    message = _("Document {symbol} was replaced by {by}. Replace that one.")


class AlreadyWithdrawn(RuleBroken):
    code = "already_withdrawn"
    message = _("Document {symbol} was withdrawn on {date}. Nothing is left to withdraw.")


class OfAnotherUnit(RuleBroken):
    code = "of_another_unit"
    message = _("Document {symbol} is one of {unit}. Choose one of the same unit.")


# Corrections


class NothingToCorrect(RuleBroken):
    code = "nothing_to_correct"
    message = _(
        "Every figure of document {symbol} still reads as issued. There is nothing to correct."
    )


class NoticeOfNothing(RuleBroken):
    code = "notice_of_nothing"
    message = _("A notice of corrected figures is begun at the document that it corrects.")


class NoticeBound(RuleBroken):
    code = "notice_bound"
    message = _(
        "A notice keeps the period and the tree of the document that it corrects. Begin another "
        "report for other ones."
    )
