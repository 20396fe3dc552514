"""The commands that change or show the graph, what they print, and how they refuse."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kb.graph import Graph
from tests.graph.books import SMALL, write_book
from tests.graph.shell import Done, kb
from tests.terminal import answered


@pytest.fixture
def book(graph: Graph, tmp_path: Path) -> Path:
    """The small book, loaded."""
    folder = write_book(tmp_path / "book", SMALL)
    done = kb("load", folder)
    assert done.status == 0, done.err
    return folder


def refused(done: Done, status: int) -> str:
    """The last line on stderr of a command that refuses and prints nothing on stdout."""
    assert done.status == status, done
    assert done.out == ""
    return done.err[-1]


def test_a_load_prints_a_receipt(graph: Graph, tmp_path: Path) -> None:
    """Load id, counts and the sum of each file, as sha256sum gives it."""
    import hashlib

    folder = write_book(tmp_path / "book", SMALL)
    lines = kb("load", folder).out.splitlines()
    (load,) = graph.rows("MATCH (l:Load) RETURN l.id AS id, l.status AS status, l.changes AS changes")
    assert load["status"] == "done"
    assert load["changes"] == 9
    assert lines[0] == f"{load['id']}: 9 added; 0 were the same."
    sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert dict(line.split() for line in lines[1:]) == sums


def test_a_load_asks_on_a_terminal(graph: Graph, tmp_path: Path) -> None:
    """On a real terminal the question is asked; `n` writes nothing, `y` writes."""
    folder = write_book(tmp_path / "book", SMALL)
    command = [sys.executable, "-m", "kb", "load", str(folder)]
    status, said = answered(command, "Write this to the graph? [y/N]", "n\n")
    assert status == 1
    assert "Error: Nothing was written." in said
    assert graph.rows("MATCH (n) WHERE NOT n:Migration RETURN count(n) AS n") == [{"n": 0}]
    status, said = answered(command, "Write this to the graph? [y/N]", "y\n")
    assert status == 0
    assert ": 9 added; 0 were the same." in said
    assert graph.rows("MATCH (l:Load) RETURN count(l) AS n") == [{"n": 1}]


def test_one_wrong_row_and_nothing_is_written(graph: Graph, tmp_path: Path) -> None:
    """A fault in one table stops the whole book with exit 2."""
    wrong = [*SMALL["pledges"], {"id": "p-x", "from": "made-up-hub", "to": "made-up-front", "act": "plegde"}]
    done = kb("load", write_book(tmp_path / "book", {**SMALL, "pledges": wrong}))
    assert refused(done, 2) == "Error: 1 fault in the book; nothing was written."
    assert "row 4, column act: error [bad-value] 'plegde' is not allowed here. Did you mean" in "\n".join(
        done.err
    )
    assert graph.rows("MATCH (n) WHERE NOT n:Migration RETURN count(n) AS n") == [{"n": 0}]


def test_a_reference_to_nowhere_stops_plan_and_load(book: Path, tmp_path: Path) -> None:
    """An unknown actor is a fault with the nearest names."""
    row = {"id": "p-x", "from": "made-up-brigde", "to": "made-up-hub", "act": "pledge", "evidence": "ev-one"}
    more = write_book(tmp_path / "more", {"pledges": [row]})
    for command in ("plan", "load"):
        done = kb(command, more)
        assert refused(done, 2) == "Error: 1 fault in the book; nothing was written."
        said = " ".join(" ".join(done.err).split())
        assert "row 2, column from: error [foreign-key] 'made-up-brigde' is neither in this book nor" in said
        assert "made-up-brigade" in said


def test_a_plan_shows_the_change_field_by_field(book: Path, tmp_path: Path) -> None:
    """Before and after stand side by side, in text and in JSON."""
    moved = write_book(tmp_path / "moved", {"pledges": [{**SMALL["pledges"][0], "date": "2014-07-02"}]})
    assert "  date: 2014-07-01 → 2014-07-02" in kb("plan", moved).out.splitlines()
    plan = json.loads(kb("plan", moved, "--format", "json").out)
    assert plan["changes"] == [
        {
            "table": "pledges",
            "record": "p-front",
            "action": "change",
            "fields": [{"column": "date", "before": "2014-07-01", "after": "2014-07-02"}],
        }
    ]


def test_show_prints_a_claim_with_its_evidence(book: Path) -> None:
    """The claim, both stances, and where each passage stands."""
    lines = kb("show", "p-front").out.splitlines()
    assert lines[0] == "p-front (pledges)"
    assert "  supports: ev-one" in lines
    assert "  contradicts: ev-two" in lines
    assert "    found in made-up-work, page 1" in lines
    shown = json.loads(kb("show", "p-front", "--format", "json").out)
    assert [(c["stance"], c["id"]) for c in shown["citations"]] == [
        ("supports", "ev-one"),
        ("contradicts", "ev-two"),
    ]


def test_show_of_an_unknown_id_names_the_nearest(book: Path) -> None:
    """A misspelt id is one line with the nearest known one."""
    line = refused(kb("show", "made-up-frot"), 1)
    assert line == "Error: No record 'made-up-frot' in the graph. Did you mean 'made-up-front'?"


def test_a_retraction_says_why_and_leaves_the_rest(book: Path, graph: Graph) -> None:
    """`kb retract` writes a load with the reason."""
    done = kb("retract", "p-front", "--why", "made up")
    assert done.status == 0
    assert done.out.splitlines()[0].endswith(": 2 retracted; 0 were the same.")
    assert graph.rows("MATCH (l:Load {note: 'made up'}) RETURN count(l) AS n") == [{"n": 1}]
    assert refused(kb("show", "p-front"), 1).startswith("Error: No record 'p-front' in the graph.")


def test_only_claims_are_retracted(book: Path) -> None:
    """An actor is corrected in its row, not retracted."""
    line = refused(kb("retract", "made-up-hub", "--why", "x"), 1)
    assert (
        line
        == "Error: 'made-up-hub' is no claim (Actor), and only claims are retracted. Correct its row instead."
    )


def test_an_export_is_not_written_over_a_book(book: Path) -> None:
    """Export refuses a folder that holds a book, until --force is given."""
    line = refused(kb("export", "--book", book), 2)
    assert line.endswith("holds a book already (actors.csv). Choose another folder, or add --force.")
    assert kb("export", "--book", book, "--force").status == 0


def test_a_path_that_is_not_there(graph: Graph) -> None:
    """A wrong path is one line, exit 2."""
    line = refused(kb("load", "no-such-book"), 2)
    assert line == "Error: There is no file or folder no-such-book. Check the spelling of the path."


def test_a_dead_server_is_one_line(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """With NEO4J_URI pointing at nobody, every command says so at once."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    line = refused(kb("show", "made-up-hub"), 1)
    assert line.startswith("Error: No Neo4j answers at bolt://127.0.0.1:9.")


def test_the_demo_answers_and_changes_nothing_the_second_time(casebook: Graph, casebook_home: Path) -> None:
    """A demo where one was before: the same answer, one load."""
    first = (casebook_home / "demo.txt").read_text("utf-8")
    second = kb("demo")
    assert second.status == 0, second.err
    assert second.out == first
    assert "nothing changed" in second.err[0]
    assert casebook.rows("MATCH (l:Load) RETURN count(l) AS n") == [{"n": 1}]
    assert max(map(len, first.splitlines())) <= 80


def test_the_demo_keeps_out_of_a_store_with_other_content(book: Path) -> None:
    """Where other records lie the demo writes nothing and names the way out."""
    line = refused(kb("demo"), 1)
    assert line.startswith("Error: This store holds 8 records that are not of the casebook.")
    assert line.endswith("kb --store demo demo")
