"""Jars are fetched once and never used unchecked: a real web server, real files, a small lock."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kb.errors import ServerError
from kb.server import jars

NAMES = ("alpha", "beta", "gamma")
CONTENT = {name: name.encode() * 1000 for name in NAMES}


def quiet(line: str) -> None:
    """Say nothing."""


@dataclass
class Repository:
    """A Maven repository on this machine: what it serves, and what it was asked for."""

    files: dict[str, bytes]
    address: str = ""
    failures: int = 0
    asked: list[str] = field(default_factory=list)


@pytest.fixture
def lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[jars.Jar, ...]:
    """Three small jars instead of 225, and folders that nobody else uses."""
    path = tmp_path / "lock.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["group", "artifact", "version", "classifier", "size", "sha256"])
        for name, data in CONTENT.items():
            out.writerow(["org.example", name, "1.0", "", len(data), hashlib.sha256(data).hexdigest()])
    monkeypatch.setattr(jars, "LOCK", path)
    monkeypatch.setattr(jars, "PAUSES", (0.01, 0.01))
    monkeypatch.setenv("KB_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("M2_REPO", str(tmp_path / "maven"))
    monkeypatch.delenv("KB_NEO4J_LIB", raising=False)
    return jars.lock()


@pytest.fixture
def repository(lock: tuple[jars.Jar, ...], monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """A web server that has the three jars."""
    shop = Repository({f"/{jar.path}": CONTENT[jar.artifact] for jar in lock})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shop.asked.append(self.path)
            shop.failures -= 1
            data = shop.files.get(self.path)
            self.send_response(503 if shop.failures >= 0 else 200 if data else 404)
            self.send_header("Content-Length", str(len(data or b"")))
            self.end_headers()
            self.wfile.write(data or b"")

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Keep the output of the tests clean."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        threading.Thread(target=httpd.serve_forever, args=(0.01,), daemon=True).start()
        shop.address = f"http://127.0.0.1:{httpd.server_port}"
        monkeypatch.setenv("KB_MAVEN_URL", shop.address)
        yield shop
        httpd.shutdown()


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_jar_is_fetched_once(repository: Repository) -> None:
    """The second look asks nobody, and the folder holds the jars of the lock and nothing else."""
    lib = jars.library(quiet)
    assert jars.library(quiet) == lib
    assert sorted(repository.asked) == sorted(repository.files)
    assert names(lib) == {f"{name}-1.0.jar" for name in NAMES}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
@pytest.mark.usefixtures("repository")
def test_the_cache_is_closed_to_other_users() -> None:
    """Nobody else can put a jar on the class path."""
    assert jars.library(quiet).stat().st_mode & 0o077 == 0


def test_a_jar_with_another_sum_is_not_kept(repository: Repository, lock: tuple[jars.Jar, ...]) -> None:
    """What differs from the lock is named and thrown away."""
    repository.files[f"/{lock[1].path}"] = b"x" * lock[1].size
    with pytest.raises(ServerError, match=r"beta-1\.0\.jar differs from the lock"):
        jars.library(quiet)
    assert not (jars.folder() / lock[1].name).exists()


@pytest.mark.parametrize("damage", [b"", b"short", b"z" * 4000])
def test_a_jar_changed_in_the_cache_is_fetched_again(repository: Repository, damage: bytes) -> None:
    """Size and time of a checked jar are remembered; whatever else lies there is not used."""
    path = jars.library(quiet) / "alpha-1.0.jar"
    path.write_bytes(damage)
    jars.library(quiet)
    assert path.read_bytes() == CONTENT["alpha"]
    assert len(repository.asked) == len(NAMES) + 1


def test_a_jar_with_another_time_is_checked_not_fetched(repository: Repository) -> None:
    """A cache that was copied is read once and needs no network."""
    path = jars.library(quiet) / "alpha-1.0.jar"
    os.utime(path, (1, 1))
    jars.library(quiet)
    assert len(repository.asked) == len(NAMES)
    assert not jars.wanting(path.parent)


@pytest.mark.usefixtures("repository")
def test_a_jar_that_no_lock_names_is_removed() -> None:
    """Whatever lies in the folder would be on the class path."""
    lib = jars.library(quiet)
    (lib / "stranger.jar").write_bytes(b"x")
    assert "stranger.jar" not in names(jars.library(quiet))


def test_the_local_maven_repository_is_used_first(
    repository: Repository, lock: tuple[jars.Jar, ...], tmp_path: Path
) -> None:
    """A right jar there is copied, a wrong one is passed over."""
    for jar, data in ((lock[0], CONTENT["alpha"]), (lock[1], b"y" * lock[1].size)):
        path = tmp_path / "maven" / jar.path
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    jars.library(quiet)
    assert sorted(repository.asked) == [f"/{lock[1].path}", f"/{lock[2].path}"]


def test_a_folder_of_jars_replaces_the_network(
    repository: Repository, lock: tuple[jars.Jar, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With KB_NEO4J_LIB nothing is fetched, sums are checked, and a missing jar is named."""
    given = tmp_path / "given"
    given.mkdir()
    monkeypatch.setenv("KB_NEO4J_LIB", str(given))
    for jar in lock[:2]:
        (given / jar.name).write_bytes(CONTENT[jar.artifact])
    with pytest.raises(ServerError, match=r"gamma-1\.0\.jar cannot be read in the folder KB_NEO4J_LIB"):
        jars.library(quiet)
    (given / lock[2].name).write_bytes(b"wrong")
    with pytest.raises(ServerError, match=r"gamma-1\.0\.jar differs from the lock"):
        jars.library(quiet)
    (given / lock[2].name).write_bytes(CONTENT["gamma"])
    assert len(names(jars.library(quiet))) == len(NAMES)
    assert not repository.asked


def test_a_busy_repository_is_asked_again(repository: Repository) -> None:
    """A passing failure is tried again after a pause."""
    repository.failures = 2
    jars.library(quiet)
    assert len(repository.asked) == len(NAMES) + 2


def test_a_missing_jar_is_not_asked_for_again(repository: Repository, lock: tuple[jars.Jar, ...]) -> None:
    """Where the repository says that it has no such file, the error names address and status."""
    del repository.files[f"/{lock[0].path}"]
    with pytest.raises(ServerError, match=r"Cannot fetch alpha-1\.0\.jar from http.*\(status 404\)\. Check"):
        jars.library(quiet)
    assert repository.asked.count(f"/{lock[0].path}") == 1


@pytest.mark.usefixtures("lock")
def test_without_a_network_the_error_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line: which jar, from where, why, and the settings that help."""
    monkeypatch.setenv("KB_MAVEN_URL", "http://127.0.0.1:9")
    with pytest.raises(
        ServerError, match=r"Cannot fetch .* refused\)\. Check the network.*KB_NEO4J_LIB"
    ) as seen:
        jars.library(quiet)
    assert "\n" not in str(seen.value)


def test_two_at_once_fetch_every_jar_once(repository: Repository) -> None:
    """A lock between processes makes the second wait for the first."""
    threads = [threading.Thread(target=jars.library, args=(quiet,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(repository.asked) == sorted(repository.files)


@pytest.mark.usefixtures("repository")
def test_the_fetching_is_announced_in_one_line() -> None:
    """Without a terminal there is no bar."""
    said: list[str] = []
    jars.library(said.append)
    assert said == [f"Fetching Neo4j {jars.VERSION} (once): 3 jars, 0 MB."]


class Terminal(io.StringIO):
    """What a terminal is to a program that writes to it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("repository")
def test_a_terminal_shows_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """On stderr, and nothing is said besides."""
    said: list[str] = []
    screen = Terminal()
    monkeypatch.setattr("sys.stderr", screen)
    jars.library(said.append)
    assert f"Fetching Neo4j {jars.VERSION} (once)" in screen.getvalue()
    assert said == []


def test_the_lock_of_neo4j_is_whole() -> None:
    """225 jars with their own names and sums, among them Neo4j of the version in the name of the file."""
    found = jars.lock()
    assert len({jar.name for jar in found}) == len(found) == 225
    assert {len(jar.sha256) for jar in found} == {64}
    assert round(sum(jar.size for jar in found) / 1e6) == 158
    assert jars.VERSION in {jar.version for jar in found if jar.artifact == "neo4j"}
