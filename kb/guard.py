"""What an ad hoc statement may do, decided from its plan before it runs.

READ mode alone lets through `LOAD CSV`, `SHOW SETTINGS`, `TERMINATE TRANSACTIONS` and procedures that
list the configuration. So a statement must be a pure read (query type `r`), made of operators known to
read the graph, and call no procedure beyond the few that describe it. An operator that is not known is
refused: a new version of Neo4j may bring one that reaches further.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan: its name without the database, and the details that the database prints.

    `depth` counts the steps above it, `rows` is how many the database expects.
    """

    name: str
    details: str = ""
    depth: int = 0
    rows: float | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What the database would do: `query_type` is r, w, rw or s; the operators from the last step down."""

    query_type: str
    operators: Sequence[Operator]

    def names(self) -> set[str]:
        """The distinct operator names."""
        return {operator.name for operator in self.operators}


PROCEDURES = re.compile(
    r"db\.(labels|relationshipTypes|propertyKeys)|db\.schema\.\w+|db\.index\.fulltext\.query(Nodes|Relationships)"
)
_ALLOWED_PROCEDURES = (
    "db.labels, db.relationshipTypes, db.propertyKeys, db.schema.*, db.index.fulltext.query*"
)

# The operators of Neo4j 2026.08 that only read nodes and relationships or work on rows, by family.
_READS = re.compile(
    r"""
      \w*(Scan|Seek|SeekByRange|SeekById|Lookup|IndexSearch|FromCountStore)   # finding and counting
    | \w*(Expand|Repeat|Trail|ShortestPath|ShortestPaths|PathPropagatingBFS)(\(.*\))?  # walking paths
    | ProjectEndpoints | Triadic(Selection|Build|Filter)
    | (Let|SelectOr|Anti|RollUp|Conditional|Semi)*Apply                     # subqueries
    | \w*(Hash|Merge)Join | CartesianProduct | AssertSame(Node|Relationship) | (Ordered)?Union
    | \w*Aggregation | (Ordered)?Distinct | (Partial)?(Sort|Top) | Top1WithTies | (Exhaustive)?Limit | Skip
    | Filter | Projection | Unwind | Optional | Anti | Argument | Eager | CacheProperties
    | EmptyRow | EmptyResult | ProduceResults | ProcedureCall
    | ShowIndexes | ShowConstraints
    """,
    re.VERBOSE,
)
_WHY = {
    "LoadCSV": "it reads files and addresses outside the graph",
    "ShowSettings": "it shows the configuration of the server",
    "ShowTransactions": "it shows the work of others",
    "TerminateTransactions": "it stops the work of others",
    "AdministrationCommand": "it looks at or changes users and databases",
    "ShowDatabases": "it looks at other databases",
    "TransactionApply": "it runs transactions of its own",
}


def refusal(plan: Plan) -> str | None:
    """Why this statement may not run, naming the operator or procedure; None when it may."""
    for operator in plan.operators:
        if operator.name == "ProcedureCall":
            procedure = operator.details.partition("(")[0].strip()
            if not PROCEDURES.fullmatch(procedure):
                return (
                    f"the procedure {procedure} is not among those that may be called: {_ALLOWED_PROCEDURES}"
                )
    for operator in plan.operators:
        if operator.name in _WHY:
            return f"{operator.name} is not allowed: {_WHY[operator.name]}"
    strange = next((o.name for o in plan.operators if not _READS.fullmatch(o.name)), None)
    if plan.query_type != "r":
        return f"{strange or 'the statement'} changes the graph, and only reads are allowed here"
    return f"{strange} is not an operator known to read the graph" if strange else None
