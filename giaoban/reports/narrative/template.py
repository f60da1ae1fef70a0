"""Filling a template: from the source that an office wrote to the blocks of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any

from jinja2 import Template, TemplateSyntaxError, UndefinedError

from giaoban.journal.errors import RuleBroken
from giaoban.reports.documents.blocks import Block
from giaoban.reports.errors import FigureUnknown
from giaoban.reports.narrative.errors import (
    NotCalculable,
    TemplateBroken,
    TemplateTooLong,
    TemplateUnreadable,
)
from giaoban.reports.narrative.filters import FILTERS, TESTS
from giaoban.reports.narrative.grammar import Wrong
from giaoban.reports.narrative.names import grammar
from giaoban.reports.narrative.reading import PRIVATE, Role, blocks_of
from giaoban.reports.narrative.sandbox import BUDGET, Budget, Sandbox, paying
from giaoban.reports.narrative.values import Spoken

LONGEST_SOURCE = 20_000
_FILE = "<sentences>"
_SANDBOX = Sandbox(FILTERS, TESTS)
_SHOWN = 40
# A line with nothing but tags on it is no line of the text: its end goes into the last tag.
_LINE_OF_TAGS = re.compile(
    r"^[ \t]*((?:\{%(?:(?!%\}).)*%\}[ \t]*)*\{[%#](?:(?![%#]\}).)*?)([-+]?[%#]\})[ \t]*\n",
    re.MULTILINE,
)


@lru_cache(maxsize=256)
def ready(source: str) -> Template:
    """A template checked and compiled. Raises ``Wrong``."""
    if len(source) > LONGEST_SOURCE:
        raise Wrong(1, TemplateTooLong(most=LONGEST_SOURCE))
    found = PRIVATE.search(source)
    if found:
        line = source.count("\n", 0, found.start()) + 1
        raise Wrong(line, TemplateUnreadable(text=f"U+{ord(found[0]):04X}"))
    try:
        tree = _SANDBOX.parse(_LINE_OF_TAGS.sub(r"\1\n\2", source))
        grammar().check(tree)
        paying(tree)
        code = _SANDBOX.compile(tree, name=_FILE, filename=_FILE)
    except TemplateSyntaxError as broken:
        raise Wrong(broken.lineno, TemplateUnreadable(text=_line(source, broken.lineno))) from None
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError):
        raise Wrong(1, TemplateTooLong(most=LONGEST_SOURCE)) from None
    return Template.from_code(_SANDBOX, code, {})


def check(source: str, section: str) -> None:
    """Raise ``TemplateBroken`` for what can be told without any numbers."""
    try:
        ready(source)
    except Wrong as wrong:
        raise TemplateBroken(section=section, line=wrong.line, what=wrong.what) from None


def fill(
    source: str, section: str, names: Mapping[str, Any], role: Role = "body"
) -> tuple[Block, ...]:
    """What a template says with these names (``names.names_of``).

    ``section`` is what a refusal calls the place. Raises ``TemplateBroken``.
    """
    try:
        template = ready(source)
    except Wrong as wrong:
        raise TemplateBroken(section=section, line=wrong.line, what=wrong.what) from None
    try:
        return blocks_of(_filled(template, names), role)
    except RuleBroken as refused:
        line = _line_of(refused.__traceback__, template)
        raise TemplateBroken(section=section, line=line, what=refused) from refused
    except UndefinedError as missing:
        line = _line_of(missing.__traceback__, template)
        what = FigureUnknown(figure=_line(source, line), choices=["set"])
        raise TemplateBroken(section=section, line=line, what=what) from None
    except (TypeError, ArithmeticError) as broken:
        line = _line_of(broken.__traceback__, template)
        unlike = NotCalculable(sign=_line(source, line))
        raise TemplateBroken(section=section, line=line, what=unlike) from broken


def _filled(template: Template, names: Mapping[str, Any]) -> Iterator[str | Spoken]:
    context = template.new_context({**names, BUDGET: Budget()})
    yield from template.root_render_func(context)


def _line_of(trace: TracebackType | None, template: Template) -> int:
    """The line of the source in which something went wrong while it was filled."""
    line = 1
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _FILE:
            line = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return line


def _line(source: str, number: int) -> str:
    """A line of the source, cut short, for a refusal to show."""
    lines = source.splitlines() or [""]
    text = lines[min(number, len(lines)) - 1].strip()
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
