"""Recording a file of acts: one JSON object a line, all of them or none.

Acts on members that stand together are registered and recorded in one call each, so that a list
of a hundred thousand takes as long as an import; other acts come one by one in between.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from giaoban.cli.acting.catalogue import VERBS
from giaoban.cli.acting.errors import ActUnknown, LineRefused, LineUnreadable
from giaoban.cli.acting.fields import Values, read_values
from giaoban.cli.acting.members import MemberVerb
from giaoban.cli.acting.verbs import Done, Lookup, Verb
from giaoban.journal.errors import RuleBroken
from giaoban.journal.writing import Progress, Recorder
from giaoban.ledger.acts import Act
from giaoban.ledger.recording import record
from giaoban.people.actions import register_persons
from giaoban.vietnamese import BadText


@dataclass(frozen=True, slots=True)
class Line:
    """One act of a file: the number of its line, from 1, and what it says."""

    number: int
    verb: Verb
    values: Values


def read_lines(lines: Iterable[str]) -> list[Line]:
    """The acts of a file; empty lines are passed over. Raises ``LineRefused``."""
    acts = []
    for number, line in enumerate(lines, start=1):
        text = line.removeprefix("\ufeff") if number == 1 else line
        if text.strip():
            with _told_of(number):
                acts.append(_read(number, text))
    return acts


def _read(number: int, text: str) -> Line:
    try:
        told = json.loads(text)
    except json.JSONDecodeError as broken:
        where = _("it can't be read from character {n} on").format(n=broken.colno)
        raise LineUnreadable(reason=where) from broken
    except (ValueError, RecursionError) as broken:  # digits, or brackets, without end
        raise LineUnreadable(reason=text.strip()[:60]) from broken
    if not isinstance(told, dict):
        raise LineUnreadable(reason=text.strip()[:60])
    name = told.pop("act", None)
    if name not in VERBS:
        raise ActUnknown(act=name, acts=list(VERBS))
    return Line(number, VERBS[name], read_values(VERBS[name].fields, told))


def count_entries(lines: Sequence[Line]) -> int:
    """How many entries the lines make, but for those that late acts add: for a progress bar."""
    return len(lines) + sum("name" in line.values for line in lines if _is_on_member(line))


def record_lines(lines: Sequence[Line], by: Recorder, progress: Progress) -> list[Done]:
    """Record the acts in order; call it in one transaction. Raises ``LineRefused``."""
    look, done = Lookup(), list[Done]()
    for on_members, group in groupby(lines, key=_is_on_member):
        if on_members:
            done += _record_members(list(group), look, by, progress)
            continue
        for line in group:
            with _told_of(line.number):
                done.append(line.verb.do(line.values, look, by))
            progress(1)
    return done


def _is_on_member(line: Line) -> bool:
    return isinstance(line.verb, MemberVerb)


@contextmanager
def _told_of(number: int) -> Iterator[None]:
    """Turn a refusal into one that names the line."""
    try:
        yield
    except (RuleBroken, BadText) as refused:
        raise LineRefused(number, refused) from refused


def _record_members(
    lines: list[Line], look: Lookup, by: Recorder, progress: Progress
) -> list[Done]:
    registered = _register(lines, look, by, progress)
    acts: list[Act] = []
    for line in lines:
        with _told_of(line.number):
            assert isinstance(line.verb, MemberVerb)
            person = registered.get(line.number) or look.person(line.values["person"])
            acts.append(line.verb.tell(line.values, person, look))
    try:
        entries = record(acts, by=by, progress=progress)
    except RuleBroken as refused:
        raise LineRefused(lines[refused.position or 0].number, refused) from refused
    return [
        Done(entry, registered.get(line.number)) for entry, line in zip(entries, lines, strict=True)
    ]


def _register(lines: list[Line], look: Lookup, by: Recorder, progress: Progress) -> dict[int, int]:
    """Number of a line → the person it registers."""
    told, people = list[int](), []
    for line in lines:
        with _told_of(line.number):
            assert isinstance(line.verb, MemberVerb)
            new = line.verb.newcomer(line.values, look)
        if new is not None:
            told.append(line.number)
            people.append(new)
    if not people:
        return {}
    try:
        return dict(zip(told, register_persons(people, by=by, progress=progress), strict=True))
    except RuleBroken as refused:
        raise LineRefused(told[refused.position or 0], refused) from refused
