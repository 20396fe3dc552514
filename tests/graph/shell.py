"""The command line, called within the process of the tests."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from kb.cli import main


@dataclass(frozen=True)
class Done:
    """What a command left: exit status, standard output, and the lines on standard error."""

    status: int
    out: str
    err: list[str]


def kb(*words: str | Path, stdin: str = "", columns: int = 80) -> Done:
    """Run one command to its end, as if its output went into a pipe or a terminal of this width."""
    out, err = io.StringIO(), io.StringIO()
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", io.StringIO(stdin)),
        patch.dict("os.environ", {"COLUMNS": str(columns)}),
    ):
        try:
            main([str(word) for word in words])
        except SystemExit as stop:
            status = stop.code if isinstance(stop.code, int) else 1
    return Done(status, out.getvalue(), err.getvalue().splitlines())
