"""Order: syllable by syllable as dictionaries have it, and people by given name."""

import random
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from giaoban.vietnamese import (
    NameEmpty,
    NameOrder,
    collation_fingerprint,
    initial,
    name_sort_key,
    name_sort_keys,
    nfc,
    sort_key,
    sort_keys,
    split_name,
)
from giaoban.vietnamese.collation import _Collator
from giaoban.vietnamese.syllables import toneless_syllables

from .samples import TONES

ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
sort_key("đảng")  # opens the connection here, so that no property is timed with it

syllables = st.builds(
    lambda toneless, tone: (toneless, tone),
    st.sampled_from(sorted(toneless_syllables())),
    st.sampled_from(range(6)),
)


def written(toneless: str, tone: int) -> str:
    """Write a syllable with its tone on the first vowel that takes one; the place is no matter."""
    at = next(i for i, letter in enumerate(toneless) if letter in "aăâeêioôơuưy")
    return nfc(toneless[: at + 1] + TONES[tone] + toneless[at + 1 :])


def by_the_book(words: list[tuple[str, int]]) -> list[tuple[list[int], int]]:
    """The dictionary's rule, told without ICU: letters by the alphabet, then the tone."""
    return [([ALPHABET.index(letter) for letter in toneless], tone) for toneless, tone in words]


@given(st.lists(st.lists(syllables, min_size=1, max_size=4), min_size=2, max_size=6))
def test_order_is_the_dictionarys(phrases: list[list[tuple[str, int]]]) -> None:
    texts = {" ".join(written(*s) for s in phrase): by_the_book(phrase) for phrase in phrases}
    assert sorted(texts, key=sort_key) == sorted(texts, key=lambda t: (texts[t], t))


@given(st.text(max_size=12), st.text(max_size=12))
def test_keys_are_equal_for_equal_texts_only(one: str, other: str) -> None:
    assert (sort_key(one) == sort_key(other)) == (nfc(one) == nfc(other))


def in_order(*texts: str) -> bool:
    shuffled = random.Random(9).sample(texts, len(texts))
    return sorted(shuffled, key=sort_key) == list(texts)


def test_syllables_decide_before_later_syllables() -> None:
    assert in_order("ba", "ba thứ", "ba xã", "bà thứ", "bà xã")


def test_tones_in_the_order_of_icu() -> None:
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ")


def test_letters_before_tones_and_d_before_its_stroke() -> None:
    assert in_order("dạ", "dân", "đa", "đà", "đẹp", "em", "ê", "ông", "ơn", "ưa", "xa")


def test_case_decides_last() -> None:
    assert in_order("ba thứ", "Ba thứ", "BA thứ", "ba xã")


def test_numbers_go_by_value() -> None:
    assert in_order("Chi bộ 1", "Chi bộ 2", "Chi bộ 10", "Chi bộ 10A", "Chi bộ 100", "Chi bộ Ao")
    assert in_order("Chi bộ 02", "Chi bộ 10", "Chi bộ 011")
    assert in_order("9", "12345678", "123456789", "1234567890", "12345678901", "9" * 30)


def test_both_tone_placements_are_one_syllable() -> None:
    assert in_order("h\u00f2a an", "ho\u00e0 ấm", "h\u00f2a bình")


def test_decomposed_text_has_the_same_key() -> None:
    assert sort_key(unicodedata.normalize("NFD", "Nguyễn")) == sort_key("Nguyễn")


def test_bulk_keys_are_the_single_keys() -> None:
    texts = ["Đảng", "đang", "", "Đảng", "chi bộ 7", "漢", "a\x00b", "  hai  "]
    assert sort_keys(texts) == [sort_key(text) for text in texts]
    assert sort_keys([]) == []


NAMES = ["Trần An", "Lê Thị An", "Bùi Văn An", "Nguyễn Văn An", "Phạm Ánh", "Vũ Thị Ân", "Đỗ Bảo"]


def test_people_by_given_then_middle_then_family_name() -> None:
    backwards = NAMES[::-1]
    backwards.sort(key=name_sort_key)
    assert backwards == NAMES


def test_people_by_given_then_family_then_middle_name() -> None:
    order = NameOrder.GIVEN_FAMILY_MIDDLE
    keys = name_sort_keys(NAMES, order)
    found = [name for _, name in sorted(zip(keys, NAMES, strict=True))]
    assert found[:4] == ["Bùi Văn An", "Lê Thị An", "Nguyễn Văn An", "Trần An"]
    assert found[4:] == NAMES[4:]
    assert keys[0] == name_sort_key(NAMES[0], order)


def test_the_split_decides_not_the_string() -> None:
    by_convention = split_name("Nguyễn Thị Minh Khai")
    two_syllables = split_name("Nguyễn Thị Minh Khai", given="Minh Khai")
    kha, minh = split_name("Lê Kha"), split_name("Lê Minh")
    people = [two_syllables, minh, by_convention, kha]
    assert sorted(people, key=name_sort_key) == [kha, by_convention, minh, two_syllables]


def test_a_part_ends_before_a_longer_one() -> None:
    assert name_sort_key("Vũ An") < name_sort_key(split_name("Đỗ An Bình", given="An Bình"))


def test_an_empty_name_has_no_key() -> None:
    with pytest.raises(NameEmpty):
        name_sort_key(" ")


@pytest.mark.parametrize(
    ("text", "letter"),
    [("ánh", "A"), ("Ân", "Â"), ("đỗ", "Đ"), ("Ưng", "Ư"), ("Trúc", "T"), ("7", "#"), ("", "#")],
)
def test_initial(text: str, letter: str) -> None:
    assert initial(text) == letter


def test_stored_keys_hold_while_the_collation_is_this_one() -> None:
    """When this fails DuckDB brought another ICU: keys stored earlier must be computed anew."""
    assert collation_fingerprint() == "0a1ee09b3467"


def test_threads_share_one_collator() -> None:
    collator = _Collator()
    words = sorted(toneless_syllables())[:600]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(collator.weights, [words[n:] for n in range(0, 400, 10)]))
    assert all(answer[words[-1]] == collator.weights(words)[words[-1]] for answer in answers)


def test_the_cache_stays_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("giaoban.vietnamese.collation._CACHED_SYLLABLES", 10)
    collator = _Collator()
    first = collator.weights(["ba"])["ba"]
    for number in range(40):
        assert collator.weights(["ba", f"x{number}"])["ba"] == first
        assert len(collator._known) <= 12


def test_a_forked_child_sorts_too() -> None:
    script = (
        "import os, sys; from giaoban.vietnamese import sort_key; key = sort_key('Đảng')\n"
        "child = os.fork()\n"
        "if child == 0: sys.exit(0 if sort_key('Đảng') == key and sort_key('bộ') else 1)\n"
        "sort_key('huyện')\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=20).returncode == 0


def test_importing_the_floor_brings_neither_duckdb_nor_django() -> None:
    script = (
        "import sys, giaoban.vietnamese; sys.exit(bool({'duckdb', 'django'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", script], timeout=20).returncode == 0
