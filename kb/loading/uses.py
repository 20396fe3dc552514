"""What would point at nothing: records that name others which a plan takes out of the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kb.loading import read
from kb.loading.codec import named
from kb.model import TABLES

if TYPE_CHECKING:
    from kb.loading.plan import Change


@dataclass(frozen=True, slots=True)
class Use:
    """`by` (an id, or the key of a citation, reference or judgement) names the record `gone`."""

    by: str
    gone: str

    def __str__(self) -> str:
        return f"{self.by} names {self.gone}"


def uses(graph: read.Reader, changes: Sequence[Change]) -> list[Use]:
    """Who would still name a record that these changes retract, sorted; empty when they can be made."""
    gone: dict[str, list[str]] = defaultdict(list)
    for change in changes:
        if change.after is None and change.table not in read.ROW_TABLES:
            gone[TABLES[change.table].labels[0]].append(change.record)
    if not gone:
        return []
    everything = {ident for ids in gone.values() for ident in ids}
    found = {
        Use(c.record, i) for c in changes if c.after for _, i in named(c.table, c.after) if i in everything
    }
    found |= set(_outside(graph, gone, changes))
    return sorted(found, key=lambda use: (use.gone, use.by))


def _outside(graph: read.Reader, gone: dict[str, list[str]], changes: Sequence[Change]) -> Iterator[Use]:
    """The uses by what these changes do not touch."""
    touched = {c.record for c in changes}
    for label, ids in gone.items():
        for chunk in read.chunks(sorted(ids)):
            for row in graph.rows(_POINT_AT.format(label=read.among(label)), {"ids": chunk}):
                owners = (_owner(*found) for found in row["by"])
                yield from (Use(by, row["id"]) for by in owners if by not in touched)
    claims = set(gone.get("Claim", ()))
    for row in graph.rows(_AFTER) if claims else ():
        if row["id"] not in touched:
            yield from (Use(row["id"], ident) for ident in row["after"] if ident in claims)


def _owner(start: str, end: str, type_: str, marked: bool | None, coder: str | None) -> str:
    """The record that a relationship belongs to: the node it starts from, or a row of a table of its own."""
    if type_ == "JUDGED":
        return f"{start} {end} {coder or ''}"
    return f"{start} {end}" if type_ == "REFERS_TO" or (type_ == "CITES" and marked) else start


# What is recorded of a duplicate leads to the actor it counts as (kb.loading.canonical). Rows of a table of
# their own stay when the record goes from which they start.
_POINT_AT = """
UNWIND $ids AS id
MATCH (n:{label} {{id: id}})
CALL (n) {{
  MATCH (n)<-[r]-(o) WHERE type(r) <> 'SAME_AS' AND (r.recorded IS NULL OR o:Actor)
  RETURN coalesce(r.recorded, o.id) AS start, n.id AS end, r
  UNION ALL
  MATCH (n)-[:SAME_AS]->(:Actor)<-[r]-(o) WHERE r.recorded = n.id
  RETURN o.id AS start, n.id AS end, r
  UNION ALL
  MATCH (n)-[r:REFERS_TO|JUDGED|CITES]->(o) WHERE r.recorded IS NULL
  RETURN n.id AS start, o.id AS end, r
  UNION ALL
  MATCH (n)-[:SAME_AS]->(:Actor)-[r:CITES]->(o) WHERE r.recorded = n.id
  RETURN n.id AS start, o.id AS end, r
}}
WITH id, start, end, r, r.stance <> 'supports' OR r.directness IS NOT NULL OR r.note IS NOT NULL AS marked
RETURN id, collect([start, end, type(r), marked, r.coder]) AS by
"""
_AFTER = "MATCH (c:Claim) WHERE c.after IS NOT NULL RETURN c.id AS id, c.after AS after"
