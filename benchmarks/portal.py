"""The public article under load, beside a bare answer of its size and Django's own render; at
a steady rate while an editor publishes; and how soon a browser paints it.

The whole product is served as an office serves it (``giaoban serve``, one process a door), with the
demonstration in it. The load comes from ``wrk`` (Debian's package) for the most that can be had,
and from this script for a steady rate, where each answer's time counts from when it was due.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import requests
from bs4 import BeautifulSoup
from outcome import Outcome, main, say

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "giaoban.settings")
import django

django.setup()
from giaoban.cli.demonstration.diary import PASSWORD, PUBLISHER  # noqa: E402 - needs the settings

GIAOBAN = str(Path(sys.executable).parent / "giaoban")
READY_SECONDS = 120.0
HALF, TWENTY = 0.5, 20.0
P99_SECONDS, PAINT_SECONDS = 0.025, 0.5
PUBLISH_EVERY_SECONDS = 5.0
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-sync"]  # fmt: skip

BARE = """
BODY, HEADERS = open({body!r}, "rb").read(), {headers!r}
def application(environ, start_response):
    start_response("200 OK", HEADERS)
    return (BODY,)
"""


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Load the demonstration into a home of this run's own, serve it, and ask."""
    if shutil.which("wrk") is None:
        raise SystemExit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as home:
        os.chmod(home, 0o755)
        say.print("loading the demonstration …")
        environment = os.environ | {"GIAOBAN_HOME": home}
        subprocess.run([GIAOBAN, "demo", "--no-serve"], check=True, stdout=subprocess.DEVNULL,
                       env=environment)  # fmt: skip
        desk, portal, bare = free_port(), free_port(), free_port()
        words = [GIAOBAN, "serve", "--port", str(desk), "--portal-port", str(portal)]
        with running(words, f"http://127.0.0.1:{portal}/healthz", environment):
            article = article_address(f"http://127.0.0.1:{portal}")
            say.print(f"the article: {article}")
            return [
                *most(article, bare, Path(home), options.seconds),
                steady(article, f"http://127.0.0.1:{desk}", options),
                painted(article, options.rounds),
            ]


def most(article: str, port: int, home: Path, seconds: int) -> list[Outcome]:
    """From memory, beside a bare answer of its size, beside Django's render; in turns."""
    answer = requests.get(article, headers={"Accept-Encoding": "gzip"}, stream=True, timeout=30)
    body = answer.raw.read()
    headers = [(name, value) for name, value in answer.headers.items()
               if name.lower() not in ("server", "date", "connection")]  # fmt: skip
    (home / "body").write_bytes(body)
    (home / "bare.py").write_text(BARE.format(body=str(home / "body"), headers=headers))
    words = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1",
             "--port", str(port), "--workers", "1", "--blocking-threads", "4", "--no-access-log",
             "--log-level", "warning", "bare:application"]  # fmt: skip
    alone = f"http://127.0.0.1:{port}/"
    bare, kept, made = [], [], []
    with running(words, alone, os.environ | {"PYTHONPATH": str(home)}):
        for _round in range(3):
            bare.append(asked_most(alone, seconds))
            kept.append(asked_most(article, seconds))
            # Each takes a good tenth of a second; more at once would only wait for each other.
            made.append(asked_most(article, seconds, "Cookie: sessionid=nobody", at_once=4))
    one, two, three = (statistics.median(found) for found in (bare, kept, made))
    details = {"bytes": len(body), "bare": bare, "from memory": kept, "rendered": made}
    return [
        Outcome("article from memory / a bare answer of its size", "at least half",
                f"{two:,.0f} / {one:,.0f} a second = {two / one:.2f}", two / one / HALF, details),
        Outcome("article from memory / Django's own render", "at least 20 times",
                f"{two:,.0f} / {three:,.1f} a second = {two / three:.0f}", two / three / TWENTY),
    ]  # fmt: skip


def asked_most(address: str, seconds: int, *headers: str, at_once: int = 32) -> float:
    """Requests a second, over some connections; an answer that is no success stops the run."""
    told = [word for header in ("Accept-Encoding: gzip", *headers) for word in ("-H", header)]
    done = subprocess.run(
        ["wrk", "-t1", f"-c{at_once}", f"-d{seconds}s", "--timeout", "20s", *told, address],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert "Non-2xx" not in done.stdout, done.stdout
    assert "Socket errors" not in done.stdout, done.stdout
    return float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1])


def steady(article: str, desk: str, options: argparse.Namespace) -> Outcome:
    """The slowest hundredth at a steady rate while an editor publishes the article."""
    published, ended = [], threading.Event()
    editing = threading.Thread(
        target=publish_again, args=(article, desk, published.append, ended), daemon=True
    )
    editing.start()
    took, failed = asyncio.run(at_a_rate(article, options.rate, options.lasting))
    ended.set()
    editing.join(60)
    took.sort()
    p50, p99 = (took[int(len(took) * part)] for part in (0.5, 0.99))
    assert published, "the editor did not publish once"
    return Outcome(
        f"{options.rate} a second for {options.lasting} s, published {len(published)} times",
        "p99 under 25 ms, no error",
        f"p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, slowest {took[-1] * 1000:.0f} ms, "
        f"{failed} errors",
        0.0 if failed else P99_SECONDS / p99,
        {"p50": p50, "p99": p99, "slowest": took[-1], "errors": failed, "answers": len(took),
         "published": published},
    )  # fmt: skip


async def at_a_rate(address: str, rate: int, lasting: int) -> tuple[list[float], int]:
    """How long each answer took from when it was due, and how many failed."""
    parts = urlsplit(address)
    request = (
        f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip\r\n\r\n"
    ).encode()
    # One after the other, so that none lies idle: the server closes a connection on which nothing
    # is asked for 30 seconds, and a browser would ask again on another by itself.
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    took: list[float] = []
    failed = 0

    async def ask(due: float) -> None:
        nonlocal failed
        try:
            pair = idle.get_nowait() if not idle.empty() else await asyncio.open_connection(
                parts.hostname, parts.port
            )  # fmt: skip
            reader, writer = pair
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
            await reader.readexactly(length)
            assert head.startswith(b"HTTP/1.1 200"), head
            took.append(time.perf_counter() - due)
            idle.put_nowait(pair)
        except (OSError, AssertionError, asyncio.IncompleteReadError):
            failed += 1

    begun = time.perf_counter()
    asking = []
    for number in range(rate * lasting):
        due = begun + number / rate
        if (wait := due - time.perf_counter()) > 0:
            await asyncio.sleep(wait)
        asking.append(asyncio.create_task(ask(due)))
    await asyncio.gather(*asking)
    return took, failed


def publish_again(
    article: str, desk: str, published: Callable[[float], object], ended: threading.Event
) -> None:
    """A publisher at work in another browser: opens the article, publishes it, and again."""
    with requests.Session() as browser:
        page = browser.get(f"{desk}/tai-khoan/dang-nhap/", timeout=30)
        browser.post(page.url, data={**fields(page.text, 0), "login": PUBLISHER,
                                     "password": PASSWORD}, timeout=30)  # fmt: skip
        portal = "{0.scheme}://{0.netloc}".format(urlsplit(article))
        headline = BeautifulSoup(browser.get(article, timeout=30).text, "html.parser").h1.text
        found = browser.get(f"{portal}/bien-tap/pages/search/", params={"q": headline.strip()},
                            timeout=30).text  # fmt: skip
        page = re.search(r"/bien-tap/pages/(\d+)/edit/", found)[1]
        # By the list of pages: the article's own form is put together by a script.
        address = f"{portal}/bien-tap/bulk/wagtailcore/page/publish/?id={page}&next=/bien-tap/"
        while not ended.is_set():
            form = browser.get(address, timeout=30).text
            answer = browser.post(address, data=fields(form, "main"), timeout=30,
                                  headers={"Referer": address}, allow_redirects=False)  # fmt: skip
            assert answer.status_code == 302, answer.text[:2000]
            published(time.time())
            ended.wait(PUBLISH_EVERY_SECONDS)


def fields(page: str, form: str | int) -> dict[str, str | list[str]]:
    """What a browser would send of a form as it stands: by its number, or the one in a part."""
    soup = BeautifulSoup(page, "html.parser")
    found = soup.find(id=form).form if isinstance(form, str) else soup.find_all("form")[form]
    sent: dict[str, str | list[str]] = {}
    for field in found.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), field.get("type", "")
        if not name or kind in ("submit", "button", "file"):
            continue
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            continue
        if field.name == "select":
            sent[name] = [one.get("value", "") for one in field.find_all("option", selected=True)]
        elif field.name == "textarea":
            sent[name] = field.text.removeprefix("\n")
        else:
            sent[name] = field.get("value", "on" if kind == "checkbox" else "")
    return sent


def painted(article: str, rounds: int) -> Outcome:
    """When a browser with nothing in its cache has painted something of the article."""
    from playwright.sync_api import sync_playwright

    program = next(p for name in ("chromium", "google-chrome") if (p := shutil.which(name)))
    took, shifts = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        for _round in range(rounds):
            page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
            page.add_init_script(
                "window.shifted = 0; new PerformanceObserver(found => { for (const one of"
                " found.getEntries()) window.shifted += one.value; })"
                ".observe({type: 'layout-shift', buffered: true});"
            )
            page.goto(article, wait_until="networkidle")
            took.append(page.evaluate(
                "performance.getEntriesByName('first-contentful-paint')[0].startTime"
            ) / 1000)  # fmt: skip
            shifts.append(page.evaluate("window.shifted"))
            page.context.close()
        browser.close()
    middle = statistics.median(took)
    return Outcome("first contentful paint, empty cache, loopback", "under 0,5 s",
                   f"{middle * 1000:.0f} ms; layout shift {max(shifts):.3f}",
                   PAINT_SECONDS / middle, {"seconds": took, "shifts": shifts})  # fmt: skip


def article_address(portal: str) -> str:
    """The article on the nine months: the one whose address stands first on the front page."""
    page = BeautifulSoup(requests.get(portal, timeout=30).text, "html.parser")
    found = page.select_one("main h2 a[href], main h1 a[href]")
    return requests.compat.urljoin(portal, found["href"])


@contextmanager
def running(words: list[str], address: str, environment: dict[str, str]) -> Iterator[None]:
    """A server that answers, until the block ends."""
    server = subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL)
    until = time.monotonic() + READY_SECONDS
    try:
        while not answers(address):
            assert server.poll() is None, f"{words[:4]} ended with {server.returncode}"
            assert time.monotonic() < until, f"{address} does not answer"
            time.sleep(0.1)
        yield
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def answers(address: str) -> bool:
    """Whether a server answers there."""
    parts = urlsplit(address)
    try:
        asked = http.client.HTTPConnection(parts.hostname, parts.port, timeout=5)
        asked.request("GET", parts.path)
        return asked.getresponse().status == 200
    except OSError:
        return False


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def arguments() -> argparse.ArgumentParser:
    """How long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=8, help="of each run at full load")
    parser.add_argument("--rate", type=int, default=300, help="requests a second, steady")
    parser.add_argument("--lasting", type=int, default=60, help="seconds at the steady rate")
    parser.add_argument("--rounds", type=int, default=5, help="fresh browsers")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
