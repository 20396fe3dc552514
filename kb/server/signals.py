"""Starting a program so that Ctrl-C in a client never reaches it, and asking it to end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import psutil

# A session of its own (POSIX), an invisible console of its own (Windows). A new process group would do
# on Windows too, but switches Ctrl-C off in the program, and that is the only way to end it in peace.
APART: dict[str, Any] = {
    "start_new_session": True,
    "creationflags": getattr(subprocess, "CREATE_NO_WINDOW", 0),
}

_PRESS_CTRL_C = """
import ctypes, sys
console = ctypes.windll.kernel32
console.FreeConsole()
if not console.AttachConsole(int(sys.argv[1])):
    sys.exit(1)
console.SetConsoleCtrlHandler(None, True)
sys.exit(not console.GenerateConsoleCtrlEvent(0, 0))
"""


def ask_to_end(process: psutil.Process) -> None:
    """Send SIGTERM; on Windows, which has none, press Ctrl-C in the console of the program, else kill it."""
    if os.name != "nt":
        process.terminate()
        return
    line = [sys.executable, "-c", _PRESS_CTRL_C, str(process.pid)]
    if subprocess.run(line, check=False, **APART).returncode:
        process.kill()


def wait_gone(process: psutil.Process, seconds: float) -> bool:
    """Whether the process ends in time; one that ended and that no parent waits for (a zombie) is gone."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            process.wait(0.05)
            return True
        except psutil.TimeoutExpired:
            if _ended(process):
                return True
    return False


def _ended(process: psutil.Process) -> bool:
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill(process: psutil.Process, seconds: float) -> None:
    """End a process that does not end itself; a database survives that and recovers at its next start."""
    process.kill()
    wait_gone(process, seconds)
