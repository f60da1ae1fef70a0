"""A filled template read as CommonMark: paragraphs, items, headings, what is set off.

While it is read every value is one sign of the private use area with its number behind it, which
no markup can be made of; only afterwards it becomes the value's own words and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from giaoban.reports.documents.blocks import Block, Heading, Inlines, Listing, Paragraph, Text
from giaoban.reports.narrative.errors import TemplateTooLong
from giaoban.reports.narrative.values import Spoken
from giaoban.reports.wording.setting import Piece, settled

MOST_LETTERS = 60_000  # of one part's sentences
_OPEN, _CLOSE, _ZERO = "\ue000", "\ue001", 0xE010
_TOKEN = re.compile("\ue000([\ue010-\ue019]+)\ue001")
PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

Style = Literal["plain", "strong", "emphasis"]
Role = Literal["body", "lead", "note"]

_MARKDOWN = MarkdownIt("zero", {"html": False}).enable(
    ["paragraph", "heading", "list", "emphasis", "escape", "newline"]
)


def blocks_of(filled: Iterable[str | Spoken], role: Role) -> tuple[Block, ...]:
    """The blocks that a filled template says. Raises ``TemplateTooLong``, and what values raise."""
    text: list[str] = []
    values: list[Inlines] = []
    letters = 0
    for part in filled:
        if isinstance(part, str):
            text.append(part)
            letters += len(part)
        else:
            values.append(part.pieces())
            text.append(_token(len(values) - 1))
            letters += sum(len(piece.text) for piece in values[-1])
        if letters > MOST_LETTERS:
            raise TemplateTooLong(most=MOST_LETTERS)
    return tuple(_blocks(_MARKDOWN.parse("".join(text)), values, role))


def _token(number: int) -> str:
    return _OPEN + "".join(chr(_ZERO + int(digit)) for digit in str(number)) + _CLOSE


def _blocks(tokens: list[Token], values: list[Inlines], role: Role) -> Iterator[Block]:
    """Items of a listing stand on one level, whatever was written inside which."""
    items: list[Inlines] = []
    depth, ordered, level = 0, False, 0
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if depth == 0:
                ordered = token.type == "ordered_list_open"
            depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            depth -= 1
            if depth == 0 and items:
                yield Listing(tuple(items), ordered)
                items = []
        elif token.type == "heading_open":
            level = min(int(token.tag[1:]), 3)
        elif token.type == "heading_close":
            level = 0
        elif token.type == "inline" and (content := _content(token.children or [], values)):
            if depth:
                items.append(content)
            else:
                yield Heading(level, "", content) if level else Paragraph(content, role)


def _content(tokens: list[Token], values: list[Inlines]) -> Inlines:
    pieces: list[tuple[Piece, bool]] = []
    strong = emphasis = 0
    for token in tokens:
        match token.type:
            case "strong_open":
                strong += 1
            case "strong_close":
                strong -= 1
            case "em_open":
                emphasis += 1
            case "em_close":
                emphasis -= 1
            case "softbreak" | "hardbreak":
                pieces.append((Text(" ", _style(strong, emphasis)), True))
            case _:
                pieces += _pieces(token.content, values, _style(strong, emphasis))
    return settled(pieces)


def _style(strong: int, emphasis: int) -> Style:
    return "strong" if strong else "emphasis" if emphasis else "plain"


def _pieces(text: str, values: list[Inlines], style: Style) -> Iterator[tuple[Piece, bool]]:
    end = 0
    for found in _TOKEN.finditer(text):
        if found.start() > end:
            yield Text(text[end : found.start()], style), True
        number = int("".join(str(ord(sign) - _ZERO) for sign in found[1]))
        for piece in values[number]:
            yield (Text(piece.text, style) if isinstance(piece, Text) else piece), False
        end = found.end()
    if end < len(text):
        yield Text(text[end:], style), True
