"""Text that was shown in the wrong alphabet, put right where its spelling leaves no doubt.

A page can be sound UTF-8 and still hold "TiÕng ViÖt": a program saved what it showed. Headings,
menus and the article may even be in different ones, for they came from different hands. So each
block is judged by itself, and one that is too short to judge follows the page.
"""

from __future__ import annotations

import re
from contextlib import suppress

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PreformattedString

from giaoban.portal.bringing.reading import SURE
from giaoban.vietnamese import (
    ControlCharacter,
    Detection,
    Encoding,
    TextUndecodable,
    clean,
    decode,
    detect,
)

LOST = "[?]"
_SOUND = frozenset({Encoding.UNICODE, Encoding.DECOMPOSED})
BLOCKS = ["p", "div", "td", "th", "li", "h1", "h2", "h3", "h4", "h5", "h6", "title", "figcaption",
          "blockquote", "center", "dt", "dd", "caption", "body"]  # fmt: skip
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd-\uffff]")
# A letter lost by a program that knew no Vietnamese leaves a question mark inside a word, or before
# one that goes on in small letters; letters of old fonts stay behind as signs.
_DOUBTFUL = re.compile(
    r"\S*(?:\w\?\w|[¬®µ¸¹»¼½¾¿ÃÕÖ×ÞßåæøþðÐ]\w*[¬®µ¸¹»¼½¾¿§¦¤¢]|\[\?\])\S*|\b\w+\?(?= [a-zđ]\w+\?? )"
)
_FONT_OF_CAPITALS = re.compile(r"(?i)\.vn\w+h\b")
_SHOWN = 60


def put_right(soup: BeautifulSoup) -> Encoding | None:
    """Convert the text of a page that was shown in the wrong alphabet; the one it was in mostly."""
    judged = [(nodes, detect(" ".join(nodes))) for nodes in _by_block(soup)]
    mostly = _mostly(judged)
    for nodes, found in judged:
        encoding = _legacy(found) or (mostly if _may_be_bytes("".join(nodes)) else None)
        if encoding is not None:
            _convert(nodes, encoding)
    if mostly is not None:
        _convert_attributes(soup, mostly)
    return mostly


def _legacy(found: Detection) -> Encoding | None:
    sure = found.confidence >= SURE and found.encoding not in _SOUND
    return found.encoding if sure else None


def _mostly(judged: list[tuple[list[NavigableString], Detection]]) -> Encoding | None:
    """The encoding of most of the text that can be judged; None where that is in order."""
    letters: dict[Encoding | None, int] = {}
    for nodes, found in judged:
        if found.confidence >= SURE and not all(node.isascii() for node in nodes):
            encoding = _legacy(found)
            letters[encoding] = letters.get(encoding, 0) + sum(map(len, nodes))
    return max(letters, key=letters.__getitem__, default=None)


def _may_be_bytes(text: str) -> bool:
    """Whether each letter may be a byte that was shown as Latin: no old font had a ủ of its own."""
    return not any(char.isalpha() and not _is_byte(char) for char in text)


def _is_byte(char: str) -> bool:
    try:
        return bool(char.encode("cp1252"))
    except UnicodeEncodeError:
        return char < "\u0100"


def _by_block(soup: BeautifulSoup) -> list[list[NavigableString]]:
    """The texts of a page, those together that stand in one block and in none inside it."""
    found: dict[int, list[NavigableString]] = {}
    for node in soup.find_all(string=True):
        if isinstance(node, PreformattedString) or not node.strip():
            continue
        block = node.find_parent(BLOCKS)
        found.setdefault(id(block), []).append(node)
    return list(found.values())


def _convert(nodes: list[NavigableString], encoding: Encoding) -> None:
    for node in nodes:
        font = node.find_parent("font", face=_FONT_OF_CAPITALS)
        with suppress(TextUndecodable):
            node.replace_with(decode(str(node), encoding, capitals=font is not None))


def _convert_attributes(soup: BeautifulSoup, encoding: Encoding) -> None:
    """What a page says of itself in its head, and of its pictures."""
    for tag in soup.find_all(["meta", "img"]):
        for name in ("content", "alt", "title"):
            told = tag.get(name)
            if isinstance(told, str) and not told.isascii() and _may_be_bytes(told):
                with suppress(TextUndecodable):
                    tag[name] = decode(told, encoding)


def tidy(text: str) -> str:
    """Text as an article holds it: NFC, single spaces; what was lost before shows as ``[?]``."""
    try:
        return clean(_NOT_TEXT.sub(LOST, text))
    except ControlCharacter:  # beyond what was just replaced there is none
        return " ".join(text.split())


def doubtful(text: str) -> list[str]:
    """The places that no rule could put right, each as short as one finds it by."""
    return [found[0].strip()[:_SHOWN] for found in _DOUBTFUL.finditer(text)]
