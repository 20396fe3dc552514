"""The connection: plain values, limits, translated errors, Ctrl-C, and the Python interface."""

from __future__ import annotations

import os
import signal
import threading
import time
import warnings
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import kb
from kb.errors import (
    CypherError,
    GraphError,
    InputError,
    KbError,
    NotFound,
    Refused,
    TimedOut,
    Unreachable,
)
from kb.graph import Graph, Tx
from kb.server import Address

ENDLESS = """
UNWIND range(1, 100000000) AS x UNWIND range(1, 100000) AS y
WITH x, y WHERE x = y + 0.5 RETURN count(*) AS n
"""
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery WHERE currentQuery CONTAINS 'y + 0.5' RETURN count(*) AS n"
MADE_UP = """
CREATE (a:Actor:Group {id: 'made-up-front', name: 'Made-up Front'})
CREATE (b:Actor:Group {id: 'made-up-hub', name: 'Made-up Hub'})
CREATE (a)-[:KNOWS {since: date('2014-07-01')}]->(b)
"""


@pytest.fixture
def made_up(graph: Graph) -> Graph:
    """Two invented groups that know each other."""
    graph.write(lambda tx: tx.run(MADE_UP))
    return graph


def test_values_are_plain_python(made_up: Graph) -> None:
    """Dates, times, durations, points, nodes, relationships and paths come out as plain values."""
    row = made_up.rows(
        "MATCH p = (a:Group {id: 'made-up-front'})-[r:KNOWS]->(b) "
        "RETURN a, r, p, date('2014-07-01') AS day, datetime('2014-07-01T12:00Z') AS at, "
        "duration('P1Y2M') AS length, point({x: 1, y: 2}) AS place, {list: [1, r.since], none: null} AS map"
    )[0]
    front = {"_labels": ["Actor", "Group"], "id": "made-up-front", "name": "Made-up Front"}
    knows = {"_type": "KNOWS", "since": date(2014, 7, 1)}
    assert row["a"] == front
    assert row["r"] == knows
    assert row["p"] == [
        front,
        knows,
        {"_labels": ["Actor", "Group"], "id": "made-up-hub", "name": "Made-up Hub"},
    ]
    assert row["day"] == date(2014, 7, 1)
    assert row["at"] == datetime(2014, 7, 1, 12, tzinfo=UTC)
    assert (row["length"], row["place"]) == ("P1Y2M", [1.0, 2.0])
    assert row["map"] == {"list": [1, date(2014, 7, 1)], "none": None}


def test_a_write_is_all_or_nothing(graph: Graph) -> None:
    """When the work fails half-way, nothing of it stays, and its own error comes out."""

    def work(tx: Tx) -> None:
        tx.run("CREATE (:Actor {id: $id})", id="made-up")
        raise ValueError("made up")

    with pytest.raises(ValueError, match="made up"):
        graph.write(work)
    assert graph.rows("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 0}]


def test_a_table_is_cut_and_says_so(graph: Graph) -> None:
    """`limit` rows come back, and `cut` tells whether there were more."""
    counting = "UNWIND range(1, 5) AS x RETURN x, null AS nothing"
    assert graph.table(counting, limit=4).rows == [[1, None], [2, None], [3, None], [4, None]]
    assert graph.table(counting, limit=4).cut
    assert not graph.table(counting, limit=5).cut
    assert len(graph.table(counting).rows) == 5


def test_a_plan_is_made_without_running(graph: Graph) -> None:
    """`explain` gives query type and operators, and leaves the graph alone."""
    plan = graph.explain("CREATE (n:Actor {id: $id}) RETURN n.id", {"id": "made-up"})
    assert plan.query_type == "rw"
    assert {"Create", "ProduceResults"} <= plan.names()
    assert graph.rows("MATCH (n) WHERE NOT n:Migration RETURN count(n) AS n") == [{"n": 0}]


def test_reads_cannot_write(graph: Graph) -> None:
    """Neither `rows` nor `table` lets a write through."""
    for read in (graph.rows, graph.table):
        with pytest.raises(Refused, match="only reads are allowed"):
            read("CREATE (n:Actor)")


ERRORS: list[tuple[Callable[[Graph], object], type[KbError], str]] = [
    (lambda g: g.rows("MATCH (n RETURN n"), CypherError, "Line 1, column 10 of the statement: Invalid input"),
    (lambda g: g.rows("MATCH (n)\nRETURN m"), CypherError, "Line 2, column 8 of the statement: Variable `m`"),
    (lambda g: g.explain("MATCH (n)\nRETURN m"), CypherError, "Line 2, column 8 of the statement"),
    (lambda g: g.rows("RETURN $x"), CypherError, "Expected parameter(s): x. Give each as -p name=value."),
    (lambda g: g.rows("RETURN 1/0"), CypherError, "Neo4j rejects the statement: / by zero."),
    (lambda g: g.rows("RETURN 1; RETURN 2"), CypherError, "Expected exactly one statement per query"),
    (lambda g: g.table(ENDLESS, timeout=0.5), TimedOut, "ran out of time"),
    (lambda g: g.rows(ENDLESS, timeout=0.5), TimedOut, "ran out of time"),
    (lambda g: g.write(lambda tx: tx.run("CREATE (:Actor {id: 'x'}) CREATE (:Actor {id: 'x'})")), GraphError,
     "The graph refuses the change: Node("),
    (lambda g: g.rows("RETURN date('+12014-01-01') AS far"), GraphError, "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "kind", "message"), ERRORS, ids=[message for _, _, message in ERRORS])
def test_errors_of_the_driver_are_translated(
    graph: Graph, ask: Callable[[Graph], object], kind: type[KbError], message: str
) -> None:
    """Each becomes one of ours, in one line."""
    with pytest.raises(kind) as caught:
        ask(graph)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


ADDRESSES: list[tuple[dict[str, str], type[KbError], str]] = [
    ({"uri": "bolt://127.0.0.1:1"}, Unreachable, "No Neo4j answers at bolt://127.0.0.1:1. Is it running?"),
    ({"uri": "bolt://no-such-host.invalid"}, Unreachable, "No Neo4j answers at"),
    ({"uri": "bolt://made:up"}, Unreachable, "No host at bolt://made:up. Check NEO4J_URI."),
    ({"uri": "made up"}, InputError, "'made up' is no address of a Neo4j. Set NEO4J_URI to bolt://host:port"),
    ({"uri": "bolt://user:secret@host"}, InputError, "Cannot use the address in NEO4J_URI"),
    ({"password": "wrong"}, Unreachable, "refuses the user name or password. Check NEO4J_USERNAME"),
    ({"password": ""}, Unreachable, "refuses the user name or password"),
    ({"database": "made-up"}, GraphError, "No database 'made-up' at bolt://"),
]


@pytest.mark.parametrize(
    ("change", "kind", "message"), ADDRESSES, ids=[message for _, _, message in ADDRESSES]
)
def test_a_wrong_address_is_noticed_at_once(
    server: Address, change: dict[str, str], kind: type[KbError], message: str
) -> None:
    """A dead server, a wrong password, an unknown database: said when connecting, without the password."""
    with pytest.raises(kind) as caught:
        Graph.connect(replace(server, **change))
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)


def test_the_environment_wins(server: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    """`NEO4J_URI` and its companions are used before the embedded server."""
    monkeypatch.setenv("NEO4J_URI", server.uri.replace("127.0.0.1", "localhost"))
    monkeypatch.setenv("NEO4J_USERNAME", server.username)
    monkeypatch.setenv("NEO4J_PASSWORD", server.password)
    with kb.connect() as graph:
        assert graph.address.uri.startswith("bolt://localhost")
        assert graph.address.database == "neo4j"
        assert graph.rows("RETURN 1 AS one") == [{"one": 1}]


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT to the process itself")
@pytest.mark.parametrize("how", ["rows", "table", "write"])
def test_ctrl_c_ends_a_statement_at_once(graph: Graph, how: str) -> None:
    """The interrupt comes through quickly, the server stops the statement, the connection stays usable."""
    runs: dict[str, Callable[[], object]] = {
        "rows": lambda: graph.rows(ENDLESS),
        "table": lambda: graph.table(ENDLESS),
        "write": lambda: graph.write(lambda tx: tx.run("CREATE (:Actor {id: 'made-up'})") + tx.run(ENDLESS)),
    }
    timer = threading.Timer(0.7, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        runs[how]()
    for _ in range(20):
        if graph.rows(RUNNING)[0]["n"] <= 1:  # the question itself
            break
        time.sleep(0.1)
    assert graph.rows(RUNNING) == [{"n": 1}]
    assert graph.rows("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 0}]


def test_python_gets_a_frame_from_a_query(made_up: Graph) -> None:
    """`run` gives a DataFrame whose `attrs` hold query, parameters and time."""
    frame = made_up.run("names_at", actor="made-up-front", on=date(2014, 7, 1))
    assert list(frame.columns)[:3] == ["name", "name_type", "certainty"]
    assert frame.attrs["query"] == "names_at"
    assert frame.attrs["parameters"] == {"actor": "made-up-front", "on": "2014-07-01"}
    assert datetime.fromisoformat(frame.attrs["time"]).tzinfo is not None


def test_python_reads_with_its_own_cypher(made_up: Graph) -> None:
    """`cypher` takes parameters by keyword, and guards like `kb cypher`."""
    frame = made_up.cypher("MATCH (a:Actor) WHERE a.id <> $id RETURN a.name AS name", id="made-up-hub")
    assert frame["name"].tolist() == ["Made-up Front"]
    assert frame.attrs["parameters"] == {"id": "made-up-hub"}
    with pytest.raises(Refused, match="SetProperty"):
        made_up.cypher("MATCH (a:Actor) SET a.name = 'x'")


def test_python_is_warned_of_unknown_names(made_up: Graph) -> None:
    """What the database remarks is a warning with the nearest name."""
    with pytest.warns(UserWarning, match=r"No label 'Actr' in this graph\. Did you mean 'Actor'\?"):
        made_up.cypher("MATCH (a:Actr) RETURN a")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made_up.cypher("MATCH (a:Actor) RETURN a")


def test_an_id_is_checked_before_the_query_runs(made_up: Graph) -> None:
    """A parameter that names a record must name one that is there; the nearest ids are suggested."""
    with pytest.raises(NotFound) as caught:
        made_up.run("pledges_of", actor="made-up-frnt")
    assert str(caught.value).startswith("No actor 'made-up-frnt' in this graph. Nearest: 'made-up-front'")
    with pytest.raises(NotFound, match="Nearest: 'made-up-front'"):
        made_up.run("pledges_of", actor="Made-up Front")  # a name is no id, and leads to it
    with pytest.raises(NotFound, match="No schism 'made-up-break' in this graph"):
        made_up.run("rhetorical_ties_after_schism", schism="made-up-break")
