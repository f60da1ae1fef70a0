"""The verbs that correct: reverse an entry, or reverse it and record the right act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from giaoban.cli.acting import members, reading
from giaoban.cli.acting.errors import ActUnknown, LineUnreadable
from giaoban.cli.acting.fields import KEY, Field, Values, read_values
from giaoban.cli.acting.verbs import Done, Lookup, Verb
from giaoban.journal.writing import Recorder
from giaoban.ledger.corrections import correct_entry, reverse_entry

RIGHT_VERBS = {verb.name: verb for verb in members.VERBS}


def _reverse(values: Values, look: Lookup, by: Recorder) -> Done:
    destinations = {look.unit(a): look.unit(b) for a, b in values.get("destination", ())}
    return Done(
        reverse_entry(
            values["entry"], reason=values["reason"], by=by, key=values.get("key"),
            destinations=destinations,
        )
    )  # fmt: skip


def _correct(values: Values, look: Lookup, by: Recorder) -> Done:
    verb, said = values["right"]
    right, done = members.told_act(verb, said, look, by)
    entry = correct_entry(
        values["entry"], right, reason=values["reason"], by=by, key=values.get("key")
    )
    return done._replace(entry=entry)


def _read_right(told: Any) -> tuple[members.MemberVerb, Values]:
    """The right act from a file: an object as for the act alone."""
    if not isinstance(told, Mapping):
        raise LineUnreadable(reason=str(told))
    name, fields = told.get("act"), {key: told[key] for key in told if key != "act"}
    if name not in RIGHT_VERBS:
        raise ActUnknown(act=name, acts=list(RIGHT_VERBS))
    verb = RIGHT_VERBS[name]
    return verb, read_values(verb.fields, fields)


_WRONG = (
    Field("entry", reading.whole, required=True, positional=True),
    Field("reason", required=True),
)
# On the command line the right act is a command of its own behind these.
CORRECT_FIELDS = (*_WRONG, KEY)
_LATE = Field("destination", reading.pair, many=True)

VERBS = (
    Verb("reverse", (*_WRONG, _LATE, KEY), _reverse),
    Verb("correct", (*CORRECT_FIELDS, Field("right", _read_right, required=True)), _correct),
)
