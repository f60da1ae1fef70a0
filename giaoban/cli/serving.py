"""The whole product in the foreground: the servers of the desk and the portal, a worker of the
queue for each, and the database they need.

All are children of one process. When it is told to stop, or one of them ends, all end; when it is
killed the kernel ends them.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import FrameType

from giaoban.cli.errors import PortTaken
from giaoban.cli.reasons import reason

READY_SECONDS, STOP_SECONDS = 30.0, 10.0
_PR_SET_PDEATHSIG = 1


def check_port(host: str, port: int) -> None:
    """Refuse a port on which somebody else listens: ``PortTaken``."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise PortTaken(host=host, port=port, reason=reason(refused)) from refused


@dataclass(frozen=True, slots=True)
class Door:
    """What serves pages: ``name`` (desk, portal), where it listens, how many processes answer."""

    name: str
    host: str
    port: int
    workers: int = 1

    @property
    def address(self) -> str:
        """Where a browser on this machine reaches it, without a slash at the end."""
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else (
            f"http://{self.host}:{self.port}"
        )  # fmt: skip

    @property
    def settings(self) -> str:
        """The module of its settings."""
        return f"giaoban.{self.name}.settings"

    def web_server(self) -> list[str]:
        """The words of the command that serves its pages."""
        return [
            sys.executable, "-m", "granian", "--interface", "wsgi", "--host", self.host,
            "--port", str(self.port), "--workers", str(self.workers), "--blocking-threads", "4",
            # A worker that is told to stop while it is still starting would not hear it.
            "--workers-kill-timeout", "5",
            "--no-access-log", "--log-level", "warning", f"giaoban.{self.name}.wsgi:application",
        ]  # fmt: skip

    def queue_worker(self) -> list[str]:
        """The words of the command that works off its part of the queue."""
        queue = "default" if self.name == "desk" else self.name
        return [sys.executable, "-m", "django", "procrastinate", "worker", "--queues", queue]


def _end_with_parent() -> None:
    """A child whose parent is killed is told to stop (on Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _start(words: list[str], settings: str) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings}
    return subprocess.Popen(
        words, env=environment, stdin=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=_end_with_parent,
    )  # fmt: skip


@contextmanager
def served(doors: Sequence[Door]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """The children, up and answering; all have ended when the block does."""
    children = [
        _start(words, door.settings)
        for door in doors
        for words in (door.web_server(), door.queue_worker())
    ]
    try:
        for door in doors:
            _wait_until_ready(door, children)
        yield children
    finally:
        _stop(children)


def _wait_until_ready(door: Door, children: list[subprocess.Popen[bytes]]) -> None:
    address = replace(door, host="127.0.0.1").address if door.host in ("0.0.0.0", "") else (
        door.address
    )  # fmt: skip
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        with suppress(urllib.error.URLError, OSError):
            asked = urllib.request.Request(f"{address}/healthz", headers={"Host": "127.0.0.1"})
            with urllib.request.urlopen(asked, timeout=2) as answer:
                if answer.status == 200:
                    return
        time.sleep(0.1)
    raise RuntimeError("the web server did not come up; what it said stands above")


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in children:
        try:
            child.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_for_the_end(children: list[subprocess.Popen[bytes]]) -> bool:
    """Return when told to stop (True), or when a child has ended by itself (False)."""
    told: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    before = {number: signal.signal(number, hear) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        while not told:
            if any(child.poll() is not None for child in children):
                return False
            time.sleep(0.2)
        return True
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
