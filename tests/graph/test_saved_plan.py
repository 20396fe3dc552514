"""Plans that are saved and loaded later, as they are or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kb.errors import InputError
from kb.graph import Graph
from kb.loading.apply import apply_plan
from kb.loading.plan import Plan
from kb.loading.saved import read_plan, saved_text
from kb.model import TABLES
from tests.graph.books import FULL, SMALL, empty, everything, load, plan_of, write_book
from tests.graph.shell import kb


def saved(plan: Plan, path: Path) -> Path:
    """The plan as a file."""
    path.write_text(saved_text(plan), "utf-8")
    return path


def test_a_plan_of_every_table_is_read_back_as_it_was(graph: Graph, tmp_path: Path) -> None:
    """Changes, counts, files, links and head survive the file, and what is loaded is the same graph."""
    plan = plan_of(graph, write_book(tmp_path / "book", FULL))
    assert {c.table for c in plan.changes} == set(TABLES)
    again = read_plan(saved(plan, tmp_path / "plan.json"))
    plan.faults = []  # warnings are not kept
    assert again == plan
    apply_plan(graph, again)
    loaded = everything(graph)
    empty(graph)
    load(graph, tmp_path / "book")
    assert everything(graph) == loaded


def test_a_saved_plan_is_loaded_once(graph: Graph, tmp_path: Path) -> None:
    """`kb plan --out` and `kb load`: the receipt has the files of the book; the second time is refused."""
    folder, out = write_book(tmp_path / "book", SMALL), tmp_path / "small.plan.json"
    done = kb("plan", folder, "--out", out)
    assert (done.status, done.err[-1]) == (0, f"Saved the plan. To load it: kb load {out}")
    assert kb("plan", out).out == done.out
    loaded = kb("load", out)
    assert loaded.status == 0
    assert loaded.out.splitlines()[1].startswith("actors.csv")
    (row,) = graph.rows("MATCH (l:Load) RETURN l.id AS id, l.files AS files, size(l.sha256) AS sums")
    assert (row["files"][0], row["sums"]) == ("actors.csv", 5)
    again = kb("load", out)
    assert again.status == 1
    assert again.err == [
        f"Error: The graph changed since the plan was made (by {row['id']}). Plan and load again."
    ]


def test_a_plan_is_not_saved_over_a_file(graph: Graph, tmp_path: Path) -> None:
    """Only --force writes over a file, and only .json is a name for a plan."""
    folder, out = write_book(tmp_path / "book", SMALL), tmp_path / "plan.json"
    out.write_text("mine", "utf-8")
    done = kb("plan", folder, "--out", out)
    assert (done.status, done.out) == (2, "")
    assert done.err == [f"Error: {out} exists already. Choose another name, or add --force."]
    assert out.read_text("utf-8") == "mine"
    assert kb("plan", folder, "--out", out, "--force").status == 0
    assert read_plan(out).changes
    done = kb("plan", folder, "--out", tmp_path / "plan.csv")
    assert done.err == ["Error: A plan is saved as FILE.json, not as plan.csv. Name it plan.json."]


def test_a_plan_that_was_edited_or_cut_is_refused_in_one_line(graph: Graph, tmp_path: Path) -> None:
    """One other day, half a file, another JSON, a list, an unknown version: nothing is loaded."""
    text = saved_text(plan_of(graph, write_book(tmp_path / "book", SMALL)))
    wrong = {
        "was edited since it was saved": text.replace("2014-07-01", "2014-07-02"),
        "is no saved plan: it is not whole JSON": text[: len(text) // 2],
        "is no saved plan.": '{"plan": {"format": "shopping"}}',
        "by another version of this program": text.replace('"version": 1', '"version": 2'),
    }
    for said, held in wrong.items():
        path = tmp_path / "plan.json"
        path.write_text(held, "utf-8")
        done = kb("load", path)
        assert (done.status, len(done.err)) == (2, 1)
        assert said in done.err[0]
        assert "Make it again with `kb plan PATH --out FILE`." in done.err[0]
    assert graph.rows("MATCH (n) WHERE NOT n:Migration RETURN n") == []


def test_a_forged_plan_with_a_right_sum_is_still_checked(graph: Graph, tmp_path: Path) -> None:
    """A sum proves no more than that the file is whole: its cells must be those of a record."""
    from kb.loading import saved as module

    plan = plan_of(graph, write_book(tmp_path / "book", SMALL))
    pledge = next(c for c in plan.changes if c.table == "pledges")
    assert pledge.after is not None
    for cells, said in (
        ({**pledge.after, "act": "plegde"}, "act: 'plegde' is not allowed here"),
        ({**pledge.after, "colour": "red"}, "colour: Extra inputs"),
        ({**pledge.after, "id": "p-else"}, pledge.record),
    ):
        held = module.plan_dict(plan)
        held["changes"] = [{"table": "pledges", "record": pledge.record, "before": None, "after": cells}]
        path = tmp_path / "plan.json"
        path.write_text(json.dumps({"plan": held, "sha256": module._sum(held)}), "utf-8")
        with pytest.raises(InputError, match="holds what is no record of this version") as error:
            read_plan(path)
        assert said in error.value.message


def test_a_saved_plan_stands_alone(graph: Graph, tmp_path: Path) -> None:
    """With a book beside it, or with --complete, it is refused before anything is read."""
    done = kb("load", tmp_path / "plan.json", tmp_path)
    assert done.err == ["Error: A saved plan is loaded alone. Name one .json file, or the files of a book."]
    done = kb("load", tmp_path / "plan.json", "--complete")
    assert done.err == ["Error: A saved plan is as it was made. Give --complete to `kb plan`."]
    done = kb("load", tmp_path / "plan.json")
    assert done.err == [
        f"Error: {tmp_path / 'plan.json'} cannot be read: No such file or directory. Check the path."
    ]


def test_a_plan_that_changes_nothing_is_refused_too_when_the_graph_moved(
    graph: Graph, tmp_path: Path
) -> None:
    """That nothing had to change was true of another state."""
    load(graph, write_book(tmp_path / "book", SMALL))
    out = tmp_path / "plan.json"
    assert kb("plan", tmp_path / "book", "--out", out).status == 0
    assert kb("load", out).out == "Nothing to change; no load was recorded.\n"
    load(graph, write_book(tmp_path / "more", {"cases": [{"id": "a-case", "title": "A case"}]}))
    assert kb("load", out).status == 1
