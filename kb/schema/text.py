"""The schema as text of 80 columns, as JSON, and as a class diagram of Mermaid."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap

from kb.schema import Label, Relation, Schema

WIDTH = 80
EMPTY = "The graph is empty. Load a book with `kb load BOOK`, or the casebook with `kb demo`.\n"


def text(schema: Schema) -> str:
    """Each label and relationship type with its number, its properties, and a statement to start from."""
    if not schema.labels and not schema.relations:
        return EMPTY
    lines = []
    for label in schema.labels:
        lines += [f"  {label.name} {label.count:,}" + (f", all {label.within}" if label.within else "")]
        lines += [*_body(label), ""]
    if lines:
        lines = ["Labels", "", *lines]
    if schema.relations:
        lines += ["Relationship types", ""]
    for relation in schema.relations:
        lines += [f"  {relation.name} {relation.count:,}: {_ends(relation)}", *_body(relation), ""]
    return "\n".join(line for long in lines[:-1] for line in _wrapped(long)) + "\n"


def _ends(relation: Relation) -> str:
    pairs = [(_label(source), _label(target), count) for (source, target), count in relation.ends.items()]
    if len(pairs) == 1:
        return f"{pairs[0][0]} → {pairs[0][1]}"
    return ", ".join(f"{source} → {target} {count:,}" for source, target, count in pairs)


def _label(name: str) -> str:
    return name or "(no label)"


def _body(kind: Label | Relation) -> Iterator[str]:
    if kind.properties:
        yield "    " + ", ".join(_numbered(kind))
    yield "    " + kind.example


def _numbered(kind: Label | Relation) -> Iterator[str]:
    """Each property, with the number of those that have it where not all do."""
    for name, count in kind.properties.items():
        yield name if count == kind.count else f"{name} {count:,}"


def _wrapped(line: str) -> list[str]:
    indent = " " * (len(line) - len(line.lstrip()) + 2)
    return wrap(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False) or [""]


def as_json(schema: Schema) -> str:
    """Lists `labels` and `relationships`, each with number, properties with numbers, and `example`."""
    labels = [
        {"label": k.name, "count": k.count, "within": k.within or None, **_shared(k)} for k in schema.labels
    ]
    relations = [
        {"type": k.name, "count": k.count, "ends": _listed(k.ends), **_shared(k)} for k in schema.relations
    ]
    return json.dumps({"labels": labels, "relationships": relations}, ensure_ascii=False, indent=2) + "\n"


def _shared(kind: Label | Relation) -> dict[str, object]:
    return {"properties": dict(kind.properties), "example": kind.example}


def _listed(ends: Mapping[tuple[str, str], int]) -> list[dict[str, object]]:
    return [{"from": source, "to": target, "count": count} for (source, target), count in ends.items()]


def mermaid(schema: Schema) -> str:
    """A class diagram: labels with their properties, wider labels above narrower, types between them.

    What the program keeps for itself is left out; a narrower label shows the properties that only it has.
    """
    schema = schema.without_own()
    lines = ["classDiagram", "  direction LR"]
    for label in schema.labels:
        own = [f"    {_id(name)}" for name in _own(label, schema)]
        lines += [f"  class {_id(label.name)} {{", *own, "  }"]
        lines += [f"  {_id(label.within)} <|-- {_id(label.name)}"] if label.within else []
    for relation in schema.relations:
        pairs = [pair for pair in relation.ends if all(pair)]  # a node may have no label
        lines += [f"  {_id(source)} --> {_id(target)} : {relation.name}" for source, target in pairs]
    return "\n".join(lines) + "\n"


def _own(label: Label, schema: Schema) -> list[str]:
    """The properties of a label that neither the wider one nor a single narrower one has all of."""
    wider = next((other.properties for other in schema.labels if other.name == label.within), {})
    narrower = [other.properties for other in schema.labels if other.within == label.name]
    return [
        name
        for name, count in label.properties.items()
        if wider.get(name, count) == count and not any(one.get(name) == count for one in narrower)
    ]


def _id(name: str) -> str:
    """A name as Mermaid takes it."""
    return re.sub(r"\W", "_", name)
