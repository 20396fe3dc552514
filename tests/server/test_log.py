"""A dead server becomes one clear line, and the lines of its log that show it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.errors import ServerError
from kb.server import log, stores

FRAMES = "\tat org.neo4j.server.NeoBootstrapper.start(NeoBootstrapper.java:200)\n\t... 11 more\n"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stores.Store:
    """A new store in a home of its own."""
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    found = stores.find("one")
    found.create()
    return found


@pytest.mark.parametrize(
    ("line", "kind", "message"),
    [
        ("Caused by: io.netty NativeIoException: bind(..) failed with error(-98): Address already in use",
         log.PortTaken, "port that Neo4j was to use was taken"),
        ("Caused by: java.io.IOException: No space left on device", ServerError, "The disk is full"),
        ("java.io.IOException: There is not enough space on the disk", ServerError, "The disk is full"),
        ("FileLockException: Lock file has been locked by another process: x/store_lock.",
         ServerError, "Another process uses the data of the store 'one'"),
        ("Error: Could not reserve enough space for object heap", ServerError, "not enough memory"),
        ("Error: Could not find or load main class org.neo4j.server.Neo4jCommunity",
         log.Died, "Neo4j died while it started"),
    ],
)  # fmt: skip
def test_the_cause_is_read_from_the_log(
    store: stores.Store, line: str, kind: type[ServerError], message: str
) -> None:
    """Real lines of dead servers, and what we say of them."""
    store.log.write_text(f"INFO  Starting...\n{line}\n{FRAMES}INFO  Stopped.\n", encoding="utf-8")
    error = log.death(store)
    assert type(error) is kind
    first, *rest = str(error).splitlines()
    assert message in first
    assert rest == ["    INFO  Starting...", f"    {line}", "    INFO  Stopped."]


def test_a_log_without_trouble_names_no_cause(store: stores.Store) -> None:
    """Nor does a log that is not there."""
    assert log.cause(store) is None
    store.log.write_text("INFO  Started.\n", encoding="utf-8")
    assert log.cause(store) is None
    assert log.tail(store, 5) == ["INFO  Started."]


def test_the_log_of_the_server_before_is_kept(store: stores.Store) -> None:
    """A start does not wipe out why the last server died."""
    store.log.write_text("old\n", encoding="utf-8")
    log.rotate(store)
    assert not store.log.exists()
    assert store.log.with_name("console.1.log").read_text(encoding="utf-8") == "old\n"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[0.004s][error][cds] Loading dynamic archive failed.", True),
        ("[0.011s][warning][aot,cds] shared class paths mismatch", True),
        ("2026-11-21 14:38:01.988+0000 INFO  Starting...", False),
    ],
)
def test_complaints_about_archives_are_recognised(store: stores.Store, line: str, expected: bool) -> None:
    """Java goes on without an archive that does not fit, and says so."""
    store.log.write_text(line + "\n", encoding="utf-8")
    assert log.complains(store) is expected


def test_a_database_that_lacked_memory_is_seen_in_what_was_logged_since(store: stores.Store) -> None:
    """A log torn by a full disk takes more heap to be read; older lines do not count."""
    debug = store.folder / "logs" / "debug.log"
    debug.parent.mkdir(parents=True, exist_ok=True)
    failed = '{"message":"Failed to start DatabaseId{1[neo4j]}","stacktrace":"Caused by: %s"}\n'
    debug.write_text(failed % "java.lang.OutOfMemoryError: Java heap space", "utf-8")
    assert log.starved(store, 0)
    mark = log.debug_size(store)
    debug.write_text(debug.read_text("utf-8") + failed % "java.io.IOException", "utf-8")
    assert not log.starved(store, mark)
