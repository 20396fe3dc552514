"""`kb queries` and `kb query NAME`: options from headers, formats, suggestions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb import catalog
from kb.graph import Graph
from tests.graph.shell import kb

MADE_UP = """
CREATE (front:Actor:Group {id: 'made-up-front', name: 'Made-up Front', kind: 'militant_group'})
CREATE (hub:Actor:Group {id: 'made-up-hub', name: 'Made-up Hub', kind: 'militant_group'})
CREATE (front)<-[:FROM]-(p:Claim:Pledge {id: 'made-up-pledge', act: 'pledge', status: 'accepted',
  date: '2014-07', start_lo: date('2014-07-01'), start_hi: date('2014-07-31'),
  end_lo: date('2014-07-01'), end_hi: date('2014-07-31'),
  sure: true, force: 'in_force', force_start_lo: date('2014-07-01'), force_start_hi: date('2014-07-31'),
  force_end_lo: date('2014-07-31')})-[:TO]->(hub)
CREATE (p)-[:CITES {stance: 'supports'}]->(:Evidence {id: 'made-up-ev', summary: 'made up', origin: 'one'})
CREATE (front)<-[:OF]-(:Name {id: 'made-up-name', name: 'The Front', name_type: 'alias'})
"""


@pytest.fixture
def made_up(graph: Graph) -> Graph:
    """Two invented groups, a pledge with a passage, and a name."""
    graph.write(lambda tx: tx.run(MADE_UP))
    return graph


def test_the_library_is_listed() -> None:
    """Every query with its title; no graph is needed."""
    rows = json.loads(kb("queries", "--format", "json").out)
    assert [row["name"] for row in rows] == list(catalog.library())
    assert "names_at" in kb("queries").out


def test_the_help_of_a_query_is_its_header() -> None:
    """Question, options with type, default and meaning, and an example."""
    done = kb("query", "rhetorical_ties_after_schism", "--help")
    text = " ".join(done.out.split())
    assert done.status == 0
    assert "When an allegiance breaks" in text
    assert "--until DATE" in text
    assert "[default: 2015-12-31]" in text
    assert "--class CLASS" in text
    assert "repeat for several" in text
    assert "kb query rhetorical_ties_after_schism --example" in text
    assert "names_at" in kb("query", "--help").out


@pytest.mark.usefixtures("made_up")
def test_a_query_prints_a_table() -> None:
    """The name column first and whole; what does not fit is named on stderr."""
    done = kb("query", "pledges_of", "--actor", "made-up-front")
    assert done.out.splitlines()[0].split()[:4] == ["from", "date", "act", "to"]
    assert done.out.splitlines()[2].split()[:5] == ["Made-up", "Front", "2014-07", "pledge", "Made-up"]
    assert done.err[0].startswith("Columns that do not fit: ")
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert kb("query", "pledges_of", "--actor", "made-up-front", columns=400).err == []


@pytest.mark.usefixtures("made_up")
def test_a_query_prints_csv_json_and_jsonl() -> None:
    """Every column, ISO dates; JSON is a list of objects."""
    words = ["query", "pledges_of", "--actor", "made-up-front", "--format"]
    (row,) = json.loads(kb(*words, "json").out)
    assert list(row) == list(catalog.find("pledges_of").columns)
    assert row["force_from"] == "2014-07-01"
    assert row["relation_type"] == []
    assert json.loads(kb(*words, "jsonl").out) == row
    head, line = kb(*words, "csv").out.splitlines()
    assert head.split(",") == list(row)
    assert line.startswith("2014-07,pledge,Made-up Front,Made-up Hub,made-up-front,made-up-hub,")


@pytest.mark.usefixtures("made_up")
def test_rows_go_into_a_file(tmp_path: Path) -> None:
    """`--out` takes the format from the ending of the file."""
    file = tmp_path / "pledges.csv"
    done = kb("query", "pledges_of", "--actor", "made-up-front", "--out", file)
    assert (done.out, done.err) == ("", [f"Wrote 1 row to {file}."])
    assert file.read_text("utf-8").startswith("date,act,")
    strange = kb("query", "pledges_of", "--actor", "made-up-front", "--out", tmp_path / "x.xlsx")
    assert strange.status == 2
    assert strange.err == [
        "Error: '.xlsx' is no format this program writes. Give --format: table, csv, json, jsonl."
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["pledges.csv"]


@pytest.mark.usefixtures("made_up")
def test_no_rows_say_what_was_looked_for() -> None:
    """An empty answer is an answer: exit 0, and stderr repeats question and values."""
    done = kb("query", "support_between", "--actor", "made-up-front", "--other", "made-up-hub")
    assert (done.status, done.out) == (0, "")
    assert done.err == ["No rows: Support between two actors (actor = made-up-front, other = made-up-hub)."]
    words = ["query", "support_between", "--actor", "made-up-front", "--other", "made-up-hub", "--format"]
    assert kb(*words, "json").out == "[]\n"
    assert kb(*words, "csv").out.splitlines() == [",".join(catalog.find("support_between").columns)]


@pytest.mark.usefixtures("made_up")
def test_the_example_fills_what_is_not_given() -> None:
    """`--example` takes the values of the header, and those given go before them."""
    done = kb("query", "names_at", "--example", "--actor", "made-up-front", "--format", "csv")
    assert done.out.splitlines()[1].startswith("The Front,alias,undated")
    missing = kb("query", "names_at", "--example")
    assert missing.status == 1
    assert missing.err[0].startswith("Error: No actor 'ansar-bayt-al-maqdis' in this graph.")


FRONT = ["--actor", "made-up-front"]
WRONG = [
    (["pledges_off"], 1, "No query named 'pledges_off'. Did you mean 'pledges_of'?"),
    (["pledges_of", "--actr", "x"], 2, "No such option '--actr'. Did you mean '--actor'? See `kb query"),
    (
        ["pledges_of"],
        2,
        "The query pledges_of needs --actor: id of the actor. See `kb query pledges_of --help`.",
    ),
    (["pledges_of", *FRONT, "stray"], 2, "Got unexpected extra argument (stray)"),
    (["names_at", *FRONT, "--on", "July"], 2, "--on takes a day as YYYY-MM-DD, not 'July'."),
    (["rhetorical_ties_after_schism", "--class", "materiel"], 2, "--class has no value 'materiel'. Did you"),
    (
        ["pledges_of", "--actor", "made-up-frnt"],
        1,
        "No actor 'made-up-frnt' in this graph. Nearest: 'made-up-f",
    ),
    (["evidence_for", "--id", "made-up-pledg"], 1, "No claim, name, search or actor 'made-up-pledg' in this"),
]


@pytest.mark.parametrize(("words", "status", "message"), WRONG, ids=[message for _, _, message in WRONG])
@pytest.mark.usefixtures("made_up")
def test_mistakes_are_one_line(words: list[str], status: int, message: str) -> None:
    """Unknown names get the nearest; exit 2 for what was typed wrongly, 1 for what is not there."""
    done = kb("query", *words)
    assert (done.status, done.out, len(done.err)) == (status, "", 1), done
    assert message in done.err[0]
