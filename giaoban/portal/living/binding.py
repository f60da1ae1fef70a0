"""A living figure and the words that go with it stay on one line: "134 đảng", "tháng 9", "(134)".

A no-break space is not enough. Browsers may break a line before and behind a button whatever stands
there, unless an element around both says no; so one is put around them.
"""

from __future__ import annotations

import re

from django.utils.safestring import SafeString, mark_safe

from giaoban.reports.wording.setting import bound
from giaoban.vietnamese.text import NO_BREAK_SPACE

_BLANK = f"[ {NO_BREAK_SPACE}]"
_FIGURE = re.compile(
    rf"""(?P<words>(?:(?<![^\s>])[^\s<>&]+{_BLANK})?)  # the word before, which may want a number
    (?P<opening>[^\s<>&;]*)                            # an opening bracket or quotation mark
    (?P<figure><button\ class="fig.*?</button>)
    (?:(?P<closing>[^\s<>&]+)                          # a comma, a full stop, a bracket
      |(?P<noun>{_BLANK}[^\W\d_][^\s<>&]*))?           # or what is counted""",
    re.VERBOSE | re.DOTALL,
)


def bind_figures(shown: str) -> SafeString:
    """The text of a page with every figure bound to a word before it that wants a number, and to
    the first syllable of what it counts. The text is html that is safe already."""
    return mark_safe(_FIGURE.sub(_bind, shown))


def _bind(found: re.Match[str]) -> str:
    words, opening, figure, closing, noun = found.groups(default="")
    before = "" if opening or not _wants_a_number(words) else words
    if not (before or opening or closing or noun):
        return found[0]
    kept = f"{_bound(before)}{opening}{figure}{closing}{_bound(noun)}"
    return f'{"" if before else words}<span class="nowrap">{kept}</span>'


def _wants_a_number(words: str) -> bool:
    """Whether a word is one that is bound to its number: ngày, tháng, số."""
    told = words.strip(f" {NO_BREAK_SPACE}")
    return bool(told) and bound(f"{told} 1") != f"{told} 1"


def _bound(words: str) -> str:
    return words.replace(" ", NO_BREAK_SPACE)
