"""The data of a store set aside while something else takes its place, and put back if that fails.

What lies aside is put back also when the program was killed meanwhile: nobody attaches to a server while
something lies aside, and every start looks for it first.
"""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from kb.server.files import private
from kb.server.stores import Store

PARTS = ("databases", "transactions")


def set_aside(store: Store) -> None:
    """Move the graph of a store without a server out of the way."""
    for part in PARTS:
        if _live(store, part).exists():
            os.replace(_live(store, part), private(_aside(store)) / part)


def pending(store: Store) -> bool:
    """Whether a graph lies aside: a replacement goes on or was killed."""
    return _aside(store).exists()


def put_back(store: Store) -> bool:
    """Give a store its own graph again; False when none lies aside."""
    found = [part for part in PARTS if (_aside(store) / part).exists()]
    for part in found:
        shutil.rmtree(_live(store, part), ignore_errors=True)
        os.replace(_aside(store) / part, _live(store, part))
    shutil.rmtree(_aside(store), ignore_errors=True)
    return bool(found)


def forget(store: Store) -> None:
    """Delete what lies aside; the first step is atomic, so nothing half-deleted is ever put back."""
    if pending(store):
        doomed = _aside(store).with_name(f"replaced-{secrets.token_hex(4)}")
        os.replace(_aside(store), doomed)
        shutil.rmtree(doomed, ignore_errors=True)


def _live(store: Store, part: str) -> Path:
    return store.folder / "data" / part / "neo4j"


def _aside(store: Store) -> Path:
    return store.folder / "backups" / "replaced"
