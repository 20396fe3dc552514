"""The progress bar: after a second, on a terminal, on stderr."""

from __future__ import annotations

import os
import pty
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr

import pytest

from kb.cli import progress as module
from kb.cli.progress import progress
from tests.terminal import read_until


@contextmanager
def terminal() -> Iterator[int]:
    """A terminal that is stderr; what is drawn there can be read here."""
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stderr, redirect_stderr(stderr):
        yield master
    os.close(master)


def test_a_bar_shows_how_much_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Label and share of the work are on the terminal, and stdout stays as it is."""
    monkeypatch.setattr(module, "AFTER", 0.0)
    monkeypatch.setenv("TERM", "xterm")
    stdout = sys.stdout
    with terminal() as screen, progress("Writing 4 changes") as bar:
        assert bar is not None
        bar.step(1, 4)
        drawn = read_until(screen, "25%")
        assert "Writing 4 changes" in drawn
        assert sys.stdout is stdout
        bar.label("Almost there")
        read_until(screen, "Almost there")


def test_what_is_done_within_a_second_shows_no_bar() -> None:
    """Quick work leaves the terminal as it was."""
    with terminal() as screen:
        with progress("Checking") as bar:
            assert bar is not None
            bar.step(1, 2)
        sys.stderr.write("the end")
        sys.stderr.flush()
        assert read_until(screen, "the end") == "the end"


def test_where_nobody_looks_there_is_no_bar(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Into a pipe or a file nothing is drawn, however long it takes."""
    monkeypatch.setattr(module, "AFTER", 0.0)
    with progress("Checking") as bar:
        time.sleep(0.05)
    assert bar is None
    assert capsys.readouterr() == ("", "")
