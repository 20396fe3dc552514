"""Records as the graph stores them: a node with properties, and relationships; and back again."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kb import dates
from kb.model import KIND_LABELS, TABLES, Actor, Dyad, Record, Tie

Cells = dict[str, Any]

DIRECTED_TIES = ("host", "membership", "affiliation")


@dataclass(frozen=True, slots=True)
class Edge:
    """One relationship to write: labels and ids of both ends, type, properties."""

    start_label: str
    start: str
    type: str
    end_label: str
    end: str
    props: Mapping[str, Any]


def normal(record: Record) -> Record:
    """The record as it is stored: lists of ids sorted, an undirected tie with the smaller id first."""
    change: dict[str, Any] = {}
    for column in record.links():
        field = record.columns()[column][0]
        value = getattr(record, field)
        if isinstance(value, tuple) and list(value) != sorted(set(value)):
            change[field] = tuple(sorted(set(value)))
    if isinstance(record, Tie):
        directed = record.tie_type in DIRECTED_TIES if record.directed is None else record.directed
        if directed != record.directed:
            change["directed"] = directed
        if not directed and record.from_ > record.to:
            change |= {"from_": record.to, "to": record.from_}
    return record.model_copy(update=change) if change else record


def from_cells(table: str, cells: Mapping[str, Any]) -> Record:
    """A record from cells that were checked before (out of the graph or the change log)."""
    kind = TABLES[table]
    listed = kind.lists()
    return kind.model_validate({c: tuple(v) if c in listed else v for c, v in cells.items()})


def properties(table: str, cells: Mapping[str, Any]) -> Cells:
    """The properties of a record's node: its cells that are no relationships, and the bounds of dates."""
    kind = TABLES[table]
    links = kind.links()
    props: Cells = {c: list(v) if type(v) is tuple else v for c, v in cells.items() if c not in links}
    for column, mark in kind.dated().items():
        if text := cells.get(column):
            mode = "whole" if cells.get("presence") == "absent" else mark.mode
            props |= bounds_properties(dates.parse(text, mode=mode), mark.prefix or f"{column}_", mark.short)
    return props


def bounds_properties(bounds: dates.Bounds, prefix: str, short: bool) -> Cells:
    """How a date is stored: four bounds and its flags, or when short the first and last day with a prefix."""
    if short:
        lo, hi = dates.span(bounds)
        return {f"{prefix}{name}": day for name, day in (("lo", lo), ("hi", hi)) if day}
    days = {n: getattr(bounds, n) for n in ("start_lo", "start_hi", "end_lo", "end_hi")}
    flags: Cells = {"date_mode": bounds.mode}
    for name, on in (
        ("end_open", bounds.end_open),
        ("date_uncertain", bounds.uncertain),
        ("date_approximate", bounds.approximate),
    ):
        if on:
            flags[name] = True
    return {n: day for n, day in days.items() if day} | flags


def same(value: Any) -> Any:
    """One object for all texts of the same letters: ids of actors and codes stand in many claims."""
    return sys.intern(value) if type(value) is str else value


def node_row(table: str, cells: Mapping[str, Any]) -> Cells:
    """The row of a record for the statement of its table in `cypher/load`."""
    row: Cells = {"id": cells["id"], "props": properties(table, cells)}
    if table == Actor.table:
        row["label"] = KIND_LABELS[cells["kind"]]
    return row


def edges(table: str, cells: Mapping[str, Any], labels: Mapping[str, str]) -> list[Edge]:
    """The relationships of a record; `labels` has those of ends that can be of several kinds, or differ."""
    kind = TABLES[table]
    if kind.relationship:
        return [_row_edge(kind, cells, labels)]
    found = []
    ident = cells["id"]
    for column, link in kind.links().items():
        value = cells.get(column)
        if value is None:
            continue
        shared: Cells = {prop: cells[c] for c, prop in link.carries if c in cells}
        if link.role:
            shared["role"] = link.role
        elif link.type == "CITES":
            shared["stance"] = "supports"
        for one in (value,) if isinstance(value, str) else value:
            end, props = one, shared
            if column == "participants":
                end, _, role = one.rpartition("=")
                props = {"role": role}
            found.append(Edge(kind.labels[0], ident, link.type, labels.get(end, link.to), end, props))
    return found


def _row_edge(kind: type[Record], cells: Mapping[str, Any], labels: Mapping[str, str]) -> Edge:
    """The relationship that a row of citations, references or judgements is."""
    (start, starts), (end, ends) = ((c, kind.names()[c]) for c in kind.key[:2])
    props = {c: v for c, v in cells.items() if c not in (start, end)}
    start_label, end_label = (
        allowed[0] if len(allowed) == 1 else labels[cells[column]]
        for column, allowed in ((start, starts), (end, ends))
    )
    return Edge(start_label, cells[start], kind.relationship, end_label, cells[end], props)


def named(table: str, cells: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(column, id) for every record that a row names in its cells."""
    for column in TABLES[table].names():
        value = cells.get(column)
        for one in (value,) if isinstance(value, str) else value or ():
            yield column, one.rpartition("=")[0] if column == "participants" else one


def is_plain(props: Mapping[str, Any]) -> bool:
    """Whether a citation says no more than the cell `evidence` says: it supports."""
    return props.get("stance") == "supports" and not props.get("directness") and not props.get("note")


def cells_of_node(
    kind: type[Record], props: Mapping[str, Any], links: list[tuple[str, str, Mapping[str, Any]]]
) -> Cells:
    """The cells of the record that a node stands for; `links` = (type, id of the end, properties)."""
    known = kind.links()
    cells: Cells = {}
    for column in kind.columns():
        if column not in known:
            value = props.get(column)
            if value is not None:
                cells[column] = tuple(value) if isinstance(value, list) else _as_cell(value)
            continue
        link = known[column]
        ends = [
            f"{end}={p['role']}" if column == "participants" else end
            for type_, end, p in links
            if type_ == link.type
            and (not link.role or p.get("role") == link.role)
            and (type_ != "CITES" or is_plain(p))
        ]
        if ends:
            cells[column] = tuple(sorted(ends)) if column in kind.lists() else ends[0]
    return cells


def as_recorded(props: Mapping[str, Any]) -> Cells:
    """The properties of a node as its record has them, whatever judgements make of it."""
    found = dict(props)
    if "recorded_occurrence" in found:
        found["occurrence"] = found.pop("recorded_occurrence") or None
    return found


def _as_cell(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def pair(record: Record) -> tuple[str, str] | None:
    """The two actors of a claim between two, in the order of their ids."""
    if not isinstance(record, Dyad):
        return None
    return (record.from_, record.to) if record.from_ < record.to else (record.to, record.from_)
