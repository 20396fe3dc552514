"""The timeline: a row a happening, from the first to the last day on which it can have been."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pandas as pd

from kb.analysis.frames import BOUNDS
from kb.errors import InputError
from kb.extras import need
from kb.plot.style import (
    BLUE,
    DOUBLE,
    GREEN,
    GREY,
    ORANGE,
    PURPLE,
    VERMILION,
    Caption,
    Look,
    canvas,
    cut,
    finished,
    in_style,
    pale,
)

PLOTTED = ("happening", "kind", *BOUNDS)
MOST_ROWS = 56  # on a page
NOTE = (
    "Full: for certain; pale: between these days, or possibly still; arrow: beginning or end not known; mark:"
    " a time too short for a bar."
)
KINDS = {
    "pledge": Look(ORANGE, "/////", marker="o"),
    "support": Look(BLUE, "", marker="s"),
    "tie": Look(GREY, "|||||", marker="D"),
    "schism": Look(VERMILION, "xxxxx", marker="X"),
    "lineage": Look(PURPLE, "\\\\\\\\\\", marker="^"),
    "event": Look(GREEN, "+++++", marker="v"),
}
_LABEL = 3.1  # inches


def plotted(happenings: pd.DataFrame, first: int | None = None, last: int | None = None) -> pd.DataFrame:
    """The rows that possibly lie in the years `first` to `last`, in their order.

    `happenings` = one row a happening with the columns `PLOTTED`: what it is in words, the kind of claim, and
    its bounds (model, section 4; None = not known), as `kb.export.dossier.figures.happenings` gives them.
    Those without any date cannot be drawn and are left out. Raises InputError when nothing is left, or more
    than fits on a page.
    """
    rows = within(happenings, first, last)[list(PLOTTED)].reset_index(drop=True)
    if rows.empty:
        raise InputError("Nothing to draw: no dated claim in these years.", "Widen --from and --to.")
    if len(rows) > MOST_ROWS:
        problem = f"The timeline has {len(rows)} rows; a page holds {MOST_ROWS}."
        raise InputError(problem, "Give fewer years, with --from and --to, or --kind.")
    return rows


def within(happenings: pd.DataFrame, first: int | None, last: int | None) -> pd.DataFrame:
    """The dated rows that possibly lie in these years."""
    rows = happenings.to_dict("records")
    return happenings[[bool(_days(row)) and _is_within(row, first, last) for row in rows]]


def _days(row: Mapping[Any, Any]) -> list[date]:
    return [row[name] for name in BOUNDS if row[name] is not None]


def _is_within(row: Mapping[Any, Any], first: int | None, last: int | None) -> bool:
    starts, ends = row["start_lo"], row["end_hi"]
    early = first is not None and ends is not None and ends.year < first
    late = last is not None and starts is not None and starts.year > last
    return not early and not late


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`, the first row at the top."""
    rows = plotted.to_dict("records")
    drawn, grid = canvas(DOUBLE, 0.55 + 0.145 * len(rows))
    axes = grid[0, 0]
    left, right = _ends(rows)
    for n, row in enumerate(rows):
        _row(axes, n, row, left, right)
    axes.set_yticks(range(len(rows)), [cut(_upper(row["happening"]), _LABEL) for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0, pad=6)
    axes.spines["left"].set_visible(False)
    axes.set_xlim(left, right)
    dates = need("matplotlib.dates", "plot")
    locator = dates.AutoDateLocator()
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(dates.ConciseDateFormatter(locator, show_offset=False))
    axes.grid(axis="x")
    _legend(drawn, list(plotted["kind"]))
    return finished(drawn, caption)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _ends(rows: list[dict[Any, Any]]) -> tuple[date, date]:
    """The days at which the axis begins and ends: all that is known and some room, two years at least."""
    days = [day for row in rows for day in _days(row)]
    span = max(days) - min(days)
    room = max(span / 30, (timedelta(days=730) - span) / 2)
    return min(days) - min(room, min(days) - date.min), max(days) + min(room, date.max - max(days))


def _row(axes: Any, n: int, row: Mapping[Any, Any], left: date, right: date) -> None:
    look = KINDS[row["kind"]]
    starts, ends = row["start_lo"] or left, row["end_hi"] or right
    if (ends - starts) < (right - left) / 80:
        axes.plot([starts + (ends - starts) / 2], [n], look.marker, color=look.colour, markersize=4)
        return
    edge = {"edgecolor": look.colour, "linewidth": 0.4, "height": 0.5}
    axes.barh(n, ends - starts, left=starts, facecolor=pale(look.colour), **edge)
    sure_from, sure_to = row["start_hi"], row["end_lo"]
    if sure_from and sure_to and sure_from <= sure_to:
        length = max(sure_to - sure_from, (right - left) / 200)
        axes.barh(n, length, left=sure_from, facecolor=look.colour, **edge)
    for known, at, marker in ((row["start_lo"], left, "<"), (row["end_hi"], right, ">")):
        if known is None:
            axes.plot([at], [n], marker, color=look.colour, markersize=4, clip_on=False)


def _legend(drawn: Any, kinds: list[str]) -> None:
    make = need("matplotlib.lines", "plot").Line2D
    shown = {kind: look for kind, look in KINDS.items() if kind in kinds}
    marks = [make([], [], color=look.colour, linewidth=0, marker=look.marker) for look in shown.values()]
    drawn.legend(marks, list(shown), loc="outside upper right", ncols=len(shown))
