"""Plan and actual, a bar a unit: the bar of the actual over the plan's track, a tick for the pace.

The scale is the plan, 0 to 150%, so that small units and large ones compare; only where no unit
has a plan is it the count. State is told by a sign and a word, and only then by colour.

Up to a page's height, bars stand below each other with names on two lines. More of them stand in
two columns and in smaller type, 80 at most; how many are left out is said, the table has them all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from giaoban.reports.charts import legend, measuring
from giaoban.reports.charts.lettering import LINE, Words, fitted, stacked, width
from giaoban.reports.charts.painting import SIGN_SIZE, WIDTH, Picture, Rect, Rule, Sign
from giaoban.reports.documents.blocks import Bullet, Bullets
from giaoban.vietnamese import format_number

MOST_BARS = 80
BETWEEN = 24  # pixels between two columns
TALLEST = 860  # pixels for the bars of one column: with a title and a key, a page of A4
WIDEST_LABEL, LEAST_BAR = 230, 60
FILLS = {"reached": "jade", "on_pace": "slate-2", "behind": "amber-bar", "": "slate-bar"}
STROKES = {"on_pace": "slate-bar"}  # light, so it has an edge
SIGN_COLOURS = {"reached": "jade", "on_pace": "ink-2", "behind": "amber"}


@dataclass(frozen=True, slots=True)
class Measures:
    """How a column of bars is set, in pixels; ``left`` is where it begins."""

    left: float
    label: float  # as wide as the widest line of a name
    label_most: float  # as wide as a line may be
    bar: float
    number: float
    state: float  # of a sign with its word, of a sign alone, or nothing
    size: float
    most: int | None  # the largest count, where counts are the scale

    def parts(self, bar: Bullet) -> tuple[str, ...]:
        """A unit's name on its lines."""
        return fitted(bar.label, self.label_most, self.size)

    @property
    def line(self) -> float:
        return self.size * LINE

    @property
    def gap(self) -> float:
        return self.size * 0.9

    @property
    def bars_at(self) -> float:
        return self.left + self.label + self.gap

    @property
    def numbers_end(self) -> float:
        return self.bars_at + self.bar + self.gap + self.number


def picture(shows: Bullets) -> Picture:
    """Measure and set the bars in the order given."""
    bars = shows.bars[:MOST_BARS]
    drawn = Picture()
    one = _measures(bars, 0, WIDTH, 13, words=True)
    if sum(_tall(bar, one) for bar in bars) <= TALLEST:
        _column(drawn, bars, one)
    else:
        half, narrow = (len(bars) + 1) // 2, (WIDTH - BETWEEN) / 2
        left = _measures(bars, 0, narrow, 11, words=False)
        _column(drawn, bars[:half], left)
        _column(drawn, bars[half:], replace(left, left=narrow + BETWEEN))
    _explain(drawn, shows.bars)
    return drawn


def _words(state: str) -> str:
    return {"reached": _("reached"), "on_pace": _("on pace"), "behind": _("behind")}.get(state, "")


def _measures(
    bars: Sequence[Bullet], left: float, room: float, size: float, *, words: bool
) -> Measures:
    """Share the width out: numbers and states as wide as they are, names up to a third."""
    number = max((width(bar.text, size, 600) for bar in bars), default=0)
    if any(bar.plan and bar.done > bar.plan * measuring.BULLET_SCALE for bar in bars):
        number += SIGN_SIZE  # the sign that a bar goes on stands before it
    state = 0.0
    if any(bar.state for bar in bars):
        widest = max(width(_words(bar.state), 12) for bar in bars) + 6 if words else 0
        state = size * 0.9 + SIGN_SIZE + widest
    gap = size * 0.9
    most_label = min(WIDEST_LABEL, room - number - state - 2 * gap - LEAST_BAR)
    names = (width(part, size) for bar in bars for part in fitted(bar.label, most_label, size))
    label = max(names, default=0)
    planned = any(bar.plan for bar in bars)
    return Measures(
        left, label, most_label, max(room - label - number - state - 2 * gap, 30), number, state,
        size, None if planned else max((bar.done for bar in bars), default=0),
    )  # fmt: skip


def _tall(bar: Bullet, set_in: Measures) -> float:
    return len(set_in.parts(bar)) * set_in.line + (10 if set_in.size > 12 else 6)


def _column(drawn: Picture, bars: Sequence[Bullet], set_in: Measures) -> None:
    """One column of bars below its axis."""
    top = 22.0
    ends = top + sum(_tall(bar, set_in) for bar in bars)
    _axis(drawn, set_in, top, ends)
    for bar in bars:
        tall = _tall(bar, set_in)
        _bar(drawn, bar, set_in, top + tall / 2)
        top += tall
    drawn.height = max(drawn.height, ends)


def _axis(drawn: Picture, set_in: Measures, top: float, ends: float) -> None:
    """The scale above the bars, its lines behind them."""
    if set_in.most is None:
        ticks = [(Fraction(n, 3), f"{n * 50}%" if n else "0") for n in range(4)]
    else:
        step = measuring.round_step(max(set_in.most, 1))
        numbers = range(0, max(set_in.most, 1) + 1, step)
        ticks = [(Fraction(n, max(set_in.most, 1)), format_number(n)) for n in numbers]
    for share, text in ticks:
        if set_in.bar < 120 and share not in (0, Fraction(2, 3)):
            continue  # narrow: where it begins, and the plan
        x = set_in.bars_at + float(share) * set_in.bar
        drawn.behind.append(Rule(x, top - 2, x, ends, "rule-2"))
        drawn.words.append(Words(x, 9, text, 11, anchor="middle", colour="ink-2"))


def _bar(drawn: Picture, bar: Bullet, set_in: Measures, middle: float) -> None:
    expected = Fraction(*bar.expected) if bar.expected else None
    measured = measuring.bullet(bar.done, bar.plan, expected, most=set_in.most)
    x, thick = set_in.bars_at, set_in.size * 0.65
    if measured.plan is not None:
        drawn.bars.append(
            Rect(x, middle - thick, float(measured.plan) * set_in.bar, 2 * thick, "track")
        )
    if measured.did:
        long = float(measured.did) * set_in.bar
        stroke = STROKES.get(bar.state, "")
        drawn.bars.append(Rect(x, middle - thick / 2, long, thick, FILLS[bar.state], stroke))
    if measured.goal is not None:
        at = x + float(measured.goal) * set_in.bar
        drawn.across.append(Rule(at, middle - thick, at, middle + thick, "paper", 2))
    if measured.pace is not None:
        at = x + float(measured.pace) * set_in.bar
        drawn.across.append(Rule(at, middle - thick - 2, at, middle + thick + 2, "ink", 1.5))
    if measured.beyond:
        drawn.signs.append(Sign(x + set_in.bar + 5, middle, "beyond", "ink"))
    drawn.words += stacked(set_in.parts(bar), bar.label, set_in.left, middle, size=set_in.size)
    drawn.words.append(Words(set_in.numbers_end, middle, bar.text, set_in.size, 600, anchor="end"))
    _state(drawn, bar, set_in, middle)


def _state(drawn: Picture, bar: Bullet, set_in: Measures, middle: float) -> None:
    if not bar.state:
        return
    x = set_in.numbers_end + set_in.gap
    drawn.signs.append(Sign(x + SIGN_SIZE / 2, middle, bar.state, SIGN_COLOURS[bar.state]))
    if set_in.state > set_in.gap + SIGN_SIZE:
        colour = SIGN_COLOURS[bar.state]
        words = Words(x + SIGN_SIZE + 6, middle, _words(bar.state), 12, colour=colour)
        drawn.words.append(words)


def _explain(drawn: Picture, bars: Sequence[Bullet]) -> None:
    """The key of what is drawn, and how many bars were left out."""
    planned = any(bar.plan for bar in bars)
    drawn_bars = [bar for bar in bars[:MOST_BARS] if bar.plan or not planned]
    items: list[legend.Item] = [legend.Bar(_("plan"), "track")] if planned else []
    for state in FILLS:
        if any(bar.state == state for bar in drawn_bars):
            text = f"{_('actual')}, {_words(state)}" if state else _("actual")
            sign = (state, SIGN_COLOURS[state]) if state else ("", "")
            items.append(legend.Bar(text, FILLS[state], STROKES.get(state, ""), *sign))
    if any(bar.expected for bar in drawn_bars):
        items.append(legend.Tick(_("even pace")))
    rest = len(bars) - MOST_BARS
    said = ngettext("{n} more unit is not drawn.", "{n} more units are not drawn.", rest)
    legend.add(drawn, items, [said.format(n=format_number(rest))] if rest > 0 else [])
