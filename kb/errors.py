"""What can go wrong, once.

One error tree::

    KbError                      anything this program refuses or fails at, exit status 1
    ├── NotFound                 a record, a query, a store that is not there
    ├── Refused                  a statement, load or undo that is not allowed
    ├── InputError               a file or value that cannot be read, exit status 2
    │   └── FaultsError          a book with faults, carries the list
    ├── ServerError              the embedded Neo4j: java, jars, disk, port, lock
    └── GraphError               what the database answers
        ├── Unreachable          no server, or the connection broke
        ├── CypherError          a statement the database rejects
        └── TimedOut             a statement stopped by its time limit

A message says what happened, to which thing, and what to do next, in one line.
Faults in the cells of a book are data (`Fault`), collected and never raised one by one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, Literal

Severity = Literal["error", "warning"]


class KbError(Exception):
    """The root of every error that this package raises on purpose."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class NotFound(KbError):
    """A record, query, store or file entry of that name does not exist."""


class Refused(KbError):
    """The request is understood and not allowed."""


class InputError(KbError):
    """A file or a value given by the user cannot be used."""

    exit_code = 2


class ServerError(KbError):
    """The embedded server cannot be fetched, started, stopped or read."""


class GraphError(KbError):
    """The database refused or failed a request."""


class Unreachable(GraphError):
    """No database answers at the address, or the connection broke."""


class CypherError(GraphError):
    """The database rejects a statement."""


class TimedOut(GraphError):
    """A statement ran into its time limit."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one cell, row or table of a book; `row` is what a spreadsheet shows."""

    table: str
    sheet: str
    row: int | None
    column: str | None
    value: str | None
    code: str
    severity: Severity
    message: str
    hint: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The fields of model section 8, in order."""
        return asdict(self)

    @property
    def where(self) -> str:
        """`pledges.csv row 7, column act` in as many words as are known."""
        place = self.sheet or self.table
        if self.row is not None:
            place += f" row {self.row}"
        return place + (f", column {self.column}" if self.column else "")


class FaultsError(InputError):
    """A book has faults; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        errors = sum(f.severity == "error" for f in faults)
        super().__init__(f"{errors} fault{'s' * (errors != 1)} in the book; nothing was written.")
        self.faults = list(faults)


def quoted(value: str, most: int = 60) -> str:
    """A value in quotation marks for a message: one line, what cannot be seen escaped, long ones cut."""
    text = value[: most + 1]
    text = text if text.isprintable() else repr(text)[1:-1]
    return f"'{text}'" if len(text) <= most else f"'{text[:most]}…'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest known word, or nothing when none is near."""
    return _did_you_mean(word, tuple(known))


@lru_cache(maxsize=1024)  # one misspelling can stand in thousands of rows
def _did_you_mean(word: str, known: tuple[str, ...]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"Did you mean '{near[0]}'?" if near else ""
