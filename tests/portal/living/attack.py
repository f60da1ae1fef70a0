"""An attacker with a pencil: every way to fill withheld cells that agrees with what is told.

Exact and over whole numbers: bounds are drawn from the equations until nothing moves, then one
cell is guessed and all is drawn again. It shares no line with what it attacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Bounds = dict[str, tuple[int, int]]
Told = tuple[Mapping[str, int], int]  # how often each unknown is taken, and what the sum is
BEYOND = 400  # further than any number of these tests


def determined(bounds: Bounds, told: Sequence[Told], truth: Mapping[str, int]) -> set[str]:
    """The unknowns that can only be what they are."""
    known = set()
    for key in bounds:
        below = {**bounds, key: (bounds[key][0], truth[key] - 1)}
        above = {**bounds, key: (truth[key] + 1, bounds[key][1])}
        if solve(below, told) is None and solve(above, told) is None:
            known.add(key)
    return known


def solve(bounds: Bounds, told: Sequence[Told]) -> dict[str, int] | None:
    """One way to fill the unknowns, or None."""
    drawn = _drawn(dict(bounds), told)
    if drawn is None:
        return None
    open_ = [key for key, (low, high) in drawn.items() if low < high]
    if not open_:
        return {key: low for key, (low, _high) in drawn.items()}
    key = min(open_, key=lambda one: drawn[one][1] - drawn[one][0])
    low, high = drawn[key]
    for value in range(low, high + 1):
        found = solve({**drawn, key: (value, value)}, told)
        if found is not None:
            return found
    return None


def _drawn(bounds: Bounds, told: Sequence[Told]) -> Bounds | None:
    moved = True
    while moved:
        moved = False
        for times, total in told:
            ends = {k: sorted((n * bounds[k][0], n * bounds[k][1])) for k, n in times.items()}
            least, most = (sum(end[i] for end in ends.values()) for i in (0, 1))
            if not least <= total <= most:
                return None
            for key, n in times.items():
                low = total - (most - ends[key][1])
                high = total - (least - ends[key][0])
                if n < 0:
                    low, high = -high, -low
                size = abs(n)
                fresh = (max(bounds[key][0], -(-low // size)), min(bounds[key][1], high // size))
                if fresh[0] > fresh[1]:
                    return None
                if fresh != bounds[key]:
                    bounds[key], moved = fresh, True
    return bounds
