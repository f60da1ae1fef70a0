"""The pieces of the look are drawn, in both languages, and keep the strict policy."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.template.backends.django import DjangoTemplates
from django.test import RequestFactory
from django.utils import translation

from giaoban import browser, desk
from giaoban.browser.templatetags import written as tags
from tests.desk.gallery_samples import context

HOME = Path(desk.__file__).parent
LOOK = Path(browser.__file__).parent / "static/look"


@pytest.fixture
def engine() -> Engine:
    """The desk's templates, without its settings and pages."""
    options = {
        "libraries": {
            "desk": "giaoban.desk.templatetags.desk",
            "django_htmx": "django_htmx.templatetags.django_htmx",
            "i18n": "django.templatetags.i18n",
            "static": "django.templatetags.static",
        }
    }
    return DjangoTemplates(
        {
            "NAME": "look",
            "DIRS": [HOME / "templates"],
            "APP_DIRS": False,
            "OPTIONS": options,
        }
    ).engine


@pytest.fixture(params=["vi", "en"])
def page(engine: Engine, request: pytest.FixtureRequest, settings: object) -> str:
    settings.STATIC_URL = "/static/"  # type: ignore[attr-defined]
    settings.ROOT_URLCONF = "tests.desk.gallery_samples"  # type: ignore[attr-defined]
    sent = RequestFactory().get("/to-chuc/?q=an&page=2")
    with translation.override(request.param):
        template = engine.get_template("desk/gallery.html")
        return template.render(Context({"request": sent, **context()}))


class Reader(HTMLParser):
    """Reads a page's tags and complains about one that is closed before what stands in it."""

    VOID = frozenset(["meta", "link", "input", "br", "hr", "img", "source"])

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.attributes: set[str] = set()
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.attributes |= set(found)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "script":
            self.scripts.append(str(found.get("src")))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes |= {name for name, _ in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        assert not (data.strip() and self.open[-1:] == ["script"]), "an inline script"


def test_the_gallery_is_well_formed_and_keeps_the_policy(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert "style" not in reader.attributes
    assert not [name for name in reader.attributes if name.startswith(("on", "hx-on"))]
    assert all(source.startswith("/static/") for source in reader.scripts)
    assert len(reader.ids) == len(set(reader.ids))


def test_what_is_described_or_named_by_an_id_has_it(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    named = re.findall(r'(?:aria-describedby|aria-labelledby|for|popovertarget)="([^"]+)"', page)
    assert {one for names in named for one in names.split()} <= set(reader.ids)


def test_one_red_button_a_page(page: str) -> None:
    assert page.count("btn first") == 1


def test_the_style_sheets_name_only_tokens_that_exist() -> None:
    sheets = "".join(
        file.read_text() for file in [LOOK / "look.css", *(HOME / "static/desk").glob("*.css")]
    )
    set_, used = re.findall(r"(--[\w-]+):", sheets), re.findall(r"var\((--[\w-]+)\)", sheets)
    assert set(used) <= set(set_)


def test_every_icon_that_is_asked_for_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="(\w+)"', (LOOK / "icons.svg").read_text()))
    pages = "".join(file.read_text() for file in (HOME / "templates").rglob("*.html"))
    assert set(re.findall(r'{% icon "(\w+)"', pages)) <= drawn


def test_numbers_are_written_the_vietnamese_way_in_both_languages() -> None:
    for language in ("vi", "en"):
        with translation.override(language):
            assert tags.number(1234567) == "1.234.567"
            assert tags.number(None) == "–"
            assert [tags.signed(n) for n in (13, -9, 0, None)] == ["+13", "−9", "0", "–"]
            assert tags.signed(Decimal("0.04"), 1) == "0,0"
            assert tags.percent(Fraction(134, 250)) == "53,6%"
            assert tags.percent(Decimal("53.6")) == "53,6%"
            assert tags.percent(None) == "–"


def test_per_cent_of_a_plain_number_is_refused() -> None:
    with pytest.raises(TypeError, match="neither a share nor per cent"):
        tags.percent(1)  # type: ignore[arg-type]


def test_days_and_moments() -> None:
    late = datetime(2018, 10, 28, 18, 11, tzinfo=UTC)
    assert tags.day(date(2018, 10, 9)) == "09/10/2018"
    assert tags.day(late) == "29/10/2018"
    assert tags.moment(late) == "01:11 29/10/2018"
    assert tags.day(None) == tags.moment(None) == "–"


def test_digests_keep_both_ends() -> None:
    assert tags.digest(bytes.fromhex("c41d77aa90be")) == "c41d…90be"
    assert tags.digest("c41d77aa") == "c41d77aa"
    assert tags.digest(None) == "–"


def test_an_address_changes_in_parts() -> None:
    sent = RequestFactory().get("/?unit=3&unit=5&page=4&sort=name")
    at = Context({"request": sent})
    assert tags.query(at, page=5) == "?unit=3&unit=5&page=5&sort=name"
    assert tags.query(at, sort="-name") == "?unit=3&unit=5&sort=-name"
    assert tags.query(at, unit=[7], sort=None) == "?unit=7"
