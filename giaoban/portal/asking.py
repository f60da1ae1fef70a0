"""What several parts of a page ask of the database is asked once while that page is made.

The parts know nothing of each other: each paragraph asks what has become of its figures, each list
which pages are closed. What they were told holds until the page is made, and no longer.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from giaoban.portal.caching import NO_PAGES

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")
# What was answered so far for the page that is being made; None where none is.
_answers: ContextVar[dict[Hashable, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asking_once() -> Iterator[None]:
    """Until the block ends, ``once`` and ``each_once`` remember what they were told."""
    before = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(before)


def once(what: Hashable, ask: Callable[[], T]) -> T:
    """What ``ask`` answers; the same answer for the same ``what`` while a page is made.

    It is shared, so nobody may change it.
    """
    answers = _answers.get()
    if answers is None:
        return ask()
    if what not in answers:
        answers[what] = ask()
    told: T = answers[what]
    return told


def each_once(what: str, keys: Iterable[K], ask: Callable[[list[K]], Mapping[K, T]]) -> dict[K, T]:
    """What ``ask`` answers of each key, in the order of the keys; while a page is made, of those
    alone that it was not asked before. A key of which it answers nothing is left out."""
    asked = list(dict.fromkeys(keys))
    told: dict[K, T | None] = once((what, "each"), dict)
    missing = [key for key in asked if key not in told]
    if missing:
        found = ask(missing)
        told |= {key: found.get(key) for key in missing}
    return {key: one for key in asked if (one := told[key]) is not None}


class AskOnce:
    """The middleware that lets public pages ask once. Whoever changes something asks anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.path_info.startswith(NO_PAGES):
            return self.get_response(request)
        with asking_once():
            return self.get_response(request)
