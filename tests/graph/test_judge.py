"""Records judged the same count as one in every query, stay as they are, and can be parted again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kb import catalog
from kb.errors import InputError, NotFound, Refused
from kb.graph import Graph
from kb.loading import apply, canonical
from kb.loading.add import twins
from kb.loading.apply import Receipt, apply_plan
from kb.loading.export import tables_of
from kb.loading.judge import effects, plan_judgement
from kb.loading.show import find_record
from kb.model import Pledge
from tests.graph.books import Rows, empty, everything, load, undo, write_book
from tests.graph.shell import kb

GROUP = {"kind": "militant_group"}
CITED = {"evidence": "ev-one"}
# Invented: the Front stands there twice, and its end of allegiance is known only of the second.
TWICE: dict[str, Rows] = {
    "actors": [
        {"id": "front", "name": "Made-up Front", **GROUP},
        {"id": "front-again", "name": "Madeup Front", **GROUP, "evidence": "ev-two", "note": "from a list"},
        {"id": "hub", "name": "Made-up Hub", **GROUP},
        {"id": "other", "name": "Third Party", **GROUP},
    ],
    "names": [{"id": "n-again", "actor": "front-again", "name": "MUF", "name_type": "acronym"}],
    "sources": [{"id": "work", "type": "book", "title": "A made-up work", "issued": "2016"}],
    "evidence": [
        {"id": "ev-one", "found_in": "work", "summary": "Says one.", "speaker": "front-again"},
        {"id": "ev-two", "found_in": "work", "summary": "Says two."},
    ],
    "pledges": [
        {"id": "p-front", "from": "front", "to": "hub", "act": "pledge", "date": "2014-07-01", **CITED},
        {"id": "p-again", "from": "front-again", "to": "hub", "act": "pledge", "date": "2014-07", **CITED},
        {"id": "p-end", "from": "front-again", "to": "hub", "act": "withdraw", "date": "2015-02-01", **CITED},
    ],
    "support": [
        {"id": "s-none", "from": "hub", "to": "front", "support_type": "any", "presence": "absent",
         "date": "2014", **CITED},
        {"id": "s-none-again", "from": "hub", "to": "front-again", "support_type": "any",
         "presence": "absent", "date": "2015", **CITED},
    ],
    "ties": [{"id": "t-both", "from": "front", "to": "front-again", "tie_type": "contact", **CITED}],
    "events": [{"id": "e-one", "title": "They meet", "event_type": "meeting", "date": "2014",
                "participants": "front-again=subject;hub=other", **CITED}],
    "searches": [{"id": "q-one", "subject": "hub", "object": "front-again", "looked_for": "any",
                  "window": "2014", "where_searched": "here", "searched_on": "2020-01-01",
                  "outcome": "none_found"}],
    "findings": [{"id": "f-one", "kind": "result", "statement": "Grew.", "group": "front-again"}],
    "citations": [{"claim": "front-again", "evidence": "ev-one", "stance": "context", "note": "see there"}],
}  # fmt: skip


def judge(graph: Graph, left: str, right: str, judgement: str = "same", coder: str = "mk") -> Receipt:
    """Judge, as `kb judge` does."""
    plan = plan_judgement(graph, left, right, judgement, why="a test", coder=coder, today=date(2026, 5, 1))
    receipt = apply_plan(graph, plan)
    assert receipt is not None
    return receipt


@pytest.fixture
def twice(graph: Graph, tmp_path: Path) -> Graph:
    """The graph with the made-up book in which the Front stands twice."""
    load(graph, write_book(tmp_path / "twice", TWICE))
    return graph


def ends(graph: Graph, claim: str) -> tuple[list[str], list[str]]:
    """The ids at the two ends of a claim, as a query sees them, and what is recorded where that differs."""
    rows = graph.rows(
        "MATCH (:Claim {id: $id})-[r:FROM|TO]->(a:Actor) "
        "RETURN a.id AS id, r.recorded AS recorded ORDER BY type(r)",
        {"id": claim},
    )
    return [row["id"] for row in rows], [row["recorded"] for row in rows if row["recorded"]]


def test_judged_the_same_two_actors_are_one_in_every_query(twice: Graph) -> None:
    """The duplicate is no actor any more, and all that was said of it is said of the one on the left."""
    judge(twice, "front", "front-again")
    actors = twice.rows("MATCH (a:Actor) RETURN a.id AS id ORDER BY id")
    assert [row["id"] for row in actors] == ["front", "hub", "other"]
    assert ends(twice, "p-again") == (["front", "hub"], ["front-again"])
    assert ends(twice, "p-front") == (["front", "hub"], [])
    rows = twice.rows(
        "MATCH (a:Actor)<-[r]-(x) WHERE r.recorded = 'front-again' "
        "RETURN a.id AS id, type(r) AS type, x.id AS of ORDER BY type, of"
    )
    assert {row["id"] for row in rows} == {"front"}
    assert [(row["type"], row["of"]) for row in rows] == [
        ("ABOUT", "f-one"), ("ABOUT", "q-one"), ("FROM", "p-again"), ("FROM", "p-end"), ("INVOLVES", "e-one"),
        ("OF", "n-again"), ("SPOKEN_BY", "ev-one"), ("TO", "s-none-again"), ("TO", "t-both"),
    ]  # fmt: skip
    cited = twice.rows("MATCH (:Actor {id: 'front'})-[:CITES]->(e) RETURN e.id AS id ORDER BY id")
    assert [row["id"] for row in cited] == ["ev-one", "ev-two"]


def test_force_and_absence_are_those_of_the_one_actor(twice: Graph) -> None:
    """The duplicate's withdrawal ends the first pledge, and its year without support adjoins the first."""
    before = _derived(twice)
    assert before["p-front"]["force_end_hi"] is None
    assert before["s-none"]["covers_to"] == date(2014, 12, 31)
    judge(twice, "front", "front-again")
    after = _derived(twice)
    assert after["p-front"]["force_end_hi"] == date(2015, 2, 1)
    assert after["s-none"]["covers_to"] == date(2015, 12, 31)


def _derived(graph: Graph) -> dict[str, Any]:
    rows = graph.rows(
        "MATCH (c:Claim) RETURN c.id AS id, c.force_end_hi AS force_end_hi, c.covers_to AS covers_to"
    )
    return {row["id"]: row for row in rows}


def test_records_stay_as_they_are_and_undo_restores_everything(twice: Graph) -> None:
    """The export gains one row and nothing else; after the undo every node and relationship is as before."""
    tables, graph_before = tables_of(twice), everything(twice)
    receipt = judge(twice, "front", "front-again")
    row = {"left": "front", "right": "front-again", "judgement": "same", "coder": "mk",
           "decided_on": "2026-05-01", "reason": "a test"}  # fmt: skip
    assert tables_of(twice) == {**tables, "judgements": [row]}
    merged = everything(twice)
    undone = undo(twice, receipt)
    assert everything(twice) == graph_before
    assert tables_of(twice) == tables
    undo(twice, undone)
    assert everything(twice) == merged


def test_later_loads_write_to_the_record_and_end_at_the_one_actor(twice: Graph, tmp_path: Path) -> None:
    """A claim of the duplicate, a change of its row and of its claim: recorded as written, counted as one."""
    judged_alone = judge(twice, "front", "front-again")
    claim = {"id": "p-late", "from": "front-again", "to": "other", "act": "pledge", "date": "2016", **CITED}
    moved = {**dict(TWICE["pledges"][1]), "date": "2014-08"}  # type: ignore[index]
    actor = {**dict(TWICE["actors"][1]), "note": "corrected"}  # type: ignore[index]
    load(twice, write_book(tmp_path / "late", {"pledges": [claim, moved], "actors": [actor]}))
    assert ends(twice, "p-late") == (["front", "other"], ["front-again"])
    rows = {row["id"]: row for row in tables_of(twice)["pledges"]}
    assert (rows["p-late"]["from"], rows["p-again"]["date"]) == ("front-again", "2014-08")
    assert find_record(twice, "front-again").cells["note"] == "corrected"
    assert find_record(twice, "front-again").counts_as == "front"
    assert [row["id"] for row in twice.rows("MATCH (d:Duplicate) RETURN d.id AS id")] == ["front-again"]
    undo(twice, judged_alone)
    assert ends(twice, "p-late") == (["front-again", "other"], [])
    assert not twice.rows("MATCH ()-[r]->() WHERE r.recorded IS NOT NULL RETURN r LIMIT 1")


def test_loading_the_book_again_changes_nothing(twice: Graph, tmp_path: Path) -> None:
    """The book still says what the graph records, whatever was judged."""
    judge(twice, "front", "front-again")
    assert load(twice, write_book(tmp_path / "again", TWICE)) is None


def test_batches_and_an_interrupted_load_leave_the_duplicate_as_it_was(
    twice: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces of two: a judgement, a load that keeps it, and one that fails and is rolled back to it."""
    monkeypatch.setattr(apply, "ONE_TRANSACTION", 2)
    monkeypatch.setattr(apply, "BATCH", 2)
    monkeypatch.setattr(canonical, "MOST", 2)
    alone = everything(twice)
    judgement = judge(twice, "front", "front-again")
    assert ends(twice, "p-again") == (["front", "hub"], ["front-again"])
    before = everything(twice)
    claims = [
        {"id": f"s-{n}", "from": "front-again", "to": "other", "support_type": "financial", **CITED}
        for n in range(5)
    ]
    book = write_book(tmp_path / "many", {"support": claims})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(apply, "_finish", _fail)
        with pytest.raises(KeyboardInterrupt):
            load(twice, book)
    assert everything(twice) == before
    receipt = load(twice, book)
    assert ends(twice, "s-3") == (["front", "other"], ["front-again"])
    assert receipt is not None
    undo(twice, receipt)
    assert everything(twice) == before
    undo(twice, judgement)
    assert everything(twice) == alone


def _fail(*_: object) -> None:
    raise KeyboardInterrupt


def test_judgements_reach_over_a_third_actor_and_part_again(twice: Graph) -> None:
    """front = other and front-again = front: all are one; taking the middle away leaves the rest."""
    before = everything(twice)
    first = judge(twice, "front", "front-again")
    between = everything(twice)
    second = judge(twice, "front-again", "other")
    assert _counted(twice) == {"front-again": "front", "other": "front"}
    undo(twice, second)
    assert everything(twice) == between
    again = judge(twice, "other", "front")
    assert _counted(twice) == {"front-again": "other", "front": "other"}
    undo(twice, again)
    assert everything(twice) == between
    undo(twice, first)
    assert everything(twice) == before


def _counted(graph: Graph) -> dict[str, str]:
    rows = graph.rows("MATCH (d:Duplicate)-[:SAME_AS]->(a:Actor) RETURN d.id AS id, a.id AS actor")
    return {row["id"]: row["actor"] for row in rows}


def test_a_changed_mind_is_a_change_in_the_log(twice: Graph) -> None:
    """The same coder judges anew: the row changes, and the latest decision counts."""
    before = everything(twice)
    judge(twice, "front", "front-again")
    plan = plan_judgement(
        twice, "front", "front-again", "different", why="no", coder="mk", today=date(2026, 6, 1)
    )
    assert [change.action for change in plan.changes] == ["change"]
    assert list(effects(twice, plan.changes)) == ["front-again is an actor of its own again."]
    receipt = apply_plan(twice, plan)
    assert receipt is not None
    assert _counted(twice) == {}
    assert everything(twice)[0] == before[0]
    undo(twice, receipt)
    assert _counted(twice) == {"front-again": "front"}


def test_the_other_way_round_replaces_the_row(twice: Graph) -> None:
    """The same coder names the other one first: one row stays, and the other actor is the one that counts."""
    judge(twice, "front", "front-again")
    judge(twice, "front-again", "front")
    assert [(row["left"], row["right"]) for row in tables_of(twice)["judgements"]] == [
        ("front-again", "front")
    ]
    assert _counted(twice) == {"front": "front-again"}


def test_the_same_judgement_again_changes_nothing(twice: Graph) -> None:
    """The same decision for the same reason is already there."""
    judge(twice, "front", "front-again")
    plan = plan_judgement(
        twice, "front", "front-again", "same", why="a test", coder="mk", today=date(2027, 1, 1)
    )
    assert plan.changes == []


def test_a_contradiction_is_refused_with_the_chain(twice: Graph) -> None:
    """Two actors that are one over a third cannot be judged different, nor the other way round."""
    judge(twice, "front", "front-again")
    judge(twice, "front-again", "other")
    with pytest.raises(Refused, match=r"front same front-again \(mk, 2026-05-01\); front-again same other"):
        judge(twice, "other", "front", "different")
    judge(twice, "other", "hub", "different")
    with pytest.raises(Refused, match="That would contradict other judgements"):
        judge(twice, "hub", "front")


def test_contradictions_out_of_a_book_count_for_nothing_and_are_audited(twice: Graph, tmp_path: Path) -> None:
    """Loaded as a table, the set falls apart until it is settled; the audit names the pair and the chain."""
    rows = [
        {"left": "front", "right": "front-again", "judgement": "same", "coder": "a"},
        {"left": "front-again", "right": "other", "judgement": "same", "coder": "b"},
        {"left": "front", "right": "other", "judgement": "different", "coder": "c"},
    ]
    before = everything(twice)[0]
    load(twice, write_book(tmp_path / "judged", {"judgements": rows}))
    assert everything(twice)[0] == before
    query = catalog.find("contradictory_judgements")
    (row,) = twice.answer(query, query.bind({})).records()
    assert (row["left"], row["right"], row["over"]) == ("front", "other", ["front", "front-again", "other"])


def test_coders_who_disagree_on_one_day_decide_nothing(twice: Graph) -> None:
    """The later decision counts; of two on the same day neither does."""
    judge(twice, "front", "front-again", coder="a")
    plan = plan_judgement(
        twice, "front", "front-again", "different", why="no", coder="b", today=date(2026, 5, 1)
    )
    assert list(effects(twice, plan.changes)) == [
        "front-again is an actor of its own again.",
        "Note: coders disagree on front and front-again, both on the last day: nothing is decided.",
    ]
    apply_plan(twice, plan)
    assert _counted(twice) == {}


def test_parameters_that_name_the_duplicate_mean_the_one_that_counts(twice: Graph) -> None:
    """By its id, with a line that says so; names of the duplicate are names of the actor."""
    judge(twice, "front", "front-again")
    query = catalog.find("pledges_of")
    table = twice.answer(query, query.bind({"actor": "front-again"}))
    assert {row["claim"] for row in table.records()} == {"p-front", "p-again", "p-end"}
    assert table.notes == ("'front-again' was judged the same as 'front' and counts as it.",)
    done = kb("query", "pledges_of", "--actor", "front-again")
    assert done.err[0] == "Note: 'front-again' was judged the same as 'front' and counts as it."


def test_cypher_of_ones_own_takes_ids_as_they_stand(twice: Graph) -> None:
    """What a parameter means is not known, so nothing is found, and the reason is said."""
    judge(twice, "front", "front-again")
    done = kb("cypher", "MATCH (a:Actor {id: $id}) RETURN a.id", "-p", "id=front-again", "-p", "n=3")
    assert (done.status, done.out) == (0, "")
    assert done.err[-1] == "Note: 'front-again' was judged the same as 'front': ask for that one."
    assert len(kb("cypher", "MATCH (a:Nobody) RETURN a.id", "-p", "id=front").err) == 2
    asked = kb("evidence", "--actor", "Madeup Front", "--format", "json")
    assert asked.status == 0
    assert "p-front" in asked.out
    query = catalog.find("names_at")
    names = twice.answer(query, query.bind({"actor": "front", "on": "2014-01-01"})).records()
    assert [row["name"] for row in names] == ["MUF"]


def test_a_name_in_a_new_book_means_the_actor_that_counts(twice: Graph, tmp_path: Path) -> None:
    """What was ambiguous before is one actor now."""
    judge(twice, "front", "front-again")
    row = {"id": "p-name", "from": "Madeup Front", "to": "other", "act": "renew", **CITED}
    load(twice, write_book(tmp_path / "named", {"pledges": [row]}))
    assert ends(twice, "p-name") == (["front", "other"], [])


def test_claims_judged_the_same_tell_one_happening(twice: Graph) -> None:
    """They and all readings of their happenings share an occurrence; the record keeps its own."""
    before = everything(twice)
    receipt = judge(twice, "p-front", "p-again")
    rows = twice.rows(
        "MATCH (c:Pledge) RETURN DISTINCT coalesce(c.occurrence, c.id) AS happening ORDER BY happening"
    )
    assert [row["happening"] for row in rows] == ["p-end", "p-front"]
    assert all("occurrence" not in row for row in tables_of(twice)["pledges"])
    undo(twice, receipt)
    assert everything(twice) == before


def test_readings_of_both_happenings_come_together(graph: Graph, tmp_path: Path) -> None:
    """Two schisms with an occurrence each: after the judgement all readings of both tell one happening."""
    breaks = [
        {"id": f"b-{n}", "from": "front", "to": "hub", "date": f"2014-0{n}", "occurrence": shared, **CITED}
        for n, shared in enumerate(["left-break", "left-break", "right-break", "right-break"], 1)
    ]
    load(graph, write_book(tmp_path / "book", {**TWICE, "schisms": breaks}))
    before = everything(graph)
    receipt = judge(graph, "b-3", "b-2")
    rows = graph.rows("MATCH (c:Schism) RETURN DISTINCT c.occurrence AS occurrence")
    assert [row["occurrence"] for row in rows] == ["right-break"]
    assert {row["occurrence"] for row in tables_of(graph)["schisms"]} == {"left-break", "right-break"}
    query = catalog.find("rhetorical_ties_after_schism")
    table = graph.answer(query, query.bind({"schism": "left-break", "hub": ["hub"]}))
    assert table.notes == ("'left-break' was judged the same as 'right-break' and counts as it.",)
    undo(graph, receipt)
    assert everything(graph) == before


def test_a_claim_of_an_actor_with_itself_is_announced(twice: Graph) -> None:
    """The tie between the two would lead from the actor to itself: it is said before, and audited after."""
    plan = plan_judgement(twice, "front", "front-again", "same", why="one", coder="", today=date(2026, 5, 1))
    assert list(effects(twice, plan.changes)) == [
        "front-again counts as front in every query; its record stays as it is.",
        "Note: claims of one actor with itself then: t-both.",
    ]
    apply_plan(twice, plan)
    query = catalog.find("claims_with_itself")
    assert [row["claim"] for row in twice.answer(query, query.bind({})).records()] == ["t-both"]


def test_an_actor_that_is_judged_cannot_go(twice: Graph, tmp_path: Path) -> None:
    """Undoing the load of an actor is refused while a later judgement names it, on either side."""
    late = {"id": "late", "name": "Late Front", **GROUP}
    receipt = load(twice, write_book(tmp_path / "late", {"actors": [late]}))
    assert receipt is not None
    first = judge(twice, "late", "front")
    with pytest.raises(Refused, match=r"in use \((late front|front late) mk names late\)"):
        undo(twice, receipt)
    undo(twice, first)
    judge(twice, "front", "late")
    with pytest.raises(Refused, match=r"in use \((late front|front late) mk names late\)"):
        undo(twice, receipt)


def test_an_actor_loaded_with_its_judgement_can_be_undone(twice: Graph, tmp_path: Path) -> None:
    """Both go together."""
    before = everything(twice)
    book: dict[str, Rows] = {
        "actors": [{"id": "late", "name": "Late Front", **GROUP, **CITED}],
        "pledges": [{"id": "p-late", "from": "late", "to": "hub", "act": "pledge", **CITED}],
        "judgements": [{"left": "front", "right": "late", "judgement": "same"}],
    }
    receipt = load(twice, write_book(tmp_path / "late", book))
    assert _counted(twice) == {"late": "front"}
    assert receipt is not None
    undo(twice, receipt)
    assert everything(twice) == before


@pytest.mark.parametrize(
    ("left", "right", "error", "said"),
    [
        ("front", "front", InputError, "Both are 'front'. Name two different records."),
        (
            "front",
            "frontt-again",
            NotFound,
            "No record 'frontt-again' in the graph. Did you mean 'front-again'",
        ),
        (
            "Madeup Fronts",
            "front",
            NotFound,
            "No record 'Madeup Fronts' in the graph. Nearest: Madeup Front (fr",
        ),
        ("front", "work", InputError, "'work' is neither an actor nor a claim (Source)."),
        ("front", "p-front", InputError, "front is an actor, p-front a claim."),
        ("p-front", "t-both", InputError, "The two claims are of different kinds (pledges, ties)."),
    ],
)
def test_what_cannot_be_compared(
    twice: Graph, left: str, right: str, error: type[Exception], said: str
) -> None:
    """Each refusal is one line that names the two and says what to do."""
    with pytest.raises(error) as caught:
        judge(twice, left, right)
    assert str(caught.value).startswith(said)


def test_the_command_judges_and_says_what_follows(twice: Graph) -> None:
    """A dry run writes nothing; then the receipt, and the reason in the row."""
    words = ["judge", "front", "front-again", "same", "--why", "two spellings", "--coder", "mk"]
    dry = kb(*words, "--dry-run")
    assert dry.status == 0
    assert dry.err == ["Nothing was written."]
    assert "front-again counts as front in every query" in dry.out
    assert "judgements" not in tables_of(twice)
    done = kb(*words, "--yes")
    assert done.status == 0
    assert ": 1 added; 0 were the same." in done.out
    assert tables_of(twice)["judgements"][0]["reason"] == "two spellings"
    empty = kb("judge", "front", "hub", "same", "--why", " ")
    assert (empty.status, empty.err) == (2, ["Error: The reason is empty. Say why with --why."])


MORE: dict[str, Rows] = {
    "sources": [{"id": "second-work", "type": "book", "title": "Another made-up work", "issued": "2017"}],
    "evidence": [{"id": "ev-three", "found_in": "second-work", "summary": "Says it too."}],
    "pledges": [{"id": "p-third", "from": "front", "to": "hub", "act": "pledge", "date": "2014-07-03",
                 "evidence": "ev-three"}],
}  # fmt: skip


def test_pairs_that_may_be_one_are_listed_until_they_are_judged(twice: Graph, tmp_path: Path) -> None:
    """Two spellings, lowered by the claim between them; one pledge in two works, two days apart."""
    load(twice, write_book(tmp_path / "more", MORE))
    listed = json.loads(kb("duplicates", "--format", "json").out)
    assert [(row["what"], row["left"], row["right"]) for row in listed] == [
        ("claim", "p-front", "p-third"),
        ("actor", "front-again", "front"),  # five claims name the second, four the first
    ]
    assert listed[0]["score"] == 87.9
    assert listed[0]["reasons"][-1] == "2 days apart"
    assert listed[1]["reasons"][-1] == "1 claim between the two"
    assert listed[1]["command"] == 'kb judge front-again front same --why ""'
    judge(twice, "front", "front-again")
    judge(twice, "p-front", "p-third", "different")
    left = json.loads(kb("duplicates", "--format", "json").out)
    assert [(row["left"], row["right"]) for row in left] == [("p-again", "p-third")]  # of one actor now
    judged = json.loads(kb("duplicates", "--judged", "--format", "json").out)
    assert {(row["left"], row["right"], row["judgement"]) for row in judged} == {
        ("front", "front-again", "same"), ("p-front", "p-third", "different"), ("p-again", "p-third", ""),
    }  # fmt: skip


def test_the_list_fits_and_ends_with_the_command(twice: Graph) -> None:
    """Text in 80 columns, CSV with a header also when there is nothing, one line on stderr."""
    done = kb("duplicates", "--actors")
    assert done.err == ["1 pair with a score of 66 and more."]
    assert max(map(len, done.out.splitlines())) <= 80
    assert done.out.splitlines()[-1] == '     kb judge front-again front same --why ""'
    empty(twice)
    none = kb("duplicates", "--format", "csv")
    assert (none.status, none.out.count("\n"), none.err) == (0, 1, ["0 pairs with a score of 66 and more."])
    wrong = kb("duplicates", "--min-score", "101")
    assert (wrong.status, len(wrong.err)) == (2, 1)


def test_the_graph_of_a_moment_has_the_judgements_of_that_moment(twice: Graph) -> None:
    """Before the judgement there were two actors, and after its undo there are two again."""
    before = datetime.now(UTC)
    receipt = judge(twice, "front", "front-again")
    between = datetime.now(UTC)
    undo(twice, receipt)
    count = "MATCH (a:Actor) RETURN count(a) AS actors"
    for when, actors in ((before, "4"), (between, "3")):
        done = kb("cypher", count, "--as-of", when.isoformat(), "--format", "csv")
        assert done.out.splitlines() == ["actors", actors], done.err


def test_a_claim_of_the_duplicate_is_known_again(twice: Graph) -> None:
    """`kb add` finds the claim that was recorded of the duplicate, and does not write it twice."""
    judge(twice, "front", "front-again")
    pledge = Pledge.model_validate(
        {"id": "p-new", "from": "front-again", "to": "hub", "act": "pledge", "date": "2014-07"}
    )
    assert [ident for ident, _ in twins(twice, pledge)] == ["p-again"]
