"""The demonstration's data files, and the signs in their texts."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from giaoban.vietnamese.text import NO_BREAK_SPACE

_FOLDER = Path(__file__).resolve().parent / "data"


@cache
def data(name: str) -> dict[str, Any]:
    """A data file; each says what in it is fact."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """A text without figures, bound where ``~`` stands."""
    return text.replace("~", NO_BREAK_SPACE)


def paragraph(text: str, figure: Callable[[str], str]) -> str:
    """A paragraph as rich text; ``figure`` gives what stands for a figure's address."""
    said = ""
    for at, part in enumerate(plain(text).replace("}", "{").split("{")):
        said += figure(part) if at % 2 else escape(part, quote=False)
    return f"<p>{said}</p>"
