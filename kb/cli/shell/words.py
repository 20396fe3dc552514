"""What the prompt can complete: the words of Cypher, and the names that this graph has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.graph import Graph

# Words of statements that only read; the others would be refused.
KEYWORDS = (
    "ALL SHORTEST", "ALL", "AND", "ANY", "AS", "ASC", "CALL", "CASE", "COLLECT", "CONTAINS", "COUNT",
    "DESC", "DISTINCT", "ELSE", "END", "ENDS WITH", "EXISTS", "FALSE", "FILTER", "IN", "IS NOT NULL",
    "IS NULL", "LET", "LIMIT", "MATCH", "NOT", "NULL", "OPTIONAL MATCH", "OR", "ORDER BY", "RETURN",
    "SHORTEST", "SHOW INDEXES", "SKIP", "STARTS WITH", "THEN", "TRUE", "UNION", "UNION ALL", "UNWIND",
    "WHEN", "WHERE", "WITH", "XOR", "YIELD",
)  # fmt: skip
WORDS = frozenset(word for keyword in KEYWORDS for word in keyword.split())

_SEEN = 200  # nodes or relationships of a kind whose properties are looked at
_LABELS = """
CALL db.labels() YIELD label
CALL (label) {
  MATCH (n:$(label)) WITH n LIMIT $seen UNWIND keys(n) AS key RETURN collect(DISTINCT key) AS keys
}
RETURN label AS name, keys ORDER BY name
"""
_TYPES = """
CALL db.relationshipTypes() YIELD relationshipType AS type
CALL (type) {
  MATCH ()-[r:$(type)]->() WITH r LIMIT $seen UNWIND keys(r) AS key RETURN collect(DISTINCT key) AS keys
}
RETURN type AS name, keys ORDER BY name
"""
_FUNCTIONS = "SHOW FUNCTIONS YIELD name RETURN DISTINCT name ORDER BY name"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names that can stand in a statement: labels and relationship types, each with its properties."""

    labels: Mapping[str, Sequence[str]] = field(default_factory=dict)
    types: Mapping[str, Sequence[str]] = field(default_factory=dict)
    functions: Sequence[str] = ()
    queries: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def properties(self, kinds: Iterable[str] = ()) -> list[str]:
        """The properties of these labels and types; of all of them when none of them is known."""
        everything = {**self.labels, **self.types}
        lists = [everything[kind] for kind in kinds if kind in everything] or everything.values()
        return sorted({name for names in lists for name in names})


def vocabulary(graph: Graph) -> Vocabulary:
    """The names of a graph; properties are those of the first nodes of each label."""
    from kb import catalog

    def named(statement: str) -> dict[str, list[str]]:
        return {row["name"]: sorted(row["keys"]) for row in graph.rows(statement, {"seen": _SEEN})}

    functions = [row["name"] for row in graph.rows(_FUNCTIONS)]
    queries = {name: [param.name for param in query.params] for name, query in catalog.library().items()}
    return Vocabulary(named(_LABELS), named(_TYPES), functions, queries)
