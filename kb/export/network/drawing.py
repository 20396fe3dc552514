"""A network as SVG: boxes in columns, and a line for all claims of one kind between two of them.

Kinds differ in dashes and width as well as in colour, so that they are told apart in grey. Every line has its
number in the table below the figure, and a tooltip that lists its claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap

from kb.export.network.layout import columns
from kb.export.network.paths import KINDS, Line, Network, Node
from kb.plot.style import BLUE, GREEN, GREY, ORANGE, PURPLE, VERMILION

_STYLES: dict[str, tuple[str, str, float]] = {
    # kind of line: colour, dashes, width
    "pledge": (ORANGE, "9 4", 2.2),
    "support": (BLUE, "", 3.2),
    "cooperative tie": (GREY, "", 1.6),
    "hostile tie": (VERMILION, "2 4", 2.8),
    "other tie": (GREY, "1 4", 1.4),
    "schism": (VERMILION, "12 4 2 4", 2.2),
    "lineage": (PURPLE, "16 5", 2.2),
    "event": (GREEN, "5 5", 1.4),
    "relationship": (GREY, "", 1),
}
_LETTERS = 19  # on one line of a box
_CHAR, _LEADING = 6.7, 15  # width of a letter and height of a line, at 12 pixels
_GAP, _NARROW = 150, 96  # between columns, with and without words on the lines
_ROW, _EDGE = 26, 16  # between boxes, around all
_LABELLED = 14  # lines that have their words beside them; of more only the numbers
_FAN = 3  # lines that meet in a node with their labels still apart
_LEGEND = 24  # height of a row of the legend


@dataclass(frozen=True, slots=True)
class Bundle:
    """All claims of one kind between two nodes; `number` is their row in the table."""

    number: int
    start: str
    end: str
    kind: str
    lines: list[Line]

    @property
    def words(self) -> str:
        """What it says, with a question mark when no claim of it is accepted."""
        says = {line.says for line in self.lines}
        text = says.pop() if len(says) == 1 else self.kind
        count = f" ({len(self.lines)})" if len(self.lines) > 1 else ""
        return text + count + "?" * (not any(line.sure for line in self.lines))

    def points_at(self, node: str) -> bool:
        """Whether some claim goes from the other to this node."""
        return any(line.directed and line.end == node for line in self.lines)


def bundles(network: Network) -> list[Bundle]:
    """The lines between two nodes by kind, numbered in the order in which the paths have them."""
    found: dict[tuple[frozenset[str], str], list[Line]] = {}
    for line in network.lines:
        found.setdefault((frozenset((line.start, line.end)), line.kind), []).append(line)
    return [
        Bundle(n, lines[0].start, lines[0].end, kind, lines)
        for n, ((_, kind), lines) in enumerate(found.items(), start=1)
    ]


def svg(network: Network, title: str) -> str:
    """The picture, with `title` for who cannot see it."""
    drawn = bundles(network)
    labelled = len(drawn) <= _LABELLED
    boxes = _boxes(network, _GAP if labelled else _NARROW)
    curves = _curves(drawn, boxes, 0.12 if labelled else 0.22)
    names = {node.id: node.name for node in network.nodes.values()}
    parts = [_curve(curve, names, labelled) for curve in curves]
    parts += [_box(box, network.nodes[node]) for node, box in boxes.items()]
    left, top, right, below = _bounds(boxes, curves, labelled)
    legend, below = _legend(
        [kind for kind in KINDS if any(b.kind == kind for b in drawn)], left, right, below
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(title)}" '
        f'viewBox="{left:.0f} {top:.0f} {right - left:.0f} {below - top:.0f}" width="{right - left:.0f}" '
        f'height="{below - top:.0f}" font-family="Helvetica, Arial, sans-serif" font-size="12">\n'
        f"{_MARKERS}{''.join(parts)}{legend}</svg>\n"
    )


# --- boxes ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Box:
    x: float
    y: float
    width: float
    height: float
    column: int
    words: list[str]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


def _boxes(network: Network, gap: float) -> dict[str, _Box]:
    texts = {
        node.id: wrap(node.name, _LETTERS, max_lines=3, placeholder=" …") for node in network.nodes.values()
    }
    found: dict[str, _Box] = {}
    placed = columns(network)
    tallest = max(_height(column, texts) for column in placed)
    x = 0.0
    for n, column in enumerate(placed):
        width = max(len(line) for node in column for line in texts[node]) * _CHAR + 16
        y = (tallest - _height(column, texts)) / 2
        for node in column:
            height = len(texts[node]) * _LEADING + 10
            found[node] = _Box(x, y, width, height, n, texts[node])
            y += height + _ROW
        x += width + gap
    return found


def _height(column: Sequence[str], texts: Mapping[str, list[str]]) -> float:
    return sum(len(texts[node]) * _LEADING + 10 + _ROW for node in column) - _ROW


def _box(box: _Box, node: Node) -> str:
    lines = "".join(
        f'<tspan x="{box.x + box.width / 2:.1f}" dy="{_LEADING if n else 0}">{escape(text)}</tspan>'
        for n, text in enumerate(box.words)
    )
    top = box.y + 17
    return (
        f"<g><title>{escape(node.name)} ({escape(node.kind.replace('_', ' '))})</title>"
        f'<rect x="{box.x:.1f}" y="{box.y:.1f}" width="{box.width:.1f}" height="{box.height:.1f}" rx="5" '
        f'fill="#fff" stroke="#1a1a1a"/><text y="{top:.1f}" text-anchor="middle">{lines}</text></g>\n'
    )


# --- lines ------------------------------------------------------------------------------------------------

_MARKERS = "<defs>" + "".join(
    f'<marker id="head-{kind.replace(" ", "-")}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="11" '
    f'markerHeight="11" markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
    f'<path d="M0 1L10 5L0 9z" fill="{colour}"/></marker>'
    for kind, (colour, _, _) in _STYLES.items()
) + "</defs>\n"  # fmt: skip

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Curve:
    """A bundle as a Bézier curve from the node on the left to that on the right, and where its label is."""

    bundle: Bundle
    left: str
    right: str
    points: tuple[Point, Point, Point, Point]
    label: Point


def _curves(drawn: Sequence[Bundle], boxes: Mapping[str, _Box], aside: float) -> list[_Curve]:
    """A curve for each bundle of two different nodes; those of the same two stand aside from each other.

    Where many lines meet, labels stand by `aside` of the curve out of its middle.
    """
    pairs: dict[frozenset[str], list[Bundle]] = {}
    for bundle in drawn:
        pairs.setdefault(frozenset((bundle.start, bundle.end)), []).append(bundle)
    degree = Counter(node for pair in pairs for node in pair)
    found = []
    for pair, several in pairs.items():
        if len(pair) == 2:
            left, right = sorted(pair, key=lambda node: (boxes[node].column, boxes[node].y))
            fan = max(degree[left], degree[right]) > _FAN  # nearer to the end where fewer lines meet
            at = 0.5 + fan * aside * ((degree[left] > degree[right]) - (degree[left] < degree[right]))
            for n, bundle in enumerate(several):
                points = _points(boxes[left], boxes[right], n - (len(several) - 1) / 2)
                found.append(_Curve(bundle, left, right, points, _at(points, at)))
    return found


def _curve(curve: _Curve, names: Mapping[str, str], labelled: bool) -> str:
    bundle = curve.bundle
    colour, dashes, width = _STYLES[bundle.kind]
    heads = "".join(
        f' marker-{end}="url(#head-{bundle.kind.replace(" ", "-")})"'
        for end, node in (("start", curve.left), ("end", curve.right))
        if bundle.points_at(node)
    )
    numbers = (coordinate for point in curve.points for coordinate in point)
    path = "M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}".format(*numbers)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f"<g><title>{escape(_tooltip(bundle, names))}</title>"
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}{heads}/>'
        f'<path d="{path}" fill="none" stroke="transparent" stroke-width="14"/>'
        f"{_label(bundle, curve.label, labelled)}</g>\n"
    )


def _points(left: _Box, right: _Box, beside: float) -> tuple[Point, Point, Point, Point]:
    """The ends and handles of the curve; within a column it goes out to the right, past a column above it."""
    x1 = left.x + left.width
    if left.column == right.column:
        out = 40 + 22 * (beside + 1) + (right.y - left.y) / 8
        return (
            (x1, left.middle), (x1 + out, left.middle), (right.x + right.width + out, right.middle),
            (right.x + right.width, right.middle),
        )  # fmt: skip
    x2 = right.x
    aside = beside * 40 - 55 * (right.column - left.column - 1)
    reach = (x2 - x1) * 0.4
    y1, y2 = left.middle + beside * 6, right.middle + beside * 6
    return (x1, y1), (x1 + reach, y1 + aside), (x2 - reach, y2 + aside), (x2, y2)


def _bounds(
    boxes: Mapping[str, _Box], curves: Sequence[_Curve], labelled: bool
) -> tuple[float, float, float, float]:
    """Left, top, right and lower edge of all that is drawn."""
    way = [_at(curve.points, t / 8) for curve in curves for t in range(9)]
    wide = 80 if labelled else 10
    xs = [x for x, _ in way] + [x for curve in curves for x in (curve.label[0] - wide, curve.label[0] + wide)]
    ys = [y for _, y in way] + [y for curve in curves for y in (curve.label[1] - 14, curve.label[1] + 14)]
    xs += [x for box in boxes.values() for x in (box.x, box.x + box.width)]
    ys += [y for box in boxes.values() for y in (box.y, box.y + box.height)]
    return min(xs) - _EDGE, min(ys) - _EDGE, max(xs) + _EDGE, max(ys) + _EDGE


def _at(points: tuple[Point, Point, Point, Point], t: float) -> Point:
    """The point of a Bézier curve at `t`."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(w * point[n] for w, point in zip(weights, points, strict=True)) for n in (0, 1))
    return x, y


def _label(bundle: Bundle, place: Point, labelled: bool) -> str:
    x, y = place
    text = f"{bundle.number} {bundle.words}" if labelled else str(bundle.number)
    lines = wrap(text, 24, max_lines=2, placeholder=" …")
    spans = "".join(
        f'<tspan x="{x:.1f}" dy="{12 if n else 0}">{escape(line)}</tspan>' for n, line in enumerate(lines)
    )
    return (
        f'<text y="{y + 4 - 6 * (len(lines) - 1):.1f}" text-anchor="middle" font-size="10.5" stroke="#fff" '
        f'stroke-width="5" paint-order="stroke" fill="#1a1a1a">{spans}</text>'
    )


def _tooltip(bundle: Bundle, names: Mapping[str, str]) -> str:
    return "\n".join([f"{bundle.number} {bundle.kind}", *(told(line, names) for line in bundle.lines)])


def told(line: Line, names: Mapping[str, str]) -> str:
    """A claim in one line of text."""
    arrow = "→" if line.directed else "–"
    doubt = "alleged" if line.alleged else line.status if line.status != "accepted" else ""
    more = ", ".join(part for part in (line.date, doubt, line.claim) if part)
    return f"{line.says}: {names[line.start]} {arrow} {names[line.end]}" + f" ({more})" * bool(more)


def _legend(kinds: Sequence[str], left: float, right: float, top: float) -> tuple[str, float]:
    """A sample of each kind of line in rows that fit, and the height below them."""
    parts: list[str] = []
    x, y = left + _EDGE, top + _LEGEND / 2
    for kind in kinds:
        length = 60 + len(kind) * _CHAR
        if x + length > right and parts:
            x, y = left + _EDGE, y + _LEGEND
        colour, dashes, thick = _STYLES[kind]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        parts.append(
            f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{x + 38:.1f}" y2="{y:.1f}" stroke="{colour}" '
            f'stroke-width="{thick}"{dashed}/><text x="{x + 44:.1f}" y="{y + 4:.1f}">{kind}</text>\n'
        )
        x += length + 14
    return "".join(parts), y + _LEGEND / 2
