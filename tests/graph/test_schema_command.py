"""`kb schema` on the casebook: what it shows is there, and what it proposes runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.graph import Graph
from kb.schema import read
from tests.graph.shell import kb


def test_every_statement_runs_and_finds_something(casebook: Graph) -> None:
    """For each label and relationship type: rows, no remark of the database, and the guard lets it pass."""
    schema = read(casebook)
    for example in [*(k.example for k in schema.labels), *(k.example for k in schema.relations)]:
        table = casebook.guarded(example)
        assert table.rows, example
        assert table.notices == [], example


def test_the_numbers_are_those_of_the_graph(casebook: Graph) -> None:
    """Labels, types and properties as three plain counts give them."""
    found = json.loads(kb("schema", "--format", "json").out)
    labels = {label["label"]: label for label in found["labels"]}
    types = {kind["type"]: kind for kind in found["relationships"]}
    (row,) = casebook.rows(
        "RETURN COUNT { (:Pledge) } AS pledges, COUNT { (p:Pledge) WHERE p.date IS NOT NULL } AS dated, "
        "COUNT { (:Evidence)-[:FOUND_IN]->(:Source) } AS found"
    )
    assert (labels["Pledge"]["count"], labels["Pledge"]["properties"]["date"]) == (
        row["pledges"],
        row["dated"],
    )
    assert labels["Pledge"]["within"] == "Claim"
    assert types["FOUND_IN"]["ends"] == [{"from": "Evidence", "to": "Source", "count": row["found"]}]


@pytest.mark.usefixtures("casebook")
def test_the_ending_of_the_file_says_what_is_written(tmp_path: Path) -> None:
    """A picture, a diagram, JSON or text; a picture needs a file; a file that is there stays."""
    for name, begin in {
        "a.png": b"\x89PNG",
        "a.mmd": b"classDiagram",
        "a.json": b"{",
        "a.txt": b"Labels",
    }.items():
        done = kb("schema", "--out", tmp_path / name)
        assert (done.status, done.err) == (0, [f"Wrote {tmp_path / name}."])
        assert (tmp_path / name).read_bytes().startswith(begin)
    again = kb("schema", "--out", tmp_path / "a.png")
    assert (again.status, len(again.err)) == (2, 1)
    assert kb("schema", "--format", "png").err == ["Error: A picture needs a file. Add --out schema.png."]
    assert kb("schema", "Plege").err == [
        "Error: No label or relationship type 'Plege' in this graph. Did you mean 'Pledge'?"
    ]
