"""Every refusal reads well in both languages; the texts keep the house's voice."""

import re
import unicodedata
from string import Formatter

import pytest

from giaoban.periods import BadPeriod, due_rules, regimes, terms

KINDS = sorted(BadPeriod.__subclasses__(), key=lambda kind: kind.code)

# Old tone placement: hòa, thủy; the guide's own lint.
NEW_TONES = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
PRONOUNS = re.compile(r"\b(bạn|anh|chị|quý khách|chúng tôi|đồng chí)\b", re.IGNORECASE)


def fields(template: str) -> set[str]:
    """The names that fill a template, without the language they are in."""
    return {
        name.removesuffix("_vi").removesuffix("_en")
        for _, name, _, _ in Formatter().parse(template)
        if name
    }


def test_codes_are_distinct() -> None:
    assert len({kind.code for kind in KINDS}) == len(KINDS)


@pytest.mark.parametrize("kind", [BadPeriod, *KINDS], ids=lambda kind: kind.code)
def test_both_languages_say_the_same_facts_in_two_sentences(kind: type[BadPeriod]) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)+", kind.code)
    assert fields(kind.vi) == fields(kind.en)
    for text in (kind.vi, kind.en):
        assert text.endswith(".")
        assert len(re.findall(r"\.(?= |$)", text)) <= 2


def texts() -> list[str]:
    """All Vietnamese text of this floor that a person may read."""
    rules = [*regimes(), *due_rules(), *terms()]
    notes = [rule.note_vi for regime in regimes() for rule in regime.kinds]
    return (
        [kind.vi for kind in [BadPeriod, *KINDS]]
        + [text for rule in rules for text in (rule.title_vi, rule.note_vi, rule.legal_basis)]
        + notes
    )


@pytest.mark.parametrize("text", texts())
def test_the_voice_of_the_house(text: str) -> None:
    assert text == unicodedata.normalize("NFC", text)
    assert not NEW_TONES.search(text)
    assert not PRONOUNS.search(text)
    assert not re.search(r"!|Lỗi|Rất tiếc|không hợp lệ", text)
