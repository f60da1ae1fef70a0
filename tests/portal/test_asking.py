"""What a page asks more than once while it is made is asked once, and no longer than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from giaoban.portal.asking import AskOnce, asking_once, each_once, once


class Books:
    """Somebody who is asked, and remembers how often."""

    def __init__(self) -> None:
        self.asked: list[Any] = []

    def answer(self) -> int:
        self.asked.append("one")
        return len(self.asked)

    def each(self, keys: Iterable[int]) -> dict[int, str]:
        """Of even numbers only."""
        told = list(keys)
        self.asked.append(told)
        return {key: f"n{key}" for key in told if key % 2 == 0}


def test_while_a_page_is_made_the_same_is_asked_once() -> None:
    books = Books()
    with asking_once():
        assert [once("it", books.answer) for _ in range(3)] == [1, 1, 1]
        assert once("other", books.answer) == 2
    with asking_once():  # another page
        assert once("it", books.answer) == 3


def test_otherwise_everything_is_asked_anew() -> None:
    books = Books()
    assert [once("it", books.answer) for _ in range(2)] == [1, 2]
    with asking_once(), asking_once():
        once("it", books.answer)
    assert once("it", books.answer) == 4


def test_of_several_only_those_not_asked_yet_are_asked() -> None:
    books = Books()
    with asking_once():
        assert each_once("n", [4, 2, 3, 2], books.each) == {4: "n4", 2: "n2"}
        assert list(each_once("n", [2, 6, 4, 3], books.each)) == [2, 6, 4]
        assert each_once("n", [], books.each) == {}
    assert books.asked == [[4, 2, 3], [6]]  # of 3 nothing is known, which is known too
    assert each_once("n", [2], books.each) == {2: "n2"}
    assert books.asked[-1] == [2]


def test_a_refusal_is_no_answer() -> None:
    books = Books()

    def refuse() -> int:
        books.answer()
        raise LookupError

    with asking_once():
        for _ in range(2):
            with pytest.raises(LookupError):
                once("it", refuse)
    assert len(books.asked) == 2


@pytest.mark.parametrize(
    ("method", "path", "times"),
    [("get", "/chinh-tri/", 1), ("head", "/", 1), ("post", "/", 2), ("get", "/bien-tap/", 2)],
)
def test_public_pages_ask_once_and_who_edits_asks_anew(method: str, path: str, times: int) -> None:
    books = Books()

    def view(_request: Any) -> HttpResponse:
        for _ in range(2):
            once("it", books.answer)
        return HttpResponse()

    told: Callable[[Any], HttpResponse] = view
    AskOnce(told)(getattr(RequestFactory(), method)(path))
    assert len(books.asked) == times
