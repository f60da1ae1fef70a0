"""The rearrangements of 2025, with every member and every unit placed.

On 01/01/2025 the district's communes became 20 (which of them merged is assumed). On 01/07/2025
the district level ended: its communes became parts of five new ones, each with a Party
organisation directly below the city's; schools, clinics and enterprises came under these five,
army and police under their own superiors, the district's agencies into the five's new bodies. At
last the district itself, empty, is closed.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import TypeVar

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import COLLEAGUE, LEADER, SECRETARY, key
from giaoban.cli.demonstration.facts import DISTRICT, Passage
from giaoban.cli.demonstration.founding import Doing, appoint, found, new_unit
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.story import Story
from giaoban.journal.writing import BasisOn, Recorder
from giaoban.ledger.reorganisation import close_unit, merge_units, move_unit, split_unit
from giaoban.people.models import Role
from giaoban.units.rules import NewUnit

MERGED_ON, REFORMED_ON = date(2025, 1, 1), papers.REFORMED
MERGER_RECORDED = date(2025, 1, 2)
# Recorded over a week: bodies outside, whole communes, divided ones, what moves, agencies, ends.
OUTSIDE_ON, WHOLE_ON, DIVIDED_ON = date(2025, 7, 1), date(2025, 7, 2), date(2025, 7, 3)
MOVES_ON, AGENCIES_ON, ENDS_ON = date(2025, 7, 4), date(2025, 7, 7), date(2025, 7, 8)

OUTSIDE = ("DB-BTL-THU-DO", "DB-CA-HA-NOI")
FIVE = ("THACH-THAT", "HA-BANG", "TAY-PHUONG", "HOA-LAC", "YEN-XUAN")
PARTY_AGENCIES = ("CQ-HUYEN-UY", "CQ-MAT-TRAN")
UNION, CITY_UNION = "LDLD-THACH-THAT", "LDLD-HA-NOI"
EMPTY_DISTRICTS = (DISTRICT, "HU-QUOC-OAI", "HU-BA-VI", "TU-SON-TAY")

T = TypeVar("T")
Placing = dict[str, list[str]]  # successor's code → what goes there


def tell_merger(story: Story) -> None:
    """Tell how 23 communes became 20 on 01/01/2025."""
    passages = [passage for passage in facts.passages() if passage.on == MERGED_ON]
    _tell_mergers(story, passages, MERGER_RECORDED, papers.MERGER_BEFORE)


def tell_reform(story: Story) -> None:
    """Tell how the district level ended on 01/07/2025."""
    passages = [passage for passage in facts.passages() if passage.on == REFORMED_ON]
    outside = [facts.units_of_2025()[code] for code in OUTSIDE]
    story.do(OUTSIDE_ON, found(outside, REFORMED_ON, papers.RESOLUTION_1656,
                               len(story.below(facts.ROOT))))  # fmt: skip
    story.units |= {unit.code: unit for unit in outside}
    whole = [passage for passage in passages if passage.share == 100]
    _tell_mergers(story, whole, WHOLE_ON, papers.RESOLUTION_1656)
    _tell_divisions(story, [passage for passage in passages if passage.share < 100])
    _tell_moves(story)
    _tell_agencies(story)
    story.do(ENDS_ON, _merge([UNION], CITY_UNION, REFORMED_ON, papers.RESOLUTION_1656))
    for district in EMPTY_DISTRICTS:
        story.do(ENDS_ON, _close(district))
    story.do(ENDS_ON, appoint(COLLEAGUE, "XA-YEN-XUAN-2025", Role.CLERK))
    story.do(ENDS_ON, appoint(SECRETARY, "XA-YEN-XUAN-2025", Role.SECRETARY))
    story.do(ENDS_ON, appoint(LEADER, facts.ROOT, Role.LEADER))


# What the storyteller keeps in mind ---------------------------------------------------------


def _successor(story: Story, code: str) -> str | NewUnit:
    """A successor as an act wants it: new the first time it is named, by its code afterwards."""
    if code in story.units:
        return code
    fact = facts.units_of_2025()[code]
    position = len(story.below(fact.parent or ""))
    story.units[code] = fact
    return new_unit(fact, position)


def _end(story: Story, code: str) -> None:
    del story.units[code]
    story.homes.pop(code, None)


def _hand_over(story: Story, cells: Placing, members: dict[str, list[int]]) -> None:
    for successor, codes in cells.items():
        for code in codes:
            story.units[code] = replace(story.units[code], parent=successor)
    places = {number: code for code, numbers in members.items() for number in numbers}
    for member in (*story.rolls, *story.neighbours):
        member.unit = places.get(member.number, member.unit)


# Mergers ------------------------------------------------------------------------------------


def _tell_mergers(story: Story, passages: list[Passage], recorded_on: date, basis: BasisOn) -> None:
    by_successor: Placing = defaultdict(list)
    for passage in passages:
        by_successor[passage.successor].append(passage.predecessor)
    for code, sources in by_successor.items():
        into = _successor(story, code)
        story.do(recorded_on, _merge(sources, into, passages[0].on, basis))
        for source in sources:
            _hand_over(story, {code: story.below(source)},
                       {code: [member.number for member in story.in_book(source)]})  # fmt: skip
            _end(story, source)


def _merge(sources: list[str], into: str | NewUnit, on: date, basis: BasisOn) -> Doing:
    told = key("sap-nhap", into if isinstance(into, str) else into.code, on, *sources[:1])

    def do(office: Office, by: Recorder) -> None:
        merge_units(
            [office.unit(code) for code in sources], _target(office, into), on=on, basis=basis,
            key=told, by=by,
        )  # fmt: skip

    return do


def _target(office: Office, successor: str | NewUnit) -> int | NewUnit:
    return office.unit(successor) if isinstance(successor, str) else successor


# Divisions ----------------------------------------------------------------------------------


def _tell_divisions(story: Story, passages: list[Passage]) -> None:
    by_predecessor: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        by_predecessor[passage.predecessor].append(passage)
    for code, parts in by_predecessor.items():
        shares = {part.successor: part.share for part in parts}
        cells = _dealt(story.below(code), shares)
        members = _dealt([member.number for member in story.in_book(code)], shares)
        _tell_division(story, code, cells, members, DIVIDED_ON)


def _dealt(things: list[T], shares: dict[str, int]) -> dict[str, list[T]]:
    """Things in order, cut at the shares (of 100)."""
    cuts = [round(len(things) * cut / 100) for cut in accumulate(shares.values())]
    starts = [0, *cuts[:-1]]
    return {
        successor: things[start:cut]
        for successor, start, cut in zip(shares, starts, cuts, strict=True)
    }


def _tell_division(
    story: Story, code: str, cells: Placing, members: dict[str, list[int]], recorded_on: date
) -> None:
    successors = [_successor(story, successor) for successor in cells]
    units_below = {cell: successor for successor, codes in cells.items() for cell in codes}

    def do(office: Office, by: Recorder) -> None:
        split_unit(
            office.unit(code), [_target(office, successor) for successor in successors],
            on=REFORMED_ON, units_below=units_below,
            members={office.persons[number]: successor
                     for successor, numbers in members.items() for number in numbers},
            basis=papers.RESOLUTION_1656, key=key("chia", code), by=by,
        )  # fmt: skip

    story.do(recorded_on, do)
    _hand_over(story, cells, members)
    _end(story, code)


# What moves, ends or closes -----------------------------------------------------------------


def _tell_moves(story: Story) -> None:
    for code, parent in facts.moves().items():
        story.do(MOVES_ON, _move(code, parent, len(story.below(parent))))
        story.units[code] = replace(story.units[code], parent=parent)


def _move(code: str, parent: str, position: int) -> Doing:
    def do(office: Office, by: Recorder) -> None:
        move_unit(
            office.unit(code), office.unit(parent), on=REFORMED_ON, position=position,
            basis=papers.RESOLUTION_1656, key=key("chuyen-giao", code), by=by,
        )  # fmt: skip

    return do


def _tell_agencies(story: Story) -> None:
    """The district's agencies: cells merge into their agency, which the five divide by list."""
    for code in [code for code in story.below(DISTRICT) if story.units[code].sector == "agency"]:
        if cells := story.below(code):
            story.do(AGENCIES_ON, _merge(cells, code, REFORMED_ON, papers.RESOLUTION_1656))
            for cell in cells:
                numbers = [member.number for member in story.in_book(cell)]
                _hand_over(story, {}, {code: numbers})
                _end(story, cell)
        body = "CQ-DANG" if code in PARTY_AGENCIES else "CQ-UBND"
        bodies = [f"{body}-{commune}" for commune in FIVE]
        numbers = [member.number for member in story.in_book(code)]
        dealt = {name: numbers[at :: len(bodies)] for at, name in enumerate(bodies)}
        _tell_division(story, code, {name: [] for name in bodies}, dealt, AGENCIES_ON)
        for name in bodies:
            story.homes[name] = 10


def _close(code: str) -> Doing:
    def do(office: Office, by: Recorder) -> None:
        close_unit(
            office.unit(code), on=REFORMED_ON, basis=papers.RESOLUTION_1656,
            key=key("ket-thuc", code), by=by,
        )  # fmt: skip

    return do
