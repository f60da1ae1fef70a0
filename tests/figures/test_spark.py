"""A real cluster of Apache Spark, a master and two workers on this machine, gives the very figures
that the embedded engine gives."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from giaoban.figures.segments import engines
from giaoban.figures.segments.spark import Cluster
from giaoban.journal.queries import head
from tests.figures.test_segments import compacted, everything, place, spans
from tests.histories import History
from tests.world import World

__all__ = ["place"]  # a fixture
WORKERS, PATIENCE_SECONDS = 2, 90
# Six Java machines live for a few dozen questions: what is compiled thoroughly is never run often
# enough to be worth it, and with two cores to share a collector of one thread is the quickest.
SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
pytestmark = pytest.mark.xdist_group("spark")


@dataclass
class Standalone:
    """A master and its workers, each a process of its own with a log."""

    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"spark://127.0.0.1:{self.port}"

    def start(self, name: str, *words: str) -> None:
        from pyspark import find_spark_home

        home = find_spark_home._find_spark_home()
        environment = os.environ | {
            "SPARK_HOME": home, "SPARK_SCALA_VERSION": "2.13", "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_WORKER_DIR": str(self.folder / name), "SPARK_DAEMON_MEMORY": "512m",
            "JAVA_TOOL_OPTIONS": SHORT_LIVED,
        }  # fmt: skip
        log = (self.folder / f"{name}.log").open("wb")
        self.processes.append(
            subprocess.Popen(
                [f"{home}/bin/spark-class", *words],
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )

    def up(self) -> bool:
        log = (self.folder / "master.log").read_text(errors="replace")
        return log.count("Registering worker") == WORKERS

    def logs(self) -> str:
        return "\n".join(file.read_text(errors="replace")[-2000:]
                         for file in self.folder.glob("*.log"))  # fmt: skip

    def end(self) -> None:
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def cluster_of_spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standalone]:
    if shutil.which("java") is None:
        if os.environ.get("JAVA") == "needed":
            raise AssertionError("no Java: apt-get install openjdk-17-jre-headless")
        pytest.skip("no Java: apt-get install openjdk-17-jre-headless")
    found = Standalone(tmp_path_factory.mktemp("spark"), free_port())
    local = ("--host", "127.0.0.1", "--webui-port", "0")
    found.start("master", "org.apache.spark.deploy.master.Master", *local,
                "--port", str(found.port))  # fmt: skip
    for number in range(WORKERS):
        found.start(f"worker-{number}", "org.apache.spark.deploy.worker.Worker", *local,
                    "--cores", "1", "--memory", "2g", found.address)  # fmt: skip
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not found.up():
            assert time.monotonic() < until, found.logs()
            assert all(process.poll() is None for process in found.processes), found.logs()
            time.sleep(0.2)
        yield found
    finally:
        found.end()


@pytest.fixture
def on_spark(
    cluster_of_spark: Standalone, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Cluster]:
    """Figures come from the cluster while this lasts; questions put to it are counted."""
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", SHORT_LIVED)
    made = Cluster(cluster_of_spark.address, {"spark.sql.shuffle.partitions": "1"})
    monkeypatch.setattr(engines, "_made", lambda address: made if address else engines.Embedded())
    settings.FIGURES_ENGINE = cluster_of_spark.address
    yield made
    made._forget()


def test_the_cluster_gives_the_figures_of_the_embedded_engine(
    world: World, place: Path, settings: Any, on_spark: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    history = History(replace(world), seed=134, days_apart=12).play(60)
    compacted()
    # What came since lies in PostgreSQL: whichever engine reads the files, both parts add up.
    history.play(25)
    some, *_others, year = spans(history, seed=53, n=3)
    told = {}
    for engine in ("", settings.FIGURES_ENGINE):
        settings.FIGURES_ENGINE = engine
        told[engine] = [
            everything(span, known, units)
            for span, known, units in (
                (some, head().number - 20, history.open_units(history.day)),
                (year, head().number, None),
            )
        ]
    alone, together = told.values()
    assert together == alone
    assert on_spark._session is not None  # it was asked
    assert not caplog.records


def test_a_cluster_that_is_not_there_is_named_and_postgresql_answers(
    world: World, place: Path, settings: Any, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    history = History(replace(world), seed=134, days_apart=12).play(30)
    compacted()
    [span, *_] = spans(history, seed=53, n=2)
    right = everything(span, head().number, None)

    class Gone(Cluster):
        def _opened(self) -> Any:
            raise ModuleNotFoundError("No module named 'pyspark'", name="pyspark")

    settings.FIGURES_ENGINE = "spark://127.0.0.1:1"
    monkeypatch.setattr(engines, "_made", Gone)
    assert everything(span, head().number, None) == right
    [said] = {record.getMessage() for record in caplog.records}
    assert "spark://127.0.0.1:1" in said
    assert "pip install giaoban[spark]" in said
