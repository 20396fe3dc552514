"""What a server wrote before it died, turned into one clear line and the lines that show it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from kb.errors import ServerError
from kb.server import java
from kb.server.stores import Store


class PortTaken(ServerError):
    """Another program listens at the port that was chosen."""


class Died(ServerError):
    """Java ended for a reason we do not know."""


def rotate(store: Store) -> None:
    """Keep the log of the last server when a new one starts."""
    if store.log.is_file():
        os.replace(store.log, store.log.with_name("console.1.log"))


def tail(store: Store, count: int) -> list[str]:
    """The last lines of the log; none when there is no log."""
    try:
        return store.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        return []


def started(store: Store) -> bool:
    """Whether the server says that it came up."""
    return any(line.endswith("INFO  Started.") for line in tail(store, 200))


def complains(store: Store) -> bool:
    """Whether Java says that a start-up archive does not fit."""
    return any(re.match(r"\[[\d.]+s\]\[(error|warning)\s*\]\[(cds|aot)", line) for line in tail(store, 200))


def debug_size(store: Store) -> int:
    """How long the detailed log of Neo4j is now."""
    debug = _debug(store)
    return debug.stat().st_size if debug.is_file() else 0


def starved(store: Store, mark: int) -> bool:
    """Whether a database could not be opened for lack of memory, by what was logged after `mark`."""
    debug = _debug(store)
    if not debug.is_file():
        return False
    with debug.open("rb") as file:
        file.seek(mark if mark <= debug.stat().st_size else 0)  # it is cut off when it grows large
        return any(b"Failed to start DatabaseId" in line and b"OutOfMemoryError" in line for line in file)


def _debug(store: Store) -> Path:
    return store.folder / "logs" / "debug.log"


FULL = "No space left on device"
CAUSES: tuple[tuple[str, type[ServerError], str, str], ...] = (
    (
        r"Address already in use|BindException|Address .* is already in use",
        PortTaken,
        "The port that Neo4j was to use was taken by another program.",
        "Try again.",
    ),
    (
        rf"{FULL}|not enough space on the disk|Disk quota exceeded",
        ServerError,
        "The disk is full: Neo4j cannot write to {folder}.",
        "Free some space, then try again; nothing that was committed is lost.",
    ),
    (
        r"Lock file has been locked|Unable to obtain lock|FileLockException",
        ServerError,
        "Another process uses the data of the store '{name}' ({folder}).",
        "End that one, or use another store: kb --store NAME.",
    ),
    (
        r"Could not reserve enough space|insufficient memory|OutOfMemoryError|Cannot allocate memory",
        ServerError,
        "There is not enough memory for Neo4j (it needs about 900 MB).",
        "Close other programs, then try again.",
    ),
)


def cause(store: Store) -> ServerError | None:
    """The known cause of trouble that log or disk tell of; None when they tell of none."""
    text = "\n".join(tail(store, 1000))
    if shutil.disk_usage(store.folder).free < 100_000:
        text += FULL  # what Java could not even write down
    for pattern, kind, message, hint in CAUSES:
        if re.search(pattern, text):
            return error(store, message.format(name=store.name, folder=store.folder), hint, kind)
    return None


def death(store: Store) -> ServerError:
    """Why the server died, with the last lines of its log."""
    unknown = f"Neo4j died while it started (store '{store.name}')."
    return cause(store) or error(store, unknown, f"Its whole log: {store.log}.", Died)


def error(store: Store, message: str, hint: str, kind: type[ServerError] = ServerError) -> ServerError:
    """An error of one line, and the end of the log below it."""
    return kind(f"{message} {hint}{java.indented(tail(store, 200))}")
