"""Files to tables of text: CSV and XLSX, with the row numbers a spreadsheet shows."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kb.errors import Fault, InputError, Severity, did_you_mean
from kb.model import TABLES
from loaders.encodings import SEPARATORS, Unreadable, text_of
from loaders.sheets import Sheet, make_sheet
from loaders.workbooks import OLE, NoWorkbook, Page, pages_of

csv.field_size_limit(10_000_000)

SUFFIXES = (".csv", ".xlsx")
_OTHERS = {  # what else holds tables, and how it becomes a file that can be read
    ".xls": "Save it as .xlsx.",
    ".xlsb": "Save it as .xlsx.",
    ".xlsm": "Save it as .xlsx.",
    ".ods": "Save it as .xlsx.",
    ".fods": "Save it as .xlsx.",
    ".numbers": "Export it as .xlsx.",
    ".tsv": "Give it the ending .csv: the tabs in it are understood.",
}


@dataclass(slots=True)
class ReadFile:
    """A file that was read once: its sum is that of the bytes the sheets came from.

    `notices` say what was read otherwise than one might think; `left_out` are sheets for no table.
    """

    name: str
    sha256: str
    sheets: list[Sheet] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    left_out: list[Sheet] = field(default_factory=list)

    def add(
        self, sheet: str, code: str, message: str, hint: str, row: int | None = None, warning: bool = False
    ) -> None:
        """Note a fault of the file, or of a sheet that was left out."""
        table = table_of(self.name.rpartition(".")[0]) or ""
        severity: Severity = "warning" if warning else "error"
        self.faults.append(Fault(table, sheet, row, None, None, code, severity, message, hint))


def find_files(paths: Iterable[Path]) -> list[Path]:
    """The CSV and XLSX files that the paths name, each once, folders looked into one level deep.

    Raises InputError when a path does not exist, or holds no such file.
    """
    found: dict[str, Path] = {}
    for path in paths:
        try:
            files = _files_at(path)
        except OSError as error:
            raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from None
        for file in files:
            found.setdefault(os.path.realpath(file), file)
    return list(found.values())


def _files_at(path: Path) -> list[Path]:
    suffix = path.suffix.lower()
    if path.is_dir() and suffix not in _OTHERS:
        seen = sorted(p for p in path.iterdir() if p.name[0] not in "._~")
        inside = [p for p in seen if p.suffix.lower() in SUFFIXES]
        others = [p for p in seen if p.suffix.lower() in _OTHERS]
        if not inside:
            hint = f"Of {others[0].name}: {_OTHERS[others[0].suffix.lower()]}" if others else ""
            raise InputError(
                f"The folder {path} holds no .csv and no .xlsx file.", hint or "Name the folder of a book."
            )
        return sorted([*inside, *others])
    if not os.path.lexists(path):
        raise InputError(f"There is no file or folder {path}.", "Check the spelling of the path.")
    if suffix not in SUFFIXES:
        hint = _OTHERS.get(suffix, "Save the table as CSV UTF-8 or as XLSX.")
        raise InputError(f"{path} is neither .csv nor .xlsx.", hint)
    if path.name.startswith("~$"):
        message = f"{path} is the lock file of a workbook that is open."
        raise InputError(message, f"Name {path.name[2:]} instead.")
    return [path]


def read_files(paths: Iterable[Path]) -> Iterator[ReadFile]:
    """Read every file under the paths; files of one name are shown with their paths."""
    files = find_files(paths)
    names = Counter(file.name for file in files)
    for file in files:
        yield read_file(file, file.name if names[file.name] == 1 else str(file))


def read_file(path: Path, name: str = "") -> ReadFile:
    """Read one file, to be shown as `name`. What cannot be read becomes faults.

    Raises InputError when the file cannot be opened at all.
    """
    shown = (name or path.name).encode("utf-8", "backslashreplace").decode()
    suffix = path.suffix.lower()
    if suffix in _OTHERS:  # it lies in the folder of a book
        read = ReadFile(shown, "")
        message = f"files that end in {suffix} are not read, it was left out"
        read.add(shown, "missing-table", message, _OTHERS[suffix], warning=True)
        return read
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.", "Check the file, or move it.") from None
    read = ReadFile(shown, hashlib.sha256(data).hexdigest())
    if suffix == ".xlsx":
        _read_xlsx(data, read)
    else:
        _read_csv(data, read, path.stem)
    return read


def table_of(name: str) -> str | None:
    """The table a file or sheet is for: its name, or the one table name among the words of it."""
    folded = name.strip().lower()
    if folded in TABLES:
        return folded
    words = {word for word in re.split(r"[^a-z]+", folded) if word in TABLES}
    return words.pop() if len(words) == 1 else None


def _left_out(read: ReadFile, name: str, title: str, rows: Sequence[Sequence[str]]) -> None:
    known = f"Name it after its table: {', '.join(TABLES)}. A name that begins with _ is left out."
    hint = did_you_mean(title.lower(), TABLES) or known
    read.add(
        name, "missing-table", "no table of the model has this name, it was left out", hint, warning=True
    )
    read.left_out.append(Sheet("", name, [], raw=rows))


# --- CSV ----------------------------------------------------------------------------------------


def _read_csv(data: bytes, read: ReadFile, title: str) -> None:
    table = table_of(title)
    if data.startswith((b"PK\x03\x04", OLE)):
        message, hint = "the file is a workbook, not CSV", "Save it as CSV UTF-8, or give it its own ending."
        _refused(read, table, title, message, hint, 1)
        return
    try:
        text = text_of(data)
    except Unreadable as error:
        row = max(len(_csv_rows(error.before + "?", ",")[0]), 1)
        _refused(read, table, title, error.message, "Save the table as 'CSV UTF-8'.", row)
        return
    rows, why = _csv_rows(text.text, text.separator)
    if why:
        message, hint = f"the file is not CSV from this row on: {why}", "Check the quotation marks there."
        _refused(read, table, title, message, hint, len(rows) + 1)
    elif not table:
        _left_out(read, read.name, title, rows)
    else:
        read.notices += [line for line in [text.notice(read.name)] if line]
        word = SEPARATORS[text.separator].removesuffix("s")
        quoting = f"; in CSV a cell that holds a {word} must stand in quotation marks"
        read.sheets.append(make_sheet(table, read.name, rows, quoting))


def _refused(read: ReadFile, table: str | None, title: str, message: str, hint: str, row: int) -> None:
    """Note that a table cannot be read; a file that is for no table would be left out anyway."""
    if table:
        read.add(read.name, "type-error", message, hint, row)
    else:
        _left_out(read, read.name, title, [])


def _csv_rows(text: str, separator: str) -> tuple[list[list[str]], str]:
    """The rows, and what is wrong after the last of them."""
    lines = io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n"), newline="")
    rows: list[list[str]] = []
    try:
        rows.extend(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error as error:
        return rows, str(error)
    return rows, ""


# --- XLSX ---------------------------------------------------------------------------------------


def _read_xlsx(data: bytes, read: ReadFile) -> None:
    try:
        pages = pages_of(data)
    except NoWorkbook as error:
        read.add(read.name, "type-error", error.message, error.hint)
        return
    for page in pages:
        name = f"{read.name} [{page.title}]"
        if table := table_of(page.title):
            sheet = make_sheet(table, name, page.rows, errors=page.errors)
            _unseen(sheet, page)
            read.sheets.append(sheet)
            if page.hidden:
                read.notices.append(f"{name} is a hidden sheet, read as the others.")
        elif any(any(row) for row in page.rows):
            _left_out(read, name, page.title, page.rows)


def _unseen(sheet: Sheet, page: Page) -> None:
    """Faults of cells that hold something else than they show, or nothing."""
    sheet.formulas, sheet.merged = page.formulas, page.merged
    for number, place in page.formulas:
        message = "the cell holds a formula without a value"
        hint = "Open and save the file in a spreadsheet, or write the value in its place."
        if number > 1:
            sheet.add(number, sheet.column(place), "type-error", message, hint)
    for ref in page.merged:
        _merged(sheet, ref)


def _merged(sheet: Sheet, ref: str) -> None:
    """The fault of joined cells: all but the first are empty, though they do not look it."""
    from openpyxl.utils import range_boundaries

    left, top, _, bottom = (int(bound or 0) for bound in range_boundaries(ref))
    row = sheet.raw[top - 1] if top <= len(sheet.raw) else ()
    if left > min(len(sheet.header), len(row)) or not row[left - 1]:
        return
    first, _, last = ref.partition(":")
    message = f"the cells {first} to {last} are merged, only the first holds something"
    if top > 1 or bottom > 1:
        hint = "Unmerge them and write what is meant into each."
        sheet.add(top, sheet.column(left - 1), "type-error", message, hint)
