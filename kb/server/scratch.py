"""A second server, for as long as one piece of work takes, on a store that can be thrown away.

Each store has one such place beside it, `HOME/scratch/NAME`. It is no store of the user's: it is not listed,
not backed up, and removed with its store. Whoever borrows it has it alone; the server is stopped at the end,
and what a killed process left running is stopped by the next one, or by `kb server stop`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kb.errors import ServerError
from kb.server import files, jars, process, stores
from kb.server.address import Address
from kb.server.process import Say
from kb.server.stores import Store

WAIT = 300  # seconds for the work of another process


@dataclass(frozen=True, slots=True)
class Scratch:
    """A graph of our own for a while, and a note on what it holds that outlives the server."""

    address: Address
    folder: Path

    @property
    def _note(self) -> Path:
        return self.folder / "holds.json"

    @property
    def holds(self) -> list[str] | None:
        """What was noted last; None when the graph may hold anything."""
        found = files.read_json(self._note)
        return list(found["holds"]) if found else None

    def note(self, holds: list[str] | None) -> None:
        """Note what the graph holds from now on; None before it is changed."""
        if holds is None:
            self._note.unlink(missing_ok=True)
        else:
            files.write_private(self._note, json.dumps({"holds": holds}))

    def need_room(self, megabytes: int) -> None:
        """Refuse work that would not fit on the disk. Errors: ServerError."""
        files.need_room(self.folder, megabytes)


@contextmanager
def borrowed(say: Say = process.tell) -> Iterator[Scratch]:
    """The scratch graph of the store in use, its server running. Errors: ServerError."""
    store = stores.find().scratch
    lib = jars.library(say)
    busy = "Another process is looking into the past. Try again in a minute."
    with files.locked(store.folder.with_name(f"{store.name}.busy"), WAIT, busy):
        try:
            yield Scratch(_started(store, lib), store.folder)
        finally:
            with files.reported("Stopping Neo4j"), store.locked():
                process.halt(store, say)


def _started(store: Store, lib: Path) -> Address:
    with files.reported("Starting Neo4j"), store.locked():
        process.halt(store, _silent)
        card = files.read_json(store.card) or {}
        if card.get("neo4j") != jars.VERSION:  # of an older program, or never finished
            shutil.rmtree(store.folder, ignore_errors=True)
        try:
            return process.address(store, process.start(store, lib, _silent))
        except ServerError:
            shutil.rmtree(store.folder, ignore_errors=True)  # it may be damaged, and costs little to make
            raise


def _silent(line: str) -> None:
    """Nothing that the second server says concerns the user."""
