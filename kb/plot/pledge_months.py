"""Monthly bars: the pledges that a table lists, and how many happenings they are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kb.errors import InputError
from kb.plot.style import (
    BLACK,
    BLUE,
    SINGLE,
    Caption,
    Look,
    bars,
    canvas,
    finished,
    in_style,
    patch,
    whole_numbers,
)

PLOTTED = ("month", "events", "rows", "duplicates")
UNKNOWN = "no month"
NOTE = "Dark: distinct events; hatched: further rows on the same events; asterisk: one is an exact duplicate."
_EVENTS, _ROWS = Look(BLUE), Look(BLACK, "/////")


def plotted(months: pd.DataFrame) -> pd.DataFrame:
    """One row a month, of `kb.analysis.pledges.pledge_months`; `duplicates` is their number.

    Pledges whose month is not known stand in a last row `no month`.
    """
    if months.empty:
        raise InputError("Nothing to draw: no pledge is listed.", "Ask for another --recipient or --work.")
    rows = [
        [row["month"] or UNKNOWN, row["events"], row["rows"], len(row["duplicates"])]
        for row in months.to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(PLOTTED), dtype=object)


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: a bar a month."""
    drawn, axes = canvas(SINGLE, 2.1)
    at = axes[0, 0]
    places = [n + 0.6 * (month == UNKNOWN) for n, month in enumerate(plotted["month"])]
    events, rows = plotted["events"].astype(int), plotted["rows"].astype(int)
    bars(at, places, list(events), _EVENTS, sure=True, width=0.75)
    more = [(x, low, high) for x, low, high in zip(places, events, rows, strict=True) if high > low]
    for x, low, high in more:
        bars(at, [x], [high - low], _ROWS, sure=False, width=0.75, bottom=low)
    for place, row in zip(places, plotted.to_dict("records"), strict=True):
        at.text(place, row["rows"], "*" * row["duplicates"], ha="center", va="bottom")
    _months(at, places, list(plotted["month"]))
    at.set_ylabel("pledges")
    whole_numbers(at.yaxis)
    at.grid(axis="y")
    at.margins(y=0.12)
    marks = [patch(_EVENTS), patch(_ROWS, sure=False)]
    told = ["distinct events", "further rows on the same events"]
    drawn.legend(marks[: 1 + bool(more)], told[: 1 + bool(more)], loc="outside upper right", ncols=2)
    return finished(drawn, caption)


def _months(axes: Any, places: list[float], months: list[str]) -> None:
    """A tick at every month; as many have a name as there is room for, the first of a year its number."""
    known = [month for month in months if month != UNKNOWN]
    step = next(step for step in (1, 3, 6, 12, 24, 60, 120, 1200) if len(known) <= 8 * step)
    named = known[::step]
    years = [month[:4] for month in named]
    told = {month: _told(month, years.index(month[:4]) == n) for n, month in enumerate(named)}
    told[UNKNOWN] = "no\nmonth"
    axes.set_xticks(places, [told.get(month, "") for month in months])
    axes.set_xlim(-0.7, places[-1] + 0.7)


def _told(month: str, opens_year: bool) -> str:
    name = pd.Timestamp(f"{month}-01").strftime("%b")
    return f"{name}\n{month[:4]}" if opens_year else name
