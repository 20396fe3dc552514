"""Support and fights between named groups by year: who gave what to whom, who fought, who gives to most.

`flow_years` and `hostile_years` make one row a pair and year; the other functions count those rows in two
readings, certain and possible, as `kb.analysis.frames` explains them. They count what sources tell: no row
means that no claim tells of it, not that nothing happened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pandas as pd

from kb import ties
from kb.analysis.describe import passed
from kb.analysis.frames import GROUPS, TYPES, book_of, by_year, turned, year_window
from kb.model import FIVE_TYPES, HOSTILE_TIES

_PASSED = (ties.GIVEN, ties.POSSIBLY + ties.GIVEN)
_GIVEN = tuple(f"{support_type}_given" for support_type in TYPES)
FLOW_COLUMNS = (
    *("provider", "recipient", "provider_name", "recipient_name", "year", *_GIVEN),
    *("types", "basis", "claims"),
)
ONE_OF_FIVE, ANY_TYPE = "one of the five", "any type"
ONLY_STATED, ONLY_INFERRED = "unspecified, stated", "unspecified, inferred"
FLOW_KINDS = (*FIVE_TYPES, ONE_OF_FIVE, ONLY_STATED, ONLY_INFERRED, ANY_TYPE)
"""What is counted: each type, then every flow once by what is known of its type, then all flows."""


def flow_years(dyads: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """One row a provider, recipient and year in which support possibly passed, be it only `unspecified`.

    `dyads` as `kb.analysis.frames.dyad_years` makes it of the `claims`, for the kinds of actor that are
    wanted at both ends. Support that is mutual, or of which nobody says who gave, is a row each way.
    `<type>_given`: given, `possibly given`, or None. `types` lists them, `possibly` in front of what is not
    certain; `unspecified` = some of the five, kind not known. `claims` = ids of the support claims behind
    the row; `basis` = inferred when none of them is stated by its source, else stated. Rows are sorted by
    provider, recipient and year.
    """
    told = {row["id"]: row for row in claims[claims["kind"] == "support"].to_dict("records")}
    rows = [
        row
        for near, far in (("a", "b"), ("b", "a"))
        for pair in dyads.rename(columns=turned(near, far)).to_dict("records")
        if (row := _flow(pair, told))
    ]
    found = pd.DataFrame(rows, columns=list(FLOW_COLUMNS), dtype=object)
    return found.sort_values(["provider", "recipient", "year"], ignore_index=True)


def _flow(pair: Mapping[Any, Any], told: Mapping[str, Mapping[Any, Any]]) -> list[Any] | None:
    provider, recipient = pair["hub"], pair["partner"]
    said = {t: pair[f"{t}_given"] for t in TYPES}
    types = [str(word).replace(ties.GIVEN, t) for t, word in said.items() if word in _PASSED]
    if not types:
        return None
    own = [told[ident] for ident in pair["claims"] if ident in told]
    own = [claim for claim in own if claim["from"] == provider or claim["direction"] not in (None, "one_way")]
    basis = "inferred" if all(claim["basis"] == "inferred" for claim in own) else "stated"
    given = [word if word in _PASSED else None for word in said.values()]
    names = pair["hub_name"], pair["partner_name"]
    return [provider, recipient, *names, pair["year"], *given, types, basis, [claim["id"] for claim in own]]


# --- how many, of which type ------------------------------------------------------------------------------

FLOW_TYPE_COLUMNS = ("support_type", "certain", "possible", "pairs_certain", "pairs_possible")


def flow_types(flows: pd.DataFrame) -> pd.DataFrame:
    """One row a type of support and state of knowledge (`FLOW_KINDS`): how many flows are of it.

    `flows` as `flow_years` gives it. certain, possible: rows (a directed pair and year); pairs_certain,
    pairs_possible: distinct directed pairs among them. `one of the five`: the type is known of at least one
    thing that passed. `unspecified, …`: something passed and none of the five types is known: because the
    source does not say which (stated), or because no claim of it is more than a conclusion (inferred). These
    two and `one of the five` add up to `any type` wherever certain and possible are the same. A flow of
    several types is in the row of each, so the types add up to more.
    """
    rows = []
    for kind, (sure, may) in _by_kind(flows):
        rows.append([kind, len(sure), len(may), _pairs(sure), _pairs(may)])
    return pd.DataFrame(rows, columns=list(FLOW_TYPE_COLUMNS), dtype=object)


FLOW_COUNT_COLUMNS = ("year", "support_type", "certain", "possible")


def flow_counts(flows: pd.DataFrame) -> pd.DataFrame:
    """The counts of `flow_types` year by year: one row a year and kind, directed pairs certain and possible.

    From the first to the last year with a flow: outside of them no source that is loaded speaks of support.
    """
    years = range(flows["year"].min(), flows["year"].max() + 1) if len(flows) else ()
    counts = [(kind, Counter(sure["year"]), Counter(may["year"])) for kind, (sure, may) in _by_kind(flows)]
    rows = [[year, kind, sure[year], may[year]] for year in years for kind, sure, may in counts]
    return pd.DataFrame(rows, columns=list(FLOW_COUNT_COLUMNS), dtype=object)


def _by_kind(flows: pd.DataFrame) -> Iterator[tuple[str, tuple[pd.DataFrame, pd.DataFrame]]]:
    """(kind, (flows of it for certain, flows possibly of it)) of each of `FLOW_KINDS`."""
    types = {**{t: (t,) for t in TYPES}, ONE_OF_FIVE: FIVE_TYPES, ANY_TYPE: TYPES}
    sure, may = (
        {kind: passed(flows, own, "given", reading) for kind, own in types.items()}
        for reading in ("certain", "possible")
    )
    for kind, basis in ((ONLY_STATED, "stated"), (ONLY_INFERRED, "inferred")):
        like = flows["basis"] == basis
        sure[kind] = sure["unspecified"] & ~may[ONE_OF_FIVE] & like
        may[kind] = may["unspecified"] & ~sure[ONE_OF_FIVE] & like
    for kind in FLOW_KINDS:
        yield kind, (flows[sure[kind]], flows[may[kind]])


def _pairs(flows: pd.DataFrame) -> int:
    return len(flows[["provider", "recipient"]].drop_duplicates())


# --- fights -----------------------------------------------------------------------------------------------

HOSTILE_COLUMNS = ("a", "b", "a_name", "b_name", "year", "certainty", "class", "class_certain", "claims")


def hostile_years(
    claims: pd.DataFrame,
    actors: pd.DataFrame,
    dyads: pd.DataFrame,
    first: int,
    last: int,
    kinds: Collection[str] = GROUPS,
) -> pd.DataFrame:
    """One row a pair and year in which a rivalry or a clash of the two possibly holds.

    `a` and `b` are ids, the smaller first, both of these `kinds`; `certainty` = certain when one of the
    `claims` holds for certain in the year, else possible. `class`, `class_certain`: what the pair is worth
    as allies in the same year, from `dyads` (`kb.analysis.frames.dyad_years` of the same claims and years),
    None where nobody tells of a tie.
    """
    of_kind = actors[actors["kind"].isin(list(kinds))]
    wanted = dict(zip(of_kind["id"], of_kind["name"], strict=True))
    book = book_of(claims, actors)
    allied = {(r["a"], r["b"], r["year"]): (r["class"], r["class_certain"]) for r in dyads.to_dict("records")}
    rows = []
    for a, b in sorted(book.pairs):
        if a in wanted and b in wanted:
            for year, part in by_year(book, (a, b), first, last):
                if held := _hostile(part, year, (a, b)):
                    certainty = "certain" if "certain" in held.values() else "possible"
                    classes = allied.get((a, b, year), (None, None))
                    rows.append([a, b, wanted[a], wanted[b], year, certainty, *classes, sorted(held)])
    return pd.DataFrame(rows, columns=list(HOSTILE_COLUMNS), dtype=object)


def _hostile(book: ties.Ledger, year: int, pair: ties.Pair) -> dict[str, str]:
    """Id to certainty of the rivalries and clashes of a pair that possibly hold in the year."""
    fights = (
        claim
        for claim in book.pairs[pair]
        if claim.kind == "tie" and claim.presence == "present" and claim.tie_type in HOSTILE_TIES
    )
    held = {claim.id: ties.verdict(book, claim, year_window(year)) for claim in fights}
    return {ident: how for ident, how in held.items() if how != "no"}


HOSTILE_COUNT_COLUMNS = ("year", "certain", "possible", "also_material", "why")


def hostile_counts(hostile: pd.DataFrame, dyads: pd.DataFrame) -> pd.DataFrame:
    """One row a year: pairs that fought, for certain and possibly, and those that possibly gave support too.

    Both frames as `hostile_years` takes and gives them; from the first to the last year with a fight.
    also_material is None in a year of which `dyads` tell nothing, and `why` says so.
    """
    years = range(hostile["year"].min(), hostile["year"].max() + 1) if len(hostile) else ()
    covered = set(dyads["year"])
    rows = []
    for year in years:
        own = hostile[hostile["year"] == year]
        sure, material = own["certainty"] == "certain", own["class"] == ties.MATERIAL
        allied = [int(material.sum()), None] if year in covered else [None, "no support or tie is told of"]
        rows.append([year, int(sure.sum()), len(own), *allied])
    return pd.DataFrame(rows, columns=list(HOSTILE_COUNT_COLUMNS), dtype=object)


# --- hubs -------------------------------------------------------------------------------------------------

PROVIDER_COLUMNS = (
    *("provider", "name", "out_certain", "out_possible", "in_certain", "in_possible"),
    *("foes_certain", "foes_possible", "recipients"),
)


def providers(flows: pd.DataFrame, hostile: pd.DataFrame, least: int = 1) -> pd.DataFrame:
    """The hubs: one row a provider that possibly gave to at least `least` actors, by out-degree.

    out: distinct actors that it gave support to in any of the years; in: that gave to it; foes: that it
    fought or was a rival of; each for certain and possibly. `recipients` = ids of those it possibly gave to.
    The most recipients come first. Degree as in Freeman (1978), over directed flows.
    """
    sure = flows[passed(flows, TYPES, "given", "certain")]
    both = [hostile, hostile.rename(columns={"a": "b", "b": "a"})]
    foes = pd.concat(both)[["a", "b", "certainty"]]
    degrees = [
        _degrees(rows, near, far)
        for near, far, pairs in (
            ("provider", "recipient", (sure, flows)),
            ("recipient", "provider", (sure, flows)),
            ("a", "b", (foes[foes["certainty"] == "certain"], foes)),
        )
        for rows in pairs
    ]
    names = dict(zip(flows["provider"], flows["provider_name"], strict=True))
    given = flows.groupby("provider")["recipient"].unique()
    rows = [
        [actor, names[actor], *(degree.get(actor, 0) for degree in degrees), sorted(to)]
        for actor, to in given.items()
        if len(to) >= least
    ]
    rows.sort(key=lambda row: (-row[3], -row[2], row[1], row[0]))
    return pd.DataFrame(rows, columns=list(PROVIDER_COLUMNS), dtype=object)


def _degrees(rows: pd.DataFrame, near: str, far: str) -> dict[Any, int]:
    return dict(rows.groupby(near)[far].nunique())
