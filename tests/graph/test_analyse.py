"""`kb analyse` on the casebook: every analysis prints, and what cannot be computed is said."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from kb.analysis.frames import Frames
from kb.analysis.read import fetch
from kb.analysis.study import ANALYSES, Asked
from kb.graph import Graph
from tests.graph.shell import kb

pytestmark = pytest.mark.usefixtures("casebook")


@pytest.fixture(scope="module")
def held(casebook_graph: Graph) -> Frames:
    """The frames of the casebook."""
    return fetch(casebook_graph)


def rows(*words: str | Path) -> list[dict[str, str]]:
    """The rows of an analysis as CSV."""
    done = kb("analyse", *words, "--format", "csv")
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


COUNTS = {"schism", "flow_types", "flow_counts", "hostile_counts"}  # of the rows of others


@pytest.mark.parametrize("name", [n for n in ANALYSES if n not in COUNTS])
def test_every_analysis_prints_rows_and_no_number_that_is_none(name: str) -> None:
    """JSON that any reader takes: no NaN; explanations in the rows."""
    years = [] if name == "pledge_months" else ["--from", "2012", "--to", "2015"]
    done = kb("analyse", name, *years, "--format", "json")
    assert done.status == 0, done.err
    found = json.loads(done.out, parse_constant=lambda word: pytest.fail(word))
    assert found
    assert "warning" not in " ".join(done.err).lower()


@pytest.mark.parametrize("name", ANALYSES)
def test_no_two_rows_have_one_key(name: str, held: Frames) -> None:
    """So that a row is found again when it is counted from other claims."""
    analysis = ANALYSES[name]
    found = analysis.run(held, Asked(first=2012, last=2015))
    assert not found.duplicated(list(analysis.key)).any()


def test_a_row_says_under_how_many_settings_it_holds() -> None:
    """One row of table 1 is disputed, that of Abu Sayyaf in June 2014; all are found in one work."""
    months = {row["month"]: row for row in rows("pledge_months", "--robust")}
    broken = {month: row["broken_by"].split(";") for month, row in months.items()}
    assert [month for month, settings in broken.items() if "no_disputed" in settings] == ["2014-06"]
    assert all(settings[-1] == "without plapinger-potter" for settings in broken.values())


def test_pairs_of_the_casebook_have_their_class() -> None:
    """Boko Haram got help within 2015; when the Sinai group did is a range over two years."""
    found = {
        (row["partner"], row["year"]): row
        for row in rows("partner_years", "--hub", "islamic-state", "--from", "2014", "--to", "2015")
    }
    boko = found["boko-haram", "2015"]
    assert (boko["class"], boko["class_certain"], boko["operational_given"]) == (
        "material",
        "material",
        "given",
    )
    sinai = found["ansar-bayt-al-maqdis", "2014"]
    assert (sinai["class"], sinai["class_certain"]) == ("material", "not stated")
    assert (sinai["operational_given"], sinai["training_received"]) == ("possibly given", "")


def test_nothing_is_compared_where_nothing_is_known() -> None:
    """The casebook has no counts of attacks: mean and test are empty and the reason is there."""
    done = kb("analyse", "dimensions", "--from", "2014", "--to", "2015")
    assert done.status == 0
    assert any("relative attacks: no mean of islamic-state: no count of attacks" in line for line in done.err)
    found = {row["dimension"]: row for row in rows("dimensions", "--from", "2014", "--to", "2015")}
    assert found["relative attacks"]["mean_1"] == ""
    assert found["operational"]["why"] == "no test: no value varies (all 100 and all 100)"


def test_counts_of_the_user_are_compared(tmp_path: Path) -> None:
    """Attacks of both hubs and two partners each give a difference that one can add up."""
    file = tmp_path / "counts.csv"
    partners = ("boko-haram", "ansar-bayt-al-maqdis", "islamic-movement-of-uzbekistan", "jabhat-al-nusra")
    attacks = {"islamic-state": 100, "al-qaeda": 5, **dict.fromkeys(partners, 10)}
    lines = [f"{actor},2015,{n}" for actor, n in attacks.items()]
    file.write_text("\n".join(["actor,year,attacks", *lines]) + "\n", "utf-8")
    options = ["--from", "2015", "--to", "2015", "--counts", file]
    found = {row["dimension"]: row for row in rows("dimensions", *options)}["relative attacks"]
    assert (float(found["mean_1"]), float(found["mean_2"])) == (90, -5)
    assert float(found["difference"]) == 95


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("hub_years", "--hub", "nobody-here"), 1, "No actor 'nobody-here' in this graph."),
        (("hub_years", "--hub", "germany"), 2, "'germany' has no cooperative tie"),
        (("hub_years", "--from", "1800", "--to", "1810"), 2, "No claim is dated in 1800 to 1810."),
        (("dimensions", "--hub", "boko-haram"), 2, "Two hubs are compared, not 1."),
        (("hub_year",), 1, "No analysis named 'hub_year'. Did you mean 'hub_years'?"),
        (("schism", "--schism", "nosuch"), 1, "No schism 'nosuch' in this graph."),
        (("actor_years", "--counts", "nosuch.csv"), 2, "Cannot read nosuch.csv"),
        (("providers", "--least", "0"), 2, "0 is not in the range x>=1"),
        (("hub_years", "--from", "soon"), 2, "'soon' is not a valid integer"),
    ],
)
def test_what_cannot_be_asked_is_one_line(words: tuple[str, ...], status: int, message: str) -> None:
    """One message, no rows, and a status that is not zero."""
    done = kb("analyse", *words)
    assert (done.status, done.out) == (status, "")
    assert len(done.err) == 1
    assert message in done.err[0]


def test_a_graph_without_claims_is_said(tmp_path: Path) -> None:
    """`--as-of` a day before the first load: nothing is dated."""
    done = kb("analyse", "hub_years", "--as-of", "2020-01-01")
    assert done.status != 0
    assert "No claim here has a date." in done.err[-1]


def test_any_work_counts_the_pledges_of_every_table() -> None:
    """Without `--locator` no place in the work is asked for; the table of the default work is one of many."""
    assert sum(int(row["rows"]) for row in rows("pledge_months")) == 46
    assert sum(int(row["rows"]) for row in rows("pledge_months", "--work", "any")) > 46


def test_rows_go_to_a_file(tmp_path: Path) -> None:
    """`--out` writes them, all or nothing."""
    file = tmp_path / "months.csv"
    done = kb("analyse", "pledge_months", "--out", file)
    assert done.status == 0
    assert file.read_text("utf-8").startswith(
        "month,rows,events,affiliates,allies,duplicates\n2014-06,5,5,3,2,"
    )
    assert os.listdir(tmp_path) == ["months.csv"]
