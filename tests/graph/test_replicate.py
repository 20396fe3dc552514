"""`kb replicate` from the graph: the frames of a book and of the graph agree, and so do the settings."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest

from kb.analysis import robustness
from kb.analysis.frames import Frames
from kb.analysis.read import fetch, fetch_findings
from kb.graph import Graph
from kb.loading.frames import findings_of, frames_of
from kb.loading.robust import SETTINGS
from kb.paths import resource
from loaders.tables import read_book
from tests.graph.shell import kb


@pytest.fixture(scope="module")
def fetched(casebook_graph: Graph) -> Frames:
    """The frames of the casebook in the graph."""
    return fetch(casebook_graph, events=True)


def plain(frame: pd.DataFrame) -> list[dict[Any, Any]]:
    """The rows without cells that say nothing: no value, an empty list, false."""
    return [{k: v for k, v in row.items() if v not in (None, [], False)} for row in frame.to_dict("records")]


@pytest.mark.parametrize("name", ["claims", "actors", "events"])
def test_the_frames_of_a_book_are_those_of_the_graph(fetched: Frames, name: str) -> None:
    """Cell by cell, over the whole casebook: bounds, ends of open spells, works, origins, judgements."""
    of_book = frames_of(read_book([resource("casebook")]))
    assert plain(getattr(of_book, name)) == plain(getattr(fetched, name))


def test_the_findings_of_a_book_are_those_of_the_graph(casebook_graph: Graph) -> None:
    """Cell by cell."""
    assert plain(findings_of(read_book([resource("casebook")]))) == plain(fetch_findings(casebook_graph))


@pytest.mark.parametrize("setting", robustness.SET_ASIDE)
def test_the_settings_are_those_of_the_query_library(
    casebook_graph: Graph, fetched: Frames, setting: str
) -> None:
    """What `kb query --robust` sets aside of pledges, support, ties, schisms and events is the same."""
    own = {*fetched.claims["id"], *fetched.events["id"]}
    by_query = {row["id"] for row in casebook_graph.rows(SETTINGS[setting])}
    assert list(SETTINGS) == list(robustness.SET_ASIDE)
    assert robustness.set_aside(fetched, setting) == by_query & own


def test_the_graph_is_compared_with_its_own_findings(casebook: Graph) -> None:
    """Without --book; a table is read as cards, each with its reason."""
    done = kb("replicate", "pledges")
    assert done.status == 0, done.err
    assert done.out.splitlines()[:4] == [
        "pp-finding-is-10-allies",
        "  The Islamic State recruited 10 allies over 2014 and 2015.",
        "  published 10 [allies]; ours 10; difference 0",
        "  the same rows: those of Table 1 marked so and dated 2014 or 2015",
    ]
    assert done.err == ["5 of 5 findings computed."]


def test_json_lists_every_finding(casebook: Graph) -> None:
    """With the published value, ours, the difference and the reason; nothing that is not JSON."""
    done = kb("replicate", "--format", "json")
    rows = json.loads(done.out, parse_constant=lambda word: pytest.fail(word))
    assert len(rows) == 407
    assert list(rows[0])[:5] == ["finding", "published", "ours", "difference", "reason"]
