"""What an ad hoc statement may do, from its plan. `tests/graph/test_cypher.py` shows it on real plans."""

from __future__ import annotations

import pytest

from kb.guard import Operator, Plan, refusal


def plan(query_type: str, *names: str) -> Plan:
    """A plan of these operators; `Name: details` gives details too."""
    parts = [name.partition(": ") for name in names]
    return Plan(query_type, [Operator(name, details) for name, _, details in parts])


READS = [
    ("ProduceResults", "NodeByLabelScan", "Filter"),
    ("ProduceResults", "Projection", "Expand(All)", "OptionalExpand(Into)", "NodeUniqueIndexSeek"),
    ("ProduceResults", "VarLengthExpand(Pruning,BFS)", "MultiNodeIndexSeek", "NodeIndexSeekByRange"),
    ("ProduceResults", "ShortestPath", "CartesianProduct", "StatefulShortestPath(Into)"),
    ("ProduceResults", "Repeat(Trail)", "UndirectedRelationshipTypeScan", "NodeByElementIdSeek"),
    ("ProduceResults", "EagerAggregation", "LetSelectOrSemiApply", "AntiSemiApply", "RollUpApply"),
    ("ProduceResults", "PartialTop", "Top", "Sort", "OrderedDistinct", "NodeLeftOuterHashJoin"),
    ("ProduceResults", "RelationshipCountFromCountStore", "DynamicLabelNodeLookup"),
    ("ProduceResults", "ShowIndexes"),
    ("ProduceResults", "ProcedureCall: db.labels() :: (label :: STRING)"),
    ("ProduceResults", "ProcedureCall: db.schema.visualization() :: (nodes :: LIST<NODE>)"),
    ("ProduceResults", "ProcedureCall: db.index.fulltext.queryNodes($a, $b) :: (node :: NODE)"),
]  # fmt: skip


@pytest.mark.parametrize("names", READS, ids=lambda names: names[-1])
def test_reads_pass(names: tuple[str, ...]) -> None:
    """Whatever finds, joins, sorts and returns may run, and the procedures that describe the graph."""
    assert refusal(plan("r", *names)) is None


REFUSED = [
    ("w", "Create", "Create changes the graph"),
    ("rw", "Merge", "Merge changes the graph"),
    ("w", "Foreach", "Foreach changes the graph"),
    ("w", "SetProperty", "SetProperty changes the graph"),
    ("s", "CreateIndex", "CreateIndex changes the graph"),
    ("w", "NodeByLabelScan", "the statement changes the graph"),
    ("r", "LoadCSV", "LoadCSV is not allowed: it reads files and addresses outside"),
    ("r", "ShowSettings", "ShowSettings is not allowed"),
    ("r", "ShowTransactions", "ShowTransactions is not allowed"),
    ("r", "TerminateTransactions", "TerminateTransactions is not allowed: it stops the work of others"),
    ("s", "AdministrationCommand", "AdministrationCommand is not allowed"),
    ("s", "ShowDatabases", "ShowDatabases is not allowed"),
    ("r", "TransactionApply", "TransactionApply is not allowed"),
    ("r", "ShowProcedures", "ShowProcedures is not an operator known to read"),
    ("r", "MadeUpOperator", "MadeUpOperator is not an operator known to read"),
    (
        "s",
        "ProcedureCall: dbms.listConfig() :: (name :: STRING)",
        "the procedure dbms.listConfig is not among",
    ),
    ("r", "ProcedureCall: db.labelsX() :: ()", "the procedure db.labelsX is not among"),
    ("r", "ProcedureCall: db.awaitIndexes() :: ()", "the procedure db.awaitIndexes is not among"),
    ("r", "ProcedureCall: db.index.fulltext.awaitEventuallyConsistentIndexRefresh() :: ()", "is not among"),
    ("r", "ProcedureCall: made.up() :: ()", "the procedure made.up is not among"),
]


@pytest.mark.parametrize(("query_type", "name", "why"), REFUSED, ids=[name for _, name, _ in REFUSED])
def test_everything_else_is_refused(query_type: str, name: str, why: str) -> None:
    """A refusal names the operator or procedure, however deep it stands, and says why."""
    text = refusal(plan(query_type, "ProduceResults", name, "Argument"))
    assert text is not None
    assert why in text
