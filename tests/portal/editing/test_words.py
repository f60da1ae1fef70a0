"""Wagtail's screens in the office's Vietnamese: complete, and in the words of the house."""

from __future__ import annotations

import gettext
import io
import re
import runpy
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

import django
import pytest
import taggit
import wagtail
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

import giaoban
from tests.test_messages import NEW_TONES, UNWANTED_VI, many, name_of

PACKAGE = Path(giaoban.__file__).parent
WORDS = settings.WAGTAIL_WORDS
DOMAINS = ("django", "djangojs")
WAGTAIL = Path(wagtail.__file__).parent
# Whose strings an editor may meet: the apps of the portal's settings that bring a catalogue.
SHIPPED = (
    WAGTAIL, *(WAGTAIL / app for app in (
        "admin", "images", "documents", "snippets", "users", "sites", "search", "embeds",
        "contrib/redirects", "contrib/settings", "contrib/table_block", "contrib/typed_table_block",
    )), Path(taggit.__file__).parent,
)  # fmt: skip
NAMED, BRACED = re.compile(r"%\(\w+\)[sd]|%[sd]"), re.compile(r"\{\w*\}")
TAGS = re.compile(r"</?[a-z]+\b[^>]*>")
NUMBERS = ("num", "count", "total", "number", "objects", "items")
# Beside what the house doesn't say anywhere: words that Wagtail's own Vietnamese uses.
UNWANTED_HERE = re.compile(
    r"\b(OK|đồng ý|tác vụ|luồng công việc|chỉnh sửa thành|của bạn|người dùng|thu hồi xuất bản"
    r"|hình ảnh|slug|hủy bỏ|lỗi)(?!\w)",
    re.IGNORECASE,
)

Key = tuple[str, str | None]


def catalogue(folder: Path, language: str, domain: str) -> Catalog:
    path = folder / language / "LC_MESSAGES" / f"{domain}.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, locale=language)


@cache
def ours(domain: str) -> Catalog:
    return catalogue(WORDS, "vi", domain)


def messages(found: Catalog) -> list[Message]:
    return [message for message in found if message.id]


def key(message: Message) -> Key:
    return many(message.id)[0], message.context


def spoken() -> list[tuple[str, str]]:
    """Every (Vietnamese, English) pair of our catalogues."""
    return [
        (many(message.string)[0], many(message.id)[0])
        for domain in DOMAINS for message in messages(ours(domain))
    ]  # fmt: skip


@cache
def not_shown() -> frozenset[str]:
    told = tomllib.loads((WORDS / "not_shown.toml").read_text(encoding="utf-8"))
    return frozenset(msgid for part in told.values() for msgid in part["msgids"])


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_string_of_wagtail_is_said_or_nowhere_shown(domain: str) -> None:
    shipped: set[Key] = set()
    for app in SHIPPED:
        shipped |= {key(message) for message in messages(catalogue(app / "locale", "en", domain))}
    assert len(shipped) > (1500 if domain == "django" else 80)
    said = {key(message) for message in messages(ours(domain))}
    wanted = {one for one in shipped if one[0] not in not_shown() or domain == "djangojs"}
    assert wanted - said == set()
    assert said - shipped - {key(message) for message in django_says()} == set(), "said no more"
    left = {one[0] for one in shipped}
    assert domain == "djangojs" or not_shown() <= left, "Wagtail says it no more"


# What Django says of what is typed into forms, and of how long ago something was.
OF_FORMS = ("forms/", "core/validators", "core/paginator", "utils/timesince", "utils/text")
# Said by fields that no form of the portal has, or by programs to each other.
NO_FIELD = re.compile(r"^:|UUID|JSON|protocol|IPv|min_days|parent instance|%\(pk\)s|lookup|offset")


def django_says() -> list[Message]:
    return messages(catalogue(Path(django.__file__).parent / "conf" / "locale", "en", "django"))


def test_what_django_says_of_forms_is_in_the_words_of_the_house_too() -> None:
    theirs = {
        key(message): many(message.string)[0]
        for message in messages(
            catalogue(Path(django.__file__).parent / "conf" / "locale", "vi", "django")
        )
        if not message.fuzzy
    }
    said = {key(message) for message in messages(ours("django"))}
    of_forms = [
        message for message in django_says()
        if any(path.startswith(OF_FORMS) for path, _line in message.locations)
        and not NO_FIELD.search(many(message.id)[0])
    ]  # fmt: skip
    assert len(of_forms) > 50
    for message in of_forms:
        if key(message) not in said:
            vietnamese = theirs.get(key(message), "")
            assert vietnamese.strip(), name_of(message)
            assert not UNWANTED_VI.search(vietnamese), f"{name_of(message)}: {vietnamese}"


def test_what_is_not_shown_is_not_said_either_and_has_a_reason() -> None:
    told = tomllib.loads((WORDS / "not_shown.toml").read_text(encoding="utf-8"))
    assert all(len(part["why"]) > 30 for part in told.values())
    assert not_shown() & {one for one, _context in map(key, messages(ours("django")))} == set()


def test_a_plural_has_one_form_and_nothing_is_empty_or_a_guess() -> None:
    for domain in DOMAINS:
        assert ours(domain).num_plurals == 1
        for message in messages(ours(domain)):
            assert not message.fuzzy, name_of(message)
            assert len(many(message.string)) == 1, name_of(message)
            assert many(message.string)[0].strip(), name_of(message)


def test_placeholders_and_markup_are_kept() -> None:
    for domain in DOMAINS:
        for message in messages(ours(domain)):
            vietnamese = many(message.string)[0]
            # Of a plural either form may leave the number out.
            forms = [sorted(set(NAMED.findall(form))) for form in many(message.id)]
            assert sorted(set(NAMED.findall(vietnamese))) == forms[-1], name_of(message)
            braced = sorted(BRACED.findall(many(message.id)[0]))
            assert sorted(BRACED.findall(vietnamese)) == braced, name_of(message)
            marked = sorted(TAGS.findall(many(message.id)[-1]))
            assert sorted(TAGS.findall(vietnamese)) == marked, name_of(message)


def test_spaces_at_the_ends_are_kept() -> None:
    for vietnamese, english in spoken():
        for side in (str.lstrip, str.rstrip):
            assert (side(vietnamese) == vietnamese) == (side(english) == english), english
        assert "  " not in vietnamese


def test_the_words_of_the_house() -> None:
    for vietnamese, english in spoken():
        # "Bạn đọc" is no address but who reads.
        bare = re.sub(r"(?i)bạn đọc|\[my-slug\]", "", TAGS.sub("", NAMED.sub("", vietnamese)))
        assert unicodedata.is_normalized("NFC", vietnamese)
        assert not NEW_TONES.search(bare), vietnamese
        assert not UNWANTED_VI.search(bare), vietnamese
        assert not UNWANTED_HERE.search(bare), f"{english}: {vietnamese}"


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [("Publish", "Đăng"), ("Unpublish", "Gỡ"), ("Save draft", "Lưu nháp"), ("Approve", "Duyệt"),
     ("Submit for moderation", "Trình duyệt"), ("Schedule to publish", "Hẹn giờ đăng"),
     ("Request changes", "Trả lại để sửa"), ("Alt text", "Mô tả ảnh"), ("Title", "Tiêu đề"),
     ("Search", "Tìm"), ("Filter", "Lọc"), ("Back", "Quay lại"), ("Cancel", "Quay lại"),
     ("Undo", "Hoàn tác")],
)  # fmt: skip
def test_the_chief_acts_are_called_as_the_language_guide_says(
    english: str, vietnamese: str
) -> None:
    found = ours("django").get(english)
    assert found is not None
    assert found.string == vietnamese


def test_a_number_is_bound_to_its_noun() -> None:
    loose = re.compile(rf"%\((?:{'|'.join(NUMBERS)}\w*)\)[sd] [a-zà-ỹđ]")
    assert [vi for vi, _en in spoken() if loose.search(vi)] == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_is_that_of_the_source(domain: str) -> None:
    compiled = WORDS / "vi" / "LC_MESSAGES" / f"{domain}.mo"
    assert compiled.exists(), "run: .venv/bin/pybabel compile -d giaoban/portal/editing/locale"
    fresh = io.BytesIO()
    write_mo(fresh, ours(domain))
    fresh.seek(0)
    with compiled.open("rb") as file:
        there, wanted = gettext.GNUTranslations(file), gettext.GNUTranslations(fresh)
    compared = [
        {said: one for said, one in vars(found)["_catalog"].items() if said}  # but the date of it
        for found in (there, wanted)
    ]
    assert compared[0] == compared[1]


# One msgid, two meanings: here Wagtail's words stand before the house's. The title of a block is
# one in Wagtail's sense; the house's is the abstract of a document.
IN_WAGTAILS_SENSE = {("title", None)}


def _used_at_the_portal() -> set[Key]:
    """What the portal's own pages and the floors below the doors say."""
    in_template = runpy.run_path(str(PACKAGE.parent / "tools" / "messages"))["in_template"]
    found: set[Key] = set()
    # What this slice lays over Wagtail's templates speaks with Wagtail's words.
    pages = (PACKAGE / "portal").glob("**/templates/**/*.html")
    for path in (path for path in pages if "wagtailadmin" not in path.parts):
        for said, context in in_template(path.read_text(encoding="utf-8")):
            found.add((many(said)[0], context))
    call = re.compile(r"""(?:\b_|gettext(?:_lazy)?)\(\s*"((?:[^"\\]|\\.)+)"\s*\)""")
    for path in (PACKAGE / "portal").rglob("*.py"):
        found |= {(said, None) for said in call.findall(path.read_text(encoding="utf-8"))}
    for path in (PACKAGE / "reports").rglob("*.py"):
        if path.name != "models.py":  # names of columns, which only the desk shows
            found |= {(said, None) for said in call.findall(path.read_text(encoding="utf-8"))}
    return found


def test_no_page_of_the_house_says_a_word_of_wagtails_in_another_sense() -> None:
    house = catalogue(PACKAGE / "locale", "vi", "django")
    theirs = {key(message): many(message.string)[0] for message in messages(ours("django"))}
    used = _used_at_the_portal()
    assert len(used) > 50
    differ = {
        one: (many(found.string)[0], theirs[one])
        for found in messages(house)
        if (one := key(found)) in theirs and one in used - IN_WAGTAILS_SENSE
        and many(found.string)[0] not in ("", theirs[one])
    }  # fmt: skip
    assert differ == {}, "give the message of the house a context"
