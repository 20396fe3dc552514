"""Books into the graph and out again, on a real Neo4j."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import Refused
from kb.graph import Graph
from kb.loading.apply import apply_plan
from kb.loading.export import tables_of, write_book
from tests.graph.books import SMALL, load, plan_of
from tests.graph.books import write_book as write_tables


def exported(graph: Graph, folder: Path) -> dict[str, bytes]:
    """The graph as the bytes of its book."""
    return {path.name: path.read_bytes() for path in write_book(tables_of(graph), folder)}


def number_of(graph: Graph, label: str) -> int:
    """How many nodes carry the label."""
    number = graph.rows(f"MATCH (n:{label}) RETURN count(n) AS number")[0]["number"]
    assert isinstance(number, int)
    return number


def test_a_second_load_of_the_same_book_changes_nothing_and_leaves_no_record(
    graph: Graph, tmp_path: Path
) -> None:
    """Loading twice gives one load, the same change log and the same export."""
    book = write_tables(tmp_path / "book", SMALL)
    assert load(graph, book) is not None
    before = exported(graph, tmp_path / "first")
    assert load(graph, book) is None
    assert number_of(graph, "Load") == 1
    assert number_of(graph, "Change") == 9
    assert exported(graph, tmp_path / "second") == before


@pytest.mark.parametrize("target", ["again", "again.xlsx"])
def test_an_export_loads_back_without_changes(graph: Graph, tmp_path: Path, target: str) -> None:
    """What `kb export` writes, as CSV or as XLSX, is the same book to the graph."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    write_book(tables_of(graph), tmp_path / target)
    plan = plan_of(graph, tmp_path / target)
    assert plan.changes == []
    assert sum(plan.same.values()) == 9


def test_a_changed_cell_is_one_change_with_both_values(graph: Graph, tmp_path: Path) -> None:
    """The plan and the change log hold the cell before and after; the node has the new value."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    moved = [{**SMALL["pledges"][0], "date": "2014-07-02"}, SMALL["pledges"][1]]
    book = write_tables(tmp_path / "book2", {"pledges": moved})
    plan = plan_of(graph, book)
    assert [list(c.fields()) for c in plan.changes] == [[("date", "2014-07-01", "2014-07-02")]]
    receipt = apply_plan(graph, plan)
    assert receipt is not None
    query = (
        "MATCH (:Load {id: $id})-[:MADE]->(c) RETURN c.before AS before, c.after AS after, c.action AS action"
    )
    (change,) = graph.rows(query, {"id": receipt.load})
    assert change["action"] == "change"
    assert json.loads(change["before"])["date"] == "2014-07-01"
    assert json.loads(change["after"])["date"] == "2014-07-02"
    (node,) = graph.rows("MATCH (c:Pledge {id: 'p-front'}) RETURN c.start_lo AS day")
    assert str(node["day"]) == "2014-07-02"


def test_an_evidence_id_that_left_the_cell_is_cited_no_more(graph: Graph, tmp_path: Path) -> None:
    """The cell `evidence` is part of the row: taking an id out takes the citation away."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    fewer = [{**SMALL["pledges"][1], "evidence": "ev-two"}]
    load(graph, write_tables(tmp_path / "book2", {"pledges": fewer}))
    rows = graph.rows("MATCH (:Pledge {id: 'p-brigade'})-[:CITES]->(e) RETURN e.id AS id")
    assert rows == [{"id": "ev-two"}]


def test_a_citation_row_that_only_supports_is_the_same_as_an_id_in_the_cell(
    graph: Graph, tmp_path: Path
) -> None:
    """The short form and the long form of one citation make one relationship and load as the same."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    rows = [{"claim": "p-brigade", "evidence": "ev-two", "stance": "supports"}]
    assert plan_of(graph, write_tables(tmp_path / "again", {"citations": rows})).changes == []
    marked = [{**rows[0], "directness": "primary"}]
    load(graph, write_tables(tmp_path / "marked", {"citations": marked}))
    found = graph.rows(
        "MATCH (:Pledge {id: 'p-brigade'})-[c:CITES]->(e) RETURN e.id AS id, c.directness AS how ORDER BY id"
    )
    assert found == [{"id": "ev-one", "how": None}, {"id": "ev-two", "how": "primary"}]
    assert plan_of(graph, tmp_path / "book").changes == []


def test_a_name_stands_for_its_actor(graph: Graph, tmp_path: Path) -> None:
    """Where an actor's id is expected, a name of the graph is taken when one actor bears it."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    row = {
        "id": "p-again",
        "from": "made-up FRONT",
        "to": "made-up-hub",
        "act": "renew",
        "evidence": "ev-one",
    }
    load(graph, write_tables(tmp_path / "more", {"pledges": [row]}))
    rows = graph.rows("MATCH (:Pledge {id: 'p-again'})-[:FROM]->(a) RETURN a.id AS id")
    assert rows == [{"id": "made-up-front"}]


def test_an_unknown_actor_is_a_fault_with_the_nearest_names(graph: Graph, tmp_path: Path) -> None:
    """A misspelt name stops the plan, says where it stands and what it may be."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    row = {"id": "p-x", "from": "Made-up Brigad", "to": "made-up-hub", "act": "pledge", "evidence": "ev-one"}
    plan = plan_of(graph, write_tables(tmp_path / "more", {"pledges": [row]}))
    (fault,) = plan.errors
    assert (fault.code, fault.row, fault.column) == ("foreign-key", 2, "from")
    assert fault.message == "'Made-up Brigad' is neither in this book nor in the graph"
    assert "made-up-brigade" in fault.hint


def test_two_actors_of_one_name_are_an_error(graph: Graph, tmp_path: Path) -> None:
    """Homonyms are never guessed: the fault lists their ids."""
    twin = {"id": "made-up-front-2", "name": "Made-up Front", "kind": "militant_group"}
    load(graph, write_tables(tmp_path / "book", {**SMALL, "actors": [*SMALL["actors"], twin]}))
    row = {"id": "p-x", "from": "Made-up Front", "to": "made-up-hub", "act": "pledge", "evidence": "ev-one"}
    (fault,) = plan_of(graph, write_tables(tmp_path / "more", {"pledges": [row]})).errors
    assert fault.code == "ambiguous-name"
    both = "Made-up Front (made-up-front, 100: same name); Made-up Front (made-up-front-2, 100: same name)"
    assert fault.hint == f"Write the id: {both}."


def test_an_id_of_another_table_is_refused(graph: Graph, tmp_path: Path) -> None:
    """Ids are unique over all kinds, also between the book and the graph."""
    load(graph, write_tables(tmp_path / "book", SMALL))
    row = {"id": "p-front", "title": "A made-up event", "event_type": "meeting", "evidence": "ev-one"}
    (fault,) = plan_of(graph, write_tables(tmp_path / "more", {"events": [row]})).errors
    assert (fault.code, fault.column) == ("primary-key", "id")
    assert fault.message == "'p-front' is already a record of the table pledges in the graph"


def test_a_plan_is_refused_when_the_graph_moved_on(graph: Graph, tmp_path: Path) -> None:
    """A plan holds only for the state it was made for."""
    plan = plan_of(graph, write_tables(tmp_path / "book", SMALL))
    load(graph, write_tables(tmp_path / "other", {"cases": [{"id": "a-case", "title": "A case"}]}))
    with pytest.raises(Refused, match="The graph changed since the plan was made"):
        apply_plan(graph, plan)
    assert number_of(graph, "Actor") == 0


def test_undirected_ties_keep_the_smaller_id_first(graph: Graph, tmp_path: Path) -> None:
    """An alliance is stored one way round, a host stays as it was written."""
    ends = {"from": "made-up-hub", "to": "made-up-front", "evidence": "ev-one"}
    ties = [{"id": "t-1", "tie_type": "alliance", **ends}, {"id": "t-2", "tie_type": "host", **ends}]
    load(graph, write_tables(tmp_path / "book", {**SMALL, "ties": ties}))
    rows = graph.rows("MATCH (t:Tie)-[:FROM]->(a) RETURN t.id AS tie, a.id AS start ORDER BY tie")
    assert rows == [{"tie": "t-1", "start": "made-up-front"}, {"tie": "t-2", "start": "made-up-hub"}]
    assert plan_of(graph, tmp_path / "book").changes == []


# --- what is derived ----------------------------------------------------------------------------------------


def force_end(graph: Graph) -> str | None:
    """The last possible day of the force of the made-up pledge."""
    (row,) = graph.rows("MATCH (c:Pledge {id: 'p-front'}) RETURN toString(c.force_end_hi) AS day")
    day: str | None = row["day"]
    return day


def test_a_later_withdrawal_closes_the_pledge_and_its_retraction_opens_it_again(
    graph: Graph, tmp_path: Path
) -> None:
    """Derived bounds are renewed by every load that touches the pair."""
    from kb.loading.retract import plan_retraction

    load(graph, write_tables(tmp_path / "book", SMALL))
    assert force_end(graph) is None
    ends = {"from": "made-up-front", "to": "made-up-hub"}
    row = {"id": "w-front", **ends, "act": "withdraw", "date": "2015-03", "evidence": "ev-two"}
    load(graph, write_tables(tmp_path / "more", {"pledges": [row]}))
    assert force_end(graph) == "2015-03-31"
    assert apply_plan(graph, plan_retraction(graph, "w-front")) is not None
    assert force_end(graph) is None
    assert number_of(graph, "Pledge") == 2


def test_a_spell_that_goes_on_lasts_to_the_latest_work_it_was_found_in(graph: Graph, tmp_path: Path) -> None:
    """`2013/..` is known to last until the first day of the work's issue, and follows new citations."""
    ends = {"from": "made-up-front", "to": "made-up-hub"}
    tie = {"id": "t-1", **ends, "tie_type": "alliance", "date": "2013/..", "evidence": "ev-one"}
    load(graph, write_tables(tmp_path / "book", {**SMALL, "ties": [tie]}))
    query = "MATCH (t:Tie) RETURN toString(t.end_lo) AS lo, t.end_hi AS hi, t.end_open AS open"
    assert graph.rows(query) == [{"lo": "2016-05-01", "hi": None, "open": True}]
    later = {"id": "later-work", "type": "book", "title": "A later made-up work", "issued": "2019"}
    passage = {"id": "ev-three", "found_in": "later-work", "summary": "Says three."}
    more = {"sources": [later], "evidence": [passage], "ties": [{**tie, "evidence": "ev-one;ev-three"}]}
    load(graph, write_tables(tmp_path / "more", more))
    assert graph.rows(query) == [{"lo": "2019-01-01", "hi": None, "open": True}]


def test_passages_that_rest_on_one_work_have_one_origin(graph: Graph, tmp_path: Path) -> None:
    """Origins join over the authority behind a passage, works that repeat each other, and variants."""
    works = [
        {"id": w, "type": "report", "title": f"Made-up {w}", "repeats": "w-agency" if w == "w-paper" else ""}
        for w in ("w-agency", "w-paper", "w-own", "w-other")
    ]
    passages = [
        {"id": "e-1", "found_in": "made-up-work", "relies_on": "w-agency", "summary": "one"},
        {"id": "e-2", "found_in": "w-own", "source": "w-paper", "summary": "two"},
        {"id": "e-3", "found_in": "w-own", "summary": "three"},
        {"id": "e-4", "found_in": "w-other", "variant_of": "e-3", "summary": "four"},
    ]
    book = {**SMALL, "sources": [*SMALL["sources"], *works], "evidence": [*SMALL["evidence"], *passages]}
    load(graph, write_tables(tmp_path / "book", book))
    rows = graph.rows("MATCH (e:Evidence) RETURN e.id AS id, e.origin AS origin ORDER BY id")
    assert {row["id"]: row["origin"] for row in rows} == {
        "e-1": "w-agency", "e-2": "w-agency", "e-3": "w-other", "e-4": "w-other",
        "ev-one": "made-up-work", "ev-two": "made-up-work",
    }  # fmt: skip


# --- retraction ---------------------------------------------------------------------------------------------


def test_a_retraction_takes_the_citations_along_and_the_log_keeps_them(graph: Graph, tmp_path: Path) -> None:
    """Retracting a claim is a load of its own, with every record it took out."""
    from kb.loading.retract import plan_retraction

    load(graph, write_tables(tmp_path / "book", SMALL))
    receipt = apply_plan(graph, plan_retraction(graph, "p-front"), note="made up")
    assert receipt is not None
    rows = graph.rows(
        "MATCH (l:Load {id: $id})-[:MADE]->(c) "
        "RETURN c.table AS table, c.action AS action, l.note AS note ORDER BY table",
        {"id": receipt.load},
    )
    assert rows == [
        {"table": "citations", "action": "retract", "note": "made up"},
        {"table": "pledges", "action": "retract", "note": "made up"},
    ]
    assert number_of(graph, "Pledge") == 1


def test_a_claim_that_others_name_cannot_be_retracted(graph: Graph, tmp_path: Path) -> None:
    """A claim in the cell `after` of another one stays until that one is corrected."""
    from kb.loading.retract import plan_retraction

    later = {**SMALL["pledges"][1], "after": "p-front"}
    load(graph, write_tables(tmp_path / "book", {**SMALL, "pledges": [SMALL["pledges"][0], later]}))
    with pytest.raises(Refused, match="'p-front' is named by p-brigade"):
        plan_retraction(graph, "p-front")


def test_a_load_that_does_not_fit_on_the_disk_is_not_begun(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fills up stops the whole server, so a load asks for room first."""
    from kb.errors import ServerError
    from kb.loading import apply

    monkeypatch.setattr(apply, "ROOM", 10**9)  # a petabyte
    with pytest.raises(ServerError, match=r"The disk is full: \d+ MB free at .*, 1000000000 MB needed\."):
        load(graph, write_tables(tmp_path / "book", SMALL))
    assert number_of(graph, "Load") == 0
