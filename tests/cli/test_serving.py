"""``giaoban serve``: up, answering, and gone again, whichever way it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.cli.test_command import PATIENCE_SECONDS, Home, own_home


@pytest.fixture
def home() -> Iterator[Home]:
    with own_home(ready="empty") as found:
        yield found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(port: int, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def serving(home: Home) -> tuple[subprocess.Popen[str], int]:
    """A server that answers."""
    port = free_port()
    server = home.start("serve", "--port", str(port))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, server.communicate()
        try:
            if get(port, "/healthz")[0] == 200:
                return server, port
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError("it did not come up")


def gone(home: Home) -> bool:
    """Whether nothing of the office works any more, after a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if not home.processes():
            return True
        time.sleep(0.2)
    return False


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_until_it_is_told_to_stop(home: Home, word: signal.Signals) -> None:
    server, port = serving(home)
    status, page = get(port, "/")
    assert status == 200
    assert 'name="login"' in page  # a stranger is asked to sign in
    assert 'lang="vi"' in page
    style = page.split('rel="stylesheet" href="')[1].split('"')[0]
    assert get(port, style)[0] == 200
    taken = home.run("serve", "--port", str(port), code=1)
    assert "port_taken" in taken
    os.kill(server.pid, word)
    out, err = server.communicate(timeout=PATIENCE_SECONDS)
    assert server.returncode == 0, err
    assert f"http://127.0.0.1:{port}/" in out
    assert "Traceback" not in err
    assert gone(home)


def test_killed_it_leaves_no_server_that_answers(home: Home) -> None:
    server, port = serving(home)
    server.kill()
    server.communicate(timeout=PATIENCE_SECONDS)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            get(port, "/healthz")
        except (urllib.error.URLError, OSError):
            break
        time.sleep(0.2)
    else:
        raise AssertionError("it still answers")
    # The database of a killed command is stopped by the next one out.
    home.run("tree", "--format", "json")
    assert gone(home)
