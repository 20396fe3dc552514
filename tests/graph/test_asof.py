"""Back in time: the graph as it stood after each load, and what changed between two moments."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
import pytest

from kb import catalog
from kb.errors import KbError
from kb.graph import Graph
from kb.loading import apply, asof
from kb.loading.apply import Receipt, apply_plan
from kb.loading.asof import changed_between, graph_at, move
from kb.loading.export import Tables, tables_of
from kb.loading.history import history, loads, plan_undo
from kb.loading.moment import Moment, moment
from kb.loading.retract import plan_retraction
from kb.loading.schema import migrate
from kb.server import scratch
from tests.graph.books import SMALL, load, write_book
from tests.graph.shell import kb

LONG = "n" * 65
REFUSAL = {"id": "p-no", "from": "made-up-hub", "to": "made-up-front", "act": "refuse", "date": "2014-07-03",
           "evidence": "ev-one"}  # fmt: skip
LATER = {"id": "late-work", "type": "report", "title": "A later made-up work", "issued": "2018-02",
         "repeats": "made-up-work"}  # fmt: skip
QUESTIONS: list[tuple[str, dict[str, Any]]] = [
    ("pledges_of", {"actor": "made-up-front"}),
    ("evidence_for", {"id": "p-front"}),
    ("pledges_by_month", {}),
]


class State:
    """All that can be seen of a graph: its book, every stored property, and answers of the library."""

    def __init__(self, graph: Graph) -> None:
        self.tables: Tables = tables_of(graph)
        query = "MATCH (n:Claim|Evidence|Actor|Name|Source) RETURN n.id AS id, properties(n) AS p ORDER BY id"
        self.stored = graph.rows(query)
        self.links = graph.rows(
            "MATCH (a)-[r]->(b) WHERE NOT a:Load "
            "RETURN a.id AS a, type(r) AS r, b.id AS b, properties(r) AS p ORDER BY a, r, b, p.stance, p.role"
        )
        self.answers = {name: answer(graph, name, given) for name, given in QUESTIONS}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, State) and vars(self) == vars(other)

    __hash__ = None  # type: ignore[assignment]


def answer(graph: Graph, name: str, given: dict[str, Any]) -> Any:
    """The rows of a question, or what is said instead."""
    question = catalog.find(name)
    try:
        return graph.answer(question, question.bind(given)).rows
    except KbError as error:
        return str(error)


def done(receipt: Receipt | None) -> Moment:
    """The moment of a load, to its microsecond."""
    assert receipt is not None
    return moment(receipt.loaded_at.isoformat(timespec="microseconds"))


def undo(graph: Graph, which: int) -> Receipt | None:
    """Undo the load of this place in the list."""
    load_id = loads(graph)[which].load_id
    return apply_plan(graph, plan_undo(graph, load_id), undoes=load_id)


def seven_loads(graph: Graph, folder: Path) -> Iterator[tuple[Moment, State]]:
    """Loads of every kind, the moment of each and what could be seen after it."""
    front = SMALL["pledges"][0]

    def of(name: str, **tables: list[dict[str, str]]) -> Receipt | None:
        return load(graph, write_book(folder / name, tables))

    for step in (
        lambda: load(graph, write_book(folder / "small", SMALL)),
        lambda: of("moved", pledges=[{**front, "date": "2015", "note": "moved", "evidence": "ev-two"}]),
        lambda: of("more", sources=[LATER], pledges=[REFUSAL], judgements=[SAME],
                   citations=[{"claim": "p-brigade", "evidence": "ev-two", "stance": "context"}]),
        lambda: undo(graph, 1),
        lambda: undo(graph, 2),
        lambda: undo(graph, 4),
        lambda: apply_plan(graph, plan_retraction(graph, "p-front"), note="withdrawn"),
    ):  # fmt: skip
        receipt = step()
        yield done(receipt), State(graph)


TIE = {
    "id": "p-front",
    "from": "made-up-brigade",
    "to": "made-up-hub",
    "tie_type": "alliance",
    "evidence": "ev-one",
}
SAME = {"left": "made-up-brigade", "right": "made-up-front", "judgement": "different", "coder": "mk",
        "decided_on": "2026-01-02"}  # fmt: skip


def test_every_moment_is_given_back_exactly(graph: Graph, tmp_path: Path) -> None:
    """After each load, undo and undo of an undo: book, stored properties, links and answers of that moment.

    Nothing of it is ever committed: the graph afterwards is what it was, and no load is recorded.
    """
    states = list(seven_loads(graph, tmp_path))
    before, known = State(graph), loads(graph)
    for then, state in states:
        with graph_at(graph, then) as past:
            assert State(past) == state
    with graph_at(graph, moment("2001-01-01")) as past:
        assert tables_of(past) == {}
    assert State(graph) == before
    assert loads(graph) == known
    assert graph.rows("MATCH (l:Load) WHERE l.writer IS NOT NULL RETURN l") == []


def test_the_second_graph_gives_the_same(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Moved forward and back, in batches too, and after its note was lost: the graph of that moment.

    The last load gives the id of a pledge that was retracted to a tie. While a load is at work commands ask
    the second graph; its server is gone afterwards, and it is no store.
    """
    states = list(seven_loads(graph, tmp_path))
    states.append((done(load(graph, write_book(tmp_path / "tie", {"ties": [TIE]}))), State(graph)))
    graph.write(lambda tx: tx.run("MATCH (e:Evidence {id: 'ev-one'}) SET e.words = 'whole words'"))
    words = "MATCH (e:Evidence {id: 'ev-one'}) RETURN e.words AS words"
    known = loads(graph)
    with scratch.borrowed(lambda _: None) as room, Graph.connect(room.address) as past:
        migrate(past)
        for number in (0, 6, 3, None, 5, 1, 2, 7, 4):
            then = known[: number + 1] if number is not None else []
            if number == 5:
                monkeypatch.setattr(apply, "ONE_TRANSACTION", 2)
                monkeypatch.setattr(apply, "BATCH", 2)
            if number == 2:
                room.note(None)
            move(graph, past, room, known, then, asof.no_bar)
            assert room.holds == [one.load_id for one in then]
            if number is None:
                assert tables_of(past) == {}
            else:
                assert State(past) == states[number][1]
        asof.copy_words(graph, past)
        assert past.rows(words) == [{"words": "whole words"}]
    graph.write(lambda tx: tx.run("CREATE (:Load {id: 'at-work', writer: 'one', status: 'running'})"))
    at = known[0].loaded_at.isoformat(timespec="microseconds")
    (then,) = json.loads(kb(*PLEDGES, "--as-of", at).out)
    assert then["date"] == "2014-07-01"
    folder = Path(os.environ["KB_HOME"]) / "scratch" / "default"
    assert folder.is_dir()
    running = [
        p for p in psutil.process_iter(["cmdline"]) if str(folder) in " ".join(p.info["cmdline"] or [])
    ]
    assert running == []
    assert [row["store"] for row in json.loads(kb("store", "list", "--format", "json").out)] == ["default"]


def test_loads_of_one_microsecond_are_one_moment(graph: Graph, tmp_path: Path) -> None:
    """Whatever order their ids give, the state after all of them is right, and history tells them in turn."""
    states = list(islice(seven_loads(graph, tmp_path), 3))
    held = states[2][1].tables
    at = states[0][0].last
    for number, one in enumerate(loads(graph)):
        ids = {"old": one.load_id, "new": f"load-{9 - number}", "at": at}
        graph.write(lambda tx, v=ids: tx.run(RENAME, **v))  # type: ignore[misc]
    assert [one.load_id for one in loads(graph)] == ["load-7", "load-8", "load-9"]
    found = {net.change.record: net.change.after for net in changed_between(graph, moment("2001-01-01"), NOW)}
    assert found["p-front"] == next(row for row in held["pledges"] if row["id"] == "p-front")
    assert [v.load.load_id for v in history(graph, "p-front")] == ["load-9", "load-8"]
    just_before = Moment("before", at, at - timedelta(microseconds=1))
    with graph_at(graph, just_before) as past:
        assert "pledges" not in tables_of(past)


NOW = Moment("now", datetime.now(UTC), datetime.now(UTC) + timedelta(days=1))
RENAME = "MATCH (l:Load {id: $old}) SET l.id = $new, l.loaded_at = $at"


# --- commands -------------------------------------------------------------------------------------


@pytest.fixture
def moved(graph: Graph, tmp_path: Path) -> list[str]:
    """A load, a change, an addition that is retracted again; the times of the loads."""
    front = SMALL["pledges"][0]
    for name, tables in (
        ("small", SMALL),
        ("moved", {"pledges": [{**front, "date": "2015", "note": LONG}]}),
        ("late", {"pledges": [{**REFUSAL, "id": "p-late"}], "actors": [ACTOR]}),
    ):
        load(graph, write_book(tmp_path / name, tables))  # type: ignore[arg-type]
    apply_plan(graph, plan_retraction(graph, "p-late"), coder="mk", note="a slip")
    return [one.loaded_at.isoformat(timespec="microseconds") for one in loads(graph)]


ACTOR = {"id": "late-actor", "name": "Late Actor", "kind": "militant_group"}
PLEDGES = ["query", "pledges_of", "--actor", "made-up-front", "--format", "json"]


def test_commands_look_back(moved: list[str], tmp_path: Path) -> None:
    """`--as-of` on query, show, cypher and export gives what was there, and says on stderr what it is."""
    (now,) = json.loads(kb(*PLEDGES).out)
    asked = kb(*PLEDGES, "--as-of", moved[0])
    (then,) = json.loads(asked.out)
    assert (now["date"], then["date"]) == ("2015", "2014-07-01")
    assert asked.err[0].startswith("The graph as it stood at ")
    assert asked.err[0].endswith(" UTC, after 1 of 4 loads.")
    assert kb("show", "p-late").status == 1
    assert "act: refuse" in kb("show", "p-late", "--as-of", moved[2]).out
    count = ["cypher", "MATCH (p:Pledge) RETURN count(*) AS n", "--format", "csv", "--as-of"]
    assert [kb(*count, at).out.split()[1] for at in moved] == ["2", "2", "3", "2"]
    assert kb("export", "--book", tmp_path / "book", "--as-of", moved[0]).status == 0
    assert "2014-07-01" in (tmp_path / "book" / "pledges.csv").read_text("utf-8")


def test_moments_without_a_past_say_so(moved: list[str]) -> None:
    """Before the first load the graph is empty; after the last one, or in days to come, it is that of now."""
    count = ["cypher", "MATCH (c:Claim) RETURN count(*) AS n", "--format", "csv", "--as-of"]
    before = kb(*count, "2001-01-01")
    assert before.out == "n\n0\n"
    assert before.err[0].startswith("The graph was empty at 2001-01-01 23:59:59 UTC: the first load came 2")
    last = kb(*count, moved[-1])
    assert last.out == "n\n2\n"
    assert last.err[0].startswith("Nothing was loaded since ")
    coming = kb(*count, "2999-01-01")
    assert coming.out == last.out
    assert coming.err == ["2999-01-01 is yet to come: this is the graph as it stands now."]
    wrong = kb(*count, "yesterday")
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err == [
        "Error: --as-of takes a day or a time, not 'yesterday'. "
        "Write 2026-05-01, or 2026-05-01T10:15:30 (UTC)."
    ]
    assert "changes the graph" in kb("cypher", "CREATE (n:Actor)", "--as-of", moved[0]).err[-1]


def test_diff_lists_the_net_effect_on_claims(graph: Graph, moved: list[str]) -> None:
    """A changed pledge with its cells and load; what came and went is not there, nor what is no claim."""
    said = kb("diff", "--from", moved[0])
    by = loads(graph)[1].load_id
    assert said.out.splitlines() == [
        "change pledges p-front",
        "    date: 2014-07-01 → 2015",
        "    note:",
        "      before: (empty)",
        f"      after: {LONG}",
        f"  by {by}",
    ]
    assert said.err[0].startswith("0 added, 1 changed, 0 retracted after ")
    kinds = [
        row["record"] for row in json.loads(kb("diff", "--from", moved[0], "--all", "--format", "json").out)
    ]
    assert kinds == ["late-actor", "p-front"]
    whole = json.loads(kb("diff", "--from", moved[0][:10], "--table", "actors", "--format", "json").out)
    assert [(row["action"], row["record"]) for row in whole][:1] == [("add", "late-actor")]
    went = json.loads(kb("diff", "--from", moved[2], "--format", "json").out)
    assert [(row["action"], row["record"], row["after"]) for row in went] == [("retract", "p-late", None)]
    lines = kb("diff", "--from", moved[0], "--to", moved[1], "--format", "csv").out.splitlines()
    assert lines == [
        "table,record,action,column,before,after,loads",
        f"pledges,p-front,change,date,2014-07-01,2015,{by}",
        f"pledges,p-front,change,note,,{LONG},{by}",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ([], "Missing option '--from'. See `kb diff --help`."),
        (["--from", "2026-05-02", "--to", "2026-05-01"],
         "--from 2026-05-02 is later than --to 2026-05-01. Exchange them."),
        (["--from", "2026-05-01", "--table", "pledgs"], "No table 'pledgs'. Did you mean 'pledges'?"),
        (["--from", "2026-05-01", "--table", "ties", "--all"],
         "--all and --table exclude each other. Leave one of them out."),
        (["--from", "May"],
         "--from takes a day or a time, not 'May'. Write 2026-05-01, or 2026-05-01T10:15:30 (UTC)."),
    ],
)  # fmt: skip
def test_mistakes_in_diff_are_one_line(words: list[str], message: str) -> None:
    """Each names what is wrong and what to write; exit 2."""
    done = kb("diff", *words)
    assert (done.status, done.out, done.err) == (2, "", [f"Error: {message}"])


def test_history_prints_every_cell_of_every_version(graph: Graph, moved: list[str]) -> None:
    """When, which load, by whom, why, and each cell before and after, in 80 columns; JSON has the same."""
    done = kb("history", "p-front")
    lines = done.out.splitlines()
    assert lines[0] == f"{moved[0][:19].replace('T', ' ')} UTC  {loads(graph)[0].load_id}"
    assert lines[1:6] == [
        "  add pledges p-front",
        "    from: made-up-front",
        "    to: made-up-hub",
        "    act: pledge",
        "    date: 2014-07-01",
    ]
    assert lines[-5:] == [
        "  change pledges p-front",
        "    date: 2014-07-01 → 2015",
        "    note:",
        "      before: (empty)",
        f"      after: {LONG}",
    ]
    assert all(len(line) <= 80 for line in lines)
    assert done.err == ["Rows that start here have a history of their own: p-front ev-two."]
    late = kb("history", "p-late").out.splitlines()
    assert "  by mk; a slip" in late
    assert "  retract pledges p-late" in late
    versions = json.loads(kb("history", "p-front", "--format", "json").out)
    assert versions[1]["fields"][0] == {"column": "date", "before": "2014-07-01", "after": "2015"}
    assert versions[1]["before"]["date"] == "2014-07-01"
    assert "stance" in kb("history", "p-front ev-two").out


def test_history_of_a_misspelt_id_names_the_nearest(moved: list[str]) -> None:
    """Records that are gone count as well."""
    done = kb("history", "p-lat")
    assert (done.status, done.out) == (1, "")
    assert done.err[0].startswith("Error: No record 'p-lat' was ever in the graph. Nearest: 'p-late'")


def test_a_long_difference_shows_its_first_lines(casebook: Graph) -> None:
    """200 lines and how many more there are; CSV has every one."""
    done = kb("diff", "--from", "2000-01-01", "--table", "pledges")
    lines = done.out.splitlines()
    assert len(lines) == 201
    assert re.fullmatch(r"… and [\d,]+ more lines; all of them: --format csv or --format json\.", lines[-1])
    whole = kb("diff", "--from", "2000-01-01", "--table", "pledges", "--format", "csv")
    assert len(whole.out.splitlines()) > 201
