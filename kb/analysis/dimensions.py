"""Two hubs compared on eight dimensions: the second figure of Blair and Potter, with the tests it lacks.

The dimensions, the direction in which each is predicted to differ and the one-tailed Welch test are those of
Blair and Potter (The Strategic Logic of Large Militant Alliance Networks, table 1 and figure 2). Added here:
the two-tailed test, an exact test where cells are small, an interval that resamples whole pairs, Holm's
correction over the eight tests, and effect sizes. All of them come from scipy and statsmodels.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kb import ties
from kb.errors import InputError
from kb.extras import need
from kb.model import FIVE_TYPES

Floats = NDArray[np.float64]
Holding = Literal["possible", "certain"]
Way = Literal["either", "given", "received"]
Silence = Literal["missing", "zero"]

RESAMPLES = 1999
PERMUTATIONS = 9999
SEED = 20141110
FEW = 30  # values; below this a mean of counts is tested by permutation too
SMALL_CELL = 5  # expected count below which a table of shares is tested by Fisher's test too (Cochran 1954)


@dataclass(frozen=True, slots=True)
class Dimension:
    """What is compared: `more` and `less` say what table 1 predicts of the first hub, the Islamic State."""

    name: str
    predicted: Literal["more", "less"]
    unit: str = "percent"
    silent: str = "the sources are silent"

    @property
    def is_share(self) -> bool:
        """Whether a value is yes or no, so that means are shares."""
        return self.unit == "percent"


DIMENSIONS = (
    Dimension("shared ideology", "more", silent="ideology of the hub or the partner not stated"),
    Dimension("relative attacks", "more", "attacks a year", "no count of attacks for the hub or the partner"),
    Dimension("relative tactics", "more", "tactics a year", "no count of tactics for the hub or the partner"),
    Dimension("operational", "more"),
    Dimension("material", "more"),
    Dimension("territorial", "less"),
    Dimension("training", "less"),
    Dimension("financial", "less"),
)
MEASURE_COLUMNS = ("hub", "partner", "year", *(d.name for d in DIMENSIONS))


def measures(
    partners: pd.DataFrame,
    actor_years: pd.DataFrame,
    *,
    holding: Holding = "possible",
    way: Way = "either",
    silence: Silence = "missing",
) -> pd.DataFrame:
    """One row a hub, partner and year with a tie, a column for each dimension; None = not known.

    `partners` and `actor_years` as the functions of that name give them. shared ideology: 1 when the two
    have a label of ideology in common (as written, case apart), else 0. relative attacks, relative tactics:
    the hub's number in the year minus the partner's. The five types: 1 when support of the type was given
    (`way`: in either direction, by the hub, or to it), 0 when it is coded as absent or was searched in vain
    (in both directions, for either).

    `holding` = certain counts only ties and support that hold for certain. What nobody says is None; with
    `silence` = zero it is 0, as in data in which every pair and year was coded for every type: an assumption
    of whoever asks for it, that these sources would have told.
    """
    held = partners["class" if holding == "possible" else "class_certain"] != ties.NO_TIE
    about = {(row["actor"], row["year"]): row for row in actor_years.to_dict("records")}
    rows = [_measured(row, about, holding, way, silence) for row in partners[held].to_dict("records")]
    return pd.DataFrame(rows, columns=list(MEASURE_COLUMNS), dtype=object)


def _measured(
    row: Mapping[Any, Any], about: Mapping[Any, Any], holding: Holding, way: Way, silence: Silence
) -> list[Any]:
    hub, partner = (about.get((row[end], row["year"]), {}) for end in ("hub", "partner"))
    ways = ("given", "received") if way == "either" else (way,)
    types = [_passed([row[f"{t}_{w}"] for w in ways], holding, silence) for t in FIVE_TYPES]
    return [
        *(row["hub"], row["partner"], row["year"]),
        _shared(hub.get("ideology"), partner.get("ideology")),
        *(_minus(hub.get(name), partner.get(name)) for name in ("attacks", "tactics")),
        *types,
    ]


def _shared(ones: Sequence[str] | None, others: Sequence[str] | None) -> int | None:
    if not ones or not others:
        return None
    return int(bool({label.casefold() for label in ones} & {label.casefold() for label in others}))


def _minus(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a - b


def _passed(words: Sequence[str | None], holding: Holding, silence: Silence) -> int | None:
    """Whether support passed: 1, 0, or None when that is not known."""
    known = [_taken(word, holding, silence) for word in words]
    if 1 in known:
        return 1
    return None if None in known else 0


def _taken(word: str | None, holding: Holding, silence: Silence) -> int | None:
    if word is None:
        return 0 if silence == "zero" else None
    if word.startswith(ties.POSSIBLY) and holding == "certain":
        return None
    return int(word.removeprefix(ties.POSSIBLY) == ties.GIVEN)


# --- the comparison ----------------------------------------------------------------------------------------

_SIDES = ("n", "pairs", "mean", "missing")
DIMENSION_COLUMNS = (
    *("dimension", "unit", "predicted", "hub_1", "hub_2"),
    *(f"{name}_{side}" for side in (1, 2) for name in _SIDES),
    *("difference", "ci_low", "ci_high", "t", "df", "p_one", "p_two", "p_one_holm", "p_two_holm"),
    *("exact_test", "p_exact", "boot_low", "boot_high", "effect", "effect_size", "why"),
)


def dimensions(measured: pd.DataFrame, hubs: Sequence[str], *, resamples: int = RESAMPLES) -> pd.DataFrame:
    """The first hub against the second, one row a dimension. `measured` as `measures` gives it.

    The unit is a hub's pair with a partner in a year; a pair of the two hubs is left out. For side 1 and 2:
    `n` pair-years with a value, `pairs` the pairs they come from, `mean` (percent, or the unit), `missing`
    pair-years without a value. difference = mean_1 - mean_2 (percentage points, or the unit).

    ci_low, ci_high, t, df, p_one, p_two: Welch's t-test (1947), the interval of 95 % two-sided; p_one in the
    direction predicted (`more` or `less` for the first hub), as published. p_one_holm, p_two_holm: adjusted
    over the dimensions tested here (Holm 1979). exact_test, p_exact: two-tailed, Fisher's exact test of
    shares where an expected cell is under 5 (Cochran 1954), a permutation test of counts where a side has
    fewer than 30 values. boot_low, boot_high: 95 % percentile interval from a bootstrap that draws whole
    pairs, because the years of one pair are not independent (Cameron and Miller 2015), as the other tests
    take them to be; 0 resamples leave it out. effect, effect_size: Cohen's h for shares (Cohen 1988),
    Hedges' g else (Hedges 1981).

    A cell that cannot be computed is None, and `why` says which and for what reason. Random draws begin at a
    fixed seed: the same data give the same numbers. Raises InputError unless there are two different hubs.
    """
    if len(set(hubs)) != 2 or len(hubs) != 2:
        raise InputError(f"Two hubs are compared, not {len(set(hubs))}.", "Give --hub twice.")
    own = measured[~measured["partner"].isin(list(hubs))]
    first, second = hubs
    rows = [_compared(d, _sample(own, first, d), _sample(own, second, d), resamples) for d in DIMENSIONS]
    for name in ("p_one", "p_two"):
        _correct(rows, name)
    return pd.DataFrame(
        [[row.get(column) for column in DIMENSION_COLUMNS] for row in rows],
        columns=list(DIMENSION_COLUMNS),
        dtype=object,
    )


@dataclass(frozen=True, slots=True)
class _Sample:
    """The known values of one hub, the pair each belongs to, and how many pair-years have none."""

    hub: str
    values: Floats
    pairs: NDArray[np.int_]
    missing: int

    @property
    def sums(self) -> tuple[Floats, Floats]:
        """For each pair the sum and the number of its values."""
        return np.bincount(self.pairs, self.values).astype(float), np.bincount(self.pairs).astype(float)


@dataclass(slots=True)
class _Why:
    """The reasons for empty cells."""

    said: list[str] = field(default_factory=list)

    def no(self, what: str, reason: str) -> None:
        self.said.append(f"no {what}: {reason}")


def _sample(measured: pd.DataFrame, hub: str, dimension: Dimension) -> _Sample:
    rows = measured[measured["hub"] == hub]
    known = rows[rows[dimension.name].notna()]
    scale = 100.0 if dimension.is_share else 1.0
    values = known[dimension.name].to_numpy(dtype=float) * scale
    return _Sample(hub, values, pd.factorize(known["partner"])[0], len(rows) - len(known))


def _compared(dimension: Dimension, one: _Sample, two: _Sample, resamples: int) -> dict[str, Any]:
    why = _Why()
    row: dict[str, Any] = {
        "dimension": dimension.name,
        "unit": dimension.unit,
        "predicted": dimension.predicted,
        **_side(one, 1),
        **_side(two, 2),
    }
    if _has_values(dimension, (one, two), why):
        row["difference"] = float(one.values.mean() - two.values.mean())
        if _can_be_tested(one, two, why):
            row |= _welch(dimension, one, two)
            row |= _exact(dimension, one, two)
            row |= _effect(dimension, one, two)
        if resamples:
            row |= _by_pairs(one, two, resamples, why)
    return {**row, "why": "; ".join(why.said) or None}


def _side(sample: _Sample, side: int) -> dict[str, Any]:
    return {
        f"hub_{side}": sample.hub,
        f"n_{side}": len(sample.values),
        f"pairs_{side}": len(set(sample.pairs)),
        f"mean_{side}": float(sample.values.mean()) if len(sample.values) else None,
        f"missing_{side}": sample.missing,
    }


def _has_values(dimension: Dimension, samples: Sequence[_Sample], why: _Why) -> bool:
    for sample in samples:
        if not len(sample.values):
            reason = f"{dimension.silent}, in all {sample.missing} pair-years of {sample.hub}"
            if not sample.missing:
                reason = f"{sample.hub} has no pair-year"
            why.no(f"mean of {sample.hub}", reason)
    return all(len(sample.values) for sample in samples)


def _can_be_tested(one: _Sample, two: _Sample, why: _Why) -> bool:
    for sample in (one, two):
        if len(sample.values) < 2:
            why.no("test", f"{sample.hub} has one value, a variance needs two")
            return False
    if np.ptp(one.values) == np.ptp(two.values) == 0:
        why.no("test", f"no value varies (all {one.values[0]:g} and all {two.values[0]:g})")
        return False
    return True


def _welch(dimension: Dimension, one: _Sample, two: _Sample) -> dict[str, float]:
    from scipy import stats

    side = "greater" if dimension.predicted == "more" else "less"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # one side without variance loses precision, not more
        both = stats.ttest_ind(one.values, two.values, equal_var=False)
        tail = stats.ttest_ind(one.values, two.values, equal_var=False, alternative=side)
        low, high = both.confidence_interval(0.95)
    found = {"t": both.statistic, "df": both.df, "p_two": both.pvalue, "p_one": tail.pvalue}
    return {name: float(value) for name, value in {**found, "ci_low": low, "ci_high": high}.items()}


def _exact(dimension: Dimension, one: _Sample, two: _Sample) -> dict[str, Any]:
    from scipy import stats

    if dimension.is_share:
        table = np.array([[np.sum(s.values > 0), np.sum(s.values == 0)] for s in (one, two)])
        if stats.contingency.expected_freq(table).min() >= SMALL_CELL:
            return {}
        return {"exact_test": "Fisher", "p_exact": float(stats.fisher_exact(table).pvalue)}
    if min(len(one.values), len(two.values)) >= FEW:
        return {}
    found = stats.permutation_test(
        (one.values, two.values),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        n_resamples=PERMUTATIONS,
        vectorized=True,
        rng=np.random.default_rng(SEED),
    )
    return {"exact_test": "permutation", "p_exact": float(found.pvalue)}


def _effect(dimension: Dimension, one: _Sample, two: _Sample) -> dict[str, Any]:
    if dimension.is_share:
        size = need("statsmodels.stats.proportion", "stats").proportion_effectsize
        return {
            "effect": float(size(one.values.mean() / 100, two.values.mean() / 100)),
            "effect_size": "Cohen's h",
        }
    size = need("statsmodels.stats.meta_analysis", "stats").effectsize_smd
    described = [x for s in (one, two) for x in (s.values.mean(), s.values.std(ddof=1), len(s.values))]
    return {"effect": float(size(*described)[0]), "effect_size": "Hedges' g"}


def _by_pairs(one: _Sample, two: _Sample, resamples: int, why: _Why) -> dict[str, float]:
    """The interval of the difference when whole pairs are drawn."""
    from scipy import stats

    for sample in (one, two):
        if (pairs := len(set(sample.pairs))) < 2:
            why.no("interval by pairs", f"{sample.hub} has {pairs} pair, it needs two")
            return {}
    (sums_1, n_1), (sums_2, n_2) = one.sums, two.sums

    def difference(first: NDArray[np.int_], second: NDArray[np.int_], axis: int) -> Floats:
        mean_1 = sums_1[first].sum(axis=axis) / n_1[first].sum(axis=axis)
        mean_2 = sums_2[second].sum(axis=axis) / n_2[second].sum(axis=axis)
        return np.asarray(mean_1 - mean_2)

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", stats.DegenerateDataWarning
        )  # no pair differs: an interval of a point
        found = stats.bootstrap(
            (np.arange(len(n_1)), np.arange(len(n_2))),
            difference,
            n_resamples=resamples,
            vectorized=True,
            method="percentile",
            rng=np.random.default_rng(SEED),
        )
    low, high = found.confidence_interval
    return {"boot_low": float(low), "boot_high": float(high)}


def _correct(rows: Sequence[dict[str, Any]], name: str) -> None:
    """Add Holm's adjustment of the p-values of that name, over the rows that have one."""
    tested = [row for row in rows if row.get(name) is not None]
    if tested:
        multitest = need("statsmodels.stats.multitest", "stats")
        adjusted = multitest.multipletests([row[name] for row in tested], method="holm")[1]
        for row, value in zip(tested, adjusted, strict=True):
            row[f"{name}_holm"] = float(value)
