"""The two figures of a dossier: who is tied to whom, and when what happened.

Drawn in the style of `kb.plot`, which also draws the timeline; the same facts give the same bytes.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import pandas as pd

from kb.analysis.frames import BOUNDS
from kb.dates import UNDATED
from kb.export.dossier.facts import Facts, Pair
from kb.export.dossier.words import told
from kb.plot import timeline
from kb.plot.style import (
    BLACK,
    CLASSES,
    DOUBLE,
    GREY,
    SMALL,
    VERMILION,
    Look,
    bars,
    canvas,
    cut,
    in_style,
    line_legend,
    name_at,
    patch,
    saved,
    whole_numbers,
)
from kb.ties import NO_TIE

Form = Literal["svg", "png"]
MOST_NODES = 24  # actors drawn; more cannot be told apart on a page
MOST_ROWS = 30  # happenings drawn as a row each; more are counted by year
_LOOKS = {**CLASSES, NO_TIE: Look(VERMILION, line=(0, (1, 4)))}


def figures(facts: Facts, form: Form) -> dict[str, bytes]:
    """`network` and `timeline` as files, those of which there is anything to draw.

    Raises InputError where the extra `plot` is absent.
    """
    drawn = {}
    if facts.pairs:
        drawn["network"] = saved(_network(facts), form)
    told_of = happenings(facts)
    dated = told_of[told_of[list(BOUNDS)].notna().any(axis=1)]
    if facts.kind != "claim" and len(dated):
        figure = timeline.figure(timeline.plotted(dated)) if len(dated) <= MOST_ROWS else _years(dated)
        drawn["timeline"] = saved(figure, form)
    return drawn


def happenings(facts: Facts) -> pd.DataFrame:
    """What `kb.plot.timeline.plotted` takes: a row a happening, in words, with the bounds of the most exact
    dated reading; one of which no reading is dated has none. `claims` = ids of the readings.
    """
    rows = []
    for happening in facts.happenings():
        bounds = next((r.bounds for r in happening.readings if r.bounds.dated), UNDATED)
        days = (bounds.start_lo, bounds.start_hi, bounds.end_lo, bounds.end_hi)
        ids = sorted(reading.id for reading in happening.readings)
        rows.append([told(happening.readings, facts.name)[0], happening.first.kind, *days, ids])
    return pd.DataFrame(rows, columns=[*timeline.PLOTTED, "claims"], dtype=object)


# --- network --------------------------------------------------------------------------------------------


@in_style
def _network(facts: Facts) -> Any:
    pairs = sorted(
        facts.pairs, key=lambda pair: (pair.worth.class_ == NO_TIE, -len(pair.worth.claims), pair.ends)
    )
    places = _places(facts, pairs)
    figure, grid = canvas(DOUBLE, 1.2 if len(places) == 2 else 4.6)
    axes = grid[0, 0]
    shown = [pair for pair in pairs if set(pair.ends) <= set(places)]
    for pair in reversed(shown):
        look = _LOOKS[pair.worth.class_]
        (x1, y1), (x2, y2) = (places[end] for end in pair.ends)
        axes.plot([x1, x2], [y1, y2], color=look.colour, linestyle=look.line, linewidth=look.width, zorder=1)
    for actor, (x, y) in places.items():
        axes.plot([x], [y], "o", color=BLACK if actor in facts.subject else GREY, markersize=6, zorder=2)
        name_at(axes, cut(facts.name(actor), 1.7), x, y, away=_outside(x, y) if len(places) > 2 else (0, 5))
    found = {pair.worth.class_ for pair in shown}
    line_legend(figure, {name: look for name, look in _LOOKS.items() if name in found})
    hidden = len({end for pair in pairs for end in pair.ends} - set(places))
    if hidden:
        axes.set_title(
            f"The {len(places)} actors with most claims; {hidden} more are in the tables.", fontsize=SMALL
        )
    axes.margins(0.12)
    axes.set_axis_off()
    return figure


def _outside(x: float, y: float) -> tuple[float, float]:
    """Where the name of an actor on the ring stands: outside, so that the names of neighbours are apart."""
    if not x:
        return 0, 5
    return math.copysign(6, x), math.copysign(5, y) if abs(y) > 0.97 else 0


def _places(facts: Facts, pairs: Sequence[Pair]) -> Mapping[str, tuple[float, float]]:
    """Where each actor stands: the subject in the middle of a ring, the two of a pair beside each other."""
    others = list(dict.fromkeys(end for pair in pairs for end in pair.ends if end not in facts.subject))
    middle = [actor for actor in facts.subject if actor in facts.actors and facts.kind in ("actor", "pair")]
    if len(middle) == 2:
        return {middle[0]: (-1.0, 0.0), middle[1]: (1.0, 0.0)}
    if len(middle) == len(others) == 1:
        return {middle[0]: (-1.0, 0.0), others[0]: (1.0, 0.0)}
    others = others[: MOST_NODES - len(middle)]
    places = dict.fromkeys(middle, (0.0, 0.0))
    for n, actor in enumerate(others):
        angle = 2 * math.pi * n / len(others) + 0.3
        places[actor] = (1.6 * math.cos(angle), math.sin(angle))
    return places


# --- timeline -------------------------------------------------------------------------------------------


@in_style
def _years(dated: pd.DataFrame) -> Any:
    """How many happenings of each kind began in each year, by the first day that is known of each."""
    began = dated[list(BOUNDS)].bfill(axis=1).iloc[:, 0].map(lambda day: day.year)
    counts = {kind: Counter(began[dated["kind"] == kind]) for kind in timeline.KINDS}
    shown = {kind: counted for kind, counted in counts.items() if counted}
    years = sorted({year for counted in shown.values() for year in counted})
    figure, grid = canvas(DOUBLE, 2.8)
    axes = grid[0, 0]
    below = [0] * len(years)
    for kind, counted in shown.items():
        heights = [counted[year] for year in years]
        bars(axes, years, heights, timeline.KINDS[kind], sure=True, bottom=below, width=0.8)
        below = [low + more for low, more in zip(below, heights, strict=True)]
    axes.set_ylabel("happenings")
    whole_numbers(axes.xaxis)
    whole_numbers(axes.yaxis)
    axes.grid(axis="y")
    marks = [patch(timeline.KINDS[kind]) for kind in shown]
    figure.legend(marks, list(shown), loc="outside upper center", ncols=len(marks))
    return figure
