"""The figures themselves: they draw their numbers, nothing is cut, and the same data give the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import matplotlib
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.container import BarContainer
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from kb.errors import InputError
from kb.plot import dimensions, hub_years, network, pledge_months, support, support_years, timeline
from kb.plot.gallery import Made
from kb.plot.style import (
    CLASSES,
    DOUBLE,
    SINGLE,
    SMALL,
    TALLEST,
    TYPES,
    Caption,
    cut,
    finished,
    form_of,
    in_style,
    inches,
    saved,
    wrapped,
)
from tests.analysis.rows import HUB, OTHER
from tests.plot import world

CAPTION = Caption("A made-up figure", "n = 3", "Nobody 2001", date(2026, 5, 1), "How to read it.")
PLOTTED: dict[str, tuple[Any, Callable[..., Any]]] = {
    "network": (network.plotted(world.PARTNERS), network.figure),
    "hub_years": (hub_years.plotted(world.PARTNERS, world.HUB_YEARS), hub_years.figure),
    "dimensions": (dimensions.plotted(world.COMPARED), dimensions.figure),
    "pledge_months": (pledge_months.plotted(world.MONTHS), pledge_months.figure),
    "support": (support.plotted(world.DYADS), support.figure),
    "support_years": (support_years.plotted(world.FLOW_COUNTS), support_years.figure),
    "timeline": (timeline.plotted(world.HAPPENINGS), timeline.figure),
}


@pytest.fixture(scope="module")
def drawn() -> dict[str, Any]:
    """Every figure of the made-up network, with its caption."""
    return {name: figure(plotted, CAPTION) for name, (plotted, figure) in PLOTTED.items()}


def heights(axes: Any) -> list[list[float]]:
    """The heights of the bars of each kind."""
    return [[bar.get_height() for bar in c] for c in axes.containers if isinstance(c, BarContainer)]


def free(figure: Any) -> list[Any]:
    """The words that stand within the axes of a figure."""
    return [text for axes in figure.axes for text in axes.texts if text.get_text()]


def words(figure: Any) -> list[str]:
    """All that is written in a figure."""
    return [text.get_text() for text in figure.findobj(Text) if text.get_text()]


@pytest.mark.parametrize("name", PLOTTED)
def test_nothing_is_cut_and_the_caption_stands_below(name: str, drawn: dict[str, Any]) -> None:
    """Every word lies within a page as wide as one or two columns; the caption has all its parts."""
    figure = drawn[name]
    width, height = figure.get_size_inches()
    assert width in (SINGLE, DOUBLE)
    assert height < TALLEST
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    page = Bbox([[0, 0], [width, height]]).padded(0.01)
    boxes = [figure.get_tightbbox(canvas.get_renderer())]
    boxes += [
        text.get_window_extent().transformed(figure.dpi_scale_trans.inverted()) for text in free(figure)
    ]
    assert all(page.contains(*box.min) and page.contains(*box.max) for box in boxes)
    said = " ".join(words(figure))
    assert "A made-up figure How to read it. n = 3. Source: Nobody 2001. Data loaded 2026-05-01." in said


@pytest.mark.parametrize("name", ["network", "timeline"])
def test_the_same_data_give_the_same_file(name: str) -> None:
    """SVG drawn twice, the second time beside other settings of the user: the same bytes, and no date."""
    plotted, figure = PLOTTED[name]
    first = saved(figure(plotted, CAPTION), "svg", "A made-up figure")
    with matplotlib.rc_context({"font.size": 20, "axes.facecolor": "red", "svg.hashsalt": "mine"}):
        assert saved(figure(plotted.copy(), CAPTION), "svg", "A made-up figure") == first
        assert matplotlib.rcParams["font.size"] == 20
    assert b"<dc:title>A made-up figure</dc:title>" in first
    assert b"<dc:date>" not in first
    assert b"<!-- A made-up figure -->" in first


@pytest.mark.parametrize(("form", "head"), [("png", b"\x89PNG"), ("pdf", b"%PDF")])
def test_a_figure_is_written_for_print(form: Any, head: bytes, drawn: dict[str, Any]) -> None:
    """PNG and PDF, without the time at which they were made."""
    content = saved(drawn["pledge_months"], form)
    assert content.startswith(head)
    assert b"CreationDate" not in content


def test_bars_are_as_high_as_the_numbers(drawn: dict[str, Any]) -> None:
    """Stacked partners of the hub by year, further rows on top of events, certain below possible support."""
    hub = drawn["hub_years"].axes[0]
    assert heights(hub) == [[1, 0], [1, 1], [0, 1]]  # material, possibly material, possibly not stated
    assert [bar.get_y() for bar in hub.containers[1]] == [1, 0]
    assert heights(drawn["pledge_months"].axes[0]) == [[2, 0, 1, 2], [1]]
    every = drawn["support_years"].axes[2]
    assert (every.get_title(loc="left"), heights(every)) == ("any type", [[1, 0], [1, 1]])


def test_a_schism_and_an_exact_duplicate_are_marked(drawn: dict[str, Any]) -> None:
    """The word stands in the panel of the hub that broke; the asterisk above the month."""
    assert "schism" in [text.get_text() for text in drawn["hub_years"].axes[0].texts]
    assert [
        (t.get_text(), t.get_position()) for t in drawn["pledge_months"].axes[0].texts if t.get_text()
    ] == [("*", (0, 3))]


def test_points_and_intervals_stand_where_they_belong(drawn: dict[str, Any]) -> None:
    """Shares and counts have scales of their own; a dimension that cannot be compared says so."""
    shares, counts = drawn["dimensions"].axes
    lines = [list(line.get_xdata()) for line in shares.lines]
    assert lines == [[20, 80], [-10, 110], [50], [0, 0]]
    assert [line.get_marker() for line in shares.lines][2] == ">"
    assert [list(line.get_xdata()) for line in counts.lines] == [[-3], [0, 0]]
    assert "no value to compare" in words(shares)
    assert {"75 (8)", "25 (4)", "– (0)", "0.0 (3)"} <= set(words(shares))


def test_marks_of_the_matrix_tell_given_from_possible_and_absent(drawn: dict[str, Any]) -> None:
    """Filled, open, cross; rows in the order of the pairs, columns in that of the types."""
    matrix = drawn["support"].axes[2]
    marks = {
        (int(line.get_xdata()[0]), int(line.get_ydata()[0])): (line.get_marker(), line.get_markerfacecolor())
        for line in matrix.lines
        if line.get_linestyle() == "None" or len(line.get_xdata()) == 1
    }
    assert marks[0, 0] == ("o", TYPES["operational"].colour)
    assert marks[1, 1] == ("s", "white")
    assert marks[3, 2][0] == "x"
    assert len(marks) == 3


def test_the_network_draws_each_tie_and_has_a_key(drawn: dict[str, Any]) -> None:
    """A line a tie and year in the style of its class; numbers in the panels, names in the key."""
    first, second = drawn["network"].axes
    ties = [line for line in first.lines if len(line.get_xdata()) == 2]
    assert next(line.get_color() for line in ties) == CLASSES["material"].colour
    assert len(ties) == 2
    assert len([line for line in second.lines if len(line.get_xdata()) == 2]) == 3
    assert {"1 made-up-a", "2 made-up-b", "3 made-up-c"} <= set(words(drawn["network"]))
    assert {text.get_text() for text in first.texts} == {"1", "2", HUB, OTHER}


def test_bars_of_a_timeline_reach_from_the_first_to_the_last_day(drawn: dict[str, Any]) -> None:
    """Full from the first certain day to the last, arrows where an end is not known, a mark for one day."""
    axes = drawn["timeline"].axes[0]
    bars = [(bar.get_x(), bar.get_width()) for container in axes.containers for bar in container]
    days = [(matplotlib.dates.date2num(d)) for d in (date(2001, 12, 31), date(2003, 1, 1))]
    assert (days[0], days[1] - days[0]) in bars
    assert [line.get_marker() for line in axes.lines] == ["<", ">", "o"]


@pytest.mark.parametrize("years", [0, 1, 3, 8, 30, 90, 900])
def test_a_timeline_of_any_length_has_years_on_its_axis(years: int) -> None:
    """Days or centuries: some dates below, the year among them, and no warning."""
    row = world.HAPPENINGS.iloc[[2]]
    frame = pd.concat([row, row.assign(start_lo=date(2002 - years, 3, 1))])
    axes = timeline.figure(timeline.plotted(frame)).axes[0]
    told = [text.get_text() for text in axes.get_xticklabels()]
    assert 3 <= len(told) <= 13
    assert any(text.isdigit() and len(text) == 4 for text in told)


def test_kinds_are_told_apart_without_colour() -> None:
    """In a grey copy hatches, lines and markers differ."""
    for looks in (CLASSES, TYPES, timeline.KINDS):
        assert len({look.hatch for look in looks.values()}) == len(looks)
    assert len({str(look.line) for look in CLASSES.values()}) == len(CLASSES)
    assert len({look.marker for look in TYPES.values()}) == len(TYPES)


def test_text_is_measured_as_it_is_drawn() -> None:
    """Lines and labels fit their width; a word that is too wide stands alone."""
    text = "one two three four five six seven eight nine ten"
    lines = wrapped(text, 0.8, SMALL)
    assert " ".join(lines) == text
    assert len(lines) > 2
    assert all(inches(line, SMALL) <= 0.8 for line in lines)
    assert wrapped("unbreakable", 0.1, SMALL) == ["unbreakable"]
    assert cut(text, 9) == text
    assert cut(text, 0.8).startswith("one two")
    assert cut(text, 0.8).endswith("…")
    assert inches(cut(text, 0.8), SMALL) <= 0.8


def test_a_caption_makes_the_figure_taller_and_no_wider() -> None:
    """Sources beyond the fourth are counted; without a caption the figure stays as it is."""
    plotted, figure = PLOTTED["pledge_months"]
    plain = figure(plotted)
    made = Made(plotted, figure, "Title", "n = 1", "")
    taller = made.figure(["A 2001", "B", "C", "D", "E", "F"], None)
    assert "n = 1. Source: A et al." in words(made.figure(["A et al."], None))
    assert taller.get_figwidth() == plain.get_figwidth()
    assert taller.get_figheight() > plain.get_figheight()
    assert "n = 1. Source: A 2001; B; C; D; and 2 more works." in words(taller)
    assert in_style(finished)(plain, None) is plain


def test_a_script_that_the_font_lacks_does_not_fail() -> None:
    """A name in Chinese letters is drawn as boxes, without a warning; a dollar is a dollar."""
    frame = world.HAPPENINGS.assign(happening=["真主黨", "$x^2$ and $y$", "a", "b"])
    assert saved(timeline.figure(timeline.plotted(frame)), "svg").startswith(b"<?xml")


def test_an_ending_says_the_form() -> None:
    """Whatever its case; another one is refused."""
    assert form_of("PDF") == "pdf"
    with pytest.raises(InputError, match=r"'\.jpg'"):
        form_of("jpg")
