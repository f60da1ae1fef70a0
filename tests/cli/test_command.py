"""The command itself: its exit codes, and the server that it turns on and off.

Each test has a folder of its own under /tmp, in which the command keeps a server of its own; the
wheel's helper user must be able to reach it, so pytest's own folders will not do.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from giaoban.cli.main import COMMANDS
from tests.cli.calling import Office
from tests.cli.ready import PROGRAM, copy_ready

PATIENCE_SECONDS = 60
FOUNDING = (
    {"act": "login", "login": "ban-to-chuc"},
    {"act": "found", "code": "TP", "kind": "party-central", "name": "Đảng bộ", "root": True,
     "on": "1/1/2010", "basis_number": "1", "basis_on": "1/1/2010", "basis_issuer": "Thành ủy"},
    {"act": "appoint", "login": "ban-to-chuc", "unit": "TP", "role": "clerk", "on": "1/1/2010"},
)  # fmt: skip


class Home:
    """A folder with a server of its own, and the command called in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.environment = {
            key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")
        } | {"GIAOBAN_HOME": str(folder), "GIAOBAN_LANGUAGE": "en", "COLUMNS": "200"}

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start the command and do not wait; it reads what is written to it."""
        return subprocess.Popen(
            [str(PROGRAM), *words], env=self.environment, stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            # A shell without a terminal lets what it starts beside itself ignore Ctrl-C.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )  # fmt: skip

    def run(self, *words: str, code: int = 0) -> str:
        """What the command prints; it ends with this exit code."""
        done = subprocess.run(
            [str(PROGRAM), *words], env=self.environment, stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=PATIENCE_SECONDS,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr

    def server(self) -> int | None:
        """The server's process, if one runs."""
        found = list(self.folder.glob("var/*/data/postmaster.pid"))
        if not found:
            return None
        number = int(found[0].read_text().split()[0])
        return number if _alive(Path(f"/proc/{number}")) else None

    def processes(self) -> list[int]:
        """Every process that works in this folder."""
        return [
            int(process.name)
            for process in Path("/proc").iterdir()
            if process.name.isdecimal() and str(self.folder).encode() in _words_of(process)
        ]


def _alive(process: Path) -> bool:
    """Whether a process runs; one that has ended may wait for a parent that never asks."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _words_of(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""


def wait_until(true: Callable[[], object]) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def own_home(ready: str = "") -> Iterator[Home]:
    """An office in a folder of its own, bare or a copy of one that is ``ready``; its commands leave
    no process behind."""
    folder = Path(tempfile.mkdtemp(prefix="giaoban-"))
    folder.chmod(0o755)
    if ready:
        copy_ready(ready, folder)
    home = Home(folder)
    try:
        yield home
        assert home.server() is None
        assert home.processes() == []
    finally:
        for process in home.processes():
            os.kill(process, signal.SIGKILL)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """An office that has been set up, with one unit and a clerk; nothing of it is left running."""
    with own_home(ready="empty") as home:
        acts = home.folder / "acts.jsonl"
        acts.write_text("\n".join(json.dumps(act) for act in FOUNDING))
        home.run("act", "batch", str(acts))
        yield home


@pytest.mark.parametrize("words", [(), ("--help",), ("help",)])
def test_the_overview_names_every_command(tmp_path: Path, words: tuple[str, ...]) -> None:
    said = Home(tmp_path).run(*words)
    assert all(command in said for command in COMMANDS)


def test_help_needs_no_database(tmp_path: Path) -> None:
    assert "giaoban tree" in Home(tmp_path).run("tree", "--help")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"portal"}))  # that one is its door's
def test_every_command_explains_itself(office: Office, command: str) -> None:
    with pytest.raises(SystemExit) as ended:
        office.say(command, "--help")
    assert ended.value.code == 0
    assert "options:" in office.capsys.readouterr().out


def test_exit_codes(home: Home) -> None:
    assert "Try: giaoban tree" in home.run("tre", code=2)
    assert "there is no “sinh”" in home.run("act", "sinh", code=2)
    assert "--unit" in home.run("act", "die", "--person", "1", code=2)
    said = home.run("act", "die", "--person", "9", "--unit", "TP", "--left-on", "1/1/2018", code=1)
    assert said.strip() == "There is no member with number 9. Search by name. [person_unknown]"
    assert json.loads(home.run("tree", "--format", "json"))[0]["code"] == "TP"
    home.run("verify")
    assert home.server() is None


@pytest.mark.parametrize("command", [("find", "An"), ("backup", "{folder}/so.dump")])
def test_a_database_that_is_not_there(tmp_path: Path, command: tuple[str, ...]) -> None:
    home = Home(tmp_path)
    home.environment["DATABASE_URL"] = f"postgresql://x@/giaoban?host={tmp_path}"
    said = home.run(*(word.format(folder=tmp_path) for word in command), code=3)
    assert said.startswith("The database does not answer")
    assert list(tmp_path.iterdir()) == []


def test_an_office_that_was_never_set_up() -> None:
    with own_home() as home:
        assert "Run: giaoban setup" in home.run("find", "An", code=3)


def test_two_at_once_share_the_server(home: Home) -> None:
    first = home.start("act", "batch", "-")  # waits for its acts
    wait_until(home.server)
    server = home.server()
    home.run("find", "An")
    home.run("tree")
    assert home.server() == server
    act = {"act": "open", "name": "Lê Văn Cùng", "unit": "TP", "on": "1/1/2018"}
    out, err = first.communicate(json.dumps(act), timeout=PATIENCE_SECONDS)
    assert first.returncode == 0, err
    assert "Recorded 1 act, no." in out
    assert home.server() is None
    assert "Lê Văn Cùng" in home.run("find", "Cùng")


def test_many_at_once_record_everything(home: Home) -> None:
    told = [
        home.start("act", "register", "--name", f"Nhiều Người {name}", "--key", name)
        for name in "ABC"
    ]
    for one in told:
        _out, err = one.communicate(timeout=PATIENCE_SECONDS)
        assert one.returncode == 0, err
    found = json.loads(home.run("find", "nhieu nguoi", "--format", "json"))
    assert len({row["person"] for row in found}) == 3
    assert home.server() is None


def test_a_killed_command_leaves_a_server_for_the_next(home: Home) -> None:
    killed = home.start("act", "batch", "-")
    wait_until(home.server)
    time.sleep(0.5)  # let the server be up, not only begun
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=PATIENCE_SECONDS)
    server = home.server()
    assert server is not None
    home.run("verify")
    assert home.server() is None
    assert not _alive(Path(f"/proc/{server}"))


def test_a_killed_server_is_started_again(home: Home) -> None:
    """As after a power cut: the books come up again, whole."""
    told = home.start("act", "batch", "-")
    wait_until(home.server)
    time.sleep(0.5)
    server = home.server()
    assert server is not None
    told.kill()
    told.communicate(timeout=PATIENCE_SECONDS)
    os.kill(server, signal.SIGKILL)
    wait_until(lambda: home.server() is None)
    home.run("verify")


def test_backup_and_restore_as_a_whole(home: Home, tmp_path: Path) -> None:
    file = tmp_path / "so.dump"
    said = home.run("backup", str(file))
    digest = said.split("digest ")[1].strip().rstrip(".")
    assert "[books_not_empty]" in home.run("restore", str(file), code=1)
    assert digest in home.run("restore", str(file), "--replace")

    with own_home() as elsewhere:
        assert digest in elsewhere.run("restore", str(file))  # a machine never set up
        assert json.loads(elsewhere.run("tree", "--format", "json"))[0]["code"] == "TP"
        elsewhere.run("act", "register", "--name", "Người Mới")
