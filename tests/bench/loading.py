"""How fast books are checked, planned, loaded and undone: `python tests/bench/loading.py [CLAIMS …]`.

Without numbers the books have 1, 10 and 100 thousand claims, and a last one of 250 thousand is loaded by a
process of its own to see how much memory that takes (`--memory 0` leaves it out). The books are made up, in
the shape of MGAR: many groups, for each pair and year a tie and some kinds of support, several passages a
claim. A Neo4j of its own is started in a temporary folder and stopped at the end; the downloads of the user
are used. A warm-up with a thousand claims comes first.

`bare` is what can be reached: the same nodes, relationships and change log created by plain
`UNWIND … CREATE` from rows that are ready, on the same server with the same indexes, right after the load.
Times belong to the machine that runs it; what can be compared are the ratios of one run. On a machine that
does other work as well, the ratio of the time that processors worked (client and server) says more.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil
from bigbook import write_table

from kb.graph import Graph
from kb.loading.apply import apply_plan
from kb.loading.asof import wipe
from kb.loading.history import plan_undo
from kb.loading.plan import make_plan
from kb.loading.read import chunks
from kb.loading.schema import migrate
from kb.model import FIVE_TYPES
from kb.server import ensure, status, stop
from loaders.tables import read_book

PHASES = ("check", "plan", "load", "undo", "bare")
AT_ONCE = 10_000  # rows of one plain statement


def write_made_up_book(folder: Path, claims: int) -> Path:
    """A book with this many claims, half as many passages, and a twentieth as many groups."""
    chance = random.Random(1)  # noqa: S311 - made-up claims, the same each time
    groups = [f"group-{n:06}" for n in range(max(20, claims // 20))]
    works = [f"work-{n:03}" for n in range(50)]
    passages = [f"passage-{n:06}" for n in range(max(50, claims // 2))]
    folder.mkdir()
    write_table(
        folder, "actors", ({"id": g, "name": f"Made-up {g}", "kind": "militant_group"} for g in groups)
    )
    write_table(folder, "sources", ({"id": w, "type": "report", "title": f"Made-up {w}"} for w in works))
    write_table(
        folder,
        "evidence",
        (
            {"id": p, "found_in": chance.choice(works), "locator_label": "page", "locator": n % 300 + 1,
             "summary": f"Says what the made-up passage {n} says about two groups."}
            for n, p in enumerate(passages)
        ),
    )  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for n in range(claims):
        one, other = chance.sample(groups, 2)
        row = {
            "id": f"claim-{n:06}",
            "from": one,
            "to": other,
            "date": 1950 + n % 67,
            "coder": "made-up",
            "confidence": "moderate",
            "evidence": ";".join(chance.sample(passages, 1 + n % 3)),
        }
        if n % 10 < 3:
            rows["ties"].append({**row, "tie_type": "alliance" if n % 2 else "rivalry"})
        elif n % 10 < 9:
            presence = "absent" if n % 4 == 0 else "present"
            rows["support"].append({**row, "support_type": chance.choice(FIVE_TYPES), "presence": presence})
        else:
            rows["pledges"].append({**row, "act": "pledge", "occurrence": f"oath-{n // 20}"})
    for table, found in rows.items():
        write_table(folder, table, found)
    return folder


@dataclass
class Measured:
    """Rows of a book and the seconds that each phase took."""

    rows: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    worked: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def phase(self, name: str) -> Iterator[None]:
        """Measure what is done within."""
        began, worked = perf_counter(), _worked()
        yield
        self.seconds[name] = perf_counter() - began
        self.worked[name] = _worked() - worked


def _worked() -> float:
    """Seconds for which processors worked for this process and the server."""
    state = status()
    assert state
    server = psutil.Process(state.pid).cpu_times()
    return process_time() + float(server.user + server.system)


def measure(graph: Graph, folder: Path) -> Measured:
    """Check, plan, load and undo the book in an empty graph, then create the same from ready rows."""
    found = Measured()
    with found.phase("check"):
        book = read_book([folder])
    with found.phase("plan"):
        plan = make_plan(graph, book)
    assert not plan.errors
    found.rows = len(plan.changes)
    with found.phase("load"):
        receipt = apply_plan(graph, plan)
    assert receipt is not None
    rows = list(_rows(graph))
    with found.phase("undo"):
        apply_plan(graph, plan_undo(graph, receipt.load), undoes=receipt.load)
    wipe(graph)
    with found.phase("bare"):
        for query, batch in rows:
            for some in chunks(batch, AT_ONCE):
                graph.write(lambda tx, q=query, s=some: tx.run(q, rows=s))  # type: ignore[misc]
    wipe(graph)
    return found


def _rows(graph: Graph) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Statements and rows that create all that is in the graph, the change log too: nodes first."""
    nodes = graph.rows("MATCH (n) WHERE NOT n:Migration RETURN labels(n) AS labels, properties(n) AS props")
    by_label: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        by_label[":".join(node["labels"])].append(node["props"])
    for labels, rows in by_label.items():
        yield f"UNWIND $rows AS row CREATE (n:{labels}) SET n = row", rows
    links = graph.rows(
        "MATCH (a)-[r]->(b) RETURN labels(a)[0] AS x, a.id AS a, type(r) AS type, properties(r) AS props, "
        "labels(b)[0] AS y, b.id AS b"
    )
    by_kind: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for link in links:
        row = {"a": link["a"], "b": link["b"], "props": link["props"]}
        by_kind[link["x"], link["type"], link["y"]].append(row)
    for (start, type_, end), rows in by_kind.items():
        yield (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.props",
            rows,
        )


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The power of the rows that the time grows with: the slope of a line through the logarithms."""
    xs, ys = [math.log(n) for n in sizes], [math.log(t) for t in times]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return sum((a - x) * (b - y) for a, b in zip(xs, ys, strict=True)) / sum((a - x) ** 2 for a in xs)


def memory(folder: Path) -> float:
    """The most memory that `kb load` took for this book, in MB."""
    command = [sys.executable, "-m", "kb", "load", str(folder), "--yes"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Print rows a second, the ratio of load to bare, exponents and memory."""
    parser = argparse.ArgumentParser(description="How fast books are loaded.")
    parser.add_argument("claims", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--memory", type=int, default=250_000, metavar="CLAIMS")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["KB_HOME"] = temporary
        try:
            with Graph.connect(ensure()) as graph:
                migrate(graph)
                speed(graph, Path(temporary), given.claims)
                if given.memory:
                    book = write_made_up_book(Path(temporary) / "large", given.memory)
                    print(f"memory of `kb load`, {given.memory:,} claims: {memory(book):,.0f} MB")
        finally:
            stop("default")


def speed(graph: Graph, folder: Path, sizes: Sequence[int]) -> None:
    """Measure books of these sizes, the rows a second of each phase in a line."""
    measure(graph, write_made_up_book(folder / "warm-up", 1_000))
    print(
        f"{'claims':>9} {'rows':>9}"
        + "".join(f"{p:>10}" for p in PHASES)
        + "  rows/s   load/bare      worked"
    )
    found = []
    for size in sizes:
        one = measure(graph, write_made_up_book(folder / f"book-{size}", size))
        found.append(one)
        speeds = "".join(f"{one.rows / one.seconds[p]:>10,.0f}" for p in PHASES)
        ratio = one.seconds["load"] / one.seconds["bare"]
        worked = one.worked["load"] / one.worked["bare"]
        print(f"{size:>9,} {one.rows:>9,}{speeds}{ratio:>20.2f}{worked:>12.2f}", flush=True)
    if len(found) > 1:
        powers = [exponent([m.rows for m in found], [m.seconds[p] for m in found]) for p in PHASES]
        print(f"{'exponent of time in rows':>19}" + "".join(f"{power:>10.2f}" for power in powers))


if __name__ == "__main__":
    main()
