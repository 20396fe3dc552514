"""The numbers of the three texts of the casebook, counted again from claims and events.

Each function takes a `Basis` and one row of the findings and gives `Ours`, the value with the reason in
words for what it is and why it may differ from the published one, or raises `NotHere` with the reason why
these data do not give it. `kb.analysis.replication` says which function belongs to which finding.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

import pandas as pd

from kb import ties
from kb.analysis import frames, pledges
from kb.analysis.basis import (
    AQ,
    IS,
    MOST,
    Basis,
    Count,
    Finding,
    NotHere,
    Ours,
    Row,
    counted,
    names,
    possibly_in,
    tidy,
)
from kb.errors import KbError
from kb.model import COOPERATIVE_TIES, FIVE_TYPES, OPENING_ACTS

RECRUITED = (2014, 2015)  # the years over which both texts count what the Islamic State recruited
TABLE = ("plapinger-potter", "Table 1")

# --- pledges: table 1 and figure 2 of text 001 -------------------------------------------------------------


def _months(basis: Basis, years: tuple[int, int] | None = None) -> pd.DataFrame:
    claims = basis.held.claims[basis.held.claims["kind"] == "pledge"]
    if years:
        claims = claims[[possibly_in(row, *years) for row in claims.to_dict("records")]]
    try:
        return pledges.pledge_months(claims, basis.hub(IS), *TABLE)
    except KbError as error:
        reason = f"no row of {TABLE[1]} of {TABLE[0]} is in these data"
        raise NotHere(f"{reason} for {years[0]} to {years[1]}" if years else reason) from error


def table_rows(basis: Basis, _: Finding) -> Ours:
    """The rows of table 1 as it is printed."""
    months = _months(basis)
    rows, events = int(months["rows"].sum()), int(months["events"].sum())
    again = [ident for ids in months["duplicates"] for ident in ids]
    twice = f"; printed twice: {', '.join(again)}" if again else ""
    return Ours(rows, f"the same rows: {rows} printed rows are {events} pledges{twice}")


def recruited(relation: str) -> Count:
    """The rows of table 1 with this relation (`affiliates` or `allies`) dated in `RECRUITED`."""

    def count(basis: Basis, _: Finding) -> Ours:
        months = _months(basis, RECRUITED)
        rows = int(months[relation].sum())
        again = sum(len(ids) for ids in months["duplicates"]) if relation == "affiliates" else 0
        twice = f", {again} of them a row printed twice" if again else ""
        return Ours(rows, f"the same rows: those of {TABLE[1]} marked so and dated 2014 or 2015{twice}")

    return count


def monthly_trend(basis: Basis, _: Finding) -> Ours:
    """Whether table 1 has more pledges in the first or in the second half of its months, and the peak."""
    months = _months(basis)
    months = months[months["month"].notna()]
    half = len(months) // 2
    if not half:
        raise NotHere(f"the rows of {TABLE[1]} of {TABLE[0]} are not of two months or more")
    early, late = int(months["rows"][:half].sum()), int(months["rows"][-half:].sum())
    peak = max(months.to_dict("records"), key=lambda row: int(row["rows"]))
    said = "falling" if late < early else "rising" if late > early else "level"
    return Ours(
        f"{said}, peak {peak['month']} ({peak['rows']} rows)",
        f"the same rows: {early} in the first {half} of {len(months)} months, {late} in the last {half}; the "
        "numbers of the figure are not in the text",
        late - early,
    )


def provinces(basis: Basis, _: Finding) -> Ours:
    """Named groups that are said to have become a province of the Islamic State."""
    found = _pledged(
        basis,
        basis.hub(IS),
        lambda row: "province" in (row["relation_type"] or ()) and possibly_in(row, *RECRUITED),
    )
    reason = "table 1 does not mark which rows became provinces, and the texts give the others as one number"
    if not found:
        raise NotHere(f"no group is named as a province: {reason}")
    return Ours(len(found), f"named as a province: {names(basis, found)}; {reason}")


def pledgers(basis: Basis, _: Finding) -> Ours:
    """Named groups that pledged to the Islamic State in `RECRUITED`, as ally or affiliate, in any work."""
    found = _pledged(
        basis, basis.hub(IS), lambda row: row["act"] in OPENING_ACTS and possibly_in(row, *RECRUITED)
    )
    if not found:
        raise NotHere("no named group pledged to the Islamic State in 2014 or 2015 in these data")
    reason = "other source: named groups, affiliates and allies, most of them from table 1 of text 001"
    return Ours(len(found), f"{reason}; the text says allies and gives no list")


def _pledged(basis: Basis, hub: str, wanted: Callable[[Row], bool]) -> set[str]:
    """Named groups with a pledge to the hub that is so."""
    return {
        row["from"]
        for row in basis.claims
        if row["kind"] == "pledge" and row["to"] == hub and wanted(row)
        if basis.kind(row["from"]) in frames.GROUPS
    }


# --- numbers that a claim carries --------------------------------------------------------------------------


def quantity(giver: str, unit: str) -> Count:
    """The quantity of support to the Islamic State that carries one, from this actor, in this unit."""

    def count(basis: Basis, _: Finding) -> Ours:
        hub = basis.hub(IS)
        found = [
            row
            for row in basis.claims
            if row["kind"] == "support" and (row["from"], row["to"]) == (giver, hub)
            if row["quantity"] is not None and unit in (row["unit"] or "").replace(" ", "")
        ]
        if not found:
            raise NotHere(f"no support from {giver} to {hub} carries a number in {unit}")
        values = sorted({row["quantity"] for row in found})
        told = ", ".join(sorted(row["id"] for row in found))
        others = f"; the highest of {', '.join(f'{v:g}' for v in values)}" if len(values) > 1 else ""
        return Ours(tidy(values[-1]), f"the same figure, quoted and not counted: it stands in {told}{others}")

    return count


def lost_commanders(basis: Basis, _: Finding) -> Ours:
    """Named persons with a post in al-Qaeda whose death is told."""
    hub = basis.hub(AQ)
    members = {
        row["from"]
        for row in basis.claims
        if row["kind"] == "tie" and row["tie_type"] == "membership" and row["to"] == hub
        if basis.kind(row["from"]) == "person"
    }
    dead = {
        actor
        for row in basis.events
        if row["event_type"] == "death"
        for actor, role in row["participants"]
        if role in ("victim", "subject") and actor in members
    }
    if not dead:
        raise NotHere("no death of a named person with a post in al-Qaeda is told")
    reason = f"told by name: {names(basis, dead)}; the dozens are an unnamed collective in the texts"
    return Ours(len(dead), reason)


def types_coded(basis: Basis, _: Finding) -> Ours:
    """The kinds of support that were looked for between the hubs and their partners."""
    hubs = set(basis.hubs.values())
    searches = [row for row in basis.claims if row["kind"] == "search" and {row["from"], row["to"]} & hubs]
    kinds = {kind for row in searches for kind in row["looked_for"] or ()}
    types = sorted(set(FIVE_TYPES) if "any" in kinds else kinds & set(FIVE_TYPES))
    if not types:
        raise NotHere("no search for support between a hub and its partners is recorded")
    return Ours(len(types), f"what the searches recorded here looked for: {', '.join(types)}")


def mgar_year(which: int) -> Count:
    """The first (0) or last (1) year of MGAR."""

    def count(basis: Basis, _: Finding) -> Ours:
        claims = _mgar_claims(basis)
        if claims[list(frames.BOUNDS)].isna().all(axis=None):
            raise NotHere("no claim of MGAR has a date here")
        return Ours(frames.known_years(claims)[which], "the same data: the years of the imported file")

    return count


def mgar_groups(basis: Basis, _: Finding) -> Ours:
    """The groups that MGAR has a row of."""
    claims = _mgar_claims(basis)
    return Ours(
        len({*claims["from"], *claims["to"]}),
        "the same data: groups with a relation or support in the imported file; its list can name more",
    )


def _mgar_claims(basis: Basis) -> pd.DataFrame:
    if basis.mgar_claims.empty:
        raise NotHere("MGAR is not public, and no book of it is loaded here: see `kb import mgar`")
    return basis.mgar_claims


# --- partners, dated or not --------------------------------------------------------------------------------


def _partners_ever(basis: Basis, hub: str) -> set[str]:
    """Named groups with a cooperative tie, an opening pledge or support given, dated or not."""
    found = set()
    for row in basis.claims:
        if hub in (row["from"], row["to"]) and _cooperates(row):
            found.add(row["to"] if row["from"] == hub else row["from"])
    return {ident for ident in found if basis.kind(ident) in frames.GROUPS and ident != hub}


def _cooperates(row: Row) -> bool:
    if row["kind"] == "tie":
        return bool(row["presence"] == "present" and row["tie_type"] in COOPERATIVE_TIES)
    if row["kind"] == "pledge":
        return row["act"] in OPENING_ACTS
    given = (row["presence"], row["stage"]) == ("present", "given")
    return bool(row["kind"] == "support" and given and row["support_type"] in ties.TYPES)


# Text 000 takes Salafist and Sunni Islamist for one: it says both of what its figure 2 shows.
_JIHADIST = ("salaf", "jihad", "sunni", "islamis")
_LEFTIST = ("left", "marx", "mao", "commun", "socialis")


def _of_ideology(basis: Basis, ids: Collection[str], roots: Sequence[str]) -> set[str]:
    """Those of which a label of ideology holds one of these roots."""
    return {
        ident
        for ident in ids
        if any(root in label.casefold() for label in basis.about[ident]["ideology"] or () for root in roots)
    }


def leftist_partners(basis: Basis, _: Finding) -> Ours:
    """Partners of al-Qaeda whose ideology is printed as leftist."""
    found = _of_ideology(basis, _partners_ever(basis, basis.hub(AQ)), _LEFTIST)
    if not found:
        raise NotHere("of no partner of al-Qaeda is a leftist ideology told")
    return Ours(f"{len(found)} ({names(basis, found)})", "the same groups, by their ideology", len(found))


def other_ideology(basis: Basis, _: Finding) -> Ours:
    """The least share of al-Qaeda's partners that are not of `_JIHADIST`, in percent.

    It is of all partners: where no ideology is told, there may be more of them.
    """
    partners = _partners_ever(basis, basis.hub(AQ))
    stated = {ident for ident in partners if basis.about[ident]["ideology"]}
    found = stated - _of_ideology(basis, stated, _JIHADIST)
    if not stated:
        raise NotHere("of no partner of al-Qaeda is the ideology told")
    reason = f"other source: {len(found)} of {len(partners)} named partners ({names(basis, found)})"
    unknown = len(partners) - len(stated)
    silent = f"; of {unknown} no ideology is told; text 000 counts alliances of MGAR"
    share = tidy(100 * len(found) / len(partners))
    return Ours(f"at least {share}" if unknown else share, reason + silent, share)


def salafist_allies(basis: Basis, _: Finding) -> Ours:
    """The share of `_JIHADIST` among the Islamic State's partners whose ideology is told, in percent."""
    partners = _partners_ever(basis, basis.hub(IS))
    stated = {ident for ident in partners if basis.about[ident]["ideology"]}
    found = _of_ideology(basis, stated, _JIHADIST)
    told = f"an ideology is told of {len(stated)} of its {len(partners)} named partners"
    if len(stated) <= MOST * len(partners):
        raise NotHere(f"{told}; text 000 takes it from the data behind its figure 2")
    return Ours(tidy(100 * len(found) / len(stated)), f"other source: {told}")


# --- the Red Army Faction, states --------------------------------------------------------------------------


def joint_events(event_type: str, role: str, *sides: str) -> Count:
    """Events of a type in which all of these take part in the role."""

    def count(basis: Basis, _: Finding) -> Ours:
        found = [
            row
            for row in basis.events
            if row["event_type"] == event_type
            if {actor for actor, part in row["participants"] if part == role} >= set(sides)
        ]
        if not found:
            raise NotHere(f"no {event_type} of {' and '.join(sides)} together is told")
        return counted(found)

    return count


def operations(attacker: str, first: int, last: int) -> Count:
    """Attacks and operations of a group that lie within these years for certain."""

    def count(basis: Basis, _: Finding) -> Ours:
        found = [
            row
            for row in basis.events
            if row["event_type"] in ("attack", "operation") and [attacker, "attacker"] in row["participants"]
            if None not in (row["start_lo"], row["end_hi"])
            if first <= row["start_lo"].year and row["end_hi"].year <= last
        ]
        if not found:
            raise NotHere(f"no attack or operation of {attacker} within {first} to {last} is told")
        return counted(found)

    return count


def joined(hub: str) -> Count:
    """Named groups that pledged to the group."""

    def count(basis: Basis, _: Finding) -> Ours:
        found = _pledged(basis, hub, lambda row: row["act"] in OPENING_ACTS)
        if not found:
            raise NotHere(f"no pledge to {hub} is told")
        return Ours(len(found), f"pledged, as it is told: {names(basis, found)}")

    return count


def support_given(giver: str, taker: str, *types: str) -> Count:
    """Times that support of these types was given."""

    def count(basis: Basis, _: Finding) -> Ours:
        found = [
            row
            for row in basis.claims
            if row["kind"] == "support" and (row["from"], row["to"]) == (giver, taker)
            if (row["presence"], row["stage"]) == ("present", "given") and row["support_type"] in types
        ]
        if not found:
            raise NotHere(f"no support of {giver} for {taker} is told")
        return counted(found)

    return count


def member_states(arrangement: str) -> Count:
    """States that are named as members."""

    def count(basis: Basis, _: Finding) -> Ours:
        found = set(_states(basis, arrangement))
        if not found:
            raise NotHere(f"no state is named as a member of {arrangement}")
        return Ours(
            len(found), f"the text names {names(basis, found)}; the other members stand in no passage"
        )

    return count


def _states(basis: Basis, arrangement: str) -> Iterator[str]:
    for row in basis.claims:
        is_member = (row["kind"], row["tie_type"], row["presence"]) == ("tie", "membership", "present")
        if is_member and row["to"] == arrangement and basis.kind(row["from"]) == "state":
            yield row["from"]
