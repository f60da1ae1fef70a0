"""The stream of movements: who comes, who goes, who changes place in a span of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from giaoban.cli.demonstration import facts, papers
from giaoban.cli.demonstration.diary import CLERK
from giaoban.cli.demonstration.facts import Span
from giaoban.cli.demonstration.rolls import Member
from giaoban.cli.demonstration.story import Story
from giaoban.ledger.joining import Admission, Arrival
from giaoban.ledger.leaving import Death, Departure, Expulsion, Resignation, StrikingOff
from giaoban.ledger.staying import Transfer, TransferPaper, TransferReceipt

Happening = Callable[[Story, date], object]
Event = tuple[date, Happening]

# From then on the district's target is not allocated in these data; admissions follow the size.
TARGETS_KNOWN_UNTIL = date(2019, 1, 1)
WITHOUT_TARGET = 0.4  # how often such a unit admits, beside a unit with a target of 1
BY_PAPER = 0.6  # of the transfers; the others are recorded in one act
RETIRING = 0.5  # of the transfers: from the place of work to the village
RETIRED_AT = timedelta(days=round(55 * 365.25))


def pass_through(story: Story, span: Span, more: Iterable[Event] = ()) -> None:
    """Tell what happens in a span of time, day by day; ``more`` events join those of the span."""
    days = (span.until - span.from_on).days
    events: list[Event] = [
        (span.from_on + timedelta(days=story.rng.randrange(days)), _HAPPENINGS[kind])
        for kind, times in span.times.items()
        for _ in range(times)
    ]
    for day, happening in sorted([*events, *more], key=lambda event: event[0]):
        story.recognise_due(day)
        happening(story, day)
    story.recognise_due(span.until)


def admit(
    story: Story, day: date, unit: str, *, recorded_on: date | None = None, login: str = CLERK
) -> Member:
    """Kết nạp: the decision some days earlier, the ceremony on the day."""
    member = story.newcomer(unit, day, new=True)
    decided_on = decided_before(story, day)
    story.tell(
        Admission, member, recorded_on or story.soon(day), decided_on=decided_on, ceremony_on=day,
        basis=papers.decision(papers.ADMITTING, decided_on), login=login,
    )  # fmt: skip
    story.on_probation(member, day)
    story.rolls.join(member)
    return member


def decided_before(story: Story, ceremony_on: date) -> date:
    """The Monday on which an admission was decided, one to four weeks before the ceremony."""
    earlier = ceremony_on - timedelta(days=story.rng.randint(4, 24))
    return earlier - timedelta(days=earlier.weekday())


def _admission(story: Story, day: date) -> None:
    if day >= TARGETS_KNOWN_UNTIL:
        admit(story, day, story.home())
        return
    targets = {share.unit: float(share.target) for share in facts.allocation()}
    bases = [unit.code for unit in story.units.values() if unit.is_grassroots and _inside(unit)]
    weights = [targets.get(code, WITHOUT_TARGET) for code in bases]
    admit(story, day, story.home_in(story.rng.choices(bases, weights)[0]))


def _inside(unit: facts.UnitFact) -> bool:
    return unit.parent == facts.DISTRICT


def _arrival(story: Story, day: date) -> None:
    member = story.newcomer(story.home(), day)
    given_on = day - timedelta(days=story.rng.randint(5, 25))
    paper = papers.transfer_paper(next(story.papers_given), given_on, arriving=True)
    story.tell(Arrival, member, story.soon(day), received_on=day, basis=paper)
    story.rolls.join(member)


def _departure(story: Story, day: date) -> None:
    member = story.rolls.youngest_of(3, day, _is_settled)
    paper = papers.transfer_paper(next(story.papers_given), day)
    story.tell(Departure, member, story.soon(day), left_on=day, basis=paper)
    story.rolls.leave(member)


def _death(story: Story, day: date) -> None:
    member = story.rolls.oldest_of(7, day)
    story.tell(Death, member, story.soon(day), left_on=day)
    story.rolls.leave(member)


def _striking_off(story: Story, day: date) -> None:
    member = story.rolls.youngest_of(2, day, lambda _: True)
    _leave_by_decision(story, StrikingOff, papers.STRIKING_OFF, member, day)


def _resignation(story: Story, day: date) -> None:
    member = story.rolls.somebody(day)
    _leave_by_decision(story, Resignation, papers.LETTING_GO, member, day)


def _expulsion(story: Story, day: date) -> None:
    member = story.rolls.somebody(day, _is_settled)
    _leave_by_decision(story, Expulsion, papers.EXPELLING, member, day)


def _leave_by_decision(
    story: Story, act: type[StrikingOff | Resignation | Expulsion], matter: int, member: Member,
    day: date,
) -> None:  # fmt: skip
    basis = papers.decision(matter, day)
    story.tell(act, member, story.soon(day), left_on=day, basis=basis)
    story.rolls.leave(member)


def _transfer(story: Story, day: date) -> None:
    transfer(story, day, by_paper=story.rng.random() < BY_PAPER)


def transfer(story: Story, day: date, *, by_paper: bool) -> None:
    """Chuyển sinh hoạt nội bộ: half retire to their village, the others change their place.

    Who goes by paper is on the way for at least a week.
    """
    retiring = story.rng.random() < RETIRING
    member = story.rolls.somebody(day, lambda m: _may_move(story, m, day, retiring=retiring))
    to = _destination(story, member.unit, village=retiring)
    if by_paper:
        _transfer_by_paper(story, member, to, day)
    else:
        paper = papers.transfer_paper(next(story.papers_given), day)
        story.tell(Transfer, member, story.soon(day), to=to, on=day, basis=paper)
    member.unit = to


def _may_move(story: Story, member: Member, day: date, *, retiring: bool) -> bool:
    if not _is_settled(member):
        return False
    retired = day - member.born_on > RETIRED_AT
    return not retiring or (retired and not story.is_village(member.unit))


def _destination(story: Story, unit: str, *, village: bool) -> str:
    while True:
        to = story.home()
        if to != unit and (not village or story.is_village(to)):
            return to


def _transfer_by_paper(story: Story, member: Member, to: str, day: date) -> None:
    """The paper is given, and received by the other unit one to four weeks later."""
    paper = papers.transfer_paper(next(story.papers_given), day)
    given = story.soon(day)
    story.tell(TransferPaper, member, given, given_on=day, basis=paper)
    received_on = day + timedelta(days=story.rng.randint(8, 28))
    received = max(story.soon(received_on), given)
    story.tell(TransferReceipt, member, received, unit=to, received_on=received_on, basis=paper)


def _is_settled(member: Member) -> bool:
    """Whether somebody is a full member; probationary ones stay where they were admitted."""
    return member.ceremony_on is None


_HAPPENINGS: dict[str, Happening] = {
    "admissions": _admission,
    "arrivals": _arrival,
    "departures": _departure,
    "deaths": _death,
    "strikings_off": _striking_off,
    "resignations": _resignation,
    "expulsions": _expulsion,
    "transfers": _transfer,
}
