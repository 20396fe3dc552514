"""Stacked counts: partners of each hub by year and kind of tie, with what is certain and what is possible.

After figure 1 of Blair and Potter (The Strategic Logic of Large Militant Alliance Networks); here ties of
which the sources do not say what they were worth are a kind of their own.
"""

from __future__ import annotations

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
    Caption,
    bars,
    canvas,
    finished,
    in_style,
    patch,
    whole_numbers,
)

PLOTTED = (
    *("hub", "hub_name", "year", "schism"),
    *(f"{kind}{end}" for kind in TIE_CLASSES for end in ("", ", possibly")),
    *("any tie, certain", "any tie, possible"),
)
NOTE = (
    "Each partner is counted once a year, by what its tie was possibly worth: full colour where that is"
    " certain, pale where it is not. Brackets: from the ties that are certain to all that are possible."
)


def plotted(partners: pd.DataFrame, hub_years: pd.DataFrame) -> pd.DataFrame:
    """One row a hub and year; of `partner_years` and `hub_years` of `kb.analysis.frames`, years without too.

    For each class: partners whose tie is of it for certain, and those whose tie is only possibly of it; these
    add up to `any tie, possible`. Raises InputError when there is no partner.
    """
    if partners.empty:
        raise InputError("Nothing to draw: no hub has a partner in these years.", "Widen --from and --to.")
    counts = {key: _counts(rows) for key, rows in partners.groupby(["hub", "year"])}
    none = [0] * (2 * len(TIE_CLASSES))
    about = ("hub", "hub_name", "year", "schism")
    rows = []
    for row in hub_years[hub_years["kind"] == ANY_TIE].to_dict("records"):
        by_class = counts.get((row["hub"], row["year"]), none)
        rows.append([*(row[name] for name in about), *by_class, row["certain"], row["possible"]])
    return pd.DataFrame(rows, columns=list(PLOTTED), dtype=object)


def _counts(rows: pd.DataFrame) -> list[int]:
    agree = rows["class"] == rows["class_certain"]
    found = []
    for kind in TIE_CLASSES:
        of_kind = rows["class"] == kind
        found += [int((of_kind & agree).sum()), int((of_kind & ~agree).sum())]
    return found


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: a panel a hub, side by side, on one scale."""
    hubs = list(plotted.groupby("hub", sort=False))
    drawn, axes = canvas(DOUBLE, 2.6, 1, len(hubs), sharey=True)
    for at, (_, rows) in zip(axes[0], hubs, strict=True):
        _panel(at, rows)
    axes[0, 0].set_ylabel("partners")
    kinds = [kind for kind in TIE_CLASSES if plotted[[kind, f"{kind}, possibly"]].to_numpy().any()]
    marks = [
        (patch(CLASSES[kind], sure=sure), kind + ("" if sure else ", possibly"))
        for kind in kinds
        for sure in (True, False)
    ]
    drawn.legend(*zip(*marks, strict=True), loc="outside upper center", ncols=4)
    return finished(drawn, caption)


def _panel(axes: Any, rows: pd.DataFrame) -> None:
    years = [int(year) for year in rows["year"]]
    below = [0] * len(years)
    for kind in TIE_CLASSES:
        for sure in (True, False):
            heights = [int(n) for n in rows[kind if sure else f"{kind}, possibly"]]
            if any(heights):
                bars(axes, years, heights, CLASSES[kind], sure=sure, bottom=below, width=0.72)
            below = [low + more for low, more in zip(below, heights, strict=True)]
    _band(axes, rows)
    _schisms(axes, rows)
    axes.set_title(rows["hub_name"].iloc[0], loc="left")
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    whole_numbers(axes.xaxis)
    whole_numbers(axes.yaxis)
    axes.grid(axis="y")


def _band(axes: Any, rows: pd.DataFrame) -> None:
    """A bracket from the number of ties that are certain to that of the possible ones."""
    low, high = (rows[f"any tie, {end}"].astype(int) for end in ("certain", "possible"))
    wide = high > low
    middle = rows["year"].astype(int)[wide] + 0.42
    axes.errorbar(
        middle, high[wide], yerr=[(high - low)[wide], [0] * int(wide.sum())], fmt="none", ecolor=BLACK,
        elinewidth=0.7, capsize=1.8, capthick=0.7,
    )  # fmt: skip


def _schisms(axes: Any, rows: pd.DataFrame) -> None:
    """Years in which the hub broke with somebody: shaded, with a word at the top."""
    broke = rows[rows["schism"].notna()]
    for row in broke.to_dict("records"):
        axes.axvspan(row["year"] - 0.5, row["year"] + 0.5, color=LIGHT, alpha=0.5, linewidth=0, zorder=0)
    if len(broke):
        sure = (broke["schism"] == "certain").all()
        middle = broke["year"].astype(int).mean()
        axes.text(middle, 0.98, "schism" if sure else "schism\n(possible)", ha="center", va="top", color=GREY,
                  fontsize=SMALL, style="italic", transform=axes.get_xaxis_transform())  # fmt: skip
