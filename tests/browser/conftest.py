"""A browser before the desk as an office has it: the demonstration, served by ``giaoban serve``."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from giaoban.cli.demonstration.diary import CLERK, PASSWORD
from tests.cli.test_command import PATIENCE_SECONDS, Home

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]  # fmt: skip
DESK, PHONE = (1366, 900), (390, 844)


def _program() -> str | None:
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, or a skip that says so; where a browser is needed its absence is a failure."""
    program = _program()
    if program is None:
        if os.environ.get("BROWSER") == "needed":
            raise AssertionError("no chromium: apt-get install chromium")
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Served:
    """The address of a served desk, and the office behind it."""

    address: str
    home: Home


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    """The demonstration, loaded once for the worker and served until its tests are over."""
    folder = Path(tempfile.mkdtemp(prefix="giaoban-desk-"))
    folder.chmod(0o755)
    home = Home(folder)
    home.environment["GIAOBAN_LANGUAGE"] = "vi"
    home.run("demo")
    port = _free_port()
    server = home.start("serve", "--port", str(port))
    address = f"http://127.0.0.1:{port}"
    until = time.monotonic() + PATIENCE_SECONDS
    while not _up(address):
        assert server.poll() is None, server.communicate()
        assert time.monotonic() < until
        time.sleep(0.2)
    try:
        yield Served(address, home)
    finally:
        os.kill(server.pid, signal.SIGTERM)
        server.communicate(timeout=PATIENCE_SECONDS)
        shutil.rmtree(folder)


Opening = Callable[..., Page]


@pytest.fixture
def sign_in(browser: Browser, served: Served) -> Iterator[Opening]:
    """Sign a login in and give its page; all are closed at the end."""
    opened: list[BrowserContext] = []

    def open_page(login: str = CLERK, *, size: tuple[int, int] = DESK, dark: bool = False) -> Page:
        context = browser.new_context(
            base_url=served.address, locale="vi-VN", reduced_motion="reduce",
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
        )  # fmt: skip
        opened.append(context)
        page = context.new_page()
        page.goto("/tai-khoan/dang-nhap/")
        page.fill("input[name=login]", login)
        page.fill("input[name=password]", PASSWORD)
        page.click("main button[type=submit], form button[type=submit]")
        page.wait_for_load_state()
        return page

    yield open_page
    for context in opened:
        context.close()
