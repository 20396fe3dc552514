"""The files of UCDP counted in pandas, from their raw cells: without the importers, the model or a graph.

Numbers of actors stand for the ids that the importer makes of them; words are those of `kb.analysis.flows`.
"""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd

LETTERS = {"operational": "xpyi", "material": "wm", "territorial": "l", "training": "t", "financial": "f"}
COLUMNS = (
    *("year", "actor_id", "actor_nonstate", "ext_id", "ext_name", "ext_sup", "ext_count_ns"),
    *(f"ext_{x}{count}_ns" for x in "xpyiwmltfou" for count in ("", "_count")),
)
PAIR_YEAR = ["provider", "recipient", "year"]
_X = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def workbook(path: Path, columns: Collection[str]) -> pd.DataFrame:
    """These columns of the first sheet as text, out of its XML; empty cells are empty."""
    with zipfile.ZipFile(path) as archive:
        strings, sheet = (
            ElementTree.fromstring(archive.read(f"xl/{name}.xml"))  # noqa: S314 - a file of our own folder
            for name in ("sharedStrings", "worksheets/sheet1")
        )
    words = ["".join(text.text or "" for text in item.iter(f"{_X}t")) for item in strings]
    rows = [
        {cell.get("r", "").rstrip("0123456789"): cell for cell in row if len(cell)}
        for row in sheet.iter(f"{_X}row")
    ]

    def text(cell: ElementTree.Element | None) -> str:
        value = "" if cell is None else cell[0].text or ""
        return words[int(value)] if cell is not None and cell.get("t") == "s" else value

    letters = {text(cell): letter for letter, cell in rows[0].items()}
    cells = {name: [text(row.get(letters[name])) for row in rows[1:]] for name in columns}
    return pd.DataFrame(cells)


def support(folder: Path) -> pd.DataFrame:
    """One row a group that supports a rebel group, recipient and row of the file; both with a UCDP number.

    known: the types of the five that it gave for certain, as the only supporter that is no state; counted:
    those of which the file counts as many givers as supporters; unknown: that it gave something of no known
    type, `stated` when the file says so, `inferred` when it was one of several, `doubted` when it may have
    given nothing but `other`; else empty.
    """
    file = workbook(folder / "ucdp-esd-ay-181.xlsx", COLUMNS)
    listed = pd.read_csv(folder / "ucdp-actor-221.csv", dtype=str, encoding="utf-8-sig")
    groups = set(zip(listed["ActorId"], listed["NameData"].str.strip(), strict=True))
    rebels = file[(file["ext_sup"] == "1") & (file["actor_nonstate"] == "1") & (file["ext_count_ns"] != "0")]
    rows = [
        {
            "provider": number,
            "recipient": row["actor_id"],
            "provider_name": name,
            "year": int(row["year"]),
            **_given(row),
        }
        for row in rebels.to_dict("records")
        for number, name in _supporters(row)
        if (number, name) in groups and not name.startswith("Government of ")
    ]
    return pd.DataFrame(rows)


def _supporters(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(number, name) of each; where a name holds a comma, every pairing, of which the true one is listed."""
    numbers, names = ([part.strip() for part in row[c].split(",")] for c in ("ext_id", "ext_name"))
    if len(numbers) == len(names):
        return iter(zip(numbers, names, strict=True))
    return iter([(number, name) for number in numbers for name in names])


def _given(row: dict[str, str]) -> dict[str, object]:
    alone = row["ext_count_ns"] == "1"
    coded = {t for t, letters in LETTERS.items() if any(row[f"ext_{x}_ns"] == "1" for x in letters)}
    by_all = {t for t in coded if any(row[f"ext_{x}_count_ns"] == row["ext_count_ns"] for x in LETTERS[t])}
    unknown = "stated" if row["ext_u_ns"] == "1" else ""
    if not alone:
        unknown = "doubted" if row["ext_o_ns"] == "1" else "inferred"
    return {"known": coded if alone else set(), "counted": by_all, "unknown": unknown}


def flow_years(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `support` by provider, recipient and year: all types known, counted, and reasons."""
    return rows.groupby(PAIR_YEAR, as_index=False).agg(
        known=("known", lambda sets: set().union(*sets)),
        counted=("counted", lambda sets: set().union(*sets)),
        unknown=("unknown", lambda words: set(words) - {""}),
    )


def fights(folder: Path) -> pd.DataFrame:
    """One row a pair of organised groups and year; `a` is the side whose id comes first as text."""
    file = pd.read_csv(folder / "ucdp-nonstate-221.csv", dtype=str)
    file = file[file["org"] == "1"]
    sides = [sorted(pair) for pair in zip(file["side_a_id"], file["side_b_id"], strict=True)]
    return pd.DataFrame(sides, columns=["a", "b"], index=file.index).assign(
        year=file["year"].astype(int), names=file["side_a_name"] + " and " + file["side_b_name"]
    )
