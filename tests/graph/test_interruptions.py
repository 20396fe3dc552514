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

from kb import graph as connection
from kb.errors import GraphError
from kb.graph import Graph
from kb.loading import apply
from tests.graph.books import SMALL, everything, many_claims, plan_of, write_book
from tests.graph.shell import kb

BIG = 400  # claims
# Smaller transactions than usual and a rest after each, so that there is a middle to be interrupted in. A
# server that was killed is not waited for.
IN_BATCHES = """
import sys, time
from contextlib import contextmanager
from kb import graph
from kb.loading import apply
graph.RETRY_SECONDS, apply.ONE_TRANSACTION, apply.BATCH = 1, 200, 100
from kb.cli import load, main

@contextmanager
def slowly(total):
    yield lambda *_: time.sleep(0.8)

load._progress = slowly
main(sys.argv[1:])
"""


class Place:
    """A store of its own for this module, with a loaded small book and a big one to be interrupted."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.small = write_book(folder / "small", SMALL)
        self.big = write_book(folder / "big", many_claims(BIG))

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Start one command that writes in many transactions."""
        command = [sys.executable, "-c", IN_BATCHES, *map(str, words)]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

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
        assert kb("load", place.small).status == 0
        yield place
        kb("server", "stop")


def held() -> tuple[list[str], list[str]]:
    """Everything in the graph."""
    with Graph.connect() as graph:
        return everything(graph)


def test_a_load_that_the_user_interrupts_leaves_nothing(place: Place) -> None:
    """Ctrl-C in the middle of a load: exit 130, one line, and the graph as before."""
    before = held()
    load = place.interrupted()
    load.send_signal(signal.SIGINT)
    _, said = load.communicate(timeout=60)
    assert load.returncode == 130, said
    assert said.splitlines()[-1].startswith("Interrupted.")
    assert "Traceback" not in said
    assert held() == before


def test_a_second_writer_is_refused_while_a_load_runs(place: Place) -> None:
    """One writer at a time: the second load says who is at work; killing the first one loses nothing."""
    before = held()
    load = place.interrupted()
    second = kb("load", place.small)
    assert second.status == 1
    assert f"Another load is running (process {load.pid})." in second.err[-1]
    load.kill()
    load.communicate()
    third = kb("load", place.small)
    assert third.status == 0
    assert any("is rolled back" in line for line in third.err)
    assert held() == before


def test_a_server_killed_in_the_middle_of_a_load_loses_nothing(place: Place) -> None:
    """kill -9 of the server: the load fails with one line, and loading again gives the whole book once.

    Until the next start status and doctor say what happened; what was committed before is there.
    """
    before = held()
    load = place.interrupted()
    _server().kill()
    _, said = load.communicate(timeout=120)
    assert load.returncode == 1, said
    assert "Traceback" not in said
    assert kb("server", "status").status == 1
    doctor = kb("doctor")
    assert doctor.status == 1
    assert "died; the next start recovers" in doctor.out
    assert kb("load", place.small).status == 0
    assert held() == before
    again = kb("load", place.big)
    assert again.status == 0, again.err
    assert f"{BIG:,} added" in again.out
    with Graph.connect() as graph:
        assert graph.rows("MATCH (s:Support) RETURN count(s) AS n") == [{"n": BIG}]


@pytest.mark.skipif(sys.platform != "linux", reason="limits of another process")
def test_a_disk_that_is_full_in_the_middle_of_a_load_loses_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When no file can grow any more the load fails; with room again the graph is as before it."""
    import resource

    monkeypatch.setattr(connection, "RETRY_SECONDS", 1)
    monkeypatch.setattr(apply, "ONE_TRANSACTION", 100)
    monkeypatch.setattr(apply, "BATCH", 50)
    before = held()
    server = _server()

    def fill(done: int, _: int) -> None:
        if done == 2 * apply.BATCH:
            resource.prlimit(server.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))

    with Graph.connect() as graph:
        plan = plan_of(graph, write_book(place.folder / "bigger", many_claims(BIG + 300)))
        with pytest.raises(GraphError):
            apply.apply_plan(graph, plan, progress=fill)
    server.kill()
    server.wait()
    with Graph.connect() as graph:
        said: list[str] = []
        apply.recover(graph, said.append)
        assert len(said) == 1
        assert everything(graph) == before
        assert apply.apply_plan(graph, plan) is not None


def _server() -> psutil.Process:
    home = os.environ["KB_HOME"]
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if any("Neo4jCommunity" in word for word in words) and any(home in word for word in words):
            return process
    raise AssertionError("no server runs")
