"""A progress bar for whatever takes more than a second, on the stderr of a terminal and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

AFTER = 1.0  # seconds without a bar; what is quicker needs none

Step = Callable[[int, int], None]  # done, total


class Bar:
    """A bar that appears after a second and goes when the work is done; with no total it only moves."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._at: tuple[int, int | None] = (0, None)
        self._shown: tuple[Progress, TaskID] | None = None
        self._timer = Timer(AFTER, self._show)
        self._timer.daemon = True

    def step(self, done: int, total: int) -> None:
        """So much is done."""
        self._at = done, total
        self._renew()

    def label(self, text: str) -> None:
        """Something else is being worked at."""
        self._label = text
        self._renew()

    def _renew(self) -> None:
        if self._shown:
            bar, task = self._shown
            bar.update(task, description=self._label, completed=self._at[0], total=self._at[1])

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

        columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
        # Not redirected: what is printed on stdout must stay there.
        bar = Progress(
            *columns,
            console=Console(stderr=True),
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        task = bar.add_task(self._label, total=None)
        bar.start()
        self._shown = bar, task
        self._renew()

    def __enter__(self) -> Bar:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._timer.join()
        if self._shown:
            self._shown[0].stop()


@contextmanager
def progress(label: str) -> Iterator[Bar | None]:
    """A bar during the work where a person can see it, else None."""
    if not sys.stderr.isatty():
        yield None
        return
    with Bar(label) as bar:
        yield bar
