"""The graph as a book: one CSV file for each table, or one workbook, sorted by id."""

from __future__ import annotations

import csv
import io
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import InputError
from kb.loading import read
from kb.loading.codec import Cells
from kb.model import TABLES, Record
from kb.paths import refuse_existing

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Tables = dict[str, list[Cells]]
Rows = Sequence[Sequence[str]]

XLSX_CELL = 32_767  # characters; openpyxl would cut what is longer
_LIKE_ESCAPED = re.compile("_(?=x[0-9a-fA-F]{4}_)")  # in XLSX _x000D_ is a character, _x005F_x000D_ this text
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tables_of(graph: read.Reader) -> Tables:
    """Every record of the graph: table to rows of cells, each sorted by its key."""
    found: dict[str, list[tuple[str, Cells]]] = {table: [] for table in TABLES}
    for label in read.BASE_LABELS:
        for kind, ident, cells in read.nodes(graph, label):
            found[kind.table].append((ident, cells))
    for table in read.ROW_TABLES:
        found[table] += read.relations(graph, table)
    return {
        table: [cells for _, cells in sorted(rows, key=lambda row: row[0])]
        for table, rows in found.items()
        if rows
    }


def cell_text(value: Any) -> str:
    """A value as it stands in a cell; reading it back gives the same value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ";".join(str(one) for one in value)
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def rows_of(kind: type[Record], rows: Iterable[Mapping[str, Any]]) -> list[list[str]]:
    """Header and rows of text; the optional columns that no row fills are left out."""
    rows = list(rows)
    used = {column for row in rows for column in row}
    columns = [c for c in kind.columns() if c in used or c in kind.required()]
    return [columns, *([cell_text(row.get(c)) for c in columns] for row in rows)]


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as RFC 4180 CSV, line ends `\\n`."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def escaped(text: str) -> str:
    """Text as XLSX holds it: escaped is what XML does not know, and what looks as if it were escaped."""
    text = _LIKE_ESCAPED.sub("_x005F_", text)
    return _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def write_book(
    tables: Tables, target: Path, *, force: bool = False, beside: Mapping[str, Rows] | None = None
) -> list[Path]:
    """Write a book to a folder (CSV) or a `.xlsx` file; gives back the files written.

    `beside` holds sheets that are no tables and that no reader of books looks at: their names begin with `_`.
    One without rows is taken away.
    Raises InputError when something is there already and `force` is not given, or when it cannot be
    written; then what was there stays as it was.
    """
    workbook = target.suffix.lower() == ".xlsx"
    if not workbook and (target.is_file() or (target.suffix and not target.exists())):
        raise InputError(f"{target} is neither a folder nor an .xlsx file.", "Name a folder or FILE.xlsx.")
    if workbook and target.is_dir():
        raise InputError(f"{target} is a folder.", "Choose another name.")
    if workbook:
        refuse_existing(target, force)
    try:
        sheets = {table: rows_of(TABLES[table], rows) for table, rows in tables.items()} | dict(beside or {})
        return _write_workbook(sheets, target) if workbook else _write_folder(sheets, target, force)
    except OSError as error:
        raise InputError(
            f"{target} cannot be written: {error.strerror}.", "Check its folder and the disk."
        ) from None


def _write_folder(sheets: Mapping[str, Rows], target: Path, force: bool) -> list[Path]:
    old = [path for path in (target / f"{table}.csv" for table in TABLES) if path.exists()]
    if old and not force:
        raise InputError(
            f"{target} holds a book already ({old[0].name}).", "Choose another folder, or add --force."
        )
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=target) as part:  # whole or not at all
        for name, rows in sheets.items():
            (Path(part) / f"{name}.csv").write_text(csv_text(rows), "utf-8", newline="")
        for path in [*old, *(target / f"{name}.csv" for name in sheets if name.startswith("_"))]:
            path.unlink(missing_ok=True)
        filled = [name for name, rows in sheets.items() if rows]
        return [(Path(part) / f"{name}.csv").rename(target / f"{name}.csv") for name in filled]


def _write_workbook(sheets: Mapping[str, Rows], target: Path) -> list[Path]:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        if rows:
            write_sheet(workbook.create_sheet(name), rows)
    if not workbook.sheetnames:
        workbook.create_sheet("_empty")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".part-", dir=target.parent) as part:
        workbook.save(Path(part) / target.name)
        return [(Path(part) / target.name).replace(target)]


def write_text_cell(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    """Write a cell as text: a spreadsheet must not make dates of `2014-11`, nor formulas of `=`."""
    cell = sheet.cell(row, column, escaped(text))
    cell.data_type = "s"
    cell.number_format = "@"
    return cell


def write_sheet(sheet: Worksheet, rows: Sequence[Sequence[str]], freeze: str = "B2") -> None:
    """Rows of text under a bold header; what stands above and left of `freeze` does not move."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for number, row in enumerate(rows, 1):
        for place, text in enumerate(row, 1):
            if len(text) > XLSX_CELL:
                what = (
                    f"{sheet.title} row {number}, column {rows[0][place - 1]} holds {len(text):,} characters"
                )
                raise InputError(f"{what}, a cell of a workbook {XLSX_CELL:,}.", "Export to a folder.")
            if text:
                write_text_cell(sheet, number, place, text)
    for place in range(1, len(rows[0]) + 1):
        sheet.cell(1, place).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].number_format = "@"
    sheet.freeze_panes = freeze  # once: a second time would leave marks that Excel repairs
