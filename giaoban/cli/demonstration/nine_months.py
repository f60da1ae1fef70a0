"""The nine months of 2018: what the report of 29/10/2018 speaks of, told act by act.

134 admissions, placed by ``allocation.csv``. Three ceremonies of September were recorded only in
October, and one of Yên Bình was recorded with a wrong day and corrected, so that the nine months
show 131 as known on 05/10/2018, 135 on 15/10/2018 and 134 on 29/10/2018.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from itertools import groupby

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import CLERK, COLLEAGUE, key, recording_day
from giaoban.cli.demonstration.facts import NewBase, Share, Span
from giaoban.cli.demonstration.founding import found
from giaoban.cli.demonstration.movements import Event, Happening, admit, pass_through, transfer
from giaoban.cli.demonstration.office import Office
from giaoban.cli.demonstration.story import ONE_DAY, Story
from giaoban.cli.demonstration.targets import targets_2018, tell_targets
from giaoban.journal.writing import Recorder
from giaoban.ledger.corrections import correct_entry
from giaoban.ledger.joining import Admission
from giaoban.ledger.staying import Transfer

BEGIN, END = date(2018, 1, 1), date(2018, 10, 1)

# Members whose transfer paper is given on these days are on their way when the period ends.
PAPERS_OUT = [date(2018, 9, 24) + timedelta(days=at) for at in range(5)]

# Unit, day of the ceremony, day of recording, who records.
LATE = (
    ("XA-TIEN-XUAN", date(2018, 9, 26), date(2018, 10, 8), COLLEAGUE),
    ("XA-TIEN-XUAN", date(2018, 9, 26), date(2018, 10, 8), COLLEAGUE),
    ("BV-DA-KHOA", date(2018, 9, 28), date(2018, 10, 11), CLERK),
)
MISTAKEN_UNIT = "XA-YEN-BINH"
WRONG_DAY, RIGHT_DAY = date(2018, 9, 28), date(2018, 10, 2)
MISTAKE_RECORDED, MISTAKE_CORRECTED = date(2018, 10, 12), date(2018, 10, 20)
MISTAKE_DECIDED = date(2018, 9, 24)
REASON = "Ghi nhầm ngày tổ chức lễ kết nạp: lễ tổ chức ngày 02/10/2018, không phải 28/09/2018."


def tell_nine_months(story: Story, span: Span) -> None:
    """Tell the nine months: targets, foundings, admissions by unit, the stream, the mistake."""
    tell_targets(story, 2018, targets_2018())
    _tell_foundings(story)
    events: list[Event] = [(day, partial(transfer, by_paper=True)) for day in PAPERS_OUT]
    for share in facts.allocation():
        events += _admissions_of(story, share)
    pass_through(story, span, events)
    _tell_mistake(story)


def _tell_foundings(story: Story) -> None:
    """The 3 Party organisations and the 13 trade unions, after those that stand already."""
    for parent, bases in groupby(facts.foundings(), key=lambda base: base.unit.parent):
        assert parent is not None
        for base in bases:
            recorded_on = recording_day(base.on + ONE_DAY)
            position = len(story.below(parent))
            story.do(recorded_on, found([base.unit], base.on, papers.RESOLUTION_09, position))
            story.units[base.unit.code] = base.unit
            if base.first_members:
                _first_members(story, base, recorded_on)


def _first_members(story: Story, base: NewBase, recorded_on: date) -> None:
    """Members who work in the enterprise and lived in villages' cells are its first members."""
    story.homes[base.unit.code] = base.first_members
    for _ in range(base.first_members):
        member = story.rolls.youngest_of(
            2, base.on, lambda m: m.ceremony_on is None and story.is_village(m.unit)
        )
        paper = papers.transfer_paper(next(story.papers_given), base.on)
        story.tell(Transfer, member, recorded_on, to=base.unit.code, on=base.on, basis=paper)
        member.unit = base.unit.code


def _admissions_of(story: Story, share: Share) -> list[Event]:
    """A unit's admissions of the nine months, the late ones on their own days."""
    late = [row for row in LATE if row[0] == share.unit]
    days = (END - BEGIN).days
    events: list[Event] = [
        (BEGIN + timedelta(days=story.rng.randrange(days)), _admission_in(share.unit))
        for _ in range(share.admitted - len(late))
    ]
    for unit, day, recorded_on, login in late:
        events.append((day, _admission_in(unit, recorded_on=recorded_on, login=login)))
    return events


def _admission_in(unit: str, *, recorded_on: date | None = None, login: str = CLERK) -> Happening:
    def happens(story: Story, day: date) -> None:
        admit(story, day, story.home_in(unit), recorded_on=recorded_on, login=login)

    return happens


def _tell_mistake(story: Story) -> None:
    """Yên Bình's admission: recorded with the wrong day, corrected eight days later."""
    member = story.newcomer(story.home_in(MISTAKEN_UNIT), WRONG_DAY, new=True)
    right = partial(Admission, decided_on=MISTAKE_DECIDED, ceremony_on=RIGHT_DAY)
    basis = papers.decision(papers.ADMITTING, MISTAKE_DECIDED)
    wrong_key = story.tell(
        Admission, member, MISTAKE_RECORDED, decided_on=MISTAKE_DECIDED, ceremony_on=WRONG_DAY,
        basis=basis,
    )  # fmt: skip

    def correct(office: Office, by: Recorder) -> None:
        act = right(
            person=office.persons[member.number], unit=office.unit(member.unit), basis=basis,
            key=key("dinh-chinh", member.number),
        )  # fmt: skip
        correct_entry(
            office.numbers[wrong_key], act, reason=REASON, key=key("ghi-huy", member.number), by=by
        )

    story.do(MISTAKE_CORRECTED, correct)
    member.free_on = MISTAKE_CORRECTED + ONE_DAY
    story.on_probation(member, RIGHT_DAY)
    story.rolls.join(member)
