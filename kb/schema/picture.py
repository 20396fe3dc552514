"""The schema as a picture: a box for each wide label, an arrow for the types from one to another.

Drawn with matplotlib (extra `plot`). A box also names the narrower labels, and the types within it.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from textwrap import fill
from typing import Any

from kb.errors import NotFound
from kb.extras import need
from kb.schema import Schema

_WIDTH, _ROW = 12.0, 1.6  # inches of the picture, and of a row of labels that have no place of their own
# Where the boxes of the known labels stand, in inches from the lower left corner of the upper part.
_PLACES: Mapping[str, tuple[float, float]] = {
    "Claim": (4.0, 6.9), "Concept": (10.7, 6.9), "Case": (7.9, 5.6),
    "Actor": (1.4, 4.0), "Evidence": (7.9, 4.0), "Name": (4.6, 2.8), "Search": (4.6, 1.7),
    "Finding": (4.6, 0.5), "Source": (10.7, 1.0),
}  # fmt: skip
_INK, _FILL, _LINE = "#1a1a1a", "#eef3f8", "#5b6b7b"
_BEND = 0.12  # of the two arrows between labels that point at each other


def png(schema: Schema) -> bytes:
    """The picture. Raises NotFound for an empty graph, InputError without the extra."""
    content = io.BytesIO()
    figure(schema).savefig(content, format="png", dpi=120)
    return content.getvalue()


def figure(schema: Schema) -> Any:
    """The same as a matplotlib Figure, 12 inches wide."""
    schema = schema.without_own()
    wide = [label.name for label in schema.labels if not label.within]
    if not wide:
        raise NotFound("There is nothing to draw: the graph is empty.", "Load a book, or run `kb demo`.")
    height, places = _placed(wide)
    drawn = need("matplotlib.figure", "plot").Figure(figsize=(_WIDTH, height))
    axes = drawn.add_axes((0, 0, 1, 1), xlim=(0, _WIDTH), ylim=(0, height))
    axes.set_axis_off()
    arrows = _arrows(schema)
    boxes = {name: _box(axes, place, _words(schema, name, arrows)) for name, place in places.items()}
    drawn.draw_without_rendering()  # boxes get their sizes, at which arrows end
    for source, target in arrows:
        if source != target:
            bend = _BEND if (target, source) in arrows else 0.0
            _arrow(axes, boxes[source], boxes[target], bend, "\n".join(arrows[source, target]))
    return drawn


def _placed(wide: Sequence[str]) -> tuple[float, dict[str, tuple[float, float]]]:
    """The height of the picture, and where each label stands: unknown ones in rows below the others."""
    others = [name for name in wide if name not in _PLACES]
    rows = -(-len(others) // 4)
    below = rows * _ROW
    places = {name: (x, y + below) for name, (x, y) in _PLACES.items() if name in wide}
    for number, name in enumerate(others):
        places[name] = (1.5 + 3.0 * (number % 4), below - _ROW * (number // 4 + 0.5))
    return (7.9 if len(others) < len(wide) else 0.3) + below, places


def _arrows(schema: Schema) -> dict[tuple[str, str], list[str]]:
    """The types from one wide label to another, or to itself."""
    widest: dict[str, str] = {"": ""}
    for label in schema.labels:  # the wider ones come first
        widest[label.name] = widest[label.within] or label.name
    arrows: dict[tuple[str, str], list[str]] = {}
    for relation in schema.relations:
        for source, target in relation.ends:
            types = arrows.setdefault((widest[source], widest[target]), [])
            types += [relation.name] * (relation.name not in types)
    return {pair: types for pair, types in arrows.items() if all(pair)}


def _words(schema: Schema, name: str, arrows: Mapping[tuple[str, str], Sequence[str]]) -> str:
    """What a box says: the label and its number, the narrower labels, and the types within it."""
    counts = {label.name: label.count for label in schema.labels}
    narrow = [f"{label.name}\u00a0{label.count:,}" for label in schema.labels if label.within == name]
    lines = [f"{name} {counts[name]:,}", fill(", ".join(narrow), 24)]
    lines += [f"↻ {kind}" for kind in arrows.get((name, name), ())]
    return "\n".join(filter(None, lines))


def _box(axes: Any, place: tuple[float, float], words: str) -> Any:
    look = {"boxstyle": "round,pad=0.5", "facecolor": _FILL, "edgecolor": _LINE}
    return axes.text(*place, words, ha="center", va="center", fontsize=9, color=_INK, bbox=look)


def _arrow(axes: Any, start: Any, end: Any, bend: float, words: str) -> None:
    """An arrow between two boxes with its types in the middle; one that is bent swings to its right."""
    (x0, y0), (x1, y1) = start.get_position(), end.get_position()
    axes.annotate(
        "",
        xy=(x1, y1),
        xytext=(x0, y0),
        arrowprops={
            "arrowstyle": "-|>",
            "color": _LINE,
            "connectionstyle": f"arc3,rad={bend}",
            "patchA": start.get_bbox_patch(),
            "patchB": end.get_bbox_patch(),
        },
    )
    x, y = (x0 + x1) / 2 + bend * (y1 - y0) / 2, (y0 + y1) / 2 - bend * (x1 - x0) / 2
    look = {"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"}
    axes.text(x, y, words, ha="center", va="center", fontsize=7.5, color=_INK, bbox=look)
