"""What has been published: the table of findings as a frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

FINDING_COLUMNS = (
    *("id", "kind", "statement", "measure", "group", "compared_with", "value", "value_lo", "value_hi"),
    *("unit", "direction", "significance", "status", "source", "locator", "note"),
)


def finding_frame(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """One row a finding, columns as in the table of that name; `group` and `compared_with` are lists."""
    values = [[row.get(column) for column in FINDING_COLUMNS] for row in rows]
    return pd.DataFrame(values, columns=list(FINDING_COLUMNS), dtype=object)
