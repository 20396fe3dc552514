"""Rows as text: a table that fits the terminal, CSV, JSON, or one JSON object for each line."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import zip_longest
from typing import Any

from kb.table import Table

FORMATS = ("table", "csv", "json", "jsonl")
_GAP = 2
_PHRASE = 30  # cells up to this width may wrap down to their longest word,
_PROSE = 24  # longer ones to this


def render(table: Table, form: str) -> str:
    """The rows as `csv`, `json` (a list of objects) or `jsonl`, dates as ISO text; it ends in a newline."""
    if form == "csv":
        return _csv(table)
    if form == "json":
        return json.dumps(_plain(table.records()), ensure_ascii=False, indent=2) + "\n"
    return "".join(json.dumps(_plain(record), ensure_ascii=False) + "\n" for record in table.records())


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    # a carriage return alone would end the row for many readers, and the writer does not quote it
    writer.writerows([cell(value, ";").replace("\r", " ") for value in row] for row in table.rows)
    return out.getvalue()


def _plain(value: Any) -> Any:
    """The same in what JSON knows: dates as ISO text, numbers that are none as null."""
    match value:
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list():
            return [_plain(item) for item in value]
        case datetime() | date() | time():
            return value.isoformat()
        case float() if not math.isfinite(value):
            return None
    return value


def cell(value: Any, separator: str = "; ") -> str:
    """One value as text: lists joined by `separator`, dates ISO, nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return separator.join(cell(item, separator) for item in value)
        case dict():
            return json.dumps(_plain(value), ensure_ascii=False)
        case datetime() | date() | time():
            return value.isoformat()
    return str(value)


# --- tables -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table as text, and the columns that did not fit."""

    text: str
    dropped: list[str]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column as text: `natural` is the width of its longest cell, `least` what it needs when wrapped."""

    name: str
    cells: list[str]
    natural: int
    least: int
    numeric: bool


def draw(table: Table, width: int | None, show: Sequence[str] = (), group: str | None = None) -> Drawn:
    """A table of at most `width` columns of text (None = as wide as it likes).

    `show` names columns by importance, the others follow in order. The first of them is the name column: it
    stands first and is never cut or wrapped; a name beyond two fifths of the width has a line of its own.
    The others wrap at blanks; from the first that does not fit even so, they are dropped.
    The values of `group` become headings above their rows instead of a column.
    """
    if not table.columns:  # as of FINISH
        return Drawn("", [])
    shown = [name for name in table.columns if name != group]
    order = list(dict.fromkeys([*(c for c in show if c in shown), *shown]))
    columns = [_name_column(table, order[0], width), *(_column(table, name) for name in order[1:])]
    widths = _widths(columns, width)
    kept = sorted(
        (c for c in columns if c.name in widths), key=lambda c: (c is not columns[0], shown.index(c.name))
    )
    lines = [
        _line([c.name for c in kept], kept, widths),
        _line(["─" * widths[c.name] for c in kept], kept, widths),
    ]
    headings = _headings(table, group)
    for index, row in enumerate(zip(*(c.cells for c in kept), strict=True)):
        lines += headings.get(index, [])
        lines += _row(row, kept, widths)
    return Drawn("".join(f"{line}\n" for line in lines), [name for name in shown if name not in widths])


def _headings(table: Table, group: str | None) -> dict[int, list[str]]:
    """The lines in front of a row whose group differs from that of the row above."""
    if group is None:
        return {}
    values = [cell(value) for value in _values(table, group)]
    return {at: ["", f"{value}:"] for at, value in enumerate(values) if at == 0 or value != values[at - 1]}


def _column(table: Table, name: str) -> _Column:
    values = _values(table, name)
    cells = [" ".join(cell(value).split()) for value in values]
    natural = max(map(_cells_wide, [name, *cells]))
    longest_word = max(_cells_wide(word) for text in [name, *cells] for word in text.split())
    least = min(natural, max(longest_word, _PROSE if natural > _PHRASE else 0))
    return _Column(name, cells, natural, least, _is_numeric(values))


def _name_column(table: Table, name: str, width: int | None) -> _Column:
    column = _column(table, name)
    most = column.natural if width is None else width * 2 // 5
    wide = max((w for w in map(_cells_wide, [name, *column.cells]) if w <= most), default=most)
    return _Column(name, column.cells, wide, wide, column.numeric)


def _values(table: Table, name: str) -> list[Any]:
    index = table.columns.index(name)
    return [row[index] for row in table.rows]


def _is_numeric(values: list[Any]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(isinstance(v, int | float) and not isinstance(v, bool) for v in known)


def _cells_wide(text: str) -> int:
    from rich.cells import cell_len

    return len(text) if text.isascii() else cell_len(text)


def _widths(columns: Sequence[_Column], width: int | None) -> dict[str, int]:
    """The width of each column that fits; `columns` come by importance and the first always fits."""
    if width is None:
        return {column.name: column.natural for column in columns}
    widths: dict[str, int] = {}
    room = width + _GAP
    for column in columns:
        if widths and column.least + _GAP > room:
            break
        widths[column.name] = column.least
        room -= column.least + _GAP
    for column in columns:
        if column.name in widths and room > 0:
            more = min(room, column.natural - column.least)
            widths[column.name] += more
            room -= more
    return widths


def _row(cells: Sequence[str], columns: Sequence[_Column], widths: dict[str, int]) -> list[str]:
    name, *others = cells
    too_long = _cells_wide(name) > widths[columns[0].name]
    wrapped = [[""] if too_long else [name]]
    wrapped += [_wrap(text, widths[column.name]) for text, column in zip(others, columns[1:], strict=True)]
    lines = [_line(line, columns, widths) for line in zip_longest(*wrapped, fillvalue="")]
    return [name, *(line for line in lines if line)] if too_long else lines


def _line(cells: Sequence[str], columns: Sequence[_Column], widths: dict[str, int]) -> str:
    parts = []
    for text, column in zip(cells, columns, strict=True):
        blank = " " * (widths[column.name] - _cells_wide(text))
        parts.append(blank + text if column.numeric else text + blank)
    return (" " * _GAP).join(parts).rstrip()


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width`, broken at blanks only; a longer word keeps its length."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if lines[-1] and _cells_wide(joined) > width:
            lines.append(word)
        else:
            lines[-1] = joined
    return lines
