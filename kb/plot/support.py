"""The support matrix: who gave which of the five types to whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from kb import ties
from kb.errors import InputError
from kb.plot.style import BLACK, DOUBLE, GREY, LIGHT, SMALL, TYPES, Caption, canvas, cut, finished, in_style

PLOTTED = ("giver", "giver_name", "taker", "taker_name", "support_type", "known")
MOST_PAIRS = 56  # rows on a page
_WIDTHS, _ROW = (2.15, 2.15, 2.9), 0.145  # inches: givers, takers, marks; and a row
_ORDER = tuple(
    f"{doubt}{word}"
    for word in (ties.GIVEN, ties.ABSENT, ties.SOUGHT_IN_VAIN)
    for doubt in ("", ties.POSSIBLY)
)
NOTE = (
    "Filled: given for certain in some year; open: possibly given; cross: coded as not given, or searched for"
    " in vain; blank: nobody says."
)


def plotted(dyads: pd.DataFrame, hubs: Sequence[str] = ()) -> pd.DataFrame:
    """One row an ordered pair and type of which something is known; of `kb.analysis.frames.dyad_years`.

    `known` = given, possibly given, absent, possibly absent, searched or possibly searched: the first of
    these that holds in any year. With `hubs` only pairs with one of them. Sorted by giver and taker, givers
    of most pairs first. Raises InputError when support was given in no pair, or there are more pairs than fit
    on a page.
    """
    shown = dyads[dyads["a"].isin(list(hubs)) | dyads["b"].isin(list(hubs))] if hubs else dyads
    found = pd.DataFrame(list(_known(shown)), columns=list(PLOTTED), dtype=object)
    given = found[found["known"].isin(_ORDER[:2])]
    if given.empty:
        whom = f" of {' or '.join(hubs)}" * bool(hubs)
        problem = f"Nothing to draw: no support{whom} was given in these years."
        raise InputError(problem, "Widen --from and --to, or name others with --hub.")
    pairs = set(zip(found["giver"], found["taker"], strict=True))
    if len(pairs) > MOST_PAIRS:
        problem = f"Support is known of {len(pairs)} pairs; a page holds {MOST_PAIRS}."
        raise InputError(problem, "Give fewer years, with --from and --to, or hubs, with --hub.")
    return _sorted(_best(found))


def _known(dyads: pd.DataFrame) -> Iterator[list[Any]]:
    for row in dyads.to_dict("records"):
        for way in ("ab", "ba"):
            ends = [row[end] for side in way for end in (side, f"{side}_name")]
            for kind in TYPES:
                if known := row[f"{kind}_{way}"]:
                    yield [*ends, kind, known]


def _best(found: pd.DataFrame) -> pd.DataFrame:
    """For each pair and type what is known best."""
    ranked = found.sort_values("known", key=lambda known: known.map(_ORDER.index), kind="stable")
    return ranked.drop_duplicates(["giver", "taker", "support_type"])


def _sorted(cells: pd.DataFrame) -> pd.DataFrame:
    pairs = cells.drop_duplicates(["giver", "taker"])["giver"].value_counts()
    keys = {
        "giver": cells["giver"].map(pairs) * -1,
        "giver_name": cells["giver_name"].str.casefold(),
        "giver_id": cells["giver"],
        "taker_name": cells["taker_name"].str.casefold(),
        "taker_id": cells["taker"],
        "type": cells["support_type"].map(list(TYPES).index),
    }
    order = pd.DataFrame(keys).sort_values(list(keys)).index
    return cells.loc[order].reset_index(drop=True)


@in_style
def figure(plotted: pd.DataFrame, caption: Caption | None = None) -> Any:
    """The figure of `plotted`: a row a pair, the givers one after the other, a column a type."""
    pairs = list(dict.fromkeys(zip(plotted["giver"], plotted["taker"], strict=True)))
    drawn, grid = canvas(DOUBLE, 0.4 + _ROW * len(pairs), 1, 3, sharey=True, width_ratios=_WIDTHS)
    givers, takers, matrix = grid[0]
    for row in plotted.to_dict("records"):
        x, y = list(TYPES).index(row["support_type"]), pairs.index((row["giver"], row["taker"]))
        _mark(matrix, x, y, row)
    _names(givers, takers, plotted.drop_duplicates(["giver", "taker"]).to_dict("records"))
    matrix.set_xticks(range(len(TYPES)), list(TYPES))
    matrix.set_xlim(-0.6, len(TYPES) - 0.4)
    for axes in grid[0]:
        axes.xaxis.tick_top()
        axes.tick_params(length=0, labelleft=False)
        axes.spines[:].set_visible(False)
        axes.set_ylim(len(pairs) - 0.4, -0.6)
    drawn.get_layout_engine().set(wspace=0)
    return finished(drawn, caption)


def _mark(axes: Any, x: int, y: int, row: dict[Any, Any]) -> None:
    look, known = TYPES[row["support_type"]], row["known"]
    if known in _ORDER[:2]:
        face = look.colour if known == ties.GIVEN else "white"
        axes.plot([x], [y], look.marker, color=look.colour, markerfacecolor=face, markersize=4.6)
    else:
        axes.plot([x], [y], "x", color=GREY if known.startswith(ties.POSSIBLY) else BLACK, markersize=3.4)


def _names(givers: Any, takers: Any, pairs: list[dict[Any, Any]]) -> None:
    """A giver is named in front of its first taker; lines part the rows, and the givers."""
    before = None
    for n, row in enumerate(pairs):
        first, before = row["giver"] != before, row["giver"]
        for axes in (givers, takers, takers.figure.axes[2]) if first else (takers, takers.figure.axes[2]):
            axes.axhline(n - 0.5, color=GREY if first else LIGHT, linewidth=0.5 if first else 0.3, zorder=0)
        if first:
            name = cut(row["giver_name"], _WIDTHS[0] - 0.2, "bold")
            givers.text(0, n, name, weight="bold", fontsize=SMALL, va="center", in_layout=False)
        name = cut(row["taker_name"], _WIDTHS[1] - 0.3)
        takers.text(0, n, f"→ {name}", fontsize=SMALL, va="center", in_layout=False)
    for axes in (givers, takers):
        axes.set_xticks([])
        axes.set_xlim(0, 1)
