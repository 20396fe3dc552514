"""What this program runs on, and what is wrong with it."""

from __future__ import annotations

import os
import platform
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version

from kb import __version__, paths
from kb.errors import KbError
from kb.server import files, jars, java, log, process, stores, upgrade
from kb.server import state as states
from kb.server.backup import Count
from kb.server.stores import Store

LOW = 500_000_000  # bytes


@dataclass(slots=True)
class Report:
    """Facts as (name, value) in the order of printing, and what is wrong, one sentence each."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def note(self, name: str, value: object) -> None:
        """Add a fact."""
        self.facts.append((name, str(value)))

    def blame(self, sentence: object) -> None:
        """Add something wrong."""
        self.wrong.append(str(sentence))

    def look(self, *steps: Callable[[Report], None]) -> None:
        """Take steps that may fail; a failure is something wrong and stops no other step."""
        for step in steps:
            try:
                step(self)
            except (KbError, OSError) as error:
                self.blame(error)


def examine(count: Count, store: str | None = None) -> Report:
    """Look at versions, jars, store, disk and server; nothing is started or changed.

    `count` counts the graph of a running server.
    """
    place = stores.find(store)
    report = Report()
    report.look(
        _versions,
        _jars,
        lambda found: _store(found, place),
        lambda found: _disk(found, place),
        lambda found: _server(found, place, count),
    )
    return report


def _versions(report: Report) -> None:
    report.note("program", f"alliance-kb {__version__}")
    report.note("python", f"{platform.python_version()} on {platform.platform()}")
    report.note("driver", f"neo4j {version('neo4j')}")
    settings = sorted(key for key in os.environ if key.startswith(("KB_", "NEO4J_")))
    report.note("settings", ", ".join(settings) or "none")
    report.note("java", f"{java.build()}, {java.executable()}")


def _jars(report: Report) -> None:
    lib = jars.folder()
    missing = len(jars.wanting(lib))
    state = f"{missing} to be fetched by the next start" if missing else "checked"
    report.note("neo4j", f"{jars.VERSION}, {len(jars.lock())} jars, {state}")
    archive = "there" if java.archives(lib).app.is_file() else "made by the first stop"
    report.note(
        "cache", f"{paths.cache()}, {megabytes(files.size(paths.cache()))}, start-up archive {archive}"
    )


def _store(report: Report, store: Store) -> None:
    report.note("store", f"{store.name}, {store.folder}")
    if not store.exists:
        report.note("content", "nothing yet")
        return
    by = f"Neo4j {store.version}" if store.version else "no Neo4j yet"
    report.note("content", f"{megabytes(files.size(store.folder))}, opened by {by}")
    for path in (store.folder, store.card):
        if os.name != "nt" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            report.blame(f"{path} is open to other users. Close it: chmod go-rwx {path}")
    if store.version:
        upgrade.refuse_newer(store.version, f"The store '{store.name}'")


def _disk(report: Report, store: Store) -> None:
    folder = next(path for path in (store.folder, *store.folder.parents) if path.exists())
    free = shutil.disk_usage(folder).free
    report.note("free disk", megabytes(free))
    if free < LOW:
        report.blame(f"Only {megabytes(free)} are free at {folder}.")


def _server(report: Report, store: Store, count: Count) -> None:
    state = states.running(store)
    if not state:
        report.note("server", "not running")
        if states.read(store):
            report.blame(f"The server of the store '{store.name}' died; the next start recovers its graph.")
        return
    report.note("server", f"process {state.pid}, Neo4j {state.version}, {state.uri}")
    if trouble := log.cause(store):
        report.blame(trouble)
    if not states.answers(state.port):
        report.blame(f"The server does not answer. Stop it: {store.command('server stop')}.")
        return
    report.note("graph", count(process.address(store, state)))


def megabytes(size: int) -> str:
    """A size for people, such as `12.3 MB`."""
    return f"{size / 1e6:,.1f} MB"
