"""What a report calls the unit it is about and its members: a cell has no Đảng bộ, a trade union
no đảng viên."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, npgettext

PARTY = "party"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a report calls a unit of one kind: with all below it, and as such.

    ``above`` is true of those whose members stand in grassroots organisations below them.
    """

    whole: str | Promise
    itself: str | Promise
    above: bool = False


@dataclass(frozen=True, slots=True)
class MemberWords:
    """What a report calls the members of one family, one and many, what it is about them, and the
    work that it reports."""

    one: str | Promise
    many: str | Promise
    section: str | Promise
    work: str | Promise


_COMMITTEE = gettext_lazy("the whole organisation"), gettext_lazy("the organisation")
_CELL = gettext_lazy("the cell")
_UNION = gettext_lazy("the grassroots trade union")
_YOUTH = gettext_lazy("the grassroots youth union")
_BRANCH = gettext_lazy("the youth union branch")

UNIT_WORDS = {
    "party-central": UnitWords(*_COMMITTEE, above=True),
    "party-district": UnitWords(*_COMMITTEE, above=True),
    "party-superior": UnitWords(*_COMMITTEE, above=True),
    "party-base": UnitWords(*_COMMITTEE),
    "party-section": UnitWords(*_COMMITTEE),
    "party-base-cell": UnitWords(_CELL, _CELL),
    "party-cell": UnitWords(_CELL, _CELL),
    "union-superior": UnitWords(
        gettext_lazy("the trade unions at all levels"), gettext_lazy("the federation of labour")
    ),
    "union-base": UnitWords(_UNION, _UNION),
    "youth-superior": UnitWords(
        gettext_lazy("the youth union at all levels"), gettext_lazy("the youth union")
    ),
    "youth-base": UnitWords(_YOUTH, _YOUTH),
    "youth-cell": UnitWords(_BRANCH, _BRANCH),
}
# The words for a kind that an office has added of its own, by family: it stands above others.
_OWN_KINDS = {PARTY: "party-central", "union": "union-superior", "youth": "youth-superior"}
MEMBER_WORDS = {
    PARTY: MemberWords(
        gettext_lazy("member"),
        gettext_lazy("members"),
        gettext_lazy("Organisations and members"),
        gettext_lazy("organisation work and the building of the Party"),
    ),
    "union": MemberWords(
        gettext_lazy("union member"),
        gettext_lazy("union members"),
        gettext_lazy("Trade unions and their members"),
        gettext_lazy("organisation work and the growth of the trade unions"),
    ),
    "youth": MemberWords(
        gettext_lazy("youth union member"),
        gettext_lazy("youth union members"),
        gettext_lazy("The youth union and its members"),
        gettext_lazy("organisation work and the growth of the youth union"),
    ),
}


def unit_words(kind: str, family: str) -> UnitWords:
    """What a report calls a unit of a kind, be it one that the office itself has added."""
    return UNIT_WORDS.get(kind) or UNIT_WORDS[_OWN_KINDS[family]]


def noun(family: str, value: int) -> str:
    """The noun beside so many members of a family: one member, two members."""
    said = {
        PARTY: npgettext("so many", "member", "members", value),
        "union": npgettext("so many", "union member", "union members", value),
        "youth": npgettext("so many", "youth union member", "youth union members", value),
    }
    return said[family]
