"""A book must not change while it is read: half of one state and half of another would be loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from kb.errors import InputError
from kb.loading.book import BookFile
from loaders.files import find_files


def require_unchanged(paths: Iterable[Path], read: Sequence[BookFile]) -> None:
    """Raise InputError when the files under the paths are others by now than those that were read.

    Their bytes are compared by their sums: sizes and times can stay the same.
    """
    files = find_files(paths)
    if len(files) != len(read):
        raise InputError("The files of the book changed while it was read.", "Wait until they are all there.")
    for file, was in zip(files, read, strict=True):
        # What is no regular file, such as a pipe, can be read only once.
        if file.is_file() and _sum(file) != was.sha256:
            raise InputError(
                f"{file} changed while it was read.", "Save it, wait for the end, and try again."
            )


def _sum(file: Path) -> str:
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Check the file, or move it.") from None
