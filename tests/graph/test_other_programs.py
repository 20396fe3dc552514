"""Other programs at the same graph: what `kb connect-info` tells them, and py2neo."""

from __future__ import annotations

import ast
import gc
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

import kb as package
from kb.cli.connect_info import _snippets
from kb.errors import InputError, Unreachable
from kb.graph import Graph
from kb.server import Address
from tests.graph.shell import kb


def test_the_password_is_shown_only_when_asked_for(casebook: Graph) -> None:
    """Neither the text nor the JSON hold it without --password; with it, both do."""
    secret = casebook.address.password
    for words in ((), ("--format", "json")):
        assert secret not in kb("connect-info", *words).out
        assert secret in kb("connect-info", "--password", *words).out
    text = kb("connect-info").out.splitlines()
    assert text[:2] == [f"uri       {casebook.address.uri}", "username  neo4j"]
    assert max(map(len, text)) <= 80


def test_the_lines_to_paste_work(casebook: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """The three for Python give a frame of all actors, with the password in the text or in NEO4J_PASSWORD."""
    monkeypatch.setenv("NEO4J_PASSWORD", casebook.address.password)
    (actors,) = casebook.rows("MATCH (a:Actor) RETURN count(a) AS n")
    for words in ((), ("--password",)):
        snippets = json.loads(kb("connect-info", *words, "--format", "json").out)["snippets"]
        pasted = [text for text in snippets.values() if "import" in text]
        assert len(pasted) == 3
        for text in pasted:
            names: dict[str, Any] = {}
            exec(text, names)  # noqa: S102 - what a reader does with them
            assert names["frame"].shape == (actors["n"], 2)
            if "py2neo" in text:
                names["graph"].service.connector.close()


def test_another_store_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """To this program, which would open the default one."""
    monkeypatch.setenv("KB_STORE", "made-up")
    texts = "".join(_snippets(Address("bolt://made.up", "neo4j", "x"), False).values())
    assert 'os.environ["KB_STORE"] = "made-up"\nimport kb\n' in texts
    assert "kb --store made-up cypher" in texts


def test_a_password_is_pasted_as_it_is() -> None:
    """With quotation marks and characters that JSON would write as two."""
    odd = 'a"b\\c\U0001f511'
    snippets = _snippets(Address("bolt://made.up", "a user", odd), True)
    auths = [
        line.removeprefix("auth = ") for line in "".join(snippets.values()).splitlines() if "auth = " in line
    ]
    assert [ast.literal_eval(auth) for auth in auths] == [("a user", odd)] * 2


def test_another_server_is_told_as_it_is(casebook: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NEO4J_URI: its address and user, and nothing about the embedded server."""
    monkeypatch.setenv("NEO4J_URI", casebook.address.uri)
    monkeypatch.setenv("NEO4J_PASSWORD", casebook.address.password)
    done = kb("connect-info")
    assert casebook.address.uri in done.out
    assert "embedded" not in done.out
    monkeypatch.setenv("NEO4J_PASSWORD", "wrong")
    done = kb("connect-info")
    assert (done.status, done.out, len(done.err)) == (1, "", 1)


@pytest.fixture
def old(casebook: Graph) -> Iterator[Any]:
    """The casebook as py2neo opens it."""
    old = package.to_py2neo(casebook)
    yield old
    old.service.connector.close()


def test_py2neo_runs_matches_and_makes_frames(old: Any) -> None:
    """`run`, `evaluate`, the matchers, subgraphs, paths and `to_data_frame`; dates are of its own kind."""
    assert old.evaluate("MATCH (a:Actor {id: $id}) RETURN a.name", id="boko-haram") == "Boko Haram"
    frame = old.run("MATCH (a:Group) RETURN a.id AS id, a.name AS name ORDER BY id LIMIT 3").to_data_frame()
    assert (list(frame.columns), len(frame)) == (["id", "name"], 3)
    actor = old.nodes.match("Actor", id="boko-haram").first()
    assert actor["name"] == "Boko Haram"
    assert {"Actor", "Group"} == set(actor.labels)
    assert {type(step).__name__ for step in old.match((None, actor), r_type="FROM")} == {"FROM"}
    found = old.run("MATCH (a:Actor {id: 'boko-haram'})<-[r:FROM]-(c:Pledge) RETURN a, r, c").to_subgraph()
    assert len(found.nodes) == len(found.relationships) + 1
    day = old.evaluate("RETURN date('2014-06-29')")
    assert not isinstance(day, date)
    assert day.to_native() == date(2014, 6, 29)


def test_py2neo_creates_merges_and_loads_in_bulk(old: Any) -> None:
    """`create`, `merge` and the bulk functions work in one transaction, which is rolled back here."""
    from py2neo import Node, Relationship
    from py2neo.bulk import create_nodes, create_relationships, merge_nodes

    tx = old.begin()
    try:
        one, two = Node("Actor", id="made-up-one"), Node("Actor", id="made-up-two")
        tx.create(one)
        tx.merge(one, "Actor", "id")
        tx.merge(Relationship(one, "JUDGED", two), "Actor", "id")
        create_nodes(tx, [{"id": "made-up-three"}], labels={"Actor"})
        merge_nodes(tx, [{"id": "made-up-three"}, {"id": "made-up-four"}], ("Actor", "id"))
        ends = {"start_node_key": ("Actor", "id"), "end_node_key": ("Actor", "id")}
        create_relationships(tx, [("made-up-three", {}, "made-up-four")], "JUDGED", **ends)
        made = "MATCH (a:Actor) WHERE a.id STARTS WITH 'made-up-' "
        assert tx.evaluate(f"{made} RETURN count(a)") == 4
        assert tx.evaluate(f"{made} MATCH (a)-[r:JUDGED]->() RETURN count(r)") == 2
    finally:
        old.rollback(tx)


def test_what_py2neo_cannot_do_here_is_still_so(old: Any) -> None:
    """Its list of indexes asks for a procedure that Neo4j no longer has: the README says so."""
    from py2neo.errors import ClientError

    with pytest.raises(ClientError, match=r"no procedure with the name `db\.indexes`"):
        old.schema.get_indexes("Actor")


@pytest.mark.filterwarnings("ignore:.*unclosed <socket")  # py2neo forgets the one that failed
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_py2neo_that_cannot_connect_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong address, and the package that is not installed."""

    class Elsewhere:
        address = Address("bolt://127.0.0.1:1", "neo4j", "x")

    with pytest.raises(Unreachable, match=r"py2neo cannot open bolt://127\.0\.0\.1:1"):
        package.to_py2neo(Elsewhere())  # type: ignore[arg-type]
    gc.collect()
    monkeypatch.setattr("kb.extras.find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"alliance-kb\[py2neo\]"):
        package.to_py2neo(Elsewhere())  # type: ignore[arg-type]
