"""How far two coders agree: percent agreement, Cohen's kappa and Krippendorff's alpha, with intervals.

Every column is measured on the nominal scale: two values are the same or they are not. A cell that one
coder left empty and the other filled is a disagreement, because "not coded" is a decision; a cell that
both left empty says nothing and is not counted.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kb.extras import need

RESAMPLES = 999
SEED = 20141110
MEASURES = ("agreement", "kappa", "alpha")

Codes = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Measure:
    """An estimate with its 95 % percentile interval; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


def reliability(units: pd.DataFrame, resamples: int = RESAMPLES) -> pd.DataFrame:
    """Agreement for each table and column.

    `units` has one row for each cell that both coders could fill: table, record, column, first, second
    (text, "" = not coded). Gives one row for each table and column: n (cells), values (distinct values
    used), then for each of agreement (a share, 0 to 1), kappa and alpha the estimate and the bounds
    `_low`, `_high` of its 95 % bootstrap interval. kappa and alpha are missing where both coders used a
    single value throughout: chance agreement is then complete and nothing is left to measure.

    Cohen (1960) for kappa; Krippendorff (2019, ch. 12) for alpha with two coders and nominal data, which
    is Fleiss' kappa corrected for small samples; cells are resampled with replacement (Efron 1979).
    """
    filled = units[(units["first"] != "") | (units["second"] != "")]
    return pd.DataFrame(list(_rows(filled, resamples)), columns=_COLUMNS)


_COLUMNS = [
    "table",
    "column",
    "n",
    "values",
    *(f"{m}{end}" for m in MEASURES for end in ("", "_low", "_high")),
]


def _rows(filled: pd.DataFrame, resamples: int) -> Iterator[list[object]]:
    for (table, column), cells in filled.groupby(["table", "column"], sort=False):
        first, second, values = _coded(cells)
        measures = measure(first, second, resamples)
        bounds = [bound for m in measures for bound in (m.value, m.low, m.high)]
        yield [table, column, len(first), values, *bounds]


def _coded(cells: pd.DataFrame) -> tuple[Codes, Codes, int]:
    """Both coders' values as numbers 0 … k-1, and k."""
    codes, values = pd.factorize(pd.concat([cells["first"], cells["second"]]), sort=True)
    return codes[: len(cells)], codes[len(cells) :], len(values)


def measure(first: Codes, second: Codes, resamples: int = RESAMPLES) -> list[Measure]:
    """Agreement, kappa and alpha of two coders' values (numbers 0 … k-1, one for each unit)."""
    estimates = _estimates(first, second)
    if estimates[0] == 1 or len(first) < 2:
        low = high = estimates  # every resample agrees too
    else:
        low, high = _interval(first, second, resamples)
    return [Measure(*map(_number, bounds)) for bounds in zip(estimates, low, high, strict=True)]


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _interval(first: Codes, second: Codes, resamples: int) -> NDArray[np.float64]:
    from scipy.stats import DegenerateDataWarning, bootstrap

    def statistic(units: Codes) -> NDArray[np.float64]:
        return _estimates(first[units], second[units])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            (np.arange(len(first)),),
            statistic,
            n_resamples=resamples,
            vectorized=False,
            method="percentile",
            rng=np.random.default_rng(SEED),
        )
    # a resample in which one value is left has no kappa: it is left out, not taken as agreement
    return np.asarray(np.nanquantile(found.bootstrap_distribution, [0.025, 0.975], axis=-1))


def _estimates(first: Codes, second: Codes) -> NDArray[np.float64]:
    n = len(first)
    agreement = float(np.mean(first == second))
    used, places = np.unique(np.concatenate([first, second]), return_inverse=True)
    if len(used) == 1:
        return np.array([agreement, np.nan, np.nan])
    a, b = places[:n], places[n:]
    crossed = np.zeros((len(used), len(used)))
    np.add.at(crossed, (a, b), 1)
    votes = np.zeros((n, len(used)))
    np.add.at(votes, (np.arange(n), a), 1)
    np.add.at(votes, (np.arange(n), b), 1)
    rater = need("statsmodels.stats.inter_rater", "stats")
    alpha = 1 - (1 - rater.fleiss_kappa(votes)) * (2 * n - 1) / (2 * n)
    return np.array([agreement, rater.cohens_kappa(crossed, return_results=False), alpha])
