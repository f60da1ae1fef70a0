"""What the parts of a definition are called: tables, charts, kinds of part and of paragraph."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from giaoban.desk.door import english
from giaoban.reports.definitions.definition import Language


def shown_in() -> Language:
    """The language of the page, as definitions know it."""
    return "en" if english() else "vi"


TABLES = {
    "statement": _("Increase and decrease of members"),
    "admissions-by-unit": _("Admissions against plan, by unit"),
    "admissions-by-particulars": _("Admissions by particulars"),
    "roll-by-particulars": _("Members by particulars"),
    "indicators": _("Indicators"),
    "change-by-unit": _("Change of members, by unit"),
    "against-last-year": _("Beside the same period last year"),
    "behind": _("Units behind the pace"),
    "furthest-behind": _("Units furthest behind"),
}
CHARTS = {
    "plan-by-unit": _("Plan and actual, by unit"),
    "waterfall": _("From the opening to the closing"),
    "admissions-by-month": _("Admissions by month"),
    "strength-by-unit": _("Members by unit"),
}
PARTS = {
    "narrative": _("Sentences"),
    "table": _("Table"),
    "chart": _("Chart"),
    "own_words": _("The office's own words"),
}
ROLES = {
    "body": _("plain paragraph"),
    "lead": _("opening paragraph"),
    "note": _("small note"),
}
LEVELS = {
    1: _("I., II., III."),
    2: _("1., 2., 3."),
    3: _("a), b), c)"),
    0: _("no heading"),
}
