"""The slots of titles and headings: the period, the next one, the unit, the words of its family."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from giaoban.figures.by_unit import Question, period_title
from giaoban.periods import Period, PeriodKind
from giaoban.reports.wording.errors import SlotUnknown
from giaoban.reports.wording.families import MEMBER_WORDS
from giaoban.units.queries import UnitLife

SLOTS = ("period", "next", "year", "unit", "work", "members", "section")
_SLOT = re.compile(r"\{([^{}]*)\}")


def slot_words(question: Question, unit: UnitLife) -> dict[str, str]:
    """What each slot says, in the active language."""
    words = MEMBER_WORDS[unit.family]
    return {
        "period": period_title(question.period),
        "next": next_title(question.period),
        "year": str(question.period.year),
        "unit": unit.name,
        "work": str(words.work),
        "members": str(words.many),
        "section": str(words.section),
    }


def filled(text: str, words: Mapping[str, str]) -> str:
    """A title with its slots filled. Raises ``SlotUnknown``."""

    def said(found: re.Match[str]) -> str:
        if found[1] not in words:
            raise SlotUnknown(slot=found[1], choices=[f"{{{name}}}" for name in SLOTS])
        return words[found[1]]

    return _SLOT.sub(said, text)


def next_title(period: Period) -> str:
    """The period whose tasks a report ends with: of nine months, the last three of the year."""
    if period.kind == PeriodKind.NINE_MONTHS:
        return _("last three months of {year}").format(year=period.year)
    later = period.following
    english = (get_language() or "vi").startswith("en")
    return later.label_en if english else later.label_vi


def period_inside(period: Period) -> str:
    """The period's name inside a sentence: English has "in 2018", but "in the first half"."""
    title = period_title(period)
    bare = period.kind in (PeriodKind.YEAR, PeriodKind.MONTH)
    return title if bare else _("the {period}").format(period=title)
