"""Published against ours: on the casebook, and on a made-up MGAR file with planted differences."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kb.analysis.basis import AQ, HUBS, IS, MGAR, Basis
from kb.analysis.frames import Frames
from kb.analysis.replication import COMPUTED, FIGURES, replicate, robustness
from kb.analysis.unavailable import REASONS
from kb.errors import NotFound
from kb.loading.frames import findings_of, frames_of
from kb.paths import resource
from loaders import mgar
from loaders.tables import read_book
from tests.analysis.made_up_mgar import write
from tests.analysis.rows import HUB, OTHER, actors, alliance, claims
from tests.graph.shell import kb

Rows = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def casebook_frames() -> Frames:
    """The bundled casebook in memory."""
    return frames_of(read_book([resource("casebook")]))


@pytest.fixture(scope="module")
def findings() -> pd.DataFrame:
    """Its findings."""
    return findings_of(read_book([resource("casebook")]))


@pytest.fixture(scope="module")
def basis(casebook_frames: Frames) -> Basis:
    """What is counted from on the casebook."""
    return Basis(casebook_frames, {hub: hub for hub in HUBS})


@pytest.fixture(scope="module")
def found(findings: pd.DataFrame, basis: Basis) -> Rows:
    """The rows of the casebook by finding."""
    return {row["finding"]: row for row in replicate(findings, basis).to_dict("records")}


def test_every_finding_has_a_row_and_a_reason(found: Rows, findings: pd.DataFrame) -> None:
    """Whether it is computed or not."""
    assert list(found) == list(findings["id"])
    assert all(row["reason"] for row in found.values())


def test_every_result_and_count_is_computed_or_has_its_own_reason(findings: pd.DataFrame) -> None:
    """No id stands in both lists, none is missing, none is of a finding that is not there."""
    ours = set(findings.loc[findings["kind"].isin(["result", "count"]), "id"])
    assert not set(COMPUTED) & set(REASONS)
    assert ours <= set(COMPUTED) | set(REASONS) <= set(findings["id"])


@pytest.mark.parametrize(
    ("finding", "published", "ours", "difference"),
    [
        ("pp-finding-table-1-rows", "46 [rows]", 46, 0),
        ("pp-finding-is-36-affiliates", "36 [affiliates]", 36, 0),
        ("pp-finding-is-10-allies", "10 [allies]", 10, 0),
        ("pp-finding-is-21-wilayats", "21 [provinces]", 1, -20),
        ("pp-finding-nusra-fighters-80", "80%", 80, 0),
        ("pp-finding-foreign-fighters-38200", "at least 38,200 [fighters]", 38200, 0),
        ("pp-finding-raf-ad-attacks", "just one [attacks]", 1, 0),
        ("pp-finding-raf-alliance-members", "only [groups]", 1, 0),
        ("pp-finding-raf-ccc-logistics", "one [cases]", 1, 0),
        ("pp-finding-raf-operations-1973-1976", "only ... one [operations]", 1, 0),
        ("pp-finding-raf-rb-statements", "just one [statements]", 1, 0),
        ("bp-finding-count-commanders-lost", "dozens [commanders]", 1, -23),
        ("bp-finding-count-types-of-support", "5 [types]", 5, 0),
        ("bp-finding-result-non-salafi-aq", "more than 5 [percent of alliances]", "at least 37.5", 0),
        ("hb-finding-nato-28", "28 [states]", 2, -26),
    ],
)
def test_what_the_texts_count_is_counted_again(
    found: Rows, finding: str, published: str, ours: float | str, difference: float
) -> None:
    """The value as printed, ours, and how far it lies outside what was published."""
    row = found[finding]
    assert (row["published"], row["ours"], row["difference"]) == (published, ours, difference)


def test_the_peak_of_the_pledges_is_in_september_2014(found: Rows) -> None:
    """And there are fewer in the second half of the months."""
    row = found["pp-finding-is-monthly-ties-peak"]
    assert (row["ours"], row["difference"]) == ("falling, peak 2014-09 (8 rows)", "same direction")


def test_a_share_without_absences_is_not_computed(found: Rows) -> None:
    """Support that is told of pairs, and of no pair that it did not pass, has no share."""
    row = found["bp-finding-result-operational-support"]
    assert row["ours"] is None
    assert row["difference"] is None
    assert "of no year that it did not pass" in row["reason"]


def test_silence_has_no_place_in_a_rank(found: Rows) -> None:
    """Of territory for partners of the Islamic State nobody says anything, which is not none."""
    row = found["bp-finding-result-is-cash-second-least"]
    assert row["ours"] is None
    assert "territorial 0, material 1, training 1, financial 1, operational 4; silence on" in row["reason"]


def test_one_month_is_no_trend(casebook_frames: Frames, findings: pd.DataFrame) -> None:
    """Neither are rows whose month is not known."""
    claims = casebook_frames.claims
    last = claims[claims["start_lo"].map(lambda day: day is not None and day.isoformat() > "2015-12")]
    undated = claims.assign(start_lo=None, end_hi=None)
    for told in (last, undated):
        basis = Basis(Frames(told, casebook_frames.actors), {IS: IS})
        row = row_of(findings, basis, "pp-finding-is-monthly-ties-peak")
        assert row["reason"].endswith("Table 1 of plapinger-potter are not of two months or more")


def test_a_change_of_either_sign_is_not_computed(found: Rows) -> None:
    """Where what is possible and what is certain leave it open, no trend is claimed."""
    reason = found["bp-finding-result-replacement-2013"]["reason"]
    assert found["bp-finding-result-replacement-2013"]["ours"] is None
    assert reason.endswith("the change is anything from -4 to +4")


def test_a_figure_or_a_finding_can_be_asked_for(findings: pd.DataFrame, basis: Basis) -> None:
    """Each figure has findings; anything else is unknown, with what is near."""
    for figure in FIGURES:
        assert set(replicate(findings, basis, figure)["figure"]) == {figure}
    assert len(replicate(findings, basis, "pp-finding-table-1-rows")) == 1
    with pytest.raises(NotFound, match="Did you mean 'pledges'"):
        replicate(findings, basis, "pledge")


def test_findings_of_the_user_are_listed(basis: Basis, findings: pd.DataFrame) -> None:
    """Without a computation that belongs to their id, which is said."""
    own = findings.head(1).assign(id="made-up-finding", kind="count")
    (row,) = replicate(own, basis).to_dict("records")
    assert row["reason"].startswith("no computation is known for it")


def test_robustness_names_what_breaks(findings: pd.DataFrame, basis: Basis) -> None:
    """One pledge of table 1 is disputed, two rest on two origins, and moved windows cut some off."""
    asked = findings[findings["id"].isin(["pp-finding-is-36-affiliates", "pp-finding-table-1-rows"])]
    row, other = robustness(asked, basis).to_dict("records")
    assert (row["ours"], row["difference"], row["holds"]) == (36, 0, "holds under 2 of 7")
    assert (row["no_disputed"], row["no_low"], row["each_source"]) == ("breaks", "holds", "breaks")
    assert row["breaks"][:2] == ["no_disputed: 35", "two_origins: 2"]
    assert other["window_earlier"] is None


# --- a made-up MGAR ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the made-up file, its counts, and the book that `kb import` makes of it."""
    folder = tmp_path_factory.mktemp("mgar")
    data, names, _ = write(folder)
    done = kb("import", "mgar", data, "--names", names, "--no-match", "--book", folder / "book")
    assert done.status == 0, done.err
    return folder


@pytest.fixture(scope="module")
def planted(folder: Path) -> Rows:
    """What `kb replicate` prints of that book, by finding."""
    done = kb(
        *("replicate", "--book", folder / "book", "--counts", folder / "counts.csv", "--format", "json")
    )
    assert done.status == 0, done.err
    assert done.err[0].startswith(f"mgar-group-1 is taken for {IS}, by its name")
    rows = json.loads(done.out, parse_constant=lambda word: pytest.fail(word))
    return {row["finding"]: row for row in rows}


@pytest.fixture(scope="module")
def made_up(folder: Path) -> Frames:
    """That book in memory."""
    return frames_of(read_book([folder / "book"]))


def row_of(findings: pd.DataFrame, basis: Basis, finding: str) -> dict[Any, Any]:
    """One row."""
    (row,) = replicate(findings, basis, finding).to_dict("records")
    return row


def test_the_name_of_the_work_is_that_of_the_importer() -> None:
    """By it the claims of MGAR are known."""
    assert mgar.SOURCE["id"] == MGAR


@pytest.mark.parametrize(
    ("finding", "ours"),
    [
        ("operational-support", 18),
        ("material-support", 12),
        ("territorial-support", 28),
        ("training-support", 4),
        ("financial-support", 14),
        ("shared-ideology", 4),
        ("relative-attacks-is", 1130),
        ("relative-attacks-aq", -4),
        ("relative-tactics-is", 5),
    ],
)
def test_each_planted_difference_comes_out(planted: Rows, finding: str, ours: float) -> None:
    """On all eight dimensions, in the direction in which it was published, no further off than rounding."""
    row = planted[f"bp-finding-result-{finding}"]
    assert (row["ours"], row["difference"]) == (pytest.approx(ours), 0)


def test_what_is_published_without_a_number_comes_out_too(planted: Rows) -> None:
    """As many tactics, a fall in 2013, every prediction of table 1, the second-least kind of support."""
    assert planted["bp-finding-result-relative-tactics-aq"]["difference"] == "same direction"
    fall = planted["bp-finding-result-replacement-2013"]
    assert (fall["ours"], fall["difference"]) == (-25, "same direction")
    predictions = [row for name, row in planted.items() if name in COMPUTED and "-pred-" in name]
    assert [row["difference"] for row in predictions] == ["same direction"] * 12
    assert planted["bp-finding-result-is-cash-second-least"]["ours"] == 2
    assert planted["bp-finding-count-dimensions"]["ours"] == 8


def test_the_test_of_a_difference_is_told(planted: Rows) -> None:
    """Means, cells, interval and Welch's test, al-Qaeda first, of which the finding is."""
    reason = planted["bp-finding-result-training-support"]["reason"]
    assert "20 (50 pair-years, 25 pairs) against 16 (50 pair-years, 25 pairs), 95 % interval -" in reason
    assert reason.endswith("two-tailed (published: not significant)")


def test_the_years_and_groups_of_the_file_are_told(planted: Rows) -> None:
    """They are those of the made-up file, not of MGAR."""
    found = [planted[f"bp-finding-count-mgar-{name}"]["ours"] for name in ("start", "end", "groups")]
    assert found == [2011, 2014, 52]


def test_a_year_outside_the_data_is_said(planted: Rows) -> None:
    """No partners are counted where the data have no years."""
    row = planted["bp-finding-growth-slower"]
    assert row["ours"] is None
    assert row["reason"].endswith("1990 is outside the data, which run from 2011 to 2014")


def test_without_counts_the_empty_cells_are_named(made_up: Frames, findings: pd.DataFrame) -> None:
    """Which hub, how many pair-years, and what would fill them."""
    basis = Basis(made_up, {IS: "mgar-group-1", AQ: "mgar-group-2"})
    reason = row_of(findings, basis, "bp-finding-result-relative-attacks-aq")["reason"]
    assert "no mean of mgar-group-2: no count of attacks for the hub or the partner, in all 50" in reason
    assert "mgar-group-1" not in reason
    assert reason.endswith("give them with --counts")


def test_the_hubs_have_an_order(made_up: Frames, findings: pd.DataFrame) -> None:
    """Changed over, the sign changes."""
    basis = Basis(made_up, {IS: "mgar-group-2", AQ: "mgar-group-1"})
    row = row_of(findings, basis, "bp-finding-result-material-support")
    assert (row["ours"], row["difference"]) == (-12, -24)


def test_a_hub_that_is_not_known_is_said(made_up: Frames, findings: pd.DataFrame) -> None:
    """What needs the hubs says how to name them; the rest is computed."""
    basis = Basis(made_up, {IS: "mgar-group-1"})
    assert row_of(findings, basis, "bp-finding-count-mgar-start")["ours"] == 2011
    reason = row_of(findings, basis, "bp-finding-result-material-support")["reason"]
    assert reason == f"not computable: no actor of these data is known to be {AQ}: name both hubs with --hub"


def test_data_of_support_alone_tell_nothing_of_words(made_up: Frames, findings: pd.DataFrame) -> None:
    """Where no absence and no search is coded, the lack of words is no finding."""
    support = made_up.claims[made_up.claims["kind"].eq("support") & made_up.claims["presence"].eq("present")]
    basis = Basis(Frames(support, made_up.actors), {IS: "mgar-group-1", AQ: "mgar-group-2"})
    for name in ("many-rhetorical", "aq-growth-material", "is-growth-rhetorical"):
        row = row_of(findings, basis, f"bp-finding-result-{name}")
        assert row["ours"] is None
        assert "of no tie is it coded that nothing passed" in row["reason"]


def test_types_given_to_as_many_share_a_place(made_up: Frames, findings: pd.DataFrame) -> None:
    """Money to two partners and haven to one; without what the second got in money, they are even."""
    basis = Basis(made_up, {IS: "mgar-group-1", AQ: "mgar-group-2"})
    finding = "bp-finding-result-is-cash-second-least"
    reason = row_of(findings, basis, finding)["reason"]
    assert reason.endswith("territorial 1, financial 2, training 4, material 11, operational 15")
    money = made_up.claims["support_type"].eq("financial") & made_up.claims["to"].eq("mgar-group-101")
    basis = Basis(Frames(made_up.claims[~money], made_up.actors), basis.hubs)
    assert row_of(findings, basis, finding)["ours"] == "1 to 2"


def test_the_window_of_whole_years_does_not_move(made_up: Frames, findings: pd.DataFrame) -> None:
    """Half of a year that MGAR codes is coded nowhere; the pledges of text 001 have days."""
    basis = Basis(made_up, {IS: "mgar-group-1", AQ: "mgar-group-2"})
    (row,) = robustness(findings, basis, "bp-finding-is-partners-dozens").to_dict("records")
    assert (row["window_earlier"], row["window_later"]) == (None, None)


def test_one_pair_is_too_few(made_up: Frames, findings: pd.DataFrame) -> None:
    """A difference takes two pairs of each hub."""
    others = [f"mgar-group-{number}" for number in range(101, 125)]
    claims = made_up.claims[~made_up.claims["from"].isin(others) & ~made_up.claims["to"].isin(others)]
    basis = Basis(Frames(claims, made_up.actors), {IS: "mgar-group-1", AQ: "mgar-group-2"})
    reason = row_of(findings, basis, "bp-finding-result-material-support")["reason"]
    assert reason.endswith("of mgar-group-1 the value is known for 1 pair only, too few for a difference")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A book with one actor."""
    (tmp_path / "actors.csv").write_text("id,name,kind\nmade-up-a,Made-up A,militant_group\n", "utf-8")
    return tmp_path


def test_a_book_without_claims_computes_nothing(small: Path) -> None:
    """Every finding is listed all the same, and that is no error."""
    done = kb("replicate", "--book", small, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert (done.status, len(rows)) == (0, 407)
    assert [row["finding"] for row in rows if row["ours"]] == []
    assert done.err == ["0 of 407 findings computed."]


@pytest.mark.parametrize(
    ("date", "finding", "reason"),
    [
        ("", "bp-finding-count-mgar-end", "no claim of MGAR has a date here"),
        ("", "bp-finding-growth-slower", "no tie of a hub has a known beginning"),
        ("2020", "bp-finding-growth-slower", "no tie of a hub lies within 1950 to 2016"),
        ("1930", "bp-finding-growth-slower", "no tie of a hub lies within 1950 to 2016"),
    ],
)
def test_data_of_no_year_that_counts_are_said(
    findings: pd.DataFrame, date: str, finding: str, reason: str
) -> None:
    """Without a date, and before or after the years of MGAR."""
    told = [alliance("made-up-a", hub, date, works=[MGAR], presence="present") for hub in (HUB, OTHER)]
    basis = Basis(Frames(claims(*told), actors()), {IS: HUB, AQ: OTHER})
    assert row_of(findings, basis, finding)["reason"] == f"not computable: {reason}"


def test_actors_that_the_book_does_not_hold_are_nobody(small: Path) -> None:
    """A book may name actors of the graph: their claims are no partners of a kind that is known."""
    rows = ["id,from,to,act,relation_type,date", "made-up-pledge,made-up-a,islamic-state,pledge,ally,2014"]
    (small / "pledges.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = kb("replicate", "--book", small, "--format", "csv")
    assert (done.status, done.err[-1]) == (0, "0 of 407 findings computed.")


def test_a_book_with_faults_is_not_counted(small: Path) -> None:
    """The first fault has its place; `kb check` has them all."""
    (small / "pledges.csv").write_text("id,from,to,act\nmade-up-pledge,made-up-a,made-up-a,nope\n", "utf-8")
    done = kb("replicate", "--book", small)
    assert (done.status, done.out) == (2, "")
    assert done.err[0].startswith("Error: pledges.csv row 2, column act: 'nope' is not allowed here")
    assert f"kb check {small}" in done.err[0]


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("network", "--hub", "made-up-a"), 2, "Two hubs are compared, not 1."),
        (("--hub", "made-up-a", "--hub", "made-up-b"), 1, "No actor 'made-up-b' in these data."),
        (("dimension",), 1, "Did you mean 'dimensions'?"),
        (("--counts", "nosuch.csv"), 2, "Cannot read nosuch.csv"),
        (("--format", "xml"), 2, "'xml' is not one of"),
        (("--book", "nosuch"), 2, "nosuch"),
    ],
)
def test_what_cannot_be_asked_is_one_line(
    small: Path, words: tuple[str, ...], status: int, message: str
) -> None:
    """One message, no rows, and a status that is not zero."""
    done = kb("replicate", "--book", small, *words)
    assert (done.status, done.out, len(done.err)) == (status, "", 1)
    assert message in done.err[0]
