"""Outside sources: what their importers share. A file becomes numbered rows, rows become a book's tables.

An importer is pure: it gets rows and the actors that exist already (`Known`), and gives a `Draft`.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kb.errors import InputError, quoted
from kb.model import TABLES

Cells = dict[str, Any]
Known = Mapping[str, str]  # CURIE -> id of the actor of the graph that carries it
NOBODY: Known = {}

EMPTY = ("", "n/a")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source: where it stands in its file (header = 1), and its cells without outer blanks."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def listed(self, column: str) -> list[str]:
        """The values of a cell that commas separate; stray blanks fall away."""
        return [part for raw in self.cells[column].split(",") if (part := raw.strip())]


@dataclass(slots=True)
class Draft:
    """The tables of a book in the making: each record once, whatever row it came from first.

    `notes` says what of the source was left out, in whole sentences.
    """

    known: Known = field(default_factory=dict)
    records: dict[str, dict[str, Cells]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, table: str, **cells: Any) -> str:
        """Enter a record, unless its key is there already; gives back the key. `from_` means `from`."""
        if "from_" in cells:
            cells["from"] = cells.pop("from_")
        key = " ".join(cells[column] for column in TABLES[table].key)
        full = {column: value for column, value in cells.items() if value not in ("", None, ())}
        self.records.setdefault(table, {}).setdefault(key, full)
        return key

    def actor(self, ident: str, name: str, kind: str, xref: str = "", note: str = "") -> str:
        """Enter an actor; gives back its id, which is another one when the graph has its xref already.

        The row holds the same cells whichever source it comes from, so that books of several sources agree.
        """
        there = self.known.get(xref, ident)
        if there != ident:
            printed = {"id": f"{ident}-printed", "actor": there, "name": name, "name_type": "as_printed"}
            self.add("names", **printed)
            return there
        return self.add("actors", id=ident, name=name, kind=kind, xref=xref and (xref,), note=note)

    def tables(self) -> dict[str, list[Cells]]:
        """Table to rows, in the order of the model."""
        return {table: list(self.records[table].values()) for table in TABLES if table in self.records}


def read_rows(path: Path, columns: Iterable[str], what: str, text: str = "") -> list[Row]:
    """The rows of a CSV file (UTF-8, a BOM is tolerated) or of the first sheet of an XLSX workbook.

    `columns` must be there (case aside; others may be too), `what` names the source for messages, and
    `text` is the hint when they are not. Raises InputError in one line.
    """
    data = _bytes(path)
    rows = _workbook(path, data) if data[:2] == b"PK" else _csv(path, data)
    header = [cell.strip().lower() for cell in next(rows, [])]
    missing = [column for column in columns if column.lower() not in header]
    if missing:
        shown = ", ".join(missing[:4]) + (f" and {len(missing) - 4} more" if len(missing) > 4 else "")
        raise InputError(f"{path} is not {what}: it has no column {shown}.", text or "Check the file.")
    found = [
        Row(number, dict(zip(header, map(str.strip, row), strict=False)))
        for number, row in enumerate(rows, 2)
        if any(row)
    ]
    short = next((row for row in found if len(row.cells) < len(header)), None)
    if short:
        problem = f"{path} row {short.number} has {len(short.cells)} cells, the header {len(header)}."
        raise InputError(problem, "The file is damaged; get it again.")
    if not found:
        raise InputError(f"{path} holds no rows.", "Check the file.")
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None


def _csv(path: Path, data: bytes) -> Iterator[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = "Give the file as it was published."
        raise InputError(f"{path} is neither a CSV file in UTF-8 nor an XLSX workbook.", hint) from None
    try:
        return iter(list(csv.reader(io.StringIO(text, newline=""))))
    except csv.Error as error:
        raise InputError(f"{path} is not a CSV file ({error}).", "Get the file again.") from None


def _workbook(path: Path, data: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of each extension it leaves out
            workbook = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except Exception as error:  # openpyxl raises whatever zipfile, expat and itself raise
        said = " ".join(str(error).split())
        raise InputError(f"{path} is not an XLSX workbook ({said}).", "Get the file again.") from None
    width = max(map(len, rows), default=0)
    return iter([row + [""] * (width - len(row)) for row in rows])


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def check_release(path: Path, rows: Sequence[Row], column: str, release: str, what: str) -> None:
    """Raise InputError when a row belongs to another release: ids and codes may mean something else there."""
    other = next((row for row in rows if row[column] != release), None)
    if other:
        problem = f"{path} row {other.number} is of release {quoted(other[column])}, not {what}."
        raise InputError(problem, f"Only release {release} is read.")


def check_numbers(path: Path, rows: Sequence[Row], *columns: str) -> None:
    """Raise InputError when a cell of these columns holds anything but digits and commas between them."""
    for row in rows:
        for column in columns:
            if not row[column].replace(",", "").replace(" ", "").isdigit():
                problem = f"{path} row {row.number}, column {column}: {quoted(row[column])} is no number."
                raise InputError(problem, "The file is damaged; get it again.")


def ucdp(number: str) -> str:
    """The CURIE of an actor's number, which all datasets of UCDP share."""
    return f"ucdp.actor:{number}"


def ucdp_actor(draft: Draft, number: str, name: str, kind: str) -> str:
    """Enter an actor that has a number in UCDP; gives back its id."""
    return draft.actor(f"ucdp-actor-{number}", name, kind, ucdp(number))
