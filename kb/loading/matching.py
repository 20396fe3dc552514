"""The actors of a new book beside those of the graph: by the ids they have elsewhere, then by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from kb.errors import Refused
from kb.loading import read
from kb.loading.codec import Cells
from kb.loading.plan import graph_names
from kb.resolve import Candidate

NEAR = 80  # of 100: below that a name is another name more often than another spelling
STATE = "Government of "  # how UCDP names a state
COLUMNS = ("actor", "name", "xref", "candidate", "candidate_name", "score", "judge")


def actors_by_xref(graph: read.Reader) -> dict[str, str]:
    """CURIE to id of the actor that carries it; of several that were judged the same, the one that counts.

    Raises Refused when two actors carry one CURIE: nobody can say then which of them is meant.
    """
    found = {row["xref"]: sorted(row["ids"]) for row in graph.rows(_BY_XREF)}
    twice = next(((xref, ids) for xref, ids in found.items() if len(ids) > 1), None)
    if twice:
        hint = "Take it away from all but one of them."
        raise Refused(f"{twice[0]} stands in the xref of {' and '.join(twice[1])}.", hint)
    return {xref: ids[0] for xref, ids in found.items()}


_BY_XREF = """
MATCH (n:Actor|Duplicate)-[:SAME_AS]->{0,1}(a:Actor)
UNWIND n.xref AS xref
WITH xref, collect(DISTINCT n.id) AS ids, collect(DISTINCT a.id) AS actors
RETURN xref, CASE WHEN size(actors) = 1 AND size(ids) > 1 THEN actors ELSE ids END AS ids
"""


def as_in_graph(graph: read.Reader, actors: Sequence[Cells]) -> list[Cells]:
    """The rows, those of actors that the graph has under their id as they stand there: none is changed."""
    there = {ident: cells for _, ident, cells in read.nodes(graph, "Actor", [row["id"] for row in actors])}
    return [there.get(row["id"], row) for row in actors]


def suggestions(graph: read.Reader, tables: Mapping[str, Sequence[Cells]]) -> list[list[str]]:
    """Header and rows: an actor that is new, and an actor of the graph with a near name, nearest first.

    States are compared with states and persons with persons. One that has another id in the same list of
    ids is another actor, however near its name.
    """
    there = _known(graph)
    index = graph_names(graph)
    names = _names(tables)
    found = []
    for row in tables.get("actors", ()):
        near: dict[str, Candidate] = {}
        for name in names[row["id"]] if row["id"] not in there else ():
            for one in index.nearest(name):
                if one.score >= max(NEAR, near[one.actor].score if one.actor in near else 0):
                    near[one.actor] = one
        found += [_row(row, one) for one in near.values() if _may_be_one(row, there[one.actor])]
    return [list(COLUMNS), *sorted(found, key=lambda row: (-int(row[5]), row[0], row[3]))]


def _row(new: Cells, near: Candidate) -> list[str]:
    judge = f"kb judge {near.actor} {new['id']} same --why …"  # the one of the graph stays
    xref = ";".join(new.get("xref", ()))
    return [new["id"], new["name"], xref, near.actor, near.name, f"{near.score:.0f}", judge]


def _names(tables: Mapping[str, Sequence[Cells]]) -> dict[str, list[str]]:
    """Every name that the book gives an actor; a state is looked for without the words for its government."""
    names: dict[str, list[str]] = defaultdict(list)
    for row in tables.get("actors", ()):
        names[row["id"]].append(row["name"].removeprefix(STATE))
    for row in tables.get("names", ()):
        names[row["actor"]].append(row["name"].removeprefix(STATE))
    return names


def _known(graph: read.Reader) -> dict[str, Cells]:
    """The kind and the ids elsewhere of every actor of the graph."""
    rows = graph.rows("MATCH (a:Actor) RETURN a.id AS id, a.kind AS kind, coalesce(a.xref, []) AS xref")
    return {row["id"]: row for row in rows}


def _may_be_one(new: Cells, known: Cells) -> bool:
    if new["kind"] != known["kind"] and {new["kind"], known["kind"]} & {"state", "person"}:
        return False
    ids = [dict(xref.split(":", 1) for xref in each.get("xref", ())) for each in (new, known)]
    return all(ids[0][prefix] == ids[1][prefix] for prefix in ids[0].keys() & ids[1].keys())
