"""Any book: tables in CSV or XLSX files become validated records, and faults with an address."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kb.errors import Fault, did_you_mean, quoted
from kb.loading.book import Book, BookFile, Placed
from kb.loading.check import cell_fault, check_book
from kb.model import TABLES, UNDECIDED, Record
from loaders.files import read_files
from loaders.sheets import EMPTY_HINT, ERROR_VALUES, NOTHING, Sheet, header_below, letter
from loaders.steady import require_unchanged


def read_book(
    paths: Iterable[Path],
    progress: Callable[[str], None] = lambda _: None,
    sheets: list[Sheet] | None = None,
) -> Book:
    """Read and check every table under the paths, without a database.

    Every fault of every table is in `Book.faults`, in file and row order; nothing is raised for them.
    `sheets`, when given, receives every sheet as it was read, also those that are for no table.
    Raises InputError when a path cannot be read at all, or when a file changed while it was read.
    """
    paths = list(paths)
    with _uncollected():
        book = _read(paths, progress, sheets)
    require_unchanged(paths, book.files)
    return book


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: nothing of a book is garbage, and looking for it takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read(paths: Iterable[Path], progress: Callable[[str], None], sheets: list[Sheet] | None) -> Book:
    book = Book()
    known = False
    for file in read_files(paths):
        progress(file.name)
        known = known or bool(file.sheets)
        if sheets is not None:
            sheets += [*file.sheets, *file.left_out]
        book.faults += file.faults
        book.notices += file.notices
        if file.sha256:  # it was read
            book.files.append(BookFile(file.name, file.sha256, sum(len(sheet.rows) for sheet in file.sheets)))
        book.sheets += [file.name, *(sheet.name for sheet in file.sheets)]
        while file.sheets:  # the cells of each are let go as soon as they are read
            _read_sheet(file.sheets.pop(0), book)
    if not known and not book.errors:
        names = ", ".join([fault.sheet for fault in book.faults] or [file.name for file in book.files])
        message = "no known table was found"
        hint = f"Name the files or sheets after the tables: {', '.join(TABLES)}."
        book.faults = [Fault("", names, None, None, None, "missing-table", "error", message, hint)]
    check_book(book)
    order = {sheet: n for n, sheet in enumerate(book.sheets)}
    book.faults.sort(key=lambda f: (order.get(f.sheet, -1), f.row or 0))
    return book


def _read_sheet(sheet: Sheet, book: Book) -> None:
    record = TABLES[sheet.table]
    book.tables.setdefault(sheet.table, sheet.name)
    columns = _columns(sheet, record)
    book.faults += sheet.faults
    complete = all(column in columns for column in record.required())
    flagged = {(fault.row, fault.column) for fault in sheet.faults if fault.severity == "error"}
    texts: dict[str, str] = {}  # one object for all cells of one text: ids, dates and codes stand in many
    for number, row in sheet.rows:
        cells = {
            column: texts.setdefault(row[place], row[place])
            for column, place in columns.items()
            if place < len(row) and row[place]
        }
        if flagged:  # a cell that could not be read has its fault
            cells = {column: text for column, text in cells.items() if (number, column) not in flagged}
        if UNDECIDED in cells.values():
            _still_open(sheet, number, cells, book)
            continue
        shifted = (number, None) in flagged  # the cells are not under their columns
        if complete and not shifted and _read_row(sheet, number, cells, flagged, book):
            continue
        if "id" in cells:
            book.broken.setdefault(cells["id"], []).append((record.table, sheet.name, number))


def _still_open(sheet: Sheet, number: int, cells: dict[str, str], book: Book) -> None:
    hint = "Write the final value, or empty the cell for not coded."
    for column in [column for column, text in cells.items() if text == UNDECIDED]:
        message = "the coders differ here and nobody has decided"
        book.faults.append(
            Fault(sheet.table, sheet.name, number, column, UNDECIDED, "bad-value", "error", message, hint)
        )
    if "id" in cells:
        book.broken.setdefault(cells["id"], []).append((sheet.table, sheet.name, number))


def _read_row(
    sheet: Sheet, number: int, cells: dict[str, str], flagged: set[tuple[int | None, str | None]], book: Book
) -> bool:
    """Place the record in the book; False, and a fault for each wrong cell, when that cannot be done."""
    try:
        record = TABLES[sheet.table].model_validate(cells).lean()
        book.placed.append(Placed(record, sheet.name, number))
    except ValidationError as error:
        faults = (_as_fault(sheet, number, cells, each) for each in error.errors(include_url=False))
        book.faults += [fault for fault in faults if (number, fault.column) not in flagged]
        return False
    return True


def _columns(sheet: Sheet, record: type[Record]) -> dict[str, int]:
    """Column name to place, for the columns that the table knows; the rest become faults of the sheet."""
    columns: dict[str, int] = {}
    known = record.columns()
    if sheet.header and not set(known) & set(sheet.header):
        message = f"the first row names no column of {record.table}"
        hint = header_below(sheet) or f"It must hold the column names: {', '.join(record.required())}."
        sheet.faults.clear()  # what else is wrong there follows from it
        sheet.add(1, None, "missing-column", message, hint)
        return columns
    for place, name in enumerate(sheet.header):
        if name.startswith("_"):
            continue
        if name in columns:
            sheet.add(1, name, "unknown-column", f"the column {name} stands twice", "Remove one of them.")
        elif name in known:
            columns[name] = place
        elif name:
            hint = did_you_mean(name, known) or f"Known: {', '.join(known)}."
            sheet.add(1, name, "unknown-column", f"{record.table} has no column {quoted(name)}", hint)
        else:
            hint = "Write its name in the first row, or delete the column."
            if any(re.match("[A-Z]+1:", ref) for ref in sheet.merged):
                hint = "Unmerge the cells of the first row, and write a name over every column."
            sheet.add(1, letter(place), "unknown-column", "the column has no name", hint)
    hint = f"Required are {', '.join(record.required())}."
    for column in record.required():
        if sheet.header and column not in columns:
            sheet.add(1, column, "missing-column", f"there is no column {column}", hint)
    return columns


def _as_fault(sheet: Sheet, number: int, cells: dict[str, str], error: ErrorDetails) -> Fault:
    column, code, message, hint = cell_fault(error)
    if cells.get(column) in ERROR_VALUES:
        hint = "Correct its formula."
    elif cells.get(column) in NOTHING and column not in TABLES[sheet.table].required():
        hint = EMPTY_HINT
    return Fault(sheet.table, sheet.name, number, column, cells.get(column), code, "error", message, hint)
