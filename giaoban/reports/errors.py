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
    message = _("The typeface {font} is missing, so no pdf was made. Run: giaoban setup")


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
