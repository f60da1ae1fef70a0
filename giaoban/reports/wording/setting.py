"""Sentences as they are set: one space between words, and none at the ends or before a sign.

A number is bound to its noun, and a word such as "ngày" to its number, with a no-break space; not
inside names, nor in cells of tables, where it would defeat a search.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from giaoban.reports.documents.blocks import Figure, Inlines, Text
from giaoban.vietnamese.text import NO_BREAK_SPACE

Piece = Text | Figure
_BLANKS = re.compile(r"[ \t\r\n]+")
_BEFORE_SIGN = re.compile(rf"[ {NO_BREAK_SPACE}]+([,.;:)])")
_WORDS = "ngày|tháng|năm|quý|số|Điều|điều|Phụ lục|Biểu|biểu|mục|entry|Annex"
_BOUND = re.compile(rf"\b({_WORDS}) (?=[0-9IVX])")
_BOUND_AT_END = re.compile(rf"\b({_WORDS}) $")
_COUNTED = re.compile(r"(?<![\w/.,-])([0-9][0-9.,]*) (?=(?:tháng|năm|quý)\b)")


def bound(text: str) -> str:
    """Words bound to their numbers: quý III, ngày 29, 9 tháng."""
    text = _BOUND.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _COUNTED.sub(rf"\1{NO_BREAK_SPACE}", text)


def whole(period: str) -> str:
    """The name of a period, which no line of a title parts; its days in brackets may be parted."""
    name, bracket, days = period.partition(" (")
    return name.replace(" ", NO_BREAK_SPACE) + bracket + days


def settled(content: Iterable[tuple[Piece, bool]]) -> Inlines:
    """Pieces of a paragraph as they are set; each with whether it is wording, which is bound."""
    pieces: list[Piece] = []
    before: tuple[Piece, bool] | None = None
    for piece, wording in content:
        told = piece
        if isinstance(told, Text):
            text = _BLANKS.sub(" ", told.text)
            if isinstance(before and before[0], Figure) and text.startswith(" "):
                text = NO_BREAK_SPACE + text[1:]
            told = Text(bound(text) if wording else text, told.style)
        if pieces and before and before[1] and told.text[:1].isdigit():
            pieces[-1] = _bound_at_end(pieces[-1])
        pieces.append(told)
        before = told, wording
    return _trimmed(_merged(pieces))


def plain(text: str) -> Inlines:
    """Words alone, as they are set."""
    return settled([(Text(text), True)])


def _bound_at_end(piece: Piece) -> Piece:
    if isinstance(piece, Figure):
        return piece
    return Text(_BOUND_AT_END.sub(rf"\1{NO_BREAK_SPACE}", piece.text), piece.style)


def _merged(pieces: list[Piece]) -> list[Piece]:
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if isinstance(piece, Text) and isinstance(last, Text) and last.style == piece.style:
            merged[-1] = Text(last.text + piece.text, piece.style)
        else:
            merged.append(piece)
    return merged


def _trimmed(pieces: list[Piece]) -> Inlines:
    kept: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, Text):
            text = _BEFORE_SIGN.sub(r"\1", re.sub(" {2,}", " ", piece.text))
            if not kept or kept[-1].text.endswith((" ", NO_BREAK_SPACE)):
                text = text.lstrip(" ")
            if kept and text[:1] in (",", ".", ";", ":", ")"):
                kept[-1] = _without_blank(kept[-1])
            piece = Text(text, piece.style)
        if piece.text:
            kept.append(piece)
    if kept:
        kept[-1] = _without_blank(kept[-1])
    return tuple(piece for piece in kept if piece.text)


def _without_blank(piece: Piece) -> Piece:
    if isinstance(piece, Figure):
        return piece
    return Text(piece.text.rstrip(f" {NO_BREAK_SPACE}"), piece.style)
