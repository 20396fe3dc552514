"""How long ties last, from the pledge to the break.

Kaplan and Meier (1958), by lifelines. A tie without a break is censored: it lasted at least as long as it was
watched. Days that are not known are taken both ways, so that the true curve lies between two.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kb import ties
from kb.analysis.frames import GROUPS, book_of
from kb.dates import possibly_after
from kb.errors import InputError
from kb.extras import need

SPELL_COLUMNS = (
    *(
        "a",
        "b",
        "a_name",
        "b_name",
        "start_lo",
        "start_hi",
        "end_lo",
        "end_hi",
        "broke",
        "days_least",
        "days_most",
    ),
    *("claims", "why"),
)
_Ends = tuple[date | None, date | None, str]


def spells(
    claims: pd.DataFrame,
    actors: pd.DataFrame,
    until: date,
    hubs: Collection[str] | None = None,
    kinds: Collection[str] = GROUPS,
) -> pd.DataFrame:
    """One row a tie that a pledge put in force: when it began, whether and when it broke, how long it lasted.

    Opening acts of a pair that the same break ends, or none, are one tie, which begins with the first of them
    (force spells of model section 5). Both ends are actors of these `kinds`; with `hubs`, one is a hub.
    broke: certain when a settled break ended it by `until`, possible when some break may have, else no.
    days_least: from the last day on which it can have begun to the first on which it can have broken;
    days_most: from the first day to the last. A tie that never broke is watched until `until`: as in any
    study of survival, no record of a break is taken for no break. Ties that may have begun only after `until`
    are left out. A tie whose first day is not known has no length, and `why` says so.
    """
    book = book_of(claims, actors)
    wanted = set(actors.loc[actors["kind"].isin(list(kinds)), "id"])
    names = dict(zip(actors["id"], actors["name"], strict=True))
    rows = [
        [*pair, *(names[end] for end in pair), *row]
        for pair in sorted(book.pairs)
        if set(pair) <= wanted and (hubs is None or set(pair) & set(hubs))
        for row in _of_pair(book, pair, until)
    ]
    return pd.DataFrame(rows, columns=list(SPELL_COLUMNS), dtype=object)


def _of_pair(book: ties.Ledger, pair: ties.Pair, until: date) -> Iterator[list[Any]]:
    joined: dict[_Ends, list[ties.Claim]] = defaultdict(list)
    unknown = []
    for claim in book.pairs[pair]:
        force = book.forces.get(claim.id)
        if force and force.state == "in_force":
            if claim.bounds.start_lo and claim.bounds.start_hi:
                joined[_ends(book, claim, until)].append(claim)
            else:
                unknown.append(claim.id)
    for ends, held in joined.items():
        first = min(c.bounds.start_lo for c in held if c.bounds.start_lo)
        last = min(c.bounds.start_hi for c in held if c.bounds.start_hi)
        if last <= until:
            yield [
                first,
                last,
                *_shown(*ends),
                *_lasted(first, last, *ends[:2], until),
                _ids(held),
                None,
            ]
    if unknown and not joined:
        yield [*[None] * 7, sorted(unknown), "no length: its first day is not known"]


def _ids(claims: Sequence[ties.Claim]) -> list[str]:
    return sorted(claim.id for claim in claims)


def _lasted(
    first: date, last: date, end_lo: date | None, end_hi: date | None, until: date
) -> tuple[int, int]:
    """(days at least, days at most) of a tie that began between `first` and `last`."""
    return max((min(end_lo or last, until) - last).days, 0), ((end_hi or until) - first).days


def _shown(end_lo: date | None, end_hi: date | None, broke: str) -> tuple[date | None, date | None, str]:
    return (None, None, broke) if broke == "no" else (end_lo, end_hi, broke)


def _ends(book: ties.Ledger, opening: ties.Claim, until: date) -> _Ends:
    """(first day on which the tie can have broken, last day, whether it broke), seen on the day `until`."""
    spell = book.forces[opening.id].spell
    if spell.end_hi is not None and spell.end_hi <= until:
        return spell.end_lo, spell.end_hi, "certain"
    breaks = [
        claim.bounds.start_lo or opening.bounds.start_lo
        for claim in book.pairs[opening.pair]
        if ties.closes(claim, book.parts)
        and claim.bounds.dated
        and possibly_after(claim.bounds, opening.bounds)
        and not (claim.occurrence and claim.occurrence == opening.occurrence)
    ]
    first = min((day for day in breaks if day is not None), default=until)
    return (first, None, "possible") if breaks and first <= until else (until, None, "no")


SURVIVAL_COLUMNS = ("reading", "days", "at_risk", "breaks", "censored", "survival", "low", "high")


def survival(held: pd.DataFrame) -> pd.DataFrame:
    """The Kaplan-Meier curve of the ties that `spells` gives, in two readings.

    shortest: every tie as short as it can be, possible breaks counted; longest: as long as it can be, only
    certain breaks counted. One row for each length at which a tie broke, and the last: days; at_risk = ties
    that lasted so long; breaks on that day; censored = ties out of sight since the row before; survival =
    share still in force after it; low and high = its 95 % interval (exponential Greenwood). Ties without a
    length are left out. Raises InputError when none has one.
    """
    measured = held[held["days_least"].notna()]
    if measured.empty:
        raise InputError("No pledge with a known first day opened a tie.", "Ask for other hubs or years.")
    readings = (
        ("shortest", "days_least", measured["broke"] != "no"),
        ("longest", "days_most", measured["broke"] == "certain"),
    )
    rows = [row for name, days, broke in readings for row in _curve(name, measured[days], broke)]
    return pd.DataFrame(rows, columns=list(SURVIVAL_COLUMNS), dtype=object)


def _curve(reading: str, days: pd.Series[Any], broke: pd.Series[bool]) -> Iterator[Sequence[Any]]:
    fitter = need("lifelines", "stats").KaplanMeierFitter()
    fitter.fit(days.astype(float), broke.astype(bool))
    table = fitter.event_table.join([fitter.survival_function_, fitter.confidence_interval_])
    low, high = table.columns[-2:]
    censored = 0
    for day, row in table.iterrows():
        censored += int(row["censored"])
        if row["observed"] or day == table.index[-1]:
            counts = int(row["at_risk"]), int(row["observed"]), censored
            yield reading, int(day), *counts, *(_known(row[c]) for c in ("KM_estimate", low, high))
            censored = 0


def _known(value: float) -> float | None:
    return float(value) if value == value else None  # NaN is not equal to itself
