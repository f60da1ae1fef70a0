"""What somebody meets who has just got the checkout: a set-up that lacks something says what, and
a machine with another language, another user or no network will do."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from giaoban.cli.main import INTERRUPTED
from tests.cli.test_command import PROGRAM, Home, own_home, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
# What tools/prepare calls before it has anything of its own.
PROGRAMS = ("sh", "cat", "cksum", "tr", "dirname", "rm", "env", "mv", "mkdir")
NOWHERE = "http://127.0.0.1:9/"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """As much of the checkout as setting up looks at."""
    for name in ("tools/prepare", "requirements", "pyproject.toml", "giaoban/locale"):
        source, target = ROOT / name, tmp_path / "checkout" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    return tmp_path / "checkout"


def prepare(checkout: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Set up with nothing on the path but the plainest programs, and those named."""
    path = checkout.parent / "bin"
    path.mkdir()
    for program in PROGRAMS:
        (path / program).symlink_to(str(shutil.which(program)))
    for program in more:
        (path / Path(program).name).symlink_to(program)
    return subprocess.run(
        [str(checkout / "tools" / "prepare"), "run"], capture_output=True, text=True, timeout=120,
        env={"PATH": str(path), "HOME": str(checkout.parent), "PIP_CONFIG_FILE": os.devnull,
             "PIP_INDEX_URL": NOWHERE, "PIP_RETRIES": "0", "PIP_TIMEOUT": "1"},
    )  # fmt: skip


def test_without_python_it_says_so(checkout: Path) -> None:
    done = prepare(checkout)
    assert done.returncode == 1
    assert "Cần Python 3.11 trở lên" in done.stderr
    assert "apt-get install python3 python3-venv" in done.stderr


def test_an_older_python_will_not_do(checkout: Path, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    done = prepare(checkout, str(old))
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr


def test_without_a_network_it_says_so(checkout: Path, tmp_path: Path) -> None:
    python = tmp_path / "python3"
    real = Path(sys.base_prefix) / "bin" / f"python3.{sys.version_info.minor}"
    python.symlink_to(real)
    done = prepare(checkout, str(python))
    assert done.returncode == 1
    assert "Installing the packages into .venv" in done.stderr
    assert "needs a network" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_or_a_setting_that_can_not_be_read(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.environment["DATABASE_URL"] = "garbage"
    assert "DATABASE_URL" in home.run("find", "An", code=3)
    del home.environment["DATABASE_URL"]
    home.environment |= {
        "GIAOBAN_NAME_ORDER": "x",
        "DATABASE_URL": f"postgresql:///?host={tmp_path}",
    }
    said = home.run("find", "An", code=2)
    assert "GIAOBAN_NAME_ORDER" in said
    assert "given-middle-family, given-family-middle" in said


@pytest.fixture(scope="module")
def home() -> Iterator[Home]:
    """An office that has been set up."""
    with own_home() as home:
        home.run("setup")
        yield home


def test_told_to_stop(home: Home) -> None:
    told = home.start("act", "batch", "-")  # waits for its acts
    wait_until(home.server)
    time.sleep(1)
    told.send_signal(signal.SIGINT)
    told.wait(timeout=60)  # what it waits for goes on being open: it ends for having been told to
    out, err = told.communicate()
    assert (told.returncode, out) == (INTERRUPTED, "")
    assert err.strip() == "Stopped."
    assert home.server() is None


def test_cleaning_keeps_the_books() -> None:
    if shutil.which("make") is None:
        pytest.skip("there is no make")
    said = {
        target: subprocess.run(
            ["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.split()
        for target in ("clean", "clean-books")
    }
    assert ".venv" in said["clean"]
    assert not {"var", "var/db"} & set(said["clean"])
    assert "var" in said["clean-books"]


@pytest.mark.parametrize("locale", [{"LANG": "C"}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}])
def test_on_a_machine_without_a_language(home: Home, locale: dict[str, str]) -> None:
    home.environment = {
        key: value for key, value in home.environment.items()
        if key != "LANG" and not key.startswith("LC_")
    } | locale  # fmt: skip
    assert "Không Có Ai" in home.run("find", "Không Có Ai")


def test_without_any_network(home: Home) -> None:
    alone = ["unshare", "-n"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"]).returncode:
        pytest.skip("this user may not take the network away (unshare -n)")
    done = subprocess.run(
        [*alone, str(PROGRAM), "find", "An"], env=home.environment, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_an_ordinary_user(tmp_path: Path) -> None:
    """Root is only one way to run it; here root runs it as somebody else."""
    if os.geteuid() != 0:
        pytest.skip("the other tests run as an ordinary user already")
    nobody = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
    reached = shutil.which("setpriv") and subprocess.run(
        [*nobody, str(PROGRAM), "--help"], capture_output=True
    )
    if not reached or reached.returncode:
        pytest.skip("an ordinary user can't reach this checkout or its Python")
    with own_home() as home:
        os.chown(home.folder, pwd.getpwnam("nobody").pw_uid, -1)
        for words in (["setup"], ["find", "An"], ["verify"]):
            done = subprocess.run(
                [*nobody, str(PROGRAM), *words], env=home.environment, capture_output=True,
                text=True, timeout=60,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
        assert {path.stat().st_uid for path in home.folder.glob("var/*/data")} == {
            pwd.getpwnam("nobody").pw_uid
        }
