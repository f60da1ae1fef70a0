"""Two documents line by line: what is the same, what is only in one, and the words that differ.

A line is a paragraph, an item, or a row of a table. No database and no Django here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from giaoban.reports.documents.blocks import Block, Document, Table
from giaoban.reports.documents.walking import lines_of, plain

BETWEEN_CELLS = " · "
# Lines that have less in common than this are not one line that was changed.
ALIKE = 0.5
# How many equal lines stand around a difference; longer runs are folded.
AROUND = 2
_WORDS = re.compile(r"\d+(?:/\d+)+|\d[\d.,]*%?|\w+|\s+|.", re.UNICODE)
_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a line. ``changed``: not in the other one; ``figure``: they are a number."""

    text: str
    changed: bool = False
    figure: bool = False


Side = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A line of the one beside that of the other; None where the other has no such line."""

    left: Side | None
    right: Side | None
    same: bool

    @property
    def figures_differ(self) -> bool:
        """Whether a number of the line was changed."""
        return any(
            piece.changed and piece.figure
            for side in (self.left, self.right) if side for piece in side
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of equal lines that is not shown."""

    lines: int


def lines(document: Document) -> list[str]:
    """All that a document says, a paragraph, an item or a row of a table each."""
    found = list(_head(document))
    for block in document.body:
        found += _lines_of(block)
    if document.foot is not None:
        found += document.foot.recipients
        for one in document.foot.signatures:
            found += filter(None, (*one.authority, one.post, one.name))
    for annex in document.annexes:
        found += (annex.label, annex.title)
        for block in annex.blocks:
            found += _lines_of(block)
    return found


def _head(document: Document) -> Iterator[str]:
    head = document.letterhead
    if head is not None:
        yield from filter(None, (head.superior, head.issuer, head.number, head.place_and_date))
    yield document.title.kind
    yield document.title.subject


def _lines_of(block: Block) -> Iterator[str]:
    if not isinstance(block, Table):
        yield from lines_of(block)
        return
    yield block.title
    if block.measure:
        yield block.measure
    yield BETWEEN_CELLS.join(column.head for column in block.columns if column.head)
    for row in block.rows:
        yield BETWEEN_CELLS.join(cell.text for cell in row.cells if cell.text)
    yield from (plain(line) for line in block.legend)


def compared(left: Document, right: Document) -> list[Pair]:
    """Every line of both, in the order in which they are read."""
    ours, theirs = lines(left), lines(right)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    found: list[Pair] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            found += [Pair((Piece(line),), (Piece(line),), same=True) for line in ours[a:b]]
        else:
            found += _changed(ours[a:b], theirs[c:d])
    return found


def _changed(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Pair]:
    """Lines that differ, each beside the one that it became where there is such a one."""
    at = 0
    for line in ours:
        near = next((n for n in range(at, len(theirs)) if _alike(line, theirs[n])), None)
        if near is None:
            yield Pair((Piece(line, changed=True),), None, same=False)
            continue
        for new in theirs[at:near]:
            yield Pair(None, (Piece(new, changed=True),), same=False)
        yield Pair(*word_by_word(line, theirs[near]), same=False)
        at = near + 1
    for new in theirs[at:]:
        yield Pair(None, (Piece(new, changed=True),), same=False)


def _alike(line: str, other: str) -> bool:
    """Whether one line became the other; by its words, numbers told apart by none."""
    ours, theirs = (_NUMBER.sub("0", one) for one in (line, other))
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= ALIKE


def word_by_word(line: str, other: str) -> tuple[Side, Side]:
    """Two lines with the words that differ marked."""
    ours, theirs = _WORDS.findall(line), _WORDS.findall(other)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        left += _pieces(ours[a:b], changed=tag != "equal")
        right += _pieces(theirs[c:d], changed=tag != "equal")
    return tuple(left), tuple(right)


def _pieces(words: Sequence[str], *, changed: bool) -> Iterator[Piece]:
    """The words as pieces; a number that changed is a piece of its own."""
    told = ""
    for word in words:
        if changed and _NUMBER.match(word):
            if told:
                yield Piece(told, changed)
            yield Piece(word, changed, figure=True)
            told = ""
        else:
            told += word
    if told:
        yield Piece(told, changed)


def folded(pairs: Sequence[Pair], around: int = AROUND) -> list[Pair | Fold]:
    """The lines around differences; runs of equal ones in between are only counted."""
    near = {
        n
        for at, pair in enumerate(pairs) if not pair.same
        for n in range(at - around, at + around + 1)
    }  # fmt: skip
    found: list[Pair | Fold] = []
    hidden = 0
    for at, pair in enumerate(pairs):
        if at in near:
            if hidden:
                found.append(Fold(hidden))
            hidden = 0
            found.append(pair)
        else:
            hidden += 1
    return [*found, Fold(hidden)] if hidden else found
