"""Offices that have been set up already, to be copied: making one anew for each test takes long.

``python -m tests.cli.ready`` makes them beforehand, beside what needs but one processor.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUR_SECONDS = 3600
PROGRAM = Path(sys.executable).with_name("giaoban")
SHELF = Path(tempfile.gettempdir()) / f"giaoban-ready-{os.geteuid()}"
# What is in the books of each, and by which words it gets there.
SORTS = {"empty": ("setup",), "demonstration": ("demo", "--no-serve")}
DOORS = ("desk", "portal")
MADE_FROM = ("giaoban/**/*.py", "giaoban/**/*.toml", "giaoban/**/*.csv", "giaoban/**/*.json",
             "giaoban/**/static/**/*.css", "giaoban/**/static/**/*.js",
             "requirements/run.txt")  # fmt: skip
LOADING_SECONDS = 300
SAID = "said.txt"


def copy_ready(sort: str, folder: Path) -> None:
    """Put an office of a sort into an empty folder."""
    with _made(sort) as made:
        # As it is, with the owners that PostgreSQL insists on.
        subprocess.run(["cp", "-a", "--reflink=auto", str(made / "var"), str(folder)], check=True)


def said_by(sort: str) -> str:
    """What the command said when it made an office of a sort."""
    with _made(sort) as made:
        return (made / SAID).read_text(encoding="utf-8")


@contextmanager
def _made(sort: str) -> Iterator[Path]:
    SHELF.mkdir(exist_ok=True)
    SHELF.chmod(0o755)
    made = SHELF / f"{sort}-{_state()}"
    with (SHELF / f"{sort}.lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        if not all((made / one).exists() for one in ("done", SAID)):
            _drop_old(sort)
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            made.chmod(0o755)
            _make(made, SORTS[sort])
            (made / "done").touch()
        yield made


def _make(folder: Path, words: tuple[str, ...]) -> None:
    environment = {
        key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")
    } | {"GIAOBAN_HOME": str(folder), "DJANGO_SETTINGS_MODULE": "giaoban.every_door"}
    gather = [sys.executable, "-W", "ignore", "-m", "django", "prepare_static"]
    said = []
    for command in ([str(PROGRAM), *words], *([*gather, door] for door in DOORS)):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True,
            timeout=LOADING_SECONDS,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        said.append(done.stdout)
    (folder / SAID).write_text(said[0], encoding="utf-8")


def _drop_old(sort: str) -> None:
    """Somebody else may be testing a state of an hour ago."""
    for old in SHELF.glob(f"{sort}-*"):
        if old.stat().st_mtime < time.time() - HOUR_SECONDS:
            shutil.rmtree(old, ignore_errors=True)


def _state() -> str:
    """A name that changes with whatever the product is made of."""
    marks = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            marks.update(path.read_bytes())
    return marks.hexdigest()[:12]


if __name__ == "__main__":
    for sort in SORTS:
        with _made(sort):
            pass
