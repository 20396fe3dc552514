"""Stacked counts: partners of each hub by year and kind of tie, with what is certain and what is possible.

After figure 1 of Blair and Potter (The Strategic Logic of Large Militant Alliance Networks); here ties of
which the sources do not say what they were worth are a kind of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kb.analysis.frames import ANY_TIE, TIE_CLASSES
from kb.errors import InputError
from kb.plot.style import (
    BLACK,
    CLASSES,
    DOUBLE,
    GREY,
    LIGHT,
    SMALL,
    TALLEST,
    Caption,
    bars,
    canvas,
    cut,
    finished,
    in_style,
    patch,
    whole_numbers,
)

PLOTTED = ("hub", "hub_name", "year", "kind", "certain", "possible", "schism")
MOST_HUBS = 9
MANY = 25  # years, for which a panel is as wide as the page
NOTE = (
    "Each partner is counted once a year, by what its tie was possibly worth: full colour where that is"
    " certain, pale where it is not. Brackets: from the ties that are certain to all that are possible."
)


def plotted(partners: pd.DataFrame, hub_years: pd.DataFrame) -> pd.DataFrame:
    """One row a hub, year and kind (the classes, and any tie), years without a partner too.

    Of `partner_years` and `hub_years` of `kb.analysis.frames`, whose columns it has; but each partner is in
    one class a year, that of its tie over what possibly holds. `possible` counts those, and adds up to that
    of any tie; `certain` counts those of them whose tie is of the class for certain. Raises InputError when
    there is no partner, or more hubs than fit on a page.
    """
    if partners.empty:
        raise InputError("Nothing to draw: no hub has a partner in these years.", "Widen --from and --to.")
    if (hubs := partners["hub"].nunique()) > MOST_HUBS:
        raise InputError(
            f"{hubs} hubs are {hubs} panels; a page holds {MOST_HUBS}.", "Name fewer with --hub."
        )
    agree = partners[partners["class"] == partners["class_certain"]]
    sure, may = (rows.groupby(["hub", "year", "class"]).size().to_dict() for rows in (agree, partners))
    rows = []
    for row in hub_years.to_dict("records"):
        cell = row["hub"], row["year"], row["kind"]
        whole = row["kind"] == ANY_TIE
        counts = (row["certain"], row["possible"]) if whole else (sure.get(cell, 0), may.get(cell, 0))
        rows.append([row["hub"], row["hub_name"], row["year"], row["kind"], *counts, row["schism"]])
    return pd.DataFrame(rows, columns=list(PLOTTED), dtype=object)


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: a panel a hub on one scale, side by side where there are few years."""
    hubs = list(plotted.groupby("hub", sort=False))
    columns = min(len(hubs), 3) if plotted["year"].nunique() <= MANY else 1
    lines = -(-len(hubs) // columns)
    drawn, axes = canvas(DOUBLE, min(0.6 + 2 * lines, TALLEST - 0.8), lines, columns, sharey=True)
    for at in axes.flat[len(hubs) :]:
        at.set_visible(False)
    for at, (_, rows) in zip(axes.flat, hubs, strict=False):
        _panel(at, rows)
        at.set_title(cut(rows["hub_name"].iloc[0], 0.75 * DOUBLE / columns, "bold"), loc="left")
    for at in axes[:, 0]:
        at.set_ylabel("partners")
    axes[0, 0].set_ylim(0, 1.2 * plotted["possible"].max())  # room for the word at the top
    kinds = [kind for kind in TIE_CLASSES if plotted.loc[plotted["kind"] == kind, "possible"].any()]
    marks = [
        (patch(CLASSES[kind], sure=sure), kind + ("" if sure else ", possibly"))
        for kind in kinds
        for sure in (True, False)
    ]
    drawn.legend(*zip(*marks, strict=True), loc="outside upper center", ncols=4)
    return finished(drawn, caption)


def _panel(axes: Any, rows: pd.DataFrame) -> None:
    every = rows[rows["kind"] == ANY_TIE].to_dict("records")
    years = [row["year"] for row in every]
    below = [0] * len(years)
    for kind in TIE_CLASSES:
        own = rows[rows["kind"] == kind].to_dict("records")
        for sure in (True, False):
            heights = [row["certain"] if sure else row["possible"] - row["certain"] for row in own]
            if any(heights):
                bars(axes, years, heights, CLASSES[kind], sure=sure, bottom=below, width=0.72)
            below = [low + more for low, more in zip(below, heights, strict=True)]
    _band(axes, every)
    _schisms(axes, every)
    middle, half = (years[0] + years[-1]) / 2, max((years[-1] - years[0]) / 2 + 0.6, 1.5)
    axes.set_xlim(middle - half, middle + half)
    if len(years) <= 6:
        axes.set_xticks(years)
    else:
        whole_numbers(axes.xaxis)
    whole_numbers(axes.yaxis)
    axes.grid(axis="y")


def _band(axes: Any, every: Sequence[Mapping[Any, Any]]) -> None:
    """A bracket from the number of ties that are certain to that of the possible ones."""
    wide = [
        (row["year"] + 0.42, row["possible"], row["possible"] - row["certain"])
        for row in every
        if row["possible"] > row["certain"]
    ]
    if wide:
        at, tops, lengths = zip(*wide, strict=True)
        axes.errorbar(
            at, tops, yerr=[lengths, [0] * len(wide)], fmt="none", ecolor=BLACK, elinewidth=0.7,
            capsize=1.8 if len(every) <= MANY else 0.8, capthick=0.7,
        )  # fmt: skip


def _schisms(axes: Any, every: Sequence[Mapping[Any, Any]]) -> None:
    """Years in which the hub broke with somebody: shaded, with a word at the top."""
    broke = [row for row in every if row["schism"]]
    for row in broke:
        axes.axvspan(row["year"] - 0.5, row["year"] + 0.5, color=LIGHT, alpha=0.5, linewidth=0, zorder=0)
    if broke:
        word = "schism" if all(row["schism"] == "certain" for row in broke) else "schism\n(possible)"
        middle = sum(row["year"] for row in broke) / len(broke)
        axes.text(
            middle, 0.98, word, ha="center", va="top", color=GREY, fontsize=SMALL, style="italic",
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip
