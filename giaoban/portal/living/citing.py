"""Where pages cite figures: in which sentences, in the order in which they are read.

A figure in a sentence is kept as ``<embed embedtype="figure" issue="…" address="…" text="…"/>``.
``text`` is how it reads in plain words, for whoever needs no more than words (a search, a feed);
what a page shows is asked of the public figure itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString
from modelcluster.models import get_all_child_relations
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text.rewriters import FIND_EMBED_TAG, extract_attrs

from giaoban.portal.living.queries import Key

FIGURE, CHART = "figure", "figure_chart"
BLOCKS = ("p", "li", "h2", "h3", "h4", "blockquote")
# A sentence ends at its sign, where a blank and a capital, a digit or a figure follow.
_END = re.compile(r"(?<=[.!?…])\s+(?=[\W_]*[A-ZÀ-ỸĐ0-9])")
MARK = "\ufffc"  # stands for a figure while sentences are parted


@dataclass(frozen=True, slots=True)
class Citation:
    """A figure in a sentence of a page: which one, and the sentence in plain words.

    ``place`` is where in the sentence the figure's number begins; None where a chart draws its
    table, and the sentence is what stands over the chart.
    """

    key: Key
    sentence: str
    place: int | None


def key_of(attrs: dict[str, str]) -> Key | None:
    """Which figure an embed is of."""
    if attrs.get("embedtype") != FIGURE or not attrs.get("issue", "").isdigit():
        return None
    return int(attrs["issue"]), attrs.get("address", "")


def embed(key: Key, text: str) -> str:
    """A figure as it is kept in a sentence."""
    issue, address = key
    return (
        f'<embed embedtype="{FIGURE}" issue="{issue}" address="{escape(address)}"'
        f' text="{escape(text)}"/>'
    )


def keys_in(source: str) -> list[Key]:
    """The figures that a rich text cites, in order."""
    found = (key_of(extract_attrs(match)) for match in FIND_EMBED_TAG.findall(source))
    return [key for key in found if key is not None]


def keys_cited(page: Page) -> list[Key]:
    """The figures that a page cites, each once, in the order in which they are read."""
    found = [key for text in texts_of(page) for key in keys_in(text)]
    return list(dict.fromkeys([*found, *_charted(page)]))


def _charted(page: Page) -> Iterator[Key]:
    """The figures whose tables a page draws."""
    return (one.key for one in charts(page))


def charts(page: Page) -> Iterator[Citation]:
    """Every figure whose table a page draws, with what stands over the chart."""
    for name in _streams(page):
        for block in getattr(page, name).raw_data:
            value = block.get("value")
            if block.get("type") == CHART and isinstance(value, dict):
                key = parse_key(value.get("figure") or "")
                if key is not None:
                    yield Citation(key, str(value.get("title") or ""), None)


def parse_key(told: str) -> Key | None:
    """A figure as a form tells it: 46:admitted/XA-CAM-YEN."""
    issue, sign, address = told.partition(":")
    return (int(issue), address) if sign and issue.isdigit() and address else None


def texts_of(page: Page) -> Iterator[str]:
    """Every rich text of a page, as it is kept, in the order of its fields."""
    for model_field in page._meta.get_fields():
        if isinstance(model_field, RichTextField):
            yield getattr(page, model_field.name) or ""
        elif isinstance(model_field, StreamField):
            yield from _strings(list(getattr(page, model_field.name).raw_data))
    for relation in get_all_child_relations(type(page)):
        names = [
            f.name
            for f in relation.related_model._meta.get_fields()
            if isinstance(f, RichTextField)
        ]
        if names:
            for child in getattr(page, relation.get_accessor_name()).all():
                yield from (getattr(child, name) or "" for name in names)


def _streams(page: Page) -> list[str]:
    return [f.name for f in page._meta.get_fields() if isinstance(f, StreamField)]


def _strings(told: Any) -> Iterator[str]:
    if isinstance(told, str):
        if "<embed" in told:
            yield told
    elif isinstance(told, dict):
        for value in told.values():
            yield from _strings(value)
    elif isinstance(told, list):
        for value in told:
            yield from _strings(value)


def rewrite(page: Page, put: Callable[[Key], tuple[Key, str] | None]) -> int:
    """Let figures of a page's texts and charts be others: ``put`` tells which and how it reads;
    None leaves one as it is. How many were changed. The page is not saved."""
    changes = 0

    def other_for(key: Key) -> tuple[Key, str] | None:
        nonlocal changes
        other = put(key)
        changes += other is not None
        return other

    def changed(source: str) -> str:
        def one(found: re.Match[str]) -> str:
            key = key_of(extract_attrs(found[1]))
            other = other_for(key) if key is not None else None
            return found[0] if other is None else embed(*other)

        return str(FIND_EMBED_TAG.sub(one, source))

    for model_field in page._meta.get_fields():
        if isinstance(model_field, RichTextField):
            setattr(page, model_field.name, changed(getattr(page, model_field.name) or ""))
        elif isinstance(model_field, StreamField):
            stream = getattr(page, model_field.name)
            raw = _rewritten(_redrawn(list(stream.raw_data), other_for), changed)
            setattr(page, model_field.name, type(stream)(stream.stream_block, raw, is_lazy=True))
    for relation in get_all_child_relations(type(page)):
        names = [
            f.name
            for f in relation.related_model._meta.get_fields()
            if isinstance(f, RichTextField)
        ]
        for child in getattr(page, relation.get_accessor_name()).all() if names else ():
            for name in names:
                setattr(child, name, changed(getattr(child, name) or ""))
    return changes


def _redrawn(blocks: list[Any], put: Callable[[Key], tuple[Key, str] | None]) -> list[Any]:
    """The blocks of a page with other figures in its charts."""
    found = []
    for block in blocks:
        value = block.get("value")
        drawn = block.get("type") == CHART and isinstance(value, dict)
        key = parse_key(value.get("figure") or "") if drawn else None
        other = put(key) if key is not None else None
        if other is None:
            found.append(block)
        else:
            (issue, address), _text = other
            found.append({**block, "value": {**value, "figure": f"{issue}:{address}"}})
    return found


def _rewritten(told: Any, changed: Callable[[str], str]) -> Any:
    if isinstance(told, str):
        return changed(told) if "<embed" in told else told
    if isinstance(told, dict):
        return {name: _rewritten(value, changed) for name, value in told.items()}
    if isinstance(told, list):
        return [_rewritten(value, changed) for value in told]
    return told


def citations(page: Page) -> list[Citation]:
    """Every figure in every sentence of a page."""
    return [one for text in texts_of(page) for one in citations_in(text)]


def citations_in(source: str) -> Iterator[Citation]:
    """Every figure in every sentence of a rich text."""
    soup = BeautifulSoup(source, "html.parser")
    blocks = [one for one in soup.find_all(BLOCKS) if not one.find(BLOCKS)] or [soup]
    for block in blocks:
        words, found = _read(block)
        for start, sentence in _sentences(words):
            for key, at in found:
                if start <= at < start + len(sentence):
                    yield Citation(key, sentence, at - start)


def _read(block: Tag) -> tuple[str, list[tuple[Key, int]]]:
    """The words of a paragraph with its figures in place, and where these begin."""
    words, found = "", []
    for piece in block.descendants:
        if isinstance(piece, NavigableString):
            words += str(piece)
        elif isinstance(piece, Tag) and piece.name == "embed":
            key = key_of({name: str(value) for name, value in piece.attrs.items()})
            if key is not None:
                found.append((key, len(words)))
                words += str(piece.get("text") or MARK)
    return words, found


def _sentences(words: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a paragraph, and where it begins."""
    start = 0
    for end in [*(found.span() for found in _END.finditer(words)), (len(words), len(words))]:
        yield start, words[start : end[0]]
        start = end[1]
