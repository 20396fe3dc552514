"""A book in memory: records with the place where each stands, and the files they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kb.errors import Fault, Severity
from kb.model import CLAIM_TABLES, Record


@dataclass(frozen=True, slots=True)
class Placed:
    """A record, the sheet or file it stands in, and its row as a spreadsheet shows it (header = 1)."""

    record: Record
    sheet: str
    row: int

    def fault(
        self,
        column: str | None,
        value: object,
        code: str,
        message: str,
        hint: str = "",
        severity: Severity = "error",
    ) -> Fault:
        """A fault at this place."""
        shown = None if value is None else str(value)
        return Fault(self.record.table, self.sheet, self.row, column, shown, code, severity, message, hint)


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file of a book and the SHA-256 of the bytes that were read."""

    name: str
    sha256: str
    rows: int


@dataclass(slots=True)
class Book:
    """What was read: records in file order, faults so far, files, and the names of files and sheets in order.

    `tables` has the tables that are in the book, with the file or sheet each stands in, also without rows.

    `broken` holds the ids of rows that have faults, with table, sheet and row of each: they count as present
    for references. `named` holds (number of the record, column, name, actor) where an id took a name's place.
    `notices` say what was read otherwise than one might think, such as another encoding.
    """

    placed: list[Placed] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    files: list[BookFile] = field(default_factory=list)
    sheets: list[str] = field(default_factory=list)
    tables: dict[str, str] = field(default_factory=dict)
    named: list[tuple[int, str, str, str]] = field(default_factory=list)
    broken: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def of(self, *tables: str) -> Iterator[Placed]:
        """The placed records of these tables."""
        return (p for p in self.placed if p.record.table in tables)

    def labels(self) -> dict[str, tuple[str, ...]]:
        """Id to labels of the records that are nodes."""
        return {p.record.ident: p.record.labels for p in self.placed if p.record.labels}

    @property
    def claims(self) -> Iterator[Placed]:
        """The placed claims of every kind."""
        return self.of(*CLAIM_TABLES)

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop a load."""
        return [f for f in self.faults if f.severity == "error"]
