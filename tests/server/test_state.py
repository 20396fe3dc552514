"""A state file is believed only as far as the process table confirms it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from kb.server import conf, signals, stores
from kb.server import state as states
from kb.server.state import State

posix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps no ended children")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> stores.Store:
    """A new store in a home of its own."""
    monkeypatch.setenv("KB_HOME", str(tmp_path))
    found = stores.find("one")
    found.create()
    return found


def own() -> State:
    """The state that this very process would have."""
    return State(os.getpid(), psutil.Process().create_time(), 7687, "2026.08.1", ready=True)


def test_a_running_process_is_recognised(store: stores.Store) -> None:
    """Number and start time agree."""
    states.write(store, own())
    assert states.running(store) == own()


def test_a_number_given_to_another_program_is_stale(store: stores.Store) -> None:
    """The process lives, and started at another time."""
    states.write(store, replace(own(), started=own().started - 60))
    assert states.running(store) is None


def test_a_dead_process_is_stale(store: stores.Store) -> None:
    """Nobody has that number any more."""
    child = subprocess.Popen([sys.executable, "-c", ""])
    started = psutil.Process(child.pid).create_time()
    child.wait()
    states.write(store, replace(own(), pid=child.pid, started=started))
    assert states.running(store) is None


@posix
def test_an_ended_child_that_nobody_waited_for_is_stale(store: stores.Store) -> None:
    """A zombie still has its number."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        state = replace(own(), pid=child.pid, started=psutil.Process(child.pid).create_time())
        states.write(store, state)
        assert states.running(store)
        child.kill()
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert states.running(store) is None


# It keeps the object of its child: Python would wait for the child when the object goes.
PARENT = "import subprocess; child = subprocess.Popen(['true']); print(child.pid, flush=True); input()"


@posix
def test_an_ended_server_whose_parent_does_not_care_is_gone() -> None:
    """As in a container whose first process waits for nobody: a stop must not wait for its time limit."""
    line = [sys.executable, "-c", PARENT]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout
        process = psutil.Process(int(parent.stdout.readline()))
        assert signals.wait_gone(process, 30)
        assert not signals.wait_gone(psutil.Process(parent.pid), 0.1)
        parent.kill()


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"pid": 1}'])
def test_a_damaged_state_file_says_nothing(store: stores.Store, text: str) -> None:
    """It is as if there were none."""
    store.state.write_text(text, encoding="utf-8")
    assert states.running(store) is None


def test_a_server_without_a_state_file_is_found_again(store: stores.Store) -> None:
    """Its command line names the folder, its settings the port."""
    conf.write(store, 4711)
    line = [sys.executable, "-c", "input()", states.home_flag(store)]
    with subprocess.Popen(line, stdin=subprocess.PIPE) as child:
        found = states.adopt(store)
        assert found
        assert (found.pid, found.port, found.ready) == (child.pid, 4711, False)
        assert states.running(store) == found
        child.kill()
    assert states.adopt(store) is None


def test_only_a_bolt_server_counts_as_an_answer() -> None:
    """Another program at the port, or nobody, is no Neo4j."""
    with socket.create_server(("127.0.0.1", 0)) as mute:
        assert not states.answers(mute.getsockname()[1], 0.1)
    assert not states.answers(states.free_port(), 0.1)


def test_the_settings_name_each_key_once(store: stores.Store) -> None:
    """Neo4j refuses a file with a repeated setting."""
    lines = conf.text(store, 4711).splitlines()
    assert len({line.partition("=")[0] for line in lines}) == len(lines)


def test_the_settings_open_nothing_to_others(store: stores.Store) -> None:
    """Loopback, a password, no telemetry, no way out for Cypher."""
    found = dict(line.split("=", 1) for line in conf.text(store, 4711).splitlines())
    assert {found[key] for key in found if key.endswith("_address")} == {"127.0.0.1", "127.0.0.1:4711"}
    assert found["dbms.security.auth_enabled"] == "true"
    assert found["internal.dbms.cypher_ip_blocklist"] == "0.0.0.0/0,::/0"
    silent = ("usage_report", "telemetry", "fleet", "http", "https", "csv_import")
    assert {value for key, value in found.items() if any(word in key for word in silent)} == {"false"}
