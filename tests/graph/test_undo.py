"""Taking loads back, and looking back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kb.errors import NotFound, Refused
from kb.graph import Graph
from kb.loading.apply import Receipt
from kb.loading.export import tables_of
from kb.loading.history import history, loads, plan_undo
from kb.model import TABLES
from tests.graph.books import FULL, SMALL, everything, load, undo
from tests.graph.books import write_book as write_tables
from tests.graph.shell import kb


def moved(graph: Graph, folder: Path, **cells: str) -> Receipt:
    """Load the first made-up pledge with other cells."""
    receipt = load(graph, write_tables(folder, {"pledges": [{**SMALL["pledges"][0], **cells}]}))
    assert receipt is not None
    return receipt


# A cell that nothing else depends on, to be changed in a row of each table.
CELLS = {
    "actors": "country", "names": "lang", "pledges": "place", "support": "unit", "ties": "strength",
    "schisms": "trigger", "lineage": "place", "events": "place", "searches": "note", "sources": "publisher",
    "evidence": "lang", "citations": "note", "references": "locator", "cases": "question", "concepts": "kind",
    "findings": "measure", "judgements": "reason",
}  # fmt: skip


def test_adding_changing_and_undoing_restores_every_table(graph: Graph, tmp_path: Path) -> None:
    """Every node and relationship of all seventeen tables, after load, undo and undo of the undo."""
    states = [everything(graph)]
    full = load(graph, write_tables(tmp_path / "full", FULL))
    states.append(everything(graph))
    rows = {table: [{**FULL[table][0], column: "made up"}] for table, column in CELLS.items()}
    changed = load(graph, write_tables(tmp_path / "changed", rows))
    states.append(everything(graph))
    assert full is not None
    assert changed is not None
    tables = graph.rows("MATCH (:Load {id: $id})-[:MADE]->(c) RETURN c.table AS t", {"id": changed.load})
    assert sorted(row["t"] for row in tables) == sorted(TABLES)
    back = undo(graph, changed)
    assert everything(graph) == states[1]
    again = undo(graph, back)
    assert everything(graph) == states[2]
    undo(graph, again)
    assert everything(graph) == states[1]
    first = undo(graph, full)
    assert everything(graph) == states[0] == ([], [])
    undo(graph, first)
    assert everything(graph) == states[1]


def test_undo_is_refused_with_the_whole_list_of_what_was_touched_later(graph: Graph, tmp_path: Path) -> None:
    """A later load changed a record of every table: all of them are listed with the load."""
    first = load(graph, write_tables(tmp_path / "full", FULL))
    rows = {table: [{**FULL[table][0], column: "made up"}] for table, column in CELLS.items()}
    later = load(graph, write_tables(tmp_path / "changed", rows))
    assert first is not None
    assert later is not None
    done = kb("undo", first.load)
    assert (done.status, done.out) == (1, "")
    touched = sorted(" ".join(FULL[table][0][k] for k in TABLES[table].key) for table in TABLES)
    assert done.err[0] == f"{later.load}: {', '.join(touched)}"
    assert done.err[1].startswith("Error: Later loads touched the same records (")
    assert done.err[1].endswith("and 12 more). Undo those first.")


def test_new_evidence_for_a_known_claim_can_be_undone(graph: Graph, tmp_path: Path) -> None:
    """The load that brought the passage also made the claim cite it, in the cell and in a row."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    before = everything(graph)
    passage = {**SMALL["evidence"][0], "id": "ev-new"}
    cited = {**SMALL["pledges"][1], "evidence": "ev-one;ev-two;ev-new"}
    row = {"claim": "p-front", "evidence": "ev-new", "stance": "context"}
    more = {"evidence": [passage], "pledges": [cited], "citations": [row]}
    receipt = load(graph, write_tables(tmp_path / "more", more))
    assert receipt is not None
    undo(graph, receipt)
    assert everything(graph) == before


def test_undo_is_refused_when_a_later_claim_comes_after_one_that_would_go(
    graph: Graph, tmp_path: Path
) -> None:
    """The cell `after` is no relationship, and still names a claim."""
    load(graph, write_tables(tmp_path / "book", {**SMALL, "pledges": [SMALL["pledges"][0]]}))
    first = load(graph, write_tables(tmp_path / "a", {"pledges": [SMALL["pledges"][1]]}))
    late = {**SMALL["pledges"][1], "id": "p-late", "date": "2015", "after": "p-brigade"}
    load(graph, write_tables(tmp_path / "b", {"pledges": [late]}))
    assert first is not None
    with pytest.raises(Refused, match=r"in use \(p-late names p-brigade\)"):
        plan_undo(graph, first.load)


def test_derived_properties_are_restored_too(graph: Graph, tmp_path: Path) -> None:
    """After load and undo every property of every node is as before, not only the cells."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    query = "MATCH (n:Claim|Evidence) RETURN n.id AS id, properties(n) AS props ORDER BY id"
    before = graph.rows(query)
    row = {"id": "w-1", "from": "made-up-hub", "to": "made-up-front", "act": "refuse", "date": "2014-07-03",
           "evidence": "ev-one"}  # fmt: skip
    receipt = load(graph, write_tables(tmp_path / "more", {"pledges": [row]}))
    assert graph.rows(query) != before
    assert receipt is not None
    undo(graph, receipt)
    assert graph.rows(query) == before


def test_an_undo_can_be_undone(graph: Graph, tmp_path: Path) -> None:
    """Taking back a load and taking back the undo brings the load back, and it can be undone again."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    change = moved(graph, tmp_path / "a", date="2015")
    after = tables_of(graph)
    first = undo(graph, change)
    assert {v.load_id: v.undone_by for v in loads(graph)}[change.load] == first.load
    undo(graph, first)
    assert tables_of(graph) == after
    assert {v.load_id: v.undone_by for v in loads(graph)}[change.load] is None
    undo(graph, change)


def test_a_load_that_was_undone_cannot_be_undone_again(graph: Graph, tmp_path: Path) -> None:
    """The refusal names the load that did it."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    change = moved(graph, tmp_path / "a", date="2015")
    first = undo(graph, change)
    with pytest.raises(Refused, match=f"is undone already, by {first.load}"):
        plan_undo(graph, change.load)


def test_undo_is_refused_when_later_loads_touched_the_same_records(graph: Graph, tmp_path: Path) -> None:
    """The refusal lists load and record; once the later load is undone, the earlier one can be."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    first = moved(graph, tmp_path / "a", date="2015")
    second = moved(graph, tmp_path / "b", date="2016")
    with pytest.raises(Refused, match=rf"{second.load}: p-front\)"):
        plan_undo(graph, first.load)
    undo(graph, second)
    undo(graph, first)
    (row,) = graph.rows("MATCH (p:Pledge {id: 'p-front'}) RETURN p.date AS date")
    assert row["date"] == "2014-07-01"


def test_undo_is_refused_when_something_points_at_what_would_go(graph: Graph, tmp_path: Path) -> None:
    """A later claim about an actor keeps the actor in the graph."""
    actor = {"id": "late-actor", "name": "Late Actor", "kind": "militant_group"}
    load(graph, write_tables(tmp_path / "book", SMALL))
    first = load(graph, write_tables(tmp_path / "actor", {"actors": [actor]}))
    row = {"id": "p-late", "from": "late-actor", "to": "made-up-hub", "act": "pledge", "evidence": "ev-one"}
    later = load(graph, write_tables(tmp_path / "pledge", {"pledges": [row]}))
    assert first is not None
    assert later is not None
    said = rf"in use \(p-late names late-actor\)\. Undo {later.load} first\."
    with pytest.raises(Refused, match=said):
        plan_undo(graph, first.load)


def test_history_tells_every_version(graph: Graph, tmp_path: Path) -> None:
    """Add, change, undo: three versions with their loads, in order."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    change = moved(graph, tmp_path / "a", date="2015")
    undo(graph, change)
    versions = history(graph, "p-front")
    assert [v.change.action for v in versions] == ["add", "change", "change"]
    assert [(v.change.after or {})["date"] for v in versions] == ["2014-07-01", "2015", "2014-07-01"]
    assert versions[2].load.undoes == change.load


def test_history_of_what_never_was(graph: Graph) -> None:
    """An id that no load ever touched is not found."""
    with pytest.raises(NotFound, match="No record 'nobody' was ever in the graph"):
        history(graph, "nobody")


def test_loads_and_undo_as_commands(graph: Graph, tmp_path: Path) -> None:
    """The list of loads as JSON, and `kb undo` with a misspelt and with the right id."""
    receipt = load(graph, write_tables(tmp_path / "book", SMALL))
    assert receipt is not None
    listed = kb("loads", "--format", "json")
    (one,) = json.loads(listed.out)
    assert one["load_id"] == receipt.load
    assert one["files"] == ["actors.csv", "citations.csv", "evidence.csv", "pledges.csv", "sources.csv"]
    assert list(one) == ["load_id", "loaded_at", "coder", "files", "changes", "undoes", "undone_by"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00", one["loaded_at"])
    assert (one["coder"], one["changes"], one["undoes"], one["undone_by"]) == ("", 9, None, None)
    wrong = kb("undo", receipt.load[:-1] + "x")
    assert wrong.status == 1
    assert wrong.err[-1].endswith(f"Did you mean '{receipt.load}'?")
    assert kb("undo", receipt.load, "--coder", "ab").status == 0
    assert tables_of(graph) == {}
    first, second = json.loads(kb("loads", "--format", "json").out)
    assert (second["coder"], second["files"], second["undoes"]) == ("ab", [], receipt.load)
    assert (first["undone_by"], second["undone_by"]) == (second["load_id"], None)
