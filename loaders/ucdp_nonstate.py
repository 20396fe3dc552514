"""UCDP Non-State Conflict 22.1: a year of fighting between two organised groups, as hostile ties.

Rules and codes are explained in `loaders/README.md`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from loaders.outside import (
    NOBODY,
    Cells,
    Draft,
    Known,
    Row,
    check_numbers,
    check_release,
    read_rows,
    ucdp,
    ucdp_actor,
)

WHAT = "UCDP Non-State Conflict 22.1"
SOURCE: Cells = {
    "id": "ucdp-nonstate-22-1",
    "type": "dataset",
    "title": "UCDP Non-State Conflict Dataset, version 22.1",
    "author": ("Uppsala Conflict Data Program",),
    "publisher": "Department of Peace and Conflict Research, Uppsala University",
    "issued": "2022",
    "url": "https://ucdp.uu.se/downloads/",
    "note": "Described in Organized violence 1989-2021 and drone warfare, Journal of Peace Research 59 (4), "
    "2022, doi 10.1177/00223433221108428. Years 1989 to 2021. CC BY 4.0.",
}
ORGANISED = "1"
EXACT = "1"  # code of start_prec2 and ep_end_prec: the day is known
COLUMNS = (
    "conflict_id", "dyad_id", "org", "side_a_name", "side_a_id", "side_a_components", "side_b_name",
    "side_b_id", "side_b_components", "start_date2", "start_prec2", "ep_end", "ep_end_date", "ep_end_prec",
    "year", "best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate", "location",
    "version",
)  # fmt: skip


def read(path: Path) -> list[Row]:
    """The rows of the file. Raises InputError when it is another file or another release."""
    rows = read_rows(path, COLUMNS, WHAT, "Give the file ucdp-nonstate-221.csv.")
    check_release(path, rows, "version", "22.1", WHAT)
    check_numbers(path, rows, "dyad_id", "year", "side_a_id", "side_b_id")
    for column in ("side_a_components", "side_b_components"):
        check_numbers(path, [row for row in rows if row[column]], column)
    return rows


def records(rows: Sequence[Row], known: Known = NOBODY) -> Draft:
    """The book of the file: the rows whose sides are organised groups (Org 1)."""
    draft = Draft(known)
    draft.add("sources", **SOURCE)
    organised = [row for row in rows if row["org"] == ORGANISED]
    named = {row[f"side_{side}_id"]: row[f"side_{side}_name"] for row in organised for side in "ab"}
    for row in organised:
        _tie(draft, row, named)
    left_out = len(rows) - len(organised)
    if left_out:
        draft.notes.append(f"{left_out:,} rows about groups that are not formally organised were left out.")
    return draft


def _tie(draft: Draft, row: Row, named: Mapping[str, str]) -> None:
    sides = {side: _side(draft, row, side) for side in "ab"}
    draft.add(
        "ties",
        id=f"ucdp-nonstate-{row['dyad_id']}-{row['year']}",
        from_=sides["a"],
        to=sides["b"],
        tie_type="clash",
        directed="false",
        strength=f"{row['best_fatality_estimate']} deaths ({row['low_fatality_estimate']} to "
        f"{row['high_fatality_estimate']})",
        date=date_of(row),
        date_as_printed=row["year"],
        coder="UCDP",
        place=tuple(row.listed("location")),
        participants=tuple(_participants(draft, row, named)),
        note=_components(row),
        evidence=(_evidence(draft, row),),
    )


def _participants(draft: Draft, row: Row, named: Mapping[str, str]) -> Iterator[str]:
    """The groups of a side that acts as several, as far as this file or the graph knows them by name."""
    for side in "ab":
        for number in row.listed(f"side_{side}_components"):
            if number in named:
                yield f"{ucdp_actor(draft, number, named[number], 'militant_group')}=side_{side}"
            elif there := draft.known.get(ucdp(number)):
                yield f"{there}=side_{side}"


def _components(row: Row) -> str:
    listed = {side: row.listed(f"side_{side}_components") for side in "ab"}
    return " ".join(
        f"{row[f'side_{side}_name']} stands for {', '.join(map(ucdp, numbers))}."
        for side, numbers in listed.items()
        if numbers
    )


def date_of(row: Row) -> str:
    """EDTF: the year, cut short where the day on which the fighting began or ended in it is known."""
    year = row["year"]
    starts = row["start_date2"].startswith(year) and row["start_prec2"] == EXACT
    ends = row["ep_end"] == "1" and row["ep_end_date"].startswith(year) and row["ep_end_prec"] == EXACT
    if starts and ends:
        spell = (row["start_date2"], row["ep_end_date"])
        return "/".join(sorted(set(spell)))
    if starts:
        return f"[{row['start_date2']}..{year}-12-31]"
    return f"[{year}-01-01..{row['ep_end_date']}]" if ends else year


def _side(draft: Draft, row: Row, side: str) -> str:
    number, name = row[f"side_{side}_id"], row[f"side_{side}_name"]
    kind = "umbrella" if row[f"side_{side}_components"] else "militant_group"
    return ucdp_actor(draft, number, name, kind)


def _evidence(draft: Draft, row: Row) -> str:
    return draft.add(
        "evidence",
        id=f"ucdp-nonstate-ev-{row['dyad_id']}-{row['year']}",
        found_in=SOURCE["id"],
        locator_label="row",
        locator=f"conflict {row['conflict_id']}, dyad {row['dyad_id']}, year {row['year']}",
        line=str(row.number),
        summary=f"Counts for {row['year']} {row['best_fatality_estimate']} deaths in fighting between "
        f"{row['side_a_name']} and {row['side_b_name']} in {row['location']}.",
        note=f"{ucdp(row['side_a_id'])} and {ucdp(row['side_b_id'])}.",
    )
