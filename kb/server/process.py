"""Start, attach to and stop the server of a store.

One server a store: a lock between processes guards the start, the state file tells the others where it
listens. The server has a session of its own, so that Ctrl-C in a client never reaches it, and goes on
until `stop`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from kb.server import files, jars, launch, log, signals, swap, upgrade
from kb.server import state as states
from kb.server.address import Address
from kb.server.state import State
from kb.server.stores import Store, find

ROOM = 50  # MB: a server without room for its log dies speechless
Say = Callable[[str], None]


def tell(line: str) -> None:
    """Print a line about the server, on stderr."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def ensure(store: str | None = None, say: Say = tell) -> Address:
    """Where the graph of a store listens; its server is started when none runs.

    Without a name it is the store in use. What is done is told line by line to `say`.
    Errors: ServerError when jars cannot be fetched or the server does not come up.
    """
    place = find(store)
    state = states.running(place)
    if not state or not state.ready or swap.pending(place):
        with files.reported("Starting Neo4j"):
            state = _started(place, say)
    return address(place, state)


def address(store: Store, state: State) -> Address:
    """The address of a running server."""
    return Address(state.uri, "neo4j", store.password)


def status(store: str | None = None) -> State | None:
    """The running server of a store, None when none runs."""
    return states.running(find(store))


def trouble(store: str | None = None) -> str | None:
    """Why the server of a store fails requests, in one line, as far as its log or the disk tell."""
    place = find(store)
    found = log.cause(place) if place.exists else None
    return str(found).partition("\n")[0] if found else None


def need_room(megabytes: int, store: str | None = None) -> None:
    """Refuse work that would not fit on the disk of a store: a disk that fills up stops the whole server.

    Raises ServerError that says how much is free and how much is needed.
    """
    place = find(store)
    if place.exists:
        files.need_room(place.folder, megabytes)


def _started(store: Store, say: Say) -> State:
    lib = jars.library(say)
    with store.locked():
        if swap.pending(store):  # by a restore that was killed
            halt(store, say)
            swap.put_back(store)
        state = states.running(store) or states.adopt(store)
        if not state:
            return start(store, lib, say)
        return state if state.ready else launch.wait(store, state)


def start(store: Store, lib: Path, say: Say) -> State:
    """Start the server of a store that is locked and has none, and wait until it answers."""
    store.create()
    launch.forget(store)
    files.need_room(store.folder, ROOM)
    upgrade.prepare(store, lib, say)
    say(f"Starting Neo4j {jars.VERSION} (store '{store.name}').")
    state = launch.bring_up(store, lib)
    say(f"Neo4j listens at {state.uri} and goes on running; stop it with: {store.command('server stop')}")
    return state


def stop(store: str | None = None, say: Say = tell) -> bool:
    """Stop the server of a store and wait for its end; False when none ran."""
    place = find(store)
    if not place.exists:
        return False
    with files.reported("Stopping Neo4j"), place.locked():
        if place.scratch.exists:
            halt(place.scratch, say)  # left by a process that was killed
        return halt(place, say)


def halt(store: Store, say: Say) -> bool:
    """Stop the server of a store that is locked; its data is complete on disk afterwards."""
    state = states.running(store) or states.adopt(store)
    process = states.process(store, state) if state else None
    if not state or not process:
        launch.forget(store)
        return False
    if state.archive:
        say("Stopping Neo4j and saving an archive that makes later starts faster (once, some seconds).")
    signals.ask_to_end(process)
    if signals.wait_gone(process, launch.STOP_SECONDS):
        _keep_archive(state)
    else:
        signals.kill(process, launch.STOP_SECONDS)
    launch.forget(store)
    return True


def _keep_archive(state: State) -> None:
    """Give the archive that Java wrote at its end its name."""
    part = Path(state.archive)
    if state.archive and part.is_file():
        os.replace(part, part.with_name("neo4j.jsa"))
