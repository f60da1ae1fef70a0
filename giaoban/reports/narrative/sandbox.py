"""The sandbox in which an office's sentences are filled: what a template may write, and no more.

Jinja's immutable sandbox is the ground. On top, only the syntax in ``_ALLOWED`` is compiled at all,
a dot reaches what a value offers and nothing of Python, every loop pays for what it goes through,
and what is printed comes out as a value (``finalize``), never as text that could be markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes, pass_context
from jinja2.nativetypes import NativeCodeGenerator
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from giaoban.reports.narrative.errors import NothingToPrint, TemplateTooLong
from giaoban.reports.narrative.values import Loose, Name, Phrase, Spoken, exact, unknown

STEPS = 100_000  # of all loops of a template together, each with what stands in it
BUDGET = "__budget__"  # a name that no template can write: names with two underscores are refused
LOOP_WORDS = ("first", "last")
_SIGNS = frozenset("+-*/")


class Budget:
    """What is left to a template that is being filled."""

    def __init__(self, steps: int = STEPS) -> None:
        self.steps = steps

    def __call__(self, things: Any, cost: int) -> Iterator[Any]:
        """Go through a list, paying for each round. Raises ``TemplateTooLong``."""
        if not isinstance(things, Spoken | tuple | list) or not isinstance(things, Iterable):
            raise NothingToPrint(thing=things.told() if isinstance(things, Spoken) else "–")
        for thing in things:
            self.steps -= cost
            if self.steps < 0:
                raise TemplateTooLong(most=STEPS)
            yield thing


@pass_context
def finalize(_context: Context, value: Any) -> Phrase:
    """What a template prints, as a value. With the context at hand Jinja folds no constant into
    the text. A plain number was worked out by the template."""
    if isinstance(value, Undefined):
        str(value)  # raises, and names what was never set
    if isinstance(value, str):
        value = Name(value)
    elif value is None:
        value = Phrase(())
    elif isinstance(value, int | float) and not isinstance(value, bool):
        value = Loose(None)
    if not isinstance(value, Spoken):
        raise NothingToPrint(thing="–")
    return Phrase(value.pieces())


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without a way out; ``filters`` and ``tests`` are the only ones there are."""

    code_generator_class = NativeCodeGenerator  # prints values as they are, not their text
    intercepted_binops = _SIGNS
    intercepted_unops = frozenset("+-")

    def __init__(self, filters: dict[str, Callable[..., Any]], tests: dict[str, Any]) -> None:
        super().__init__(
            optimized=False,
            undefined=StrictUndefined,
            finalize=finalize,
            cache_size=0,
        )
        self.globals.clear()
        self.filters = dict(filters)
        self.tests = dict(tests)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What a value offers behind a dot."""
        if isinstance(obj, Spoken):
            return obj.reach(attribute)
        if isinstance(obj, LoopContext) and attribute in LOOP_WORDS:
            return bool(getattr(obj, attribute))
        raise unknown("–", attribute, ())

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Nothing: there are no brackets behind a value."""
        raise unknown(type(obj).__name__, str(argument)[:40], ())

    def is_safe_callable(self, obj: Any) -> bool:
        """Only what was given to be called."""
        return isinstance(obj, Budget) or getattr(obj, "given", False) is True

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Loose:
        """Reckon with exact numbers, for a condition."""
        del context  # it is the same wherever it stands
        return Loose(reckoned(operator, left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Loose:
        """The same for a sign before a number."""
        del context
        return Loose(reckoned(operator, 0, arg))


def reckoned(sign: str, left: Any, right: Any) -> int | Fraction | None:
    """Two numbers taken together; None where one is missing, or would divide by nothing.

    Raises ``NotCalculable``.
    """
    one, two = exact(left, sign), exact(right, sign)
    if one is None or two is None or (sign == "/" and not two):
        return None
    ways: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
        "+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__,
        "/": Fraction.__truediv__,
    }  # fmt: skip
    return within(ways[sign](Fraction(one), Fraction(two)), sign)


def within(value: Fraction, sign: str) -> Fraction:
    """A number small enough to go on with. Raises ``NotCalculable``."""
    checked = exact(value, sign)
    assert checked is not None
    return Fraction(checked)


def paying(tree: nodes.Template) -> None:
    """Make every loop of a template pay: it goes through its list by way of the budget."""
    for loop in list(tree.find_all(nodes.For)):
        cost = 1 + sum(1 for part in loop.body for _each in part.find_all(nodes.Node))
        arguments = [loop.iter, nodes.Const(cost)]
        loop.iter = nodes.Call(nodes.Name(BUDGET, "load"), arguments, [], None, None)
        loop.iter.set_lineno(loop.lineno)
