"""Signs that XML can't hold, shown as what they are: signs that got lost.

Texts are cleaned on their way into the books, so none should come here. If one does, a file that
no program opens would be worse, and one that leaves it out silently would be another text.
"""

from __future__ import annotations

import re

LOST = "\ufffd"
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text with each sign that XML can't hold as U+FFFD."""
    return _UNSAYABLE.sub(LOST, text)
