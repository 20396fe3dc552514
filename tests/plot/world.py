"""A made-up network, small enough to be counted by hand, and each figure of it.

In 2014 `made-up-a` pledges itself to the hub and gets operational support for certain; whether `made-up-b`
got weapons of the hub in 2014 or in 2015 is not known. The hub broke with the other hub in 2014, to which
`made-up-c` pledges itself in 2015; it is coded that `made-up-c` gave that hub no training then.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from kb.analysis import flows, frames
from kb.analysis.dimensions import DIMENSION_COLUMNS
from kb.analysis.pledges import PLEDGE_COLUMNS
from kb.plot import timeline
from tests.analysis.rows import HUB, OTHER, actors, claims, pledge, schism, support

CLAIMS = claims(
    pledge("made-up-a", HUB, "2014-05-01"),
    support(HUB, "made-up-a", "2014-06-10", "operational", presence="present", stage="given"),
    support(HUB, "made-up-b", "[2014..2015]", "material", presence="present", stage="given"),
    pledge("made-up-c", OTHER, "2015-03-01"),
    support("made-up-c", OTHER, "2015", "training", presence="absent", stage="given"),
    schism(HUB, OTHER, "2014-02-01"),
)
DYADS = frames.dyad_years(CLAIMS, actors(), 2014, 2015)
PARTNERS = frames.partner_years(DYADS, actors(), [HUB, OTHER])
HUB_YEARS = frames.hub_years(PARTNERS, 2014, 2015, frames.schisms(CLAIMS))
FLOW_COUNTS = flows.flow_counts(flows.flow_years(DYADS, CLAIMS))
MONTHS = pd.DataFrame(
    [
        ["2014-12", 3, 2, 2, 1, ["made-up-3"]],
        ["2015-01", 0, 0, 0, 0, []],
        ["2015-02", 1, 1, 1, 0, []],
        [None, 2, 2, 1, 1, []],
    ],
    columns=list(PLEDGE_COLUMNS),
    dtype=object,
)
HAPPENINGS = pd.DataFrame(
    [
        ["a was founded", "event", None, date(2001, 5, 1), None, date(2001, 5, 1)],
        ["a and b were allied", "tie", date(2001, 1, 1), date(2001, 12, 31), date(2003, 1, 1), None],
        ["a pledged itself to b", "pledge", *[date(2002, 3, 1)] * 4],
        ["nobody knows when", "schism", None, None, None, None],
    ],
    columns=list(timeline.PLOTTED),
    dtype=object,
)


def dimensions(*rows: dict[str, object]) -> pd.DataFrame:
    """The frame of `kb.analysis.dimensions.dimensions` with these cells, None elsewhere."""
    sides = {"hub_1": HUB, "hub_2": OTHER, "n_1": 0, "n_2": 0, "predicted": "more", "unit": "percent"}
    cells = [[{**sides, **row}.get(column) for column in DIMENSION_COLUMNS] for row in rows]
    return pd.DataFrame(cells, columns=list(DIMENSION_COLUMNS), dtype=object)


COMPARED = dimensions(
    {"dimension": "operational", "n_1": 8, "mean_1": 75.0, "n_2": 4, "mean_2": 25.0, "difference": 50.0,
     "ci_low": -10.0, "ci_high": 110.0, "boot_low": 20.0, "boot_high": 80.0},
    {"dimension": "training", "predicted": "less", "n_1": 3, "mean_1": 0.0},
    {"dimension": "relative attacks", "unit": "attacks a year", "n_1": 2, "mean_1": 7.0, "n_2": 2,
     "mean_2": 10.0, "difference": -3.0},
)  # fmt: skip
