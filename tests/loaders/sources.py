"""Made-up files of outside sources, with the columns that the real ones have."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path

from loaders import ucdp_actor, ucdp_esd, ucdp_nonstate

Cells = Mapping[str, str]


def write(path: Path, columns: Iterable[str], rows: Iterable[Cells], **same: str) -> Path:
    """A CSV file with these columns; what no row says is in `same`, else empty."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.DictWriter(file, list(columns), restval="")
        out.writeheader()
        out.writerows({**same, **row} for row in rows)
    return path


def esd(path: Path, *rows: Cells) -> Path:
    """External Support: made-up groups 9001 and up; a row codes nothing but what it is given."""
    same = {column: "0" for column in ucdp_esd.COLUMNS if column.startswith("ext_")}
    same |= {
        "id": "1", "active": "1", "year": "2001", "actor_id": "9001", "actor_name": "Made-up Taker",
        "actor_nonstate": "1", "oppo_name": "Government of Nowhere", "dyad_id": "77", "ext_sup": "1",
    }  # fmt: skip
    return write(path, ucdp_esd.COLUMNS, rows, **same)


def actors(path: Path, *rows: Cells) -> Path:
    """Actor: made-up organised groups."""
    same = dict.fromkeys(("NameChange", "Splinter", "SplitTemp", "Alliance", "JoinGroup"), "0")
    return write(path, ucdp_actor.COLUMNS, rows, **same, Org="1", Version="22.1")


def nonstate(path: Path, *rows: Cells) -> Path:
    """Non-State: made-up groups that fight; a row says no more than it is given."""
    same = {
        "conflict_id": "5", "dyad_id": "6", "org": "1", "side_a_name": "Made-up A", "side_a_id": "9001",
        "side_b_name": "Made-up B", "side_b_id": "9002", "start_date2": "2001-02-03", "start_prec2": "2",
        "ep_end": "0", "year": "2001", "best_fatality_estimate": "30", "low_fatality_estimate": "25",
        "high_fatality_estimate": "40", "location": "Nowhere", "version": "22.1",
    }  # fmt: skip
    return write(path, ucdp_nonstate.COLUMNS, rows, **same)
