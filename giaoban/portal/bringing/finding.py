"""The article in a saved page: by what portals call its parts, and by where these stand.

Where the article's text is, readability finds: on pages of four layouts it left no menu in and lost
no paragraph, while others kept counters or lost a caption (docs/decisions/0022). What stands around
the text (section, headline, time) it drops, so these are looked for in the page as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from readability import Document

from giaoban.portal.bringing.bodies import Body, read_body
from giaoban.portal.bringing.errors import NoArticle
from giaoban.portal.bringing.findings import Findings, parts_in_words
from giaoban.portal.bringing.reading import Text
from giaoban.portal.bringing.repairing import doubtful, put_right, tidy
from giaoban.portal.bringing.times import Published, published_in
from giaoban.vietnamese import Encoding, fold

_NOISE = ["script", "style", "noscript", "iframe", "marquee", "input", "select", "button",
          "template"]  # fmt: skip
_HEADS = ["h1", "h2", "h3", "h4", "td", "div", "p", "span", "font", "b", "strong"]
_HEADLINE = re.compile(r"tieu-?_?de|title|headline|articlehead|head-?line", re.IGNORECASE)
_TIME = re.compile(r"ngay|date|time|thoi-?_?gian|posted|publish|capnhat", re.IGNORECASE)
_WAY = re.compile(r"breadcrumb|duong-?_?dan|sitemappath|navigat(?:e|or)|you-?are", re.IGNORECASE)
_SECTION = re.compile(r"^(?:news-?)?cat(?:egory|-name)?$|chuyen-?_?muc|section-?name", re.I)
_FRONT = {"trang chu", "home", "trang nhat", "trang dau", ""}
_SITE_NAME = re.compile(r"\s+[|–—»-]\s+[^|–—»]{2,60}$")
_LONGEST, _SHORTEST = 300, 12
_WHERE_TIMES_ARE = 200  # a text longer than this tells a story, and days of its own


def find_article(text: Text) -> Findings:
    """The article of a page, its text repaired to NFC.

    Raises ``NoArticle`` where neither a headline nor a text is found.
    """
    soup = BeautifulSoup(text.html, "lxml")
    found = Findings()
    shown_in = put_right(soup)
    for encoding in (text.encoding, shown_in):
        if encoding not in (None, Encoding.UNICODE):
            found.remark("encoding", encoding.value)
    if text.lost:
        found.remark("letters_lost", text.lost)
    for tag in soup.find_all(_NOISE):
        tag.decompose()
    _look(soup, found)
    if not found.headline or not found.body:
        raise NoArticle(missing=parts_in_words(
            [part for part in ("headline", "body") if part in found.missing]
        ))  # fmt: skip
    _doubts(found)
    return found


def _look(soup: BeautifulSoup, found: Findings) -> None:
    head = _headline(soup)
    found.headline = tidy(head.get_text(" ") if isinstance(head, Tag) else head or "")
    found.section = _section(soup, found.headline)
    if at := _published(soup, head if isinstance(head, Tag) else None):
        found.at = at.at
        if not at.with_hour:
            found.remark("no_hour")
    main = BeautifulSoup(Document(str(soup)).summary(html_partial=True), "lxml")
    read_body(Body(soup, main), found)


def _doubts(found: Findings) -> None:
    parts = [found.headline, found.lead, found.byline]
    parts += [words for block in found.body for words in block.words]
    parts += [picture.caption for picture in found.pictures]
    for place in [place for part in parts for place in doubtful(part)][:20]:
        found.remark("doubtful", place)


def _called(tag: Tag) -> list[str]:
    """What a tag is called: its classes and its id."""
    classes = tag.get("class")
    names = classes if isinstance(classes, list) else [classes or ""]
    return [*map(str, names), str(tag.get("id") or "")]


def named(soup: BeautifulSoup | Tag, pattern: re.Pattern[str]) -> Iterator[Tag]:
    """The tags of which a class or the id says what they hold."""
    for tag in soup.find_all(True):
        if isinstance(tag, Tag) and any(pattern.search(name) for name in _called(tag)):
            yield tag


def _meta(soup: BeautifulSoup, *names: str) -> str:
    for name in names:
        tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
        if isinstance(tag, Tag) and (told := str(tag.get("content") or "").strip()):
            return told
    return ""


def _headline(soup: BeautifulSoup) -> Tag | str | None:
    """The tag of the headline, or its words where only the head of the page has them."""
    title = tidy(soup.title.get_text(" ")) if soup.title else ""
    told = [tidy(_meta(soup, "og:title")), title, _SITE_NAME.sub("", title)]
    candidates = [(_worth(tag, told), -place, tag) for place, tag in enumerate(_possible(soup))]
    best = max(candidates, key=lambda one: one[:2], default=None)
    if best is not None and best[0] > 0:
        return best[2]
    return next((one for one in told if len(one) >= _SHORTEST), None)


def _possible(soup: BeautifulSoup) -> Iterator[Tag]:
    """Tags short enough to be a headline, the innermost of those that say the same."""
    for tag in soup.find_all(_HEADS):
        if isinstance(tag, Tag) and _SHORTEST <= len(tidy(tag.get_text(" "))) <= _LONGEST:
            yield tag


def _worth(tag: Tag, told: list[str]) -> int:
    words = tidy(tag.get_text(" "))
    worth = {"h1": 4, "h2": 2, "h3": 2}.get(tag.name, 0)
    if any(_HEADLINE.search(name) for name in _called(tag)):
        worth += 4
    if any(words and words == one for one in told):
        worth += 5
    if tag.name == "font" and str(tag.get("size") or "") in "456" and tag.find("b"):
        worth += 2
    if tag.find_parent(["a", "li", "nav", "aside", "footer"]) and not tag.find_parent("article"):
        worth -= 6
    if any(isinstance(inner, Tag) for inner in tag.find_all(["p", "div", "table", "ul", "img"])):
        worth -= 6
    link = tag.find("a")
    if isinstance(link, Tag) and words == tidy(link.get_text(" ")):
        worth -= 3
    return worth


def _section(soup: BeautifulSoup, headline: str) -> str:
    if told := tidy(_meta(soup, "article:section")):
        return told
    for way in named(soup, _WAY):
        steps = [tidy(one) for one in way.get_text("\n").split("\n")]
        kept = [
            one for one in steps
            if len(one) > 1 and fold(one).strip(" >/»)") not in _FRONT and one != headline
        ]  # fmt: skip
        if kept:
            return kept[-1]
    for tag in named(soup, _SECTION):
        if 1 < len(words := tidy(tag.get_text(" "))) <= 60:
            return words
    return ""


def _published(soup: BeautifulSoup, head: Tag | None) -> Published | None:
    """The time: as the head of the page tells it, as a tag so called does, or the first after the
    headline."""
    told = _meta(soup, "article:published_time", "datePublished", "pubdate", "DC.date.issued")
    for tag in soup.find_all("time"):
        told = told or (str(tag.get("datetime") or "") if isinstance(tag, Tag) else "")
    if found := published_in(told):
        return found
    if head is not None:
        days_after = [tag for tag in head.find_all_next(True) if isinstance(tag, Tag)][:40]
        for tag in days_after:
            if any(_TIME.search(name) for name in _called(tag)) and (
                found := published_in(tag.get_text(" "))
            ):
                return found
    return _first_time(head or soup)


def _first_time(begin: Tag) -> Published | None:
    for node in begin.find_all_next(string=True):
        if isinstance(node, NavigableString) and len(node) <= _WHERE_TIMES_ARE:
            if node.find_parent("a"):
                continue
            if found := published_in(node):
                return found
    return None
