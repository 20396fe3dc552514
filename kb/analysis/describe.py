"""Descriptions of a network: where its partners are, how it leans on few, what flows back, what is words.

Every function takes the rows of `kb.analysis.frames.partner_years` and gives counts in two readings, certain
and possible, as that module explains them. A share of nothing is None, and `why` says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd

from kb import dates, ties
from kb.analysis.frames import GROUPS, KINDS, TIE_CLASSES, TYPES, book_of, of_kind
from kb.errors import InputError, NotFound, did_you_mean

NOT_STATED = "not stated"


def _table(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


def _readings(rows: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """(rows with a tie for certain, all rows with one)."""
    may = rows["class"] != ties.NO_TIE
    return rows[may & (rows["class_certain"] != ties.NO_TIE)], rows[may]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


# --- where ------------------------------------------------------------------------------------------------

COUNTRY_COLUMNS = ("hub", "country", "certain", "possible", "partners")


def partners_by_country(partners: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """One row a hub and country: how many partners it had there, over all the years of `partners`.

    A partner of several countries counts in each, one of none under `not stated`: the counts of a hub can add
    up to more than its partners. certain: partners with a tie for certain in some year; possible: all;
    `partners` = ids of the latter. Most partners first.
    """
    countries = dict(zip(actors["id"], actors["country"], strict=True))
    rows = []
    for hub, own in partners.groupby("hub", sort=False):
        sure, may = (_by_country(r["partner"].unique(), countries) for r in _readings(own))
        for country in sorted(may, key=lambda c: (c == NOT_STATED, -len(may[c]), c)):
            rows.append([hub, country, len(sure.get(country, ())), len(may[country]), may[country]])
    return _table(rows, COUNTRY_COLUMNS)


def _by_country(partners: Collection[str], countries: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for partner in sorted(partners):
        for country in countries.get(partner) or (NOT_STATED,):
            found.setdefault(country, []).append(partner)
    return found


# --- how concentrated -------------------------------------------------------------------------------------

CONCENTRATION_COLUMNS = ("hub", "over", "reading", "units", "kinds", "herfindahl", "evenly", "why")


def concentration(partners: pd.DataFrame, actors: pd.DataFrame) -> pd.DataFrame:
    """The Herfindahl index of each hub: how far its ties lean on few partners, or few countries.

    Two rows a hub and reading (certain, possible). over = partners: the shares of the partners in the hub's
    pair-years (`units`; a tie of ten years weighs ten times one of a year). over = countries: the shares of
    the countries in its partners (`units`), those without a country left out. kinds = number of partners or
    countries; herfindahl = sum of squared shares, from `evenly` (1 / kinds, all alike) to 1 (a single one).
    Hirschman (1964) for the index. None where there is nothing to share, and `why` says so.
    """
    countries = dict(zip(actors["id"], actors["country"], strict=True))
    rows = []
    for hub, own in partners.groupby("hub", sort=False):
        for reading, held in zip(("certain", "possible"), _readings(own), strict=True):
            rows.append([hub, "partners", reading, *_herfindahl(held["partner"], "no tie in this reading")])
            places = pd.Series(
                [c for partner in held["partner"].unique() for c in countries.get(partner) or ()],
                dtype=object,
            )
            silent = "no tie in this reading" if held.empty else "no partner has a country"
            rows.append([hub, "countries", reading, *_herfindahl(places, silent)])
    return _table(rows, CONCENTRATION_COLUMNS)


def _herfindahl(units: pd.Series[Any], silent: str) -> list[Any]:
    if units.empty:
        return [0, 0, None, None, silent]
    shares = units.value_counts(normalize=True)
    return [len(units), len(shares), float((shares**2).sum()), 1 / len(shares), None]


# --- what flows back --------------------------------------------------------------------------------------

RECIPROCITY_COLUMNS = (
    *("hub", "support_type", "reading", "given_only", "received_only", "both", "reciprocity", "why"),
)


def reciprocity(partners: pd.DataFrame) -> pd.DataFrame:
    """One row a hub, type of support and reading: pair-years in which it went one way, and both ways.

    given_only: from the hub, received_only: to it, both: either way in the same year. reciprocity = both
    divided by all three, the share of supported pair-years in which something came back. `any type` joins the
    five and `unspecified`. In the certain reading a direction counts only when it is given for certain; that
    one way is not stated does not mean that nothing passed, so the shares are lower bounds of their reading.
    """
    rows = []
    for hub, own in partners.groupby("hub", sort=False):
        for name, types in [*((t, (t,)) for t in TYPES), ("any type", TYPES)]:
            for reading in ("certain", "possible"):
                gave, got = (passed(own, types, way, reading) for way in ("given", "received"))
                both = int((gave & got).sum())
                counts = [int((gave & ~got).sum()), int((got & ~gave).sum()), both]
                why = None if sum(counts) else "no such support in this reading"
                rows.append([hub, name, reading, *counts, _share(both, sum(counts)), why])
    return _table(rows, RECIPROCITY_COLUMNS)


def passed(rows: pd.DataFrame, types: Sequence[str], way: str, reading: str) -> pd.Series[bool]:
    """Of each row, whether support of one of the types went this way (given, received) in this reading."""
    words = {ties.GIVEN} if reading == "certain" else {ties.GIVEN, ties.POSSIBLY + ties.GIVEN}
    return rows[[f"{support_type}_{way}" for support_type in types]].isin(words).any(axis=1)


# --- words only -------------------------------------------------------------------------------------------

WORDS_COLUMNS = ("hub", "reading", "pair_years", *TIE_CLASSES, "words_only", "of_stated", "why")


def words_only(partners: pd.DataFrame) -> pd.DataFrame:
    """One row a hub and reading: its pair-years by class, and the share of them that are words only.

    words_only = rhetorical / all pair-years with a tie; of_stated = rhetorical / those of which something is
    stated (material, rhetorical, searched). Where the sources are silent a tie is neither: the truth of
    words_only lies between it and words_only with every `not stated` added. Reading certain: over
    `class_certain`; possible: over `class` (model, section 5).
    """
    rows = []
    for hub, own in partners.groupby("hub", sort=False):
        for reading, column in (("certain", "class_certain"), ("possible", "class")):
            counts = own[column].value_counts()
            by_class = [int(counts.get(name, 0)) for name in TIE_CLASSES]
            total, words = sum(by_class), int(counts.get(ties.RHETORICAL, 0))
            stated = total - int(counts.get(ties.NOT_STATED, 0))
            why = "no tie in this reading" if not total else None if stated else "no tie has a stated content"
            rows.append([hub, reading, total, *by_class, _share(words, total), _share(words, stated), why])
    return _table(rows, WORDS_COLUMNS)


# --- before and after a break -----------------------------------------------------------------------------

BREAK_COLUMNS = (
    *("hub", "partner", "hub_name", "partner_name", "before", "before_certain", "after", "after_certain"),
    "change",
)


def before_and_after(
    claims: pd.DataFrame,
    actors: pd.DataFrame,
    breaks: pd.DataFrame,
    schism: str,
    since: date,
    until: date,
    kinds: Collection[str] = GROUPS,
) -> pd.DataFrame:
    """The partners of both sides of a break before and after it: one row a side and partner with a tie.

    `schism` = a row of `breaks`, which `kb.analysis.frames.schisms` gives. before: the class of the pair in
    the window that opens on `since` and closes with the break; after: in the one from the break to `until`.
    The day of the break is as uncertain as its readings (model, section 4), so a tie of just that time can
    possibly be in both. `…_certain`: over what holds for certain. change: gained, lost, kept, and `kept,
    material before` or `kept, material after` when only one of the two is; over what possibly holds.
    The sides are no partners of each other here; partners are of these `kinds`.

    Raises NotFound for a break that is not there, InputError when its day is unknown or outside the window.
    """
    opens_lo, opens_hi, sides = _break(breaks, schism)
    if not since < opens_lo <= opens_hi < until:
        raise InputError(
            f"The break '{schism}' lies between {opens_lo} and {opens_hi}, not inside {since} to {until}.",
            "Widen the years.",
        )
    windows = (dates.Window(since, since, opens_lo, opens_hi), dates.Window(opens_lo, opens_hi, until, until))
    book = book_of(claims, actors)
    about = actors.set_index("id")
    wanted = set(actors.loc[actors["kind"].isin(list(kinds)), "id"]) - set(sides)
    rows = []
    for hub in sides:
        for partner in sorted({end for pair in book.pairs if hub in pair for end in pair} & wanted):
            found = [ties.classify(book, window, hub, partner) for window in windows]
            if any(c.class_ != ties.NO_TIE for c in found):
                classes = [word for c in found for word in (c.class_, c.class_certain)]
                names = [about.loc[end, "name"] for end in (hub, partner)]
                rows.append([hub, partner, *names, *classes, _change(found[0].class_, found[1].class_)])
    return _table(rows, BREAK_COLUMNS)


BREAK_COUNT_COLUMNS = (
    *("hub", "hub_name", "when", "class", "certain", "possible", "partners_certain", "partners_possible"),
)


def counts_before_and_after(found: pd.DataFrame) -> pd.DataFrame:
    """One row a side, `when` (before, after) and class: how many partners, and their ids.

    `found` as `before_and_after` gives it. certain: of this class in both readings; possible: in one of the
    two, as in `kb.analysis.frames.hub_years`. `any tie` counts all partners with a tie.
    """
    rows = []
    for (hub, name), own in found.groupby(["hub", "hub_name"], sort=False):
        for when in ("before", "after"):
            for kind in KINDS:
                sure, may = _partners_of(own, when, kind)
                rows.append([hub, name, when, kind, len(sure), len(may), sure, may])
    return _table(rows, BREAK_COUNT_COLUMNS)


def _partners_of(found: pd.DataFrame, when: str, kind: str) -> tuple[list[str], list[str]]:
    columns = {when: "class", f"{when}_certain": "class_certain"}
    return of_kind(found[["partner", *columns]].rename(columns=columns), kind)


def _break(breaks: pd.DataFrame, schism: str) -> tuple[date, date, tuple[str, str]]:
    rows = {row["schism"]: row for row in breaks.to_dict("records")}
    rows |= {claim: row for row in rows.values() for claim in row["claims"] if claim not in rows}
    if schism not in rows:
        near = did_you_mean(schism, rows)
        known = ", ".join(sorted({row["schism"] for row in rows.values()})) or "none"
        raise NotFound(f"No schism '{schism}' in this graph.", near or f"There are: {known}.")
    row = rows[schism]
    if row["opens_lo"] is None or row["opens_hi"] is None:
        raise InputError(f"The day of the break '{schism}' is not known.", "Before and after need one.")
    return row["opens_lo"], row["opens_hi"], (row["child"], row["parent"])


def _change(before: str, after: str) -> str:
    if before == ties.NO_TIE:
        return "gained"
    if after == ties.NO_TIE:
        return "lost"
    if (before == ties.MATERIAL) == (after == ties.MATERIAL):
        return "kept"
    return "kept, material before" if before == ties.MATERIAL else "kept, material after"
