"""Writing a plan: one transaction where it fits, else batches under one load that can be rolled back.

The running load carries the property `writer`, which is unique: there is one writer at a time. What a
batch writes and its change log are one transaction, so an interrupted load can always be taken back.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from kb.errors import GraphError, KbError, Refused, Unreachable
from kb.graph import Graph, Tx
from kb.loading import canonical, derived, read
from kb.loading.codec import Edge
from kb.loading.plan import Change, Plan, require_head
from kb.loading.write import ROWS, in_order, link, log, made, unlink, write_changes
from kb.model import TABLES

ONE_TRANSACTION = 10_000  # changes; about 100 MB of transaction memory
BATCH = 5_000
MANY = 10_000  # changes after which queries are planned anew; below, Neo4j notices by itself soon enough
ROOM, ROOM_FOR_1000 = 50, 10  # megabytes: to begin with, and for a thousand changes with their log

_running: set[str] = set()  # loads that this process is at; another one with its number has failed

Progress = Callable[[int, int], None]  # done, total


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a load did."""

    load: str
    loaded_at: datetime
    changes: int


def apply_plan(
    graph: Graph,
    plan: Plan,
    *,
    coder: str = "",
    note: str = "",
    undoes: str = "",
    progress: Progress = lambda *_: None,
) -> Receipt | None:
    """Write the plan as one load; None when there is nothing to change (and then no record is left).

    Raises Refused when the graph moved since the plan was made, or another load is running.
    After any failure or interruption the graph is as it was before.
    """
    if not plan.changes:
        return None
    recover(graph)
    graph.need_room(ROOM + len(plan.changes) * ROOM_FOR_1000 // 1000)
    now = datetime.now(UTC)
    load = f"load-{now:%Y%m%d-%H%M%S}-{secrets.token_hex(3)}"
    about = {
        "loaded_at": now,
        "coder": coder or os.environ.get("KB_CODER", ""),
        "note": note,
        "undoes": undoes or None,
        "files": [f.name for f in plan.files],
        "sha256": [f.sha256 for f in plan.files],
        "changes": len(plan.changes),
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "process_started": _process_started(os.getpid()),
    }
    changes = in_order(plan.changes)
    labels = _labels(graph, changes)
    _running.add(load)
    try:
        if len(changes) + canonical.burden(graph, changes) <= ONE_TRANSACTION:
            graph.write(lambda tx: _all_at_once(tx, load, about, plan.head, changes, labels))
        else:
            _in_batches(graph, load, about, plan.head, changes, labels, progress)
    finally:
        _running.discard(load)
    if len(changes) >= MANY:
        graph.rows(_PLAN_ANEW)
    return Receipt(load, now, len(changes))


_PLAN_ANEW = "CALL db.prepareForReplanning(30)"  # plans made for an empty graph are slow in a full one


def _labels(graph: Graph, changes: Sequence[Change]) -> dict[str, str]:
    """Labels of the ends of citations, references and judgements."""
    rows = [c for c in changes if c.table in ROWS]
    ends = {
        str(cells[k]) for c in rows for cells in (c.before, c.after) if cells for k in TABLES[c.table].key[:2]
    }
    return read.kinds(graph, ends) | {
        c.record: TABLES[c.table].labels[0] for c in changes if c.table not in ROWS and c.record in ends
    }


def _all_at_once(
    tx: Tx, load: str, about: dict[str, Any], expected: str, changes: list[Change], labels: dict[str, str]
) -> None:
    _begin(tx, load, about, expected)
    apart = canonical.set_apart(tx, changes)
    write_changes(tx, changes, {**labels, **apart.labels})
    log(tx, load, changes, 1)
    derived.renew(tx, changes, apart.actors)
    _finish(tx, load)


def _in_batches(
    graph: Graph,
    load: str,
    about: dict[str, Any],
    expected: str,
    changes: list[Change],
    labels: dict[str, str],
    progress: Progress,
) -> None:
    graph.write(lambda tx: _begin(tx, load, about, expected))
    try:
        batches = list(read.chunks(changes, BATCH))
        for n, batch in enumerate(batches):  # first of all the log: from here on everything can be taken back
            graph.write(lambda tx, b=batch, n=n: log(tx, load, b, n * BATCH + 1))  # type: ignore[misc]
        apart = canonical.set_apart(_EachAlone(graph), changes)
        _write_batches(graph, batches, {**labels, **apart.labels}, progress)
        derived.renew(_EachAlone(graph), changes, apart.actors)
        graph.write(lambda tx: _finish(tx, load))
    except Unreachable as error:
        raise Unreachable(error.message, "Load again: it takes back what this load has written.") from None
    except BaseException as error:
        _taken_back(graph, load, error)
        raise


def _taken_back(graph: Graph, load: str, reason: BaseException) -> None:
    """Roll back; if that fails after an interruption, the next command does it."""
    try:
        roll_back(graph, load)
    except KbError:
        if isinstance(reason, Exception):
            raise


def _write_batches(
    graph: Graph, batches: list[list[Change]], labels: dict[str, str], progress: Progress = lambda *_: None
) -> None:
    """Loose what goes, write what comes, then what connects records of one table."""
    done, total = 0, sum(len(batch) for batch in batches)
    for batch in batches:
        if gone := [c for c in batch if c.before is not None]:
            graph.write(lambda tx, g=gone: unlink(tx, g, labels))  # type: ignore[misc]
    held: list[Edge] = []
    for batch in batches:
        held += graph.write(lambda tx, b=batch: write_changes(tx, b, labels, late=False))  # type: ignore[misc]
        done += len(batch)
        progress(done, total)
    for some in read.chunks(held, BATCH):
        graph.write(lambda tx, s=some: link(tx, s))  # type: ignore[misc]


class _EachAlone:
    """Runs each statement in a transaction of its own, for work that can simply be done again."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def run(self, cypher: str, /, **params: Any) -> list[dict[str, Any]]:
        return self._graph.write(lambda tx: tx.run(cypher, **params))


def _begin(tx: Tx, load: str, about: dict[str, Any], expected: str) -> None:
    try:
        tx.run(
            "CREATE (l:Load {id: $id, writer: 'one', status: 'running'}) SET l += $about",
            id=load,
            about=about,
        )
    except GraphError as error:
        if "writer" in str(error):
            raise Refused("Another load is running.", "Wait for its end, then load again.") from None
        raise
    require_head(tx, expected)


def _finish(tx: Tx, load: str) -> None:
    done = tx.run(
        "MATCH (l:Load {id: $id, status: 'running'}) "
        "SET l.status = 'done' REMOVE l.writer, l.pid, l.process_started RETURN l.id AS id",
        id=load,
    )
    if not done:
        raise Refused(f"The load {load} was rolled back by somebody else.", "Load again.")


def recover(graph: Graph, say: Callable[[str], None] = lambda _: None) -> None:
    """Roll back a load whose process died or lost it. Raises Refused when its process is still at work."""
    for row in graph.rows("MATCH (l:Load {status: 'running'}) RETURN properties(l) AS load"):
        load = row["load"]
        if load["host"] != socket.gethostname():
            raise Refused(
                f"The load {load['id']} is running on {load['host']}.",
                "Wait for its end; if it died, load again on that machine to take it back.",
            )
        if _at_work(load):
            raise Refused(
                f"Another load is running (process {load['pid']}).", "Wait for its end, then load again."
            )
        say(f"The interrupted load {load['id']} is rolled back.")
        roll_back(graph, load["id"])


def _at_work(load: dict[str, Any]) -> bool:
    if load["pid"] == os.getpid() and load["id"] not in _running:
        return False
    return bool(_process_started(load["pid"]) == load["process_started"])


def _process_started(pid: int) -> float:
    """When the process with this pid started, 0 when there is none."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return 0.0


def roll_back(graph: Graph, load: str) -> None:
    """Take back whatever a running load has written, and forget it."""
    changes = in_order(change.inverse for change in reversed(made(graph, load)))
    labels = _labels(graph, changes)
    apart = canonical.set_apart(_EachAlone(graph), changes)
    batches = list(read.chunks(changes, BATCH))
    for (
        batch
    ) in batches:  # a batch that was never written has nothing to loose, one that was may be there twice
        graph.write(lambda tx, b=batch: unlink(tx, b, labels))  # type: ignore[misc]
    _write_batches(graph, batches, {**labels, **apart.labels})
    derived.renew(_EachAlone(graph), changes, apart.actors)
    while graph.write(lambda tx: tx.run(_FORGET_CHANGES, id=load))[0]["gone"]:
        pass
    graph.write(lambda tx: tx.run("MATCH (l:Load {id: $id}) DETACH DELETE l", id=load) and None)


def at_once(graph: Graph, changes: Iterable[Change]) -> Callable[[Tx], None]:
    """The work of one transaction that writes changes without a log."""
    wanted = in_order(changes)
    labels = _labels(graph, wanted)

    def work(tx: Tx) -> None:
        apart = canonical.set_apart(tx, wanted)
        write_changes(tx, wanted, {**labels, **apart.labels})
        derived.renew(tx, wanted, apart.actors)

    return work


def put(graph: Graph, changes: Iterable[Change], progress: Progress = lambda *_: None) -> None:
    """Write changes without a log; cut short, they leave a part behind. For graphs that can be made anew."""
    wanted = in_order(changes)
    if len(wanted) + canonical.burden(graph, wanted) <= ONE_TRANSACTION:
        graph.write(at_once(graph, wanted))
    else:
        labels = _labels(graph, wanted)
        apart = canonical.set_apart(_EachAlone(graph), wanted)
        _write_batches(graph, list(read.chunks(wanted, BATCH)), {**labels, **apart.labels}, progress)
        derived.renew(_EachAlone(graph), wanted, apart.actors)
    if len(wanted) >= MANY:
        graph.rows(_PLAN_ANEW)


_FORGET_CHANGES = f"""
MATCH (:Load {{id: $id}})-[:MADE]->(c:Change) WITH c LIMIT {ONE_TRANSACTION}
DETACH DELETE c RETURN count(*) AS gone
"""
