"""What a statement gives back: named columns, plain rows, and what there is to say about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order of the statement; every row has one plain Python value for each column.

    `notices` are one-line remarks of the database; `cut` says that there were more rows than the limit;
    `notes` tell what to know of an answer of the library: a value that was taken for another, such as a
    judged duplicate, and that a limit may have left rows out.
    """

    columns: list[str]
    rows: list[list[Any]]
    notices: list[str]
    cut: bool = False
    notes: tuple[str, ...] = ()

    def records(self) -> list[dict[str, Any]]:
        """One dict for each row, keys in column order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def frame(self) -> pd.DataFrame:
        """The same as a DataFrame: whole numbers and flags keep their kind beside missing values."""
        import pandas as pd

        # dtype=object first: otherwise a count beside a missing value becomes 3.0
        frame = pd.DataFrame(self.rows, columns=self.columns, dtype=object)
        return frame.convert_dtypes(convert_string=False, convert_floating=False)
