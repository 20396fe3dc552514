"""`kb cite` on a made-up book: one footnote for a claim, its short form, and the works that were read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.graph import Graph
from tests.graph.books import load, write_book
from tests.graph.shell import kb
from tests.graph.test_evidence import BOOK

FULL = "“A letter,” n.d., MUD-2001-0042, p. 2, Mud Archive, quoted in Ann Reed, A Made-up Report (n.d.), 3"


@pytest.fixture
def book(graph: Graph, tmp_path: Path) -> None:
    """The made-up book."""
    load(graph, write_book(tmp_path / "book", BOOK))


@pytest.mark.usefixtures("book")
def test_a_passage_has_a_footnote_a_short_form_and_an_entry() -> None:
    """Words first said in a letter are quoted in the report, and the report is listed."""
    assert (
        kb("cite", "ev-salt").out
        == f"""\
Footnote:
{FULL}.

After the first:
“A letter,” 2, quoted in Reed, A Made-up Report, 3.

Bibliography:
Reed, Ann. A Made-up Report. n.d.
"""
    )


@pytest.mark.usefixtures("book")
def test_a_claim_joins_its_evidence_in_one_note() -> None:
    """What contradicts comes last and says so; a work is named in full once."""
    out = kb("cite", "s-money").out.splitlines()
    assert out[1] == "Ann Reed, A Made-up Report (n.d.), 3; but see Reed, A Made-up Report, 3."
    assert kb("cite", "s-money", "--short").out == (
        "Reed, A Made-up Report, 3; but see Reed, A Made-up Report, 3.\n"
    )


@pytest.mark.usefixtures("book")
def test_markdown_and_html_are_ready_to_paste() -> None:
    """Headings and italics."""
    assert (
        "**Footnote**\n\nAnn Reed, *A Made-up Report* (n.d.), 3."
        in kb("cite", "ev-boats", "--format", "md").out
    )
    assert (
        "<p>Ann Reed, <i>A Made-up Report</i> (n.d.), 3.</p>"
        in kb("cite", "ev-boats", "--format", "html").out
    )


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        ("ev-slat", 1, "Error: No claim or evidence 'ev-slat' in this graph. Did you mean 'ev-salt'?"),
        ("river-men", 1, "Error: river-men rests on no evidence. See `kb show river-men`."),
        ("ev-salt --style nonsense-style-x", 1, "Error: No citation style 'nonsense-style-x'."),
    ],
)
def test_bad_input_is_one_line(words: str, status: int, line: str) -> None:
    """What, and what to do next."""
    done = kb("cite", *words.split())
    assert (done.status, done.out, len(done.err)) == (status, "", 1)
    assert done.err[0].startswith(line)
