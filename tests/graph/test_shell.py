"""`kb shell`: statements and commands of the prompt, what it refuses, and how it behaves on a terminal."""

from __future__ import annotations

import json
import os
import pty
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.cli.shell.session import Quit, Session
from kb.cli.shell.words import vocabulary
from kb.errors import CypherError, InputError, KbError, Refused, Unreachable
from kb.graph import Graph
from tests.graph.shell import kb
from tests.terminal import read_until


@pytest.fixture
def session(casebook: Graph) -> Iterator[Session]:
    """The shell on the casebook, without a prompt."""
    session = Session(limit=3, timeout=20)
    yield session
    session.close()


REFUSED = [
    "CREATE (n:Actor)",
    "INSERT (n:Actor)",
    "MERGE (n:Actor {id: 'x'}) RETURN n",
    "MATCH (n:Actor) SET n.name = 'x'",
    "MATCH (n:Actor) REMOVE n.name",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n:Actor) FOREACH (x IN [1] | SET n.x = x)",
    "MATCH (n) CALL (n) { SET n.x = 1 } IN TRANSACTIONS",
    "MATCH (n) CALL (n) { RETURN 1 AS x } IN TRANSACTIONS RETURN x",
    "RETURN 1 AS x UNION CREATE (n) RETURN 1 AS x",
    "WHEN true THEN CREATE (n)",
    "/* MATCH (n) RETURN n */ CREATE (n)",
    "// MATCH (n) RETURN n\nCREATE (n)",
    "CYPHER runtime=slotted CREATE (n)",
    "EXPLAIN CREATE (n)",
    "LOAD CSV FROM 'file:///etc/hosts' AS line RETURN line",
    "CALL dbms.listConfig()",
    "CALL dbms.killConnection('bolt-1')",
    "CALL db.createLabel('X')",
    "SHOW SETTINGS",
    "SHOW USERS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CREATE USER made SET PASSWORD 'up-made-up'",
    "ALTER CURRENT USER SET PASSWORD FROM 'a' TO 'b'",
    "CREATE INDEX made FOR (n:Actor) ON (n.x)",
    "DROP INDEX actor_names IF EXISTS",
]


def test_nothing_that_writes_or_reaches_further_gets_through(session: Session) -> None:
    """Each is refused for what it does; the fixture sees that the graph is as it was."""
    for text in REFUSED:
        with pytest.raises(Refused):
            session.take(text)


REJECTED = [
    "MATCH (n) RETURN 1; CREATE (n)",
    "MATCH (n) RETURN 1 \\u003b CREATE (n)",
    "PROFILE CREATE (n)",
    ":param x => 1 CREATE (n)",
    ":param x => 1 AS value; CREATE (n)",
    ":param x => 1 /* ",
    ":param x => 1 AS value CREATE (n) RETURN 1",
    ":param x => 1 AS value UNION MATCH (n) DELETE n RETURN 1",
    ":param {a: 1}) CREATE (n) WITH (1",
    ":param x => COUNT { CREATE (n) }",
]


def test_nothing_is_smuggled_in(session: Session) -> None:
    """A second statement, and more than an expression as the value of a parameter, never run."""
    for text in REJECTED:
        with pytest.raises((Refused, CypherError, InputError)):
            session.take(text)
    assert session.params == {}


def test_a_parameter_has_one_value(session: Session) -> None:
    """Two rows, or a column of another name, are no value, although they only read."""
    for text in (":param x => 1 AS value UNION RETURN 2", ":param x => 1 AS a, 2", ":param => 1", ":param x"):
        with pytest.raises((InputError, CypherError)):
            session.take(text)
    assert session.params == {}


@pytest.mark.usefixtures("casebook")
def test_statements_of_a_stream_end_in_semicolons() -> None:
    """Blank lines, comments and `;` in texts do not end one; the last one needs none."""
    stdin = "RETURN ';' AS a; // two;\n\nMATCH (a:Actor {id: $id})\n\nRETURN a.id AS b"
    done = kb("shell", stdin=f":param id => 'boko-' + 'haram'\n{stdin}")
    assert (done.status, done.err) == (0, [])
    assert done.out.split() == ["a", "─", ";", "b", "──────────", "boko-haram"]


@pytest.mark.usefixtures("casebook")
def test_the_first_error_of_a_stream_ends_it() -> None:
    """One line, the status of the error, and nothing after it runs; `:quit` ends without one."""
    done = kb("shell", stdin="RETURN 1 AS a; RETURN b;\nRETURN 3 AS c;")
    assert (done.status, done.out.split()) == (1, ["a", "─", "1"])
    assert len(done.err) == 1
    assert done.err[0].startswith("Error: Line 1, column 8 of the statement: Variable `b` not defined.")
    assert kb("shell", stdin=":quit\nCREATE (n);").status == 0


@pytest.mark.usefixtures("casebook")
def test_a_stream_that_is_no_text_is_one_line() -> None:
    """Bytes that are no UTF-8, as a terminal of another encoding sends them."""
    for words in (["shell"], ["cypher", "-"]):
        done = kb(*words, stdin="RETURN '\udcff' AS a;")
        assert (done.status, done.err) == (2, ["Error: Standard input is not UTF-8 text. Save it as UTF-8."])


WRONG = {
    ":shcema": "No command ':shcema'. Did you mean ':schema'?",
    ":": "No command ':'. See :help.",
    ":export rows.csv": "There are no rows to write yet. Run a statement first.",
    ":query pledge_of": "No query named 'pledge_of'. Did you mean 'pledges_of'?",
    ":query": "No query named ''. See `kb queries`.",
    ":query pledges_of boko-haram": "'boko-haram' gives no parameter a value. Write name=value.",
    ":query pledges_of 'actor=x": "A quotation mark is missing in: pledges_of 'actor=x",
    ":query names_at actr=x": "The query names_at has no parameter 'actr'. Did you mean 'actor'?",
    ":param x => // y": "'x' is given no value. Write :param name => value.",
    ":param x => duration('P1D')": "A duration cannot be kept as a parameter. "
    "Write it in the statement itself.",
    ":param {a: 1, b: [point({x: 1, y: 2})]}": "A point cannot be kept as a parameter. "
    "Write it in the statement itself.",
    ":queries --queries no-such-folder": "No query says '--queries no-such-folder'. See them all with "
    "`kb queries`.",
    "RETURN '\udcff'": "This is not UTF-8 text. Set the terminal to UTF-8.",
    ":param 1+1": "'1+1' gives no parameter a value. Write :param name => value.",
    ":param {a: 1}.a": "'{a: 1}.a' is no map of parameters. Write :param {name: value}.",
    ":param a b => 1": "'a b' cannot name a parameter. Write :param name => value.",
    "MATCH (n) WHERE n.x = $x RETURN $y": "No value for $x, $y. Give one: :param x => 'text'.",
}


@pytest.mark.parametrize("text", WRONG)
def test_what_cannot_be_done_is_one_line(session: Session, text: str) -> None:
    """Unknown commands, queries and parameters name the nearest that there is."""
    with pytest.raises(KbError) as caught:
        session.take(text)
    assert str(caught.value) == WRONG[text]


def test_the_last_rows_go_into_a_file(
    session: Session, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """CSV, JSON or JSON lines by the ending; never over another file without --force; cut rows are told."""
    session.take("UNWIND range(1, 9) AS x RETURN x, date('2014-06-29') AS day")
    for name in ("rows.csv", "rows.json", "rows.jsonl"):
        session.take(f":export '{tmp_path}/{name}'")
    assert (tmp_path / "rows.csv").read_text("utf-8").splitlines()[:2] == ["x,day", "1,2014-06-29"]
    assert json.loads((tmp_path / "rows.json").read_text("utf-8"))[2] == {"x": 3, "day": "2014-06-29"}
    assert len((tmp_path / "rows.jsonl").read_text("utf-8").splitlines()) == 3
    assert "These are the first 3 rows only" in capsys.readouterr().err
    for words in ("rows.csv", "no/rows.csv", "rows.xml", "", "a.csv b.csv", ".", ".."):
        with pytest.raises(InputError):
            session.take(f":export {tmp_path}/{words}" if words else ":export")
    for words in ("/", "~no-such-person/rows.csv"):
        with pytest.raises(InputError):
            session.take(f":export {words}")
    session.take(f":export {tmp_path}/rows.csv --force")


def test_a_statement_without_columns_is_no_crash(
    session: Session, capsys: pytest.CaptureFixture[str]
) -> None:
    """FINISH gives none."""
    session.take("MATCH (a:Actor) FINISH")
    assert capsys.readouterr().out == ""


def test_questions_of_the_library_are_asked(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """`:queries` searches them, `:query` asks one; its rows can be exported as well."""
    session.take(":queries captured")
    session.take(":query pledges_by_month recipient=islamic-state")
    session.take(":query ties_at actor=islamic-state on=2014-12-31")
    shown = capsys.readouterr()
    assert "captured_documents" in shown.out
    assert "2014-07" in shown.out
    assert shown.err.splitlines()[-1].endswith("See all with :export FILE.")
    assert session.last is not None
    assert session.last.columns[0] == "other"


def test_parameters_are_kept_and_shown(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """One by one or several in a map, as the `:params` line of a query in the library has them."""
    session.take(":params {on: date('2014-06-29'), hubs: ['a', '=>'], some: null}")
    session.take(":param next => $on + duration('P1D')")
    session.take(":params")
    assert capsys.readouterr().out.splitlines() == [
        "hubs => ['a', '=>']",
        "next => date('2014-06-30')",
        "on => date('2014-06-29')",
        "some => null",
    ]


def test_the_shell_knows_the_names_of_the_graph(casebook: Graph) -> None:
    """Labels and types with the properties that their nodes have, functions, and queries."""
    words = vocabulary(casebook)
    assert {"act", "id", "scope"} <= set(words.labels["Pledge"])
    assert "act" not in words.labels["Actor"]
    assert set(words.types["ABOUT"]) == {"role"}
    assert "coalesce" in words.functions
    assert words.queries["pledges_of"][0] == "actor"


def test_a_broken_connection_is_opened_again(session: Session) -> None:
    """After an error of the connection the next statement opens another one."""
    session.take("RETURN 1 AS x")
    before = session.graph
    before.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session.graph, "guarded", _broken)
        with pytest.raises(Unreachable):
            session.take("RETURN 2 AS x")
    session.take("RETURN 3 AS x")
    assert session.graph is not before


def _broken(*_: object, **__: object) -> None:
    raise Unreachable("No Neo4j answers.")


SLIPS = {
    "MATCH (a:Actor RETURN a": "Is a ) missing in front of it?",
    "MATCH (a:Actor) RETRUN a": "Did you mean 'RETURN'?",
    "MATCH (a:Actor) RETURN toLowwer(a.name)": "Did you mean 'toLower'?",
    "CALL db.label()": "Did you mean 'db.labels'?",
    "MATCH (a:Actor {id: ‘x’}) RETURN a": "Put text in straight quotes",
    "MATCH (a:Actor) WHERE a.id == 'x' RETURN a": "compared with one =.",
    "MATCH (a:Actor)": "Add RETURN",
    "MATCH (a:Actor) WHERE a.id = boko RETURN a": "put it in quotes",
}


def test_slips_get_a_hint(session: Session) -> None:
    """What the database says of common ones, and what we add to it."""
    for text, hint in SLIPS.items():
        with pytest.raises(CypherError) as caught:
            session.take(text)
        assert hint in str(caught.value)
        assert "\n" not in str(caught.value)


def test_names_in_the_wrong_case_get_a_note(session: Session, capsys: pytest.CaptureFixture[str]) -> None:
    """A label, a type and a property that differ only in that."""
    session.take("MATCH (a:actor)-[:from]-() RETURN a.NAME")
    assert sorted(capsys.readouterr().err.splitlines())[1:] == [
        "Note: No label 'actor' in this graph. Did you mean 'Actor'?",
        "Note: No property 'NAME' in this graph. Did you mean 'name'?",
        "Note: No relationship type 'from' in this graph. Did you mean 'FROM'?",
    ]


@pytest.mark.parametrize("seconds", ["nan", "inf", "1e30", "0"])
def test_a_time_without_end_is_none(seconds: str) -> None:
    """For a prompt and for one statement."""
    for words in (["shell"], ["cypher", "RETURN 1"]):
        done = kb(*words, "--timeout", seconds)
        assert (done.status, done.out, len(done.err)) == (2, "", 1)


def test_leaving_is_no_error(session: Session) -> None:
    """`:quit` and its short forms."""
    for text in (":quit", ":exit", ":q", ":quit;"):
        with pytest.raises(Quit):
            session.take(text)


# whatever runs but for this statement itself
RUNNING = "SHOW TRANSACTIONS YIELD currentQuery AS text WHERE NOT text STARTS WITH 'SHOW'"
PROMPT = "\x1b[?2004h"  # the terminal is told that text may be pasted


@pytest.fixture
def terminal(casebook: Graph) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`kb shell` as a process, and the other end of its terminal."""
    master, slave = pty.openpty()
    quiet = {**os.environ, "PROMPT_TOOLKIT_NO_CPR": "1"}  # nobody here tells where the cursor is
    command = [sys.executable, "-m", "kb", "shell"]
    with subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, env=quiet) as process:
        os.close(slave)
        yield process, master
        process.kill()
    os.close(master)


def seen(master: int, text: str) -> None:
    """Wait for a text, and then for the next prompt."""
    said = read_until(master, text)
    if PROMPT not in said.rpartition(text)[2]:
        read_until(master, PROMPT)


def test_on_a_terminal_errors_and_ctrl_c_keep_the_prompt(
    casebook: Graph, casebook_home: Path, terminal: tuple[subprocess.Popen[bytes], int]
) -> None:
    """Typed over two lines; what writes is refused; Ctrl-C stops a statement; Ctrl-D leaves."""
    process, master = terminal
    seen(master, "nothing can be changed here")
    os.write(master, b"RETURN 6 * 7\r AS x\r\r")
    seen(master, "42")
    os.write(master, b"CREATE (n:Actor);\r")
    seen(master, "The statement was not run: Create changes the graph")
    os.write(master, b"RETURN '\xff';\r")  # as a terminal of another encoding sends it
    seen(master, "This is not UTF-8 text.")
    os.write(master, b"MATCH (p:Pl\t")
    read_until(master, "Pledge")
    os.write(master, b"\x03UNWIND range(1, 123456789) AS x UNWIND range(1, x) AS y RETURN sum(y);\r")
    while not any("123456789" in row["text"] for row in casebook.rows(RUNNING)):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    seen(master, "Stopped.")
    os.write(master, b"RETURN 20 + 3 AS x;\r")
    seen(master, "23")
    os.write(master, b"\x04")
    assert process.wait(30) == 0
    history = casebook_home / "shell_history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert "CREATE (n:Actor)" in history.read_text("utf-8")
