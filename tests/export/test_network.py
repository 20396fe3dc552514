"""Paths as a network: what is read from them, where it stands, and the two files that are made of it."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import networkx
import pytest

from kb.errors import InputError
from kb.export.network import drawn, gexf, of_paths
from kb.export.network.layout import columns
from kb.export.network.paths import Line

Path = list[dict[str, Any]]
SVG = "{http://www.w3.org/2000/svg}"


def actor(ident: str, name: str = "") -> dict[str, Any]:
    """A group."""
    return {
        "_labels": ["Actor", "Group"],
        "id": ident,
        "name": name or ident.title(),
        "kind": "militant_group",
    }


def claim(label: str, ident: str, **cells: Any) -> dict[str, Any]:
    """An accepted claim."""
    return {"_labels": ["Claim", label], "id": ident, "status": "accepted", **cells}


def way(*stops: str, label: str = "Tie", back: bool = False, **cells: Any) -> Path:
    """A path over actors, joined by claims of one kind `a-b`; `back` turns FROM and TO around."""
    cells = cells or {"tie_type": "alliance"}
    first, second = ("TO", "FROM") if back else ("FROM", "TO")
    path = [actor(stops[0])]
    for one, other in pairwise(stops):
        path += [{"_type": first}, claim(label, f"{one}-{other}", **cells), {"_type": second}, actor(other)]
    return path


def only_line(path: Path) -> Line:
    """The line of a path that has one."""
    (line,) = of_paths([path]).lines
    return line


@pytest.mark.parametrize("back", [False, True])
def test_a_line_goes_from_who_acts(back: bool) -> None:
    """Whichever way the path was walked."""
    line = only_line(way("a", "b", label="Pledge", back=back, act="accept"))
    assert (line.start, line.end) == (("b", "a") if back else ("a", "b"))
    assert (line.kind, line.says, line.directed) == ("pledge", "pledge (accept)", True)


@pytest.mark.parametrize(
    ("label", "cells", "kind", "says", "directed"),
    [
        ("Pledge", {"act": "not_stated"}, "pledge", "pledge (not stated)", True),
        ("Pledge", {"act": "pledge"}, "pledge", "pledge", True),
        ("Support", {"support_type": "training", "stage": "given", "direction": "one_way"}, "support",
         "training support", True),
        ("Support", {"support_type": "any", "presence": "absent", "direction": "mutual"}, "support",
         "no any support", False),
        ("Support", {"support_type": "financial", "stage": "sought", "direction": "one_way"}, "support",
         "financial support sought", True),
        ("Tie", {"tie_type": "host", "directed": True}, "cooperative tie", "host", True),
        ("Tie", {"tie_type": "clash"}, "hostile tie", "clash", False),
        ("Tie", {"tie_type": "contact"}, "other tie", "contact", False),
        ("Schism", {"trigger": "money"}, "schism", "break", True),
        ("Lineage", {"relation": "faction_of"}, "lineage", "faction of", True),
        ("Event", {"title": "They meet"}, "event", "They meet", False),
    ],
)  # fmt: skip
def test_a_line_says_what_the_claim_says(
    label: str, cells: dict[str, Any], kind: str, says: str, directed: bool
) -> None:
    """In the words of the tables; mutual support and events have no direction."""
    line = only_line(way("a", "b", label=label, **cells))
    assert (line.kind, line.says, line.directed) == (kind, says, directed)


def test_a_claim_that_two_paths_share_is_one_line() -> None:
    """And so are the actors; a row without a path adds nothing."""
    network = of_paths([way("a", "b"), None, way("a", "b", "c")])
    assert list(network.nodes) == ["a", "b", "c"]
    assert [line.claim for line in network.lines] == ["a-b", "b-c"]


def test_what_is_no_claim_is_a_node_or_a_plain_line() -> None:
    """A passage and its speaker: two nodes, and the relationship between them."""
    passage = {"_labels": ["Evidence"], "id": "ev", "summary": "Says one."}
    network = of_paths([[actor("a"), {"_type": "SPOKEN_BY"}, passage]])
    assert [(node.name, node.kind) for node in network.nodes.values()] == [
        ("A", "militant_group"),
        ("Says one.", "evidence"),
    ]
    assert network.lines == [Line("a", "ev", "relationship", "spoken by", directed=False)]


@pytest.mark.parametrize("path", ["text", 3, [{"_type": "FROM"}], [{"id": "a"}]])
def test_what_is_no_path_is_an_error(path: Any) -> None:
    """One line."""
    with pytest.raises(InputError, match="The column path holds something that is no path"):
        of_paths([path])


def test_columns_follow_the_paths() -> None:
    """Parts and forerunners to the left, what it became to the right."""
    assert columns(of_paths([way("one", "two"), way("two", "three"), way("zero", "one")])) == [
        ["zero"], ["one"], ["two"], ["three"],
    ]  # fmt: skip


def test_the_end_that_all_paths_share_stands_alone() -> None:
    """A longer way to it moves it on; what lies on the shorter one stays beside the first."""
    network = of_paths([way("hub", "x", "end"), way("hub", "y", "z", "end")])
    assert columns(network) == [["hub"], ["x", "y"], ["z"], ["end"]]


def test_neighbours_stand_at_the_same_height() -> None:
    """The order in a column follows the column before it, whatever the order of the paths."""
    network = of_paths([way("hub", "a"), way("hub", "b"), way("b", "d"), way("a", "c")])
    _, near, far = columns(network)
    assert (near.index("a"), near.index("b")) == (far.index("c"), far.index("d"))


def page_of(*paths: Path) -> str:
    """The HTML file of these paths."""
    return drawn(of_paths(paths), "Who & whom", ["A question <in words>."])


def test_the_page_is_whole_and_the_same_each_time() -> None:
    """It needs nothing from the network, has no script, and what looks like a tag is text."""
    paths = [[actor("a", "<b>One</b>"), *way("a", "b")[1:]]]
    page = page_of(*paths)
    assert page == page_of(*paths)
    assert not re.findall(r"<script|<link|\bsrc=|url\((?!#)|https?://(?!www\.w3\.org/2000/svg)", page)
    assert "<title>Who &amp; whom</title>" in page
    assert "A question &lt;in words&gt;." in page
    assert "<b>" not in page


def test_claims_of_one_kind_are_one_line_with_all_of_them_below() -> None:
    """The tooltip and the table tell of both; the other kind has a line of its own."""
    more = way("a", "b")
    more[2] = claim("Tie", "a-b-2", tie_type="host", date="2014", status="disputed")
    page = page_of(way("a", "b"), more, way("a", "b", label="Schism", trigger="money"))
    assert "2 schism" in page
    assert (
        "<title>1 cooperative tie\nalliance: A – B (a-b)\nhost: A – B (2014, disputed, a-b-2)</title>" in page
    )
    rows = re.findall(r"<tr><td>(\d)</td>.*?<td>([^<]*)</td></tr>", page)
    assert rows == [("1", "a-b"), ("1", "a-b-2"), ("2", "a-b")]


def test_lines_differ_without_their_colours() -> None:
    """Dashes or width tell any two kinds of claims apart; the legend has those that are drawn."""
    kinds = [
        *(("Pledge", {"act": "pledge"}), ("Support", {"support_type": "training"})),
        ("Event", {"title": "They meet"}),
        *(("Tie", {"tie_type": tie}) for tie in ("host", "clash", "contact")),
        *(("Schism", {"trigger": "x"}), ("Lineage", {"relation": "split"})),
    ]  # fmt: skip
    page = page_of(*(way("a", f"n{n}", label=label, **cells) for n, (label, cells) in enumerate(kinds)))
    svg = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])  # noqa: S314 - our own
    samples = [(line.get("stroke-width"), line.get("stroke-dasharray")) for line in svg.iter(f"{SVG}line")]
    assert len(set(samples)) == len(samples) == len(kinds)


def test_what_nobody_accepts_has_a_question_mark() -> None:
    """Disputed or only alleged; one accepted claim is enough to lose it."""
    doubted = way("a", "b", tie_type="host", status="disputed")
    alleged = way("a", "c", label="Support", support_type="training", alleged=True)
    more = way("a", "d", tie_type="host")
    more[2] = claim("Tie", "a-d-2", tie_type="host", status="disputed")
    page = page_of(doubted, alleged, way("a", "d", tie_type="host"), more)
    labels = {"".join(t.split(">")[1] for t in text.split("</tspan")[:-1]) for text in _labels(page)}
    assert {"1 host?", "2 training support?", "3 host (2)"} <= labels


def _labels(page: str) -> list[str]:
    return re.findall(r'font-size="10.5"[^>]*>(<tspan.*?)</text>', page)


def test_everything_drawn_lies_within_the_picture() -> None:
    """Boxes, both ends of each line and its label, also of lines that go out to the side."""
    page = page_of(way("a", "b"), way("a", "b", label="Schism", trigger="x"), way("a", "c"), way("b", "c"))
    svg = ElementTree.fromstring(page[page.index("<svg") : page.index("</svg>") + 6])  # noqa: S314
    left, top, width, height = map(float, svg.get("viewBox", "").split())
    paths = [path.get("d", "") for path in svg.findall(f"{SVG}g/{SVG}path")]
    numbers = [[float(text) for text in re.findall(r"-?[\d.]+", path)] for path in paths]
    corners = [
        [float(box.get(name, "")) for name in ("x", "y", "width", "height")] for box in svg.iter(f"{SVG}rect")
    ]
    labels = [
        (float(text[0].get("x", "")), float(text.get("y", ""))) for text in svg.findall(f"{SVG}g/{SVG}text")
    ]
    points = [*labels, *(ends[:2] for ends in numbers), *(ends[-2:] for ends in numbers)]
    points += [point for x, y, wide, high in corners for point in ((x, y), (x + wide, y + high))]
    assert len(points) == 7 + 2 * 8 + 2 * 3
    assert all(left < x < left + width and top < y < top + height for x, y in points)


def test_gexf_is_read_back_with_all_that_it_says() -> None:
    """Names and kinds of nodes; of each edge the claim, its words, date and status."""
    path = way(
        "a", "b", label="Support", support_type="training", direction="one_way", date="2014", alleged=True
    )
    text = gexf(of_paths([path, way("a", "b")]))
    graph = networkx.read_gexf(io.BytesIO(text.encode()))
    assert dict(graph.nodes(data="label")) == {"a": "A", "b": "B"}
    assert dict(graph.nodes(data="kind")) == {"a": "militant_group", "b": "militant_group"}
    names = ("label", "kind", "claim", "date", "status", "alleged", "goes_both_ways")
    assert [
        (one, other, *(cells[name] for name in names)) for one, other, cells in graph.edges(data=True)
    ] == [
        ("a", "b", "training support", "support", "a-b", "2014", "accepted", True, False),
        ("a", "b", "alliance", "cooperative tie", "a-b", "", "accepted", False, True),
    ]
