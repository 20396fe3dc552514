"""`kb manuscript check`: what loads, retractions and undos do to the claims that a text names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.graph import Graph
from tests.graph.books import SMALL, write_book
from tests.graph.shell import kb

QUOTED = {"quote_start": "made-up words that", "quote_end": "end here", "quote_words": "12"}


@pytest.fixture
def text(graph: Graph, tmp_path: Path) -> Path:
    """A text that names the two pledges of the small book, which is loaded."""
    evidence = [{**SMALL["evidence"][0], **QUOTED}, SMALL["evidence"][1]]
    tables = {**SMALL, "evidence": evidence, "citations": []}
    assert kb("load", write_book(tmp_path / "book", tables), "--yes").status == 0
    path = tmp_path / "text.md"
    path.write_text("A text.\n\nThey pledged [@claim:p-front; @claim:p-brigade].\n", "utf-8")
    return path


def load(folder: Path, **pledge: str) -> str:
    """Load the pledge of the front with other cells; gives back the id of the load."""
    row = {**SMALL["pledges"][0], **pledge}
    assert kb("load", write_book(folder, {"pledges": [row]}), "--yes").status == 0
    return str(json.loads(kb("loads", "--format", "json").out)[-1]["load_id"])


def check(text: Path, *words: str) -> tuple[int, list[str]]:
    """The exit status, and what is reported, without the place."""
    done = kb("manuscript", "check", text, *words)
    start = f"{text}, line 3: "
    assert all(line.startswith(start) for line in done.out.splitlines())
    return done.status, [line.removeprefix(start) for line in done.out.splitlines()]


def test_a_change_is_reported_until_it_is_accepted_or_undone(text: Path, tmp_path: Path) -> None:
    """The first check records; a new date and status are reported until an undo, or until --accept."""
    assert check(text) == (0, [])
    redated = load(tmp_path / "new", date="2014-07-02", status="disputed", note="Says another work.")
    reported = [
        "p-front turned disputed (was accepted)",
        "p-front was re-dated: 2014-07-01 → 2014-07-02",
    ]
    assert check(text) == (1, reported)
    assert check(text) == (1, reported)
    assert kb("undo", redated).status == 0
    assert check(text) == (0, [])
    load(tmp_path / "new", date="2014-07-02", status="disputed", note="Says another work.")
    assert check(text, "--accept") == (0, reported)
    assert check(text) == (0, [])


def test_lost_quotations_and_retracted_claims_are_reported(text: Path, tmp_path: Path) -> None:
    """A quotation that no longer supports a claim, and a claim that is gone, which nobody can accept."""
    assert check(text) == (0, [])
    load(tmp_path / "new", evidence="ev-two")
    assert check(text) == (1, ["p-front lost its quotation ev-one"])
    assert kb("retract", "p-front", "--why", "withdrawn", "--yes").status == 0
    status, said = check(text, "--accept")
    assert status == 1
    assert said[0].startswith("p-front was retracted by load-")


def test_the_first_check_reports_what_was_never_sound(text: Path) -> None:
    """An unknown claim has its nearest id; what is wrong from the start is not recorded as right."""
    text.write_text("\n\nThey pledged [@claim:p-frnt; @claim:p-brigade].\n", "utf-8")
    assert check(text) == (1, ["p-frnt is no claim of this graph. Did you mean 'p-front'?"])
    assert check(text)[0] == 1


def test_a_text_without_marks_is_no_error(text: Path) -> None:
    """It is said, and no file is left beside it."""
    text.write_text("Nothing.\n", "utf-8")
    done = kb("manuscript", "check", text)
    assert (done.status, done.out) == (0, "")
    assert "marked with [@claim:ID]" in done.err[0]
    assert not (text.parent / "text.md.claims.json").exists()
