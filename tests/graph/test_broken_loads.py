"""Loads that lose the connection, and a plan that does not fit on the disk: nothing half-written or lost."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from neo4j import GraphDatabase

from kb.errors import Refused, Unreachable
from kb.graph import Graph
from kb.loading import apply
from kb.loading.plan import Plan
from kb.server.address import Address
from tests.graph.books import SMALL, everything, load, many_claims, plan_of, write_book


class Wire:
    """A wire between a client and the server that can be cut, after a number of bytes or at once."""

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.left: int | None = None
        self.for_good = False
        self.cuts = 0
        self.port: int = self._listening.getsockname()[1]
        Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                server = socket.create_connection(self._server)
                self._open += [client, server]
                Thread(target=self._carry, args=(client, server, True), daemon=True).start()
                Thread(target=self._carry, args=(server, client, False), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while some := one.recv(4096):
                if counted and self.left is not None:
                    self.left -= len(some)
                    if self.left < 0:
                        self.remove() if self.for_good else self.cut()
                        return
                other.sendall(some)

    def cut(self) -> None:
        """Break what is connected; the next connection is a new one."""
        self.left = None
        self.cuts += 1
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._open.clear()

    def remove(self) -> None:
        """Take the wire away for good."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()


@pytest.fixture
def wire(server: Address) -> Iterator[Wire]:
    """A wire to the server of the tests."""
    wire = Wire(int(server.uri.rpartition(":")[2]))
    yield wire
    wire.remove()


@contextmanager
def over(wire: Wire, server: Address) -> Iterator[Graph]:
    """A graph at the end of the wire, that gives up sooner than usual."""
    uri = f"bolt://127.0.0.1:{wire.port}"
    driver = GraphDatabase.driver(
        uri,
        auth=(server.username, server.password),
        max_transaction_retry_time=0.5,
        initial_retry_delay=0.1,
    )
    with Graph(driver, Address(uri, server.username, server.password, server.database)) as far:
        yield far


@pytest.fixture
def plan(graph: Graph, tmp_path: Path) -> Plan:
    """The plan of three hundred claims on top of the small book."""
    load(graph, write_book(tmp_path / "small", SMALL))
    return plan_of(graph, write_book(tmp_path / "big", many_claims(300)))


@pytest.fixture
def in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loads of more than a hundred changes are written fifty at a time."""
    monkeypatch.setattr(apply, "ONE_TRANSACTION", 100)
    monkeypatch.setattr(apply, "BATCH", 50)


def loads(graph: Graph) -> int:
    """How many loads there are, running ones too."""
    number: int = graph.rows("MATCH (l:Load) RETURN count(l) AS n")[0]["n"]
    return number


def test_a_connection_that_breaks_once_is_taken_up_again(
    wire: Wire, server: Address, graph: Graph, plan: Plan
) -> None:
    """A transaction that was cut in its middle is done again, and everything is there once."""
    with over(wire, server) as far:
        far.rows("RETURN 1")
        wire.left = 50_000
        assert apply.apply_plan(far, plan) is not None
    assert wire.cuts == 1
    assert loads(graph) == 2
    assert graph.rows("MATCH (s:Support) RETURN count(s) AS n, count(DISTINCT s.id) AS ids") == [
        {"n": 300, "ids": 300}
    ]


def test_a_connection_that_is_lost_leaves_nothing_of_one_transaction(
    wire: Wire, server: Address, graph: Graph, plan: Plan
) -> None:
    """The error is one line, and the graph as it was."""
    before = everything(graph)
    with over(wire, server) as far:
        far.rows("RETURN 1")
        wire.left, wire.for_good = 50_000, True
        with pytest.raises(Unreachable) as lost:
            apply.apply_plan(far, plan)
    assert "\n" not in str(lost.value)
    assert (everything(graph), loads(graph)) == (before, 1)


def test_a_connection_that_is_lost_between_batches_is_taken_back_by_the_next_load(
    wire: Wire, server: Address, graph: Graph, plan: Plan, in_batches: None
) -> None:
    """What was written stays until somebody loads again; then it is as if it had never been."""
    before = everything(graph)
    cut = _after(2, wire.remove)
    with over(wire, server) as far, pytest.raises(Unreachable) as lost:
        apply.apply_plan(far, plan, progress=cut)
    assert lost.value.hint == "Load again: it takes back what this load has written."
    assert everything(graph) != before
    said: list[str] = []
    apply.recover(graph, said.append)
    assert [line.endswith("is rolled back.") for line in said] == [True]
    assert (everything(graph), loads(graph)) == (before, 1)
    assert apply.apply_plan(graph, plan) is not None


def _after(times: int, work: Callable[[], None]) -> apply.Progress:
    """A report of progress that does the work when it is called for the so manieth time."""
    calls = iter(range(times))

    def progress(*_: int) -> None:
        if next(calls, None) == times - 1:
            work()

    return progress


def test_a_second_writer_in_the_same_process_is_refused(graph: Graph, plan: Plan, in_batches: None) -> None:
    """While a load is between two batches no other load begins, and none is taken back."""
    refused: list[str] = []

    def second(*_: int) -> None:
        try:
            apply.apply_plan(graph, plan)
        except Refused as error:
            refused.append(error.message)

    assert apply.apply_plan(graph, plan, progress=_after(1, second)) is not None
    assert [message.startswith("Another load is running (process ") for message in refused] == [True]
    assert loads(graph) == 2


def test_a_plan_that_does_not_fit_on_the_disk_is_not_saved(graph: Graph, tmp_path: Path) -> None:
    """A file that cannot be written whole is not there at all, and the error is one line."""
    folder = write_book(tmp_path / "big", many_claims(300))
    out = tmp_path / "plans" / "plan.json"
    out.parent.mkdir()
    code = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)); "
    command = [sys.executable, "-c", code + "from kb.cli import main; main(sys.argv[1:])"]
    done = subprocess.run([*command, "plan", folder, "--out", out], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"Error: Cannot write {out}: File too large."
    assert list(out.parent.iterdir()) == []
