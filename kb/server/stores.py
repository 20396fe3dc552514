"""The stores: one folder each, with its data, settings, password, logs and the state of its server.

::

    HOME/stores/default/
        store.json     version of Neo4j that last opened it, password   (0600)
        server.json    the server that runs on it, if one does           (0600, see `state`)
        data/  logs/  conf/  run/  import/  plugins/  backups/
    HOME/stores/default.lock     held while a server is started, stopped or replaced
    HOME/scratch/default/        the same for a second graph, made and moved as needed (see `scratch`)
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from kb import paths
from kb.errors import InputError, NotFound, Refused, ServerError, did_you_mean
from kb.server import files

FOLDERS = ("data", "logs", "conf", "run", "import", "plugins", "backups")


@dataclass(frozen=True, slots=True)
class Store:
    """One graph on this machine: its name and the folder that holds it."""

    name: str
    folder: Path

    @property
    def card(self) -> Path:
        """The file that makes a folder a store: version and password."""
        return self.folder / "store.json"

    @property
    def state(self) -> Path:
        """The file that tells which server runs on it."""
        return self.folder / "server.json"

    @property
    def log(self) -> Path:
        """What the server wrote to its console since its last start."""
        return self.folder / "logs" / "console.log"

    @property
    def exists(self) -> bool:
        """Whether the folder is a store of ours."""
        return self.card.is_file()

    @property
    def scratch(self) -> Store:
        """A place beside the store for a second graph that can be thrown away (see `scratch`)."""
        return Store(self.name, paths.home().absolute() / "scratch" / self.name)

    def command(self, words: str) -> str:
        """A command of this program on this store, to be shown in a message."""
        return f"kb {words}" if self.name == "default" else f"kb --store {self.name} {words}"

    def create(self) -> None:
        """Make the folders that are missing, and the card of a new store."""
        if not self.exists and self.folder.is_dir() and any(self.folder.iterdir()):
            raise Refused(
                f"{self.folder} is not empty and has no {self.card.name}, so it is not a store of ours.",
                "Use another store: kb --store NAME.",
            )
        for name in FOLDERS:
            files.private(self.folder / name)
        self.folder.chmod(0o700)
        if not self.exists:
            self.note(None, secrets.token_hex(20))

    def note(self, version: str | None, password: str) -> None:
        """Write the card; `version` stays None until a server opened the store."""
        files.write_private(self.card, json.dumps({"neo4j": version, "password": password}, indent=1))

    @property
    def version(self) -> str | None:
        """The Neo4j that last opened the store; None for a new one."""
        return self._read().get("neo4j")

    @property
    def password(self) -> str:
        """The password of the user `neo4j`."""
        return self._read()["password"] or ""

    def _read(self) -> dict[str, str | None]:
        found = files.read_json(self.card)
        if not found or not isinstance(found.get("password"), str):
            raise ServerError(
                f"{self.card} is missing or damaged, so the password of the store is unknown.",
                f"Restore a backup into another store, or remove this one: kb store remove {self.name}.",
            )
        return found

    def locked(self, seconds: float = 120) -> AbstractContextManager[None]:
        """Hold the store while its server is started, stopped or replaced."""
        busy = f"Another process is starting or stopping the server of the store '{self.name}'."
        return files.locked(
            self.folder.with_name(f"{self.name}.lock"), seconds, busy + " Try again in a minute."
        )


NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def root() -> Path:
    """The folder of all stores."""
    return paths.home().absolute() / "stores"


def find(name: str | None = None) -> Store:
    """The store of that name, which need not exist yet; without a name the one in use (`KB_STORE`)."""
    name = name or paths.store_name()
    if not NAME.fullmatch(name):
        raise InputError(
            f"'{name}' cannot name a store.", "Use small letters, digits and hyphens, 40 at most."
        )
    return Store(name, root() / name)


def every() -> Iterator[Store]:
    """All stores of this user, by name."""
    folder = root()
    for entry in sorted(folder.iterdir()) if folder.is_dir() else ():
        if (store := Store(entry.name, entry)).exists:
            yield store


def known(name: str | None = None) -> Store:
    """An existing store. Errors: NotFound with the nearest name."""
    store = find(name)
    if not store.exists:
        near = did_you_mean(store.name, [store.name for store in every()])
        raise NotFound(f"No store named '{store.name}'.", near or "See `kb store list`.")
    return store


def check_removable(store: Store) -> None:
    """Errors: Refused when a server runs on the store, or its folder is not one of ours."""
    from kb.server import state

    if any(state.running(place) or state.adopt(place) for place in (store, store.scratch)):
        raise Refused(
            f"The server of the store '{store.name}' runs.", f"Stop it: {store.command('server stop')}."
        )
    if store.folder.is_symlink() or not store.exists:
        raise Refused(f"{store.folder} is not the folder of a store, so nothing was removed.")


def remove(store: Store) -> None:
    """Delete the folder of a store. Errors: see `check_removable`."""
    with files.reported(f"Removing the store '{store.name}'"), store.locked():
        check_removable(store)
        shutil.rmtree(store.scratch.folder, ignore_errors=True)
        shutil.rmtree(store.folder)
