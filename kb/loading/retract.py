"""Taking single claims out again, as a load of its own."""

from __future__ import annotations

from kb.errors import NotFound, Refused
from kb.graph import Graph
from kb.loading import read
from kb.loading.complete import rows_from
from kb.loading.plan import Change, Plan, head
from kb.loading.uses import uses


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
    changes = [Change(table, key, cells, None) for table, key, cells in rows_from(graph, [ident])]
    changes += [
        Change(kind.table, ident, cells, None) for kind, _, cells in read.nodes(graph, "Claim", [ident])
    ]
    if used := uses(graph, changes):
        raise Refused(
            f"'{ident}' is named by {', '.join(use.by for use in used)}.", "Retract or correct those first."
        )
    return Plan(changes=changes, head=head(graph))
