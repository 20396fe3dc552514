"""Which server runs on a store: a small file, believed only as far as the process table confirms it."""

from __future__ import annotations

import json
import re
import socket
from dataclasses import asdict, dataclass, fields, replace

import psutil

from kb.server import files
from kb.server.jars import VERSION
from kb.server.stores import Store

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class State:
    """A server: process id, its start in seconds since 1970, port, Neo4j, and whether it answered once."""

    pid: int
    started: float
    port: int
    version: str
    ready: bool = False
    archive: str = ""
    """The unfinished start-up archive that this server writes when it stops."""

    @property
    def uri(self) -> str:
        return f"bolt://{HOST}:{self.port}"

    def readied(self) -> State:
        return replace(self, ready=True)


def write(store: Store, state: State) -> None:
    files.write_private(store.state, json.dumps(asdict(state), indent=1))


def read(store: Store) -> State | None:
    """What the file says, true or not; None when there is none or it is damaged."""
    found = files.read_json(store.state) or {}
    try:
        return State(**{field.name: found[field.name] for field in fields(State)})
    except KeyError:
        return None


def running(store: Store) -> State | None:
    """The server that runs on a store; None also when the file is about a dead or another process."""
    state = read(store)
    return state if state and process(store, state) else None


def process(store: Store, state: State) -> psutil.Process | None:
    """The process of a state, None when it is gone or its number was given to another program."""
    try:
        found = psutil.Process(state.pid)
        if found.status() == psutil.STATUS_ZOMBIE:
            return None
        return found if abs(found.create_time() - state.started) < 1 or _is_ours(found, store) else None
    except psutil.Error:
        return None


def _is_ours(found: psutil.Process, store: Store) -> bool:
    """Start times move when the clock is set; the command line names the folder."""
    return home_flag(store) in found.cmdline()


def home_flag(store: Store) -> str:
    """The argument by which a server of this store is known in the process table."""
    return f"--home-dir={store.folder}"


def adopt(store: Store) -> State | None:
    """Find a server of the store that no state file tells of, and write its state again."""
    for found in psutil.process_iter(["cmdline"]):
        if home_flag(store) in (found.info["cmdline"] or ()) and (port := _port(store)):
            state = State(found.pid, found.create_time(), port, store.version or VERSION)
            write(store, state)
            return state
    return None


def _port(store: Store) -> int:
    """The port in the settings with which the last server was started; 0 when there is none."""
    settings = store.folder / "conf" / "neo4j.conf"
    text = settings.read_text(encoding="utf-8") if settings.is_file() else ""
    found = re.search(r"^server\.bolt\.listen_address=.*:(\d+)$", text, re.MULTILINE)
    return int(found[1]) if found else 0


def answers(port: int, seconds: float = 1.0) -> bool:
    """Whether a Bolt server listens at the port: it agrees on a version of the protocol."""
    hello = b"\x60\x60\xb0\x17" + b"\x00\x08\x08\x05" + b"\x00\x04\x04\x04" + bytes(8)
    try:
        with socket.create_connection((HOST, port), seconds) as wire:
            wire.settimeout(seconds)
            wire.sendall(hello)
            return any(wire.recv(4))
    except OSError:
        return False


def free_port() -> int:
    """A port nobody listens at just now."""
    with socket.socket() as wire:
        wire.bind((HOST, 0))
        return int(wire.getsockname()[1])
