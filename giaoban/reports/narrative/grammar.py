"""What a template may be written with, checked before any of it is compiled.

Everything that is not listed here is refused, with its line: there is nothing to forbid one by one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from jinja2 import nodes

from giaoban.figures.cells import group_named
from giaoban.journal.errors import RuleBroken
from giaoban.reports.errors import FigureUnknown
from giaoban.reports.narrative.errors import (
    FilterUnfit,
    FilterUnknown,
    NotForReports,
    TemplateTooLong,
    WordUnknown,
)
from giaoban.reports.narrative.values import exact, unknown
from giaoban.reports.numbers.address import Address

DEEPEST = 60  # nodes inside each other
MOST_CALLS = 200
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Assign, nodes.Name,
    nodes.Const, nodes.Tuple, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not, nodes.Compare,
    nodes.Operand, nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.Neg, nodes.Pos, nodes.Filter,
    nodes.Test, nodes.Call, nodes.Getattr,
)  # fmt: skip
_TOLD = ("if", "for", "set", "figure(…)", "| filter")
NEEDS_A_VERB = "done"
EXAMPLES = {
    "counted": "admitted | counted",
    "done": 'admitted | done("kết nạp")',
    "vs_plan": "admitted | vs_plan",
    "vs_last_year": "admitted | vs_last_year",
    "points": 'figure("closing[sex=female]") | points',
    "percent": "achievement | percent(2)",
    "unsigned": "unallocated | unsigned",
    "listed": 'units.over | listed("achievement")',
    "told": "increases | told",
    "dated": 'on | dated("words")',
    "cited": "basis | cited",
    "capital": "whole | capital",
    "known": "achievement is known",
}
_OPERATORS = frozenset(("eq", "ne", "gt", "gteq", "lt", "lteq", "in", "notin"))


class Wrong(Exception):
    """Something wrong in a template: in which line, and the refusal that says what."""

    def __init__(self, line: int | None, what: RuleBroken) -> None:
        self.line, self.what = line or 1, what
        super().__init__(line, what)


@dataclass(frozen=True)
class Grammar:
    """What there is: names with what is behind their dot (None: asked when it is filled),
    functions, filters with what may be told to them, tests, and the cells of addresses."""

    names: Mapping[str, Sequence[str] | None]
    functions: Sequence[str]
    filters: Mapping[str, Sequence[type]]
    tests: Sequence[str]
    cells: Sequence[str]

    def check(self, tree: nodes.Template) -> None:
        """Go through a template. Raises ``Wrong`` at the first thing that is not for reports."""
        stored = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
        if any(isinstance(node, nodes.For) for node in tree.find_all(nodes.For)):
            stored.add("loop")
        calls = 0
        for node in self._nodes(tree, 0):
            if isinstance(node, nodes.Call):
                calls += 1
                if calls > MOST_CALLS:
                    raise Wrong(node.lineno, TemplateTooLong(most=MOST_CALLS))
            self._check(node, stored)

    def _nodes(self, node: nodes.Node, depth: int) -> Iterator[nodes.Node]:
        if depth > DEEPEST:
            raise Wrong(node.lineno, TemplateTooLong(most=DEEPEST))
        if not isinstance(node, _ALLOWED):
            raise _refused(node, type(node).__name__.lower())
        yield node
        for child in node.iter_child_nodes():
            yield from self._nodes(child, depth + 1)

    def _check(self, node: nodes.Node, stored: set[str]) -> None:
        match node:
            case nodes.Name():
                self._name(node, stored)
            case nodes.Assign(target=target) | nodes.For(target=target):
                if not isinstance(target, nodes.Name):
                    raise _refused(node, "set a, b")
                if isinstance(node, nodes.For) and node.recursive:
                    raise _refused(node, "recursive")
            case nodes.Const(value=int() | float() as value) if not isinstance(value, bool):
                _require_exact(node, value)
            case nodes.Compare(ops=operands):
                for operand in operands:
                    if operand.op not in _OPERATORS:
                        raise _refused(node, operand.op)
            case nodes.Getattr(node=nodes.Name(name=name), attr=word):
                known = None if name in stored else self.names.get(name)
                if known is not None and word not in known:
                    raise Wrong(node.lineno, _no_word(name, word, known))
            case nodes.Filter() | nodes.Test():
                self._applied(node)
            case nodes.Call():
                self._called(node)

    def _name(self, node: nodes.Name, stored: set[str]) -> None:
        if node.name.startswith("_"):
            raise _refused(node, node.name)
        known = [*self.names, *stored]
        if node.ctx == "load" and node.name not in known and node.name not in self.functions:
            near = get_close_matches(node.name, known, n=5, cutoff=0.5) or sorted(self.names)
            raise Wrong(node.lineno, FigureUnknown(figure=node.name, choices=near))

    def _applied(self, node: nodes.Filter | nodes.Test) -> None:
        there = list(self.filters) if isinstance(node, nodes.Filter) else self.tests
        if node.name not in there:
            near = get_close_matches(node.name, there, n=3, cutoff=0.5) or sorted(there)
            raise Wrong(node.lineno, FilterUnknown(filter=node.name, choices=near))
        _only_constants(node, node.name)
        takes = self.filters[node.name] if isinstance(node, nodes.Filter) else ()
        given = [type(part.value) for part in node.args if isinstance(part, nodes.Const)]
        if given != list(takes[: len(given)]) or (node.name == NEEDS_A_VERB and not given):
            raise Wrong(node.lineno, FilterUnfit(filter=node.name, example=EXAMPLES[node.name]))

    def _called(self, node: nodes.Call) -> None:
        if not isinstance(node.node, nodes.Name) or node.node.name not in self.functions:
            raise _refused(node, "( )")
        name = node.node.name
        _only_constants(node, name)
        told = [part.value for part in node.args if isinstance(part, nodes.Const)]
        if len(told) != 1 or not isinstance(told[0], str):
            raise _refused(node, f"{name}( )")
        if name == "figure":
            self._figure(node, told[0])

    def _figure(self, node: nodes.Call, text: str) -> None:
        try:
            address = Address.parse(text)
            if address.group:
                group_named(address.group)
        except RuleBroken as refused:
            raise Wrong(node.lineno, refused) from None
        cell = address.cell.partition(":")[0]
        if cell not in self.cells:
            near = get_close_matches(cell, self.cells, n=5, cutoff=0.5) or list(self.cells)
            raise Wrong(node.lineno, FigureUnknown(figure=text, choices=near))


def _only_constants(node: nodes.Filter | nodes.Test | nodes.Call, name: str) -> None:
    """What is told to a filter or a function is written there, not worked out."""
    if node.kwargs or node.dyn_args or node.dyn_kwargs:
        raise _refused(node, f"{name}(a=b)")
    for part in node.args:
        if not isinstance(part, nodes.Const):
            raise _refused(node, f"{name}( )")


def _require_exact(node: nodes.Node, value: float) -> None:
    try:
        exact(value, "…")
    except RuleBroken as refused:
        raise Wrong(node.lineno, refused) from None


def _refused(node: nodes.Node, text: str) -> Wrong:
    return Wrong(node.lineno, NotForReports(text=text, choices=list(_TOLD)))


def _no_word(name: str, word: str, known: Sequence[str]) -> WordUnknown:
    return unknown(name, word, known)
