"""The demonstration in an office of its own, served by the command; and a browser before it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from giaoban.cli.demonstration.diary import CLERK, PASSWORD
from tests.cli.ready import copy_ready
from tests.cli.test_command import PATIENCE_SECONDS, Home

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update",
             "--disable-sync"]  # fmt: skip
DESK, PHONE = (1280, 900), (390, 844)
expect.set_options(timeout=20_000)  # two cores may be shared by many


@dataclass(frozen=True)
class Served:
    """The address of a served desk, the office behind it, and the address of its portal."""

    address: str
    home: Home
    portal: str = ""


def program() -> str | None:
    """The browser's program, if there is one."""
    return next((found for name in PROGRAMS if (found := shutil.which(name))), None)


@contextmanager
def chromium(found: str) -> Iterator[Browser]:
    """A browser, closed at the end."""
    # Playwright keeps a loop in this thread, which Django takes for an asynchronous caller in every
    # test after; nothing here is one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()


@contextmanager
def browser_or_skip() -> Iterator[Browser]:
    """Chromium, or a skip that says so; where a browser is needed its absence is a failure."""
    found = program()
    if found is None:
        if os.environ.get("BROWSER") == "needed":
            raise AssertionError("no chromium: apt-get install chromium")
        pytest.skip("no chromium: apt-get install chromium")
    with chromium(found) as browser:
        yield browser


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


@contextmanager
def served_desk(*, portal: bool = False) -> Iterator[Served]:
    """The demonstration, loaded and served until it is no longer wanted; nothing is left of it."""
    folder = Path(tempfile.mkdtemp(prefix="giaoban-desk-"))
    folder.chmod(0o755)
    home = Home(folder)
    home.environment["GIAOBAN_LANGUAGE"] = "vi"
    copy_ready("demonstration", folder)
    try:
        desk, other = _free_port(), _free_port()
        rest = ("--portal-port", str(other)) if portal else ("--no-portal",)
        server = home.start("serve", "--port", str(desk), *rest)
        address = "http://127.0.0.1:{}".format
        served = Served(address(desk), home, address(other) if portal else "")
        until = time.monotonic() + PATIENCE_SECONDS
        while not all(_up(one) for one in (served.address, served.portal) if one):
            assert server.poll() is None, server.communicate()
            assert time.monotonic() < until
            time.sleep(0.2)
        yield served
        os.kill(server.pid, signal.SIGTERM)
        server.communicate(timeout=PATIENCE_SECONDS)
    finally:
        for process in home.processes():
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(folder)


def seat(
    browser: Browser, address: str, *, size: tuple[int, int] = DESK, dark: bool = False,
    script: bool = True, scale: float = 1,
) -> BrowserContext:  # fmt: skip
    """A browser of somebody in an office, not signed in."""
    return browser.new_context(
        base_url=address, locale="vi-VN", reduced_motion="reduce", device_scale_factor=scale,
        viewport={"width": size[0], "height": size[1]}, java_script_enabled=script,
        color_scheme="dark" if dark else "light",
    )  # fmt: skip


def signed_in(context: BrowserContext, login: str = CLERK) -> Page:
    """A page of somebody who has signed in."""
    page = context.new_page()
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", PASSWORD)
    page.click("form[action='/tai-khoan/dang-nhap/'] button[type=submit]")
    page.wait_for_load_state()
    return page
