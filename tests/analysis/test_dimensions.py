"""Two hubs on eight dimensions: values by the rules, tests against other implementations and known cases."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from typing import Any

import pandas as pd
import pytest
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from kb.analysis import dimensions as dims
from kb.analysis import frames
from kb.analysis.actors import actor_years
from kb.errors import InputError
from tests.analysis.rows import HUB, OTHER, actors, alliance, claims, records, support

A, B, C = "made-up-a", "made-up-b", "made-up-c"


def measured(**values: Sequence[tuple[str, str, int, Any]]) -> pd.DataFrame:
    """A frame of measures: for each dimension (hub, partner, year, value)."""
    rows: dict[tuple[str, str, int], dict[str, Any]] = {}
    for name, cells in values.items():
        for hub, partner, year, value in cells:
            rows.setdefault((hub, partner, year), {})[name.replace("_", " ")] = value
    return pd.DataFrame(
        [[*key, *(cells.get(d.name) for d in dims.DIMENSIONS)] for key, cells in rows.items()],
        columns=list(dims.MEASURE_COLUMNS),
        dtype=object,
    )


def compared(frame: pd.DataFrame, name: str, **options: Any) -> dict[str, Any]:
    """The row of one dimension; no warning may leave the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        rows = dims.dimensions(frame, [HUB, OTHER], **{"resamples": 199, **options})
    return {str(k): v for k, v in rows.set_index("dimension").loc[name].items()}


def series(hub: str, values: Sequence[float], pairs: int = 5) -> list[tuple[str, str, int, float]]:
    """Values of a hub, over some partners and as many years as needed."""
    return [(hub, f"made-up-p{n % pairs}", 2000 + n // pairs, value) for n, value in enumerate(values)]


# --- what is measured --------------------------------------------------------------------------------------


def values(silence: dims.Silence = "missing", **options: Any) -> dict[str, dict[str, Any]]:
    """The measures of three partners of the hub in 2014, by partner."""
    book = claims(
        alliance(A, HUB, "2014"),
        support(HUB, A, "2014", "training"),
        support(A, HUB, "2014?", "financial"),
        support(A, HUB, "2014", "material", presence="absent"),
        alliance(B, HUB, "2014"),
        support(HUB, B, "2014", "any", presence="absent", direction="mutual"),
        alliance(C, HUB, "2014?"),
    )
    about = actors(ideology={HUB: ["Left"], A: ["left", "x"], B: ["Right"]})
    partners = frames.partner_years(frames.dyad_years(book, about, 2014, 2014), about, [HUB])
    counts = pd.DataFrame(
        [[HUB, 2014, 10, 3, None, None], [A, 2014, 4, None, None, None]],
        columns=["actor", "year", "attacks", "tactics", "size", "ideology"],
        dtype=object,
    )
    held = dims.measures(partners, actor_years(partners, about, counts), silence=silence, **options)
    return {row["partner"]: row for row in held.to_dict("records")}


def test_support_is_one_zero_or_not_known() -> None:
    """Given either way 1; absent both ways 0; absent one way and silent the other: not known."""
    found = values()
    assert [found[A][t] for t in ("training", "financial", "material", "operational")] == [1, 1, None, None]
    assert [found[B][t] for t in ("training", "financial", "material", "operational")] == [0, 0, 0, 0]
    assert [found[C][t] for t in ("training", "financial")] == [None, None]


def test_silence_is_zero_only_when_asked() -> None:
    """With the assumption a type that nobody speaks of is 0."""
    found = values("zero")
    assert [found[A][t] for t in ("training", "financial", "material", "operational")] == [1, 1, 0, 0]
    assert found[C]["training"] == 0


def test_only_what_is_certain_and_one_direction() -> None:
    """A tie that is only possible is no pair-year; what may have been given is not known."""
    found = values(holding="certain")
    assert set(found) == {A, B}
    assert found[A]["financial"] is None
    assert values("zero", holding="certain")[A]["financial"] is None
    assert values(way="received")[A]["material"] == 0
    assert values("zero", way="received")[A]["training"] == 0


def test_relative_numbers_and_ideology_need_both_sides() -> None:
    """The hub's number minus the partner's; labels alike but for case are shared."""
    found = values()
    assert [found[p]["relative attacks"] for p in (A, B)] == [6, None]
    assert found[A]["relative tactics"] is None
    assert [found[p]["shared ideology"] for p in (A, B, C)] == [1, 0, None]


# --- how it is tested --------------------------------------------------------------------------------------


def test_welch_is_what_another_library_computes() -> None:
    """t, degrees of freedom, both p-values and the interval agree with statsmodels."""
    ones = [float(n * n % 17) for n in range(40)]
    twos = [float(n * 3 % 7) for n in range(35)]
    row = compared(measured(relative_attacks=[*series(HUB, ones), *series(OTHER, twos)]), "relative attacks")
    other = CompareMeans(DescrStatsW(ones), DescrStatsW(twos))
    t, p, df = other.ttest_ind(usevar="unequal")
    low, high = other.tconfint_diff(usevar="unequal")
    got = [row[name] for name in ("t", "p_two", "df", "ci_low", "ci_high")]
    assert got == pytest.approx([t, p, df, low, high])
    assert row["p_one"] == pytest.approx(p / 2)
    assert row["difference"] == pytest.approx(sum(ones) / 40 - sum(twos) / 35)
    assert row["exact_test"] is None
    assert row["why"] is None


def test_the_one_tailed_test_looks_where_table_1_does() -> None:
    """Training is predicted to be less for the first hub: more of it gives a p-value near one."""
    more, less = [1] * 30 + [0] * 10, [1] * 10 + [0] * 30
    frame = measured(training=[*series(HUB, more), *series(OTHER, less)])
    row = compared(frame, "training")
    assert row["predicted"] == "less"
    assert (row["mean_1"], row["mean_2"], row["difference"]) == (75.0, 25.0, 50.0)
    assert row["p_one"] > 0.999
    assert row["p_two"] < 0.001
    assert row["effect"] == pytest.approx(math.pi / 3)  # 2 asin(sqrt 0.75) - 2 asin(sqrt 0.25)
    assert row["effect_size"] == "Cohen's h"


def test_small_shares_are_tested_exactly() -> None:
    """Fisher's tea: 3 of 4 against 1 of 4 has a two-tailed p of 34 in 70."""
    frame = measured(operational=[*series(HUB, [1, 1, 1, 0]), *series(OTHER, [1, 0, 0, 0])])
    row = compared(frame, "operational")
    assert (row["exact_test"], row["p_exact"]) == ("Fisher", pytest.approx(34 / 70))


def test_few_counts_are_permuted() -> None:
    """Two against two, all apart: 2 of the 6 arrangements are as extreme."""
    frame = measured(relative_tactics=[*series(HUB, [8, 9], 2), *series(OTHER, [1, 2], 2)])
    row = compared(frame, "relative tactics")
    assert (row["exact_test"], row["p_exact"]) == ("permutation", pytest.approx(1 / 3))
    assert row["effect_size"] == "Hedges' g"
    # difference 7, standard deviation sqrt 0.5, times the small-sample factor 1 - 3 / (4 * 2 - 1)
    assert row["effect"] == pytest.approx(7 / math.sqrt(0.5) * (1 - 3 / 7))


def test_the_interval_by_pairs_sees_that_years_repeat() -> None:
    """Twenty years of each of two pairs that never change are two observations, not forty."""
    stuck = [(HUB, f"made-up-p{p}", 1990 + y, p) for p in (0, 1) for y in range(20)]
    mixed = series(OTHER, [0, 1] * 20, pairs=10)
    row = compared(measured(financial=[*stuck, *mixed]), "financial")
    assert row["pairs_1"] == 2
    assert row["ci_high"] - row["ci_low"] < 50
    assert row["boot_high"] - row["boot_low"] >= 95


def test_holm_corrects_over_the_dimensions_tested() -> None:
    """The smallest of two p-values doubles, the greater stays unless overtaken."""
    frame = measured(
        training=[*series(HUB, [1] * 5 + [0] * 35), *series(OTHER, [1] * 25 + [0] * 15)],
        financial=[*series(HUB, [1] * 18 + [0] * 22), *series(OTHER, [1] * 21 + [0] * 19)],
    )
    one, two = compared(frame, "training"), compared(frame, "financial")
    assert one["p_two_holm"] == pytest.approx(2 * one["p_two"])
    assert two["p_two_holm"] == pytest.approx(two["p_two"])
    assert compared(frame, "material")["p_two_holm"] is None


def test_the_same_data_give_the_same_numbers() -> None:
    """Random draws begin at a fixed seed."""
    frame = measured(relative_attacks=[*series(HUB, [3, 9, 1, 4, 7]), *series(OTHER, [2, 2, 6, 1])])
    assert compared(frame, "relative attacks") == compared(frame, "relative attacks")


# --- what cannot be computed -------------------------------------------------------------------------------


def test_an_empty_side_is_explained() -> None:
    """No value on one side: its mean and everything after it is None, the other mean is there."""
    frame = measured(relative_attacks=[*series(HUB, [1, 2]), (OTHER, A, 2014, None)])
    row = compared(frame, "relative attacks")
    assert (row["mean_1"], row["mean_2"], row["difference"], row["p_one"]) == (1.5, None, None, None)
    assert (row["missing_1"], row["missing_2"]) == (0, 1)
    assert row["why"] == (
        f"no mean of {OTHER}: no count of attacks for the hub or the partner, in all 1 pair-years of {OTHER}"
    )


def test_too_few_values_and_pairs_are_explained() -> None:
    """One value has no variance, one pair cannot be drawn anew; the difference is there all the same."""
    row = compared(measured(training=[*series(HUB, [1, 0]), (OTHER, A, 2014, 0)]), "training")
    assert (row["difference"], row["p_two"], row["boot_low"]) == (50.0, None, None)
    assert row["why"] == (
        f"no test: {OTHER} has one value, a variance needs two; no interval by pairs: {OTHER} has 1 pair, "
        "it needs two"
    )


def test_values_that_never_vary_are_not_tested() -> None:
    """All one against all zero: no variance, no t, and no number that is none."""
    row = compared(measured(training=[*series(HUB, [1] * 5), *series(OTHER, [0] * 5)]), "training")
    assert (row["t"], row["p_one"], row["difference"]) == (None, None, 100.0)
    assert row["why"] == "no test: no value varies (all 100 and all 0)"
    one_side = compared(measured(training=[*series(HUB, [1] * 5), *series(OTHER, [0, 1] * 5)]), "training")
    assert one_side["p_two"] is not None


def test_no_cell_is_a_number_that_is_none() -> None:
    """Nothing measured at all: every number is None, nowhere NaN."""
    rows = dims.dimensions(measured(), [HUB, OTHER])
    assert len(rows) == 8
    assert not [v for row in records(rows, *rows.columns) for v in row if isinstance(v, float) and v != v]
    assert set(rows["why"]) == {
        f"no mean of {HUB}: {HUB} has no pair-year; no mean of {OTHER}: {OTHER} has no pair-year"
    }


def test_two_different_hubs_are_needed() -> None:
    """One hub, or the same twice, is refused."""
    with pytest.raises(InputError, match="Two hubs are compared, not 1"):
        dims.dimensions(measured(), [HUB, HUB])


def test_the_pair_of_the_two_hubs_does_not_count() -> None:
    """It would stand on both sides."""
    frame = measured(training=[(HUB, OTHER, 2014, 1), (OTHER, HUB, 2014, 1), (HUB, A, 2014, 0)])
    row = compared(frame, "training")
    assert (row["n_1"], row["n_2"]) == (1, 0)
