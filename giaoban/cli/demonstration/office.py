"""The office at work: it plays a diary, page by page, through the actions of the product."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import groupby

from giaoban.cli.demonstration.diary import Deed, Diary, Line, Step
from giaoban.journal.queries import head
from giaoban.journal.writing import VIETNAM, Progress, Recorder
from giaoban.ledger.acts import Act
from giaoban.ledger.recording import record
from giaoban.people.actions import register_persons
from giaoban.units.queries import unit_by_code

OPENS_AT = time(8, 10)
BETWEEN_ACTS = timedelta(minutes=7)


@dataclass(slots=True)
class Office:
    """What the office looks up while it works: units and persons by the names of the story."""

    progress: Progress | None = None
    persons: dict[int, int] = field(default_factory=dict)  # the story's number → the books'
    numbers: dict[str, int] = field(default_factory=dict)  # key of a line → its entry
    _units: dict[str, int] = field(default_factory=dict)
    _told: int = 0

    def unit(self, code: str) -> int:
        """A unit's id."""
        if code not in self._units:
            self._units[code] = unit_by_code(code)
        return self._units[code]

    def act(self, line: Line) -> Act:
        """The act of a line, with ids in place of the story's names."""
        fields = dict(line.fields)
        if "to" in fields:
            fields["to"] = self.unit(fields["to"])
        return line.act(
            person=self.persons[line.member.number], unit=self.unit(line.unit), key=line.key,
            **fields,
        )  # fmt: skip

    def play(self, diary: Diary) -> None:
        """Record every page; what an earlier try has recorded is passed over by its keys."""
        self._told = head().number
        at = datetime.min.replace(tzinfo=VIETNAM)
        for day, login, steps in diary.in_order():
            at = max(at, datetime.combine(day, OPENS_AT, VIETNAM))
            for part in _parts(steps):
                self._record(part, Recorder(login, at))
                at += BETWEEN_ACTS

    def _record(self, steps: Sequence[Step], by: Recorder) -> None:
        lines = [step for step in steps if isinstance(step, Line)]
        if lines:
            self._register(lines, by)
            entries = record(map(self.act, lines), by=by)
            self.numbers.update(zip((line.key for line in lines), entries, strict=True))
        for step in steps:
            if isinstance(step, Deed):
                step.do(self, by)
        self._report()

    def _register(self, lines: list[Line], by: Recorder) -> None:
        new = {
            line.member.number: line.member.person
            for line in lines
            if line.member.number not in self.persons
        }
        if new:
            self.persons.update(zip(new, register_persons(new.values(), by=by), strict=True))

    def _report(self) -> None:
        now = head().number
        if self.progress is not None and now > self._told:
            self.progress(now - self._told)
        self._told = now


def _parts(steps: list[Step]) -> list[list[Step]]:
    """Lines that follow each other are one batch; each deed stands for itself."""
    parts: list[list[Step]] = []
    for is_line, group in groupby(steps, key=lambda step: isinstance(step, Line)):
        run = list(group)
        parts += [run] if is_line else [[step] for step in run]
    return parts
