"""What was found in a saved page, what was not, and what nobody could repair."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PARTS: dict[str, Promise] = {
    "section": _("section"), "headline": _("headline"), "time": _("time"), "lead": _("lead"),
    "body": pgettext_lazy("article", "body"), "picture": _("picture"), "caption": _("caption"),
    "byline": _("byline"),
}  # fmt: skip
REMARKS: dict[str, Promise] = {
    "encoding": _("Was in {told}."),
    "letters_lost": _("{told} letters were lost before."),
    "doubtful": _("Not repaired: {told}"),
    "no_hour": _("The day is known, the hour is not."),
    "section_unknown": _("The site has no section “{told}”."),
    "picture_missing": _("The picture {told} is not in the folder."),
    "picture_refused": _("The picture {told} can't be taken."),
    "pictures_left": _("More pictures, left out: {told}"),
    "describe_picture": _("What the picture shows has to be told in words."),
    "table_flattened": _("A table was put into lines."),
    "headline_cut": _("The headline was longer and has been cut: {told}"),
    "brought_before": _("Another version of this file was brought before."),
}


@dataclass
class Block:
    """A part of the body: ``text`` with one paragraph, ``list`` with its items, or ``heading``."""

    kind: str
    words: list[str]


@dataclass
class Picture:
    """A picture that the page shows: as its address says, and the words below it."""

    source: str
    caption: str = ""


@dataclass
class Findings:
    """An article as a saved page tells it. What is empty was not found.

    ``remarks`` are (code of ``REMARKS``, what it is about).
    """

    section: str = ""
    headline: str = ""
    at: datetime | None = None
    lead: str = ""
    body: list[Block] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    byline: str = ""
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def remark(self, code: str, told: object = "") -> None:
        """Note something that whoever mends the draft has to know."""
        if (code, str(told)) not in self.remarks:
            self.remarks.append((code, str(told)))

    @property
    def missing(self) -> list[str]:
        """The parts that were not found."""
        found = {
            "section": self.section, "headline": self.headline, "time": self.at,
            "lead": self.lead, "body": self.body, "picture": self.pictures,
            "caption": any(one.caption for one in self.pictures), "byline": self.byline,
        }  # fmt: skip
        return [part for part in PARTS if not found[part]]

    def as_dict(self) -> dict[str, Any]:
        """What is kept of it: what was missing and what was remarked."""
        return {"missing": self.missing, "remarks": [list(one) for one in self.remarks]}


def in_words(remarks: list[tuple[str, str]]) -> list[str]:
    """Remarks in the active language."""
    return [str(REMARKS[code]).format(told=told) for code, told in remarks]


def parts_in_words(parts: list[str]) -> str:
    """Parts of an article in the active language: "headline, time"."""
    return ", ".join(str(PARTS[part]) for part in parts)
