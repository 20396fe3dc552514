"""The coefficient plot: two hubs on eight dimensions (figure 2 of Blair and Potter), with two intervals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kb.errors import InputError
from kb.plot.style import (
    BLACK,
    DOUBLE,
    GREY,
    LIGHT,
    SMALL,
    Caption,
    canvas,
    finished,
    in_style,
)

PLOTTED = (
    *("dimension", "unit", "predicted", "hub_1", "n_1", "mean_1", "hub_2", "n_2", "mean_2"),
    *("difference", "ci_low", "ci_high", "boot_low", "boot_high", "why"),
)
_ENDS = ("difference", "ci_low", "ci_high", "boot_low", "boot_high")
NOTE = (
    "Difference of the means, first hub minus second. Grey: 95 % interval by Welch's t-test; black line: 95 %"
    " interval from a bootstrap that draws whole pairs. Triangles point in the direction that Blair"
    " and Potter predict."
)


def plotted(dimensions: pd.DataFrame, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The columns `PLOTTED` of `kb.analysis.dimensions.dimensions`, one row a dimension.

    `names` = names of the hubs by id, to be printed instead of the ids. Raises InputError when no
    dimension has a difference.
    """
    shown = dimensions[list(PLOTTED)].reset_index(drop=True)
    for side in ("hub_1", "hub_2"):
        shown[side] = shown[side].replace(dict(names or {}))
    if not shown["difference"].notna().any():
        raise InputError(
            "Nothing to draw: no dimension has a value for both hubs.",
            "`kb analyse dimensions` says why of each; --counts FILE.csv and --silence zero fill some.",
        )
    return shown


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: shares and counts in panels of their own, since their units differ.

    A dimension without a difference keeps its line and says so; n and the means stand at the right.
    """
    panels = [rows for _, rows in plotted.groupby(plotted["unit"] != "percent", sort=False)]
    panels.sort(key=lambda rows: rows["unit"].iloc[0] != "percent")
    ratios = [len(rows) for rows in panels]
    drawn, axes = canvas(
        DOUBLE, 0.75 + 0.24 * sum(ratios) + 0.3 * len(panels), len(panels), height_ratios=ratios
    )
    for at, rows in zip(axes[:, 0], panels, strict=True):
        _panel(at, rows.to_dict("records"))
    _head(axes[0, 0], plotted)
    return finished(drawn, caption)


def _panel(axes: Any, rows: Sequence[dict[Any, Any]]) -> None:
    for n, row in enumerate(rows):
        if row["difference"] is None:
            axes.text(
                0.5, n, "no value to compare", ha="center", va="center", color=GREY, style="italic",
                fontsize=SMALL, transform=axes.get_yaxis_transform(), backgroundcolor="white",
            )  # fmt: skip
        else:
            _coefficient(axes, n, row)
        _beside(axes, n, row)
    axes.set_yticks(range(len(rows)), [row["dimension"] for row in rows])
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    _scale(axes, rows)


def _scale(axes: Any, rows: Sequence[dict[Any, Any]]) -> None:
    """Zero in the middle, with room around the outermost interval; no scale where nothing is drawn."""
    ends = [abs(row[name]) for row in rows for name in _ENDS if row[name] is not None]
    if not ends:
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        return
    axes.axvline(0, color=BLACK, linewidth=0.6)
    axes.grid(axis="x")
    shares = rows[0]["unit"] == "percent"
    reach = 1.05 * max(*ends, 10 if shares else 1)
    axes.set_xlim(-reach, reach)
    axes.set_xlabel("difference in percentage points" if shares else "difference in number a year")


def _coefficient(axes: Any, n: int, row: dict[Any, Any]) -> None:
    if row["boot_low"] is not None:
        axes.plot(
            [row["boot_low"], row["boot_high"]], [n, n], color=BLACK, linewidth=0.7, marker="|", markersize=5
        )
    if row["ci_low"] is not None:
        axes.plot(
            [row["ci_low"], row["ci_high"]], [n, n], color=LIGHT, linewidth=4, zorder=1, solid_capstyle="butt"
        )
    marker = ">" if row["predicted"] == "more" else "<"
    axes.plot([row["difference"]], [n], marker=marker, markersize=5, color=BLACK)


def _beside(axes: Any, n: int, row: dict[Any, Any]) -> None:
    """Means and numbers at the right of a row."""
    for side, x in ((1, 1.03), (2, 1.2)):
        mean = row[f"mean_{side}"]
        told = f"{_short(mean)} ({row[f'n_{side}']})" if mean is not None else f"– ({row[f'n_{side}']})"
        axes.text(x, n, told, va="center", fontsize=SMALL, transform=axes.get_yaxis_transform())


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"


def _head(axes: Any, plotted: pd.DataFrame) -> None:
    first = plotted.iloc[0]
    for side, x in ((1, 1.03), (2, 1.2)):
        axes.annotate(
            f"{first[f'hub_{side}']}\nmean (n)", (x, 1), (0, 4), xycoords="axes fraction",
            textcoords="offset points", va="bottom", fontsize=SMALL, weight="bold",
        )  # fmt: skip
