"""The records that are in the graph, as the cells of their tables.

Records judged the same are given back as they were recorded (`kb.loading.canonical`): an actor that counts as
another is an actor here, and a relationship leads from and to the actors that the record names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Protocol, TypeVar

from kb.loading.codec import Cells, as_recorded, cells_of_node
from kb.model import TABLES, Citation, Judgement, Record, Reference

CHUNK = 5_000

# labels that carry an id, the most special one last
BASE_LABELS = ("Actor", "Name", "Claim", "Search", "Source", "Evidence", "Case", "Concept", "Finding")
DUPLICATE = "Duplicate"  # of an actor that counts as another; for the reader of records it is an Actor
_BY_LABELS = {record.labels[-1]: record for record in TABLES.values() if record.labels}

T = TypeVar("T")


class Reader(Protocol):
    """Anything that runs a read: a graph, or an open transaction."""

    def rows(self, cypher: str, params: dict[str, Any] | None = None) -> list[dict[str, Any]]: ...


def kinds(graph: Reader, ids: Iterable[str]) -> dict[str, str]:
    """Id to label for the ids that are in the graph."""
    wanted = sorted(set(ids))
    found: dict[str, str] = {}
    for label in (*BASE_LABELS, DUPLICATE):
        for chunk in chunks([i for i in wanted if i not in found]):
            query = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
            stands_for = "Actor" if label == DUPLICATE else label
            found.update((row["id"], stands_for) for row in graph.rows(query, {"ids": chunk}))
    return found


def chunks(values: list[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The list in pieces of at most `size`."""
    return (values[n : n + size] for n in range(0, len(values), size))


def nodes(
    graph: Reader, label: str, ids: Collection[str] | None = None
) -> Iterator[tuple[type[Record], str, Cells]]:
    """(record type, id, cells) of the nodes with this base label: those of `ids`, or all, sorted by id."""
    returned = _RETURN_ACTOR if label == "Actor" else _RETURN
    label = among(label)
    if ids is None:
        yield from _decoded(graph.rows(_ALL.format(label=label) + returned))
        return
    for chunk in chunks(sorted(ids)):
        yield from _decoded(graph.rows(_SOME.format(label=label) + returned, {"ids": chunk}))


def among(label: str) -> str:
    """The labels under which the records of this label are found."""
    return f"Actor|{DUPLICATE}" if label == "Actor" else label


def _decoded(rows: list[dict[str, Any]]) -> Iterator[tuple[type[Record], str, Cells]]:
    for row in rows:
        kind = next(_BY_LABELS[label] for label in reversed(_RANK) if label in row["labels"])
        links = [tuple(link) for link in row["links"]]
        yield kind, row["id"], cells_of_node(kind, as_recorded(row["props"]), links)


def relations(
    graph: Reader, table: str, starts: Collection[str] | None = None
) -> Iterator[tuple[str, Cells]]:
    """(key, cells) of the rows of citations, references or judgements: of these start ids, or all."""
    kind = TABLES[table]
    start, end = kind.key[:2]
    pieces = [None] if starts is None else list(chunks(sorted(starts)))
    unwind, among = ("", "") if starts is None else ("UNWIND $ids AS id ", "a.id = id AND ")
    for pattern, holds in _STARTS[table]:
        query = f"{unwind}MATCH {pattern} WHERE {among}{holds} {_RETURN_ROW}"
        for ids in pieces:
            for row in graph.rows(query, {"ids": ids}):
                cells = {start: row["start"], end: row["end"], **row["props"]}
                ordered = {c: cells[c] for c in kind.columns() if c in cells}
                yield " ".join(str(ordered.get(k, "")) for k in kind.key), ordered


_RETURN_ROW = "RETURN a.id AS start, b.id AS end, properties(r) AS props ORDER BY start, end"
# What only supports stands in the cell `evidence` of its claim.
_MARKED = "(r.stance <> 'supports' OR r.directness IS NOT NULL OR r.note IS NOT NULL)"


ROW_TABLES = (Citation.table, Reference.table, Judgement.table)
_STARTS = {
    Citation.table: [
        *(
            (f"(a:{label})-[r:CITES]->(b)", f"r.recorded IS NULL AND {_MARKED}")
            for label in ("Claim", "Name", "Search", "Actor")
        ),
        (f"(a:{DUPLICATE})-[:SAME_AS]->(:Actor)-[r:CITES]->(b)", f"r.recorded = a.id AND {_MARKED}"),
    ],
    Reference.table: [("(a:Source)-[r:REFERS_TO]->(b)", "true")],
    Judgement.table: [(f"(a:{label})-[r:JUDGED]->(b)", "true") for label in ("Actor", DUPLICATE, "Claim")],
}
_BY_LABELS[DUPLICATE] = TABLES["actors"]
_RANK = [*BASE_LABELS, DUPLICATE, "Pledge", "Support", "Tie", "Schism", "Lineage", "Event"]
_ALL = "MATCH (n:{label}) "
_SOME = "UNWIND $ids AS wanted MATCH (n:{label} {{id: wanted}}) "
_NODE = "RETURN n.id AS id, labels(n) AS labels, properties(n) AS props, "
_RETURN = (
    _NODE + "[(n)-[r]->(m) WHERE NOT type(r) IN ['REFERS_TO', 'JUDGED'] | "
    "[type(r), coalesce(r.recorded, m.id), properties(r)]] AS links ORDER BY id"
)
# Of what an actor cites, some may have been recorded of another that counts as this one.
_RETURN_ACTOR = (
    _NODE + "[(n)-[:SAME_AS*0..1]->(a)-[r:CITES]->(m) WHERE coalesce(r.recorded, a.id) = n.id | "
    "[type(r), m.id, properties(r)]] AS links ORDER BY id"
)
