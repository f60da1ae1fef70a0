"""Spelling: which words can be Vietnamese, and the two places of a tone mark."""

import re

import pytest

from giaoban.vietnamese import is_syllable, old_tone_placement

from .samples import ENGLISH, SENTENCES

# The linter of the language guide: finds the new placement.
NEW_PLACEMENT = re.compile(
    "(?<!q)(o[\u00e0\u00e1\u1ea3\u00e3\u1ea1\u00e8\u00e9\u1ebb\u1ebd\u1eb9]"
    "|u[\u1ef3\u00fd\u1ef7\u1ef9\u1ef5])(?!\\w)",
    re.IGNORECASE,
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_proper_vietnamese_is_all_syllables(sentence: str) -> None:
    words = re.findall(r"[^\W\d_]+", sentence)
    assert [word for word in words if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "word", ["nghiêng", "Quốc", "quỳnh", "gì", "giếng", "GIẾT", "khuỷu", "ho\u00e0", "yến", "ỷ"]
)
def test_rare_spellings_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word", ["street", "biêt", "bièt", "viet", "ngiêng", "kác", "cê", "tóán", "T", "", "9", "za"]
)
def test_what_spelling_forbids_is_no_syllable(word: str) -> None:
    assert not is_syllable(word)


def test_english_is_mostly_no_vietnamese() -> None:
    words = re.findall(r"[a-z]+", " ".join(ENGLISH).lower())
    assert sum(is_syllable(word) for word in words) < len(words) / 2


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("ho\u00e0", "hòa"), ("KHO\u00c1", "KHÓA"), ("thu\u1ef7", "thủy"), ("U\u1ef6", "ỦY"),
        ("kho\u1ebb", "khỏe"), ("u\u1ef7 ban ho\u00e0 gi\u1ea3i", "ủy ban hòa giải"),
        ("quý", "quý"), ("toàn", "toàn"), ("loại", "loại"), ("khuỷu", "khuỷu"), ("", ""),
    ],
)  # fmt: skip
def test_old_tone_placement(new: str, old: str) -> None:
    assert old_tone_placement(new) == old
    assert old_tone_placement(old) == old
    assert not NEW_PLACEMENT.search(old_tone_placement(new))
