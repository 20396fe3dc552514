"""Loads that are cut short by anything: the graph is as if they had never begun."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from kb.graph import Graph
from tests.graph.books import SMALL, many_claims, write_book

BIG = 2_000  # claims
# Smaller transactions than usual and a rest after each, so that there is a middle to be interrupted in.
IN_BATCHES = """
import sys, time
from contextlib import contextmanager
from kb.loading import apply
apply.ONE_TRANSACTION, apply.BATCH = 500, 200
from kb.cli import load, main

@contextmanager
def slowly(total):
    yield lambda *_: time.sleep(0.5)

load._progress = slowly
main(sys.argv[1:])
"""


class Place:
    """A store of its own for this module, with a loaded small book and a big one to be interrupted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.small = write_book(folder / "small", SMALL)
        self.big = write_book(folder / "big", many_claims(BIG))

    def kb(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Run one command to its end."""
        return subprocess.run([sys.executable, "-m", "kb", *map(str, words)], capture_output=True, text=True)

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Start one command that writes in many transactions."""
        command = [sys.executable, "-c", IN_BATCHES, *map(str, words)]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def book(self) -> dict[str, bytes]:
        """The graph as the bytes of its book."""
        target = self.folder / "export"
        done = self.kb("export", "--book", target, "--force")
        assert done.returncode == 0, done.stderr
        return {path.name: path.read_bytes() for path in target.iterdir()}

    def interrupted(self) -> subprocess.Popen[str]:
        """A load of the big book that has written a part of it."""
        process = self.start("load", self.big)
        with Graph.connect() as graph:
            until = time.monotonic() + 60
            while time.monotonic() < until and process.poll() is None:
                if graph.rows("MATCH (c:Claim) RETURN count(c) AS n")[0]["n"] > 2:
                    return process
                time.sleep(0.02)
        pytest.fail("the load ended before it could be interrupted")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, neo4j: None) -> Iterator[Place]:
    """A store of its own, whose server is stopped at the end."""
    folder = tmp_path_factory.mktemp("interrupted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KB_HOME", str(folder / "home"))
        place = Place(folder)
        assert place.kb("load", place.small).returncode == 0
        yield place
        place.kb("server", "stop")


def test_a_load_that_the_user_interrupts_leaves_nothing(place: Place) -> None:
    """Ctrl-C in the middle of a load: exit 130, one line, and the graph as before."""
    before = place.book()
    load = place.interrupted()
    load.send_signal(signal.SIGINT)
    _, said = load.communicate(timeout=60)
    assert load.returncode == 130, said
    assert said.splitlines()[-1].startswith("Interrupted.")
    assert "Traceback" not in said
    assert place.book() == before


def test_a_second_writer_is_refused_while_a_load_runs(place: Place) -> None:
    """One writer at a time: the second load says who is at work; killing the first one loses nothing."""
    before = place.book()
    load = place.interrupted()
    second = place.kb("load", place.small)
    assert second.returncode == 1
    assert f"Another load is running (process {load.pid})." in second.stderr
    load.kill()
    load.communicate()
    third = place.kb("load", place.small)
    assert third.returncode == 0
    assert "is rolled back" in third.stderr
    assert place.book() == before


def test_a_server_killed_in_the_middle_of_a_load_loses_nothing(place: Place) -> None:
    """kill -9 of the server: the load fails with one line, and loading again gives the whole book once."""
    before = place.book()
    load = place.interrupted()
    _server().kill()
    _, said = load.communicate(timeout=120)
    assert load.returncode == 1, said
    assert "Traceback" not in said
    assert place.kb("load", place.small).returncode == 0
    assert place.book() == before
    again = place.kb("load", place.big)
    assert again.returncode == 0, again.stderr
    assert f"{BIG:,} added" in again.stdout
    assert len(place.book()["support.csv"].splitlines()) == BIG + 1


def _server() -> psutil.Process:
    home = os.environ["KB_HOME"]
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any("Neo4jCommunity" in word for word in words) and any(home in word for word in words):
            return process
    raise AssertionError("no server runs")
