"""Books that say all there is: what left them leaves the graph, and comes back with an undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import Refused
from kb.graph import Graph
from kb.loading.apply import apply_plan
from kb.loading.history import plan_undo
from kb.loading.saved import read_plan
from tests.graph.books import FULL, SMALL, complete, everything, load, plan_of, without, write_book
from tests.graph.shell import kb


def test_a_plan_tells_whose_occurrence_a_claim_comes_to_share(graph: Graph, tmp_path: Path) -> None:
    """A second reading of a happening is shown with the claims that are there already."""
    first = {**SMALL["pledges"][0], "occurrence": "the-oath"}
    load(graph, write_book(tmp_path / "book", {**SMALL, "pledges": [first]}))
    more = write_book(tmp_path / "more", {"pledges": [{**first, "id": "p-other", "date": "2014-06"}]})
    assert plan_of(graph, more).links.occurrences == {"the-oath": ["p-front"]}
    assert plan_of(graph, tmp_path / "book").links.occurrences == {}


# One record of each table that no other table needs, and what goes with it.
LEAVERS = (
    "made-up-paper made-up-work", "made-up-brigade made-up-front ab", "p-front ev-two", "made-up-notion",
    "f-one", "q-one", "e-one", "l-one", "x-one", "t-one", "s-one", "n-hub", "p-brigade",
)  # fmt: skip


def test_a_complete_book_and_its_undo_restore_every_table(graph: Graph, tmp_path: Path) -> None:
    """Rows that left thirteen tables are retracted, and an undo gives back every node and relationship."""
    load(graph, write_book(tmp_path / "full", FULL))
    before = everything(graph)
    fewer = without(*LEAVERS)
    fewer["concepts"] = [{**fewer["concepts"][0], "related": ""}]
    plan = complete(graph, write_book(tmp_path / "fewer", fewer))
    assert plan.errors == []
    assert {c.record for c in plan.changes if c.action == "retract"} == set(LEAVERS)
    receipt = apply_plan(graph, plan)
    assert receipt is not None
    assert complete(graph, tmp_path / "fewer").changes == []
    apply_plan(graph, plan_undo(graph, receipt.load), undoes=receipt.load)
    assert everything(graph) == before
    assert complete(graph, tmp_path / "full").changes == []


def test_a_citation_that_left_its_table_leaves_the_evidence_of_the_cell(graph: Graph, tmp_path: Path) -> None:
    """The cell says that the passage supports; the row said more, and only that goes."""
    book = {**SMALL, "pledges": [{**SMALL["pledges"][0], "evidence": "ev-one;ev-two"}]}
    load(graph, write_book(tmp_path / "book", book))
    folder = write_book(tmp_path / "fewer", {"pledges": book["pledges"]})
    (folder / "citations.csv").write_text("claim,evidence,stance\n", "utf-8")
    plan = complete(graph, folder)
    assert [(c.action, c.table) for c in plan.changes] == [("change", "pledges"), ("retract", "citations")]
    receipt = apply_plan(graph, plan)
    assert receipt is not None
    stances = "MATCH (:Pledge)-[c:CITES]->(e) RETURN e.id AS id, c.stance AS stance ORDER BY id"
    assert [row["stance"] for row in graph.rows(stances)] == ["supports", "supports"]
    apply_plan(graph, plan_undo(graph, receipt.load), undoes=receipt.load)
    assert [row["stance"] for row in graph.rows(stances)] == ["supports", "contradicts"]


def test_a_plan_of_a_complete_book_is_saved_with_its_retractions(graph: Graph, tmp_path: Path) -> None:
    """Loading it retracts; loading it after another load is refused."""
    load(graph, write_book(tmp_path / "full", FULL))
    out = tmp_path / "plan.json"
    assert kb("plan", write_book(tmp_path / "b", without("t-one")), "--complete", "--out", out).status == 0
    assert kb("load", out).out.splitlines()[0].partition(": ")[2] == "1 retracted; 23 were the same."
    with pytest.raises(Refused, match="The graph changed"):
        apply_plan(graph, read_plan(out))
