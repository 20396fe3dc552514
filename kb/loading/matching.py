"""The actors of a new book beside those of the graph: by the ids they have elsewhere, then by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from kb.errors import Refused
from kb.loading import read
from kb.loading.codec import Cells
from kb.loading.plan import graph_names

NEAR = 90  # of 100: below that a name is another name more often than another spelling
COLUMNS = ("actor", "name", "xref", "candidate", "candidate_name", "score", "judge")


def actors_by_xref(graph: read.Reader) -> dict[str, str]:
    """CURIE to id of the actor that carries it.

    Raises Refused when two actors carry one CURIE: nobody can say then which of them is meant.
    """
    query = "MATCH (a:Actor) UNWIND a.xref AS xref RETURN xref, collect(DISTINCT a.id) AS ids"
    found = {row["xref"]: sorted(row["ids"]) for row in graph.rows(query)}
    twice = next(((xref, ids) for xref, ids in found.items() if len(ids) > 1), None)
    if twice:
        hint = "Take it away from all but one of them."
        raise Refused(f"{twice[0]} stands in the xref of {' and '.join(twice[1])}.", hint)
    return {xref: ids[0] for xref, ids in found.items()}


def as_in_graph(graph: read.Reader, actors: Sequence[Cells]) -> list[Cells]:
    """The rows, those of actors that the graph has under their id as they stand there: none is changed."""
    there = {ident: cells for _, ident, cells in read.nodes(graph, "Actor", [row["id"] for row in actors])}
    return [there.get(row["id"], row) for row in actors]


def suggestions(graph: read.Reader, actors: Sequence[Cells]) -> list[list[str]]:
    """Header and rows: an actor that is new, and an actor of the graph whose name is near, nearest first.

    One that has another id in the same list of ids is another actor, however near its name.
    """
    there = read.kinds(graph, [row["id"] for row in actors])
    index = graph_names(graph)
    elsewhere: dict[str, dict[str, str]] = defaultdict(dict)
    for xref, actor in actors_by_xref(graph).items():
        elsewhere[actor].update([_parts(xref)])
    rows = [
        [row["id"], row["name"], ";".join(row.get("xref", ())), found.actor, found.name, f"{found.score:.0f}"]
        for row in actors
        if row["id"] not in there
        for found in index.nearest(row["name"])
        if found.score >= NEAR
        and not any(elsewhere[found.actor].get(p, i) != i for p, i in map(_parts, row.get("xref", ())))
    ]
    rows.sort(key=lambda row: (-int(row[5]), row[0]))
    return [list(COLUMNS), *([*row, f"kb judge {row[0]} {row[3]} same --why …"] for row in rows)]


def _parts(xref: str) -> tuple[str, str]:
    prefix, _, ident = xref.partition(":")
    return prefix, ident
