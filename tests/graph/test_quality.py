"""The questions of the topic `quality`: each finds the one fault that was planted for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import catalog
from kb.graph import Graph
from tests.graph.books import SMALL, load, write_book
from tests.graph.shell import kb

ALIAS = {"name_type": "alias"}
PLEDGE = {"from": "made-up-front", "to": "made-up-hub", "act": "pledge", "evidence": "ev-one"}
SUPPORT = {"from": "made-up-hub", "to": "made-up-front", "support_type": "financial", "evidence": "ev-two"}

# Everything in it is used and cited; every question below has its one row, the others none of these.
PLANTED = {
    **SMALL,
    "actors": [
        {**SMALL["actors"][0], "founded": "2010"},
        *SMALL["actors"][1:],
        {"id": "nobody", "name": "Nobody", "kind": "person"},
        {"id": "listed", "name": "Of a list", "kind": "militant_group"},
        {"id": "twin-one", "name": "Twin", "kind": "militant_group"},
        {"id": "twin-two", "name": "Other Twin", "kind": "militant_group"},
    ],
    "names": [
        {**ALIAS, "id": "n-1", "actor": "made-up-front", "name": "The Lions", "valid": "2010/2014"},
        {**ALIAS, "id": "n-2", "actor": "made-up-hub", "name": "the lions", "valid": "2014"},
        {**ALIAS, "id": "n-3", "actor": "made-up-brigade", "name": "The Lions", "valid": "2016"},
        {**ALIAS, "id": "n-4", "actor": "listed", "name": "Of the list", "evidence": "ev-two"},
    ],
    "sources": [
        *SMALL["sources"],
        {"id": "unused-work", "type": "book", "title": "An unused work"},
        {"id": "other-work", "type": "book", "title": "Another work"},
    ],
    "evidence": [
        *SMALL["evidence"],
        {"id": "ev-idle", "found_in": "made-up-work", "summary": "Cited by nothing."},
        {"id": "ev-said", "found_in": "other-work", "summary": "Somebody said so.",
         "speaker_text": "a witness", "quote_start": "this is what I saw"},
    ],
    "pledges": [
        {**PLEDGE, "id": "p-early", "date": "2009", "evidence": "ev-one;ev-said"},
        {**PLEDGE, "id": "p-disputed", "date": "2015", "occurrence": "x", "status": "disputed",
         "note": "another year", "evidence": "ev-one;ev-said"},
        {**PLEDGE, "id": "p-other", "date": "2016", "occurrence": "x", "evidence": "ev-one;ev-said"},
    ],
    "support": [
        {"id": "s-bare", "from": "made-up-hub", "to": "made-up-front", "support_type": "training"},
        {**SUPPORT, "id": "s-brigade", "to": "made-up-brigade", "date": "2011", "evidence": "ev-one;ev-said"},
    ],
    "ties": [
        {"id": "t-brigade", "from": "made-up-brigade", "to": "made-up-hub", "tie_type": "alliance",
         "date": "2012/2013", "evidence": "ev-one;ev-two"},
        {"id": "t-twins", "from": "twin-one", "to": "twin-two", "tie_type": "contact",
         "evidence": "ev-one;ev-said"},
    ],
    "judgements": [
        {"left": "twin-one", "right": "twin-two", "judgement": "same"},
        {"left": "p-early", "right": "p-other", "judgement": "same", "coder": "a", "decided_on": "2020"},
        {"left": "p-other", "right": "p-early", "judgement": "different", "coder": "b", "decided_on": "2021"},
    ],
    "citations": [{"claim": "p-other", "evidence": "ev-two", "stance": "contradicts"}],
}  # fmt: skip


@pytest.fixture
def planted(graph: Graph, tmp_path: Path) -> Graph:
    """The graph with one fault for each question."""
    load(graph, write_book(tmp_path / "book", PLANTED))
    return graph


FOUND = {
    "claims_without_evidence": ["s-bare"],
    "evidence_never_cited": ["ev-idle"],
    "sources_never_used": ["unused-work"],
    "disputed_claims": ["p-disputed"],
    "single_origin_claims": ["t-brigade"],
    "secondary_source_claims": ["t-brigade"],
    "actors_without_claim": ["Nobody"],
    "shared_names": ["The Lions"],
    "date_conflicts": ["p-early", "s-brigade"],
    "contradictory_judgements": ["p-early"],
    "claims_with_itself": ["t-twins"],
}


@pytest.mark.parametrize("name", FOUND)
def test_the_question_finds_what_was_planted(planted: Graph, name: str) -> None:
    """The first column of the answer is the planted record and nothing else."""
    query = catalog.find(name)
    table = planted.answer(query, query.bind({}))
    assert sorted(row[0] for row in table.rows) == FOUND[name]


def test_a_disputed_claim_comes_with_what_stands_against_it(planted: Graph) -> None:
    """The other reading of the happening, and the reason."""
    query = catalog.find("disputed_claims")
    (row,) = planted.answer(query, query.bind({})).records()
    assert (row["note"], row["readings"]) == ("another year", ["p-other"])


def test_every_question_of_quality_has_a_test() -> None:
    """A new question needs a planted fault."""
    assert set(FOUND) == {q.name for q in catalog.library().values() if q.topic == "quality"}


def test_the_audit_counts_and_fails_on_what_must_not_be(planted: Graph) -> None:
    """Exit 1, the counts, and the names of the questions that must have no rows."""
    done = kb("audit", "--format", "json")
    assert done.status == 1
    counts = {entry["query"]: entry["rows"] for entry in json.loads(done.out)}
    assert counts == {name: len(rows) for name, rows in FOUND.items()}
    assert done.err[-1].startswith("Must have no rows: actors_without_claim, ")


@pytest.mark.usefixtures("casebook")
def test_the_casebook_passes_the_audit() -> None:
    """What must have no rows has none in the bundled casebook."""
    done = kb("audit")
    assert done.status == 0, done.err
    assert "     0  Claims without evidence  (must be 0)" in done.out.splitlines()
