"""The jars of Neo4j: named by a lock file, fetched once, and never used before their sums were checked.

Jars are taken from the first place that has them:

1. `KB_NEO4J_LIB`, a folder of jars, for machines without a network (then nothing is downloaded);
2. the local Maven repository of the user;
3. the repository at `KB_MAVEN_URL`, else Maven's central one.

Whatever the place, each jar is copied into the cache under a temporary name, its SHA-256 is compared
with the lock, and only then it gets its name. A marker remembers size and time of the checked files,
so that a later start looks at 225 file entries and not at 158 MB.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import ssl
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from kb import paths
from kb.errors import ServerError
from kb.server import files

if TYPE_CHECKING:
    import urllib3

VERSION = "2026.08.1"
LOCK = Path(__file__).with_name(f"neo4j-{VERSION}.lock.csv")
THREADS = 8
PAUSES = (0.5, 1, 2, 4)  # seconds
HOPELESS = ("status 401", "status 403", "status 404")
Say = Callable[[str], None]
Fetch = Callable[["Jar"], bytes]


@dataclass(frozen=True, slots=True)
class Jar:
    """One row of the lock: Maven coordinates, size in bytes and SHA-256 of a jar."""

    group: str
    artifact: str
    version: str
    classifier: str
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file name, unique in the lock."""
        return "-".join(filter(None, (self.artifact, self.version, self.classifier))) + ".jar"

    @property
    def path(self) -> str:
        """The place inside a Maven repository."""
        return f"{self.group.replace('.', '/')}/{self.artifact}/{self.version}/{self.name}"


def lock() -> tuple[Jar, ...]:
    """The jars that Neo4j needs, in the order of the lock file."""
    with LOCK.open(encoding="utf-8", newline="") as stream:
        return tuple(_jar(row) for row in csv.DictReader(stream))


def _jar(row: dict[str, str]) -> Jar:
    words = row["group"], row["artifact"], row["version"], row["classifier"]
    return Jar(*words, size=int(row["size"]), sha256=row["sha256"])


def folder() -> Path:
    """Where the checked jars of this version lie."""
    return paths.cache().absolute() / f"neo4j-{VERSION}" / "lib"


def library(say: Say) -> Path:
    """The folder of the checked jars; fetches what is missing or was changed. Errors: ServerError."""
    lib = files.private(folder())
    if wanting(lib) or _strangers(lib):
        with files.locked(lib.parent / "lock", -1, "Another process fetches the jars of Neo4j."):
            for path in _strangers(lib):
                path.unlink()
            if missing := wanting(lib):
                _fetch_all(lib, missing, say)
                _mark(lib)
    return lib


def wanting(lib: Path) -> list[Jar]:
    """The jars that are not there or not as they were when their sums were checked."""
    seen = files.read_json(lib.parent / "checked.json") or {}
    return [jar for jar in lock() if seen.get(jar.name) != [jar.sha256, *_traits(lib / jar.name)]]


def _traits(path: Path) -> tuple[int, int]:
    try:
        entry = path.stat()
    except OSError:
        return (-1, -1)
    return (entry.st_size, entry.st_mtime_ns)


def _mark(lib: Path) -> None:
    checked = {jar.name: [jar.sha256, *_traits(lib / jar.name)] for jar in lock()}
    files.write_private(lib.parent / "checked.json", json.dumps(checked))


def _strangers(lib: Path) -> list[Path]:
    """Files that no lock names: whatever lies in the folder would be on the class path."""
    known = {jar.name for jar in lock()}
    return [path for path in lib.iterdir() if path.name not in known]


# --- fetching ---------------------------------------------------------------------------------------


def _fetch_all(lib: Path, missing: list[Jar], say: Say) -> None:
    files.need_room(lib, 50 + sum(jar.size for jar in missing) // 1_000_000)
    halted = Event()
    fetch = _source(halted)
    with _progress(missing, say) as advance, ThreadPoolExecutor(THREADS) as pool:
        jobs = [pool.submit(_put, lib, jar, fetch) for jar in missing]
        try:
            for job in as_completed(jobs):
                advance(job.result())
        except BaseException:
            halted.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _put(lib: Path, jar: Jar, fetch: Fetch) -> int:
    """Give a jar its name in the cache once its sum is right; its size in bytes."""
    target = lib / jar.name
    data = _right(target, jar) or _right(_local_maven() / jar.path, jar) or fetch(jar)
    if hashlib.sha256(data).hexdigest() != jar.sha256:
        raise ServerError(
            f"The SHA-256 of {jar.name} differs from the lock, so the file was not kept.",
            "Try again; if it stays so, the mirror or a proxy changes files: set KB_MAVEN_URL.",
        )
    part = files.beside(target)
    try:
        part.write_bytes(data)
        os.replace(part, target)
    except OSError as error:
        raise ServerError(
            f"Cannot write {target}: {error.strerror}.", "Free some space or set KB_CACHE."
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return jar.size


def _right(path: Path, jar: Jar) -> bytes | None:
    """The bytes of a file if they are those of the jar."""
    if _traits(path)[0] != jar.size:
        return None
    data = path.read_bytes()
    return data if hashlib.sha256(data).hexdigest() == jar.sha256 else None


def _local_maven() -> Path:
    return Path(os.environ.get("M2_REPO") or Path.home() / ".m2" / "repository")


def _source(halted: Event) -> Fetch:
    """How to get the bytes of a jar that is not on this machine yet; nothing more once `halted`."""
    if given := os.environ.get("KB_NEO4J_LIB"):
        return lambda jar: _from_folder(Path(given), jar)
    address = _repository()
    pool = _pool(address)
    return lambda jar: _download(pool, f"{address}/{jar.path}", jar, halted)


def _from_folder(given: Path, jar: Jar) -> bytes:
    try:
        return (given / jar.name).read_bytes()
    except OSError as error:
        raise ServerError(
            f"{jar.name} cannot be read in the folder KB_NEO4J_LIB ({given}): {error.strerror}.",
            f"It must hold the {len(lock())} jars of Neo4j {VERSION}.",
        ) from error


def _repository() -> str:
    """The address of the Maven repository, without a slash at its end."""
    if given := os.environ.get("KB_MAVEN_URL"):
        return given.rstrip("/")
    from jgo.constants import MAVEN_CENTRAL_URL  # a quarter of a second: only when something is fetched

    return str(MAVEN_CENTRAL_URL).rstrip("/")


def _pool(address: str) -> urllib3.PoolManager:
    """One pool of connections for all threads, through the proxy of the system if it has one."""
    from urllib.parse import urlsplit
    from urllib.request import getproxies, proxy_bypass

    import urllib3

    site = urlsplit(address)
    proxy = getproxies().get(site.scheme)
    if not proxy or proxy_bypass(site.netloc):
        return urllib3.PoolManager(maxsize=THREADS, block=True, ssl_context=_trust())
    return urllib3.ProxyManager(proxy, maxsize=THREADS, block=True, ssl_context=_trust())


def _trust() -> ssl.SSLContext:
    """The certificates of the system; where Python finds none (macOS), those of certifi."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        import certifi

        context.load_verify_locations(certifi.where())
    return context


def _download(pool: urllib3.PoolManager, address: str, jar: Jar, halted: Event) -> bytes:
    """The bytes at an address, tried again after pauses that grow."""
    import urllib3

    once = urllib3.Retry(connect=0, read=0, redirect=3, total=None)
    reason = "interrupted"
    for pause in (*PAUSES, None):
        try:
            answer = pool.request("GET", address, retries=once, timeout=urllib3.Timeout(connect=10, read=10))
            if answer.status == 200:
                return answer.data
            reason = f"status {answer.status}"
        except (urllib3.exceptions.HTTPError, ValueError) as error:
            reason = _reason(error)
        if pause is None or halted.wait(pause) or reason in HOPELESS:
            break
    raise ServerError(
        f"Cannot fetch {jar.name} from {address} ({reason}).",
        "Check the network, or set KB_MAVEN_URL to a mirror or KB_NEO4J_LIB to a folder with the jars.",
    )


def _reason(error: BaseException) -> str:
    inner = getattr(error, "reason", None) or error
    return str(inner).rpartition(": ")[2] or type(inner).__name__


@contextmanager
def _progress(missing: list[Jar], say: Say) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, one line elsewhere."""
    total = sum(jar.size for jar in missing)
    title = f"Fetching Neo4j {VERSION} (once)"
    if not sys.stderr.isatty():
        say(f"{title}: {len(missing)} jars, {total / 1e6:.0f} MB.")
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda size: bar.advance(task, size)
