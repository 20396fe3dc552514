"""Made-up claims and actors for tests of the analysis: groups a, b, c, two hubs, a person and a crowd."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kb import dates
from kb.analysis.frames import actor_frame, claim_frame

HUB, OTHER = "made-up-hub", "made-up-other-hub"
KINDS = {
    **dict.fromkeys((HUB, OTHER, "made-up-a", "made-up-b", "made-up-c", "made-up-d"), "militant_group"),
    "made-up-person": "person",
    "made-up-crowd": "collective",
}


def actors(**fields: dict[str, Any]) -> pd.DataFrame:
    """All made-up actors; a keyword names a column and gives its value for some of them."""
    rows = [
        {"id": ident, "name": ident, "kind": kind, "part": False}
        | {column: values[ident] for column, values in fields.items() if ident in values}
        for ident, kind in KINDS.items()
    ]
    return actor_frame(rows)


def claims(*rows: dict[str, Any]) -> pd.DataFrame:
    """The claims frame of these rows, numbered; `date` is EDTF as in a table."""
    return claim_frame(_claim(f"made-up-{n}", **row) for n, row in enumerate(rows))


def _claim(ident: str, date: str = "", **row: Any) -> dict[str, Any]:
    whole = row["kind"] == "search" or row.get("presence") == "absent"
    b = dates.parse(date, mode="whole" if whole else "sometime")
    bounds = {name: getattr(b, name) for name in ("start_lo", "start_hi", "end_lo", "end_hi")}
    dated = {"date_uncertain": b.uncertain, "date_mode": b.mode, "end_open": b.end_open}
    dated["date_approximate"] = b.approximate
    return {"id": ident, "status": "accepted", **bounds, **dated, **row}


def pledge(from_: str, to: str, date: str, act: str = "pledge", **more: Any) -> dict[str, Any]:
    """One act of words."""
    return {"kind": "pledge", "from": from_, "to": to, "act": act, "date": date, **more}


def support(from_: str, to: str, date: str, support_type: str, **more: Any) -> dict[str, Any]:
    """One kind of support, or its absence."""
    return {"kind": "support", "from": from_, "to": to, "support_type": support_type, "date": date, **more}


def alliance(from_: str, to: str, date: str, **more: Any) -> dict[str, Any]:
    """A cooperative tie."""
    return {"kind": "tie", "from": from_, "to": to, "tie_type": "alliance", "date": date, **more}


def schism(from_: str, to: str, date: str, **more: Any) -> dict[str, Any]:
    """A break of the first with the second."""
    return {"kind": "schism", "from": from_, "to": to, "date": date, **more}


def records(frame: pd.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of a frame as tuples of these columns."""
    return [tuple(row[c] for c in columns) for row in frame.to_dict("records")]
