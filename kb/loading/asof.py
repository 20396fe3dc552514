"""Back in time: the graph as it stood at a moment, and what changed between two.

The change log is never rewritten, so the loads up to a moment say what the graph held then, those that were
undone later included. What several loads did to a record telescopes: every state on the way is the `after`
of one change and the `before` of another, and what is left over is where the record began and where it
ended. So the order of loads of the same microsecond does not matter.

The graph of a moment is made in one of two ways, both by the code that writes loads, so that derived
properties are those of a load. A short way back is gone in a transaction that is never committed; it keeps
writers waiting until the answer is there. A long one does not fit into a transaction, and full-text search
ranks otherwise in one: for these there is a second graph (`kb.server.scratch`), which is moved along the log
and kept for the next question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from kb.errors import GraphError
from kb.graph import Graph, Tx
from kb.loading import read
from kb.loading.apply import ROOM, ROOM_FOR_1000, Progress, at_once, put
from kb.loading.history import Load, loads
from kb.loading.moment import Moment
from kb.loading.plan import Change, head
from kb.loading.schema import migrate
from kb.loading.words import copy_words
from kb.loading.write import logged
from kb.model import TABLES

if TYPE_CHECKING:
    from kb.server.scratch import Scratch

Bar = Callable[[int], AbstractContextManager[Progress]]  # number of changes to a bar of progress
SHORT = 5_000  # changes that a transaction can take back beside a query; about 2 s
WIPE = 10_000  # relationships, or nodes, taken away in one transaction


@dataclass(frozen=True, slots=True)
class Net:
    """What became of one record over several loads, and the loads that touched it, the oldest first."""

    change: Change
    loads: tuple[str, ...]


def net_changes(
    graph: read.Reader, load_ids: Iterable[str], tables: Collection[str] = tuple(TABLES)
) -> list[Net]:
    """The net effect of these loads (the oldest first) on each record, by table and record.

    A record that is at the end as it was at the beginning is left out.
    """
    steps: dict[tuple[str, str], list[_Step]] = defaultdict(list)
    for load in load_ids:
        for row in graph.rows(_CHANGES, {"load": load, "tables": list(tables)}):
            steps[row["table"], row["record"]].append((load, row["before"], row["after"]))
    order = {table: n for n, table in enumerate(TABLES)}
    found = []
    for table, record in sorted(steps, key=lambda key: (order[key[0]], key[1])):
        taken = steps[table, record]
        before, after = _ends([step[1] for step in taken], [step[2] for step in taken])
        if before != after:
            change = logged({"table": table, "record": record, "before": before, "after": after})
            found.append(Net(change, tuple(dict.fromkeys(step[0] for step in taken))))
    return found


_Step = tuple[str, str | None, str | None]  # load, before, after: the cells as the log has them
_CHANGES = """
MATCH (:Load {id: $load})-[:MADE]->(c:Change) WHERE c.table IN $tables
RETURN c.table AS table, c.record AS record, c.before AS before, c.after AS after ORDER BY c.n
"""


def _ends(befores: Sequence[str | None], afters: Sequence[str | None]) -> tuple[str | None, str | None]:
    """Where a chain of changes begins and ends, in whatever order its links come."""
    begins = list((Counter(befores) - Counter(afters)).elements())
    ends = list((Counter(afters) - Counter(befores)).elements())
    if not begins:
        return befores[0], befores[0]
    if len(begins) == 1:
        return begins[0], ends[0]
    return befores[0], afters[-1]  # a link is missing: clocks that differ, for one


def changed_between(
    graph: read.Reader, first: Moment, last: Moment, tables: Collection[str] = tuple(TABLES)
) -> list[Net]:
    """The net effect of the loads after the one moment (from its beginning, if a day) and up to the other."""
    between = [load.load_id for load in loads(graph) if first.before < load.loaded_at <= last.last]
    return net_changes(graph, between, tables)


# --- the graph of a moment ------------------------------------------------------------------------


def no_bar(_: int) -> AbstractContextManager[Progress]:
    """No bar of progress."""
    return nullcontext(lambda *_: None)


@contextmanager
def graph_at(
    live: Graph,
    wanted: Moment,
    say: Callable[[str], None] = lambda _: None,
    bar: Bar = no_bar,
    *,
    apart: bool = False,
    timeout: float | None = None,
) -> Iterator[Graph]:
    """The graph as it stood at a moment, to be read; `live` itself when nothing was loaded since.

    `apart`: never in a transaction of `live`; `timeout`: the limit of such a transaction in seconds, the way
    back included. What the graph is, in one line, goes to `say`. Raises ServerError when a second server is
    needed and cannot be started.
    """
    known = loads(live)
    then = [load for load in known if load.loaded_at <= wanted.last]
    say(_what(wanted, known, then))
    if len(then) == len(known):
        yield live
        return
    with ExitStack() as stack:
        near = None if apart else _rewound(live, known, then, timeout, stack)
        yield near or stack.enter_context(_second(live, known, then, say, bar))


def _what(wanted: Moment, known: Sequence[Load], then: Sequence[Load]) -> str:
    if len(then) == len(known):
        if wanted.first > datetime.now(UTC):
            return f"{wanted.text} is yet to come: this is the graph as it stands now."
        return f"Nothing was loaded since {wanted}: this is the graph as it stands now."
    if not then:
        return f"The graph was empty at {wanted}: the first load came {known[0].loaded_at:%Y-%m-%d %H:%M:%S}."
    return f"The graph as it stood at {wanted}, after {len(then):,} of {len(known):,} loads."


# --- a short way back: in a transaction


def _rewound(
    live: Graph, known: Sequence[Load], then: Sequence[Load], timeout: float | None, stack: ExitStack
) -> Graph | None:
    """The graph in a transaction that took back what came after; None where that cannot be done."""
    since = known[len(then) :]
    if sum(load.changes for load in since) > SHORT:
        return None
    changes = _one_each([net.change.inverse for net in net_changes(live, (load.load_id for load in since))])
    if changes is None:
        return None
    take_back = at_once(live, changes)

    def work(tx: Tx) -> None:
        tx.run("CREATE (:Load {writer: 'one'})")  # keeps every load out, and waits for one that is at work
        if head(tx) != known[-1].load_id:
            raise GraphError("The graph changed meanwhile.")
        take_back(tx)

    try:
        return stack.enter_context(live.imagined(work, timeout=timeout))
    except GraphError:  # a load at work, a user who may not write, too little memory or time
        return None


def _one_each(changes: list[Change]) -> list[Change] | None:
    """The changes, unless an id went from one table to another: it would be written, then taken away."""
    often = Counter(change.record for change in changes)
    return None if any(number > 1 for number in often.values()) else changes


# --- a long way back: in a second graph


@contextmanager
def _second(
    live: Graph, known: Sequence[Load], then: Sequence[Load], say: Callable[[str], None], bar: Bar
) -> Iterator[Graph]:
    from kb.server import scratch

    with scratch.borrowed(say) as room, Graph.connect(room.address) as past:
        migrate(past)
        move(live, past, room, known, then, bar)
        copy_words(live, past)
        yield past


def move(
    live: Graph, past: Graph, room: Scratch, known: Sequence[Load], then: Sequence[Load], bar: Bar
) -> None:
    """Bring the scratch graph to the state after the loads `then`."""
    target = [load.load_id for load in then]
    held = room.holds
    if held is not None and set(held) == set(target):
        return
    changes = _way(live, {load.load_id: load.changes for load in known}, held, target)
    room.note(None)
    if changes is None:
        wipe(past)
        changes = [net.change for net in net_changes(live, target)]
    room.need_room(ROOM + len(changes) * ROOM_FOR_1000 // 1000)
    with bar(len(changes)) as progress:
        put(past, changes, progress)
    room.note(target)


def _way(
    live: Graph, sizes: dict[str, int], held: list[str] | None, target: list[str]
) -> list[Change] | None:
    """The changes from the loads that are held to those of the target; None to begin from nothing."""
    if held is None or not set(held) <= set(sizes):
        return None
    forward = [load for load in target if load not in set(held)]
    back = [load for load in sizes if load in set(held) - set(target)]
    if (forward and back) or sum(map(sizes.__getitem__, forward + back)) > sum(
        map(sizes.__getitem__, target)
    ):
        return None  # shorter from nothing
    changes = [net.change for net in net_changes(live, forward or back)]
    return _one_each([change.inverse for change in changes] if back else changes)


def wipe(graph: Graph) -> None:
    """Take all out of a graph but its schema, in steps that the server has the memory for.

    Relationships first: a load, or a hub, may have more of them than one transaction can delete.
    """
    for query in _WIPE:
        while graph.write(lambda tx, q=query: tx.run(q, most=WIPE))[0]["gone"]:  # type: ignore[misc]
            pass


_WIPE = (
    "MATCH ()-[r]->() WITH r LIMIT $most DELETE r RETURN count(*) AS gone",
    "MATCH (n) WHERE NOT n:Migration WITH n LIMIT $most DELETE n RETURN count(*) AS gone",
)
