"""`kb schema` on the casebook: what it shows is there, and what it proposes runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.graph import Graph
from kb.schema import read
from tests.graph.shell import kb


def test_every_statement_runs_and_finds_something(casebook: Graph) -> None:
    """For each label and relationship type: rows, and no remark of the database."""
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
def test_a_picture_goes_into_a_file(tmp_path: Path) -> None:
    """The ending of the file says that it is one; one that is there stays; there is none of one label."""
    file = tmp_path / "schema.png"
    done = kb("schema", "--out", file)
    assert (done.status, done.err) == (0, [f"Wrote {file}."])
    assert file.read_bytes().startswith(b"\x89PNG")
    assert kb("schema", "--out", file).status == 2
    assert kb("schema", "--format", "png").err == ["Error: A picture needs a file. Add --out schema.png."]
    assert kb("schema", "Actor", "--format", "mermaid").status == 2


@pytest.mark.usefixtures("casebook")
def test_an_unknown_name_gets_the_nearest() -> None:
    """One line, exit status 1."""
    done = kb("schema", "Plege")
    assert (done.status, done.out) == (1, "")
    assert done.err == ["Error: No label or relationship type 'Plege' in this graph. Did you mean 'Pledge'?"]
