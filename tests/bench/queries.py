"""How fast a large graph answers: `python tests/bench/queries.py [QUERY …] [--store FOLDER] [--hits]`.

The graph is the one of `bigbook.py`, ten times the size of MGAR, loaded by the real loader into a Neo4j of
its own. With `--store FOLDER` it is kept there, and a later run begins at once; else it is made in a passing
folder. Each question of the library is asked with twenty sets of parameters drawn from the book: the largest
hub is in the first, the second largest in the second, the others are ends of random ties; every other set has
a window. Concepts, documents, speakers and words (two of one passage) are drawn as well. One run of all sets
comes first and is not counted.

  p50, p95    milliseconds over the sets, every row read; inf = stopped for its time or memory
  hub, rows   the same for the set with the largest hub, and the number of rows of its answer
  all, rows   the question put to the whole graph, where the actor may be left out; audits and counts over
              everything, which are about no record, stand here alone
  pandas      the keys of the same rows from the CSV files, which are in memory already (`beside.py`)
  naive       the same statement made to look at every node of a kind where it would take an index

Then follow the look-up of words, and whole processes. Times belong to the machine that runs it. `--hits`
prints for each query how often the database looks something up, which is the same on a busy machine.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from math import ceil, inf
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import beside
import neo4j.exceptions
from bigbook import write_big_book

from kb import catalog
from kb.errors import KbError
from kb.evidence.lookup import Wanted, look_up
from kb.graph import Graph
from kb.loading.apply import apply_plan
from kb.loading.plan import make_plan
from kb.loading.schema import migrate
from kb.server import ensure, stop
from loaders.tables import read_book

SETS = 20
TIMES = 20  # runs that count, of all sets together, or one of each
LONGEST = 15.0  # seconds after which a question is stopped
PATIENCE = 10.0  # seconds of first runs after which they are not repeated
TEXTS: dict[str, Any] = {  # values of parameters that are texts of the book
    "archive": "Made-up Archive",
    "costs": ["idea-01", "idea-02", "idea-03"],
    "locator": "7",
}
Values = dict[str, Any]


# --- parameters


def drawn(query: catalog.Query, book: beside.Book) -> list[Values]:
    """The sets of parameters, the one with the largest hub first."""
    chance = random.Random(query.name)  # noqa: S311 - the same for each run
    ties = book.frames["ties"]
    ends = list(zip(ties["from"], ties["to"], strict=True))
    pairs = [("hub-1", "hub-2"), ("hub-2", "hub-1"), *chance.sample(ends, SETS - 2)]
    works = [("work-0000", "work-0001"), ("work-0001", "work-0000")]  # found in most, as they fall in rank
    breaks = ["schism-one", "schism-two", *chance.sample(book.column("schisms", "occurrence"), SETS - 2)]
    sets: list[Values] = []
    for n, pair in enumerate(pairs):
        pools = {
            "actor": list(pair),
            "schism": [breaks[n]],
            "source": list(works[n]) if n < 2 else chance.sample(book.column("sources", "id"), 2),
            "claim": [chance.choice(book.column("pledges", "id"))],
            "record": [chance.choice(book.column("support", "id"))],
        }
        first = chance.randint(1950, 2005)
        days = {"since": date(first, 1, 1), "until": date(first + 5, 12, 31), "on": date(first, 6, 30)}
        texts = TEXTS | _texts(book, chance)
        values = query.bind(dict(_values(query, pools, texts, days, window=n % 2 == 1)))
        if values not in sets:
            sets.append(values)
    return sets


def _texts(book: beside.Book, chance: random.Random) -> Values:
    """Values, by the name of the parameter, for what is asked for by other things than two ends of a tie."""
    words = chance.choice(book.column("evidence", "summary")).removeprefix("Says that ").rstrip(".").split()
    documents = [text for text in book.column("sources", "archive_location") if text]
    return {
        "concept": chance.choice(book.column("concepts", "id")),
        "document": chance.choice(documents),
        "speaker": chance.choice([ident for ident in book.column("evidence", "speaker") if ident]),
        "words": " ".join(chance.sample(words, 2)),
    }


def _values(
    query: catalog.Query,
    pools: dict[str, list[str]],
    texts: Mapping[str, Any],
    days: Mapping[str, date],
    window: bool,
) -> Iterator[tuple[str, Any]]:
    """A value for each record; days where they are needed or the set has a window; the rest by default."""
    names = {param.name for param in query.params}
    for param in query.params:
        if param.name in texts and not (param.name == "archive" and "document" in names):
            yield param.name, texts[param.name]
        elif param.type in pools and not (param.many and param.default is None) and "words" not in names:
            pool = pools[param.type]
            yield param.name, pool[:2] if param.many else pool.pop(0) if len(pool) > 1 else pool[0]
        elif param.type == "date" and (param.required or (window and param.default is None)):
            yield param.name, days[param.name]
        elif param.required:
            yield param.name, query.example[param.name]


def of_records(query: catalog.Query) -> bool:
    """Whether the question is about a record, a concept, a document or words, not about everything."""
    return any(p.type in catalog.RECORDS or p.name in ("concept", "document", "words") for p in query.params)


def of_everything(query: catalog.Query, sets: Sequence[Values]) -> Values | None:
    """The question for the whole graph: without its actor, recipient, hub or document, where they may go."""
    if not of_records(query):
        return sets[0]
    may_go = any(
        (p.type == "actor" or p.name == "document") and not p.required and p.default is None
        for p in query.params
    )
    if not may_go or any(p.required for p in query.params):
        return None
    return query.bind({})


# --- measuring


def ask(graph: Graph, query: catalog.Query, values: Values) -> int:
    """The number of rows of the answer, all of which are read."""
    return len(graph.table(query.cypher, values, timeout=LONGEST).rows)


def milliseconds(work: Callable[[], object]) -> float:
    """How long one run takes; infinity when it is stopped for its time or memory."""
    began = perf_counter()
    try:
        work()
    except KbError:
        return inf
    return (perf_counter() - began) * 1000


def repeated(works: Sequence[Callable[[], object]], times: int = TIMES) -> list[float]:
    """Milliseconds of runs after a first one of each, which counts only when it takes too long to go on."""
    first = [milliseconds(work) for work in works]
    found: list[float] = []
    while len(found) < times and sum(first + found) < PATIENCE * 1000:
        found += [milliseconds(work) for work in works]
    return found or first


def _shares(times: Sequence[float]) -> tuple[float, float]:
    return median(times), sorted(times)[max(0, ceil(len(times) * 0.95) - 1)]


def _line(name: str, cells: Sequence[object]) -> str:
    texts = [f"{c:,.0f}" if isinstance(c, float | int) else "–" if c is None else str(c) for c in cells]
    return f"{name:<32}" + "".join(f"{text:>9}" for text in texts)


def measure(graph: Graph, book: beside.Book, query: catalog.Query) -> list[object]:
    """The cells of one line of the table."""
    sets = drawn(query, book)
    cells: list[object] = [None] * 4
    if of_records(query):
        cells = [*_shares(repeated([partial(ask, graph, query, values) for values in sets]))]
        cells += _once(graph, query, sets[0])
    cells += _once(graph, query, of_everything(query, sets))
    return [*cells, _beside(graph, book, query, sets), _naive(graph, query, sets)]


def _once(graph: Graph, query: catalog.Query, values: Values | None) -> list[object]:
    """Milliseconds and rows of one question."""
    if values is None:
        return [None, None]
    rows: list[int] = []
    took = median(repeated([lambda: rows.append(ask(graph, query, values))], 3))
    return [took, rows[0] if rows else None]


def _beside(graph: Graph, book: beside.Book, query: catalog.Query, sets: Sequence[Values]) -> float | None:
    """Milliseconds in pandas, after a look whether the rows are the same."""
    answer = beside.ANSWERS.get(query.name)
    if answer is None:
        return None
    for values in sets[:4]:
        table = graph.table(query.cypher, values)
        places = [table.columns.index(column) for column in query.key]
        ours = {tuple(row[place] for place in places) for row in table.rows}
        theirs = set(answer(book, values))
        assert ours == theirs, (query.name, values, list(ours ^ theirs)[:3])
    return median(repeated([partial(answer, book, values) for values in sets[:5]], 5))


def _naive(graph: Graph, query: catalog.Query, sets: Sequence[Values]) -> float | None:
    """Milliseconds without an index; None where the statement does not begin at one."""
    cypher = beside.naive(query.cypher)
    if cypher == query.cypher:
        return None
    return median(repeated([partial(graph.table, cypher, v, timeout=LONGEST) for v in sets[-3:]], 3))


def hits(graph: Graph, query: catalog.Query, values: Values) -> float:
    """How often the database looks something up for the answer; infinity when it is stopped."""
    address = graph.address
    auth = (address.username, address.password)
    profiled = neo4j.Query(f"PROFILE\n{query.cypher}", timeout=LONGEST)  # type: ignore[arg-type]
    with neo4j.GraphDatabase.driver(address.uri, auth=auth) as driver, driver.session() as session:
        try:
            result = session.run(profiled, values)
            list(result)  # else the counts are not there yet
            plan = result.consume().profile
        except neo4j.exceptions.Neo4jError:
            return inf
    assert plan
    return _sum_of_hits(plan)


def _sum_of_hits(plan: Mapping[str, Any]) -> int:
    return int(plan.get("dbHits", 0)) + sum(_sum_of_hits(child) for child in plan.get("children", ()))


# --- the graph


@contextmanager
def big_graph(folder: Path, claims: int) -> Iterator[tuple[Graph, beside.Book]]:
    """The graph and the book in this folder, made when they are not there."""
    os.environ["KB_HOME"] = str(folder / "home")
    book = folder / "book"
    if not book.exists():
        took = milliseconds(lambda: write_big_book(book, claims)) / 1000
        print(f"written a book of {claims:,} claims in {took:.0f} s", flush=True)
    try:
        with Graph.connect(ensure()) as graph:
            migrate(graph)
            if not graph.rows("MATCH (l:Load {status: 'done'}) RETURN l.id AS id LIMIT 1"):
                print(f"loaded it in {milliseconds(lambda: _load(graph, book)) / 1000:.0f} s", flush=True)
            yield graph, beside.Book(book)
    finally:
        stop("default")


def _load(graph: Graph, folder: Path) -> None:
    plan = make_plan(graph, read_book([folder]))
    assert not plan.errors, plan.errors[:3]
    apply_plan(graph, plan)


# --- words and processes


def look_ups(graph: Graph) -> None:
    """Print how long words take to be found."""
    chance = random.Random(3)  # noqa: S311
    asked = [row["words"] for row in graph.rows(_SOME_WORDS)]
    for number in (1, 2, 3):
        sets = [tuple(chance.sample(chance.choice(asked), number)) for _ in range(SETS)]
        times = repeated([partial(look_up, graph, Wanted(words=words)) for words in sets], 5 * SETS)
        print(_line(f"words to cards, {number} of a summary", _shares(times)), flush=True)


_SOME_WORDS = """
MATCH (e:Evidence) WHERE e.id ENDS WITH '77'
RETURN split(substring(e.summary, 10, size(e.summary) - 11), ' ')[..10] AS words ORDER BY e.id LIMIT 100
"""
PROCESSES = [
    ["query", "pledges_of", "--actor", "militant-group-00007"],
    ["query", "ties_at", "--actor", "hub-5", "--on", "1999-01-01"],
    ["query", "support_given_by", "--actor", "hub-5", "--format", "csv"],
    ["evidence", "training", "weapons"],
]


def processes() -> None:
    """Print how long whole commands take."""
    for words in PROCESSES:
        command = [sys.executable, "-m", "kb", *words]
        times = repeated([partial(subprocess.run, command, capture_output=True, check=True)], 5)
        print(_line(f"kb {' '.join(words[:2])}", [median(times), max(times)]), flush=True)


HEAD = ["p50", "p95", "hub", "rows", "all", "rows", "pandas", "naive"]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How fast a large graph answers.")
    parser.add_argument("names", nargs="*", metavar="QUERY")
    parser.add_argument("--store", type=Path, metavar="FOLDER")
    parser.add_argument("--claims", type=int, default=250_000)
    parser.add_argument("--hits", action="store_true")
    given = parser.parse_args()
    queries = [catalog.find(name) for name in given.names] or list(catalog.library().values())
    with (
        tempfile.TemporaryDirectory() as temporary,
        big_graph(given.store or Path(temporary), given.claims) as (graph, book),
    ):
        if given.hits:
            print_hits(graph, book, queries)
            return
        print(_line("milliseconds", HEAD))
        for query in queries:
            print(_line(query.name, measure(graph, book, query)), flush=True)
        if not given.names:
            look_ups(graph)
            processes()


def print_hits(graph: Graph, book: beside.Book, queries: Sequence[catalog.Query]) -> None:
    """Print the look-ups in the database: for the hub, for the median of the sets, for the whole graph."""
    print(_line("look-ups in the database", ["hub", "median", "all"]))
    for query in queries:
        sets = drawn(query, book)
        everything = of_everything(query, sets)
        cells: list[object] = [None, None]
        if of_records(query):
            cells = [hits(graph, query, sets[0]), median(hits(graph, query, v) for v in sets[:7])]
        print(
            _line(query.name, [*cells, None if everything is None else hits(graph, query, everything)]),
            flush=True,
        )


if __name__ == "__main__":
    main()
