"""Actors by year: attacks, distinct tactics, ideology and size, as far as somebody has counted them.

No table of a book holds counts of attacks or tactics, and the importers bring none: they come from a file of
the user (`read_counts`), such as a count over an incident database. Ideology also comes from `actors`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from kb.errors import InputError, did_you_mean, quoted

ACTOR_YEAR_COLUMNS = ("actor", "name", "year", "attacks", "tactics", "ideology", "size", "why")
NUMBERS = ("attacks", "tactics", "size")
COUNT_COLUMNS = ("actor", "year", *NUMBERS, "ideology")
_HINT = f"Columns: {', '.join(COUNT_COLUMNS)}; actor and year must be there."


def actor_years(
    partners: pd.DataFrame, actors: pd.DataFrame, counts: pd.DataFrame | None = None
) -> pd.DataFrame:
    """One row an actor and year: every hub and partner in the years in which the two have a tie.

    `partners` as in `kb.analysis.frames.partner_years`; `counts` as `read_counts` gives it. attacks:
    attacks in the year; tactics: distinct kinds of attack in the year; size: members; all three numbers of
    the file and None where it has none: silence is not zero. ideology: list of labels, of the file, else of
    the actor (which has no year). `why` names each empty cell and the reason.

    Relative attacks and tactics of a hub and its allies are measured on such rows by Blair and Potter (The
    Strategic Logic of Large Militant Alliance Networks, figure 2), who take them from an incident database.
    """
    wanted = {*zip(partners["hub"], partners["year"], strict=True)}
    wanted |= {*zip(partners["partner"], partners["year"], strict=True)}
    known = {} if counts is None else {(row["actor"], row["year"]): row for row in counts.to_dict("records")}
    about = actors.set_index("id")
    rows = [
        _row(actor, year, about.loc[actor], known.get((actor, year)), counts is not None)
        for actor, year in sorted(wanted)
    ]
    return pd.DataFrame(rows, columns=list(ACTOR_YEAR_COLUMNS), dtype=object)


def _row(actor: str, year: int, about: Any, counted: Mapping[Any, Any] | None, has_file: bool) -> list[Any]:
    numbers = [counted[name] if counted else None for name in NUMBERS]
    ideology = (counted["ideology"] if counted else None) or about["ideology"] or None
    missing = [n for n, value in zip(NUMBERS, numbers, strict=True) if value is None]
    silent = [*missing, *([] if ideology else ["ideology"])]
    reason = "the file has no row of it" if has_file else "no file of counts was given"
    why = f"{', '.join(silent)}: {'empty in the file' if counted else reason}" if silent else None
    attacks, tactics, size = numbers
    return [actor, about["name"], year, attacks, tactics, list(ideology) if ideology else None, size, why]


def read_counts(path: Path, known: Collection[str]) -> pd.DataFrame:
    """The counts of a CSV file: a row an actor (id) and year, columns `COUNT_COLUMNS`, None for empty cells.

    Raises InputError with row and column for a cell that cannot be used, an actor that is not `known`, and
    two rows of one actor and year.
    """
    rows = list(_read(path))
    seen: dict[tuple[str, int], int] = {}
    found = []
    for number, cells in rows:
        row = _counted(path, number, cells, known)
        first = seen.setdefault((row[0], row[1]), number)
        if first != number:
            raise InputError(f"{path} row {number}: {row[0]} in {row[1]} stands in row {first} already.")
        found.append(row)
    return pd.DataFrame(found, columns=list(COUNT_COLUMNS), dtype=object)


def _read(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text.", "Save it as CSV UTF-8.") from error
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    rows = list(csv.reader(io.StringIO(text, newline="")))
    header = [name.strip().lower() for name in rows[0]] if rows else []
    for name in ("actor", "year"):
        if name not in header:
            raise InputError(f"{path} has no column {name}.", _HINT)
    for name in header:
        if name not in COUNT_COLUMNS and not name.startswith("_"):
            near = did_you_mean(name, COUNT_COLUMNS)
            raise InputError(f"{path}: unknown column {quoted(name)}.", near or _HINT)
    for number, row in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in row):
            yield number, {name: cell.strip() for name, cell in zip(header, row, strict=False)}


def _counted(path: Path, number: int, cells: Mapping[str, str], known: Collection[str]) -> list[Any]:
    actor, year = cells.get("actor", ""), cells.get("year", "")
    if actor not in known:
        near = did_you_mean(actor, known)
        problem = f"{path} row {number}, column actor: no actor {quoted(actor)} in this graph."
        raise InputError(problem, near or "Actors are given by id.")
    if not (len(year) == 4 and year.isascii() and year.isdigit()):
        raise InputError(f"{path} row {number}, column year: {quoted(year)} is not a year.")
    labels = [label.strip() for label in cells.get("ideology", "").split(";") if label.strip()]
    numbers = [_number(path, number, name, cells.get(name, "")) for name in NUMBERS]
    return [actor, int(year), *numbers, labels or None]


def _number(path: Path, number: int, column: str, cell: str) -> int | None:
    if not cell:
        return None
    whole = cell.removesuffix(".0").replace(",", "")
    if not (whole.isascii() and whole.isdigit()):
        hint = "Leave it empty when nobody counted."
        raise InputError(f"{path} row {number}, column {column}: {quoted(cell)} is no count.", hint)
    return int(whole)
