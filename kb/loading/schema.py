"""The schema of the graph: migrations in `cypher/schema`, applied in order, each once.

What was applied is kept in the graph as `:Migration` nodes with the checksum of the file. A file that
changed after it was applied, or a graph that is newer than the program, is refused.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from kb.errors import GraphError, Refused
from kb.graph import Graph
from kb.paths import resource

_FILE = re.compile(r"V(\d{4})__(\w+)\.cypher")


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of `cypher/schema`: its number, name, checksum and statements."""

    version: int
    name: str
    sha256: str
    statements: tuple[str, ...]


def migrations(folder: Path | None = None) -> list[Migration]:
    """The migrations of the program, in order."""
    found = []
    for path in sorted((folder or resource("cypher") / "schema").glob("*.cypher")):
        match = _FILE.fullmatch(path.name)
        if not match:
            raise GraphError(f"{path.name} is not named like V0001__what_it_does.cypher.", "Rename it.")
        text = path.read_text("utf-8").replace("\r\n", "\n")
        lines = [line for line in text.splitlines() if not line.startswith("//")]
        statements = tuple(s.strip() for s in re.split(r";\s*(?:\n|$)", "\n".join(lines)) if s.strip())
        found.append(
            Migration(int(match[1]), match[2], hashlib.sha256(text.encode()).hexdigest(), statements)
        )
    return found


def migrate(graph: Graph, folder: Path | None = None) -> list[Migration]:
    """Apply what the graph does not have yet; gives back what was applied.

    Raises Refused when an applied file changed since, or the graph has a migration the program lacks.
    """
    ours = migrations(folder)
    applied = {row["version"]: row for row in graph.rows(_APPLIED)}
    _compare(ours, applied)
    new = [m for m in ours if m.version not in applied]
    for migration in new:
        for statement in migration.statements:
            graph.write(lambda tx, s=statement: tx.run(s))  # type: ignore[misc]
        graph.write(
            lambda tx, m=migration: tx.run(  # type: ignore[misc]
                _RECORD, version=m.version, name=m.name, sha256=m.sha256
            )
        )
    if new:
        graph.rows("CALL db.awaitIndexes(60)")
    return new


def _compare(ours: list[Migration], applied: dict[int, dict[str, str]]) -> None:
    known = {m.version: m for m in ours}
    for version, row in sorted(applied.items()):
        if version not in known:
            raise Refused(
                f"The graph has schema V{version:04d}, this program only V{max(known, default=0):04d}.",
                "Install a newer alliance-kb, or use another store with `kb --store NAME`.",
            )
        if known[version].sha256 != row["sha256"]:
            raise Refused(
                f"Schema V{version:04d} ({row['name']}) was changed after it was applied.",
                "Put the file back, and write what changed as a new migration.",
            )


_APPLIED = "MATCH (m:Migration) RETURN m.version AS version, m.name AS name, m.sha256 AS sha256"
_RECORD = """
MERGE (m:Migration {version: $version})
ON CREATE SET m.name = $name, m.sha256 = $sha256, m.applied_at = datetime()
"""
