"""Migrations of the schema, on a real Neo4j."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kb.errors import Refused
from kb.graph import Graph
from kb.loading.schema import migrate, migrations
from kb.paths import resource


@pytest.fixture
def folder(tmp_path: Path, graph: Graph) -> Iterator[Path]:
    """A copy of the schema files; a migration that a test adds is forgotten afterwards."""
    copy = Path(shutil.copytree(resource("cypher") / "schema", tmp_path / "schema"))
    yield copy
    graph.write(lambda tx: tx.run("MATCH (m:Migration {version: 9001}) DELETE m"))
    graph.write(lambda tx: tx.run("DROP INDEX made_up IF EXISTS"))


def test_a_migration_is_applied_once(graph: Graph, folder: Path) -> None:
    """A new file is applied, a second run finds nothing to do."""
    new = folder / "V9001__made_up.cypher"
    new.write_text("// made up\nCREATE INDEX made_up IF NOT EXISTS FOR (n:MadeUp) ON (n.x);\n", "utf-8")
    assert [m.name for m in migrate(graph, folder)] == ["made_up"]
    assert migrate(graph, folder) == []
    assert graph.rows("SHOW INDEXES YIELD name WHERE name = 'made_up'") == [{"name": "made_up"}]


def test_a_file_that_changed_after_it_was_applied_is_refused(graph: Graph, folder: Path) -> None:
    """The checksum of an applied file must stay the same."""
    first = folder / "V0001__constraints.cypher"
    first.write_text(first.read_text("utf-8") + "// later thought\n", "utf-8")
    with pytest.raises(Refused, match=r"Schema V0001 \(constraints\) was changed after it was applied"):
        migrate(graph, folder)


def test_a_graph_that_is_newer_than_the_program_is_refused(graph: Graph, folder: Path) -> None:
    """A program without a migration that the graph has does not touch it."""
    new = folder / "V9001__made_up.cypher"
    new.write_text("CREATE INDEX made_up IF NOT EXISTS FOR (n:MadeUp) ON (n.x);\n", "utf-8")
    migrate(graph, folder)
    with pytest.raises(Refused, match="The graph has schema V9001, this program only V0004"):
        migrate(graph)


def test_every_label_with_an_id_has_a_uniqueness_constraint(graph: Graph) -> None:
    """Ids are unique because the database says so."""
    rows = graph.rows("SHOW CONSTRAINTS YIELD labelsOrTypes, properties WHERE properties = ['id']")
    labels = {row["labelsOrTypes"][0] for row in rows}
    wanted = "Actor Name Claim Search Evidence Source Case Concept Finding Load Change Duplicate"
    assert labels == set(wanted.split())


def test_line_ends_do_not_change_the_checksum(tmp_path: Path) -> None:
    """A checkout with CRLF has the same migrations."""
    for path in (resource("cypher") / "schema").glob("*.cypher"):
        text = path.read_text("utf-8").replace("\n", "\r\n")
        (tmp_path / path.name).write_bytes(text.encode())
    assert migrations(tmp_path) == migrations()
