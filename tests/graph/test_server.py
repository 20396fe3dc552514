"""The embedded server: real processes that are started, attached to, killed, saved and put back.

The tests share the store `spare`, whose server runs or not when a test begins; each asks for what it needs.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from kb.errors import InputError, KbError, NotFound, Refused, ServerError, Unreachable
from kb.graph import Graph
from kb.server import Address, dump, ensure, files, jars, java, status, stop, stores, swap
from kb.server import state as states
from kb.server.backup import backup, restore
from kb.server.state import State
from tests.graph.shell import kb

SPARE = "spare"
posix = pytest.mark.skipif(os.name == "nt", reason="bits, signals and locks of POSIX")


def quiet(line: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module", autouse=True)
def _no_server_is_left(neo4j: None) -> Iterator[None]:
    """Every server that these tests started is stopped, that of all tests goes on."""
    yield
    for store in stores.every():
        if store.name != "default":
            stop(store.name, quiet)


@pytest.fixture
def spare() -> Address:
    """The address of a second server."""
    return ensure(SPARE, quiet)


def state() -> State:
    found = status(SPARE)
    assert found
    return found


def pid() -> int:
    return state().pid


def count(address: Address) -> dump.Counts:
    with Graph.connect(address) as graph:
        found = graph.rows(
            "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS n, count(r) AS r"
        )
        return dump.Counts(found[0]["n"], found[0]["r"])


def write(address: Address, cypher: str) -> None:
    with Graph.connect(address) as graph:
        graph.write(lambda tx: tx.run(cypher))


ENSURE = "from kb.server import ensure; print(ensure('spare').uri, flush=True); "


def test_two_that_start_at_once_end_with_one_server() -> None:
    """The second process waits for the first and attaches."""
    stop(SPARE, quiet)
    line = [sys.executable, "-c", ENSURE]
    with (
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as one,
        subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as two,
    ):
        (first, said), (second, also) = one.communicate(), two.communicate()
    assert first == second == f"{ensure(SPARE).uri}\n"
    assert (said + also).count("Starting Neo4j") == 1
    flag = states.home_flag(stores.find(SPARE))
    assert [found.pid for found in psutil.process_iter() if flag in _words(found)] == [pid()]


def _words(found: psutil.Process) -> list[str]:
    try:
        return found.cmdline()
    except psutil.Error:
        return []


def test_the_commands_tell_where_the_server_is(spare: Address) -> None:
    """`uri` prints the address alone, `status` exits with 0, `logs` ends with the last line."""
    assert kb("--store", SPARE, "server", "uri").out == f"{spare.uri}\n"
    found = kb("--store", SPARE, "server", "status", "--format", "json")
    assert (found.status, json.loads(found.out)["uri"]) == (0, spare.uri)
    assert kb("--store", SPARE, "server", "logs", "-n", "1").out.endswith("Started.\n")
    assert SPARE in kb("store", "list").out
    assert kb("--store", SPARE, "doctor").status == 0


@posix
def test_ctrl_c_in_a_client_does_not_reach_the_server(spare: Address) -> None:
    """The terminal interrupts the whole group of the client; the server has a session of its own."""
    before = pid()
    line = [sys.executable, "-c", ENSURE + "input()"]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, process_group=0) as client:
        assert client.stdout
        assert client.stdout.readline().decode().strip() == spare.uri
        os.killpg(client.pid, signal.SIGINT)
    assert client.returncode
    assert pid() == before
    assert os.getsid(before) == before


def test_it_listens_on_loopback_only_and_asks_for_the_password(spare: Address) -> None:
    """Nobody else on the network or the machine reads the graph."""
    listening = [
        found.laddr.ip
        for found in psutil.Process(pid()).net_connections()
        if found.status == psutil.CONN_LISTEN
    ]
    assert listening
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    for password in ("neo4j", "", spare.password[:-1]):
        with pytest.raises(Unreachable):
            Graph.connect(replace(spare, password=password))


@posix
def test_no_file_of_a_store_is_open_to_others(spare: Address) -> None:
    """The folder is closed; state and password are closed themselves; no argument shows the password."""
    store = stores.find(SPARE)
    assert store.folder.stat().st_mode & 0o077 == 0
    assert {path.stat().st_mode & 0o777 for path in (store.card, store.state, store.log)} == {0o600}
    assert spare.password not in " ".join(psutil.Process(pid()).cmdline())
    assert not list((store.folder / "run").glob("*.args"))


def test_a_state_file_about_another_program_does_not_hide_the_server(spare: Address) -> None:
    """The file names a process of somebody else, or is lost: the server is found by its command line."""
    store, before = stores.find(SPARE), pid()
    states.write(store, replace(state(), pid=os.getpid()))
    assert status(SPARE) is None
    assert ensure(SPARE, quiet) == spare
    store.state.unlink()
    assert ensure(SPARE, quiet) == spare
    assert pid() == before


def test_a_store_whose_server_runs_is_not_removed(spare: Address) -> None:
    """Not even with --yes; the message says how to stop it."""
    found = kb("store", "remove", SPARE, "--yes")
    assert (found.status, found.out) == (1, "")
    assert found.err == [
        f"Error: The server of the store '{SPARE}' runs. Stop it: kb --store {SPARE} server stop."
    ]
    assert states.answers(int(spare.uri.rpartition(":")[2]))


def test_another_server_in_the_environment_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NEO4J_URI nothing is started, saved or restored here."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    for words in (["server", "start"], ["backup", "x.zip"], ["restore", "x.zip"]):
        found = kb(*words)
        assert found.status == 1
        assert found.err[0].startswith("Error: NEO4J_URI names another server (bolt://127.0.0.1:9)")
    assert kb("server", "uri").out == "bolt://127.0.0.1:9\n"


@pytest.mark.usefixtures("spare")
def test_a_stop_leaves_no_state() -> None:
    """The state file is gone, and a second stop finds nothing to do."""
    assert stop(SPARE, quiet)
    assert not stores.find(SPARE).state.exists()
    assert not stop(SPARE, quiet)


# --- what goes wrong at a start -----------------------------------------------------------------------


def test_a_broken_archive_does_not_stop_a_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Java passes over it, and it is deleted: a stop makes a new one."""
    stop(SPARE, quiet)
    archives = java.archives(copied_jars(tmp_path / "ca che ä", monkeypatch))
    java.make_base(archives)
    archives.app.write_bytes(os.urandom(4096))
    ensure(SPARE, quiet)
    assert not archives.app.exists()


def copied_jars(cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The jars in a cache of their own, with a space and an umlaut in its name."""
    lib = jars.library(quiet)
    shutil.copytree(lib, cache / lib.parent.name / "lib")
    shutil.copy2(lib.parent / "checked.json", cache / lib.parent.name)
    monkeypatch.setenv("KB_CACHE", str(cache))
    return jars.library(quiet)


def test_a_java_that_dies_is_one_line_and_its_last_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The start-up archive was not to blame and stays."""
    stop(SPARE, quiet)
    monkeypatch.setenv("KB_JAVA_OPTIONS", "-XX:+NoSuchFlag")
    archive = java.archives(jars.library(quiet)).app
    there = archive.exists()
    found = kb("--store", SPARE, "server", "start")
    assert found.status == 1
    assert f"Error: Neo4j died while it started (store '{SPARE}')." in "\n".join(found.err)
    assert "    Unrecognized VM option 'NoSuchFlag'" in found.err
    assert archive.exists() == there
    assert status(SPARE) is None


@posix
def test_a_locked_store_is_named() -> None:
    """Another program holds the data, as a server of another installation would."""
    import fcntl

    stop(SPARE, quiet)
    store = stores.find(SPARE)
    with (store.folder / "data" / "databases" / "store_lock").open("r+b") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        with pytest.raises(ServerError, match=f"Another process uses the data of the store '{SPARE}'"):
            ensure(SPARE, quiet)
    assert status(SPARE) is None


# --- stores of another version -------------------------------------------------------------------------


def test_a_newer_store_is_refused() -> None:
    """Nothing is opened, and the message says what to do."""
    store = stores.find(SPARE)
    stop(SPARE, quiet)
    store.note("2027.01.0", store.password)
    try:
        with pytest.raises(
            KbError, match=r"written by Neo4j 2027\.01\.0, which is newer.*Update the program"
        ):
            ensure(SPARE, quiet)
    finally:
        store.note(jars.VERSION, store.password)


def test_an_older_store_is_saved_and_then_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The saved file is a backup that `kb restore` takes. Where a port is taken, another one is tried."""
    said: list[str] = []
    store = stores.find(SPARE)
    stop(SPARE, quiet)
    store.note("2026.07.0", store.password)
    free = states.free_port
    with socket.create_server(("127.0.0.1", 0)) as rival:
        taken = rival.getsockname()[1]
        ports = iter([free(), taken])
        monkeypatch.setattr(states, "free_port", lambda: next(ports, None) or free())
        assert ensure(SPARE, said.append).uri != f"bolt://127.0.0.1:{taken}"
    kept = store.folder / "backups" / f"neo4j-2026.07.0-before-{jars.VERSION}.zip"
    assert dump.read(kept).neo4j == "2026.07.0"
    assert f"Saved: {kept}" in said
    assert store.version == jars.VERSION
    assert "PortBindException" in store.log.with_name("console.1.log").read_text("utf-8")


# --- backup and restore -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of three nodes and two relationships, made while the server runs."""
    file = tmp_path_factory.mktemp("saved") / "graph.zip"
    address = ensure(SPARE, quiet)
    write(address, "MATCH (n) DETACH DELETE n")
    write(address, "CREATE (:X {id: 'a'})-[:R]->(:X {id: 'b'})-[:R]->(:X {id: 'c'})")
    made = backup(file, count, store=SPARE, say=quiet)
    assert made.counts == dump.Counts(3, 2)
    assert status(SPARE)
    return file


def test_a_backup_is_not_written_over(saved: Path) -> None:
    """Nor beside a folder that is not there, nor of a store that is not there."""
    before = files.sha256(saved)
    with pytest.raises(Refused, match=r"exists\. Give another name, or --force"):
        backup(saved, count, store=SPARE, say=quiet)
    with pytest.raises(InputError, match="There is no folder"):
        backup(saved.parent / "nix" / "b.zip", count, store=SPARE, say=quiet)
    with pytest.raises(NotFound, match="No store named 'nix'"):
        backup(saved.parent / "b.zip", count, store="nix", say=quiet)
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
    assert files.sha256(saved) == before


def test_a_backup_goes_into_a_new_store(saved: Path) -> None:
    """It had no server, so it has none afterwards; its graph is the one that was saved."""
    held: list[str] = []

    def look(address: Address) -> dump.Counts:
        with Graph.connect(address) as graph:
            held.extend(row["id"] for row in graph.rows("MATCH (x:X) RETURN x.id AS id ORDER BY id"))
        return count(address)

    restore(saved, look, store="copy", say=quiet)
    assert held == ["a", "b", "c"]
    assert status("copy") is None
    assert not swap.pending(stores.find("copy"))


def test_a_store_that_holds_something_is_not_replaced_unasked(saved: Path, spare: Address) -> None:
    """With `force` it is, and its server goes on running."""
    write(spare, "CREATE (:X {id: 'd'})")
    with pytest.raises(Refused, match=f"The store '{SPARE}' holds 4 nodes and 2 relationships"):
        restore(saved, count, store=SPARE, say=quiet)
    assert restore(saved, count, store=SPARE, force=True, say=quiet).counts == dump.Counts(3, 2)
    assert status(SPARE)
    assert count(ensure(SPARE, quiet)) == dump.Counts(3, 2)


def test_a_dump_that_neo4j_cannot_read_changes_nothing(saved: Path, tmp_path: Path) -> None:
    """Sum and size fit, the dump is garbage: the last words of Neo4j are shown."""
    write(ensure(SPARE, quiet), "CREATE (:X {id: 'mine'})")
    stop(SPARE, quiet)
    data = b"garbage" * 100
    broken = forged(saved, tmp_path, data, size=len(data), sha256=hashlib.sha256(data).hexdigest())
    with pytest.raises(ServerError, match=r"administration program failed .*\n    "):
        restore(broken, count, store=SPARE, force=True, say=quiet)
    assert not status(SPARE)


def test_a_backup_that_does_not_hold_what_it_says_changes_nothing(saved: Path, tmp_path: Path) -> None:
    """The dump is whole, the counts differ: the store gets its own graph back."""
    with pytest.raises(ServerError, match="should hold 7 nodes and 2 relationships and holds 3 nodes"):
        restore(forged(saved, tmp_path, nodes=7), count, store=SPARE, force=True, say=quiet)
    assert not status(SPARE)
    assert not swap.pending(stores.find(SPARE))


def forged(saved: Path, folder: Path, data: bytes | None = None, **changed: object) -> Path:
    """The same backup with another dump or manifest."""
    with zipfile.ZipFile(saved) as book, zipfile.ZipFile(folder / "forged.zip", "w") as out:
        out.writestr(dump.DUMP, data or book.read(dump.DUMP))
        out.writestr(dump.MANIFEST, json.dumps(json.loads(book.read(dump.MANIFEST)) | changed))
    return folder / "forged.zip"


@posix
def test_a_restore_that_was_killed_changes_nothing(saved: Path) -> None:
    """It dies after Neo4j opened the new graph: whoever comes next finds the one from before all failures."""
    line = [sys.executable, "-c", KILLED, str(saved)]
    assert subprocess.run(line, check=False, stderr=subprocess.DEVNULL).returncode == -signal.SIGKILL
    assert status(SPARE)
    assert count(ensure(SPARE, quiet)) == dump.Counts(4, 2)


KILLED = """
import os, signal, sys, pathlib
from kb.server.backup import restore
die = lambda address: os.kill(os.getpid(), signal.SIGKILL)
restore(pathlib.Path(sys.argv[1]), die, store="spare", force=True)
"""
