"""Where a signature shows on an issued document: in the room that the form keeps for the hand."""

from __future__ import annotations

from giaoban.reports.issues import issued_document, reprint
from giaoban.reports.rendering.pdf.places import rooms_for_the_hand
from giaoban.reports.rendering.rendition import Form, render
from giaoban.reports.signing.appearance import Box
from giaoban.reports.signing.errors import NoRoom

HEIGHT = 18.0  # of the box in millimetres: three lines, where a name is long


def box_on(issue: int, *, signed_before: int) -> Box:
    """The box for the next signature of an issue that bears some already.

    Raises ``NoRoom`` where every room is taken, or the document would be set otherwise by now, so
    that nobody knows where its rooms are.
    """
    document = issued_document(issue)
    rooms = rooms_for_the_hand(document)
    if signed_before >= len(rooms) or render(document, Form.PDF) != reprint(issue, Form.PDF):
        raise NoRoom
    room = rooms[signed_before]
    return Box(
        page=room.page - 1, left=room.left, top=room.top + (room.height - HEIGHT) / 2,
        width=room.width, height=HEIGHT,
    )  # fmt: skip
