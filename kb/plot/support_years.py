"""Support by year: how many gave whom which of the five types, and how far that is certain."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from kb import ties
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

PLOTTED = ("year", "support_type", "certain", "possible")
ANY = "any type"
NOTE = (
    "Ordered pairs, giver and taker: full colour where support is certain in the year, pale where it is only"
    " possible. A pair with several types is in each of their panels, once in the last. Scales differ."
)


def plotted(dyads: pd.DataFrame) -> pd.DataFrame:
    """One row a year and type of support, years without too; of `kb.analysis.frames.dyad_years`.

    `certain` and `possible` count ordered pairs between which support of the type was given in the year;
    what is certain is possible too. Types that nobody gave are left out, a last type `any type` counts each
    pair once. Raises InputError when there is none.
    """
    given = list(_given(dyads))
    if not given:
        raise InputError("Nothing to draw: no support was given in these years.", "Widen --from and --to.")
    kinds = [kind for kind in TYPES if any(row[1] == kind for row in given)]
    given += [(year, ANY, *more) for year, _, *more in given]
    years = [int(year) for year in dyads["year"]]
    rows = []
    for year in range(min(years), max(years) + 1):
        for kind in (*kinds, ANY):
            own = [row for row in given if row[:2] == (year, kind)]
            counts = (len({row[2] for row in own if row[3]}), len({row[2] for row in own}))
            rows.append([year, kind, *counts])
    return pd.DataFrame(rows, columns=list(PLOTTED), dtype=object)


def _given(dyads: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """(year, type, ordered pair, whether it is certain) of all support that was given."""
    for row in dyads.to_dict("records"):
        for way, pair in (("ab", (row["a"], row["b"])), ("ba", (row["b"], row["a"]))):
            for kind in TYPES:
                told = row[f"{kind}_{way}"] or ""
                if told.removeprefix(ties.POSSIBLY) == ties.GIVEN:
                    yield row["year"], kind, pair, told == ties.GIVEN


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
    marks = [patch(_look(ANY), sure=sure) for sure in (True, False)]
    drawn.legend(marks, ["certain", "possible"], loc="outside upper right", ncols=2)
    return finished(drawn, caption)


def _look(kind: str) -> Look:
    return TYPES.get(kind, Look(BLACK))


def _panel(axes: Any, kind: str, rows: pd.DataFrame) -> None:
    years = [int(year) for year in rows["year"]]
    sure, may = (rows[name].astype(int) for name in ("certain", "possible"))
    wide = {"width": 0.8 if len(years) < 25 else 1.0}
    bars(axes, years, list(sure), _look(kind), sure=True, **wide)
    bars(axes, years, list(may - sure), _look(kind), sure=False, bottom=sure, **wide)
    axes.set_title(kind, loc="left")
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    whole_numbers(axes.xaxis, 4)
    whole_numbers(axes.yaxis, 5)
    axes.grid(axis="y")
