"""Single cells written into a CSV or XLSX file; every other byte of the table stays as it is.

Saving a table through `csv` or `openpyxl` would rewrite what a person laid out: quotation marks, line
ends, formats, pictures. Here the new cells are spliced into the text or the XML of the sheet.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tempfile
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from xml.parsers import expat

from kb.errors import InputError, Refused
from kb.loading.book import Book
from loaders.encodings import SEPARATORS, text_of
from loaders.files import find_files
from loaders.sheets import header_of

Edits = Mapping[tuple[str, int, str], str]  # (sheet as faults name it, row, column) -> text of the cell
Splice = tuple[int, int, str]  # from, to, what stands there instead

_CSV_CELLS = {
    mark: re.compile(rf'("(?:[^"]|"")*"|[^{mark}\r\n]*)({mark}|\r\n|\r|\n|\Z)') for mark in SEPARATORS
}


def fill(book: Book, path: Path, values: Mapping[tuple[str, str], str]) -> dict[Path, int]:
    """Write values, (id, column) to text, into the files of a book that was read from `path`.

    Gives back how many were written into each file. Raises as `write_cells`.
    """
    wanted = {column for _, column in values}
    placed = {(p.record.ident, c): p for p in book.placed for c in wanted & p.record.columns().keys()}
    sums = {file.name: file.sha256 for file in book.files}
    edits: dict[str, dict[tuple[str, int, str], str]] = defaultdict(dict)
    for (ident, column), value in values.items():
        at = placed[ident, column]
        name = next(name for name in sums if at.sheet in (name, f"{name} [{at.sheet.partition(' [')[2]}"))
        edits[name][(at.sheet, at.row, column)] = value
    files = [file for file in find_files([path]) if file.name in edits]
    for file in files:
        write_cells(file, sums[file.name], edits[file.name])
    return {file: len(edits[file.name]) for file in files}


def write_cells(path: Path, sha256: str, edits: Edits) -> None:
    """Write cells into a file whose bytes had this sum when it was read, all of them or none.

    A column that the header lacks is added as the last one. The values must need no quotation marks.
    Raises Refused when the file changed meanwhile, InputError when it cannot be written.
    """
    path = path.resolve()
    try:
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Refused(f"{path} changed while it was read; nothing was written to it.", "Try again.")
        _replace(path, _xlsx(path, data, edits) if path.suffix.lower() == ".xlsx" else _csv(data, edits))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", "Check its permissions.") from None


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as part:
        try:
            part.write(data)
            part.flush()
            os.fsync(part.fileno())
            shutil.copymode(path, part.name)
            os.replace(part.name, path)
        except BaseException:
            os.unlink(part.name)
            raise


def _spliced(text: str, splices: list[Splice]) -> str:
    pieces, at = [], 0
    for start, end, new in sorted(splices):
        pieces += [text[at:start], new]
        at = end
    return "".join([*pieces, text[at:]])


def _by_column(edits: Edits) -> dict[str, dict[int, str]]:
    """Column to row to value."""
    columns: dict[str, dict[int, str]] = defaultdict(dict)
    for (_, row, column), value in edits.items():
        columns[column][row] = value
    return columns


# --- CSV ----------------------------------------------------------------------------------------


def _csv(data: bytes, edits: Edits) -> bytes:
    kind = text_of(data)
    text = kind.text
    for column, values in _by_column(edits).items():
        text = _csv_column(text, kind.separator, column, values)
    return kind.encode(text)


def _csv_column(text: str, mark: str, column: str, values: Mapping[int, str]) -> str:
    rows = _csv_cells(text, mark)
    header = header_of([text[a:b].strip(' "') for a, b in rows[0]], {column: None})
    if column in header:
        place = header.index(column)
        todo = dict(values)
    else:
        place = len(header)
        filled = (n for n, row in enumerate(rows, 1) if len(row) > 1 or row[0][0] < row[0][1])
        todo = {**dict.fromkeys(filled, ""), 1: column, **values}
    return _spliced(text, [_csv_splice(rows[row - 1], mark, place, value) for row, value in todo.items()])


def _csv_splice(row: list[tuple[int, int]], mark: str, place: int, value: str) -> Splice:
    if place < len(row):
        return (*row[place], value)
    end = row[-1][1]
    return end, end, mark * (place - len(row) + 1) + value


def _csv_cells(text: str, mark: str) -> list[list[tuple[int, int]]]:
    """Where each cell of each row stands, quotation marks included; a blank line has one empty cell."""
    rows: list[list[tuple[int, int]]] = []
    row: list[tuple[int, int]] = []
    at = 0
    while at < len(text) or row:
        if not (cell := _CSV_CELLS[mark].match(text, at)):
            raise InputError("The file is not CSV.", "See `kb check`.")
        row.append(cell.span(1))
        at = cell.end()
        if cell[2] != mark:
            rows.append(row)
            row = []
    return rows


# --- XLSX ---------------------------------------------------------------------------------------


def _xlsx(path: Path, data: bytes, edits: Edits) -> bytes:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(data), read_only=True)
    members = {}
    for sheet in workbook.worksheets:
        name = f"{path.name} [{sheet.title}]"
        if here := {key: value for key, value in edits.items() if key[0] == name}:
            header = [str(cell or "") for cell in next(sheet.iter_rows(max_row=1, values_only=True))]
            # openpyxl keeps the name of the sheet's file only here.
            member = str(sheet._worksheet_path)  # type: ignore[attr-defined]
            members[member] = (header, here)
    workbook.close()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            content = old.read(info)
            if info.filename in members:
                # Read as Latin-1 a byte is a character, so the offsets of the parser can be used.
                xml = _xml_sheet(content.decode("latin-1"), *members[info.filename])
                content = xml.encode("latin-1")
            new.writestr(info, content)
    return out.getvalue()


def _xml_sheet(xml: str, header: list[str], edits: Edits) -> str:
    names = header_of(header, {column: None for _, _, column in edits})
    for column, values in _by_column(edits).items():
        if column in names:
            place, cells = names.index(column) + 1, values
        else:
            names.append(column)
            place, cells = len(names), {1: column, **values}
        xml = _xml_column(xml, place, cells)
    return xml


def _xml_column(xml: str, place: int, values: Mapping[int, str]) -> str:
    sheet = _SheetXml(xml)
    splices = [sheet.put(row, place, value) for row, value in values.items()]
    return _wide_enough(_spliced(xml, splices), place)


def _wide_enough(xml: str, place: int) -> str:
    """The sheet with a dimension that reaches this column: readers cut off what lies beyond."""
    found = re.search(r'<(?:\w+:)?dimension\s+ref="[A-Z]+\d+:([A-Z]+)\d+"', xml)
    if not found or _place_of(found[1]) >= place:
        return xml
    return xml[: found.start(1)] + _letters(place) + xml[found.end(1) :]


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(place)


def _place_of(letters: str) -> int:
    from openpyxl.utils import column_index_from_string

    return column_index_from_string(letters)


class _SheetXml:
    """Where the rows and cells of a sheet stand in its XML."""

    def __init__(self, xml: str) -> None:
        self.rows: dict[int, int] = {}  # row -> where its end tag begins
        self.cells: dict[int, dict[int, tuple[int, int, str]]] = {}  # row -> column -> from, to, style
        self.prefix = ""
        self._xml = xml
        self._row = self._column = self._start = 0
        self._style = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.Parse(xml.encode("latin-1"), True)

    def put(self, row: int, place: int, value: str) -> Splice:
        """The edit that puts this text into a cell; its style stays."""
        new_at = self._before(row, place)
        start, end, style = self.cells[row].get(place, (new_at, new_at, ""))
        p, styled = self.prefix, f' s="{style}"' if style else ""
        ref = f"{_letters(place)}{row}"
        new = f'<{p}c r="{ref}"{styled} t="inlineStr"><{p}is><{p}t>{value}</{p}t></{p}is></{p}c>'
        return start, end, new

    def _before(self, row: int, place: int) -> int:
        """Where a cell that is not there yet belongs: the cells of a row stand in order."""
        later = (start for at, (start, _, _) in self.cells[row].items() if at > place)
        return min(later, default=self.rows[row])

    def _begin(self, name: str, given: dict[str, str]) -> None:
        prefix, colon, local = name.rpartition(":")
        if local == "row":
            self._row = int(given.get("r", self._row + 1))
            self._column = 0
            self.cells[self._row] = {}
            self.prefix = prefix + colon
        elif local == "c":
            ref = re.match("[A-Z]+", given.get("r", ""))
            self._column = _place_of(ref[0]) if ref else self._column + 1
            self._style = given.get("s", "")
            self._start = self._parser.CurrentByteIndex

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        at = self._parser.CurrentByteIndex
        if local == "row":
            self.rows[self._row] = at
        elif local == "c":
            end = self._xml.index(">", self._start) + 1
            if self._xml[end - 2] != "/":  # of <c/> there is no end tag
                end = self._xml.index(">", at) + 1
            self.cells[self._row][self._column] = (self._start, end, self._style)
