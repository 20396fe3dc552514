"""What the records of a plan join that is in the graph already."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kb.loading import read
from kb.loading.codec import named
from kb.model import TABLES
from kb.spelling import fold

if TYPE_CHECKING:
    from kb.loading.plan import Change

Name = tuple[str, str]  # as it stands in the cell, and the id of the actor it was taken for


@dataclass(slots=True)
class Links:
    """Links from what a plan adds or changes to what is in the graph.

    `records`: kind of record ("actors", "claims" …) to id to how many cells name it anew. `names`: the names
    that stood where an id is expected, and in how many cells; `own`: those of them that are the actor's own
    name. `occurrences`: those that claims of the plan come to share with claims of the graph, with the ids of
    the latter.
    """

    records: dict[str, Counter[str]] = field(default_factory=dict)
    names: Counter[Name] = field(default_factory=Counter)
    own: set[Name] = field(default_factory=set)
    occurrences: dict[str, list[str]] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The same as lists for JSON."""
        return {
            "records": [
                {"kind": kind, "id": ident, "cells": cells}
                for kind, found in self.records.items()
                for ident, cells in found.most_common()
            ],
            "names": [
                {"name": name[0], "actor": name[1], "cells": cells, "own_name": name in self.own}
                for name, cells in self.names.most_common()
            ],
            "occurrences": [{"occurrence": o, "claims": ids} for o, ids in self.occurrences.items()],
        }

    @classmethod
    def from_dict(cls, held: dict[str, Any]) -> Links:
        """The links that `as_dict` wrote."""
        records: dict[str, Counter[str]] = defaultdict(Counter)
        for row in held["records"]:
            records[row["kind"]][row["id"]] = row["cells"]
        names = Counter({(row["name"], row["actor"]): row["cells"] for row in held["names"]})
        own = {(row["name"], row["actor"]) for row in held["names"] if row["own_name"]}
        occurrences = {row["occurrence"]: row["claims"] for row in held["occurrences"]}
        return cls(dict(records), names, own, occurrences)


def find_links(graph: read.Reader, changes: Sequence[Change], named_cells: Iterable[Name]) -> Links:
    """The links of these changes; `named_cells` has (name, actor) for each cell in which a name stood."""
    added = {c.record for c in changes if c.before is None}
    names = Counter(name for name in named_cells if name[1] not in added)
    records = _records(graph, Counter(ident for ident in _anew(changes) if ident not in added))
    return Links(records, names, _own(graph, names), _occurrences(graph, changes, added))


def _own(graph: read.Reader, names: Iterable[Name]) -> set[Name]:
    """Those of the names that are the actor's own, capitals and diacritics aside."""
    names = set(names)
    own: dict[str, str] = {}
    for chunk in read.chunks(sorted({actor for _, actor in names})):
        own |= {row["id"]: fold(row["name"]) for row in graph.rows(_NAMES, {"ids": chunk})}
    return {(name, actor) for name, actor in names if fold(name) == own.get(actor)}


_NAMES = f"""
UNWIND $ids AS id
MATCH (a:Actor|{read.DUPLICATE} {{id: id}})
RETURN id, a.name AS name
"""


def _anew(changes: Iterable[Change]) -> Iterator[str]:
    """The ids that cells name after a change and did not name before."""
    for change in changes:
        before = set(named(change.table, change.before)) if change.before else ()
        for cell in named(change.table, change.after) if change.after else ():
            if cell not in before:
                yield cell[1]


def _records(graph: read.Reader, cells: Counter[str]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for ident, label in read.kinds(graph, cells).items():
        found[KINDS[label]][ident] = cells[ident]
    return {kind: found[kind] for kind in KINDS.values() if kind in found}


KINDS = {label: label.lower() + "s" for label in read.BASE_LABELS} | {
    record.labels[0]: table for table, record in TABLES.items() if len(record.labels) == 1
}


def _occurrences(graph: read.Reader, changes: Iterable[Change], added: set[str]) -> dict[str, list[str]]:
    anew = {
        c.after["occurrence"]
        for c in changes
        if c.after and "occurrence" in c.after and (c.before or {}).get("occurrence") != c.after["occurrence"]
    }
    found: dict[str, list[str]] = {}
    for chunk in read.chunks(sorted(anew)):
        for row in graph.rows(_SHARED, {"values": chunk}):
            found[row["occurrence"]] = row["ids"]
    return {
        occurrence: ids
        for occurrence, all_ids in found.items()
        if (ids := [i for i in all_ids if i not in added])
    }


_SHARED = """
UNWIND $values AS value
MATCH (c:Claim {occurrence: value})
WITH value AS occurrence, c.id AS id ORDER BY occurrence, id
RETURN occurrence, collect(id) AS ids
"""
