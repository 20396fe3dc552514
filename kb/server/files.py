"""Small habits with files: private folders, writes that happen wholly or not at all, locks, sizes."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kb.errors import ServerError


def private(folder: Path) -> Path:
    """Make the folder and its missing parents, each open to its owner only; give it back."""
    try:
        for step in [*reversed(folder.parents), folder]:
            if not step.is_dir():
                step.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise ServerError(
            f"Cannot make the folder {folder}: {error.strerror}.",
            "Set KB_HOME (graphs) and KB_CACHE (downloads) to folders you may write to.",
        ) from error
    return folder


@contextmanager
def reported(doing: str) -> Iterator[None]:
    """Turn an error of the file system into one line that says what was being done."""
    try:
        yield
    except OSError as error:
        place = f" ({error.filename})" if error.filename else ""
        hint = "Free some space." if error.errno == errno.ENOSPC else "See `kb doctor`."
        raise ServerError(f"{doing} failed: {error.strerror or error}{place}.", hint) from error


def need_room(folder: Path, megabytes: int) -> None:
    """Refuse to begin what would die halfway on a full disk. Errors: ServerError."""
    free = shutil.disk_usage(folder).free // 1_000_000
    if free < megabytes:
        raise ServerError(
            f"The disk is full: {free} MB free at {folder}, {megabytes} MB needed.", "Free some space."
        )


def beside(path: Path) -> Path:
    """A temporary name in the same folder that no other process uses."""
    return path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.part")


def write_private(path: Path, text: str) -> None:
    """Write a file of mode 0600 wholly or not at all."""
    part = beside(path)
    try:
        with open(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as stream:
            stream.write(text)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def read_json(path: Path) -> dict[str, Any] | None:
    """The object in a JSON file; None when there is no file or no object in it."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def sha256(path: Path) -> str:
    """The SHA-256 of a file, as hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def size(path: Path) -> int:
    """Bytes in a file or in all files of a folder; files that vanish meanwhile count nothing."""
    if path.is_file():
        return path.stat().st_size
    total = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
            except OSError:
                continue
    return total


@contextmanager
def locked(path: Path, seconds: float, busy: str) -> Iterator[None]:
    """Hold a lock between processes; fail with the text `busy` after `seconds` of waiting (-1: never)."""
    import filelock

    private(path.parent)
    try:
        with filelock.FileLock(path, timeout=seconds, mode=0o600):
            yield
    except filelock.Timeout as error:
        raise ServerError(busy) from error
