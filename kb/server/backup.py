"""Save the whole graph of a store in one file, and put it back.

The database does both itself, while its server is stopped. A backup is checked by the sum of the dump
and by the numbers of nodes and relationships; counting needs a connection, so the caller brings a
function for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kb.errors import InputError, Refused, ServerError
from kb.server import dump, files, jars, process, stores, swap, upgrade
from kb.server import state as states
from kb.server.address import Address
from kb.server.dump import Counts, Manifest
from kb.server.process import Say, tell
from kb.server.stores import Store

Count = Callable[[Address], Counts]


def backup(
    file: Path, count: Count, *, store: str | None = None, force: bool = False, say: Say = tell
) -> Manifest:
    """Write the graph of a store to a file, wholly or not at all.

    The server is stopped meanwhile, and runs afterwards if it ran before.
    Errors: NotFound without such a store, Refused when the file exists (unless `force`).
    """
    place = stores.known(store)
    _check_target(file, force)
    ran = states.running(place) is not None
    part = files.beside(file)
    with files.reported(f"Saving the store '{place.name}'"):
        try:
            manifest = _save(part, place, count, ran, say)
            os.replace(part, file)
        finally:
            part.unlink(missing_ok=True)
    return manifest


def _save(part: Path, store: Store, count: Count, ran: bool, say: Say) -> Manifest:
    counted = count(process.ensure(store.name, say if ran else _mute))
    with _stopped(store, ran, say) as lib:
        manifest = dump.write(part, store, lib, jars.VERSION, counted)
    if ran and count(process.ensure(store.name, say)) != counted:
        raise ServerError("The graph was written to while it was saved.", "Try again when no load runs.")
    return manifest


def _mute(line: str) -> None:
    """Say nothing about a server that runs only for a moment."""


def _check_target(file: Path, force: bool) -> None:
    if file.exists() and not force:
        raise Refused(f"{file} exists.", "Give another name, or --force to replace it.")
    if not file.absolute().parent.is_dir():
        raise InputError(f"There is no folder {file.parent}.", "Make it first.")


@contextmanager
def _stopped(store: Store, again: bool, say: Say) -> Iterator[Path]:
    """Hold the store without its server; whatever happens inside, let it run `again` if that is asked."""
    lib = jars.library(say)
    with store.locked():
        process.halt(store, say)
        try:
            yield lib
        finally:
            if again and not states.running(store):
                process.start(store, lib, say)


def restore(
    file: Path, count: Count, *, store: str | None = None, force: bool = False, say: Say = tell
) -> Manifest:
    """Put a backup in the place of the graph of a store, which keeps its own graph if anything fails.

    Errors: InputError for a damaged file, Refused for a file of a newer Neo4j and for a store that holds
    something (unless `force`).
    """
    place = stores.find(store)
    manifest = dump.read(file)
    upgrade.refuse_newer(manifest.neo4j, str(file))
    ran = states.running(place) is not None
    if not force and (found := _content(place, count, say)):
        raise Refused(
            f"The store '{place.name}' holds {found}.", "Give --force to replace them, or --store NAME."
        )
    place.create()
    with (
        files.reported(f"Restoring the store '{place.name}'"),
        _stopped(place, ran, say) as lib,
        _replacing(place, say),
    ):
        dump.load(file, place, lib)
        counted = count(process.address(place, process.start(place, lib, say if ran else _mute)))
        if manifest.counts not in (None, counted):
            raise ServerError(
                f"{file} should hold {manifest.counts} and holds {counted}, so it was not restored."
            )
        if not ran:
            process.halt(place, say)
    return manifest


def _content(store: Store, count: Count, say: Say) -> Counts | None:
    """What a store holds; None when that is nothing."""
    if not (store.folder / "data" / "databases" / "neo4j").exists():
        return None
    found = count(process.ensure(store.name, say))
    return found if found.nodes else None


@contextmanager
def _replacing(store: Store, say: Say) -> Iterator[None]:
    swap.put_back(store)  # what an earlier restore left when it was killed
    swap.set_aside(store)
    try:
        yield
    except BaseException:
        process.halt(store, say)
        swap.put_back(store)
        raise
    swap.forget(store)
