"""Markup as a tree, for tests of pages: what elements there are, with what attributes and text."""

from __future__ import annotations

from html.parser import HTMLParser


class Tree(HTMLParser):
    """What elements there are, with their attributes and all the text within each."""

    VOID = {"meta", "link", "br", "col"}

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self._open: list[int] = []
        self.feed(markup)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))
        if tag not in self.VOID:
            self._open.append(len(self.elements) - 1)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs), []))

    def handle_endtag(self, tag: str) -> None:
        assert self.elements[self._open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        for number in self._open:
            self.elements[number][2].append(data)

    def all(self, *tags: str, look: str = "") -> list[tuple[str, dict[str, str | None], str]]:
        """(tag, attributes, text) of the elements with one of the tags, and a class."""
        return [
            (tag, attributes, " ".join("".join(text).split()))
            for tag, attributes, text in self.elements
            if (not tags or tag in tags)
            and (not look or look in (attributes.get("class") or "").split())
        ]
