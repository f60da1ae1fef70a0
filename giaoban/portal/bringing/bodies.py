"""The text of an article, and what stands in it beside paragraphs: lead, picture, caption, name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from giaoban.portal.bringing.findings import Block, Findings, Picture
from giaoban.portal.bringing.repairing import tidy
from giaoban.portal.bringing.times import published_in
from giaoban.vietnamese import fold

_LEAD = re.compile(r"sapo|brief|(?:^|-)lead|summary|trich-?_?dan|mo-?ta|gioi-?thieu", re.IGNORECASE)
_CAPTION = re.compile(r"caption|chu-?_?thich|photo-?note|image-?note", re.IGNORECASE)
_BYLINE = re.compile(r"author|tac-?_?gia|byline|nguoi-?dang|but-?danh", re.IGNORECASE)
_ICON = re.compile(r"icon|logo|banner|spacer|pixel|print|email|button|counter|avatar", re.I)
_JUNK = re.compile(
    r"(?:chia se|in trang|in bai|gui (?:cho|email)|ve dau trang|tin lien quan"
    r"|cac tin (?:khac|da dua)|tin da dua|quay lai|binh luan|so luot (?:xem|truy cap)"
    r"|tags?:|tu khoa:|share|print)\b"
)
_ENDS_A_SENTENCE = re.compile(r"[.!?:;”\")]$")
_HEADS = ("h2", "h3", "h4", "h5")
_SPLIT = ["p", "div", "td", "th", "tr", "table", "tbody", "li", "ul", "ol", "br", "center",
          "figure", "figcaption", "blockquote", "section", "article", "header", "footer", "h1",
          *_HEADS]  # fmt: skip
LONGEST_BYLINE, LONGEST_HEADING, LONGEST_CAPTION = 60, 150, 300
_SMALL = 60  # pixels: what is smaller is an ornament


@dataclass(frozen=True, slots=True)
class Body:
    """The page as a whole, and what of it is the article's text."""

    page: BeautifulSoup
    main: BeautifulSoup


@dataclass
class Line:
    """One paragraph as it stands: its words, its tag, whether all of it is bold or to the right."""

    words: str
    tag: Tag
    bold: bool = False
    right: bool = False
    slanted: bool = False


def read_body(body: Body, found: Findings) -> None:
    """Part the text into lead, paragraphs, pictures with their captions, and the writer's name."""
    found.pictures = list(_pictures(body.main)) or list(_pictures_beside(body, found.headline))
    found.lead = _named_words(body.page, _LEAD, found.headline)
    found.byline = _byline(body.page)
    lines = list(_lines(body.main))
    seen = {fold(one) for one in (found.headline, found.lead, found.byline) if one}
    seen |= {fold(picture.caption) for picture in found.pictures if picture.caption}
    kept = [line for line in lines if fold(line.words) not in seen and not _is_junk(line)]
    if not found.lead and kept and (kept[0].bold or len(kept) > 1):
        found.lead = kept.pop(0).words
    if not found.byline and kept and _is_byline(kept[-1]):
        found.byline = kept.pop().words.strip("()./ ")
    if body.main.find("table", attrs={"border": True}) is not None:
        found.remark("table_flattened")
    found.body = list(_blocks(kept))


def _lines(main: BeautifulSoup) -> Iterator[Line]:
    """The paragraphs, whatever made them: tags of their own, cells, or broken lines."""
    pending: list[NavigableString] = []
    for node in main.descendants:
        if isinstance(node, NavigableString):
            pending.append(node)
        elif isinstance(node, Tag) and node.name in _SPLIT:
            yield from _line(pending)
            pending = []
        if pending and _ends_its_block(pending[-1]):
            yield from _line(pending)
            pending = []
    yield from _line(pending)


def _ends_its_block(node: NavigableString) -> bool:
    """Whether the block that a text stands in ends with it."""
    place: Tag | NavigableString | None = node
    while place is not None:
        if place.next_sibling is not None:
            return False
        place = place.parent
        if isinstance(place, Tag) and place.name in _SPLIT:
            return True
    return True


def _line(nodes: list[NavigableString]) -> Iterator[Line]:
    words = tidy("".join(nodes))
    if not words:
        return
    full = [node for node in nodes if node.strip()]
    tag = full[0].find_parent(_SPLIT) or full[0].parent
    if isinstance(tag, Tag):
        yield Line(
            words, tag,
            bold=all(node.find_parent(["b", "strong", *_HEADS]) for node in full),
            right="right" in f"{tag.get('align')} {tag.get('style')} {tag.get('class')}",
            slanted=all(node.find_parent(["i", "em"]) for node in full),
        )  # fmt: skip


def _is_junk(line: Line) -> bool:
    bare = fold(line.words).lstrip("- :.»>")
    if len(bare) < 60 and _JUNK.match(bare):
        return True
    linked = sum(len(tidy(link.get_text(" "))) for link in line.tag.find_all("a"))
    in_a_link = line.tag.find_parent("a") is not None or linked >= len(line.words) * 0.9
    day_alone = len(line.words) < 50 and published_in(line.words) is not None
    return (in_a_link and len(line.words) < 150) or day_alone


def _is_byline(line: Line) -> bool:
    ends = _ENDS_A_SENTENCE.search(line.words.rstrip("./"))
    short = len(line.words) <= LONGEST_BYLINE and not ends
    return short and (line.right or line.bold or len(line.words.split()) <= 5)


def _blocks(lines: list[Line]) -> Iterator[Block]:
    items: list[str] = []
    for line in lines:
        if line.tag.name == "li" or line.tag.find_parent("li"):
            items.append(line.words)
            continue
        if items:
            yield Block("list", items)
            items = []
        heading = line.tag.name in _HEADS or line.tag.find_parent(_HEADS) is not None
        is_heading = heading and len(line.words) <= LONGEST_HEADING
        yield Block("heading" if is_heading else "text", [line.words])
    if items:
        yield Block("list", items)


def _named_words(page: BeautifulSoup, pattern: re.Pattern[str], headline: str) -> str:
    for tag in page.find_all(True):
        called = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
        if pattern.search(called):
            words = tidy(tag.get_text(" "))
            if 40 <= len(words) <= 1500 and words != headline:
                return words
    return ""


def _byline(page: BeautifulSoup) -> str:
    for tag in page.find_all(True):
        called = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
        if _BYLINE.search(called):
            words = tidy(tag.get_text(" "))
            if 1 < len(words) <= LONGEST_BYLINE:
                return words
    return ""


def _pictures(main: BeautifulSoup | Tag) -> Iterator[Picture]:
    for image in main.find_all("img"):
        if isinstance(image, Tag) and (source := _source(image)):
            yield Picture(source, _caption(image))


def _pictures_beside(body: Body, headline: str) -> Iterator[Picture]:
    """A picture that stands between the headline and the text."""
    article = body.page.find("article")
    if isinstance(article, Tag) and headline:
        yield from _pictures(article)


def _source(image: Tag) -> str:
    source = str(image.get("data-src") or image.get("data-original") or image.get("src") or "")
    parts = urlsplit(source)
    name = unquote(parts.path)
    small = any(
        str(image.get(side) or "").removesuffix("px").isdecimal()
        and int(str(image.get(side)).removesuffix("px")) < _SMALL
        for side in ("width", "height")
    )
    ornament = small or _ICON.search(name.rpartition("/")[2]) is not None
    return "" if ornament or not name or parts.scheme == "data" else name


def _caption(image: Tag) -> str:
    """The words that belong to a picture: so called, in one figure or table with it, or slanted."""
    place: Tag | None = image
    for _step in range(5):
        place = place.parent if place is not None else None
        if place is None:
            break
        for tag in place.find_all(True):
            called = " ".join([*(tag.get("class") or []), str(tag.get("id") or "")])
            if tag.name in ("figcaption", "em", "i") or _CAPTION.search(called):
                words = tidy(tag.get_text(" "))
                if 1 < len(words) <= LONGEST_CAPTION and tag.find("img") is None:
                    return words
        if place.name == "table" and len(words := tidy(place.get_text(" "))) <= LONGEST_CAPTION:
            return words
        if len(tidy(place.get_text(" "))) > LONGEST_CAPTION:
            break
    return tidy(str(image.get("title") or ""))
