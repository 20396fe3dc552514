"""A book that changes while it is read is refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kb.errors import InputError
from loaders.tables import read_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two files, the actors read first."""
    (tmp_path / "actors.csv").write_text("id,name,kind\nmade-up-hub,Made-up Hub,cell\n", "utf-8")
    (tmp_path / "cases.csv").write_text("id,title\nmade-up-case,Made-up case\n", "utf-8")
    return tmp_path


def test_a_file_that_is_saved_while_the_book_is_read(book: Path) -> None:
    """A file of the same size that was written again after it was read: one line, whatever its time says."""
    actors = book / "actors.csv"
    when = actors.stat().st_mtime_ns

    def meanwhile(name: str) -> None:
        if name == "cases.csv":
            actors.write_text(actors.read_text("utf-8").replace("Hub,cell", "Hut,cell"), "utf-8")
            os.utime(actors, ns=(when, when))

    with pytest.raises(InputError) as error:
        read_book([book], meanwhile)
    assert str(error.value) == (
        f"{actors} changed while it was read. Save it, wait for the end, and try again."
    )


def test_a_file_that_comes_or_goes_while_the_book_is_read(book: Path) -> None:
    """Half of the tables are not the book."""
    with pytest.raises(InputError, match="The files of the book changed while it was read"):
        read_book([book], lambda _: (book / "names.csv").write_text("id,actor,name,name_type\n") and None)
    with pytest.raises(InputError, match="The files of the book changed while it was read"):
        read_book([book], lambda _: (book / "actors.csv").unlink(missing_ok=True))


def test_a_file_that_was_only_touched_is_the_same(book: Path) -> None:
    """Writing the same bytes again changes nothing."""
    text = (book / "actors.csv").read_bytes()
    assert not read_book([book], lambda _: (book / "actors.csv").write_bytes(text) and None).errors
