"""`kb query NAME --graph FILE`: the paths of an answer as a picture, and every reason why there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.graph import Graph
from tests.graph.shell import kb

LINEAGE = ("query", "lineage_tree", "--example")


@pytest.mark.usefixtures("casebook")
def test_the_picture_has_every_actor_and_claim_of_the_paths(tmp_path: Path) -> None:
    """Three steps between four actors, as in the expected rows of the question; no rows on stdout."""
    file = tmp_path / "lineage.html"
    done = kb(*LINEAGE, "--graph", file)
    assert (done.status, done.out) == (0, "")
    assert done.err[-1] == f"Wrote 4 actors and 3 claims to {file}."
    page = file.read_text("utf-8")
    assert "<p>lineage_tree: actor = jabhat-al-nusra-foreign-fighters</p>" in page
    assert page.count("<td>bp-lineage-aqi-joins-mujahideen-shura-council</td>") == 1


@pytest.mark.usefixtures("casebook")
def test_gexf_is_written_for_its_ending(tmp_path: Path) -> None:
    """Steps of lineage, from old to new and from part to whole."""
    file = tmp_path / "lineage.GEXF"
    assert kb(*LINEAGE, "--graph", file).status == 0
    text = file.read_text("utf-8")
    assert 'source="jabhat-al-nusra-foreign-fighters" target="islamic-state"' in text
    assert 'source="islamic-state" target="mujahideen-shura-council-iraq"' in text


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("triads", "--graph", "a.png"), "Error: --graph writes .html or .gexf, not a.png."),
        (("names_at", "--graph", "a.html"), "Error: The query names_at returns no paths. These do: "),
        (("triads", "--graph", "a.html", "--show"), "Error: --show, --explain, --robust and --graph are"),
        (("triads", "--graph", "a.html", "--out", "a.csv"), "Error: --show, --explain, --robust and --graph"),
    ],
)
def test_what_cannot_be_drawn_is_said_before_anything_is_asked(words: tuple[str, ...], message: str) -> None:
    """One line, exit 2, no file."""
    done = kb("query", words[0], "--example", *words[1:])
    assert done.status == 2
    assert len(done.err) == 1
    assert done.err[0].startswith(message)
    assert not Path("a.html").exists()


def test_a_picture_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    """Without --force."""
    file = tmp_path / "mine.html"
    file.write_text("mine", "utf-8")
    done = kb(*LINEAGE, "--graph", file)
    assert done.err == [f"Error: {file} exists already. Choose another name, or add --force."]
    assert file.read_text("utf-8") == "mine"


def test_an_answer_without_rows_is_no_picture(casebook: Graph, tmp_path: Path) -> None:
    """What was looked for is said, exit 1, and no file is left."""
    file = tmp_path / "none.html"
    done = kb("query", "lineage_tree", "--actor", "irish-republican-army", "--graph", file)
    assert done.status == 1
    assert done.err[-1] == (
        "Error: Nothing to draw: no rows for Lineage of an actor, forwards and backwards "
        "(actor = irish-republican-army)."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_path_column_without_paths_is_an_error(
    casebook: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a query of one's own, say."""
    header = "// Names\n//\n// Which?\n//\n// @row path: the name\n// @key path\n"
    (tmp_path / "own.cypher").write_text(f"{header}MATCH (a:Group)\nRETURN a.name AS path LIMIT 1\n", "utf-8")
    monkeypatch.setenv("KB_QUERIES", str(tmp_path))
    done = kb("query", "own", "--graph", tmp_path / "own.html")
    assert done.status == 2
    assert done.err == ["Error: The column path holds something that is no path. Return `MATCH path = …`."]
