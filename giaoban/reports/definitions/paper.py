"""What a document is printed on: letterhead, foot and layout, its state, and the office's words.

A definition and the books say what a report tells; this is everything else that its document needs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from giaoban.reports.documents.blocks import Foot, Layout, Letterhead


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The form of a document and what is typed into it.

    ``kind`` is printed above the title ("": the definition's), ``rule`` below it. ``own_words`` are
    by the keys of the definition; what is missing there stands as the definition's default.
    ``notes`` are printed after the body, one a line, such as a discrepancy that was signed off.
    """

    layout: Layout
    dated_on: date
    kind: str = ""
    rule: str = ""
    letterhead: Letterhead | None = None
    foot: Foot | None = None
    state: Literal["draft", "final"] = "draft"
    provenance: str = ""
    own_words: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
