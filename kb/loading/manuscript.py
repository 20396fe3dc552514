"""The claims that a manuscript names, as they are in the graph now, and what became of those that are not."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from kb.errors import NotFound, did_you_mean
from kb.evidence.cards import quotation, what_it_says
from kb.export.manuscript import State
from kb.loading import read
from kb.loading.history import history


def states(graph: read.Reader, ids: Collection[str]) -> dict[str, State]:
    """The state of each claim of these ids that is in the graph."""
    found = {}
    for chunk in read.chunks(sorted(ids)):
        for row in graph.rows(_CLAIMS, {"ids": chunk}):
            found[row["props"]["id"]] = _state(row)
    return found


def _state(row: Mapping[str, Any]) -> State:
    props = row["props"]
    evidence = {cells["id"]: _evidence(stance, cells) for stance, cells in row["cites"]}
    says = what_it_says(row["kind"], props, row["start"] or "", row["end"] or "")
    return State(says, props.get("date") or "", props["status"], dict(sorted(evidence.items())))


def _evidence(stance: str, cells: Mapping[str, Any]) -> str:
    words = {column: cells.get(column) for column in ("quote_start", "quote_end", "quote_words")}
    return f"{stance}: {quotation(words) if words['quote_start'] else cells['summary']}"


_CLAIMS = """
MATCH (c:Claim) WHERE c.id IN $ids
RETURN properties(c) AS props, toLower(head([l IN labels(c) WHERE l <> 'Claim'])) AS kind,
       head([(c)-[:FROM]->(a) | a.id]) AS start, head([(c)-[:TO]->(a) | a.id]) AS end,
       [(c)-[x:CITES]->(e) | [x.stance, properties(e)]] AS cites
"""


def gone(graph: read.Reader, ids: Collection[str]) -> dict[str, str]:
    """What became of the claims of these ids that are not in the graph: retracted when, or never there."""
    return {ident: _fate(graph, ident) for ident in sorted(ids)}


def _fate(graph: read.Reader, ident: str) -> str:
    try:
        versions = history(graph, ident)
    except NotFound:
        near = did_you_mean(ident, (row["id"] for row in graph.rows("MATCH (c:Claim) RETURN c.id AS id")))
        return f"is no claim of this graph. {near}".strip()
    last = versions[-1]
    if last.change.after is not None:
        return f"is no claim, but a row of {last.change.table}"
    return f"was retracted by {last.load.load_id} on {last.load.loaded_at:%Y-%m-%d}"
