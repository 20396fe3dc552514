"""`kb add`: one claim from options, or from answers on a terminal; never twice, and taken back by undo."""

from __future__ import annotations

import fcntl
import os
import select
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kb.graph import Graph
from tests.graph.books import SMALL, everything, load, write_book
from tests.graph.shell import Done, kb

ENDS = ("--from", "Made-up Front", "--to", "made-up-hub")
PASSAGE = ("--source", "made-up-work", "--locator-label", "page", "--locator", "7", "--summary", "It swears.")
PLEDGE = ("add", "pledge", *ENDS, "--act", "pledge", "--date", "2015-03", *PASSAGE)
CLAIM = "pledge-made-up-front-made-up-hub-2015-03"


@pytest.fixture
def book(graph: Graph, tmp_path: Path) -> Graph:
    """The graph with the small book."""
    load(graph, write_book(tmp_path / "book", SMALL))
    return graph


def refused(done: Done) -> str:
    """The one line of a command that refuses."""
    assert done.status == 2, done
    assert done.out == ""
    return done.err[-1]


def test_a_pledge_is_added_with_its_passage_and_undone(book: Graph) -> None:
    """The receipt names the claim and the way back; a name stands for its actor; undo leaves no trace."""
    before = everything(book)
    done = kb(*PLEDGE, "--participants", "Made-up Brigade=envoy", "--place", "Here", "--place", "There")
    assert done.status == 0, done.err
    receipt, see, back = done.out.splitlines()
    load_id = receipt.partition(":")[0]
    assert receipt == f"{load_id}: 2 added; 0 were the same."
    assert see == f"See it:       kb show {CLAIM}"
    assert back == f"Take it back: kb undo {load_id}"
    rows = book.rows(
        "MATCH (a)<-[:FROM]-(c:Pledge {id: $id})-[:TO]->(b), (c)-[:CITES]->(e)-[f:FOUND_IN]->(s), "
        "(c)-[i:INVOLVES]->(x) RETURN a.id AS a, b.id AS b, c.act AS act, c.date AS date, c.place AS place, "
        "e.id AS e, e.summary AS summary, f.locator AS locator, s.id AS s, i.role AS role, x.id AS x",
        {"id": CLAIM},
    )
    assert rows == [
        {
            "a": "made-up-front", "b": "made-up-hub", "act": "pledge", "date": "2015-03",
            "place": ["Here", "There"], "e": "ev-made-up-work-page-7", "summary": "It swears.",
            "locator": "7", "s": "made-up-work", "role": "envoy", "x": "made-up-brigade",
        }
    ]  # fmt: skip
    assert kb("undo", load_id).status == 0
    assert everything(book) == before


def test_the_very_same_claim_is_not_added_twice(book: Graph) -> None:
    """The second time it says so; a further column there is refused; another page makes another reading."""
    assert kb(*PLEDGE).status == 0
    after = everything(book)
    again = kb(*PLEDGE, "--coder", "mk")
    assert (again.status, again.out) == (
        0,
        f"The graph has this claim already: {CLAIM}. Nothing was written.\n",
    )
    assert refused(kb(*PLEDGE, "--scope", "whole")) == (
        f"Error: the claim: {CLAIM} says this on the same evidence, with another scope. "
        f"See `kb show {CLAIM}`; if yours is another claim, give it an id with --id."
    )
    assert everything(book) == after
    other = [*PLEDGE, "--locator", "9"]
    done = kb(*other)
    assert f"See it:       kb show {CLAIM}-2" in done.out
    assert done.err[0] == (
        "--occurrence: warning [duplicate-claim] the graph has this already, at the same or an overlapping "
        f"time: {CLAIM} (2015-03, made-up-work). If they tell one happening, add it and `kb judge` it the "
        f"same as {CLAIM}, or leave this out and cite its passage there."
    )
    assert kb(*other).out == f"The graph has this claim already: {CLAIM}-2. Nothing was written.\n"


def test_evidence_that_is_there_can_be_cited(book: Graph) -> None:
    """--evidence takes the place of a new passage, and the claim of the book is recognised by it."""
    known = ("add", "pledge", *ENDS, "--act", "pledge", "--date", "2014-07-01", "--evidence", "ev-one")
    assert kb(*known).out == "The graph has this claim already: p-front. Nothing was written.\n"
    done = kb("add", "schism", *ENDS, "--evidence", "ev-two", "--evidence", "ev-one")
    assert done.status == 0, done.err
    rows = book.rows("MATCH (c:Schism)-[:CITES]->(e) RETURN c.id AS c, e.id AS e ORDER BY e")
    assert [(row["c"], row["e"]) for row in rows] == [
        ("schism-made-up-front-made-up-hub", "ev-one"),
        ("schism-made-up-front-made-up-hub", "ev-two"),
    ]


def test_a_new_work_is_made_once(book: Graph) -> None:
    """A DOI with a title makes a work; later any spelling of that DOI means it."""
    work = (
        "--source",
        "10.1234/Abc",
        "--title",
        "A new work",
        "--author",
        "Roe, Ríchard",
        "--issued",
        "2016",
    )
    event = ("add", "event", "--event-type", "meeting", "--summary", "They meet.")
    done = kb(*PLEDGE[:-8], *work, "--summary", "It swears.")
    assert done.out.startswith("load-"), done.err
    assert " 3 added" in done.out
    (source,) = book.rows("MATCH (s:Source {doi: '10.1234/Abc'}) RETURN s.id AS id, s.type AS type")
    assert source == {"id": "roe-2016", "type": "article-journal"}
    address = ("--source", "https://doi.org/10.1234/ABC", "--source-title", "A new work")
    done = kb(*event, "--title", "A made-up meeting", "--date", "2016", *address)
    assert done.err[0] == "The work is in the graph already, as roe-2016; not used: --source-title."
    assert book.rows("MATCH (s:Source) RETURN count(s) AS n") == [{"n": 2}]
    same_title = ("--source", "https://example.org/work", "--source-title", "A New Work")
    done = kb(*event, "--title", "Another meeting", *same_title, "--dry-run")
    assert done.err[0] == "roe-2016 has this title too; if it is meant: --source roe-2016."
    assert "  type: webpage" in done.out.splitlines()


def test_a_dry_run_prints_everything_and_writes_nothing(book: Graph) -> None:
    """Each record with its cells on stdout; the graph stays as it is."""
    before = everything(book)
    done = kb(*PLEDGE, "--quote-start", "we swear to hear and to obey", "--dry-run")
    assert done.status == 0
    assert done.out.splitlines() == [
        f"add pledges {CLAIM}",
        "  from: made-up-front",
        "  to: made-up-hub",
        "  act: pledge",
        "  date: 2015-03",
        "  evidence: ev-made-up-work-page-7",
        "add evidence ev-made-up-work-page-7",
        "  found_in: made-up-work",
        "  locator_label: page",
        "  locator: 7",
        "  quote_start: we swear to hear and to obey",
        "  summary: It swears.",
    ]
    assert everything(book) == before
    assert book.rows("MATCH (l:Load) RETURN count(l) AS n") == [{"n": 1}]


def test_every_kind_between_two_actors(book: Graph) -> None:
    """Each is added, and is there when it is added again, whichever way an undirected tie is written."""
    kinds = {
        "support": ["--support-type", "training", "--presence", "absent", "--date", "2014/2015"],
        "tie": ["--tie-type", "alliance", "--date", "2014/.."],
        "schism": ["--trigger", "a quarrel", "--date", "2016-01"],
        "lineage": ["--relation", "faction_of"],
    }
    for kind, options in kinds.items():
        done = kb("add", kind, *ENDS, *options, *PASSAGE)
        assert done.status == 0, done.err
        claim = done.out.splitlines()[1].split()[-1]
        assert claim.startswith(f"{kind}-made-up-front-made-up-hub")
        ends = ("--from", "made-up-hub", "--to", "made-up-front") if kind == "tie" else ENDS
        again = kb("add", kind, *ends, *options, *PASSAGE)
        assert again.out == f"The graph has this claim already: {claim}. Nothing was written.\n"
    assert book.rows("MATCH (e:Evidence) RETURN count(e) AS n") == [{"n": 3}]  # one passage for all four


FAULTS = {
    ("--from", "Made-up Frnt"): "--from: 'Made-up Frnt' is neither in this book nor in the graph. Nearest:",
    ("--from", "made-up-hub"): "--to: from and to are both 'made-up-hub'.",
    ("--act", "plegde"): "--act: 'plegde' is not allowed here. Did you mean 'pledge'?",
    ("--date", "2014/2015"): "--date: '2014/2015' is a spell, but a pledge happens on one day.",
    ("--source", "made-up-wrk"): (
        "--source: 'made-up-wrk' is no work of the graph. Did you mean 'made-up-work'?"
    ),
    ("--source", "10.1234/x"): "--title: the work is not in the graph yet, and title is empty. Add --title.",
    ("--source", "new-work", "--title", "X"): (
        "--type: the work is not in the graph yet, and type is empty. Add --type."
    ),
    ("--source", "made-up-hub", "--title", "X", "--type", "book"): (
        "--source: 'made-up-hub' is a record of another kind (Actor). Choose another id for the work."
    ),
    ("--status", "disputed"): "--note: status is disputed and note is empty. Say why in note.",
    ("--quote-start", "we swear"): "--quote-before: the quotation has 2 words.",
    ("--evidence", "ev-thre"): "--evidence: 'ev-thre' is neither in this book nor in the graph.",
    ("--id", "p-front"): "the claim: 'p-front' is in the graph already. Choose another id",
    ("--summary", "", "--to", " "): "Missing: --to, --summary. See `kb add pledge --help`.",
    ("--frm", "x"): "No such option '--frm'.",
}


def test_what_is_wrong_is_one_line(book: Graph) -> None:
    """A wrong option is named in one line with what to do, exit 2, and nothing is written."""
    before = everything(book)
    for options, said in FAULTS.items():
        done = kb(*PLEDGE, *options)
        assert refused(done).startswith(f"Error: {said}"), done.err
        assert len(done.err) == 1
    assert everything(book) == before


def test_several_faults_are_all_named(book: Graph) -> None:
    """One line for each, and how many there are."""
    done = kb(*PLEDGE, "--to", "Nobody", "--basis", "inferred")
    assert refused(done) == "Error: 2 faults; nothing was written."
    assert [line.partition(":")[0] for line in done.err[:-1]] == ["--rule", "--to"]


# --- on a terminal ------------------------------------------------------------------------------


def _as_in_front() -> None:
    """In the child: Ctrl-C of its terminal reaches it."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


class Terminal:
    """`kb` on a terminal of its own, as a person has it."""

    def __init__(self, *words: str) -> None:
        master, slave = os.openpty()
        self.screen = ""
        self._master = master
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kb", *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=_as_in_front,
        )
        os.close(slave)

    def answer(self, question: str, text: str) -> None:
        """Wait for a question after the last answer, and type; ends of lines are not added."""
        at = len(self.screen)
        while question not in self.screen[at:]:
            assert self._more(), f"no {question!r} in {self.screen[at:]!r}"
        os.write(self._master, text.encode())

    def interrupt(self, question: str) -> None:
        """Wait for a question and press Ctrl-C until it is heard.

        `input` of Python sleeps through one that comes in the instant in which it begins to wait.
        """
        self.answer(question, "\x03")
        for _ in range(12):
            if "Interrupted" in self.screen:
                return
            if not select.select([self._master], [], [], 5)[0]:
                os.write(self._master, b"\x03")
            elif not self._more():
                return

    def end(self) -> tuple[int, str]:
        """Exit status and everything that was shown."""
        while self._more():
            pass
        os.close(self._master)
        return self._process.wait(30), self.screen.replace("\r\n", "\n")

    def _more(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], 60)
        try:
            data = os.read(self._master, 4096) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.screen += data.decode(errors="replace")
        return bool(data)

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()
        self._process.wait()


@pytest.fixture
def terminal() -> Iterator[Any]:
    """Starts `kb` on a terminal; what still runs at the end is ended."""
    begun: list[Terminal] = []

    def start(*words: str) -> Terminal:
        begun.append(Terminal(*words))
        return begun[-1]

    yield start
    for one in begun:
        one.kill()


def test_a_terminal_asks_for_what_is_missing(book: Graph, terminal: Any) -> None:
    """Fields with meaning and values, wrong answers asked again at once or when the graph knows better."""
    person = terminal("add", "pledge", "--to", "made-up-hub", "--relation-type", "ally")
    person.answer("from (required): ", "\n")
    person.answer("It cannot be empty.", "Made-up Frnt\n")
    person.answer("act (required): ", "plegde\n")
    person.answer("Did you mean 'pledge'?", "pledge\n")
    person.answer("scope (Enter: empty): ", "\n")
    person.answer("date (Enter: empty): ", "2014/2015\n")
    person.answer("note (Enter: empty): ", "\n")
    person.answer("Nearest: Made-up Front (made-up-front", "Made-up Front\n")
    person.answer("date (Enter: empty): ", "\n")  # empty now: the wrong answer is gone
    person.answer("source (required): ", "https://example.org/report\n")
    person.answer("title (required): ", "A report\n")
    person.answer("type (Enter: webpage): ", "\n")
    person.answer("author (Enter: empty): ", "\n")
    person.answer("issued (Enter: empty): ", "2016\n")
    person.answer("locator_label (Enter: empty): ", "\n")
    person.answer("locator (Enter: empty): ", "\n")
    person.answer("summary (required): ", "It swears.\n")
    for field in ("quote_start", "quote_end", "quote_words", "speaker", "said_on"):
        person.answer(f"{field} (Enter: empty): ", "\n")
    person.answer("Write this to the graph? [y/N]: ", "y\n")
    status, screen = person.end()
    assert status == 0, screen
    assert "from: the actor it comes from (an id or a name)\n" in screen
    assert "  refuse      declines a pledge, an offer or a demand\n" in screen
    claim = "pledge-made-up-front-made-up-hub"
    assert f"See it:       kb show {claim}\n" in screen
    assert book.rows("MATCH (c:Pledge {id: $id})-[:CITES]->(e) RETURN e.id AS e", {"id": claim}) == [
        {"e": "ev-a-report-2016-it-swears"}
    ]


def test_ctrl_c_at_a_question_writes_nothing(book: Graph, terminal: Any) -> None:
    """The program ends with 130 and a line, and the graph is as it was."""
    before = everything(book)
    person = terminal(*PLEDGE[:-2])
    person.answer("relation_type (Enter: empty): ", "\n")
    person.interrupt("scope (Enter: empty): ")
    status, screen = person.end()
    assert status == 130
    assert screen.endswith("Interrupted. Nothing more was done.\n")
    assert everything(book) == before


def test_a_terminal_asks_for_the_claim_alone_when_the_passage_is_there(book: Graph, terminal: Any) -> None:
    """With --evidence nothing is asked about passage and work; `;` separates several values."""
    words = ("--title", "A made-up meeting", "--date", "2015", "--note", "invented", "--evidence", "ev-one")
    person = terminal("add", "event", *words, "--yes")
    assert person.end() == (2, "Error: Missing: --event-type. See `kb add event --help`.\n")
    person = terminal("add", "event", *words)
    person.answer("event_type (required): ", "meeting\n")
    person.answer("participants (Enter: empty): ", "Made-up Hub\n")
    person.answer("Write actor=role;actor=role.", "Made-up Hub=initiator; made-up-front=other\n")
    person.answer("Write this to the graph? [y/N]: ", "y\n")
    assert person.end()[0] == 0
    rows = book.rows("MATCH (:Event)-[i:INVOLVES]->(a) RETURN a.id AS a, i.role AS role ORDER BY a")
    assert rows == [{"a": "made-up-front", "role": "other"}, {"a": "made-up-hub", "role": "initiator"}]


def test_no_is_an_answer(book: Graph, terminal: Any) -> None:
    """Whoever does not confirm writes nothing; with --yes nothing is asked, not even what is missing."""
    before = everything(book)
    person = terminal(*PLEDGE)
    person.answer("Write this to the graph? [y/N]: ", "n\n")
    assert person.end()[0] == 1
    status, screen = terminal(*PLEDGE[:-2], "--yes").end()
    assert (status, screen) == (2, "Error: Missing: --summary. See `kb add pledge --help`.\n")
    assert everything(book) == before
