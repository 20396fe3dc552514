"""Stores of another Neo4j: an older one is saved and then opened, a newer one is refused."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from kb.errors import Refused, ServerError
from kb.server import dump, files
from kb.server.jars import VERSION
from kb.server.stores import Store


def prepare(store: Store, lib: Path, say: Callable[[str], None]) -> None:
    """Make a store without a server fit for the Neo4j of this program. Errors: Refused for a newer store."""
    found = store.version
    if found is None or found == VERSION:
        return
    refuse_newer(found, f"The store '{store.name}'")
    say(f"The store '{store.name}' was last opened by Neo4j {found}; saving it before {VERSION} opens it.")
    say(f"Saved: {_save(store, lib, found)}")


def refuse_newer(version: str, what: str) -> None:
    """Errors: Refused when `version` is newer than the Neo4j of this program."""
    if _number(version) > _number(VERSION):
        raise Refused(
            f"{what} was written by Neo4j {version}, which is newer than {VERSION} of this program.",
            "Update the program: pip install --upgrade alliance-kb.",
        )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _save(store: Store, lib: Path, version: str) -> Path:
    """A dump that `kb restore` takes; of a store that cannot be dumped (not shut down well), its files."""
    target = store.folder / "backups" / f"neo4j-{version}-before-{VERSION}.zip"
    part = files.beside(target)
    try:
        dump.write(part, store, lib, version, None)
        return part.replace(target)
    except ServerError:
        copy = target.with_suffix("")
        shutil.copytree(store.folder / "data", copy, dirs_exist_ok=True)
        return copy
    finally:
        part.unlink(missing_ok=True)
