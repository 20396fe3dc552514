"""How every figure looks: sizes of a journal, colours and hatches that survive a grey print, the caption.

Widths are those of one and two columns of a printed page; the smallest type is 6 points, of numbers in marks
5. The colours are those of Okabe and Ito (Color Universal Design, 2008), which the colour-blind can tell
apart; beside its colour everything has a hatch, a line style, a marker or a number, so that a grey copy says
the same. The font comes with matplotlib and text is drawn as paths in SVG: the same data give the same bytes
and the same look.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any, Literal, ParamSpec, TypeVar, get_args

from kb.errors import InputError
from kb.extras import need
from kb.ties import MATERIAL, NOT_STATED, RHETORICAL, SEARCHED

P = ParamSpec("P")
T = TypeVar("T")
Form = Literal["svg", "png", "pdf"]
FORMS: tuple[Form, ...] = get_args(Form)

SINGLE, DOUBLE, TALLEST = 3.5, 7.2, 9.2
"""Inches: the width of one column and of two, and the height of a page with its caption."""
DPI = 400
TEXT, SMALL, NUMBER = 7, 6, 5
"""Points: titles and labels, what stands beside them, numbers within marks."""

_STEP, _MARGIN = 0.125, 0.05  # inches: from line to line, and at the edges

BLACK, GREY, LIGHT = "#000000", "#767676", "#d0d0d0"
BLUE, GREEN = "#0072b2", "#009e73"
ORANGE, VERMILION, PURPLE = "#e69f00", "#d55e00", "#cc79a7"

_HOUSE: dict[str, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": TEXT,
    "axes.titlesize": TEXT,
    "axes.titleweight": "bold",
    "axes.labelsize": TEXT,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "legend.fontsize": SMALL,
    "legend.frameon": False,
    "legend.handlelength": 1.6,
    "legend.columnspacing": 1.2,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "grid.linewidth": 0.4,
    "grid.color": LIGHT,
    "hatch.linewidth": 0.5,
    "lines.linewidth": 1.0,
    "lines.markersize": 4.5,
    "figure.constrained_layout.w_pad": _MARGIN,
    "figure.constrained_layout.h_pad": _MARGIN,
    "patch.linewidth": 0.6,
    "text.parse_math": False,  # a dollar in a name is a dollar
    "svg.fonttype": "path",
    "svg.hashsalt": "kb",
    "pdf.fonttype": 42,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind is drawn: as an area with a hatch, as a line, or as a marker."""

    colour: str
    hatch: str = ""
    line: Any = "solid"
    width: float = 1.0
    marker: str = "o"


CLASSES = {
    MATERIAL: Look(BLUE, "", "solid", 1.6),
    RHETORICAL: Look(ORANGE, "/////", "dashed", 1.2),
    SEARCHED: Look(PURPLE, "xxxxx", "dashdot", 1.0),
    NOT_STATED: Look(GREY, "|||||", (0, (1, 1.5)), 0.9),
}
"""The classes of a tie (model, section 5), from deeds to silence."""
TYPES = {
    "operational": Look(BLUE, "", marker="o"),
    "material": Look(VERMILION, "/////", marker="s"),
    "territorial": Look(GREEN, "xxxxx", marker="^"),
    "training": Look(ORANGE, "|||||", marker="D"),
    "financial": Look(PURPLE, "\\\\\\\\\\", marker="v"),
    "unspecified": Look(GREY, "+++++", marker="P"),
}
"""The five types of support, and support of which the kind is not said."""


@dataclass(frozen=True, slots=True)
class Caption:
    """What stands under a figure: what it shows, how to read it, n, sources, and the state of the data."""

    title: str
    n: str
    source: str
    loaded: date | None = None
    note: str = ""

    @property
    def text(self) -> str:
        """All but the title, in sentences."""
        loaded = f"Data loaded {self.loaded.isoformat()}." if self.loaded else ""
        source = f"Source: {self.source.removesuffix('.')}."  # of "Meier et al."
        return " ".join(part for part in (self.note, f"{self.n}.", source, loaded) if part)


def in_style(function: Callable[P, T]) -> Callable[P, T]:
    """A function that draws or saves, in the style of the house whatever the user has set."""

    @wraps(function)
    def styled(*args: P.args, **kwargs: P.kwargs) -> T:
        matplotlib = need("matplotlib", "plot")
        with matplotlib.rc_context(), warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Glyph .* missing")  # of a script the font lacks: boxes
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(_HOUSE)
            return function(*args, **kwargs)

    return styled


def canvas(width: float, height: float, rows: int = 1, columns: int = 1, **subplots: Any) -> tuple[Any, Any]:
    """A figure of this size in inches and its axes as an array of rows and columns."""
    figure = need("matplotlib.figure", "plot").Figure(figsize=(width, height), layout="constrained")
    return figure, figure.subplots(rows, columns, squeeze=False, **subplots)


def finished(figure: Any, caption: Caption | None, key: Sequence[str] = ()) -> Any:
    """The figure with a key and its caption below, as wide as before and as much taller as they need."""
    width, height = figure.get_size_inches()
    rows = _in_columns(key, width)
    rows += [[(_MARGIN, line, weight)] for line, weight in (_lines(caption, width) if caption else ())]
    below = _STEP * len(rows) + 2 * _MARGIN if rows else 0
    whole = height + below
    figure.set_size_inches(width, whole)
    figure.get_layout_engine().set(rect=(0, below / whole, 1, height / whole))
    for n, row in enumerate(rows):
        for x, text, weight in row:
            size = TEXT if weight == "bold" else SMALL
            y = below - _MARGIN - _STEP * n
            figure.text(x / width, y / whole, text, va="top", weight=weight, fontsize=size)
    return figure


def _lines(caption: Caption, width: float) -> list[tuple[str, str]]:
    """(line, weight) of a caption."""
    title = [(line, "bold") for line in wrapped(caption.title, width - 2 * _MARGIN, TEXT, "bold")]
    return title + [(line, "normal") for line in wrapped(caption.text, width - 2 * _MARGIN, SMALL)]


def _in_columns(texts: Sequence[str], width: float) -> list[list[tuple[float, str, str]]]:
    """The texts down columns, as rows of (x in inches, text, weight); the last row is empty."""
    if not texts:
        return []
    columns = max(int((width - _MARGIN) / (max(inches(text, SMALL) for text in texts) + 2 * _MARGIN)), 1)
    deep = -(-len(texts) // columns)
    step = (width - _MARGIN) / columns
    return [
        *([(_MARGIN + step * (n // deep), texts[n], "normal") for n in range(row, len(texts), deep)]
          for row in range(deep)), [],
    ]  # fmt: skip


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> list[str]:
    """The text in lines of at most that many inches; a word that is wider stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and inches(longer, size, weight) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def inches(text: str, size: float, weight: str = "normal") -> float:
    """How wide a text is drawn."""
    properties = need("matplotlib.font_manager", "plot").FontProperties
    font = properties(family=_HOUSE["font.family"], weight=weight, size=size)
    measured = need("matplotlib.textpath", "plot").text_to_path
    return float(measured.get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def cut(text: str, width: float, weight: str = "normal") -> str:
    """A small label that is at most that many inches wide, with … where something is left out."""
    if inches(text, SMALL, weight) <= width:
        return text
    end = len(text)
    while end > 1 and inches(f"{text[:end]}…", SMALL, weight) > width:
        end -= 1
    return f"{text[:end].rstrip()}…"


def pale(colour: str, share: float = 0.3) -> Any:
    """The colour mixed with white: that share of it."""
    red, green, blue = need("matplotlib.colors", "plot").to_rgb(colour)
    return tuple(1 - share * (1 - part) for part in (red, green, blue))


def bars(
    axes: Any, at: Sequence[float], heights: Sequence[float], look: Look, *, sure: bool, **more: Any
) -> None:
    """Bars of one kind: full colour for what is certain, pale with a coloured edge for what is possible."""
    axes.bar(at, heights, **_area(look, sure), **more)


def patch(look: Look, *, sure: bool = True) -> Any:
    """The mark of such bars in a legend."""
    return need("matplotlib.patches", "plot").Patch(**_area(look, sure))


def _area(look: Look, sure: bool) -> dict[str, Any]:
    edge = "white" if sure and look.hatch else look.colour
    face = look.colour if sure else pale(look.colour)
    return {"facecolor": face, "edgecolor": edge, "hatch": look.hatch, "linewidth": 0.5}


def line_legend(figure: Any, looks: Mapping[str, Look]) -> None:
    """A legend of lines above the figure."""
    make = need("matplotlib.lines", "plot").Line2D
    marks = [
        make([], [], color=look.colour, linestyle=look.line, linewidth=look.width) for look in looks.values()
    ]
    figure.legend(marks, list(looks), loc="outside upper center", ncols=len(marks), handlelength=3)


def name_at(
    axes: Any, name: str, x: float, y: float, weight: str = "normal", *, away: tuple[float, float] = (0, 5)
) -> None:
    """The name of an actor beside its place, so many points away (above it), readable over lines."""
    halo = need("matplotlib.patheffects", "plot").withStroke(linewidth=2.5, foreground="white")
    right, up = away
    axes.annotate(
        name, (x, y), away, textcoords="offset points", weight=weight, fontsize=SMALL, path_effects=[halo],
        ha="left" if right > 0 else "right" if right < 0 else "center",
        va="bottom" if up > 0 else "top" if up < 0 else "center", zorder=5,
    )  # fmt: skip


def whole_numbers(axis: Any, most: int = 8) -> None:
    """An axis that counts: no tick between two numbers."""
    locator = need("matplotlib.ticker", "plot").MaxNLocator(
        nbins=most, integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]
    )
    axis.set_major_locator(locator)


@in_style
def saved(figure: Any, form: Form, title: str = "") -> bytes:
    """The figure as a file: SVG, PNG of 400 dots an inch, or PDF with its fonts; same data, same bytes."""
    buffer = io.BytesIO()
    nothing: dict[str, dict[str, Any]] = {  # of the time and the program
        "svg": {"Date": None, "Creator": None},
        "png": {"Software": None},
        "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    }
    metadata = {**nothing[form], **({"Title": title} if title else {})}
    figure.savefig(buffer, format=form, dpi=DPI, metadata=metadata)
    return buffer.getvalue()


def form_of(ending: str) -> Form:
    """The form that the ending of a file name asks for. Raises InputError for another one."""
    for form in FORMS:
        if form == ending.lower():
            return form
    raise InputError(f"A figure cannot be written as '.{ending}'.", f"End it in .{', .'.join(FORMS)}.")
