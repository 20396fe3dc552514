"""The network of some hubs, one panel a year; every actor keeps its place from year to year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from kb import ties
from kb.errors import InputError
from kb.extras import need
from kb.plot.style import (
    BLACK,
    CLASSES,
    DOUBLE,
    LIGHT,
    NUMBER,
    TALLEST,
    Caption,
    canvas,
    cut,
    finished,
    in_style,
    line_legend,
    name_at,
    pale,
)

PLOTTED = (
    *("year", "hub", "hub_name", "partner", "partner_name", "class", "certainty"),
    *("number", "hub_x", "hub_y", "partner_x", "partner_y"),
)
SEED = 20141110
MOST_YEARS = 12  # panels on a page
MOST_NAMED = {4: 75, MOST_YEARS: 24}  # panels, and the partners that can have a number in them
NOTE = (
    "Lines: what a tie was possibly worth; thin lines and white circles where it is not certain that there"
    " was one. Actors keep their places from year to year; distances mean nothing."
)


def plotted(partners: pd.DataFrame) -> pd.DataFrame:
    """One row a year and tie, with the places of its ends; of `kb.analysis.frames.partner_years`.

    `certainty` = certain when there was a tie for certain, whatever it was worth. `number` = that of the
    partner in the key, by name; hubs have none, and nobody has one where they are too many (`MOST_NAMED`).
    Places are those of a spring layout (Fruchterman and Reingold 1991, by networkx, from a fixed seed) over
    the ties of all years together, between 0 and 1. Raises InputError for more years than fit on a page.
    """
    years = sorted(set(partners["year"]))
    if not years:
        raise InputError("Nothing to draw: no hub has a partner in these years.", "Widen --from and --to.")
    if len(years) > MOST_YEARS:
        problem = f"{years[0]} to {years[-1]} are {len(years)} panels; a page holds {MOST_YEARS}."
        raise InputError(problem, "Give fewer years, with --from and --to.")
    places, numbers = _places(partners), _numbers(partners)
    rows = [
        [
            *(row[name] for name in PLOTTED[:6]),
            "possible" if row["class_certain"] == ties.NO_TIE else "certain",
            numbers.get(row["partner"]),
            *(places[row["hub"]] + places[row["partner"]]),
        ]
        for row in partners.sort_values(["year", "hub", "partner"]).to_dict("records")
    ]
    return pd.DataFrame(rows, columns=list(PLOTTED), dtype=object)


def _numbers(partners: pd.DataFrame) -> dict[str, int]:
    hubs = set(partners["hub"])
    names = dict(zip(partners["partner"], partners["partner_name"], strict=True))
    named = sorted((str(name).casefold(), ident) for ident, name in names.items() if ident not in hubs)
    most = next(most for panels, most in MOST_NAMED.items() if partners["year"].nunique() <= panels)
    return {ident: n for n, (_, ident) in enumerate(named, start=1)} if len(named) <= most else {}


def _places(partners: pd.DataFrame) -> dict[str, list[float]]:
    """Where each actor stands, between 0 and 1."""
    networkx = need("networkx", "plot")
    graph = networkx.Graph()
    graph.add_edges_from(sorted(set(zip(partners["hub"], partners["partner"], strict=True))))
    found = networkx.spring_layout(graph, seed=SEED, iterations=300, k=2 / len(graph) ** 0.5)
    low = [min(place[axis] for place in found.values()) for axis in (0, 1)]
    high = [max(place[axis] for place in found.values()) for axis in (0, 1)]
    return {
        actor: [round(float((p[n] - low[n]) / ((high[n] - low[n]) or 1)), 4) for n in (0, 1)]
        for actor, p in found.items()
    }


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: hubs black and named, partners numbered, the key of the numbers below."""
    years = sorted({int(year) for year in plotted["year"]})
    columns = min(len(years), 2 if len(years) <= 4 else 3)
    lines = -(-len(years) // columns)
    key = _key(plotted)
    room = TALLEST - 1.1 - 0.125 * len(key) / 3  # inches for the caption, and for the key in three columns
    drawn, axes = canvas(DOUBLE, min(0.3 + lines * 5.4 / columns, room), lines, columns)
    for at in axes.flat[len(years) :]:
        at.set_visible(False)
    for at, year in zip(axes.flat, years, strict=False):
        _panel(at, year, plotted[plotted["year"] == year].to_dict("records"), plotted)
    kinds = set(plotted["class"])
    line_legend(drawn, {kind: look for kind, look in CLASSES.items() if kind in kinds})
    return finished(drawn, caption, key)


def _panel(axes: Any, year: int, rows: list[dict[Any, Any]], everybody: pd.DataFrame) -> None:
    axes.set_title(str(year), loc="left")
    axes.set_axis_off()
    axes.margins(0.08)
    axes.plot(everybody["partner_x"], everybody["partner_y"], ".", color=LIGHT, markersize=2, zorder=0)
    for row in _each_pair_once(rows):
        _line(axes, row)
    hubs = everybody.drop_duplicates("hub")
    for row in _best(rows):
        if row["partner"] not in set(hubs["hub"]):
            _partner(axes, row)
    for hub in hubs.to_dict("records"):
        _hub(axes, hub)


def _each_pair_once(rows: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    return list({frozenset((row["hub"], row["partner"])): row for row in rows}.values())


def _best(rows: list[dict[Any, Any]]) -> list[dict[Any, Any]]:
    """Each partner once, with the tie that is worth most where it has one to several hubs."""
    worth = list(CLASSES)
    ranked = sorted(rows, key=lambda row: (-worth.index(row["class"]), row["certainty"] == "certain"))
    return list({row["partner"]: row for row in ranked}.values())


def _line(axes: Any, row: dict[Any, Any]) -> None:
    look, sure = CLASSES[row["class"]], row["certainty"] == "certain"
    colour, width = (look.colour, look.width) if sure else (pale(look.colour, 0.55), 0.6 * look.width)
    xs, ys = ((row[f"hub_{axis}"], row[f"partner_{axis}"]) for axis in "xy")
    axes.plot(xs, ys, color=colour, linestyle=look.line, linewidth=width, zorder=1)


def _partner(axes: Any, row: dict[Any, Any]) -> None:
    look, sure = CLASSES[row["class"]], row["certainty"] == "certain"
    x, y, number = row["partner_x"], row["partner_y"], row["number"]
    axes.plot(
        [x], [y], "o", markersize=7.5 if number else 3, markeredgewidth=0.6, markeredgecolor=look.colour,
        markerfacecolor=pale(look.colour) if sure else "white", zorder=2,
    )  # fmt: skip
    if number:
        axes.text(x, y, str(number), ha="center", va="center_baseline", fontsize=NUMBER, zorder=3)


def _hub(axes: Any, hub: dict[Any, Any]) -> None:
    axes.plot([hub["hub_x"]], [hub["hub_y"]], "o", color=BLACK, markersize=6, zorder=4)
    name_at(axes, cut(hub["hub_name"], 1.5, "bold"), hub["hub_x"], hub["hub_y"], "bold")


def _key(plotted: pd.DataFrame) -> list[str]:
    named = plotted[plotted["number"].notna()].drop_duplicates("number").sort_values("number")
    return [f"{row['number']} {cut(row['partner_name'], 2.1)}" for row in named.to_dict("records")]
