"""The lines of a statement of increase and decrease, in the order of Biểu số 1-BTCTW."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from giaoban.journal.kinds import Kind

Ints = npt.NDArray[np.int64]


class Line(IntEnum):
    """A line of the statement. The value is its row in arrays of figures."""

    OPENING = 0
    ADMITTED = 1
    ARRIVED = 2
    RESTORED = 3
    DIED = 4
    EXPELLED = 5
    STRUCK_OFF = 6
    RESIGNED = 7
    DEPARTED = 8
    # Not rows of the official form; shown only where they are not zero.
    AGED_OUT = 9
    FIRST_BALANCE = 10
    ADJUSTED = 11
    RECOGNISED = 12
    CAME_WITH_UNIT = 13
    LEFT_WITH_UNIT = 14
    CLOSING = 15

    @property
    def label(self) -> str:
        """The line's name in the active language."""
        return str(_LABELS[self])

    @property
    def sign(self) -> int:
        """+1 for an increase, −1 for a decrease, 0 for a balance or a change inside."""
        if self in DECREASES:
            return -1
        return 1 if self in INCREASES else 0


_LABELS: dict[Line, str | Promise] = {
    Line.OPENING: _("Carried over from the last period"),
    Line.ADMITTED: _("Admitted"),
    Line.ARRIVED: _("Arrived"),
    Line.RESTORED: _("Membership restored"),
    Line.DIED: _("Died"),
    Line.EXPELLED: _("Expelled"),
    Line.STRUCK_OFF: _("Struck off"),
    Line.RESIGNED: _("Resigned from the Party"),
    Line.DEPARTED: _("Departed"),
    Line.AGED_OUT: _("Aged out of the youth union"),
    Line.FIRST_BALANCE: _("First balance"),
    Line.ADJUSTED: _("Adjusted"),
    Line.RECOGNISED: _("Recognised as full members"),
    Line.CAME_WITH_UNIT: _("Came with their unit"),
    Line.LEFT_WITH_UNIT: _("Left with their unit"),
    Line.CLOSING: _("On the roll at the end of the period"),
}

INCREASES = (
    Line.ADMITTED,
    Line.ARRIVED,
    Line.RESTORED,
    Line.FIRST_BALANCE,
    Line.ADJUSTED,
    Line.CAME_WITH_UNIT,
)
DECREASES = (
    Line.DIED,
    Line.EXPELLED,
    Line.STRUCK_OFF,
    Line.RESIGNED,
    Line.DEPARTED,
    Line.AGED_OUT,
    Line.LEFT_WITH_UNIT,
)
OFFICIAL = (*(line for line in Line if line < Line.AGED_OUT), Line.CLOSING)
LINES = len(Line)
# For each line whether it is one of decrease.
DECREASING = np.array([line in DECREASES for line in Line])

_OF_KIND = {
    Kind.OPENING: (Line.FIRST_BALANCE, Line.FIRST_BALANCE),
    Kind.ADMISSION: (Line.ADMITTED, Line.ADMITTED),
    Kind.READMISSION: (Line.ADMITTED, Line.ADMITTED),
    Kind.ARRIVAL: (Line.ARRIVED, Line.ARRIVED),
    Kind.RESTORATION: (Line.RESTORED, Line.RESTORED),
    Kind.DEATH: (Line.DIED, Line.DIED),
    Kind.EXPULSION: (Line.EXPELLED, Line.EXPELLED),
    Kind.STRIKING_OFF: (Line.STRUCK_OFF, Line.STRUCK_OFF),
    Kind.RESIGNATION: (Line.RESIGNED, Line.RESIGNED),
    Kind.DEPARTURE: (Line.DEPARTED, Line.DEPARTED),
    Kind.TRANSFER: (Line.ARRIVED, Line.DEPARTED),
    Kind.RECOGNITION: (Line.RECOGNISED, Line.RECOGNISED),
    Kind.LEAVING: (Line.AGED_OUT, Line.AGED_OUT),
    Kind.CORRECTION: (Line.ADJUSTED, Line.ADJUSTED),
}


def line_of(kind: int, inward: bool) -> Line:
    """The line that a leg of this kind belongs to; transfers differ by direction."""
    into, out_of = _OF_KIND[Kind(kind)]
    return into if inward else out_of


def lines_of(kinds: Ints, inward: Ints) -> Ints:
    """The lines of many legs at once; ``inward`` is 1 or 0."""
    table = np.full((max(Kind) + 1, 2), -1, dtype=np.int64)
    for kind in np.unique(kinds):
        table[kind] = [line_of(int(kind), False), line_of(int(kind), True)]
    lines: Ints = table[kinds, inward]
    return lines


def kinds_of(line: Line) -> tuple[Kind, ...]:
    """The kinds of movement that make up a line."""
    return tuple(kind for kind, lines in _OF_KIND.items() if line in lines)


class StandingGroup(IntEnum):
    """The two standings a statement tells apart; in transit counts with what it was."""

    PROBATIONARY = 0
    FULL = 1


class Amount(NamedTuple):
    """A number of members by standing."""

    probationary: int
    full: int

    @property
    def both(self) -> int:
        """All members, probationary and full."""
        return self.probationary + self.full
