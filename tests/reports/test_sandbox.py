"""An office's sentences can neither leave their sandbox nor run on for ever."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from giaoban.reports.documents.blocks import Heading, Listing, Paragraph
from giaoban.reports.documents.walking import lines_of
from giaoban.reports.narrative.errors import TemplateBroken
from giaoban.reports.narrative.filters import FILTERS
from giaoban.reports.narrative.grammar import EXAMPLES
from giaoban.reports.narrative.names import grammar, names_of
from giaoban.reports.narrative.template import LONGEST_SOURCE, check, fill
from giaoban.reports.numbers.reckoning import Reckoning
from tests.reports.told import work

MARKUP = "Xã <b>A</b> **đậm** [x](http://a) `c` # 1. - _n_ {{ plan }} {% if %}"
MANY = tuple((f"Đơn vị {n}", 0, 2) for n in range(700))


def names(**told: Any) -> dict[str, Any]:
    asked = work(**{"admitted": 3, "plan": 4, "below": (("A", 0, 1), (MARKUP, 3, 3)), **told})
    return names_of(Reckoning(asked.question, asked), leading_zero=True)


def filled(source: str, given: dict[str, Any] | None = None) -> str:
    with translation.override("vi"):
        blocks = fill(source, "I", given or names())
    return "\n".join(line for block in blocks for line in lines_of(block))


def refused(source: str, given: dict[str, Any] | None = None) -> TemplateBroken:
    with pytest.raises(TemplateBroken) as found:
        filled(source, given)
    return found.value


# Ways out

WAYS_OUT = {
    "a class": "{{ unit.__class__ }}",
    "the classes below": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "an item": "{{ unit['__class__'] }}",
    "a slice": "{{ units.all[0:1] }}",
    "a filter for attributes": "{{ unit | attr('__class__') }}",
    "a filter of Jinja's": "{{ units.all | map(attribute='row') | list }}",
    "the format of a string": "{{ '{0.__class__}'.format(unit) }}",
    "the percent sign": "{{ '%s' % unit }}",
    "what a row is made of": "{% for u in units.all %}{{ u.row }}{% endfor %}",
    "a private word": "{{ admitted._ask }}",
    "how a number is asked": "{{ admitted.ask }}",
    "how a list is counted": "{{ units.over.units }}",
    "a function as a value": "{{ figure }}",
    "what a function has": "{{ figure.given }}",
    "a function's globals": "{{ figure.__globals__ }}",
    "the template itself": "{{ self }}",
    "the context": "{{ context }}",
    "the environment": "{{ environment.globals }}",
    "what filters know": "{{ __report__ }}",
    "the budget": "{{ __budget__ }}",
    "the budget for a loop of its own": "{% for x in __budget__(units.all, 0) %}{% endfor %}",
    "a range": "{% for n in range(9) %}{% endfor %}",
    "a cycler": "{{ cycler(1, 2) }}",
    "a namespace": "{% set n = namespace() %}",
    "a namespace's field": "{% set admitted.value = 3 %}",
    "two names at once": "{% set a, b = 1, 2 %}",
    "a macro": "{% macro m() %}{% endmacro %}{{ m() }}",
    "a call": "{% call figure('plan') %}{% endcall %}",
    "a block": "{% block a %}{% endblock %}",
    "a filter over a block": "{% filter upper %}a{% endfilter %}",
    "a set over a block": "{% set a %}x{% endset %}",
    "another template": "{% include 'a' %}",
    "a template's base": "{% extends 'a' %}",
    "an import": "{% import 'a' as a %}",
    "an import of names": "{% from 'a' import b %}",
    "a scope": "{% with a = 1 %}{% endwith %}",
    "escaping": "{% autoescape false %}{% endautoescape %}",
    "an extension": "{% do units.all.append(1) %}",
    "debugging": "{% debug %}",
    "a list": "{{ [1, 2] }}",
    "a mapping": "{{ {'a': 1} }}",
    "words put together": "{{ 'a' ~ 'b' }}",
    "an address put together": "{{ figure('adm' ~ 'itted') }}",
    "an address of a name": "{% for u in units.all %}{{ figure(u.name) }}{% endfor %}",
    "an address by its word": "{{ figure(address='admitted') }}",
    "addresses in a row": "{{ figure(*units.all) }}",
    "a method": "{{ unit.upper() }}",
    "a call of a call": "{{ figure('plan')() }}",
    "a test of Jinja's": "{% if unit is mapping %}{% endif %}",
    "a test for what can be called": "{% if figure is callable %}{% endif %}",
    "a loop inside itself": "{% for u in units.all recursive %}{{ loop(units.all) }}{% endfor %}",
    "what a loop has": "{% for u in units.all %}{{ loop.changed }}{% endfor %}",
    "a loop as a value": "{% for u in units.all %}{{ loop }}{% endfor %}",
    "a loop over words": "{% for c in 'abc' %}{{ c }}{% endfor %}",
    "a loop over a number": "{% for c in 9 %}{% endfor %}",
    "a loop over a figure": "{% for c in admitted %}{% endfor %}",
}


@pytest.mark.parametrize("source", WAYS_OUT.values(), ids=WAYS_OUT.keys())
def test_there_is_no_way_out(source: str) -> None:
    said = str(refused(source))
    assert said.startswith(("I, line 1:", "I, dòng 1:"))
    assert "0x" not in said


# For ever

EVERYBODY = "{% for u in units.all %}"
END = "{% endfor %}"
TOO_MUCH = {
    "loops in loops": EVERYBODY * 3 + "x" + END * 3,
    "loops in loops that print nothing": EVERYBODY * 4 + END * 4,
    "a power": "{% if 9 ** 9 ** 9 > 1 %}{% endif %}",
    "words multiplied": "{{ 'a' * 999999999 }}",
    "products": "{% if " + "999999999999 * " * 40 + "9 > 1 %}a{% endif %}",
    "many digits": "{{ " + "9" * 9_000 + " }}",
    "no number": "{% if 1e999 - 1e999 == 0 %}a{% endif %}",
    "brackets": "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "signs": "{{ " + "- " * 5_000 + "1 }}",
    "nots": "{% if " + "not " * 4_000 + "plan %}a{% endif %}",
    "dots": "{{ admitted" + ".last_year" * 1_500 + " }}",
    "filters": "{{ admitted" + " | counted" * 1_500 + " }}",
    "ifs": "{% if plan %}" * 200 + "{% endif %}" * 200,
    "calls": '{{ figure("plan") }}' * 300,
    "a long text": "a" * (LONGEST_SOURCE + 1),
}


@pytest.mark.parametrize("source", TOO_MUCH.values(), ids=TOO_MUCH.keys())
def test_nothing_runs_on(source: str) -> None:
    began = time.monotonic()
    refused(source, names(below=MANY))
    assert time.monotonic() - began < 5


def test_what_is_printed_has_an_end() -> None:
    wide = names(below=tuple(("Đ" * 200, 0, 2) for _n in range(700)))
    said = str(refused(EVERYBODY + "{{ u.name }}" + END, wide))
    assert "60.000" in said


@pytest.mark.parametrize("sign", ["*", "_", "#", "> ", "- ", "1. ", "\\", "[", "`", "~", "|", "!["])
def test_markup_without_end_is_read_quickly(sign: str) -> None:
    began = time.monotonic()
    filled((sign * LONGEST_SOURCE)[:LONGEST_SOURCE])
    assert time.monotonic() - began < 5


def test_a_loop_within_its_budget_runs() -> None:
    said = filled(EVERYBODY + "{{ u.name }}{% if not loop.last %}; {% endif %}" + END)
    assert said == f"{MARKUP}; A"


# Values stay values


def test_a_name_never_becomes_markup() -> None:
    with translation.override("vi"):
        blocks = fill("{{ unit }}\n\n- {{ unit }}\n\n# {{ unit }}", "I", names(name=MARKUP))
    paragraph, listing, heading = blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(listing, Listing)
    assert isinstance(heading, Heading)
    for content in (paragraph.content, listing.items[0], heading.content):
        assert [(piece.text, getattr(piece, "style", "")) for piece in content] == [
            (MARKUP, "plain")
        ]


def test_words_of_a_template_never_become_markup_either() -> None:
    assert filled("{{ '**a** <b>' }}") == "**a** <b>"
    assert filled('<script>alert("x")</script> &lt; [a](b) ![c](d) `e`') == (
        '<script>alert("x")</script> &lt; [a](b) ![c](d) `e`'
    )


@pytest.mark.parametrize("sign", ["\ue000\ue010\ue001", "\uf8ff", "\U000f0000"])
def test_signs_that_stand_for_values_are_refused_in_the_text(sign: str) -> None:
    assert "U+" in str(refused(f"một\n{{{{ unit }}}} {sign}"))
    assert refused(f"một\n{sign}").params["line"] == 2
    # Written as an escape in a word they are the word's own signs, and no value's.
    assert filled("{{ unit }} {{ '\\ue000\\ue010\\ue001' }}") == "Đơn vị \ue000\ue010\ue001"


def test_a_name_with_the_signs_of_values_stays_a_name() -> None:
    odd = "A \ue000\ue010\ue001 B"
    assert filled("{{ unit }} {{ plan }}", names(name=odd)) == f"{odd} 04"


SIGNS = st.sampled_from([
    "{{ ", " }}", "{% ", " %}", "{# ", " #}", "if ", "for u in ", "endif", "endfor", "else",
    "set x = ",
    "units.all", "units.over", "u", "u.name", "admitted", "plan", "figure(", '"plan"', ")", "(",
    " | counted", " | listed", " | done", " > ", " == ", " + ", " * ", " and ", "not ", "1", "0.5",
    ".full", ".last_year", "loop.last", "\n", "- ", "**", "[", "]", "~", "'", '"', "\\", "\ue000",
    "%}", "{{", "-%}", "x", "is known", "__class__", "self", "in ", ", ", ":", "é", "raw", "endraw",
])  # fmt: skip


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(SIGNS, max_size=14).map("".join))
@example("{% for u in units.all %}{{ u }}{% endfor %}")
@example("{% raw %}{{ x }}{% endraw %}{{ admitted }}")
def test_whatever_is_written_is_filled_or_refused(source: str) -> None:
    given_names = names()
    try:
        said = filled(source, given_names)
    except TemplateBroken as broken:
        said = str(broken)
    assert "<giaoban" not in said
    assert "object at" not in said
    assert "None" not in said


def test_every_filter_has_an_example_that_works() -> None:
    told = grammar()
    assert set(EXAMPLES) == {*FILTERS, *told.tests}
    for name, text in EXAMPLES.items():
        check(
            f"{{% if {text} %}}a{{% endif %}}" if name in told.tests else f"{{{{ {text} }}}}", "I"
        )
