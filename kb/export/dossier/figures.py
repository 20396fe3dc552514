"""The two figures of a dossier: who is tied to whom, and when what happened.

Drawn with matplotlib (extra `plot`), the text as paths, so that they look the same everywhere; the same facts
give the same bytes.
"""

from __future__ import annotations

import io
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from kb.export.dossier.facts import Facts, Happening, Pair
from kb.export.dossier.words import told
from kb.export.page import COLOURS
from kb.extras import need
from kb.ties import MATERIAL, NO_TIE, NOT_STATED, RHETORICAL, SEARCHED

Form = Literal["svg", "png"]
MOST_NODES = 24  # actors drawn; more cannot be told apart on a page
MOST_ROWS = 30  # happenings drawn as a row each; more are counted by year
_STYLE: dict[str, tuple[str, str, float]] = {
    # class: colour, line style, width; also told apart in grey
    MATERIAL: ("#1b4f72", "solid", 2.4),
    RHETORICAL: ("#b9770e", "dashed", 1.8),
    SEARCHED: ("#6c3483", "dashdot", 1.5),
    NOT_STATED: ("#566573", "dotted", 1.5),
    NO_TIE: ("#a93226", (0, (1, 4)), 1.2),  # type: ignore[dict-item]
}


def figures(facts: Facts, form: Form) -> dict[str, bytes]:
    """`network` and `timeline` as files, those of which there is anything to draw.

    Raises InputError where the extra `plot` is absent.
    """
    drawn = {}
    if facts.pairs:
        drawn["network"] = _network(facts, form)
    dated = [happening for happening in facts.happenings() if happening.dated]
    if facts.kind != "claim" and dated:
        drawn["timeline"] = _timeline(facts, dated, form)
    return drawn


def _saved(figure: Any, form: Form) -> bytes:
    matplotlib = need("matplotlib", "plot")
    with matplotlib.rc_context({"svg.hashsalt": "dossier", "svg.fonttype": "path"}):
        buffer = io.BytesIO()
        metadata = {"Date": None} if form == "svg" else {"Software": None}
        figure.savefig(buffer, format=form, dpi=160, bbox_inches="tight", metadata=metadata)
    return buffer.getvalue()


def _canvas(width: float, height: float) -> tuple[Any, Any]:
    figure = need("matplotlib.figure", "plot").Figure(figsize=(width, height))
    return figure, figure.add_subplot()


# --- network --------------------------------------------------------------------------------------------


def _network(facts: Facts, form: Form) -> bytes:
    pairs = sorted(
        facts.pairs, key=lambda pair: (pair.worth.class_ == NO_TIE, -len(pair.worth.claims), pair.ends)
    )
    places = _places(facts, pairs)
    figure, axes = _canvas(7, 1.2 if len(places) == 2 else 4.6)
    shown = [pair for pair in pairs if set(pair.ends) <= set(places)]
    for pair in reversed(shown):
        colour, line, width = _STYLE[pair.worth.class_]
        (x1, y1), (x2, y2) = (places[end] for end in pair.ends)
        axes.plot([x1, x2], [y1, y2], color=colour, linestyle=line, linewidth=width, zorder=1)
    for actor, (x, y) in places.items():
        axes.plot(
            [x], [y], "o", color="#17202a" if actor in facts.subject else "#85929e", markersize=7, zorder=2
        )
        axes.annotate(
            _cut(facts.name(actor), 34), (x, y), (0, 7), textcoords="offset points", ha="center", fontsize=8,
            bbox={"boxstyle": "round,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.8}, zorder=3,
        )  # fmt: skip
    _legend(axes, [name for name in _STYLE if any(pair.worth.class_ == name for pair in shown)])
    hidden = len({end for pair in pairs for end in pair.ends} - set(places))
    if hidden:
        axes.set_title(
            f"The {len(places)} actors with most claims; {hidden} more are in the tables.", fontsize=8
        )
    axes.margins(0.18)
    axes.set_axis_off()
    return _saved(figure, form)


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


def _legend(axes: Any, names: Sequence[str]) -> None:
    line = need("matplotlib.lines", "plot").Line2D
    marks = [line([], [], color=c, linestyle=s, linewidth=w) for c, s, w in (_STYLE[name] for name in names)]
    axes.legend(
        marks, list(names), loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=3, fontsize=7, frameon=False
    )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# --- timeline -------------------------------------------------------------------------------------------


def _timeline(facts: Facts, dated: Sequence[Happening], form: Form) -> bytes:
    return _rows(facts, dated, form) if len(dated) <= MOST_ROWS else _years(dated, form)


def _rows(facts: Facts, dated: Sequence[Happening], form: Form) -> bytes:
    """A bar for each happening, from the first to the last day on which it can have been."""
    spans = [_span(happening) for happening in dated]
    low = min(_year(first) for first, _ in spans)
    high = max(_year(last) for _, last in spans)
    least = max((high - low) / 150, 0.02)
    figure, axes = _canvas(7.2, 0.7 + 0.27 * len(dated))
    for n, (happening, (first, last)) in enumerate(zip(dated, spans, strict=True)):
        colour = COLOURS[happening.first.kind]
        length = max(_year(last) - _year(first), least)
        axes.barh(n, length, left=_year(first), height=0.55, color=colour)
        if not any(r.bounds.end_hi for r in happening.readings):  # pale: the last day is not known
            axes.barh(n, high + 0.2 - _year(first), left=_year(first), height=0.55, color=colour, alpha=0.25)
    axes.set_yticks(
        range(len(dated)), [_cut(_upper(told(h.readings, facts.name)[0]), 62) for h in dated], fontsize=7
    )
    axes.invert_yaxis()
    _time_axis(axes, low, high)
    _key(axes, dated)
    return _saved(figure, form)


def _years(dated: Sequence[Happening], form: Form) -> bytes:
    """How many happenings of each kind began in each year, by the first day on which each can have begun."""
    counts = {kind: Counter(_span(h)[0].year for h in dated if h.first.kind == kind) for kind in COLOURS}
    years = sorted({year for counted in counts.values() for year in counted})
    figure, axes = _canvas(7.2, 2.8)
    below = dict.fromkeys(years, 0)
    for kind, counted in counts.items():
        axes.bar(
            years,
            [counted[y] for y in years],
            bottom=[below[y] for y in years],
            color=COLOURS[kind],
            width=0.8,
        )
        below = {year: below[year] + counted[year] for year in years}
    axes.set_ylabel("happenings", fontsize=8)
    _time_axis(axes, years[0], years[-1])
    _key(axes, dated)
    return _saved(figure, form)


def _span(happening: Happening) -> tuple[date, date]:
    """The first and the last day of the most exact dated reading; an open end is drawn as its beginning."""
    bounds = next(r.bounds for r in happening.readings if r.bounds.dated)
    days = [day for day in (bounds.start_lo, bounds.start_hi, bounds.end_lo, bounds.end_hi) if day]
    return days[0], max(days[0], days[-1])


def _year(day: date) -> float:
    return day.year + (day.timetuple().tm_yday - 1) / 366


def _time_axis(axes: Any, low: float, high: float) -> None:
    axes.set_xlim(math.floor(low) - 0.2, math.ceil(high + 0.01) + 0.2)
    axes.xaxis.set_major_locator(need("matplotlib.ticker", "plot").MaxNLocator(integer=True, nbins=10))
    axes.tick_params(axis="x", labelsize=8)
    axes.grid(axis="x", linewidth=0.4, alpha=0.5)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)


def _key(axes: Any, dated: Sequence[Happening]) -> None:
    patch = need("matplotlib.patches", "plot").Patch
    kinds = [kind for kind in COLOURS if any(h.first.kind == kind for h in dated)]
    marks = [patch(color=COLOURS[kind]) for kind in kinds]
    axes.legend(
        marks, kinds, loc="lower center", bbox_to_anchor=(0.4, 1.0), ncols=6, fontsize=7, frameon=False
    )
