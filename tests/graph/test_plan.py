"""What a plan shows: the links it makes, and what leaves the graph with a complete book."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.graph import Graph
from tests.graph.books import FULL, complete, empty, load, plan_of, without, write_book
from tests.graph.shell import kb


@pytest.fixture(scope="module")
def loaded(connection: Graph, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """A graph with the full made-up book, for tests that only read."""
    empty(connection)
    load(connection, write_book(tmp_path_factory.mktemp("full"), FULL))
    return connection


PLEDGE = {"id": "p-new", "from": "The Hub", "to": "made-up-front", "act": "renew", "date": "2016"}


def test_a_plan_tells_what_its_cells_name_in_the_graph(loaded: Graph, tmp_path: Path) -> None:
    """Cells that name records of the graph are counted by record; what the book adds itself is not."""
    rows = {
        "actors": [{"id": "new-group", "name": "New Group", "kind": "cell"}],
        "pledges": [
            {**PLEDGE, "evidence": "ev-one;ev-two", "after": "p-front"},
            {**PLEDGE, "id": "p-new-2", "to": "New Group", "evidence": "ev-one"},
        ],
    }
    links = plan_of(loaded, write_book(tmp_path / "book", rows)).links
    assert links.records == {
        "actors": {"made-up-hub": 2, "made-up-front": 1},
        "claims": {"p-front": 1},
        "evidence": {"ev-one": 2, "ev-two": 1},
    }
    assert links.names == {("The Hub", "made-up-hub"): 2}


def test_a_changed_row_joins_only_what_it_did_not_name_before(loaded: Graph, tmp_path: Path) -> None:
    """A citation more on a known claim is one link; the ends of the claim are none."""
    row = {**FULL["pledges"][0], "evidence": "ev-one;ev-three"}
    links = plan_of(loaded, write_book(tmp_path / "book", {"pledges": [row]})).links
    assert links.records == {"evidence": {"ev-three": 1}}


def test_the_command_shows_links_in_text_and_json(loaded: Graph, tmp_path: Path) -> None:
    """Text fits 80 columns; JSON has the same numbers, and warnings go to stderr."""
    rows = [{**PLEDGE, "id": f"p-{n}", "evidence": "" if n else "ev-one"} for n in range(3)]
    folder = write_book(tmp_path / "book", {"pledges": rows})
    done = kb("plan", folder)
    assert done.status == 0
    lines = done.out.splitlines()
    assert lines[2] == "cells that link to what is in the graph:"
    assert lines[3] == "  actors            6  made-up-front 3, made-up-hub 3"
    assert lines[4] == "  evidence          1  ev-one 1"
    assert lines[5] == "  by name           3  'The Hub' → made-up-hub 3"
    assert max(map(len, lines)) <= 80
    assert sum("[no-evidence]" in line for line in done.err) == 2
    plan = json.loads(kb("plan", folder, "--format", "json").out)
    assert plan["links"] == {
        "records": [
            {"kind": "actors", "id": "made-up-front", "cells": 3},
            {"kind": "actors", "id": "made-up-hub", "cells": 3},
            {"kind": "evidence", "id": "ev-one", "cells": 1},
        ],
        "names": [{"name": "The Hub", "actor": "made-up-hub", "cells": 3, "own_name": False}],
        "occurrences": [],
    }
    assert plan["counts"] == {"pledges": {"add": 3}}


def test_without_complete_nothing_is_retracted(loaded: Graph, tmp_path: Path) -> None:
    """A row that left the book stays in the graph unless it is asked for."""
    assert plan_of(loaded, write_book(tmp_path / "fewer", without("t-one", "f-one"))).changes == []


def test_a_complete_book_touches_only_its_own_tables(loaded: Graph, tmp_path: Path) -> None:
    """A book of ties alone retracts ties; a table with a header and no row retracts all of its records."""
    folder = write_book(tmp_path / "book", {"findings": FULL["findings"]})
    (folder / "ties.csv").write_text("id,from,to,tie_type\n", "utf-8")
    plan = complete(loaded, folder)
    assert [(c.action, c.record) for c in plan.changes] == [("retract", "t-one")]
    assert plan.complete == ("ties", "findings")


def test_rows_of_citations_go_with_the_claim_they_start_from(loaded: Graph, tmp_path: Path) -> None:
    """A citation of a claim that left means nothing; it is retracted with it, also from another table."""
    rows = [row for row in FULL["pledges"] if row["id"] != "p-front"]
    supports = [{**FULL["support"][0], "after": ""}]
    plan = complete(loaded, write_book(tmp_path / "book", {"pledges": rows, "support": supports}))
    assert plan.errors == []
    assert [(c.action, c.record) for c in plan.changes] == [
        ("retract", "p-front"),
        ("change", "s-one"),
        ("retract", "p-front ev-two"),
    ]


def test_a_row_that_names_what_left_the_book_is_a_fault(loaded: Graph, tmp_path: Path) -> None:
    """The fault stands at the row that names it."""
    done = kb("plan", write_book(tmp_path / "book", without("made-up-notion")), "--complete")
    assert (done.status, done.out) == (2, "")
    assert done.err == [
        "concepts.csv row 2, column related: error [foreign-key] 'made-up-notion' left the book and would be "
        "retracted. Put its row back, or name another record.",
        "Error: 1 fault in the book; nothing was written.",
    ]


def test_what_the_rest_of_the_graph_names_cannot_leave(loaded: Graph, tmp_path: Path) -> None:
    """A record outside the tables of the book keeps what it names, in a relationship or in `after`."""
    rows = {"cases": [{"id": "other-case", "title": "Other"}], "pledges": [FULL["pledges"][1]]}
    done = kb("plan", write_book(tmp_path / "book", rows), "--complete")
    assert done.status == 2
    said = " ".join(done.err)
    for gone, by in (("made-up-case", "ev-three"), ("made-up-case", "s-one"), ("p-front", "s-one")):
        assert f"'{gone}' left the book, but {by} of the graph names it" in said
    assert "4 faults" not in said


def test_the_help_and_the_plan_say_what_complete_means(loaded: Graph, tmp_path: Path) -> None:
    """The scope is told before anything is written."""
    assert "only in those tables that are in the book" in " ".join(kb("plan", "--help").out.split())
    out = " ".join(kb("plan", write_book(tmp_path / "book", without("t-one")), "--complete").out.split())
    assert "complete: 1 record of the graph left the book and would be retracted" in out
    assert "retract ties t-one" in out
