"""Signs that XML can't hold, shown as what they are: signs that got lost.

Texts are cleaned on their way into the books, so none should come here. If one does, a file that
no program opens would be worse, and one that leaves it out silently would be another text.
"""

from __future__ import annotations

import re
from typing import Any, TypeVar

import msgspec

_Piece = TypeVar("_Piece", bound=msgspec.Struct)
LOST = "\ufffd"
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with each sign that XML can't hold as U+FFFD."""
    return _UNSAYABLE.sub(LOST, text)


def legible(piece: _Piece) -> _Piece:
    """A part of a document with every text in it printable, for who draws it as a whole."""
    return msgspec.convert(_printable(msgspec.to_builtins(piece)), type(piece))


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, dict):
        return {key: _printable(one) for key, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list | tuple) else value
