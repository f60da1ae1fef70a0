"""What living figures refuse, in the editors' words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.journal.errors import RuleBroken


class FigureWithdrawn(RuleBroken):
    code = "figure_withdrawn"
    message = _("Report {number} was withdrawn. Choose the figure from its successor {new}.")


class FigureReplaced(RuleBroken):
    code = "figure_replaced"
    message = _("Report {number} was replaced. Choose the figure from its successor {new}.")


class ReportWithdrawn(RuleBroken):
    code = "report_withdrawn"
    message = _("Report {number} was withdrawn, so its figures are not cited any more.")


class ReportNotPublic(RuleBroken):
    code = "report_not_public"
    message = _("Report {number} is not public. A publisher makes it public first.")


class ReportElsewhere(RuleBroken):
    code = "report_elsewhere"
    message = _("Report {number} is of {unit}, which is outside this site's organisation.")


class NotAPublisher(RuleBroken):
    code = "not_a_publisher"
    message = _("The login {login} does not publish on this site. Ask a publisher.")


class NothingToCorrect(RuleBroken):
    code = "nothing_to_correct"
    message = _("None of the sentences chosen reads otherwise by now. Look at the list again.")


class NoteMissing(RuleBroken):
    code = "correction_note_missing"
    message = _("The note is missing. Say in a sentence what is corrected, and why.")
