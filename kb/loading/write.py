"""Changes to statements: how records, relationships and the change log are written in one transaction."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from kb.graph import Tx
from kb.loading.codec import Cells, Edge, edges, node_row, same
from kb.loading.plan import Change
from kb.loading.read import Reader, chunks
from kb.model import TABLES
from kb.paths import resource

# Records come after those that they point at; retracted ones go in the opposite order.
ORDER = (
    "sources", "actors", "cases", "concepts", "evidence", "names", "searches", "pledges", "support", "ties",
    "schisms", "lineage", "events", "findings", "citations", "references", "judgements",
)  # fmt: skip
# Relationships between two records of one table: both ends must be there first.
WITHIN = frozenset({"REPEATS", "VARIANT_OF", "RELATED_TO"})
ROWS = {"citations": "CITES", "references": "REFERS_TO", "judgements": "JUDGED"}


@cache
def statement(table: str) -> str:
    """The statement that writes the nodes of a table."""
    return (resource("cypher") / "load" / f"{table}.cypher").read_text("utf-8")


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The changes in an order in which every record finds what it points at."""
    rank = {table: n for n, table in enumerate(ORDER)}
    return sorted(
        changes, key=lambda c: (c.after is None, rank[c.table] * (1 if c.after is not None else -1))
    )


def write_changes(
    tx: Tx, changes: Sequence[Change], labels: Mapping[str, str], *, late: bool = True
) -> list[Edge]:
    """Write records and their relationships; the order is that of `in_order`.

    Relationships within one table are written too, or (`late` false) given back to be written when all
    nodes are there. `labels` are those of the ends of citations and judgements.
    """
    made = [(c.table, c.after) for c in changes if c.after is not None]
    unlink(tx, [c for c in changes if c.before is not None], labels)
    _nodes(tx, made)
    found = [edge for table, cells in made for edge in edges(table, cells, labels)]
    held = [] if late else [edge for edge in found if edge.type in WITHIN]
    link(tx, found if late else [edge for edge in found if edge.type not in WITHIN])
    _remove(tx, [c for c in changes if c.after is None and c.table not in ROWS])
    return held


def _nodes(tx: Tx, made: Iterable[tuple[str, Cells]]) -> None:
    by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for table, cells in made:
        if table not in ROWS:
            by_table[table].append(node_row(table, cells))
    for table, rows in by_table.items():
        for chunk in chunks(rows):
            tx.run(statement(table), rows=chunk)


def link(tx: Tx, found: Iterable[Edge]) -> None:
    """Create relationships, those of one kind together."""
    by_kind: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for edge in found:
        row = {"a": edge.start, "b": edge.end, "props": edge.props}
        by_kind[edge.start_label, edge.type, edge.end_label].append(row)
    for (start, type_, end), rows in by_kind.items():
        query = (
            f"UNWIND $rows AS row MATCH (a:{start} {{id: row.a}}) MATCH (b:{end} {{id: row.b}}) "
            f"CREATE (a)-[r:{type_}]->(b) SET r = row.props"
        )
        for chunk in chunks(rows):
            tx.run(query, rows=chunk)


def unlink(tx: Tx, changes: Sequence[Change], labels: Mapping[str, str]) -> None:
    """Take away the relationships that these records own, and the rows of the relation tables."""
    owned: dict[str, list[str]] = defaultdict(list)
    rows: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for change in changes:
        if change.table not in ROWS:
            owned[TABLES[change.table].labels[0]].append(change.record)
            continue
        start, end, *_ = TABLES[change.table].key
        cells = change.before or change.after or {}
        row = {"a": cells[start], "b": cells[end], "coder": cells.get("coder")}
        rows[labels[cells[start]], ROWS[change.table]].append(row)
    for label, ids in owned.items():
        for chunk in chunks(ids):
            tx.run(_UNLINK.format(label=label), ids=chunk)
    for (label, type_), found in rows.items():
        for some in chunks(found):
            tx.run(_UNLINK_ROWS.format(label=label, type=type_), rows=some)


def _remove(tx: Tx, gone: Sequence[Change]) -> None:
    by_label: dict[str, list[str]] = defaultdict(list)
    for change in gone:
        by_label[TABLES[change.table].labels[0]].append(change.record)
    for label, ids in by_label.items():
        for chunk in chunks(ids):
            tx.run(f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) DELETE n", ids=chunk)


_UNLINK = """
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})-[r]->()
WHERE NOT type(r) IN ['REFERS_TO', 'JUDGED']
  AND (type(r) <> 'CITES' OR r.stance = 'supports' AND r.directness IS NULL AND r.note IS NULL)
DELETE r
"""
# A citation that only supports belongs to the cell `evidence` of its claim.
_UNLINK_ROWS = """
UNWIND $rows AS row
MATCH (a:{label} {{id: row.a}})-[r:{type}]->(b {{id: row.b}})
WHERE (row.coder IS NULL OR r.coder = row.coder)
  AND (type(r) <> 'CITES' OR r.stance <> 'supports' OR r.directness IS NOT NULL OR r.note IS NOT NULL)
DELETE r
"""


def log(tx: Tx, load: str, changes: Sequence[Change], first: int) -> None:
    """Write a `:Change` with the cells before and after for every change of the load."""
    rows = [
        {
            "id": f"{load}.{n}",
            "n": n,
            "record": change.record,
            "table": change.table,
            "action": change.action,
            "before": _json(change.before),
            "after": _json(change.after),
        }
        for n, change in enumerate(changes, first)
    ]
    for chunk in chunks(rows):
        tx.run(_LOG, load=load, rows=chunk)


def _json(cells: Mapping[str, Any] | None) -> str | None:
    return None if cells is None else json.dumps(cells, ensure_ascii=False, sort_keys=True)


def logged(row: Mapping[str, Any]) -> Change:
    """The change that a `:Change` node stands for."""
    return Change(same(row["table"]), same(row["record"]), _cells(row["before"]), _cells(row["after"]))


def made(graph: Reader, load: str) -> list[Change]:
    """The changes of a load in their order; of one that was cut short those that were logged."""
    rows = graph.rows("MATCH (l:Load {id: $load}) RETURN l.changes AS number", {"load": load})
    numbers = list(range(1, rows[0]["number"] + 1)) if rows else []
    return [
        logged(row)
        for chunk in chunks(numbers)
        for row in graph.rows(_LOGGED, {"load": load, "first": chunk[0], "last": chunk[-1]})
    ]


def _cells(text: str | None) -> dict[str, Any] | None:
    if text is None:
        return None
    cells = json.loads(text).items()
    return {same(c): tuple(map(same, v)) if isinstance(v, list) else same(v) for c, v in cells}


# Piece by piece, by id: sorted as a whole a large log would not fit into the memory of the server.
_LOGGED = """
UNWIND range($first, $last) AS n
MATCH (c:Change {id: $load + '.' + n})
RETURN n, c.table AS table, c.record AS record, c.before AS before, c.after AS after ORDER BY n
"""
_LOG = """
MATCH (l:Load {id: $load})
UNWIND $rows AS row
CREATE (l)-[:MADE]->(c:Change)
SET c = row
"""
