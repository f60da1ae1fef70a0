"""Searching names by walking along the dictionary finds what looking at every name would find."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest

from giaoban import vietnamese
from giaoban.journal.queries import AsOf, head
from giaoban.journal.sql import fetch
from giaoban.ledger.corrections import reverse_entry
from giaoban.people import finding, name_keys, spellings
from giaoban.people.actions import NewPerson, erase_person, register_persons, rename_person
from giaoban.people.checks import names_are_in_the_dictionary
from giaoban.people.finding import search_by_name
from giaoban.people.queries import names_of
from tests.world import DECISION, World

MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)
FAMILIES = ("Nguyễn", "Trần", "Lê", "Đỗ", "Tôn Nữ", "")
MIDDLES = ("Văn", "Thị", "Thị Thu", "Ánh", "Hoàng", "")
GIVEN = ("An", "Anh", "Ánh", "Ân", "Hoa", "Hòa", "Ho\u00e0", "Hoàng", "H’Hen", "Thanh", "Thành",
         "Ý")  # fmt: skip
PLAIN = ("", "a", "anh", "hoa", "hòa", "ÁNH", "nguyen", "nguyễn v", "n v", "thi thu", "thi a", "%",
         "_", "\\", "h'h", "y", "thu  anh", "khong ai")  # fmt: skip


@pytest.fixture
def crowd(world: World) -> list[int]:
    """Namesakes and others; some are called otherwise later, or were by mistake, or are erased."""
    rng = random.Random(7)

    def name() -> str:
        parts = rng.choice(FAMILIES), rng.choice(MIDDLES), rng.choice(GIVEN)
        return " ".join(filter(None, parts))

    people = register_persons([NewPerson(name(), on=MARCH) for _ in range(70)], by=world.by(MARCH))
    for person in people[:12]:
        rename_person(person, name(), on=JUNE, by=world.by(JUNE))
    for person in people[6:12]:
        back = rename_person(person, name(), on=JUNE, by=world.by())
        reverse_entry(back, reason="nhầm", by=world.by())
    for person in people[12:15]:
        erase_person(person, basis=DECISION, by=world.by())
    return people


def looked_for(text: str, people: list[int], as_of: AsOf) -> list[str | None]:
    """The names that hold a text, found by looking at each."""
    exact, folded = vietnamese.nfc(text).lower(), vietnamese.fold(text)
    found = [
        (" ".join(exact.split()) not in (name.full or "").lower(),
         vietnamese.name_sort_key(
             vietnamese.PersonalName(name.full, name.family or "", name.middle or "",
                                     name.given or "")),
         person, name.full)
        for person, name in names_of(people, as_of).items()
        if name.full is not None and folded in vietnamese.fold(name.full)
    ]  # fmt: skip
    return [full for *_order, full in sorted(found)]


def texts(people: list[int], as_of: AsOf) -> Iterator[str]:
    """Parts of their names, as they are and without marks, and what is in none."""
    yield from PLAIN
    rng = random.Random(11)
    names = [name.full for name in names_of(people, as_of).values() if name.full]
    for _ in range(16):
        full = rng.choice(names)
        start, end = sorted(rng.sample(range(len(full) + 1), 2))
        part = full[start:end].strip()
        yield rng.choice((part, vietnamese.fold(part), part.upper()))


@pytest.mark.parametrize(("many_words", "step"), [(48, 1000), (48, 2), (1, 5), (0, 3)])
def test_what_is_found_and_in_which_order(
    crowd: list[int], monkeypatch: pytest.MonkeyPatch, many_words: int, step: int
) -> None:
    """On both days, whether it walks from words or along all, in steps of whatever length."""
    monkeypatch.setattr(finding, "MANY_WORDS", many_words)
    monkeypatch.setattr(finding, "LONGEST_STEP", step)
    for on in (MARCH, JUNE):
        as_of = AsOf(on, head().number)
        for text in texts(crowd, as_of):
            wanted = looked_for(text, crowd, as_of)
            for limit in (3, 100):
                found = [name.full for name in search_by_name(text, as_of, limit)]
                assert found == wanted[:limit], (text, on, limit)


def test_a_step_reads_no_more_than_it_is_asked_for(crowd: list[int]) -> None:
    steps = list(finding.candidates(finding.Sought.of("an"), 4))
    assert len(steps) > 2
    assert len(steps[0].met) == 4
    assert 4 < len(steps[1].met) <= 12
    assert [step.more for step in steps[-2:]] == [True, False]


def test_the_dictionary_holds_what_somebody_bears(world: World, crowd: list[int]) -> None:
    """An erasure takes a spelling with its last bearer, and its words; made anew it is the same."""
    assert names_are_in_the_dictionary().faults == []
    [first, second] = register_persons(
        [NewPerson("Vi Lạ Hoắc"), NewPerson("Vi Lạ Hoắc")], by=world.by()
    )
    before = _dictionary()
    erase_person(first, basis=DECISION, by=world.by())
    assert _dictionary() == before
    erase_person(second, basis=DECISION, by=world.by())
    assert {word for word, *_ in before} - {word for word, *_ in _dictionary()} == {
        "vi", "lạ", "hoắc",
    }  # fmt: skip
    before = _dictionary()
    fetch("DELETE FROM people_spelling WHERE folded LIKE 'nguyen%%' RETURNING 1")
    assert spellings.incomplete()
    spellings.rebuild()
    assert _dictionary() == before
    name_keys.rebuild()
    assert _dictionary() == before
    assert not spellings.incomplete()


def _dictionary() -> set[tuple[str, int, str, str]]:
    """(word, in how many spellings, spelling, its fold)."""
    rows = fetch(
        "SELECT w.lowered, w.spellings, s.lowered, s.folded FROM people_nameword AS w"
        " LEFT JOIN people_wordspelling AS p ON p.word_id = w.id"
        " LEFT JOIN people_spelling AS s ON s.sort_key = p.sort_key"
    )
    return {(word, times, spelling, folded) for word, times, spelling, folded in rows}
