"""Taking single claims out again, as a load of its own."""

from __future__ import annotations

from kb.errors import NotFound, Refused
from kb.graph import Graph
from kb.loading import read
from kb.loading.plan import Change, Plan, head


def plan_retraction(graph: Graph, ident: str) -> Plan:
    """The plan that retracts one claim, and with it the rows of citations and judgements that start from it.

    Raises NotFound for an unknown id, Refused when it is no claim or other records point at it.
    """
    label = read.kinds(graph, [ident]).get(ident)
    if label is None:
        raise NotFound(f"No record '{ident}' in the graph.", "See `kb show ID`, or search with `kb query`.")
    if label != "Claim":
        raise Refused(
            f"'{ident}' is no claim ({label}), and only claims are retracted.", "Correct its row instead."
        )
    rows = graph.rows(_POINTS_HERE, {"id": ident})
    if rows:
        raise Refused(
            f"'{ident}' is named by {', '.join(row['id'] for row in rows)}.",
            "Retract or correct those first.",
        )
    changes = [
        Change(table, key, cells, None)
        for table in ("citations", "judgements")
        for key, cells in read.relations(graph, table, [ident])
    ]
    changes += [
        Change(kind.table, ident, cells, None) for kind, _, cells in read.nodes(graph, "Claim", [ident])
    ]
    return Plan(changes=changes, head=head(graph))


_POINTS_HERE = """
MATCH (n:Claim {id: $id})
CALL (n) { MATCH (o)-->(n) RETURN o.id AS id UNION MATCH (o:Claim) WHERE n.id IN o.after RETURN o.id AS id }
RETURN id ORDER BY id
"""
