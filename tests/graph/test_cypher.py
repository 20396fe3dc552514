"""`kb cypher`: what runs, what is refused, and how values go in and rows come out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.graph import Graph
from kb.guard import refusal
from tests.graph.shell import kb

MADE_UP = """
CREATE (a:Actor:Group {id: 'made-up-front', name: 'Made-up Front', founded_lo: date('1999-01-01')})
CREATE (b:Actor:Group {id: 'made-up-hub', name: 'Made-up Hub'})
CREATE (a)<-[:FROM]-(c:Claim:Pledge {id: 'made-up-pledge', act: 'pledge'})-[:TO]->(b)
"""


@pytest.fixture
def made_up(graph: Graph) -> Graph:
    """Two invented groups and a pledge."""
    graph.write(lambda tx: tx.run(MADE_UP))
    return graph


PASSING = [
    "MATCH (n) RETURN count(n)",
    "MATCH (a:Actor {id: 'x'})--(b) OPTIONAL MATCH (b)-[r]->() RETURN a, collect(r) ORDER BY a.name LIMIT 3",
    "MATCH (a:Actor)<-[:FROM]-(c:Pledge|Tie) WHERE NOT EXISTS { (c)-[:TO]->(:State) } RETURN a.id, count(*)",
    "MATCH p = shortestPath((a:Actor {id: 'x'})-[*..6]-(b:Actor {id: 'y'})) RETURN p",
    "MATCH p = allShortestPaths((a:Actor {id: 'x'})-[*..6]-(b:Actor {id: 'y'})) RETURN p",
    "MATCH p = SHORTEST 2 (a:Actor {id: 'x'})--+(b:Actor {id: 'y'}) RETURN p",
    "MATCH p = (a:Actor {id: 'x'}) ((m)<-[:FROM]-(c)-[:TO]->(o)){1,4} (b:Actor) RETURN p",
    "MATCH (a:Actor)-[*1..3]-(b) RETURN DISTINCT b",
    "UNWIND [1, 2] AS x CALL (x) { RETURN x + 1 AS y UNION RETURN x AS y } RETURN x, sum(y) AS y",
    "MATCH (c:Claim) WHERE c.start_lo >= date('2014-01-01') RETURN c.id UNION ALL RETURN 'x' AS `c.id`",
    "MATCH (c:Claim) WHERE c.id STARTS WITH 'bp-' OR c.id IN ['x', 'y'] RETURN max(c.start_lo)",
    "MATCH (a:Actor), (b:Name) WHERE a.name = b.name RETURN *",
    "RETURN COUNT { MATCH (n:Actor) } AS n, COLLECT { MATCH (n:Actor) RETURN n.id } AS ids",
    "CALL db.labels()",
    "CALL db.relationshipTypes() YIELD relationshipType AS t RETURN t",
    "CALL db.propertyKeys()",
    "CALL db.schema.visualization()",
    "CALL db.schema.nodeTypeProperties()",
    "CALL db.index.fulltext.queryNodes('actor_names', 'made') YIELD node, score RETURN node.id, score",
    "SHOW INDEXES",
    "SHOW CONSTRAINTS",
]


@pytest.mark.parametrize("statement", PASSING)
def test_reads_of_every_kind_pass(graph: Graph, statement: str) -> None:
    """The guard lets through what reads: patterns, paths, subqueries, procedures that describe the graph."""
    assert refusal(graph.explain(statement)) is None
    graph.guarded(statement)


REFUSED = [
    ("CREATE (n:Actor)", "Create changes the graph"),
    ("MERGE (n:Actor {id: 'x'})", "MergeUniqueNode changes the graph"),
    ("MATCH (n) DETACH DELETE n", "DetachDelete changes the graph"),
    ("MATCH (n) SET n.x = 1", "SetProperty changes the graph"),
    ("MATCH (n:Actor) FOREACH (x IN [1] | REMOVE n.name)", "Foreach changes the graph"),
    ("MATCH (n:Actor) CALL (n) { SET n.x = 1 } RETURN n", "SubqueryForeach changes the graph"),
    ("CREATE INDEX FOR (n:Actor) ON n.x", "CreateIndex changes the graph"),
    ("CALL db.createLabel('Made')", "the procedure db.createLabel is not among"),
    ("CREATE USER made SET PASSWORD 'up-made-up'", "AdministrationCommand is not allowed"),
    ("LOAD CSV FROM 'http://127.0.0.1/x' AS line RETURN line", "LoadCSV is not allowed: it reads files"),
    ("LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line", "LoadCSV is not allowed: it reads files"),
    ("CALL dbms.listConfig()", "the procedure dbms.listConfig is not among"),
    ("CALL dbms.listConfig('x') YIELD name RETURN name", "the procedure dbms.listConfig is not among"),
    ("MATCH (n) CALL db.awaitIndexes() RETURN n", "the procedure db.awaitIndexes is not among"),
    ("SHOW SETTINGS", "ShowSettings is not allowed"),
    ("SHOW USERS", "AdministrationCommand is not allowed"),
    ("SHOW DATABASES", "ShowDatabases is not allowed"),
    ("SHOW TRANSACTIONS", "ShowTransactions is not allowed"),
    ("TERMINATE TRANSACTIONS 'x'", "TerminateTransactions is not allowed"),
    ("SHOW PROCEDURES", "ShowProcedures is not an operator known to read"),
    ("MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x", "TransactionApply is not allowed"),
]


@pytest.mark.parametrize(("statement", "why"), REFUSED, ids=[statement for statement, _ in REFUSED])
def test_everything_else_is_refused_with_a_reason(made_up: Graph, statement: str, why: str) -> None:
    """One line that names operator or procedure, exit status 1, and the graph is as it was."""
    done = kb("cypher", statement)
    assert done.status == 1
    assert done.out == ""
    assert len(done.err) == 1
    assert done.err[0].startswith("Error: The statement was not run: ")
    assert why in done.err[0]
    assert made_up.rows("MATCH (n) WHERE NOT n:Migration RETURN count(n) AS n") == [{"n": 3}]


@pytest.mark.usefixtures("made_up")
def test_a_statement_is_an_argument_a_file_or_stdin(tmp_path: Path) -> None:
    """All three ways give the same rows; standard input is read only when told with `-`."""
    text = "MATCH (a:Actor) RETURN a.id AS id ORDER BY id // a remark\n"
    file = tmp_path / "made up.cypher"
    file.write_text("\ufeff" + text, encoding="utf-8")  # with the mark that editors on Windows write
    wanted = "id\nmade-up-front\nmade-up-hub\n"
    assert kb("cypher", text, "--format", "csv").out == wanted
    assert kb("cypher", "-f", file, "--format", "csv").out == wanted
    assert kb("cypher", "-", "--format", "csv", stdin=text).out == wanted


WRONG = [
    ([], 2, "Give one statement"),
    (["RETURN 1", "-f", "x"], 2, "Give one statement"),
    (["RETURN 1", "RETURN 2"], 2, "unexpected extra argument"),
    (["-f", "no such file"], 2, "Cannot read no such file: "),
    (["  "], 2, "The statement is empty."),
    (["RETURN 1", "-p", "x"], 2, "'x' is no parameter. Write -p name=value."),
    (["RETURN $x", "-p", "x=2014-02-30"], 2, "'2014-02-30' is no day of the calendar."),
    (["RETURN 1", "--limt", "3"], 2, "No such option '--limt'."),
    (["RETURN 1", "--limit", "x"], 2, "Invalid value for '--limit'"),
    (["RETURN 1", "--format", "xml"], 2, "Invalid value for '--format'"),
    (["MATCH (n RETURN n"], 1, "Line 1, column 10 of the statement: Invalid input 'RETURN'"),
    (["RETURN $x"], 1, "Expected parameter(s): x. Give each as -p name=value."),
    (["UNWIND range(1, 100000000) AS x UNWIND range(1, 1000) AS y RETURN sum(x * y)", "--timeout", "0.3"], 1,
     "ran out of time and was stopped. Narrow it, or raise its --timeout."),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status", "message"), WRONG, ids=[message for _, _, message in WRONG])
@pytest.mark.usefixtures("graph")
def test_what_cannot_be_used_is_one_line(words: list[str], status: int, message: str) -> None:
    """Bad options, values and statements: one line, 2 for what was typed, 1 for what the database says."""
    done = kb("cypher", *words)
    assert (done.status, done.out, len(done.err)) == (status, "", 1)
    assert message in done.err[0]


@pytest.mark.usefixtures("graph")
def test_parameters_are_typed_sensibly() -> None:
    """Numbers, flags, null, days and lists are what they look like, the rest is text."""
    pairs = {
        "a": "1",
        "b": "1.5",
        "c": "true",
        "d": "null",
        "e": "2014-07-01",
        "f": '["x", 2]',
        "g": '"1"',
        "h": "al=x",
    }
    given = [word for name, value in pairs.items() for word in ("-p", f"{name}={value}")]
    statement = "RETURN $a + 1 AS a, $b AS b, $c AS c, $d AS d, $e.year AS e, $f AS f, $g AS g, $h AS h"
    done = kb("cypher", statement, *given, "--format", "json")
    assert json.loads(done.out) == [
        {"a": 2, "b": 1.5, "c": True, "d": None, "e": 2014, "f": ["x", 2], "g": "1", "h": "al=x"}
    ]


@pytest.mark.usefixtures("graph")
def test_rows_are_cut_with_a_notice() -> None:
    """1,000 rows by default; a notice on stderr says that there are more."""
    done = kb("cypher", "UNWIND range(1, 1001) AS x RETURN x", "--format", "jsonl")
    assert len(done.out.splitlines()) == 1000
    assert done.err == ["Only the first 1000 rows are shown; raise --limit for more."]
    assert kb("cypher", "UNWIND range(1, 1000) AS x RETURN x", "--format", "csv").err == []
    assert (
        kb("cypher", "UNWIND range(1, 9) AS x RETURN x", "--limit", "2", "--format", "csv").out == "x\n1\n2\n"
    )


@pytest.mark.usefixtures("made_up")
def test_unknown_names_are_remarked_in_one_line_each() -> None:
    """A label, relationship type or property that is not in the graph comes with the nearest that is."""
    done = kb("cypher", "MATCH (a:Actr)<-[:FRM]-(c {ac: 'pledge'}) RETURN a")
    assert done.status == 0
    assert sorted(done.err) == [
        "No rows match the statement.",
        "Note: No label 'Actr' in this graph. Did you mean 'Actor'?",
        "Note: No property 'ac' in this graph. Did you mean 'act'?",
        "Note: No relationship type 'FRM' in this graph. Did you mean 'FROM'?",
    ]


@pytest.mark.usefixtures("made_up")
def test_rows_go_into_a_file(tmp_path: Path) -> None:
    """`--out` writes the file whole, in the format of its ending, and says so on stderr."""
    file = tmp_path / "rows.json"
    done = kb("cypher", "MATCH (a:Actor) RETURN a.founded_lo AS founded ORDER BY founded", "--out", file)
    assert (done.out, done.err) == ("", [f"Wrote 2 rows to {file}."])
    assert json.loads(file.read_text("utf-8")) == [{"founded": "1999-01-01"}, {"founded": None}]
    assert [path.name for path in tmp_path.iterdir()] == ["rows.json"]
    wrong = kb("cypher", "RETURN 1", "--out", tmp_path / "no" / "x.csv")
    assert wrong.status == 2
    assert wrong.err[0].startswith("Error: Cannot write ")


@pytest.mark.usefixtures("made_up")
def test_nodes_and_paths_have_a_text() -> None:
    """What is no plain value is shown as JSON."""
    out = kb("cypher", "MATCH (a:Actor {id: 'made-up-hub'}) RETURN a", "--format", "csv").out
    assert '""_labels"": [""Actor"", ""Group""]' in out
