"""More ways to put a question: a word to find it, its Cypher, its plan, how robust it is, own queries."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from kb import catalog
from kb.graph import Graph
from kb.literals import filled
from tests.graph.books import PAGE, load, write_book
from tests.graph.shell import kb

OWN = """// Groups by name
//
// Which groups are there?
//
// @row name: the name
// @key name
MATCH (a:Group)
RETURN a.name AS name
ORDER BY name
"""


def test_a_word_finds_the_questions_that_say_it() -> None:
    """In name, title, topic or question, in any case."""
    done = kb("queries", "SCHISM", "--format", "json")
    names = {row["name"] for row in json.loads(done.out)}
    assert "rhetorical_ties_after_schism" in names
    assert "names_at" not in names


def test_a_word_that_no_question_says_is_an_error() -> None:
    """With the nearest word of the library, exit 1."""
    done = kb("queries", "plegdes")
    assert done.status == 1
    assert done.err == ["Error: No query says 'plegdes'. Did you mean 'pledges'?"]


@pytest.mark.parametrize("name", ["pledges_of", "support_given_by", "groups_tied_to_both_hubs"])
def test_the_cypher_shown_gives_the_same_rows(casebook: Graph, name: str) -> None:
    """What `--show` prints runs as it is, and answers as the query does."""
    query = catalog.find(name)
    values = query.bind(query.example)
    shown = kb("query", name, "--example", "--show")
    assert shown.out == filled(query.cypher, values)
    assert not re.search(r"\$\w", shown.out)
    assert casebook.table(shown.out).rows == casebook.answer(query, values).rows


def test_the_plan_is_a_tree_that_fits_the_page(casebook: Graph) -> None:
    """The last step first, what feeds it indented below, the expected rows on the right."""
    done = kb("query", "pledges_by_month", "--explain")
    lines = done.out.splitlines()
    assert lines[0].startswith("ProduceResults")
    assert lines[1].startswith("  ")
    assert max(map(len, lines)) <= 80
    assert re.match(r"\d+ rows in \d+ ms\.", done.err[-1])


# --- robust ---------------------------------------------------------------------------------------

ACTORS = [
    {"id": i, "name": i.replace("-", " ").title(), "kind": "militant_group"}
    for i in ("hub", "sure-front", "disputed-front", "doubtful-front", "vague-front")
]
SOURCES = [{"id": i, "type": "book", "title": f"Made-up {i}"} for i in ("first-work", "second-work")]
EVIDENCE = [
    {"id": "ev-one", "found_in": "first-work", **PAGE, "locator": "1", "summary": "Says one."},
    {"id": "ev-two", "found_in": "second-work", **PAGE, "locator": "2", "summary": "Says two."},
]


def pledge(who: str, **cells: str) -> dict[str, str]:
    """A pledge to the hub with one passage."""
    made = {"id": f"p-{who}", "from": who, "to": "hub", "act": "pledge", "date": "2014", "evidence": "ev-one"}
    return {**made, **cells}


PLEDGES = [
    pledge("sure-front", evidence="ev-one;ev-two"),
    pledge("disputed-front", status="disputed", note="made up", evidence="ev-one;ev-two"),
    pledge("doubtful-front", confidence="low"),
    pledge("vague-front", date="2014?", evidence="ev-one;ev-two"),
]
TIES = """// Pledged
//
// Who pledged to the hub?
//
// @param limit integer = 1: how many to list
// @row id: the claim
// @key id
MATCH (c:Pledge) WHERE c.status <> 'rejected' AND c.force = 'in_force'
RETURN c.id AS id
ORDER BY id LIMIT $limit
"""


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a query of the user."""
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "groups_by_name.cypher").write_text(OWN, "utf-8")
    (folder / "who_pledged.cypher").write_text(TIES, "utf-8")
    monkeypatch.setenv("KB_QUERIES", str(folder))
    return folder


def test_robust_says_which_rows_stand_without_doubtful_claims(
    graph: Graph, own: Path, tmp_path: Path
) -> None:
    """Each of four rows goes under the setting that it was made for, and only the sure one under none.

    The limit of the query, by which one row is listed, does not count.
    """
    book = {"actors": ACTORS, "sources": SOURCES, "evidence": EVIDENCE, "pledges": PLEDGES}
    load(graph, write_book(tmp_path / "book", book))
    before = graph.rows("MATCH (c:Claim) RETURN c.id AS id, c.status AS status, c.force AS force ORDER BY id")
    done = kb("query", "who_pledged", "--robust", "--format", "csv")
    assert done.status == 0, done.err
    rows: dict[str, dict[str, Any]] = {row["id"]: row for row in csv.DictReader(io.StringIO(done.out))}
    gone = {ident: {n for n, fate in row.items() if fate == "gone"} for ident, row in rows.items()}
    assert gone == {
        "p-sure-front": set(),
        "p-disputed-front": {"no_disputed"},
        "p-doubtful-front": {"two_origins", "no_low"},
        "p-vague-front": {"certain_dates"},
    }
    after = graph.rows("MATCH (c:Claim) RETURN c.id AS id, c.status AS status, c.force AS force ORDER BY id")
    assert after == before, "the graph was changed"


# --- queries of the user ----------------------------------------------------------------------------


def test_own_queries_join_the_library(graph: Graph, own: Path, tmp_path: Path) -> None:
    """They are listed and asked as all others."""
    load(graph, write_book(tmp_path / "book", {"actors": ACTORS[:2]}))
    assert "groups_by_name" in kb("queries", "--format", "csv").out
    assert kb("query", "groups_by_name", "--format", "csv").out == "name\nHub\nSure Front\n"


def test_a_name_that_is_taken_is_an_error(own: Path) -> None:
    """Both files are named."""
    (own / "pledges_of.cypher").write_text(OWN, "utf-8")
    done = kb("query", "pledges_of", "--help")
    assert done.status == 2
    assert done.err == ["Error: own/pledges_of.cypher:1: the name is taken by pledges/pledges_of.cypher."]


def test_a_faulty_header_is_told_with_file_and_line(own: Path) -> None:
    """What is missing, where."""
    (own / "broken.cypher").write_text("// Broken\n//\n// What?\n//\n// @row x: it\nRETURN 1 AS y\n", "utf-8")
    done = kb("queries")
    assert done.status == 2
    assert done.err[-1].startswith("Error: own/broken.cypher:")
    assert "Traceback" not in done.err[-1]


def test_a_folder_that_is_not_there_is_an_error() -> None:
    """One line, exit 2."""
    done = kb("queries", "--queries", "no-such-folder")
    assert done.status == 2
    assert done.err == ["Error: No folder no-such-folder of queries. Check --queries or KB_QUERIES."]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """Without --force it stays; with --force it is replaced."""
    target = tmp_path / "queries.csv"
    target.write_text("mine", "utf-8")
    refused = kb("queries", "--out", target)
    assert refused.status == 2
    assert refused.err == [f"Error: {target} exists already. Choose another name, or add --force."]
    assert target.read_text("utf-8") == "mine"
    assert kb("queries", "--out", target, "--force").status == 0
    assert target.read_text("utf-8").startswith("name,title,topic\n")
