"""Where in the pdf of a document the room for the hand is: for a signature that shows there."""

from __future__ import annotations

import json
from typing import NamedTuple

from giaoban.reports.documents.blocks import Document
from giaoban.reports.rendering.pdf.typesetting import typeset


class Place(NamedTuple):
    """A room for the hand: the page from 1, millimetres from its left and top."""

    page: int
    left: float
    top: float
    width: float
    height: float


def rooms_for_the_hand(document: Document) -> list[Place]:
    """One for each who signs, in their order; none for a document without a foot."""
    found = typeset(document, "places")
    return [
        Place(one["page"], one["left"], one["bottom"] - one["height"], one["width"], one["height"])
        for one in json.loads(found)
    ]
