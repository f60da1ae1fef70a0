"""What people read: every message in both languages, in the words and voice of the office."""

from __future__ import annotations

import ast
import gettext
import importlib
import io
import pkgutil
import re
import runpy
import string
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils import translation

import giaoban
from giaoban import database
from giaoban.cli import main
from giaoban.journal.errors import NAMES_SHOWN, RuleBroken
from giaoban.periods import BadPeriod
from giaoban.vietnamese import BadText

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "giaoban"
PO = PACKAGE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
MO = PO.with_suffix(".mo")

# Tone marks stand as in hòa, khóa, thủy, and not on the vowel after.
NEW_TONES = re.compile(r"(?<!q)(o[àáảãạèéẻẽẹ]|u[ỳýỷỹỵ])(?!\w)", re.IGNORECASE)
UNWANTED_VI = re.compile(
    r"!|\b(bạn(?! đọc)|quý khách|chúng tôi|anh/chị|thành công|không hợp lệ|rất tiếc|lỗi:|lỗi)(?!\w)"
    r"|\b(giao dịch|bản ghi|sổ cái|người dùng|xuất bản|kiểm duyệt|sát nhập|giải tán)(?!\w)"
    r"|\b(kết nạp|tăng|giảm) 0\b",
    re.IGNORECASE,
)
UNWANTED_EN = re.compile(
    r"!|\b(sorry|please|oops|invalid|success(ful|fully)?|error:|you|your)\b", re.IGNORECASE
)
ASKING = re.compile(r"\b(xin|mời)\b", re.IGNORECASE)
SENTENCE_ENDS = (".", ":", "…")


def _catalogue() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="vi")


CATALOGUE = _catalogue()
MESSAGES: list[Message] = [message for message in CATALOGUE if message.id]


def many(said: str | Iterable[str]) -> tuple[str, ...]:
    """The forms of a message: one, or one for each number."""
    return (said,) if isinstance(said, str) else tuple(said)


def name_of(message: Message) -> str:
    """A message as a failure names it."""
    return many(message.id)[0][:60]


def slots(template: str) -> set[str]:
    """The names in braces."""
    parsed = string.Formatter().parse(template)
    return {re.split(r"[.\[]", name)[0] for _text, name, _spec, _conversion in parsed if name}


# The catalogue


def test_every_message_of_the_source_is_in_the_catalogue_and_no_other() -> None:
    extract: Callable[[], Catalog] = runpy.run_path(str(ROOT / "tools" / "messages"))["extracted"]
    wanted = {(many(message.id), message.context) for message in extract() if message.id}
    there = {(many(message.id), message.context) for message in MESSAGES}
    assert wanted - there == set(), "run: .venv/bin/python tools/messages, then translate"
    assert there - wanted == set(), "run: .venv/bin/python tools/messages"


def test_nothing_in_the_catalogue_is_left_over_or_a_guess() -> None:
    assert not CATALOGUE.obsolete
    assert [name_of(message) for message in MESSAGES if message.fuzzy] == []
    assert [name_of(message) for message in MESSAGES if not all(many(message.string))] == []


def test_both_languages_fill_the_same_slots() -> None:
    for message in MESSAGES:
        wanted = slots(many(message.id)[0])
        for said in (*many(message.id), *many(message.string)):
            assert slots(said) == wanted, name_of(message)


def test_a_sentence_ends_like_its_twin() -> None:
    for message in MESSAGES:
        english, vietnamese = many(message.id)[0], many(message.string)[0]
        for end in SENTENCE_ENDS:
            assert english.endswith(end) == vietnamese.endswith(end), name_of(message)


def test_the_compiled_catalogue_is_that_of_the_source(tmp_path: Path) -> None:
    assert MO.exists(), "run: .venv/bin/pybabel compile -d giaoban/locale -D django"
    fresh = io.BytesIO()
    write_mo(fresh, CATALOGUE)
    fresh.seek(0)
    with MO.open("rb") as file:
        compiled, wanted = gettext.GNUTranslations(file), gettext.GNUTranslations(fresh)
    for message in MESSAGES:
        one, *_more = many(message.id)
        if isinstance(message.id, str) and message.context:
            told = (message.context, one)
            assert compiled.pgettext(*told) == wanted.pgettext(*told) == message.string
        elif isinstance(message.id, str):
            assert compiled.gettext(one) == wanted.gettext(one) == message.string
        elif message.context:
            told = compiled.npgettext(message.context, *message.id, 2)
            assert told == many(message.string)[0]
        else:
            assert compiled.ngettext(*message.id, 2) == many(message.string)[0]


# The voice


def spoken() -> Iterator[tuple[str, str]]:
    """Every (Vietnamese, English) pair that the office reads."""
    for message in MESSAGES:
        yield from zip(many(message.string), many(message.id), strict=False)
    for error in (*all_below(BadText), *all_below(BadPeriod)):
        yield error.vi, error.en
    yield from main.COMMANDS.values()
    yield from database.TEXTS.values()


def all_below(base: type) -> list[type]:
    """A class and all classes below it."""
    return [base, *(cls for child in base.__subclasses__() for cls in all_below(child))]


def test_vietnamese_is_composed_and_its_tones_stand_as_in_hòa() -> None:
    assert unicodedata.is_normalized("NFC", PO.read_text(encoding="utf-8"))
    for vi, _en in spoken():
        assert unicodedata.is_normalized("NFC", vi)
        assert not NEW_TONES.search(vi), vi


def test_the_voice_of_the_house() -> None:
    assert [vi for vi, _en in spoken() if UNWANTED_VI.search(vi)] == []
    # Public pages ask their readers (Xin, Mời); the office doesn't ask, it says.
    office = [en for vi, en in spoken() if not ASKING.search(vi)]
    assert [en for en in office if UNWANTED_EN.search(en)] == []


def test_no_doubled_or_hanging_spaces() -> None:
    for pair in spoken():
        for said in pair:
            assert said == said.strip()
            assert "  " not in said.replace("{code}  {name}", "{code} {name}"), said


# Refusals


@cache
def refusals() -> list[type[RuleBroken]]:
    """Every refusal of the house, whichever floor it stands on."""
    for found in pkgutil.walk_packages(giaoban.__path__, "giaoban."):
        if ".migrations" not in found.name and not found.name.endswith(".wsgi"):
            importlib.import_module(found.name)
    ours = {cls for cls in all_below(RuleBroken)[1:] if cls.__module__.startswith("giaoban.")}
    return sorted(ours, key=lambda cls: (cls.code, cls.__module__))


@pytest.fixture
def compiled(tmp_path: Path, settings) -> None:
    """The catalogue as it stands in the source, compiled."""
    folder = tmp_path / "vi" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]


def rendered(refused: RuleBroken, language: str) -> str:
    with translation.override(language):
        return str(refused)


def test_every_refusal_reads_in_both_languages(compiled: None) -> None:
    for cls in refusals():
        with translation.override("en"):
            wanted = slots(str(cls.message))
        refused = cls(**dict.fromkeys(wanted, "Xã Cẩm Yên"))
        vi, en = rendered(refused, "vi"), rendered(refused, "en")
        for said in (vi, en):
            assert said
            assert "{" not in said, cls
            assert "}" not in said, cls
        if en.replace("Xã Cẩm Yên", "").strip(" :."):
            assert vi != en, f"{cls.__name__} says the same in both languages"


def test_every_refusal_has_a_code_in_snake_case() -> None:
    for cls in refusals():
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", cls.code), cls
        assert "code" in vars(cls), cls
        assert "message" in vars(cls), cls


def test_a_refusal_is_two_sentences_at_most(compiled: None) -> None:
    for cls in refusals():
        for language in ("vi", "en"):
            said = rendered(cls(**dict.fromkeys(slots(str(cls.message)), "x")), language)
            assert len(re.findall(r"[\w”)]\.(?: |$)", said)) <= 2, said


def test_long_lists_are_cut_in_both_languages(compiled: None) -> None:
    cls = next(cls for cls in refusals() if cls.code == "members_unplaced")
    names = [f"Đảng viên {n}" for n in range(NAMES_SHOWN + 7)]
    refused = cls(k=len(names), names=names)
    assert names[NAMES_SHOWN] not in rendered(refused, "vi")
    assert "và 7" in rendered(refused, "vi")
    assert "and 7 more" in rendered(refused, "en")


def _raised() -> Iterator[tuple[str, int, str, set[str]]]:
    """(file, line, name of the class, keywords) wherever the source makes a refusal."""
    names = {cls.__name__ for cls in refusals()}
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            keywords = {word.arg for word in node.keywords}
            if node.func.id in names and None not in keywords:
                shown = str(path.relative_to(ROOT))
                yield shown, node.lineno, node.func.id, {str(word) for word in keywords}


def test_whoever_refuses_fills_every_slot() -> None:
    wanted: dict[str, list[set[str]]] = {}
    with translation.override("en"):
        for cls in refusals():
            wanted.setdefault(cls.__name__, []).append(slots(str(cls.message)))
    raised = list(_raised())
    assert len(raised) > len(wanted) // 2
    missing = [
        (file, line, name)
        for file, line, name, keywords in raised
        if not any(needed <= keywords for needed in wanted[name])
    ]
    assert missing == []


@pytest.mark.parametrize(
    "error", [*all_below(BadText), *all_below(BadPeriod)], ids=lambda cls: cls.__name__
)
def test_refusals_of_the_lowest_floors_say_the_same_twice(
    error: type[BadText] | type[BadPeriod],
) -> None:
    def needed(template: str, own: str) -> set[str]:
        return {name.removesuffix(own) for name in slots(template)}

    assert error.vi.strip()
    assert error.en.strip()
    assert needed(error.vi, "_vi") == needed(error.en, "_en")


# Commands


def test_commands_have_both_languages_and_exist() -> None:
    files = {path.stem for path in PACKAGE.glob("**/management/commands/*.py")} - {"__init__"}
    assert set(main.COMMANDS) - files == set()
    for vi, en in main.COMMANDS.values():
        assert vi.strip()
        assert en.strip()
        assert vi != en


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_overview_names_every_command(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIAOBAN_LANGUAGE", language)
    said = main.overview()
    assert all(f"  {name} " in said for name in main.COMMANDS)
    assert unicodedata.is_normalized("NFC", said)
    assert not (UNWANTED_VI if language == "vi" else UNWANTED_EN).search(said)
