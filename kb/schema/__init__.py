"""What a graph holds: labels, relationship types and properties, each counted, and where to start."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from kb.errors import NotFound, did_you_mean
from kb.literals import as_name
from kb.model import RECORDS

Row = Mapping[str, Any]
Ends = Mapping[tuple[str, str], int]

# Labels that the program keeps for its own book-keeping.
OWN_LABELS = ("Load", "Change", "Migration")

NODES = "MATCH (n) RETURN labels(n) AS labels, keys(n) AS keys, count(*) AS count"
RELATIONSHIPS = """
MATCH (a)-[r]->(b)
RETURN type(r) AS type, labels(a) AS source, labels(b) AS target, keys(r) AS keys, count(*) AS count
"""

# What tells most about the nodes of a label that is no table.
_TELLING = {
    "Claim": ("id", "status", "date"),
    "Load": ("id", "status", "loaded_at"),
    "Change": ("record", "action"),
}


@dataclass(frozen=True, slots=True)
class Label:
    """A label: how many nodes bear it and each property; `within` is a wider label that all of them bear.

    `example` is a statement that shows some of them and runs on the graph.
    """

    name: str
    count: int
    properties: Mapping[str, int]
    within: str
    example: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship type: how many there are, with each property, and from which label to which.

    `example` is a statement that shows some of them and runs on the graph.
    """

    name: str
    count: int
    properties: Mapping[str, int]
    ends: Ends
    example: str


@dataclass(frozen=True, slots=True)
class Schema:
    """All labels, narrower ones behind the wider, and all relationship types; the larger come first."""

    labels: Sequence[Label]
    relations: Sequence[Relation]

    def only(self, name: str) -> Schema:
        """One label or relationship type. Raises NotFound with the nearest name."""
        labels = [label for label in self.labels if label.name == name]
        relations = [relation for relation in self.relations if relation.name == name]
        if not labels and not relations:
            known = [*(label.name for label in self.labels), *(r.name for r in self.relations)]
            near = did_you_mean(name, known) or did_you_mean(name.upper(), known)
            raise NotFound(f"No label or relationship type '{name}' in this graph.", near)
        return Schema(labels, relations)

    def without_own(self) -> Schema:
        """The same without what the program keeps for itself: loads, changes, migrations."""
        return Schema(
            [label for label in self.labels if label.name not in OWN_LABELS],
            [relation for relation in self.relations if not _is_own(relation.ends)],
        )


class Reader(Protocol):
    """What reads a graph, such as `kb.graph.Graph`."""

    def rows(self, cypher: str, /) -> list[dict[str, Any]]:
        """The rows of a statement."""
        ...


def read(graph: Reader) -> Schema:
    """The schema of a graph as it is; every node and relationship is looked at."""
    return of(graph.rows(NODES), graph.rows(RELATIONSHIPS))


def of(nodes: Sequence[Row], relationships: Sequence[Row]) -> Schema:
    """The schema from the rows of `NODES` and of `RELATIONSHIPS`."""
    counts = _counted(nodes, lambda row: row["labels"])
    types = _counted(relationships, lambda row: [row["type"]])
    ends = {name: _ends([row for row in relationships if row["type"] == name], counts) for name in types}
    within = {name: _wider(name, nodes, counts) for name in counts}
    labels = []
    for name in _ordered(counts, within):
        properties = _properties((row for row in nodes if name in row["labels"]), _table(name, within[name]))
        example = _example(name, within[name], properties, ends)
        labels.append(Label(name, counts[name], properties, within[name], example))
    telling = {label.name: _telling(label.name, label.within, label.properties)[:1] for label in labels}
    relations = []
    for name in sorted(types, key=lambda name: (_is_own(ends[name]), -types[name], name)):
        properties = _properties(row for row in relationships if row["type"] == name)
        example = _example_of_relation(name, properties, ends[name], telling)
        relations.append(Relation(name, types[name], properties, ends[name], example))
    return Schema(labels, relations)


def _is_own(ends: Ends) -> bool:
    return any(source in OWN_LABELS for source, _ in ends)


# --- counting -------------------------------------------------------------------------------------------


def _counted(rows: Iterable[Row], names: Callable[[Row], Iterable[str]]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for row in rows:
        for name in names(row):
            counts[name] += row["count"]
    return counts


def _properties(rows: Iterable[Row], table: Sequence[str] = ()) -> dict[str, int]:
    """How many have each property, the most frequent first, then in the order of the table."""
    rank = {column: place for place, column in enumerate(table)}
    counts = _counted(rows, lambda row: row["keys"])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], rank.get(item[0], len(rank)), item[0])))


def _wider(name: str, nodes: Iterable[Row], counts: Mapping[str, int]) -> str:
    """The smallest larger label that every node with this one bears; nothing when there is none."""
    sets = [set(row["labels"]) for row in nodes if name in row["labels"]]
    shared = [other for other in set.intersection(*sets) if counts[other] > counts[name]]
    return min(shared, key=lambda other: (counts[other], other), default="")


def _ordered(counts: Mapping[str, int], within: Mapping[str, str], inside: str = "") -> list[str]:
    """Each label followed by the narrower ones; those of the program last."""
    found: list[str] = []
    for name in sorted(counts, key=lambda name: (name in OWN_LABELS, -counts[name], name)):
        if within[name] == inside:
            found += [name, *_ordered(counts, within, name)]
    return found


def _ends(rows: Sequence[Row], counts: Mapping[str, int]) -> dict[tuple[str, str], int]:
    """From which label to which: the narrowest that all nodes at this end with the same widest one bear."""
    groups: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((_widest(row["source"], counts), _widest(row["target"], counts)), []).append(row)
    ends: Counter[tuple[str, str]] = Counter()
    for group in groups.values():
        source = _narrowest((row["source"] for row in group), counts)
        target = _narrowest((row["target"] for row in group), counts)
        ends[source, target] += sum(row["count"] for row in group)
    return dict(ends.most_common())


def _widest(labels: Sequence[str], counts: Mapping[str, int]) -> str:
    return max(labels, key=lambda label: (counts[label], label), default="")


def _narrowest(sets: Iterable[Sequence[str]], counts: Mapping[str, int]) -> str:
    shared = set.intersection(*map(set, sets))
    return min(shared, key=lambda label: (counts[label], label), default="")


# --- statements to start from ---------------------------------------------------------------------------


@cache
def _tables() -> dict[str, tuple[str, ...]]:
    """The columns of the table behind a label, those that every row must fill in front."""
    columns = {r.labels[-1]: (*r.required(), *r.columns()) for r in RECORDS if r.labels}
    return {label: tuple(dict.fromkeys(names)) for label, names in columns.items()} | _TELLING


def _table(name: str, within: str) -> tuple[str, ...]:
    return _tables().get(name) or _tables().get(within) or ()


def _telling(name: str, within: str, properties: Mapping[str, int]) -> list[str]:
    """The properties of a label, those that tell most first."""
    return [column for column in _table(name, within) if column in properties] or list(properties)


def _example(name: str, within: str, properties: Mapping[str, int], ends: Mapping[str, Ends]) -> str:
    told = _telling(name, within, properties)
    between = {(name, "Actor"), (within, "Actor")}
    leaving = {relation for relation, pairs in ends.items() if between & set(pairs)}
    if not {"FROM", "TO"} <= leaving or name == "Event":  # events are claims, and told by those involved
        return f"MATCH {_node('n', name)} RETURN {_of('n', told[:3]) or 'n'} LIMIT 5"
    shown = [column for column in told if column not in ("id", "date")][:1] + ["date"] * (
        "date" in properties
    )
    return (
        f"MATCH (a:Actor)<-[:FROM]-{_node('c', name)}-[:TO]->(b:Actor) "
        f"RETURN {_joined('a.name', _of('c', shown), 'b.name')} LIMIT 5"
    )


def _example_of_relation(
    name: str, properties: Mapping[str, int], ends: Ends, telling: Mapping[str, Sequence[str]]
) -> str:
    source, target = next(iter(ends))
    shown = _joined(
        _of("a", telling.get(source, ())), _of("r", list(properties)[:2]), _of("b", telling.get(target, ()))
    )
    return (
        f"MATCH {_node('a', source)}-[r:{as_name(name)}]->{_node('b', target)} "
        f"RETURN {shown or 'a, b'} LIMIT 5"
    )


def _node(variable: str, label: str) -> str:
    return f"({variable}:{as_name(label)})" if label else f"({variable})"


def _of(variable: str, names: Sequence[str]) -> str:
    return _joined(*(f"{variable}.{as_name(name)}" for name in names))


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))
