"""Two codings of one book: the cells both could fill, and one book in which their differences are decided.

Rows are matched by their key. In the book to decide, a cell in which the coders differ holds `UNDECIDED`,
which no load accepts; what each of them wrote stands beside it in columns that the reader ignores.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kb.errors import InputError
from kb.loading.book import Book
from kb.loading.export import cell_text, write_text_cell
from kb.model import TABLES, UNDECIDED
from kb.paths import refuse_existing

if TYPE_CHECKING:
    import pandas as pd
    from openpyxl.worksheet.worksheet import Worksheet

Coding = dict[str, dict[str, dict[str, str]]]
"""Table to key to column to text."""

SIGNED = ("coder", "coded_on", "decided_on")  # differ by nature: who coded, and when
PROSE = ("note", "summary", "statement", "definition", "question", "reason", "title")  # free text


def coding(book: Book) -> Coding:
    """The text of every cell, by table and key, with the columns in order."""
    found: Coding = {}
    for placed in book.placed:
        record = placed.record
        cells = {column: cell_text(value) for column, value in record.cells().items()}
        found.setdefault(record.table, {})[record.ident] = cells
    return found


def units(one: Coding, two: Coding) -> pd.DataFrame:
    """Every cell of the rows that both coded: table, record, column, first, second ("" = not coded).

    Keys, free text and the columns that sign the work are left out: agreement in them means nothing.
    """
    import pandas as pd

    rows = [
        (table, key, column, a.get(column, ""), b.get(column, ""))
        for table, key, a, b in _both(one, two)
        for column in TABLES[table].columns()
        if column not in (*TABLES[table].key, *SIGNED, *PROSE)
    ]
    return pd.DataFrame(rows, columns=["table", "record", "column", "first", "second"])


def _both(one: Coding, two: Coding) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
    for table, records in one.items():
        for key, cells in records.items():
            if key in two.get(table, {}):
                yield table, key, cells, two[table][key]


def alone(one: Coding, two: Coding) -> list[tuple[str, str]]:
    """Table and key of the rows of the first coding that the second does not have."""
    return [(table, key) for table in one for key in one[table] if key not in two.get(table, {})]


@dataclass(frozen=True, slots=True)
class Decide:
    """The book to decide: table to rows of cells, and how many cells wait for a decision."""

    tables: Mapping[str, list[dict[str, str]]]
    open: int


def to_decide(one: Coding, two: Coding) -> Decide:
    """Both codings as one book. Raises InputError when they have no table in common."""
    shared = [table for table in TABLES if table in one and table in two]
    if not shared:
        raise InputError("The two books have no table in common.", "Give two codings of the same book.")
    tables = {}
    for table in [table for table in TABLES if table in one or table in two]:
        first, second = one.get(table, {}), two.get(table, {})
        keys = [*first, *(key for key in second if key not in first)]
        tables[table] = [_merged(table, first.get(key), second.get(key)) for key in keys]
    waiting = sum(text == UNDECIDED for rows in tables.values() for row in rows for text in row.values())
    return Decide(tables, waiting)


def _merged(table: str, a: dict[str, str] | None, b: dict[str, str] | None) -> dict[str, str]:
    if a is None or b is None:
        return _alone(table, a or b or {}, 1 if b is None else 2)
    row: dict[str, str] = {}
    for column in TABLES[table].columns():
        first, second = a.get(column, ""), b.get(column, "")
        if column in SIGNED:
            row[column] = _signed(column, first, second)
        elif first == second:
            row[column] = first
        else:
            row |= {column: UNDECIDED, f"_{column}_1": first, f"_{column}_2": second}
    return {column: text for column, text in row.items() if text or column.startswith("_")}


def _signed(column: str, first: str, second: str) -> str:
    """Both names, or the later of the two days."""
    return " and ".join(sorted({first, second} - {""})) if column == "coder" else max(first, second)


def _alone(table: str, cells: dict[str, str], coder: int) -> dict[str, str]:
    """A row that one coder has: its first compulsory cell waits, so that it is not loaded unseen."""
    kind = TABLES[table]
    column = next((c for c in kind.required() if c not in kind.key), kind.key[0])
    why = f"only coder {coder} has this row: write the value again to keep it, or delete the row"
    return cells | {column: UNDECIDED, f"_{column}_{coder}": cells.get(column, ""), "_only": why}


def write_sheet(decide: Decide, target: Path, *, force: bool = False) -> None:
    """Write the book to decide as a workbook, each waiting cell coloured, its two readings beside it.

    Raises InputError when the file exists and `force` is not given, or cannot be written.
    """
    from openpyxl import Workbook

    if target.suffix.lower() != ".xlsx":
        raise InputError(f"{target} is no .xlsx file.", "Name the sheet FILE.xlsx.")
    refuse_existing(target, force)
    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for table, rows in decide.tables.items():
        _fill(workbook.create_sheet(table), table, rows)
    try:
        with tempfile.TemporaryDirectory(prefix=".part-", dir=target.parent) as part:
            workbook.save(Path(part) / target.name)
            (Path(part) / target.name).replace(target)
    except OSError as error:
        raise InputError(f"Cannot write {target}: {error.strerror}.", "Check its folder.") from None


def _fill(sheet: Worksheet, table: str, rows: list[dict[str, str]]) -> None:
    from openpyxl.styles import Font, PatternFill

    waits = PatternFill("solid", fgColor="FFE08A")
    used = {column for row in rows for column in row}
    columns = [
        name
        for column in TABLES[table].columns()
        for name in (column, f"_{column}_1", f"_{column}_2")
        if name in used or name in TABLES[table].required()
    ]
    columns += ["_only"] * ("_only" in used)
    for place, name in enumerate(columns, 1):
        sheet.cell(1, place, name).font = Font(bold=True)
    for number, row in enumerate(rows, 2):
        for place, name in enumerate(columns, 1):
            if text := row.get(name, ""):
                cell = write_text_cell(sheet, number, place, text)
                if text == UNDECIDED:
                    cell.fill = waits
    sheet.freeze_panes = "B2"
