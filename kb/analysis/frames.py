"""Frames: what the claims come to by pair and year, by hub and year, by actor and year, by month.

Pure functions from frames to frames, under the rules of the model (section 5) as `kb.ties` works them out.
All of them begin with two frames, which `kb.analysis.read` fetches from the graph and `claim_frame` and
`actor_frame` make of plain rows:

claims
    One row a pledge, support, tie, schism or search, rejected ones among them; columns `CLAIM_COLUMNS`.
    `kind` is the kind of claim; of a search `from` is the subject, `to` the object, the date its window.
    Lists are lists, days `datetime.date`, what is not known None.
actors
    One row an actor; columns `ACTOR_COLUMNS`. `part` says that it is itself a part of another (a faction, a
    cell, or the part of a `faction_of` row), as `kb.ties.binds` asks.
events
    One row an event, for the analyses that count happenings; columns `EVENT_COLUMNS`. Empty unless asked for.

Years are calendar years. What is *certain* and what is *possible* stand side by side in every frame: certain
is what every reading of the sources bears out, possible what at least one allows; what is certain is possible
too. A value that is not known is None and never 0, and where a column `why` is there it says why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from kb import dates, ties
from kb.errors import InputError, NotFound, did_you_mean
from kb.model import KIND_LABELS

Rows = Iterable[Mapping[str, Any]]

BOUNDS = ("start_lo", "start_hi", "end_lo", "end_hi")
_DATE = ("end_open", "date_uncertain", "date_approximate", "date_mode")
CLAIM_COLUMNS = (
    *("id", "kind", "from", "to", *BOUNDS, *_DATE, *ties.PLAIN),
    *("relation_type", "confidence", "quantity", "unit", "works", "cited", "origins"),
)
"""`works` = ids of the works that support it, `cited` = [work, locator] of each passage that does,
`origins` = names of the independent origins among them (model, section 2)."""
EVENT_COLUMNS = (
    *("id", "event_type", "title", *BOUNDS, *_DATE, "status", "confidence", "occurrence"),
    *("participants", "works", "origins"),
)
"""`participants` = [actor, role] of each; the others as of claims."""
ACTOR_COLUMNS = ("id", "name", "kind", "country", "ideology", "part")

GROUPS = tuple(kind for kind, label in KIND_LABELS.items() if label == "Group")
"""The kinds of actor that count as partners unless others are asked for: named groups and their parts."""
NO_PERSONS = tuple(kind for kind in KIND_LABELS if kind != "person")
TYPES = ties.TYPES
TIE_CLASSES = tuple(name for name in ties.CLASSES if name != ties.NO_TIE)
ANY_TIE = "any tie"
KINDS = (*TIE_CLASSES, ANY_TIE)
"""What `hub_years` counts: partners by the class of the tie, and all of them."""


# --- the two frames that all begins with -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frames:
    """The claims, the actors and the events of a graph or book, as described above."""

    claims: pd.DataFrame
    actors: pd.DataFrame
    events: pd.DataFrame = field(default_factory=lambda: event_frame([]))


def claim_frame(rows: Rows) -> pd.DataFrame:
    """The claims frame of rows with some of its columns; the others are None."""
    return _frame(([row.get(column) for column in CLAIM_COLUMNS] for row in rows), CLAIM_COLUMNS)


def actor_frame(rows: Rows) -> pd.DataFrame:
    """The actors frame of rows with some of its columns; the others are None."""
    return _frame(([row.get(column) for column in ACTOR_COLUMNS] for row in rows), ACTOR_COLUMNS)


def event_frame(rows: Rows) -> pd.DataFrame:
    """The events frame of rows with some of its columns; the others are None."""
    return _frame(([row.get(column) for column in EVENT_COLUMNS] for row in rows), EVENT_COLUMNS)


def _frame(rows: Iterable[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A frame in which None stays None and a whole number whole."""
    return pd.DataFrame(list(rows), columns=list(columns), dtype=object)


def as_claims(claims: pd.DataFrame) -> list[ties.Claim]:
    """The rows of the claims frame in the form in which `kb.ties` takes them."""
    return [_as_claim(row) for row in claims.to_dict("records")]


def _as_claim(row: Mapping[Any, Any]) -> ties.Claim:
    return ties.Claim(
        id=row["id"],
        kind=row["kind"],
        from_=row["from"],
        to=row["to"],
        bounds=dates.stored(row),
        **{name: row[name] for name in ties.PLAIN if row[name] is not None},
    )


def book_of(claims: pd.DataFrame, actors: pd.DataFrame) -> ties.Ledger:
    """The claims sorted by pair, with the force spells of their pledges."""
    return ties.ledger(as_claims(claims), frozenset(actors.loc[actors["part"] == True, "id"]))  # noqa: E712


# --- years -------------------------------------------------------------------------------------------------


def year_window(first: int, last: int | None = None) -> dates.Window:
    """The window of a calendar year, or of several: it opens and closes on known days."""
    opens, closes = date(first, 1, 1), date(first if last is None else last, 12, 31)
    return dates.Window(opens, opens, closes, closes)


def known_years(claims: pd.DataFrame) -> tuple[int, int]:
    """First and last year that any claim names. Raises InputError when none is dated."""
    days = [day for name in BOUNDS for day in claims[name] if day is not None]
    if not days:
        raise InputError("No claim here has a date.", "Load a book with dated claims: `kb load`, `kb demo`.")
    return min(days).year, max(days).year


def year_range(claims: pd.DataFrame, first: int | None = None, last: int | None = None) -> tuple[int, int]:
    """The years asked for, by default all that the claims name.

    Raises InputError when the claims name none of them, or the first comes after the last.
    """
    known_first, known_last = known_years(claims)
    asked = (known_first if first is None else first, known_last if last is None else last)
    if first is not None and last is not None and first > last:
        raise InputError(f"The years {first} to {last} run backwards.", "Put the earlier year first.")
    if asked[0] > known_last or asked[1] < known_first:
        raise InputError(
            f"No claim is dated in {_span(first, last)}.",
            f"The claims run from {known_first} to {known_last}.",
        )
    return asked


def _span(first: int | None, last: int | None) -> str:
    if first is not None and last is not None:
        return f"{first}" if first == last else f"{first} to {last}"
    return f"{first} or later" if first is not None else f"{last} or earlier"


# --- pairs and years ---------------------------------------------------------------------------------------

DYAD_COLUMNS = (
    *("a", "b", "a_name", "b_name", "year", "class", "class_certain", "certainty", "class_ab", "class_ba"),
    *(f"{support_type}_{way}" for way in ("ab", "ba") for support_type in TYPES),
    *("certain_share", "claims", "flags", "origins"),
)


def dyad_years(
    claims: pd.DataFrame,
    actors: pd.DataFrame,
    first: int | None = None,
    last: int | None = None,
    kinds: Collection[str] = NO_PERSONS,
) -> pd.DataFrame:
    """One row a pair and calendar year in which a cooperative tie or support possibly holds.

    `a` and `b` are ids, the smaller first, of actors of these `kinds`: by default all but persons, as in
    the headline query.
    `class` is the class of the pair in that year over what possibly holds, `class_certain` over what holds
    for certain, `certainty` = certain when they agree; `class_ab` the class of what a gives b, `class_ba` of
    what b gives a (`kb.ties.classify`; model, section 5).
    `<type>_ab`, `<type>_ba` for the five types and `unspecified`: given, absent or searched, with `possibly `
    in front where that is not certain, None when nobody says (`kb.ties.by_type`).
    `claims` = ids of the claims and searches that decide `class`; `certain_share` = the share of them (0 to
    1) that hold for certain in the year; `origins` = number of independent origins behind them; `flags` as
    in `kb.ties.classify`.

    Rows are sorted by pair and year. A tie without a known start or end runs to the first or last year of
    the range (by default the years that the claims name). Raises InputError as `year_range` does.
    """
    years = year_range(claims, first, last)
    book = book_of(claims, actors)
    names, wanted = _names(actors), set(actors.loc[actors["kind"].isin(list(kinds)), "id"])
    origins = {row["id"]: frozenset(row["origins"] or ()) for row in claims.to_dict("records")}
    rows = []
    for a, b in sorted(book.pairs):
        if {a, b} <= wanted:
            rows += [
                [a, b, names.get(a, a), names.get(b, b), *row]
                for year, part in by_year(book, (a, b), *years)
                if (row := _dyad_year(part, year, a, b, origins))
            ]
    return _frame(rows, DYAD_COLUMNS)


def _names(actors: pd.DataFrame) -> dict[str, str]:
    return dict(zip(actors["id"], actors["name"], strict=True))


def _dyad_year(
    book: ties.Ledger, year: int, a: str, b: str, origins: Mapping[str, frozenset[str]]
) -> list[Any] | None:
    """The cells of a pair in a year, None where there is no tie."""
    window = year_window(year)
    found = ties.classify(book, window, a, b)
    if found.class_ == ties.NO_TIE:
        return None
    ahead, back = ties.by_type(book, window, a, b), ties.by_type(book, window, b, a)
    behind = frozenset[str]().union(*(origins.get(claim, frozenset()) for claim in found.claims))
    return [
        *(year, found.class_, found.class_certain, found.certainty, found.class_from_hub, found.class_to_hub),
        *(known.get(support_type) for known in (ahead, back) for support_type in TYPES),
        len(found.certain_claims) / len(found.claims) if found.claims else None,
        *(list(found.claims), sorted(found.flags), len(behind)),
    ]


def by_year(book: ties.Ledger, pair: ties.Pair, first: int, last: int) -> Iterator[tuple[int, ties.Ledger]]:
    """For each year in which something of the pair may hold: the ledger of what bears on that year.

    Left out is what was given or in force in other years only. Acts and breaks decide what is in force, and
    absence can adjoin the time that it has to cover, so those are kept.
    """
    always = [c for c in book.pairs[pair] if not _is_present(c) or not c.bounds.dated]
    own: dict[int, list[ties.Claim]] = defaultdict(list)
    for claim in book.pairs[pair]:
        lo, hi = dates.span(book.forces[claim.id].spell if claim.id in book.forces else claim.bounds)
        if claim.kind != "schism" and claim.bounds.dated:
            for year in range(max(lo.year if lo else first, first), min(hi.year if hi else last, last) + 1):
                own[year].append(claim)
    for year in sorted(own):
        yield year, replace(book, pairs={pair: [*always, *filter(_is_present, own[year])]})


def _is_present(claim: ties.Claim) -> bool:
    return claim.kind in ("support", "tie") and claim.presence == "present"


# --- partners of hubs --------------------------------------------------------------------------------------

PARTNER_COLUMNS = (
    *("hub", "partner", "hub_name", "partner_name", "year", "class", "class_certain", "certainty"),
    *("class_given", "class_received"),
    *(f"{support_type}_{way}" for way in ("given", "received") for support_type in TYPES),
    *("certain_share", "claims", "flags", "origins"),
)


def partner_years(
    dyads: pd.DataFrame, actors: pd.DataFrame, hubs: Sequence[str], kinds: Collection[str] = GROUPS
) -> pd.DataFrame:
    """The rows of `dyad_years` seen from these hubs: one row a hub, partner and year.

    As `dyad_years`, with what the hub gave (`<type>_given`) and got (`<type>_received`). Only actors of
    these `kinds` are partners: by default named groups and their parts, no states and no unnamed collectives
    such as "many affiliates", which would count a crowd as one. A pair of two hubs is in it twice.

    Raises NotFound for a hub that is no actor, InputError for one without a row.
    """
    wanted = set(actors.loc[actors["kind"].isin(list(kinds)), "id"])
    pieces = []
    for hub in hubs:
        _require_actor(actors, hub)
        for near, far, renamed in (("a", "b", _AHEAD), ("b", "a", _BACK)):
            rows = dyads[(dyads[near] == hub) & dyads[far].isin(wanted)]
            pieces.append(rows.rename(columns=renamed)[list(PARTNER_COLUMNS)])
        if not len(pieces[-1]) + len(pieces[-2]):
            raise InputError(f"'{hub}' has no cooperative tie to a partner in these years.", _hint(dyads))
    joined = pd.concat(pieces) if pieces else _frame([], PARTNER_COLUMNS)
    order = {hub: at for at, hub in enumerate(hubs)}
    return joined.sort_values(
        ["hub", "partner", "year"], key=lambda s: s.map(order) if s.name == "hub" else s
    ).reset_index(drop=True)


def turned(near: str, far: str) -> dict[str, str]:
    """The columns of a pair as the columns of a hub and its partner."""
    ahead, back = f"{near}{far}", f"{far}{near}"
    ends = {near: "hub", far: "partner", f"{near}_name": "hub_name", f"{far}_name": "partner_name"}
    types = {f"{t}_{ahead}": f"{t}_given" for t in TYPES} | {f"{t}_{back}": f"{t}_received" for t in TYPES}
    return {**ends, f"class_{ahead}": "class_given", f"class_{back}": "class_received", **types}


_AHEAD, _BACK = turned("a", "b"), turned("b", "a")


def _require_actor(actors: pd.DataFrame, ident: str) -> None:
    if ident not in set(actors["id"]):
        near = did_you_mean(ident, actors["id"])
        raise NotFound(
            f"No actor '{ident}' in this graph.",
            near or "Give the id of one that is: `kb evidence --actor NAME` finds it.",
        )


def _hint(dyads: pd.DataFrame) -> str:
    if dyads.empty:
        return "No pair has one; widen the years, or load a book."
    counts = pd.concat([dyads["a"], dyads["b"]]).value_counts()
    return f"The most have: {', '.join(sorted(counts.index, key=lambda i: (-counts[i], i))[:3])}."


HUB_COLUMNS = (
    *("hub", "hub_name", "year", "kind", "certain", "possible"),
    *("partners_certain", "partners_possible", "schism"),
)


def hub_years(
    partners: pd.DataFrame, first: int, last: int, breaks: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The yearly network of each hub by type: one row a hub, year and kind (`KINDS`), years without too.

    `partners` as `partner_years` gives it. `certain` and `possible` count partners, the lower and the upper
    end of a band: certain = the tie is of this kind over what possibly holds and over what holds for
    certain; possible = it is so over one of the two. `any tie` counts every partner with a tie. The columns
    `partners_…` hold their ids. `schism` = certain or possible in a year in which the hub broke with
    somebody, by `schisms(claims)`, else None.

    The figure follows Blair and Potter (The Strategic Logic of Large Militant Alliance Networks, figure 1),
    who count a cooperating pair in which none of the five types is coded as rhetorical; here a pair of which
    the sources are silent is `not stated` (model, section 5).
    """
    names = partners.drop_duplicates("hub").set_index("hub")["hub_name"]
    rows = []
    for hub, name in names.items():
        own = partners[partners["hub"] == hub]
        for year in range(first, last + 1):
            in_year = own[own["year"] == year]
            schism = None if breaks is None else _broke(breaks, str(hub), year)
            for kind in KINDS:
                sure, may = of_kind(in_year, kind)
                rows.append([hub, name, year, kind, len(sure), len(may), sure, may, schism])
    return _frame(rows, HUB_COLUMNS)


def of_kind(partners: pd.DataFrame, kind: str) -> tuple[list[str], list[str]]:
    """(ids for certain, ids possibly) of the partners whose tie is of the kind."""
    if kind == ANY_TIE:
        may, surely = partners["class"] != ties.NO_TIE, partners["class_certain"] != ties.NO_TIE
        return sorted(partners.loc[surely & may, "partner"]), sorted(partners.loc[may | surely, "partner"])
    may, surely = partners["class"] == kind, partners["class_certain"] == kind
    return sorted(partners.loc[may & surely, "partner"]), sorted(partners.loc[may | surely, "partner"])


SCHISM_COLUMNS = ("schism", "child", "parent", "opens_lo", "opens_hi", "claims")


def schisms(claims: pd.DataFrame) -> pd.DataFrame:
    """One row a break: who left whom, and the first and last day on which it can have happened.

    Readings of one occurrence are one break (`schism` = its id, else that of the claim); `opens_lo` and
    `opens_hi` are the hull of the readings that are not coarser than another (model, section 4), None when
    nothing is known. Rejected readings do not count.
    """
    told: dict[str, list[ties.Claim]] = defaultdict(list)
    for claim in as_claims(claims[(claims["kind"] == "schism") & (claims["status"] != "rejected")]):
        told[claim.occurrence or claim.id].append(claim)
    rows = [
        [name, c[0].from_, c[0].to, *dates.hull(r.bounds for r in c), sorted(r.id for r in c)]
        for name, c in sorted(told.items())
    ]
    return _frame(rows, SCHISM_COLUMNS)


def _broke(breaks: pd.DataFrame, hub: str, year: int) -> str | None:
    own = breaks[(breaks["child"] == hub) | (breaks["parent"] == hub)]
    dated = [row for row in own.to_dict("records") if row["opens_lo"] or row["opens_hi"]]
    held = [
        dates.holds(
            dates.Bounds(r["opens_lo"], r["opens_hi"], r["opens_lo"], r["opens_hi"]), year_window(year)
        )
        for r in dated
    ]
    return "certain" if "certain" in held else "possible" if "possible" in held else None
