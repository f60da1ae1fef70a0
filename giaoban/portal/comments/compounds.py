"""Words of several syllables, which say more about missing marks than each syllable by itself.

"viet" may be viết, Việt, viếc; after "bai" it is viết. The list is pyvi's own, of some 30.000
words; of the ways to part a line into words of the list the one that covers most is taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from giaoban.vietnamese import fold, nfc

MOST_SYLLABLES = 4
_AGREES = 0.1  # for each syllable that the letters alone suggest, too

Span = tuple[int, int]


@cache
def by_fold() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Syllables without marks → the words that are written so."""
    words: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    listed = files("pyvi").joinpath("models/words.txt").read_text(encoding="utf-8")
    for line in listed.splitlines():
        syllables = tuple(nfc(line).lower().split())
        if 2 <= len(syllables) <= MOST_SYLLABLES:
            words[tuple(fold(syllable) for syllable in syllables)].add(syllables)
    return {bare: tuple(sorted(written)) for bare, written in words.items()}


def compounds_in(
    line: str, words: Sequence[Span], likely: Sequence[str]
) -> Iterator[tuple[int, str]]:
    """(place among ``words``, syllable with its marks) for every word of the list in a line.

    ``words`` are the places of the syllables without marks, ``likely`` what the letters alone
    suggest for each.
    """
    # best[n]: what the first n syllables are worth, and the word that ends them, if one does.
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, tuple[str, ...]]] = [(best[end - 1][0], ())]
        for length in range(2, min(MOST_SYLLABLES, end) + 1):
            start = end - length
            if not _one_after_the_other(line, words[start:end]):
                break
            if written := _written(line, words[start:end], likely[start:end]):
                worth = length - 1 + _agreement(written, likely[start:end])
                choices.append((best[start][0] + worth, written))
        best.append(max(choices))
    yield from _chosen(best)


def _chosen(best: Sequence[tuple[float, tuple[str, ...]]]) -> Iterator[tuple[int, str]]:
    end = len(best) - 1
    while end > 0:
        word = best[end][1]
        start = end - max(len(word), 1)
        yield from ((start + at, syllable) for at, syllable in enumerate(word))
        end = start


def _one_after_the_other(line: str, words: Sequence[Span]) -> bool:
    return all(line[end:start].isspace() for (_, end), (start, _) in pairwise(words))


def _written(line: str, words: Sequence[Span], likely: Sequence[str]) -> tuple[str, ...] | None:
    """The word of the list that is written so, the one nearest to what the letters suggest."""
    typed = tuple(line[start:end].lower() for start, end in words)
    found = by_fold().get(typed)
    return max(found, key=lambda written: _agreement(written, likely)) if found else None


def _agreement(written: Sequence[str], likely: Sequence[str]) -> float:
    return _AGREES * sum(a == b for a, b in zip(written, likely, strict=True))
