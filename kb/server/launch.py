"""Bring up Java with Neo4j on a locked store, and wait until it answers."""

from __future__ import annotations

import os
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from kb.server import conf, files, jars, java, log, signals
from kb.server import state as states
from kb.server.state import State
from kb.server.stores import Store

START_SECONDS = 180
STOP_SECONDS = 60
TRIES = 3


def bring_up(store: Store, lib: Path) -> State:
    """A server that answers, on a store that has none. Errors: ServerError with the end of its log."""
    archives = java.archives(lib)
    _prepare(store, lib, archives)
    return _launch_often(store, lib, archives)


def _prepare(store: Store, lib: Path, archives: java.Archives) -> None:
    """Make what must be there first: the archive of Java's classes and a new store's password."""
    conf.write(store, states.free_port())
    with ThreadPoolExecutor() as pool:
        dump = pool.submit(java.make_base, archives)
        if not (store.folder / "data" / "databases" / "system").exists():
            _set_password(store, lib, archives)
        dump.result()


def _set_password(store: Store, lib: Path, archives: java.Archives) -> None:
    """Give a new store its password before anybody can ask it; through a file, as `ps` shows arguments."""
    words = store.folder / "run" / "password.args"
    files.write_private(words, f"dbms\nset-initial-password\n{store.password}\n")
    try:
        java.admin(store.folder, lib, archives.reading(), f"@{words}")
    finally:
        words.unlink(missing_ok=True)


def _launch_often(store: Store, lib: Path, archives: java.Archives) -> State:
    """Launch again with another port when it was taken, and without archives when Java died with them."""
    use = True
    for left in reversed(range(TRIES)):
        try:
            mark = log.debug_size(store)
            state = wait(store, _launch(store, lib, archives if use else None))
            if log.starved(store, mark):
                state = _with_more_memory(store, state, lib, archives if use else None)
            if log.complains(store) or not use:
                archives.remove()
            return state
        except log.PortTaken:
            if not left:
                raise
        except log.Died:
            if not left or not use:
                raise
            use = False
    raise AssertionError("the last try returns or raises")


def _with_more_memory(store: Store, starved: State, lib: Path, archives: java.Archives | None) -> State:
    """Launch again with a large heap: a log torn by a full disk takes more than usual to be repaired."""
    if process := states.process(store, starved):
        signals.kill(process, STOP_SECONDS)
    forget(store)
    heap = min(8192, psutil.virtual_memory().total * 7 // 10 // 2**20)
    return wait(store, _launch(store, lib, archives, f"-Xmx{heap}m"))


def _launch(store: Store, lib: Path, archives: java.Archives | None, *more: str) -> State:
    """Start Java; its state is on disk before anything else can go wrong."""
    port = states.free_port()
    conf.write(store, port)
    part, flags = _archive_flags(archives)
    words = (f"--config-dir={store.folder / 'conf'}", "--console-mode")
    line = java.command(
        lib, [*flags, *more], "org.neo4j.server.Neo4jCommunity", states.home_flag(store), *words
    )
    process = _spawn(line, store)
    state = State(process.pid, process.create_time(), port, jars.VERSION, False, part)
    states.write(store, state)
    return state


def _archive_flags(archives: java.Archives | None) -> tuple[str, list[str]]:
    """Flags that use the archives, or make the missing one under a temporary name, which comes first."""
    if not archives:
        return "", []
    if archives.app.is_file() or not archives.base.is_file():
        return "", archives.reading()
    part = files.beside(archives.app)
    return str(part), archives.writing(part)


def _spawn(line: list[str], store: Store) -> psutil.Process:
    """Start a program that lives on without us, its output in the log of the store."""
    log.rotate(store)
    with open(os.open(store.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        child = subprocess.Popen(
            line,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=store.folder / "logs",  # where Java leaves the report of a crash
            env=java.environment(store.folder),
            **signals.APART,
        )
    child.returncode = 0  # it outlives us on purpose: no warning about a child that was not waited for
    return psutil.Process(child.pid)


def wait(store: Store, state: State) -> State:
    """Wait until the server answers, and note that it does."""
    end = time.monotonic() + START_SECONDS
    while not (log.started(store) and states.answers(state.port)):
        process = states.process(store, state)
        trouble = log.cause(store) if process else log.death(store)
        if trouble:
            if process:  # without room on the disk Java hangs instead of ending
                signals.kill(process, STOP_SECONDS)
            forget(store)
            raise trouble
        if time.monotonic() > end:
            raise log.error(
                store,
                f"Neo4j did not answer within {START_SECONDS} s.",
                f"Wait, or stop it: {store.command('server stop')}.",
            )
        time.sleep(0.05)
    states.write(store, state.readied())
    store.note(state.version, store.password)
    return state.readied()


def forget(store: Store) -> None:
    """Remove the state of a server that is gone, and the archive it did not finish."""
    state = states.read(store)
    if state and state.archive:
        Path(state.archive).unlink(missing_ok=True)
    store.state.unlink(missing_ok=True)
