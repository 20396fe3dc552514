"""What is counted of a graph, and how it is written and drawn, from rows as the database gives them."""

from __future__ import annotations

import json
from itertools import combinations
from typing import Any

import pytest

from kb.errors import NotFound
from kb.schema import Schema, of
from kb.schema.picture import figure
from kb.schema.text import as_json, mermaid, text

NODES = [
    {"labels": ["Actor", "Group"], "keys": ["id", "name", "kind"], "count": 3},
    {"labels": ["Actor", "State"], "keys": ["kind", "name", "id", "country"], "count": 2},
    {"labels": ["Claim", "Pledge"], "keys": ["id", "act", "date"], "count": 4},
    {"labels": ["Claim", "Event"], "keys": ["id", "title"], "count": 1},
    {"labels": ["Load"], "keys": ["id"], "count": 7},
    {"labels": ["Made Up"], "keys": [], "count": 1},
]
RELATIONSHIPS = [
    *(
        {"type": kind, "source": ["Claim", "Pledge"], "target": ["Actor", end], "keys": [], "count": 2}
        for kind in ("FROM", "TO")
        for end in ("Group", "State")
    ),
    {"type": "KNOWS", "source": ["Group", "Actor"], "target": ["State", "Actor"], "keys": ["x"], "count": 1},
    {"type": "KNOWS", "source": ["Actor", "Group"], "target": ["Made Up"], "keys": [], "count": 2},
    {"type": "MADE", "source": ["Load"], "target": ["Load"], "keys": [], "count": 9},
]  # fmt: skip


@pytest.fixture
def schema() -> Schema:
    """Two wide labels with two narrower ones each, one of the program, one that is made up."""
    return of(NODES, RELATIONSHIPS)


def test_labels_are_counted_with_the_wider_one_they_lie_in(schema: Schema) -> None:
    """Wider labels by size, the narrower ones behind theirs, what the program keeps last."""
    assert [(label.name, label.count, label.within) for label in schema.labels] == [
        ("Actor", 5, ""),
        ("Group", 3, "Actor"),
        ("State", 2, "Actor"),
        ("Claim", 5, ""),
        ("Pledge", 4, "Claim"),
        ("Event", 1, "Claim"),
        ("Made Up", 1, ""),
        ("Load", 7, ""),
    ]
    assert schema.labels[0].properties == {"id": 5, "name": 5, "kind": 5, "country": 2}


def test_ends_of_a_type_are_the_narrowest_labels_that_all_share(schema: Schema) -> None:
    """Pledges of groups and states: from Pledge to Actor; two ends that share nothing stand apart."""
    ends = {relation.name: dict(relation.ends) for relation in schema.relations}
    assert ends["FROM"] == {("Pledge", "Actor"): 4}
    assert ends["KNOWS"] == {("Group", "Made Up"): 2, ("Group", "State"): 1}
    assert [relation.name for relation in schema.relations] == ["FROM", "TO", "KNOWS", "MADE"]


def test_every_kind_has_a_statement_to_start_from(schema: Schema) -> None:
    """Claims between two actors with both, others with what tells most; odd names in backticks."""
    examples = {label.name: label.example for label in schema.labels}
    assert examples["Pledge"] == (
        "MATCH (a:Actor)<-[:FROM]-(c:Pledge)-[:TO]->(b:Actor) RETURN a.name, c.act, c.date, b.name LIMIT 5"
    )
    assert examples["Event"] == "MATCH (n:Event) RETURN n.id, n.title LIMIT 5"
    assert examples["State"] == "MATCH (n:State) RETURN n.id, n.name, n.kind LIMIT 5"
    assert examples["Made Up"] == "MATCH (n:`Made Up`) RETURN n LIMIT 5"
    relations = {relation.name: relation.example for relation in schema.relations}
    assert relations["KNOWS"] == "MATCH (a:Group)-[r:KNOWS]->(b:`Made Up`) RETURN a.id, r.x LIMIT 5"


def test_the_text_has_numbers_where_not_all_have_a_property(schema: Schema) -> None:
    """A property that all have stands without its number; lines are 80 columns at most."""
    shown = text(schema)
    assert "  State 2, all Actor\n    id, name, kind, country\n" in shown
    assert "  Actor 5\n    id, name, kind, country 2\n" in shown
    assert "  KNOWS 3: Group → Made Up 2, Group → State 1\n    x 1\n" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_one_label_or_type_alone_keeps_its_statement(schema: Schema) -> None:
    """The statement is the same as in the whole; an unknown name gets the nearest, in any case."""
    assert text(schema.only("FROM")).startswith("Relationship types\n\n  FROM 4: Pledge → Actor\n    MATCH")
    assert "<-[:FROM]-(c:Pledge)" in text(schema.only("Pledge"))
    for wrong, near in (("pledge", "'Pledge'"), ("knows", "'KNOWS'"), ("Acter", "'Actor'")):
        with pytest.raises(NotFound, match=f"Did you mean {near}"):
            schema.only(wrong)


def test_the_json_has_every_number(schema: Schema) -> None:
    """Labels and relationship types with properties, ends and statements."""
    found = json.loads(as_json(schema))
    assert [label["label"] for label in found["labels"]][:2] == ["Actor", "Group"]
    assert found["labels"][0]["within"] is None
    assert found["relationships"][2]["ends"][0] == {"from": "Group", "to": "Made Up", "count": 2}


def test_the_diagram_shows_narrower_labels_below_the_wider(schema: Schema) -> None:
    """A property of one narrower label alone stands there; nothing of the program; names Mermaid takes."""
    lines = [line.strip() for line in mermaid(schema).splitlines()]
    assert lines[:7] == ["classDiagram", "direction LR", "class Actor {", "id", "name", "kind", "}"]
    assert "class State { country }" in " ".join(lines)
    assert "class Claim { id } class Pledge { act date }" in " ".join(lines).replace("Claim <|-- Pledge ", "")
    assert "Claim <|-- Pledge" in lines
    assert "Pledge --> Actor : FROM" in lines
    assert "Group --> Made_Up : KNOWS" in lines
    assert not [line for line in lines if "Load" in line]


def test_an_empty_graph_has_a_schema_too() -> None:
    """The text says how to fill it, JSON and diagram are empty, and there is no picture."""
    empty = of([], [])
    assert text(empty).startswith("The graph is empty.")
    assert json.loads(as_json(empty)) == {"labels": [], "relationships": []}
    assert mermaid(empty) == "classDiagram\n  direction LR\n"
    with pytest.raises(NotFound, match="nothing to draw"):
        figure(empty)


def test_nodes_without_a_label_do_no_harm() -> None:
    """They are the ends of relationships, and stand in no list and no diagram."""
    odd = of(
        [{"labels": [], "keys": [], "count": 2}],
        [{"type": "X", "source": [], "target": [], "keys": [], "count": 1}],
    )
    assert "X 1: (no label) → (no label)" in text(odd)
    assert odd.relations[0].example == "MATCH (a)-[r:X]->(b) RETURN a, b LIMIT 5"
    assert "X" not in mermaid(odd)


def words(drawn: Any) -> list[Any]:
    """The texts of a picture that say something."""
    return [shown for shown in drawn.axes[0].texts if shown.get_text()]


def test_nothing_in_the_picture_overlaps_or_leaves_it() -> None:
    """Boxes and words on arrows stand apart, with every label of the model and some of the reader's own."""
    names = ("Claim", "Concept", "Case", "Actor", "Evidence", "Name", "Search", "Finding", "Source")
    own = [f"Own{number}" for number in range(5)]
    nodes = [{"labels": [name], "keys": [], "count": 1_000_000} for name in (*names, *own)]
    pairs = [("Claim", "Actor"), ("Evidence", "Actor"), ("Actor", "Evidence"), ("Source", "Source")]
    drawn = figure(of(nodes, [
        {"type": f"TYPE_{n}", "source": [a], "target": [b], "keys": [], "count": 1}
        for n, (a, b) in enumerate(pairs)
    ]))  # fmt: skip
    drawn.draw_without_rendering()
    assert len(words(drawn)) == 14 + 3
    boxes = [shown.get_window_extent() for shown in words(drawn)]
    assert not [pair for pair in combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert all(drawn.bbox.contains(*corner) for box in boxes for corner in box.corners())
