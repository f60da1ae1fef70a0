"""The reform of 1 July 2025 as dated acts: which units merge, are divided, move or end.

Provinces merge into the one whose name stays; each commune after the reform is founded, whole old
ones merge into it and divided ones are split among several; what was the districts' comes under
the communes or the province; the districts' agencies are divided among the bodies of the new
communes; at last the districts end. Where the data name no place for somebody, it is invented.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from giaoban.cli.synth.books import Batch, basis
from giaoban.cli.synth.divisions import Commune, Divisions, Passage
from giaoban.cli.synth.histories import Histories
from giaoban.cli.synth.organisations import AGENCIES, Organisations
from giaoban.cli.synth.reorganising import Ground, Member, Newcomer
from giaoban.cli.synth.sizes import REFORM, offset
from giaoban.journal.writing import BasisOn, Draft
from giaoban.ledger.accounts import Account

# Recorded after what happened in June, on days of their own.
RECORDED_FROM = date(2025, 7, 28)
_BODIES = (("CQD", "Cơ quan Đảng"), ("CQ-UBND", "Cơ quan Ủy ban nhân dân"))


def divided_homes(land: Divisions, units: Organisations) -> npt.NDArray[np.bool_]:
    """Marks the homes that the reform divides: the agencies of districts that had communes, and
    one cell of each divided commune, through which the new border runs."""
    marks = units.agencies.copy()
    parts = {passage.code: len(passage.successors) for passage in land.passages}
    islands = {f"HUYEN-{code}" for code, one in land.districts.items() if one.island}
    straddling: dict[str, int] = {}
    for at, one in enumerate(units.listed):
        if one.place in islands:
            marks[at] = False
        if one.kind == "party-cell" and one.sector == "commune" and parts[one.place] > 1:
            straddling[one.place] = at
    marks[list(straddling.values())] = True
    return marks


@dataclass(slots=True)
class Reform:
    """Plans the acts in order. ``after`` says for each person who stood in a divided home in which
    unit they go on (0: they did not stand in one)."""

    land: Divisions
    units: Organisations
    people: Histories
    first_unit: int
    divided: npt.NDArray[np.bool_]
    after: npt.NDArray[np.int64] = field(init=False)
    _ground: Ground = field(init=False)
    _at: dict[str, int] = field(init=False)
    _new: dict[str, int] = field(default_factory=dict)
    _bodies: dict[str, int] = field(default_factory=dict)
    _rosters: dict[int, list[Member]] = field(init=False)
    _by_district: dict[str, list[Passage]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.after = np.zeros(len(self.people), dtype=np.int64)
        self._ground = Ground.of(self.units, self.first_unit, REFORM)
        self._at = {one.code: self.first_unit + at for at, one in enumerate(self.units.listed)}
        self._rosters = self._eve()

    def batches(self) -> list[Batch]:
        """Every act, in batches that may each be taken up again."""
        parts = (
            ("tinh", self._provinces), ("xa-nguyen", self._whole), ("xa-chia", self._divided),
            ("chi-bo-chia", self._straddling), ("chuyen-giao", self._moves),
            ("co-quan", self._agencies), ("huyen", self._districts),
        )  # fmt: skip
        found = []
        for number, (name, tell) in enumerate(parts):
            first, told = self._ground.next_unit, len(self._ground.founded)
            drafts = list(tell())
            if drafts:
                found.append(Batch(
                    f"sap-xep-{name}", RECORDED_FROM + timedelta(days=number), drafts,
                    self._ground.founded[told:], first,
                ))  # fmt: skip
        return found

    def _eve(self) -> dict[int, list[Member]]:
        """Who stands in each divided home at the end of the day before, by number."""
        eve = offset(REFORM) - 1
        here = np.flatnonzero(self.people.standing_on(eve))
        homes = self.people.home_on(here, eve)
        inside = self.divided[homes]
        found: dict[int, list[Member]] = defaultdict(list)
        for at, home in zip(here[inside].tolist(), homes[inside].tolist(), strict=True):
            full = self.people.opening[at] or self.people.recognised[at] <= eve
            account = Account.FULL if full else Account.PROBATIONARY
            found[self.first_unit + home].append(Member(at + 1, account))
        return found

    # The acts ------------------------------------------------------------------------------

    def _provinces(self) -> Iterator[Draft]:
        paper = basis("202/2025/QH15", date(2025, 6, 12), "Sắp xếp đơn vị hành chính cấp tỉnh")
        for new in self.land.new_provinces.values():
            olds = self._olds(new.code)
            stays = self._stays(new.code)
            if sources := [self._at[f"TINH-{old}"] for old in olds if old != stays]:
                draft, _unit = self._ground.merge(sources, self._at[f"TINH-{stays}"], paper, {})
                yield draft

    def _whole(self) -> Iterator[Draft]:
        sources: dict[str, list[int]] = defaultdict(list)
        for passage in self.land.passages:
            if passage.whole:
                kind = "HUYEN" if passage.district else "XA"
                sources[passage.successors[0]].append(self._at[f"{kind}-{passage.code}"])
        for code, merged in sorted(sources.items()):
            draft, self._new[code] = self._ground.merge(
                merged, self._commune(code), self._paper(code), {}
            )
            yield draft

    def _divided(self) -> Iterator[Draft]:
        for passage in self._parted():
            unit = self._at[f"XA-{passage.code}"]
            dealt = _by_share(list(self._ground.below[unit]), len(passage.successors))
            wanted = [self._new.get(code) or self._commune(code) for code in passage.successors]
            draft, numbers = self._ground.split(
                unit, wanted, self._paper(passage.successors[0]), (), dealt
            )
            self._new |= dict(zip(passage.successors, numbers, strict=True))
            yield draft

    def _straddling(self) -> Iterator[Draft]:
        cells = {
            self.units.listed[at].place: at
            for at in np.flatnonzero(self.divided & ~self.units.agencies).tolist()
        }
        for passage in self._parted():
            at = cells[passage.code]
            one = self.units.listed[at]
            parts = [
                Newcomer(f"{one.code}{letter}", one.kind, one.sector, f"{one.name}, phần {letter}",
                         self._new[code], self._ground.next_position(self._new[code]))
                for letter, code in zip("ABCDEFG", passage.successors, strict=False)
            ]  # fmt: skip
            paper = self._paper(passage.successors[0])
            yield self._dealt(self.first_unit + at, parts, paper)[0]

    def _moves(self) -> Iterator[Draft]:
        seats = {p.code: p.successors[0] for p in self.land.passages if not p.district}
        for district in self.land.districts.values():
            if district.island:
                continue
            above = self._at[f"HUYEN-{district.code}"]
            province = self._ground.parent[above]
            for unit in list(self._ground.below[above]):
                one = self.units.listed[unit - self.first_unit]
                if self.divided[unit - self.first_unit]:
                    continue
                army = one.sector == "armed-forces"
                code = seats[one.place]
                yield self._ground.move(
                    unit, province if army else self._new[code], self._paper(code)
                )

    def _agencies(self) -> Iterator[Draft]:
        for district in self.land.districts.values():
            if district.island:
                continue
            inside = sorted({p.successors[0] for p in self._of(district.code)})
            agencies = list(self._ground.below[self._at[f"HUYEN-{district.code}"]])
            assert len(agencies) == AGENCIES
            for turn, unit in enumerate(agencies):
                parts = [self._body(code, turn % len(_BODIES)) for code in inside]
                draft, numbers = self._dealt(unit, parts, self._paper(inside[0]))
                self._bodies |= {
                    f"{_BODIES[turn % len(_BODIES)][0]}-{code}": number
                    for code, number in zip(inside, numbers, strict=True)
                }
                yield draft

    def _districts(self) -> Iterator[Draft]:
        for district in self.land.districts.values():
            if not district.island:
                paper = self._paper(self._of(district.code)[0].successors[0])
                yield self._ground.close(self._at[f"HUYEN-{district.code}"], paper)

    # What they are told by -----------------------------------------------------------------

    def _dealt(
        self, unit: int, parts: Sequence[int | Newcomer], paper: BasisOn
    ) -> tuple[Draft, list[int]]:
        """A home divided: its members are dealt one by one, in the order of their numbers."""
        roster = self._rosters.get(unit, [])
        dealt = [(member, number % len(parts)) for number, member in enumerate(roster)]
        draft, numbers = self._ground.split(unit, parts, paper, dealt, {})
        for member, part in dealt:
            self.after[member.person - 1] = numbers[part]
        return draft, numbers

    def _olds(self, new: str) -> list[str]:
        return [old for old, into in self.land.provinces_into.items() if into == new]

    def _stays(self, new: str) -> str:
        """The province before the reform whose name the new one has."""
        name, olds = self.land.new_provinces[new].name, self._olds(new)
        return next((old for old in olds if self.land.provinces[old].name == name), olds[0])

    def _parted(self) -> Iterator[Passage]:
        return (p for p in self.land.passages if not p.whole)

    def _of(self, district: str) -> list[Passage]:
        """The passages of a district's communes."""
        if not self._by_district:
            for passage in self.land.passages:
                if not passage.district:
                    above = self.land.communes[passage.code].district
                    self._by_district.setdefault(above, []).append(passage)
        return self._by_district[district]

    def _commune(self, code: str) -> Newcomer:
        one: Commune = self.land.new_communes[code]
        name = f"Đảng bộ {one.name[:1].lower()}{one.name[1:]}"
        above = self._at[f"TINH-{self._stays(one.province)}"]
        position = self._ground.next_position(above)
        return Newcomer(f"XA-{code}-2025", "party-superior", "commune", name, above, position)

    def _body(self, code: str, which: int) -> int | Newcomer:
        short, noun = _BODIES[which]
        found = self._bodies.get(f"{short}-{code}")
        if found is not None:
            return found
        above = self._new[code]
        name = f"Chi bộ {noun}, {self.land.new_communes[code].name}"
        return Newcomer(f"{short}-{code}", "party-base-cell", "agency", name, above,
                        self._ground.next_position(above))  # fmt: skip

    def _paper(self, code: str) -> BasisOn:
        province = self.land.new_communes[code].province
        title = "Nghị quyết sắp xếp đơn vị hành chính cấp xã"
        return basis(f"{province}-NQ", date(2025, 6, 16), title)


def _by_share(cells: list[int], parts: int) -> dict[int, int]:
    """Cells in order, dealt to parts: half to the first, the rest evenly; the last, which is on the
    border, stays with the first until it is divided itself."""
    half = (len(cells) + 1) // 2
    rest = len(cells) - half
    dealt = {cell: 0 if at < half else 1 + (at - half) * (parts - 1) // rest
             for at, cell in enumerate(cells)}  # fmt: skip
    return dealt | {cells[-1]: 0}
