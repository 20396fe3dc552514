"""Backup files: a zip with Neo4j's own dump of the graph and a manifest that lets a reader check it."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from kb import __version__
from kb.errors import InputError
from kb.server import java
from kb.server.stores import Store

DUMP, MANIFEST = "neo4j.dump", "manifest.json"
BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Counts:
    """How many nodes and relationships a graph has."""

    nodes: int
    relationships: int

    def __str__(self) -> str:
        return f"{self.nodes:,} nodes and {self.relationships:,} relationships"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup file says of itself: versions, time (UTC), sizes and the SHA-256 of the dump."""

    neo4j: str
    kb: str
    store: str
    made: str
    nodes: int | None
    relationships: int | None
    size: int
    sha256: str

    @property
    def counts(self) -> Counts | None:
        """None in a backup that was made without asking the graph."""
        return (
            None
            if self.nodes is None or self.relationships is None
            else Counts(self.nodes, self.relationships)
        )


def write(file: Path, store: Store, lib: Path, version: str, counts: Counts | None) -> Manifest:
    """Dump the graph of a store without a server into a new file."""
    with zipfile.ZipFile(file, "x") as book:
        with book.open(DUMP, "w", force_zip64=True) as out, _dumping(store, lib) as stream:
            total, digest = _copy(stream, out)
        made = datetime.now(UTC).isoformat(timespec="seconds")
        nodes, relationships = (counts.nodes, counts.relationships) if counts else (None, None)
        manifest = Manifest(version, __version__, store.name, made, nodes, relationships, total, digest)
        book.writestr(MANIFEST, json.dumps(asdict(manifest), indent=1) + "\n")
    return manifest


@contextmanager
def _dumping(store: Store, lib: Path) -> Iterator[IO[bytes]]:
    words = ("database", "dump", "neo4j", "--to-stdout")
    with java.administering(store.folder, lib, java.archives(lib).reading(), *words) as (_, out):
        yield out


def read(file: Path) -> Manifest:
    """The manifest of a backup file whose dump is whole. Errors: InputError."""
    try:
        with zipfile.ZipFile(file) as book:
            manifest = _manifest(book.read(MANIFEST))
            with book.open(DUMP) as stream:
                sums = _copy(stream, None)
    except FileNotFoundError as error:
        raise InputError(f"No file {file}.") from error
    except (OSError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(f"{file} is no backup of this program, or it is damaged ({error}).") from error
    if sums != (manifest.size, manifest.sha256):
        raise InputError(
            f"{file} is damaged: the SHA-256 of its dump is not the one noted.", "Use another backup."
        )
    return manifest


def _manifest(text: bytes) -> Manifest:
    found = json.loads(text)
    return Manifest(**{field.name: found[field.name] for field in fields(Manifest)})


def load(file: Path, store: Store, lib: Path) -> None:
    """Put the dump of a checked file in the place of the graph of a store without a server."""
    words = ("database", "load", "neo4j", "--from-stdin", "--overwrite-destination=true")
    with (
        zipfile.ZipFile(file) as book,
        book.open(DUMP) as stream,
        java.administering(store.folder, lib, java.archives(lib).reading(), *words) as (into, _),
    ):
        shutil.copyfileobj(stream, into, BLOCK)
        into.close()


def _copy(stream: IO[bytes], out: IO[bytes] | None) -> tuple[int, str]:
    """Copy (or only read) a stream: its bytes and SHA-256."""
    total, digest = 0, hashlib.sha256()
    while block := stream.read(BLOCK):
        total += len(block)
        digest.update(block)
        if out:
            out.write(block)
    return total, digest.hexdigest()
