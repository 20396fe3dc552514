"""What becomes of a number when what can be doubted is set aside, or its window moves.

The settings are those of `kb query --robust` (`kb.loading.robust`; a test compares the two), with two more:
the window half a year earlier and later, and each source left out in turn. Claims that are set aside count
as rejected, and with them all that follows from them: a tie whose end is disputed lasts when the dispute is
set aside.

A number *holds* under a setting when it can still be computed and counts as the same; whoever asks says when
it does, such as a count when it is the same count, and a difference when it has the same sign.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date
from operator import eq
from typing import Any

import pandas as pd

from kb.analysis.frames import BOUNDS, Frames
from kb.errors import KbError

Number = float | int
Measure = Callable[[Frames], Number | None]
Same = Callable[[Number, Number], bool]

MONTHS = 6
WINDOWS = {"window_earlier": MONTHS, "window_later": -MONTHS}
"""Moving the window back is moving every date forward."""
SOURCES = "each_source"


def _disputed(row: Mapping[Any, Any]) -> bool:
    return bool(row["status"] == "disputed")


def _low(row: Mapping[Any, Any]) -> bool:
    return bool(row["confidence"] == "low")


def _loosely_dated(row: Mapping[Any, Any]) -> bool:
    undated = all(row[name] is None for name in BOUNDS)
    return bool(row["date_uncertain"] or row["date_approximate"] or undated)


_BY_ROW = {"no_disputed": _disputed, "no_low": _low, "certain_dates": _loosely_dated}
SET_ASIDE = ("no_disputed", "two_origins", "no_low", "certain_dates")
"""The settings that set claims aside."""
SETTINGS = (*SET_ASIDE, *WINDOWS, SOURCES)


def set_aside(held: Frames, setting: str) -> set[str]:
    """The claims and events that a setting sets aside (one of `SET_ASIDE`).

    two_origins: the happening, over all its readings, rests on passages of one origin only. certain_dates:
    without a date, or with one that the source gives as uncertain or approximate.
    """
    rows = _claims(held)
    if setting == "two_origins":
        return _of_one_origin(rows)
    return {row["id"] for row in rows if _BY_ROW[setting](row)}


def _claims(held: Frames) -> list[Mapping[Any, Any]]:
    dyadic = held.claims[held.claims["kind"] != "search"]
    return [row for frame in (dyadic, held.events) for row in frame.to_dict("records")]


def _of_one_origin(rows: Collection[Mapping[Any, Any]]) -> set[str]:
    behind: dict[str, set[str]] = defaultdict(set)
    standing = [row for row in rows if row["status"] != "rejected"]
    for row in standing:
        behind[row["occurrence"] or row["id"]] |= set(row["origins"] or ())
    return {row["id"] for row in standing if len(behind[row["occurrence"] or row["id"]]) < 2}


def without(held: Frames, ids: Collection[str]) -> Frames:
    """The frames in which these claims, searches and events count as rejected."""

    def reject(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(status=frame["status"].where(~frame["id"].isin(ids), "rejected"))

    return replace(held, claims=reject(held.claims), events=reject(held.events)) if ids else held


def only_from(held: Frames) -> dict[str, set[str]]:
    """Work -> the claims, searches and events that were found in this work alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for frame in (held.claims, held.events):
        for ident, works in zip(frame["id"], frame["works"], strict=True):
            if works and len(works) == 1:
                found[works[0]].add(ident)
    return dict(sorted(found.items()))


def moved(held: Frames, months: int) -> Frames:
    """The frames with every date so many months later; ends of months stay ends of months."""

    def move(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{n: frame[n].map(lambda day: _moved(day, months)) for n in BOUNDS})

    return replace(held, claims=move(held.claims), events=move(held.events))


def _moved(day: date | None, months: int) -> date | None:
    if day is None:
        return None
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return day
    last = monthrange(year, month + 1)[1]
    is_end = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if is_end else min(day.day, last))


def of_whole_years(held: Frames) -> bool:
    """Whether all dates are those of whole years, of which a window of half a year would cut each in two."""
    dated = held.claims[held.claims["start_lo"].notna() & held.claims["end_hi"].notna()]
    first = all((day.month, day.day) == (1, 1) for day in dated["start_lo"])
    return first and all((day.month, day.day) == (12, 31) for day in dated["end_hi"])


# --- one number under all settings -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Variant:
    """The frames under a setting; `left_out` is the source when each is left out in turn."""

    setting: str
    frames: Frames
    left_out: str = ""

    @property
    def name(self) -> str:
        """The setting, or which source is left out."""
        return f"without {self.left_out}" if self.left_out else self.setting


@dataclass(frozen=True, slots=True)
class Robustness:
    """A number, and for each variant what comes out and whether the number holds."""

    value: Number
    under: tuple[tuple[Variant, Number | None, bool], ...]

    @property
    def settings(self) -> dict[str, bool]:
        """Setting -> whether the number holds; all sources together are one setting."""
        return _by_setting((variant, holds) for variant, _, holds in self.under)

    @property
    def line(self) -> str:
        """`holds under 5 of 7`."""
        return f"holds under {sum(self.settings.values())} of {len(self.settings)}"

    @property
    def breaks(self) -> list[str]:
        """The settings under which it does not hold, each with what comes out instead."""
        return [f"{v.name}: {_shown(value)}" for v, value, holds in self.under if not holds]


def _by_setting(under: Iterable[tuple[Variant, bool]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for variant, holds in under:
        found[variant.setting] = found.get(variant.setting, True) and holds
    return found


def _shown(value: Number | None) -> str:
    return "nothing to compute" if value is None else f"{value:g}"


def variants(held: Frames, *, windowed: bool = True) -> list[Variant]:
    """The frames under every setting; a source is a work in which claims were found.

    `windowed` = False leaves out the settings that move the window.
    """
    windows = WINDOWS if windowed else {}
    return [
        *(Variant(setting, without(held, set_aside(held, setting))) for setting in SET_ASIDE),
        *(Variant(setting, moved(held, months)) for setting, months in windows.items()),
        *(Variant(SOURCES, without(held, ids), work) for work, ids in only_from(held).items()),
    ]


def robust(
    held: Frames, under: Sequence[Variant], measure: Measure, same: Same = eq, *, windowed: bool = False
) -> Robustness | None:
    """The number that `measure` gives, under every variant; None where there is none to begin with.

    `under` as `variants(held)` gives them, made once for many numbers. `measure` takes frames and gives None,
    or raises a KbError, for what cannot be computed; `same` says whether two numbers count as the same (by
    default when they are equal); `windowed` is whether the number is one of a window, so that moving it is a
    question.
    """
    value = _of(measure, held)
    if value is None:
        return None
    found = [(v, _of(measure, v.frames)) for v in under if windowed or v.setting not in WINDOWS]
    return Robustness(value, tuple((v, then, then is not None and same(value, then)) for v, then in found))


def _of(measure: Measure, held: Frames) -> Number | None:
    try:
        return measure(held)
    except KbError:
        return None


# --- every row of a table under all settings ---------------------------------------------------------------

Row = Mapping[str, Any]
SameRow = Callable[[Row, Row], bool]
Progress = Callable[[int, int], None]


def same_cells(row: Row, then: Row) -> bool:
    """Whether all numbers and words are the same; lists, such as the claims, and reasons may be others."""
    return all(_plain(value) == _plain(then[name]) for name, value in row.items() if _tells(name, value))


def _tells(name: str, value: Any) -> bool:
    return name != "why" and not isinstance(value, list)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return None if pd.isna(value) else float(f"{value:.6g}")
    return None if value is pd.NA or value is pd.NaT else value


def same_band(row: Row, then: Row) -> bool:
    """Whether as many are certain, and as many possible."""
    return all(_plain(row[name]) == _plain(then[name]) for name in ("certain", "possible"))


def same_direction(row: Row, then: Row) -> bool:
    """Whether there is a difference and it has its sign still."""
    one, other = _plain(row["difference"]), _plain(then["difference"])
    if one is None or other is None:
        return False
    return (one > 0, one < 0) == (other > 0, other < 0)


def robust_rows(
    held: Frames,
    run: Callable[[Frames], pd.DataFrame],
    key: Sequence[str],
    same: SameRow = same_cells,
    *,
    windowed: bool = False,
    progress: Progress = lambda *_: None,
) -> pd.DataFrame:
    """The table that `run` makes of the frames, and under how many settings each of its rows holds.

    Adds the columns `holds` (`5/7`) and `broken_by` (the settings under which the row is another one, or not
    there at all); both are empty for a row that has nothing to hold. `key` names the columns by which a row
    is found again, `same` says whether it holds, and `windowed` is whether moving the window is a question;
    `progress` is told how many of all settings are done. Raises what `run` raises for the frames as they are.
    """
    table = run(held)
    under = variants(held, windowed=windowed and not of_whole_years(held))
    rows = _by_key(table, key)
    then: list[tuple[Variant, dict[tuple[Any, ...], Row]]] = []
    for number, variant in enumerate(under):
        progress(number, len(under))
        then.append((variant, rows if variant.frames is held else _rows_of(run, variant.frames, key)))
    found = [
        [(v, ident in other and same(row, other[ident])) for v, other in then] if same(row, row) else []
        for ident, row in rows.items()
    ]
    return table.assign(
        holds=pd.Series([_of_all(_by_setting(each)) for each in found], table.index, object),
        broken_by=pd.Series([[v.name for v, h in each if not h] for each in found], table.index, object),
    )


def _of_all(settings: Mapping[str, bool]) -> str | None:
    return f"{sum(settings.values())}/{len(settings)}" if settings else None


def _rows_of(
    run: Callable[[Frames], pd.DataFrame], held: Frames, key: Sequence[str]
) -> dict[tuple[Any, ...], Row]:
    try:
        return _by_key(run(held), key)
    except KbError:  # nothing to count is left
        return {}


def _by_key(table: pd.DataFrame, key: Sequence[str]) -> dict[tuple[Any, ...], Row]:
    return {tuple(row[name] for name in key): row for row in table.to_dict("records")}  # type: ignore[misc]
