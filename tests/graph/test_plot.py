"""`kb plot` on the casebook: files are written whole, with the numbers in them, or one line says why not."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import pytest

from kb.plot.gallery import FIGURES
from tests.graph.shell import kb

pytestmark = pytest.mark.usefixtures("casebook")


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def test_the_numbers_are_those_of_the_analysis(tmp_path: Path) -> None:
    """Table 1 by month: the file has what `kb analyse` counts, the caption what stands behind it."""
    figure, numbers = tmp_path / "a.svg", tmp_path / "a.csv"
    done = kb("plot", "pledge_months", "--out", figure, "--data", numbers)
    assert (done.status, done.out, done.err) == (0, "", [f"Wrote {figure}, {numbers}."])
    names = ("month", "rows", "events")
    counted = rows(kb("analyse", "pledge_months", "--format", "csv").out)
    drawn = rows(numbers.read_text("utf-8"))
    assert [[row[name] for name in names] for row in drawn] == [
        [row[name] for name in names] for row in counted
    ]
    assert [row["month"] for row in drawn if row["duplicates"] == "1"] == ["2015-09"]
    text = figure.read_text("utf-8")
    assert "<!-- Pledges to Islamic State by month (Table 1) -->" in text
    for said in ("n = 46 rows, 45 events.", "Source: Plapinger and Potter.", "Data"):
        assert said in text


def test_every_partner_of_a_year_is_in_the_stack(tmp_path: Path) -> None:
    """2014: 36 partners of the Islamic State as `kb analyse hub_years` has them, the schism beside them."""
    numbers = tmp_path / "a.csv"
    years = ("--from", "2014", "--to", "2014")
    assert kb("plot", "hub_years", *years, "--out", tmp_path / "a.svg", "--data", numbers).status == 0
    drawn = [row for row in rows(numbers.read_text("utf-8")) if row["hub"] == "islamic-state"]
    *kinds, every = [(row["certain"], row["possible"], row["schism"]) for row in drawn]
    assert every == ("32", "36", "possible")
    assert sum(int(possible) for _, possible, _ in kinds) == 36


def test_the_timeline_of_an_actor_has_its_dated_happenings(tmp_path: Path) -> None:
    """Found by its name; the pledge of March 2015 is a row, what has no date is counted in the caption."""
    figure, numbers = tmp_path / "a.svg", tmp_path / "a.csv"
    words = ("plot", "timeline", "Boko Haram", "--kind", "pledge", "--out", figure, "--data", numbers)
    assert kb(*words).status == 0
    assert [(row["kind"], row["start_lo"]) for row in rows(numbers.read_text("utf-8"))] == [
        ("pledge", "2015-03-07")
    ]
    assert "Timeline of Boko Haram" in figure.read_text("utf-8")


def test_the_help_lists_every_figure() -> None:
    """Names with what they show, and the timeline, which is of one actor."""
    done = kb("plot", "--help")
    assert all(f"  {name} " in done.out for name in [*FIGURES, "timeline"])


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("netwrok", "--out", "a.svg"), 1, "No figure named 'netwrok'. Did you mean 'network'?"),
        (("timelines", "--out", "a.svg"), 1, "Did you mean 'timeline'?"),
        (("network", "--out", "a.jpg"), 2, "A figure cannot be written as '.jpg'."),
        (("network", "--out", "old.svg"), 2, "old.svg exists already. Choose another name, or add --force."),
        (("network", "--out", "a.svg", "--data", "a.xlsx"), 2, "'a.xlsx'. End it in .csv."),
        (("network", "--out", "a.svg", "--data", "old.csv"), 2, "old.csv exists already."),
        (("network", "--out", "nowhere/a.svg"), 2, "There is no folder nowhere."),
        (("network", "--out", "a.svg"), 2, "are 74 panels; a page holds 12."),
        (("hub_years", "--out", "a.svg", "--hub", "germany"), 2, "'germany' has no cooperative tie"),
        (("timeline", "nobody", "--out", "a.svg"), 1, "No actor, claim or case 'nobody'"),
        (("timeline", "pp-pledge-boko-haram", "--out", "a.svg"), 2, "is a claim. Give an actor or a case."),
    ],
)
def test_what_cannot_be_drawn_is_one_line(
    words: tuple[str, ...], status: int, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One message, a status that is not zero, and no file that was not there."""
    monkeypatch.chdir(tmp_path)
    for name in ("old.svg", "old.csv"):
        Path(name).write_text("mine")
    done = kb("plot", *words)
    assert (done.status, done.out, len(done.err)) == (status, "", 1)
    assert message in done.err[0]
    assert sorted(os.listdir()) == ["old.csv", "old.svg"]
    assert Path("old.svg").read_text() == Path("old.csv").read_text() == "mine"
