"""A real terminal (a pseudo-terminal of the system) for programs that ask or draw."""

from __future__ import annotations

import os
import pty
import select
import subprocess
from collections.abc import Sequence
from time import monotonic


def read_until(master: int, text: str, seconds: float = 60) -> str:
    """What was written to the terminal, up to this text or the end. Fails when neither comes."""
    said = b""
    until = monotonic() + seconds
    while text.encode() not in said:
        ready, _, _ = select.select([master], [], [], max(0.0, until - monotonic()))
        assert ready, f"no {text!r} in {said!r}"
        try:
            some = os.read(master, 10_000)
        except OSError:  # how Linux tells that the last program has closed it
            break
        if not some:
            break
        said += some
    return said.decode()


def answered(command: Sequence[str], question: str, answer: str) -> tuple[int, str]:
    """Run a command on a terminal and type the answer to its question; gives back status and what it said."""
    master, slave = pty.openpty()
    try:
        process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave)
        os.close(slave)
        said = read_until(master, question)
        os.write(master, answer.encode())
        said += read_until(master, "\0")
        return process.wait(60), said
    finally:
        os.close(master)
