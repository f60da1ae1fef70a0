"""The verbs of acts on units, and of targets."""

from __future__ import annotations

from typing import Any

from giaoban.cli.acting import reading
from giaoban.cli.acting.errors import FieldMissing, UnitTwice
from giaoban.cli.acting.fields import BASIS, KEY, NOTE, Field, Values, basis_of
from giaoban.cli.acting.verbs import Done, Lookup, TargetTold, Verb
from giaoban.journal.queries import head
from giaoban.journal.writing import Recorder
from giaoban.ledger import reorganisation
from giaoban.plans import actions as plans
from giaoban.plans.indicators import TARGETED
from giaoban.plans.queries import targets as targets_known
from giaoban.units.rules import NewUnit

_UNIT = Field("unit", required=True)
_ON = Field("on", reading.day, required=True)
_PAPER = (*BASIS, NOTE, KEY)
_NEW_UNIT = ("code", "kind", "name")


def _paper(values: Values, by: Recorder) -> dict[str, Any]:
    return {"basis": basis_of(values), "note": values.get("note", ""), "key": values.get("key"),
            "by": by}  # fmt: skip


def _new_unit(values: Values) -> NewUnit:
    for name in _NEW_UNIT:
        if name not in values:
            raise FieldMissing(field=name)
    # A forgotten parent must not make a root.
    if ("parent" in values) == values.get("root", False):
        raise FieldMissing(field="parent")
    return NewUnit(
        code=values["code"], kind=values["kind"], name=values["name"],
        parent=values.get("parent"), sector=values.get("sector"),
        position=values.get("position", 0),
    )  # fmt: skip


def _found(values: Values, _look: Lookup, by: Recorder) -> Done:
    new = _new_unit(values)
    return Done(reorganisation.found_unit(new, on=values["on"], **_paper(values, by)))


def _close(values: Values, look: Lookup, by: Recorder) -> Done:
    unit = look.unit(values["unit"])
    return Done(reorganisation.close_unit(unit, on=values["on"], **_paper(values, by)))


def _merge(values: Values, look: Lookup, by: Recorder) -> Done:
    into = look.unit(values["into"]) if "into" in values else _new_unit(values)
    sources = look.units(values["source"])
    return Done(reorganisation.merge_units(sources, into, on=values["on"], **_paper(values, by)))


def _split(values: Values, look: Lookup, by: Recorder) -> Done:
    there: list[int | NewUnit] = list(look.units(values.get("successor", [])))
    return Done(
        reorganisation.split_unit(
            look.unit(values["unit"]), [*there, *values.get("new_units", ())], on=values["on"],
            members=values.get("members", {}), units_below=values.get("units_below", {}),
            stays=values.get("stays", False), **_paper(values, by),
        )
    )  # fmt: skip


def _rename(values: Values, look: Lookup, by: Recorder) -> Done:
    unit = look.unit(values["unit"])
    return Done(
        reorganisation.rename_unit(unit, values["name"], on=values["on"], **_paper(values, by))
    )


def _move(values: Values, look: Lookup, by: Recorder) -> Done:
    return Done(
        reorganisation.move_unit(
            look.unit(values["unit"]), look.unit(values["parent"]), on=values["on"],
            position=values.get("position", 0), **_paper(values, by),
        )
    )  # fmt: skip


def _target(values: Values, look: Lookup, by: Recorder) -> Done:
    told = _each_once(values["target"])
    targets = {look.unit(code): value for code, value in told.items()}
    was = _targets_now(values)
    entry = plans.set_targets(
        targets, indicator=values["indicator"], year=values["year"], **_paper(values, by)
    )
    return Done(entry, targets=_said_of(told, targets, was))


def _allocate(values: Values, look: Lookup, by: Recorder) -> Done:
    told = _each_once(values["share"])
    shares = {look.unit(code): value for code, value in told.items()}
    was = _targets_now(values)
    entry = plans.allocate_target(
        look.unit(values["unit"]), shares, indicator=values["indicator"], year=values["year"],
        **_paper(values, by),
    )  # fmt: skip
    return Done(entry, targets=_said_of(told, shares, was))


def _each_once(told: list[tuple[str, Any]]) -> dict[str, Any]:
    """Code of a unit → its number. Raises ``UnitTwice`` for one that has two."""
    found: dict[str, Any] = {}
    for code, value in told:
        if code in found:
            raise UnitTwice(unit=code)
        found[code] = value
    return found


def _targets_now(values: Values) -> dict[int, int]:
    return targets_known(values["indicator"], values["year"], head().number)


def _said_of(
    told: dict[str, Any], targets: dict[int, Any], was: dict[int, int]
) -> tuple[TargetTold, ...]:
    return tuple(
        TargetTold(code, was.get(unit), value)
        for (code, value), unit in zip(told.items(), targets, strict=True)
    )


_PLACE = (
    Field("parent"),
    Field("root", flag=True),
    Field("sector"),
    Field("position", reading.whole),
)
_NAME = Field("name", required=True, longest=reading.UNIT_NAME)
_IDENTITY = (Field("code", required=True, longest=reading.CODE), Field("kind", required=True),
             _NAME)  # fmt: skip
_YEAR = (
    Field("indicator", reading.indicator, required=True, codes=TARGETED),
    Field("year", reading.whole, required=True),
)

VERBS = (
    Verb("found", (*_IDENTITY, *_PLACE, _ON, *_PAPER), _found),
    Verb("close", (_UNIT, _ON, *_PAPER), _close),
    Verb(
        "merge",
        (
            Field("source", required=True, many=True), Field("into", either="successor"),
            Field("code", either="successor", longest=reading.CODE), Field("kind"),
            Field("name", longest=reading.UNIT_NAME), *_PLACE, _ON, *_PAPER,
        ),
        _merge,
    ),
    Verb(
        "split",
        (
            _UNIT, Field("successor", many=True), Field("new_units", reading.new_units),
            Field("members", reading.member_destinations),
            Field("units_below", reading.unit_destinations), Field("stays", flag=True), _ON,
            *_PAPER,
        ),
        _split,
    ),
    Verb("rename", (_UNIT, _NAME, _ON, *_PAPER), _rename),
    Verb(
        "move",
        (_UNIT, Field("parent", required=True), Field("position", reading.whole), _ON, *_PAPER),
        _move,
    ),
    Verb(
        "target",
        (*_YEAR, Field("target", reading.share, required=True, many=True), *_PAPER), _target,
    ),
    Verb(
        "allocate",
        (_UNIT, *_YEAR, Field("share", reading.given_share, required=True, many=True), *_PAPER),
        _allocate,
    ),
)  # fmt: skip
