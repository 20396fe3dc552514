"""A backup file is read only when it is whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kb.errors import InputError, Refused
from kb.server import dump, upgrade

DATA = b"dump " * 1000
GOOD: dict[str, Any] = {
    "neo4j": "2026.08.1",
    "kb": "0.1.0",
    "store": "one",
    "made": "2026-11-21T12:00:00+00:00",
    "nodes": 3,
    "relationships": 2,
    "size": len(DATA),
    "sha256": hashlib.sha256(DATA).hexdigest(),
}


def book(path: Path, manifest: object, data: bytes = DATA) -> Path:
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(dump.DUMP, data)
        out.writestr(dump.MANIFEST, json.dumps(manifest))
    return path


def test_a_whole_file_gives_its_manifest(tmp_path: Path) -> None:
    """Versions, counts and the sum of the dump."""
    assert dump.read(book(tmp_path / "b.zip", GOOD)).counts == dump.Counts(3, 2)


@pytest.mark.parametrize(
    "manifest",
    [
        [], {}, {"neo4j": "2026.08.1"}, GOOD | {"sha256": "0" * 64}, GOOD | {"size": 1},
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, manifest: object) -> None:
    """Fields are missing, or size and sum are those of another dump."""
    with pytest.raises(InputError, match="damaged"):
        dump.read(book(tmp_path / "b.zip", manifest))


def test_a_flipped_bit_is_found(tmp_path: Path) -> None:
    """Anywhere in the dump."""
    path = book(tmp_path / "b.zip", GOOD)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        dump.read(path)


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_another_file_is_no_backup(tmp_path: Path, content: bytes) -> None:
    """The message names the file."""
    path = tmp_path / "b.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"b\.zip is no backup of this program"):
        dump.read(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """One line, no traceback."""
    with pytest.raises(InputError, match=r"No file .*nix\.zip"):
        dump.read(tmp_path / "nix.zip")


@pytest.mark.parametrize("version", ["2026.08.2", "2026.10.0", "2027.01.1"])
def test_what_a_newer_neo4j_wrote_is_refused(version: str) -> None:
    """Versions are compared as numbers."""
    with pytest.raises(Refused, match=f"written by Neo4j {version}, which is newer"):
        upgrade.refuse_newer(version, "The store 'one'")


@pytest.mark.parametrize("version", ["2026.08.1", "2026.08.0", "2025.12.1", "5.26.0"])
def test_what_an_older_neo4j_wrote_is_taken(version: str) -> None:
    """So is what this one wrote."""
    upgrade.refuse_newer(version, "The store 'one'")
