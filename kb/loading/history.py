"""What happened to the graph: its loads, the versions of a record, and taking a load back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rapidfuzz import fuzz, process

from kb.errors import NotFound, Refused, did_you_mean, quoted
from kb.graph import Graph
from kb.loading import read
from kb.loading.plan import Change, Plan, head
from kb.loading.uses import uses
from kb.loading.write import ROWS, logged, made
from kb.model import TABLES


@dataclass(frozen=True, slots=True)
class Load:
    """One finished load. `undone_by` is the load that took it back, as long as that one stands itself."""

    load_id: str
    loaded_at: datetime
    coder: str
    note: str
    files: tuple[str, ...]
    changes: int
    undoes: str | None
    undone_by: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The same for JSON, the time with microseconds."""
        return {
            "load_id": self.load_id,
            "loaded_at": self.loaded_at.isoformat(timespec="microseconds"),
            "coder": self.coder,
            "note": self.note,
            "files": list(self.files),
            "changes": self.changes,
            "undoes": self.undoes,
            "undone_by": self.undone_by,
        }


class Overtaken(Refused):
    """A load cannot be undone, because later ones touched the same records: load to records."""

    def __init__(self, touched: dict[str, list[str]]) -> None:
        said = "; ".join(f"{load}: {_few(records)}" for load, records in sorted(touched.items()))
        super().__init__(f"Later loads touched the same records ({said}).", "Undo those first.")
        self.touched = touched


@dataclass(frozen=True, slots=True)
class Version:
    """One change of a record, and the load that made it."""

    load: Load
    change: Change


def loads(graph: read.Reader) -> list[Load]:
    """Every finished load, the oldest first."""
    rows = graph.rows(_LOADS)
    standing: dict[str, str] = {}
    for row in reversed(rows):  # an undo that was undone itself takes nothing back
        if row["undoes"] and row["id"] not in standing:
            standing[row["undoes"]] = row["id"]
    return [
        Load(
            row["id"],
            row["loaded_at"],
            row["coder"],
            row["note"],
            tuple(row["files"]),
            row["changes"],
            row["undoes"],
            standing.get(row["id"]),
        )
        for row in rows
    ]


_LOADS = """
MATCH (l:Load {status: 'done'})
RETURN l.id AS id, l.loaded_at AS loaded_at, l.coder AS coder, l.note AS note, l.files AS files,
       l.changes AS changes, l.undoes AS undoes
ORDER BY loaded_at, id
"""


def history(graph: read.Reader, ident: str) -> list[Version]:
    """Every change of a record, the oldest first; loads of the same microsecond as one follows the other.

    Raises NotFound, with the nearest ids, when there never was a record of that id.
    """
    by_id = {load.load_id: load for load in loads(graph)}
    rows = graph.rows(_VERSIONS, {"record": ident})
    versions = [Version(by_id[row["load"]], logged(row)) for row in rows if row["load"] in by_id]
    if not versions:
        ids = (row["record"] for row in graph.rows("MATCH (c:Change) RETURN DISTINCT c.record AS record"))
        near = ", ".join(f"'{one}'" for one in nearest(ident, ids))
        hint = f"Nearest: {near}." if near else "`kb loads` tells what was loaded."
        raise NotFound(f"No record {quoted(ident)} was ever in the graph.", hint)
    return _in_turn(sorted(versions, key=lambda v: (v.load.loaded_at, v.load.load_id)))


def nearest(ident: str, ids: Iterable[str]) -> list[str]:
    """At most three of the ids, those that are spelled most like it."""
    return [one[0] for one in process.extract(ident, list(ids), scorer=fuzz.ratio, score_cutoff=60, limit=3)]


def _in_turn(versions: list[Version]) -> list[Version]:
    """Each version after the one whose `after` is its `before`, where times leave it open."""
    left, found = list(versions), []
    held = None
    while left:
        tied = [v for v in left if v.load.loaded_at == left[0].load.loaded_at]
        one = next((v for v in tied if v.change.before == held), left[0])
        left.remove(one)
        found.append(one)
        held = one.change.after
    return found


def rows_of(graph: read.Reader, ident: str) -> list[str]:
    """The rows of citations, references and judgements that ever started from a record, each by its key."""
    rows = graph.rows(_ROWS, {"start": f"{ident} "})
    return [row["record"] for row in rows]


_ROWS = (
    "MATCH (c:Change) WHERE c.record STARTS WITH $start RETURN DISTINCT c.record AS record ORDER BY record"
)


_VERSIONS = """
MATCH (l:Load)-[:MADE]->(c:Change {record: $record})
RETURN l.id AS load, c.table AS table, c.record AS record, c.before AS before, c.after AS after
"""


def plan_undo(graph: Graph, load_id: str) -> Plan:
    """The plan that puts back what a load changed.

    Raises NotFound for an unknown load, Refused when it was undone already, Overtaken when later loads
    touched the same records; loads that were undone, and what undid them, never count as later.
    """
    known = loads(graph)
    wanted = next((load for load in known if load.load_id == load_id), None)
    if wanted is None:
        near = did_you_mean(load_id, (load.load_id for load in known))
        raise NotFound(f"No load '{load_id}'.", near or "`kb loads` lists them.")
    if wanted.undone_by:
        raise Refused(
            f"{load_id} is undone already, by {wanted.undone_by}.", "Undo that one to have it back."
        )
    changes = made(graph, load_id)
    later = [
        load.load_id for load in known[known.index(wanted) + 1 :] if not load.undone_by and not load.undoes
    ]
    if touched := _touched(graph, later, {change.record for change in changes}):
        raise Overtaken(touched)
    plan = Plan(changes=[change.inverse for change in changes], head=head(graph))
    _refuse_moved(graph, plan, later)
    return plan


def _touched(graph: Graph, later: list[str], records: set[str]) -> dict[str, list[str]]:
    """Which of these loads touched which of the records."""
    found: dict[str, list[str]] = {}
    for chunk in read.chunks(sorted(records)) if later else ():
        for row in graph.rows(_LATER, {"loads": later, "records": chunk}):
            found.setdefault(row["load"], []).append(row["record"])
    return found


_LATER = """
UNWIND $records AS record
MATCH (l:Load)-[:MADE]->(:Change {record: record}) WHERE l.id IN $loads
RETURN DISTINCT l.id AS load, record ORDER BY load, record
"""


def _few(records: list[str]) -> str:
    more = f" and {len(records) - 5} more" if len(records) > 5 else ""
    return ", ".join(records[:5]) + more


def _refuse_moved(graph: Graph, plan: Plan, later: list[str]) -> None:
    """What the load left must still be what is there, and nothing may point at what would go."""
    left = {(c.table, c.record): c.before for c in plan.changes}  # of each what is not as it should be
    for key, cells in _held(graph, plan):
        if key in left:
            left[key] = None if left[key] == cells else cells
    moved = [c.record for c in plan.changes if left[c.table, c.record] is not None]
    if moved:
        raise Refused(
            f"{_few(moved)} changed since, without a load.", "Correct the rows and load them instead."
        )
    if used := uses(graph, plan.changes):
        said = _few([str(use) for use in used])
        loads = sorted(_touched(graph, later, {use.by for use in used}), key=later.index, reverse=True)
        first = f"Undo {', then '.join(loads)} first." if loads else "Retract what names them first."
        raise Refused(f"Records that would go are in use ({said}).", first)


def _held(graph: Graph, plan: Plan) -> Iterator[tuple[tuple[str, str], Any]]:
    by_label: dict[str, set[str]] = {}
    rows: dict[str, set[str]] = {}
    for change in plan.changes:
        if change.table in ROWS:
            rows.setdefault(change.table, set()).add(change.record.split(" ")[0])
        else:
            by_label.setdefault(TABLES[change.table].labels[0], set()).add(change.record)
    for label, ids in by_label.items():
        for kind, ident, cells in read.nodes(graph, label, ids):
            yield (kind.table, ident), cells
    for table, starts in rows.items():
        for key, cells in read.relations(graph, table, starts):
            yield (table, key), cells
