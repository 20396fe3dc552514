"""Support by year: how many gave whom which of the five types, and how far that is certain."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from kb.analysis.flows import ONE_OF_FIVE
from kb.errors import InputError
from kb.plot.style import (
    BLACK,
    DOUBLE,
    TYPES,
    Caption,
    Look,
    bars,
    canvas,
    finished,
    in_style,
    patch,
    whole_numbers,
)

NOTE = (
    "Ordered pairs of groups, giver and taker: full colour where support is certain in the year, pale where"
    " it is only possible. A pair with several types is in each of their panels. Unspecified: none of the"
    " five types is known, as the source names none (stated) or as it is a conclusion that some passed"
    " (inferred). Scales differ."
)


def plotted(counts: pd.DataFrame) -> pd.DataFrame:
    """The rows of `kb.analysis.flows.flow_counts`, without the types that nobody gave in any year.

    `any type` counts each pair of a year once. `one of the five` is left out: those pairs are in the panels
    of their types. Raises InputError when nothing was given.
    """
    given = set(counts.loc[counts["possible"] > 0, "support_type"]) - {ONE_OF_FIVE}
    if not given:
        raise InputError("Nothing to draw: no support was given in these years.", "Widen --from and --to.")
    return counts[counts["support_type"].isin(given)].reset_index(drop=True)


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: a panel a type on scales of their own, and one of all."""
    kinds = list(plotted["support_type"].unique())
    columns = min(len(kinds), 4)
    lines = -(-len(kinds) // columns)
    drawn, axes = canvas(DOUBLE, 0.4 + 1.5 * lines, lines, columns, sharex=True)
    for at, kind in zip(axes.flat, kinds, strict=False):
        _panel(at, kind, plotted[plotted["support_type"] == kind])
    for at in axes.flat[len(kinds) :]:
        at.set_visible(False)
    for at in axes.flat[len(kinds) - columns : len(kinds)]:
        at.tick_params(labelbottom=True)
    axes[0, 0].set_ylabel("ordered pairs")
    marks = [patch(Look(BLACK), sure=sure) for sure in (True, False)]
    drawn.legend(marks, ["certain", "possible"], loc="outside upper right", ncols=2)
    return finished(drawn, caption)


def _look(kind: str) -> Look:
    """The colour of a type; panels have names, and hatches would fill bars as narrow as these."""
    return replace(TYPES.get(kind.partition(",")[0], Look(BLACK)), hatch="")


def _panel(axes: Any, kind: str, rows: pd.DataFrame) -> None:
    years = [int(year) for year in rows["year"]]
    sure = [int(number) for number in rows["certain"]]
    more = [int(number) - low for number, low in zip(rows["possible"], sure, strict=True)]
    wide = {"width": 0.8 if len(years) < 25 else 1.0}
    bars(axes, years, sure, _look(kind), sure=True, **wide)
    bars(axes, years, more, _look(kind), sure=False, bottom=sure, **wide)
    axes.set_title(kind, loc="left")
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    whole_numbers(axes.xaxis, 4)
    whole_numbers(axes.yaxis, 5)
    axes.grid(axis="y")
