"""A browser before the desk as an office has it: the demonstration, served by ``giaoban serve``."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from giaoban.cli.demonstration.diary import CLERK
from tests.browser.serving import (
    DESK,
    Served,
    browser_or_skip,
    seat,
    served_desk,
    signed_in,
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says so; where a browser is needed its absence is a failure.

    It drives its worker's event loop, in which nothing else that is made of coroutines can be
    called; so it goes before a test of another folder comes.
    """
    with browser_or_skip() as browser:
        yield browser


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The demonstration, loaded once for the worker and served until its tests are over."""
    with served_desk() as served:
        yield served


Opening = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, served: Served) -> Iterator[Opening]:
    """Sign a login in and give its page; all are closed at the end."""
    opened: list[BrowserContext] = []

    def open_page(
        login: str = CLERK, *, size: tuple[int, int] = DESK, dark: bool = False,
        script: bool = True,
    ) -> Page:  # fmt: skip
        context = seat(browser, served.address, size=size, dark=dark, script=script)
        opened.append(context)
        return signed_in(context, login)

    yield open_page
    for context in opened:
        context.close()
