"""`kb server`, `kb store`, `kb backup`, `kb restore` and `kb doctor` on a home where no server runs."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from kb.server import state, stores
from kb.server.dump import Counts
from kb.server.state import State
from tests.graph import shell


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without stores."""
    monkeypatch.setenv("KB_HOME", str(tmp_path / "home"))
    return tmp_path


def kb(*words: str) -> tuple[int, str, str]:
    """Run the program without a terminal: exit status, output, messages."""
    done = shell.kb(*words)
    return done.status, done.out, "".join(f"{line}\n" for line in done.err)


def test_without_a_server_status_and_uri_fail() -> None:
    """Scripts can rely on the exit status; nothing but facts goes to stdout."""
    assert kb("server", "status") == (1, "No server runs on the store 'default'.\n", "")
    status, text, _ = kb("server", "status", "--format", "json")
    assert (status, json.loads(text)) == (1, {"store": "default", "running": False})
    assert kb("server", "uri") == (
        1,
        "",
        "Error: No server runs, so there is no address. Start it: kb server start.\n",
    )
    assert kb("server", "stop") == (0, "", "No server runs.\n")


def test_what_is_not_there_is_named() -> None:
    """A store, a backup file: one line each."""
    assert kb("server", "logs")[2] == "Error: No store named 'default'. See `kb store list`.\n"
    assert kb("backup", "x.zip")[2] == "Error: No store named 'default'. See `kb store list`.\n"
    assert kb("restore", "nix.zip") == (2, "", "Error: No file nix.zip.\n")
    assert kb("server", "logs", "-n", "0")[0] == 2


def test_stores_are_listed_and_removed() -> None:
    """Removing needs --yes where nobody can be asked."""
    stores.find("one").create()
    stores.find("two").create()
    listed = json.loads(kb("store", "list", "--format", "json")[1])
    assert [row["store"] for row in listed] == ["one", "two"]
    status, _, message = kb("store", "remove", "one")
    assert (status, message) == (
        1,
        "Error: Nothing was deleted: there is no terminal to ask on. Give --yes to do it unasked.\n",
    )
    assert kb("store", "remove", "one", "--yes") == (0, "", "Removed the store 'one'.\n")
    assert kb("store", "remove", "tow", "--yes")[2] == "Error: No store named 'tow'. Did you mean 'two'?\n"
    assert [store.name for store in stores.every()] == ["two"]


@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo terminal")
@pytest.mark.parametrize(("answer", "stays"), [("n\n", True), ("y\n", False)])
def test_on_a_terminal_removing_asks_first(answer: str, stays: bool) -> None:
    """Only a yes deletes."""
    from tests.terminal import answered

    stores.find("one").create()
    line = [sys.executable, "-m", "kb", "store", "remove", "one"]
    status, _ = answered(line, "Delete the store 'one' with its whole graph", answer)
    assert status == (130 if stays else 0)
    assert stores.find("one").exists is stays


def test_a_new_home_has_nothing_wrong() -> None:
    """`doctor` starts nothing and makes nothing."""
    status, text, message = kb("doctor")
    assert (status, message) == (0, "Nothing is wrong.\n")
    assert "not running" in text
    assert not (stores.root()).exists()


def test_the_doctor_sees_what_is_wrong() -> None:
    """An open folder, a store of a newer Neo4j, a server that died: each is one line."""
    from kb.server.doctor import examine

    store = stores.find()
    store.create()
    store.note("2099.01.0", store.password)
    state.write(store, State(os.getpid(), 1.0, 7687, "2026.08.1"))
    store.folder.chmod(0o755)
    found = "\n".join(examine(lambda _: Counts(0, 0)).wrong)
    assert "written by Neo4j 2099.01.0, which is newer" in found
    assert "died; the next start recovers its graph" in found
    assert os.name == "nt" or f"chmod go-rwx {store.folder}" in found


def test_another_server_that_does_not_answer_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """With NEO4J_URI that one is in use, and looked at."""
    monkeypatch.setenv("NEO4J_URI", "bolt://127.0.0.1:9")
    status, text, _ = kb("doctor")
    assert status == 1
    assert "bolt://127.0.0.1:9 (NEO4J_URI), not the embedded server" in text
    assert "WRONG" in text
