"""Names in the place of ids, when the book and the graph both know names."""

from __future__ import annotations

from pathlib import Path

from kb.graph import Graph
from kb.loading.plan import make_plan
from loaders.tables import read_book
from tests.graph.books import SMALL, Rows, load
from tests.graph.books import write_book as write_tables

PLEDGE = {"id": "p-new", "to": "made-up-hub", "act": "renew", "evidence": "ev-one"}


def faults(graph: Graph, folder: Path, tables: dict[str, Rows]) -> list[tuple[str, str | None, str]]:
    """(code, column, message) of the faults of a plan."""
    plan = make_plan(graph, read_book([write_tables(folder, tables)]))
    return [(fault.code, fault.column, fault.message) for fault in plan.errors]


def test_a_name_that_the_book_and_the_graph_give_to_two_actors_is_ambiguous(
    graph: Graph, tmp_path: Path
) -> None:
    """A new actor of the book does not take over a name that an actor of the graph bears."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    namesake = {"id": "another-front", "name": "Made-up Front", "kind": "militant_group"}
    more: dict[str, Rows] = {"actors": [namesake], "pledges": [{**PLEDGE, "from": "Made-up Front"}]}
    assert faults(graph, tmp_path / "more", more) == [
        ("ambiguous-name", "from", "'Made-up Front' names 2 actors")
    ]


def test_an_id_of_the_graph_is_never_taken_for_a_name_of_the_book(graph: Graph, tmp_path: Path) -> None:
    """The id made-up-front is that of the graph's actor, whoever bears the name in the book."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    namesake = {"id": "another-front", "name": "Made-up Front", "kind": "militant_group"}
    pledge = {**PLEDGE, "from": "made-up-front"}
    load(graph, write_tables(tmp_path / "more", {"actors": [namesake], "pledges": [pledge]}))
    rows = graph.rows("MATCH (:Pledge {id: 'p-new'})-[:FROM]->(a) RETURN a.id AS id")
    assert rows == [{"id": "made-up-front"}]


def test_a_name_of_the_book_stands_for_its_actor(graph: Graph, tmp_path: Path) -> None:
    """Also one that has the form of an id, when no record has it."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    new = {"id": "made-up-cell", "name": "Zelle", "kind": "cell"}
    pledges = [{**PLEDGE, "from": "ZELLE"}, {**PLEDGE, "id": "p-newer", "from": "zelle", "act": "pledge"}]
    load(graph, write_tables(tmp_path / "more", {"actors": [new], "pledges": pledges}))
    rows = graph.rows("MATCH (p:Pledge)-[:FROM]->(:Actor {id: 'made-up-cell'}) RETURN p.id AS id ORDER BY id")
    assert rows == [{"id": "p-new"}, {"id": "p-newer"}]


def test_two_names_of_one_actor_of_the_graph_make_no_claim_with_itself(graph: Graph, tmp_path: Path) -> None:
    """The rules of a row are asked again when names have become ids."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    more: dict[str, Rows] = {"pledges": [{**PLEDGE, "from": "Made-Up Hub"}]}
    assert faults(graph, tmp_path / "more", more) == [
        ("bad-value", "to", "from and to are both 'made-up-hub'")
    ]
