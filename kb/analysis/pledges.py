"""Pledges by month: how many a work lists, how many happenings they are, and what was pledged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kb.errors import InputError

PLEDGE_COLUMNS = ("month", "rows", "events", "affiliates", "allies", "duplicates")


def pledge_months(
    claims: pd.DataFrame, recipient: str, work: str | None = None, locator: str | None = None
) -> pd.DataFrame:
    """One row a month, from the first to the last in which anything was pledged to the recipient.

    `claims` as in `kb.analysis.frames`. Pledges `TO` the recipient that are not rejected count, whatever the
    act; with `work` (and `locator`, such as `Table 1`) only those that a passage of that work (there)
    supports, so that a table can be counted as it was printed.

    month: `2014-06`; None, as the last row, for pledges whose month is not known. rows: claims. events:
    distinct happenings, readings of one occurrence counted once. affiliates, allies: rows that name this
    relation (one can name both, or none). duplicates: ids of the rows that say the same as an earlier row:
    same sides, act, relation and days. The definitions are those of the query `pledges_by_month`; the
    figure is figure 2 of Plapinger and Potter, who count the rows of their table 1.

    Raises InputError when nothing is listed.
    """
    listed = [row for row in claims.to_dict("records") if _is_listed(row, recipient, work, locator)]
    if not listed:
        where = f" in {work}" * (work is not None) + f", {locator}" * (locator is not None)
        raise InputError(f"No pledge to '{recipient}'{where}.", "Ask for another recipient or work.")
    by_month: dict[date | None, list[Mapping[Any, Any]]] = {month: [] for month in _months(listed)}
    for row in listed:
        by_month[_month(row)].append(row)
    rows = [_row(month, held) for month, held in by_month.items()]
    return pd.DataFrame(rows, columns=list(PLEDGE_COLUMNS), dtype=object)


def _is_listed(row: Mapping[Any, Any], recipient: str, work: str | None, locator: str | None) -> bool:
    if row["kind"] != "pledge" or row["to"] != recipient or row["status"] == "rejected":
        return False
    places = [place for place in row["cited"] or () if work in (None, place[0])]
    return (work is None and locator is None) or any(locator in (None, place[1]) for place in places)


def _month(row: Mapping[Any, Any]) -> date | None:
    """The first day of the month in which it all lies; None when that is not known."""
    lo, hi = row["start_lo"], row["end_hi"]
    one = lo is not None and hi is not None and (lo.year, lo.month) == (hi.year, hi.month)
    return lo.replace(day=1) if one else None


def _months(rows: Sequence[Mapping[Any, Any]]) -> list[date | None]:
    known = [month for row in rows if (month := _month(row))]
    found: list[date | None] = []
    if known:
        span = pd.period_range(min(known), max(known), freq="M")
        found += [period.start_time.date() for period in span]
    return found + [None] * (len(known) < len(rows))


def _row(month: date | None, held: Sequence[Mapping[Any, Any]]) -> list[Any]:
    named = [tuple(row["relation_type"] or ()) for row in held]
    return [
        month and month.isoformat()[:7],
        len(held),
        len({row["occurrence"] or row["id"] for row in held}),
        sum("affiliate" in relations for relations in named),
        sum("ally" in relations for relations in named),
        _duplicates(held),
    ]


def _duplicates(held: Sequence[Mapping[Any, Any]]) -> list[str]:
    seen: set[Any] = set()
    again = []
    for row in sorted(held, key=lambda r: str(r["id"])):
        said = (row["from"], row["act"], tuple(row["relation_type"] or ()), row["start_lo"], row["end_hi"])
        again += [str(row["id"])] * (said in seen)
        seen.add(said)
    return again
