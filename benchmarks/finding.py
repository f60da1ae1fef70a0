"""Finding members by a part of their name among those of a nation, as one types: as the desk's own
role, for who sees the nation, a province, a district or a commune; and end to end, as a command and
as a page. Texts are drawn from the nation's own names, frequent ones as often as they are borne.

Cold is the first that is asked of a server that has just started, none of its files in the memory
of the machine; warm is the second time round.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from outcome import Outcome, main, say, seconds

from giaoban import database

GOAL_SECONDS, PAGE_SECONDS = 0.03, 0.15
EVE = date(2025, 6, 30)  # the last day of the districts
LINES, TYPED = 50, 8  # a page of the command, the hits below a field
Make = Callable[[str, random.Random], str]


def _part(*places: int | None) -> Make:
    cut = slice(*places)
    return lambda name, _rng: " ".join(name.split()[cut])


def _folded(make: Make) -> Make:
    from giaoban import vietnamese

    return lambda name, rng: vietnamese.fold(make(name, rng))


def _beginning(name: str, rng: random.Random) -> str:
    return name.split()[rng.choice((0, -1))][: rng.choice((2, 3))]


def _misspelt(name: str, rng: random.Random) -> str:
    at = rng.randrange(1, len(name))
    return name[:at] + rng.choice("fjwz") + name[at:]


def kinds() -> dict[str, Make]:
    """What somebody types who looks for a person of some name."""
    return {
        "full name, no marks": _folded(_part(None)),
        "full name, marks": _part(None),
        "family and middle name": _folded(_part(0, 2)),
        "middle and given name": _folded(_part(1, None)),
        "given name, no marks": _folded(_part(-1, None)),
        "given name, marks": _part(-1, None),
        "2 or 3 letters": _folded(_beginning),
        "misspelt": _misspelt,
    }


@dataclass(frozen=True, slots=True)
class Eyes:
    """Somebody who looks: the units in sight, the day, how many lines are shown."""

    who: str
    units: frozenset[int]
    on: date
    lines: int


def measure(options: argparse.Namespace) -> list[Outcome]:
    """In the home that is named, which is only read; or in one of this run's own."""
    if options.home:
        return _measure_at(options.home, options)
    with tempfile.TemporaryDirectory(prefix="giaoban-bench-") as home:
        os.chmod(home, 0o755)
        say.print("building a part of a nation …")
        os.environ["GIAOBAN_HOME"] = home
        for words in (("setup",), ("synth", "nation", "--scale", str(options.scale))):
            subprocess.run([*_command(), *words], check=True, stdout=subprocess.DEVNULL)
        return _measure_at(Path(home), options)


def _command() -> list[str]:
    return [sys.executable, "-c", "from giaoban.cli.main import main; main()"]


def _measure_at(home: Path, options: argparse.Namespace) -> list[Outcome]:
    os.environ |= {"GIAOBAN_HOME": str(home), "GIAOBAN_DOOR": "desk",
                   "DJANGO_SETTINGS_MODULE": "giaoban.desk.settings"}  # fmt: skip
    import django

    django.setup()
    with _ended(), database.running():
        drawn, eyes = _drawn(options), list(_eyes())
        clock = _busy if options.busy else perf_counter
        warm = [line for one in eyes for line in _warm(one, drawn, clock)]
        pages = [*_pages(drawn, options.rounds), *_commands(drawn, options.rounds)]
    if not options.cold:
        return warm + pages
    _forget_files()
    with _ended(), database.running():
        return [*_cold(eyes, drawn), *warm, *pages]


@contextmanager
def _ended() -> Iterator[None]:
    """No connection is left behind, so that the server may stop."""
    from django.db import connections

    try:
        yield
    finally:
        connections.close_all()


def _forget_files() -> None:
    """Have the machine put the cluster's files out of its memory; somebody else's use of the same
    server would bring them back, so nobody else may be at it."""
    place = database.cluster()
    if (place.data / "postmaster.pid").exists():
        say.print("[bold]somebody else uses this server: not cold[/bold]")
    for file in place.data.rglob("*"):
        if file.is_file():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _drawn(options: argparse.Namespace) -> dict[str, list[str]]:
    """kind → texts, together as many as were asked for."""
    from django.db import connection

    rng, made = random.Random(options.seed), kinds()
    each = -(-options.queries // len(made))
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('giaoban.units', '*', false)")
        cursor.execute("SELECT max(id) FROM people_person")
        (last,) = cursor.fetchone()
        ids = [rng.randint(1, last) for _ in range(4 * each)]
        cursor.execute("SELECT full_name FROM people_personname WHERE person_id = ANY(%s)"
                       " AND full_name IS NOT NULL ORDER BY person_id", [ids])  # fmt: skip
        names = [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT set_config('giaoban.units', '', false)")
    return {
        kind: [make(rng.choice(names), rng) for _ in range(each)] for kind, make in made.items()
    }


def _eyes() -> Iterator[Eyes]:
    """A province and a commune of today, a district of the time before the reform; of each one
    in the middle by its units."""
    from django.utils import timezone

    from giaoban.journal.queries import AsOf, head
    from giaoban.units.models import Unit
    from giaoban.units.queries import tree_on

    today, known = timezone.localdate(), head().number
    now, then = tree_on(AsOf(today, known)), tree_on(AsOf(EVE, known))
    yield Eyes("the nation", frozenset(Unit.objects.values_list("pk", flat=True)), today, LINES)

    def middle(tree: Any, units: Any) -> frozenset[int]:
        below = sorted((tree.below(unit).tolist() for unit in units), key=len)
        return frozenset(below[len(below) // 2])

    def children(tree: Any, units: Any) -> list[int]:
        return [child for unit in units for child in tree.children(unit).tolist()]

    top = now.ids[:1].tolist()
    provinces, old = children(now, top), children(then, top)
    yield Eyes("a province", middle(now, provinces), today, TYPED)
    yield Eyes("a district", middle(then, _larger(then, children(then, old))), EVE, TYPED)
    yield Eyes("a commune", middle(now, _larger(now, children(now, provinces))), today, TYPED)


def _larger(tree: Any, units: list[int]) -> list[int]:
    """Those that have others below: an agency of the same level is no district."""
    return [unit for unit in units if len(tree.below(unit)) > 20]


def _busy() -> float:
    """Seconds of a processor that this process and its server's have used so far: on a machine
    that others use at the same time the clock tells more of these than of a search."""
    from django.db import connection

    server = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return process_time() + int(server.read_text().split()[0]) / 1e9


@contextmanager
def _asking(eyes: Eyes, clock: Callable[[], float]) -> Iterator[Callable[[str], float]]:
    """How long a text takes whoever looks, once the database knows what is in their sight."""
    from giaoban.journal.queries import AsOf, head
    from giaoban.ledger.finding import find_members, find_persons
    from giaoban.people.sight import in_sight

    as_of = AsOf(eyes.on, head().number)
    find: Callable[..., object] = find_persons if eyes.lines == LINES else find_members

    def ask(text: str) -> float:
        begun = clock()
        find(text, as_of, limit=eyes.lines)
        return clock() - begun

    with in_sight(eyes.units):
        yield ask


def _warm(eyes: Eyes, drawn: dict[str, list[str]], clock: Callable[[], float]) -> Iterator[Outcome]:
    every: list[float] = []
    with _asking(eyes, clock) as ask:
        for kind, texts in drawn.items():
            for text in texts:
                ask(text)
            taken = [(ask(text), text) for text in texts]
            every += [took for took, _text in taken]
            name = f"{eyes.who}, warm: {kind}"
            yield _outcome(name, [took for took, _text in taken], max(taken)[1])
    yield _outcome(f"{eyes.who} ({len(eyes.units)} units), warm: all", every)


def _cold(eyes: list[Eyes], drawn: dict[str, list[str]]) -> Iterator[Outcome]:
    """One text of each kind after the other, so that none warms the way for its like."""
    for one in eyes:
        mixed = [texts[n] for n in range(min(map(len, drawn.values()))) for texts in drawn.values()]
        with _asking(one, perf_counter) as ask:
            taken = [ask(text) for text in mixed]
        yield _outcome(f"{one.who}, cold: the first 100", taken[:100])
        yield _outcome(f"{one.who}, cold: all, once", taken)


def _outcome(name: str, taken: list[float], slowest: str = "") -> Outcome:
    cuts = statistics.quantiles(taken, n=100, method="inclusive")
    middle, most, last = cuts[49], cuts[94], cuts[98]
    say.print(f"{name}: p95 {most * 1e3:.1f} ms {slowest}")
    told = f"p50 {middle * 1e3:.1f}, p95 {most * 1e3:.1f}, p99 {last * 1e3:.1f} ms"
    return Outcome(
        name, f"p95 under {GOAL_SECONDS * 1000:.0f} ms", told, GOAL_SECONDS / most,
        {"p50": middle, "p95": most, "p99": last, "max": max(taken), "slowest": slowest},
    )  # fmt: skip


def _pages(drawn: dict[str, list[str]], rounds: int) -> Iterator[Outcome]:
    """The search of the desk by who sees everything, answered in full."""
    from django.conf import settings
    from django.test import Client

    from giaoban.people.models import Appointment, Login

    settings.ALLOWED_HOSTS = ["testserver"]
    login = Appointment.objects.order_by("entry_id").first()
    assert login is not None
    client = Client()
    client.force_login(Login.objects.get(username=login.login_name),
                       settings.AUTHENTICATION_BACKENDS[0])  # fmt: skip

    def ask(text: str) -> None:
        answer = client.get("/tim/", {"q": text}, HTTP_HX_REQUEST="true")
        assert answer.status_code == 200

    taken = [seconds(lambda text=text: ask(text)) for text in _some(drawn, rounds)]
    took = statistics.median(taken)
    yield Outcome("the desk's search, whole answer", f"under {PAGE_SECONDS * 1000:.0f} ms",
                  f"{took * 1000:.0f} ms", PAGE_SECONDS / took, {"seconds": taken})  # fmt: skip


def _commands(drawn: dict[str, list[str]], rounds: int) -> Iterator[Outcome]:
    """``giaoban find`` from a cold shell, the server up, beside a command that asks nothing."""

    def run(*words: str) -> float:
        return seconds(lambda: subprocess.run(
            [*_command(), *words], check=True, stdout=subprocess.DEVNULL, env=env))  # fmt: skip

    env = {name: value for name, value in os.environ.items()
           if name not in ("GIAOBAN_DOOR", "DJANGO_SETTINGS_MODULE")}  # fmt: skip
    took = statistics.median(run("find", text) for text in _some(drawn, rounds))
    bare = statistics.median(run("find", "", "--limit", "1") for _ in range(rounds))
    yield Outcome("giaoban find, as a command", "–", f"{took * 1000:.0f} ms ({bare * 1000:.0f} ms"
                  " for one line)", None, {"seconds": took})  # fmt: skip


def _some(drawn: dict[str, list[str]], rounds: int) -> list[str]:
    return [texts[n] for n in range(-(-rounds // len(drawn))) for texts in drawn.values()][:rounds]


def arguments() -> argparse.ArgumentParser:
    """Where, how many, how often."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="a GIAOBAN_HOME with a nation in it")
    parser.add_argument("--scale", type=float, default=0.01, help="or how much of one to build")
    parser.add_argument("--queries", type=int, default=1000, help="texts, of all kinds together")
    parser.add_argument("--rounds", type=int, default=8, help="of pages and commands")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--busy", action="store_true", help="warm: time of processors instead of"
                        " the clock, where others use the machine")  # fmt: skip
    parser.add_argument("--cold", action="store_true", help="also from a server just started")
    return parser


if __name__ == "__main__":
    main(arguments(), measure)
