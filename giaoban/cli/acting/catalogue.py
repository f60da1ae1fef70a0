"""Every act that can be told, by name, in the order of ``--help``."""

from __future__ import annotations

from giaoban.cli.acting import corrections, members, persons, units
from giaoban.cli.acting.verbs import Verb
from giaoban.cli.acting.words import ACTS

_FOUND: tuple[Verb, ...] = (
    *persons.VERBS, *members.VERBS, *units.VERBS, *corrections.VERBS,
)  # fmt: skip
VERBS: dict[str, Verb] = {
    verb.name: verb for verb in sorted(_FOUND, key=lambda verb: list(ACTS).index(verb.name))
}
