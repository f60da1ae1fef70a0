"""The pages of the desk on the demonstration: how long until one is answered, warm, in process, by
the desk's own role, and how many bytes it has before it is compressed."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from outcome import Outcome, main, median_seconds, say

from giaoban import database

GOAL_SECONDS = 0.15
THEN = "on=29/10/2018&known=29/10/2018"
FIGURES = "/so-lieu/?unit=HU-THACH-THAT&period=2018-9M&known=29/10/2018"
PAGES = (
    "/", f"/?{THEN}&unit=HU-THACH-THAT", "/to-chuc/", f"/to-chuc/XA-TIEN-XUAN/?{THEN}",
    f"/to-chuc/HU-THACH-THAT/?{THEN}", "/dang-vien/", "/dang-vien/?q=an", "/dang-vien/9001/",
    "/ghi-viec/", "/ghi-viec/admit/", "/so-nhat-ky/", "/so-nhat-ky/20000/", "/chi-tieu/", FIGURES,
    f"{FIGURES}&cell=admitted", "/nhap-du-lieu/", "/phan-quyen/", "/tim/?q=hoa", "/tai-khoan/",
)  # fmt: skip


def measure(options: argparse.Namespace) -> list[Outcome]:
    """Load the demonstration into a home of this run's own and ask for each page as the clerk."""
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as home:
        os.chmod(home, 0o755)
        os.environ["GIAOBAN_HOME"] = home
        say.print("loading the demonstration …")
        command = [str(Path(sys.executable).parent / "giaoban"), "demo", "--no-serve"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        os.environ |= {"GIAOBAN_DOOR": "desk", "DJANGO_SETTINGS_MODULE": "giaoban.desk.settings"}
        with database.running():
            return _ask(options.rounds)


def _ask(rounds: int) -> list[Outcome]:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections
    from django.test import Client

    from giaoban.cli.demonstration.diary import CLERK
    from giaoban.people.models import Login

    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.force_login(Login.objects.get(username=CLERK), settings.AUTHENTICATION_BACKENDS[0])
    found = []
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        took = median_seconds(lambda path=path: client.get(path), rounds)
        found.append(
            Outcome(path, f"under {GOAL_SECONDS * 1000:.0f} ms", f"{took * 1000:.0f} ms",
                    GOAL_SECONDS / took, {"seconds": took, "bytes": len(answer.content)})
        )  # fmt: skip
    connections.close_all()
    return found


def arguments() -> argparse.ArgumentParser:
    """How often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
