"""What a tie is worth: force spells, joined absences and the class of a pair (model, section 5).

Pure functions over `Claim`, a plain form of the records that knows nothing of tables or graphs::

    derive(claims, parts)                   -> {claim id: {property: value}}, what the loader stores
    classify(claims, window, hub, actor)    -> PairClass, the headline answer for one pair
    by_type(claims, window, giver, taker)   -> {type of support: what is known of it}

How the rule reads where its text leaves room. Three maxims: silence is never zero; nothing doubtful is
certain; whatever is certain is also possible.

Readings and rivals
    Readings are the claims of one kind that share an occurrence. A rival is a reading that is not rejected,
    is dated, and is not coarser than another reading *of the same content* (see `content`). A claim is sure
    when it is accepted, not alleged, dated without `?`, and so are the dates of its rivals, which all say the
    same. It then holds for certain where it and every rival hold for certain.
    A one-way and a mutual flow differ in content; so do absences of different types.
Order of two acts
    The dates decide. Where they cannot, `after` does (any id of the earlier happening, direct mention only).
    Without either an undated act decides nothing. A `?` never makes an order certain. Two acts of one day are
    in no order.
Force
    A happening is settled when an accepted reading of it, not coarser than another, is contradicted by no
    rival and no rival has `?`; its bounds are the hull of its readings. Only a settled closing happening ends
    a tie for certain (`end_hi`) or proves that the tie lasted until then (`end_lo`); any other can only bring
    `end_lo` forward, one without a known first day to the start of the opening act.
    The readings of the happening that opens a tie neither close nor answer it. An act with scope faction or
    individuals neither opens, closes nor answers anything, unless the side that acts is itself a part (of
    hub acts: either side).
    Answers are the accept, recognise, refuse and deny acts of the other side that are not certainly earlier.
    An act is refused when a settled refusal came before every acceptance for certain, or none was given.
    When a refusal may have come first all the same (disputed, of the same day, in no known order), the tie
    is in force possibly, never for certain.
Absence
    A spell of absence grows from one claim: over claims of its type or of `any` (`any` over `any` only) that
    speak of its direction, or of both if it speaks of both, without a day between. `other` and `unspecified`
    say nothing of the five types. What is joined must cover, for each of the five types, all the time in
    which *each* spell possibly in force runs in the window.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Literal, NamedTuple

from kb.dates import (
    UNDATED,
    Bounds,
    Verdict,
    Window,
    at_most,
    between,
    certainly_after,
    holds,
    hull,
    is_coarser,
    possibly_after,
)
from kb.model import CLOSING_ACTS, COOPERATIVE_TIES, FIVE_TYPES, OPENING_ACTS

Kind = Literal["pledge", "support", "tie", "schism", "search", "lineage", "event"]
ForceState = Literal["in_force", "refused"]
Pair = tuple[str, str]
Flow = tuple[str, str]

MATERIAL_TYPES = frozenset({*FIVE_TYPES, "unspecified"})
CLAIMING_ACTS = frozenset({"offer", "claim"})
HUB_ACTS = frozenset({"accept", "recognise", "refuse"})
ACCEPTANCES = frozenset({"accept", "recognise"})
REFUSALS = frozenset({"refuse", "deny"})
ANSWERS = ACCEPTANCES | REFUSALS


MATERIAL = "material"
RHETORICAL = "rhetorical"
SEARCHED = "searched, none found"
NOT_STATED = "not stated"
NO_TIE = "no cooperative tie recorded"
CLASSES = (MATERIAL, RHETORICAL, SEARCHED, NOT_STATED, NO_TIE)

TYPES = (*FIVE_TYPES, "unspecified")
"""The types of support that make a tie material, in the order of the model."""
GIVEN, ABSENT, SOUGHT_IN_VAIN = "given", "absent", "searched"
POSSIBLY = "possibly "

SURE = ("sure", "sure_start", "sure_end")
FORCE = ("force", "force_start_lo", "force_start_hi", "force_end_lo", "force_end_hi")
COVER = ("covers_from", "covers_to", "may_cover_from", "may_cover_to")
DERIVED: Mapping[str, tuple[str, ...]] = {"pledge": SURE + FORCE, "support": SURE + COVER, "tie": SURE}
"""The properties that `derive` gives to each kind of claim; None = the property is absent."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim or search, as far as the rules ask; the words are those of model section 3.

    For a search `from_` is the subject, `to` the object, `bounds` the window searched.
    """

    id: str
    kind: Kind
    from_: str
    to: str
    bounds: Bounds = UNDATED
    status: str = "accepted"
    basis: str = "stated"
    occurrence: str | None = None
    after: Sequence[str] = ()
    act: str = ""
    scope: str | None = None
    support_type: str = ""
    presence: str = "present"
    stage: str = "given"
    direction: str = "one_way"
    alleged: bool = False
    tie_type: str = ""
    looked_for: Sequence[str] = ()
    outcome: str = ""

    @property
    def pair(self) -> Pair:
        """The two actors in a fixed order."""
        return (self.from_, self.to) if self.from_ <= self.to else (self.to, self.from_)

    @property
    def flows(self) -> frozenset[Flow]:
        """Whom it goes from and to; mutual and undirected support counts for both directions."""
        ahead = (self.from_, self.to)
        return frozenset({ahead} if self.direction == "one_way" else {ahead, ahead[::-1]})


PLAIN = tuple(field.name for field in fields(Claim))[5:]
"""The fields that a record has under the same name: all behind id, kind, the two actors and the bounds."""


@dataclass(frozen=True, slots=True)
class Force:
    """What became of an opening act: its spell, and whether a refusal may have been its first answer."""

    state: ForceState
    spell: Bounds
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """The claims that are not rejected, sorted for look-up by pair and by happening; made by `ledger`."""

    parts: Collection[str]
    pairs: dict[Pair, list[Claim]] = field(default_factory=dict)
    readings: dict[tuple[str, str], list[Claim]] = field(default_factory=dict)
    rivals: dict[tuple[str, str], list[Claim]] = field(default_factory=dict)
    ids: dict[str, frozenset[str]] = field(default_factory=dict)
    forces: dict[str, Force] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PairClass:
    """The class of a pair in a window (model, section 5).

    `class_` and the directions are over what possibly holds, `..._certain` over what holds for certain;
    `certainty` = certain when `class_` and `class_certain` agree. `since` = as EDTF, the earliest start of a
    tie in force in the window, else of a deciding claim. `claims` = ids of the claims that decide `class_`,
    `certain_claims` = those of them that hold for certain.
    """

    hub: str
    actor: str
    class_: str
    class_certain: str
    class_from_hub: str
    class_from_hub_certain: str
    class_to_hub: str
    class_to_hub_certain: str
    since: str | None
    claims: tuple[str, ...]
    flags: frozenset[str]
    certain_claims: tuple[str, ...] = ()

    @property
    def certainty(self) -> str:
        return "certain" if self.class_ == self.class_certain else "possible"


# --- what a claim says -----------------------------------------------------------------------------------


def binds(claim: Claim, parts: Collection[str]) -> bool:
    """Whether a pledge act binds the actors it names: acts of a faction never bind the whole.

    `parts` = ids of actors that are parts themselves (kind faction or cell, or FROM of a `faction_of` row).
    """
    if claim.scope not in ("faction", "individuals"):
        return True
    return claim.from_ in parts or (claim.act in HUB_ACTS and claim.to in parts)


def opens(claim: Claim, parts: Collection[str]) -> bool:
    """Whether the claim is an act that puts a tie in force."""
    return claim.kind == "pledge" and claim.act in OPENING_ACTS and binds(claim, parts)


def closes(claim: Claim, parts: Collection[str]) -> bool:
    """Whether the claim ends a tie: a schism, or an act of either side that says no."""
    if claim.kind == "schism":
        return True
    return claim.kind == "pledge" and claim.act in CLOSING_ACTS and binds(claim, parts)


def content(claim: Claim, parts: Collection[str]) -> tuple[Any, ...]:
    """What a reading says, dates apart; two readings with equal content agree.

    Support: direction, presence, stage, and the type, where the five and unspecified count as one when
    present (never when absent: no training is not no money). Tie: pair, presence, cooperative or the type.
    Pledge: pair, and opening, closing or the act. Else the pair.
    """
    if claim.kind == "support":
        same = claim.presence == "present" and claim.support_type in MATERIAL_TYPES
        return claim.flows, claim.presence, claim.stage, MATERIAL if same else claim.support_type
    if claim.kind == "tie":
        cooperative = claim.tie_type in COOPERATIVE_TIES
        return claim.pair, claim.presence, "cooperative" if cooperative else claim.tie_type
    if claim.kind == "pledge":
        act = "opening" if opens(claim, parts) else "closing" if closes(claim, parts) else claim.act
        return claim.pair, act
    return (claim.pair,)


# --- look-up ---------------------------------------------------------------------------------------------


def ledger(claims: Iterable[Claim], parts: Collection[str] = frozenset()) -> Ledger:
    """Sort claims for `classify`, once for many pairs; `parts` as in `binds`."""
    book = Ledger(frozenset(parts))
    ids: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.occurrence:
            ids[claim.occurrence].add(claim.id)
        if claim.status == "rejected":
            continue
        book.pairs.setdefault(claim.pair, []).append(claim)
        if claim.occurrence:
            book.readings.setdefault((claim.kind, claim.occurrence), []).append(claim)
    book.ids.update((occurrence, frozenset(members)) for occurrence, members in ids.items())
    for key, readings in book.readings.items():
        book.rivals[key] = _without_coarser(readings, book.parts)
    for members in book.pairs.values():
        book.forces.update(_forces(book, members))
    return book


def _without_coarser(readings: Sequence[Claim], parts: Collection[str]) -> list[Claim]:
    """The dated readings, without those that only say less exactly what another one says."""
    same: dict[tuple[Any, ...], list[Claim]] = defaultdict(list)
    for reading in readings:
        if reading.bounds.dated:
            same[content(reading, parts)].append(reading)
    return [c for group in same.values() for c in _finest(group)]


def _finest(group: list[Claim]) -> list[Claim]:
    if len(group) == 1:
        return group
    spans = {(c.bounds.start_lo, c.bounds.end_hi): c.bounds for c in group}.values()
    return [c for c in group if not any(is_coarser(c.bounds, other) for other in spans)]


def _rivals(book: Ledger, claim: Claim) -> list[Claim]:
    """The other readings of the happening that are neither rejected, undated nor coarser."""
    if not claim.occurrence:
        return []
    return [c for c in book.rivals.get((claim.kind, claim.occurrence), ()) if c.id != claim.id]


# --- order and force -------------------------------------------------------------------------------------


class _Act(NamedTuple):
    """A happening as far as order goes: one act, or all closing readings of an occurrence."""

    bounds: Bounds
    key: tuple[str, str]
    ids: Collection[str]
    after: Collection[str]
    settled: bool = False


def _key(claim: Claim) -> tuple[str, str]:
    """What tells happenings apart: the occurrence, or the claim itself when it stands alone."""
    return ("occurrence", claim.occurrence) if claim.occurrence else ("claim", claim.id)


def _act(book: Ledger, claim: Claim) -> _Act:
    if not claim.occurrence:
        return _Act(claim.bounds, _key(claim), (claim.id,), claim.after)
    readings = book.readings[claim.kind, claim.occurrence]
    after = [earlier for reading in readings for earlier in reading.after]
    return _Act(claim.bounds, _key(claim), book.ids[claim.occurrence], after)


def _follows(later: _Act, earlier: _Act) -> Verdict:
    """Whether one act came after another: dates first, then `after`; undated acts follow nothing."""
    if certainly_after(later.bounds, earlier.bounds):
        return "certain"
    if certainly_after(earlier.bounds, later.bounds):
        return "no"
    said = any(i in earlier.ids for i in later.after)
    gainsaid = any(i in later.ids for i in earlier.after)
    if said != gainsaid:
        return "certain" if said else "no"
    dated = later.bounds.dated and earlier.bounds.dated
    return "possible" if dated and possibly_after(later.bounds, earlier.bounds) else "no"


def _forces(book: Ledger, claims: Sequence[Claim]) -> Iterator[tuple[str, Force]]:
    """(id, what became of it) for each opening act of one pair."""
    opening = [c for c in claims if opens(c, book.parts)]
    if not opening:
        return
    closings = _happenings(book, [c for c in claims if closes(c, book.parts)])
    replies = {side: _replies(book, claims, side) for side in claims[0].pair}
    for claim in opening:
        act = _act(book, claim)
        state, doubtful = _answer(act, *replies[claim.to])
        yield claim.id, Force(state, _force_spell(act, closings), doubtful)


def _happenings(book: Ledger, claims: Iterable[Claim], *, as_replies: bool = False) -> list[_Act]:
    """The happenings that claims of like content tell of, each with the hull of its readings.

    As replies, readings also have to agree on who said so, and whether it was a reply (not a withdrawal).
    """
    happenings: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        happenings[claim.kind, *_key(claim)].append(claim)
    return [_happening(book, readings, as_replies) for readings in happenings.values()]


def _happening(book: Ledger, readings: list[Claim], as_replies: bool) -> _Act:
    kept = _finest([c for c in readings if c.bounds.dated]) if len(readings) > 1 else readings
    lo, hi = hull(c.bounds for c in kept)
    doubt = any(c.bounds.uncertain for c in kept)
    settled = (
        not doubt and any(c.status == "accepted" for c in kept) and _undivided(book, kept[0], as_replies)
    )
    bounds = Bounds(lo, hi, lo, hi, uncertain=doubt)
    return _act(book, readings[0])._replace(bounds=bounds, settled=settled)


def _undivided(book: Ledger, claim: Claim, as_replies: bool) -> bool:
    """Whether all rivals say the same as a claim, also as replies if that matters."""
    said = content(claim, book.parts)
    return all(
        content(rival, book.parts) == said and (not as_replies or _same_reply(rival, claim))
        for rival in _rivals(book, claim)
    )


def _same_reply(a: Claim, b: Claim) -> bool:
    return a.from_ == b.from_ and a.act in ANSWERS and b.act in ANSWERS


def _replies(book: Ledger, claims: Iterable[Claim], side: str) -> tuple[list[_Act], list[_Act]]:
    """(refusals, acceptances) of one side of a pair."""
    said = [c for c in claims if c.kind == "pledge" and c.from_ == side and binds(c, book.parts)]
    no, yes = ([c for c in said if c.act in acts] for acts in (REFUSALS, ACCEPTANCES))
    return _happenings(book, no, as_replies=True), _happenings(book, yes, as_replies=True)


def _force_spell(opening: _Act, closings: Sequence[_Act]) -> Bounds:
    """From an opening act to the first closing happening after it (bounds; see the head of this module)."""
    begun = opening.bounds
    later = [(c, _follows(c, opening)) for c in closings if c.key != opening.key]
    later = [(c, order) for c, order in later if order != "no"]
    ends = [_latest(c.bounds.start_lo, begun.start_lo) for c, _ in later]
    if not any(c.settled for c, _ in later):
        ends.append(begun.end_hi)
    known = [day for day in ends if day is not None]
    end_lo = min(known) if len(known) == len(ends) else begun.start_lo
    over = [c.bounds.end_hi for c, order in later if c.settled and order == "certain"]
    end_hi = min((day for day in over if day is not None), default=None)
    return Bounds(
        begun.start_lo,
        begun.start_hi,
        end_lo,
        end_hi,
        uncertain=begun.uncertain,
        approximate=begun.approximate,
        mode="throughout",
    )


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day is not None), default=None)


def _answer(opening: _Act, refusals: Sequence[_Act], acceptances: Sequence[_Act]) -> tuple[ForceState, bool]:
    """(state, whether a refusal may have come first) from what the other side said, if it answered at all."""
    no = [reply for reply in refusals if _answers(reply, opening)]
    yes = [reply for reply in acceptances if _answers(reply, opening)]
    for refusal in no:
        if refusal.settled and all(_follows(accepted, refusal) == "certain" for accepted in yes):
            return "refused", False
    before = [accepted for accepted in yes if accepted.settled]
    sure = all(any(_follows(refusal, b) == "certain" for b in before) for refusal in no)
    return "in_force", not sure


def _answers(reply: _Act, opening: _Act) -> bool:
    """Whether a reply can answer an act: not certainly earlier; if undated, only where `after` says so."""
    if reply.key == opening.key:
        return False
    if not reply.bounds.dated:
        return _follows(reply, opening) == "certain"
    earlier = not at_most(opening.bounds.start_lo, reply.bounds.end_hi, unknown=True)
    return not earlier and _follows(opening, reply) != "certain"


# --- what is sure ----------------------------------------------------------------------------------------


def _spell(book: Ledger, claim: Claim) -> Bounds | None:
    """When the thing claimed lasted: the force spell of an opening act (None when refused), else its date."""
    force = book.forces.get(claim.id)
    if force is None:
        return claim.bounds
    return force.spell if force.state == "in_force" else None


def _agreed(book: Ledger, claim: Claim) -> list[Bounds] | None:
    """The spells of a sure claim and of its rivals; None when the claim is not sure."""
    if claim.status != "accepted" or claim.alleged or not claim.bounds.dated:
        return None
    readings = [claim, *_rivals(book, claim)]
    said = content(claim, book.parts)
    if any(content(r, book.parts) != said or _doubtful(book, r) for r in readings):
        return None
    spells = [_spell(book, r) for r in readings]
    agreed = [s for s in spells if s is not None]
    return agreed if len(agreed) == len(spells) else None


def _doubtful(book: Ledger, claim: Claim) -> bool:
    force = book.forces.get(claim.id)
    return claim.bounds.uncertain or (force is not None and force.doubtful)


def _core(spells: Sequence[Bounds]) -> tuple[date | None, date | None]:
    """The stretch on which all the spells agree: last start, first end; None where one of them is unknown."""
    starts = [s.start_hi for s in spells if s.start_hi is not None]
    ends = [s.end_lo for s in spells if s.end_lo is not None]
    return (
        max(starts) if len(starts) == len(spells) else None,
        min(ends) if len(ends) == len(spells) else None,
    )


# --- absence ---------------------------------------------------------------------------------------------


class _Stretch(NamedTuple):
    """Days from `lo` to `hi`, both included; `date.min` and `date.max` stand for no bound."""

    lo: date
    hi: date


def _is_absence(claim: Claim) -> bool:
    """Whether the claim says that support was not given."""
    return claim.kind == "support" and claim.presence == "absent" and claim.stage == "given"


def _joins(seed: Claim, other: Claim) -> bool:
    """Whether absence `seed` may be prolonged by `other`, which then denies at least what `seed` denies."""
    if not other.flows >= seed.flows:
        return False
    return other.support_type == seed.support_type or (
        other.support_type == "any" and seed.support_type in FIVE_TYPES
    )


def _possible_stretch(claim: Claim) -> _Stretch | None:
    if not claim.bounds.dated:
        return None
    return _Stretch(claim.bounds.start_lo or date.min, claim.bounds.end_hi or date.max)


def _certain_stretch(book: Ledger, claim: Claim) -> _Stretch | None:
    """The days on which the claim and all its rivals agree; None when it is not sure or has no such day."""
    spells = _agreed(book, claim)
    lo, hi = _core(spells) if spells else (None, None)
    return _Stretch(lo, hi) if lo is not None and hi is not None and lo <= hi else None


def _stretch(book: Ledger, claim: Claim, sure: bool) -> _Stretch | None:
    return _certain_stretch(book, claim) if sure else _possible_stretch(claim)


def _adjoin(a: _Stretch, b: _Stretch) -> bool:
    """Whether no day lies between two stretches."""
    first, second = sorted((a, b))
    return first.hi == date.max or second.lo <= first.hi + timedelta(days=1)


def _merged(stretches: Iterable[_Stretch]) -> list[_Stretch]:
    """The union of stretches as few stretches as possible, in order."""
    union: list[_Stretch] = []
    for stretch in sorted(stretches):
        if union and _adjoin(union[-1], stretch):
            union[-1] = _Stretch(union[-1].lo, max(union[-1].hi, stretch.hi))
        else:
            union.append(stretch)
    return union


# --- what the loader stores ------------------------------------------------------------------------------


def derive(claims: Iterable[Claim], parts: Collection[str] = frozenset()) -> dict[str, dict[str, Any]]:
    """The stored properties of every pledge, support and tie among `claims`; `parts` as in `binds`.

    Gives all the names in `DERIVED` for the kind of claim; None says that the claim does not have the
    property, so that `SET claim += properties` also takes away what no longer holds:

    - `sure`: accepted, not alleged, dated without `?`, and every rival reading says the same (bool; for
      supports, ties and opening acts that are not rejected). `sure_start`, `sure_end`: it holds for certain
      in a window iff `sure_start <= w2_lo and sure_end >= w1_hi` (of the force spells for opening acts);
      None unless sure.
    - `force`: in_force or refused, `force_start_lo` … `force_end_hi` the bounds of the spell; opening acts
      only, and of the undated ones only the refused: a claim without any date decides nothing.
    - `covers_from`, `covers_to`: first and last day of the joined absence that is certain, `may_cover_from`,
      `may_cover_to` of the one that is possible (None = no bound); dated absences of given support only.

    Claims may come in any order, and must hold every reading of an occurrence and every act of a pair.
    """
    claims = list(claims)
    book = ledger(claims, parts)
    stored = {c.id: dict.fromkeys(DERIVED[c.kind]) for c in claims if c.kind in DERIVED}
    for members in book.pairs.values():
        for claim in members:
            if claim.kind in DERIVED:
                stored[claim.id].update(_sure_properties(book, claim))
                stored[claim.id].update(_force_properties(book, claim))
        for claim_id, properties in _cover_properties(book, members):
            stored[claim_id].update(properties)
    return stored


def _sure_properties(book: Ledger, claim: Claim) -> dict[str, Any]:
    if claim.kind == "pledge" and claim.id not in book.forces:
        return {}
    spells = _agreed(book, claim)
    if spells is None:
        return {"sure": False}
    start, end = _core(spells)
    return {"sure": True, "sure_start": start, "sure_end": end}


def _force_properties(book: Ledger, claim: Claim) -> dict[str, Any]:
    force = book.forces.get(claim.id)
    if force is None or not (claim.bounds.dated or force.state == "refused"):
        return {}
    s = force.spell
    return dict(zip(FORCE, (force.state, s.start_lo, s.start_hi, s.end_lo, s.end_hi), strict=True))


def _cover_properties(book: Ledger, claims: Sequence[Claim]) -> Iterator[tuple[str, dict[str, Any]]]:
    """(id, joined spells) of each absence of one pair."""
    absences = [c for c in claims if _is_absence(c) and c.bounds.dated]
    alike: dict[tuple[frozenset[Flow], str], list[Claim]] = defaultdict(list)
    for claim in absences:
        alike[claim.flows, claim.support_type].append(claim)
    for seeds in alike.values():
        joined = [c for c in absences if _joins(seeds[0], c)]
        for sure, names in ((True, COVER[:2]), (False, COVER[2:])):
            yield from _joined_properties(book, seeds, joined, sure, names)


def _joined_properties(
    book: Ledger, seeds: Sequence[Claim], joined: Sequence[Claim], sure: bool, names: Sequence[str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    union = _merged(s for c in joined if (s := _stretch(book, c, sure)))
    for claim in seeds:
        own = _stretch(book, claim, sure)
        if own is not None:
            lo, hi = next(s for s in union if s.lo <= own.lo and own.hi <= s.hi)
            lasts = (None if lo == date.min else lo, None if hi == date.max else hi)
            yield claim.id, dict(zip(names, lasts, strict=True))


# --- the class of a pair ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _View:
    """What the claims of one pair come to in a window."""

    book: Ledger
    window: Window
    claims: Sequence[Claim]
    in_force: Sequence[Claim]
    """Opening acts and cooperative ties that possibly hold."""
    surely: bool
    """Whether one of them holds for certain."""
    needs: Sequence[Window]
    """The part of the window in which each of them is in force."""
    given: Sequence[Claim]
    """Support of the five types or unspecified that possibly was given."""
    absences: Sequence[Claim]
    searches: Sequence[Claim]


def classify(
    claims: Iterable[Claim] | Ledger,
    window: Window,
    hub: str,
    actor: str,
    *,
    parts: Collection[str] = frozenset(),
) -> PairClass:
    """The class of the pair hub and actor in a window, worked out from the claims (model, section 5).

    `claims` may hold other pairs too, and has to hold every reading of their occurrences; give a `ledger`
    to ask for many pairs. For each direction, over what possibly holds and over what holds for certain:
    material, else rhetorical, else searched, else not stated when a tie is in force, else no tie. Absence
    must cover all the time in which a tie is *possibly* in force, in both passes.
    The pair: material when either direction is; rhetorical when both are; searched when both are rhetorical
    or searched. Searches are not joined: each spell in force needs one that covers it.

    Flags: `contested` (a rival of a deciding claim says otherwise and stands in the window, or an accepted or
    disputed claim of the opposite presence on the same matter does); `partly coded` (absence of some of the
    five types, not of all) and `rhetorical in part (2014-2016)`, both only when the pair is not material;
    `undated` (a claim of the pair that would count has no date); `refused` and `claimed, not acknowledged`
    (such an act would be in force in the window; the latter only when no tie is); `disputed`, `needs work`,
    `alleged`, `inferred` (a deciding claim is).
    """
    book = claims if isinstance(claims, Ledger) else ledger(claims, parts)
    view = _view(book, window, book.pairs.get((min(hub, actor), max(hub, actor)), ()))
    passes = []
    for sure in (False, True):
        ahead, back = _direction(view, (hub, actor), sure), _direction(view, (actor, hub), sure)
        passes.append((_pair_class(ahead, back), ahead, back))
    (name, ahead, back), (sure_name, sure_ahead, sure_back) = passes
    deciding = _deciding(view, name)
    since = _since(view.in_force or deciding)
    flags = frozenset(_flags(view, deciding, name, [(hub, actor), (actor, hub)]))
    ids = tuple(sorted(c.id for c in deciding))
    sure_ids = tuple(sorted(c.id for c in deciding if _surely(book, c, window)))
    return PairClass(
        hub, actor, name, sure_name, ahead, sure_ahead, back, sure_back, since, ids, flags, sure_ids
    )


def by_type(
    claims: Iterable[Claim] | Ledger,
    window: Window,
    giver: str,
    taker: str,
    *,
    parts: Collection[str] = frozenset(),
) -> dict[str, str]:
    """What is known of each type of support in one direction: given, absent or searched (none found).

    `possibly ` stands in front of what does not hold for certain. What may have been given is not called
    absent. Absence and searches must cover all the time in which a tie is possibly in force, or the whole
    window when none is (model, section 5, rule 2, for one type at a time). A type that nobody speaks of is
    left out: silence is not zero. Of `unspecified` only given is ever known. Claims as in `classify`.
    """
    book = claims if isinstance(claims, Ledger) else ledger(claims, parts)
    view = _view(book, window, book.pairs.get((min(giver, taker), max(giver, taker)), ()))
    known = {support_type: _known(view, (giver, taker), support_type) for support_type in TYPES}
    return {support_type: what for support_type, what in known.items() if what}


def verdict(book: Ledger, claim: Claim, window: Window) -> Verdict:
    """How far a claim of the ledger holds in the window; one without a date decides nothing: no."""
    if _certain(book, claim, window):
        return "certain"
    return "possible" if _stands(book, claim, window) else "no"


def _known(view: _View, flow: Flow, support_type: str) -> str | None:
    given = [c for c in view.given if flow in c.flows and c.support_type == support_type]
    if given:
        sure = any(_certain(view.book, c, view.window) for c in given)
        return GIVEN if sure else POSSIBLY + GIVEN
    if support_type not in FIVE_TYPES:
        return None
    needs = view.needs or [view.window]
    for sure in (True, False):
        if all(_absent(view, flow, support_type, need, sure) for need in needs):
            return ABSENT if sure else POSSIBLY + ABSENT
        if all(_looked_for_in_vain(view, flow, support_type, need, sure) for need in needs):
            return SOUGHT_IN_VAIN if sure else POSSIBLY + SOUGHT_IN_VAIN
    return None


def _looked_for_in_vain(view: _View, flow: Flow, support_type: str, need: Window, sure: bool) -> bool:
    """Whether one search for the type that found none covers the time needed."""
    searches = (
        c
        for c in view.claims
        if c.kind == "search" and c.outcome == "none_found" and (c.from_, c.to) == flow
        if {"any", support_type} & set(c.looked_for) and (not sure or _is_firm(c))
    )
    return any(_spans(_search_stretch(c, sure), need, sure) for c in searches)


def _view(book: Ledger, window: Window, claims: Sequence[Claim]) -> _View:
    in_force = [c for c in claims if _would_be_in_force(book, c) and _stands(book, c, window)]
    spells = [s for c in in_force if (s := _spell(book, c)) is not None]
    return _View(
        book,
        window,
        claims,
        in_force,
        any(_certain(book, c, window) for c in in_force),
        [_part_in_force(spell, window) for spell in spells],
        [c for c in claims if _is_given(c) and _stands(book, c, window)],
        [c for c in claims if _is_absence(c) and c.bounds.dated],
        [c for c in claims if _is_empty_search(c)],
    )


def _would_be_in_force(book: Ledger, claim: Claim) -> bool:
    """Whether the claim is a tie in force as long as it holds: an opening act, or a cooperative tie."""
    if claim.kind == "tie":
        return claim.presence == "present" and claim.tie_type in COOPERATIVE_TIES
    return claim.id in book.forces


def _is_given(claim: Claim) -> bool:
    return (
        claim.kind == "support"
        and claim.presence == "present"
        and claim.stage == "given"
        and claim.support_type in MATERIAL_TYPES
    )


def _is_empty_search(claim: Claim) -> bool:
    if claim.kind != "search" or claim.outcome != "none_found":
        return False
    return "any" in claim.looked_for or set(FIVE_TYPES) <= set(claim.looked_for)


def _stands(book: Ledger, claim: Claim, window: Window) -> bool:
    """Whether the claim possibly holds in the window (rejected claims never come this far)."""
    spell = _spell(book, claim)
    return claim.bounds.dated and spell is not None and holds(spell, window) != "no"


def _certain(book: Ledger, claim: Claim, window: Window) -> bool:
    """Whether the claim is sure, and it and all its rivals hold for certain in the window."""
    spells = _agreed(book, claim)
    return spells is not None and all(holds(s, window) == "certain" for s in spells)


def _surely(book: Ledger, claim: Claim, window: Window) -> bool:
    """Whether a claim or search holds for certain in the window."""
    if claim.kind == "search":
        return _is_firm(claim) and holds(claim.bounds, window) == "certain"
    return _certain(book, claim, window)


def _part_in_force(spell: Bounds, window: Window) -> Window:
    """The part of the window in which a spell runs; unknown late starts and early ends stay unknown."""
    starts, ends = (window.w1_hi, spell.start_hi), (window.w2_lo, spell.end_lo)
    return Window(
        _latest(window.w1_lo, spell.start_lo),
        None if None in starts else _latest(*starts),
        None if None in ends else min(day for day in ends if day is not None),
        min((d for d in (window.w2_hi, spell.end_hi) if d is not None), default=None),
    )


def _direction(view: _View, flow: Flow, sure: bool) -> str:
    """The class of one direction, provider first."""
    given = [c for c in view.given if flow in c.flows]
    if any(not sure or _certain(view.book, c, view.window) for c in given):
        return MATERIAL
    if not (view.surely if sure else view.in_force):
        return NO_TIE
    if all(all(_absent(view, flow, t, need, sure) for t in FIVE_TYPES) for need in view.needs):
        return RHETORICAL
    searches = [c for c in view.searches if (c.from_, c.to) == flow and (not sure or _is_firm(c))]
    if all(any(_spans(_search_stretch(c, sure), need, sure) for c in searches) for need in view.needs):
        return SEARCHED
    return NOT_STATED


def _pair_class(ahead: str, back: str) -> str:
    both = {ahead, back}
    if MATERIAL in both:
        return MATERIAL
    if both <= {RHETORICAL, SEARCHED}:
        return SEARCHED if SEARCHED in both else RHETORICAL
    return NOT_STATED if NOT_STATED in both else NO_TIE


def _absent(view: _View, flow: Flow, support_type: str, need: Window, sure: bool) -> bool:
    """Whether some joined absence of the type covers the time needed."""
    return any(_spans(s, need, sure) for s in _grown(view, flow, support_type, sure))


def _grown(view: _View, flow: Flow, support_type: str, sure: bool) -> Iterator[_Stretch]:
    """The joined absences of a type in a direction, one for each claim that it can grow from."""
    for seed in view.absences:
        if flow in seed.flows and seed.support_type in (support_type, "any"):
            own = _stretch(view.book, seed, sure)
            if own is not None:
                others = [_stretch(view.book, c, sure) for c in view.absences if _joins(seed, c)]
                yield _grow(own, [s for s in others if s is not None])


def _grow(stretch: _Stretch, others: Sequence[_Stretch]) -> _Stretch:
    """`stretch` prolonged by whatever adjoins it, until nothing more does."""
    while True:
        near = [stretch, *(s for s in others if _adjoin(s, stretch))]
        longer = _Stretch(min(s.lo for s in near), max(s.hi for s in near))
        if longer == stretch:
            return stretch
        stretch = longer


def _spans(stretch: _Stretch | None, need: Window, sure: bool) -> bool:
    """Whether absence on all days of `stretch` covers the time needed, for certain or possibly."""
    if stretch is None:
        return False
    lo, hi = (need.w1_lo, need.w2_hi) if sure else (need.w1_hi, need.w2_lo)
    return at_most(stretch.lo, lo, unknown=not sure) and at_most(hi, stretch.hi, unknown=not sure)


def _is_firm(claim: Claim) -> bool:
    return claim.status == "accepted" and not claim.bounds.uncertain


def _search_stretch(claim: Claim, sure: bool) -> _Stretch | None:
    if not sure:
        return _possible_stretch(claim)
    lo, hi = _core([claim.bounds])
    return _Stretch(lo, hi) if lo is not None and hi is not None and lo <= hi else None


def _deciding(view: _View, name: str) -> list[Claim]:
    """The claims that make the class: the support given; else the ties in force and what denies support."""
    if name == MATERIAL:
        return list(view.given)
    deciding = list(view.in_force)
    if name in (RHETORICAL, SEARCHED):
        absent = [c for c in view.absences if c.support_type in (*FIVE_TYPES, "any")]
        deciding += [c for c in absent if _stands(view.book, c, view.window)]
    if name == SEARCHED:
        deciding += [c for c in view.searches if _stands(view.book, c, view.window)]
    return deciding


def _since(claims: Sequence[Claim]) -> str | None:
    """When the first of the claims began, those left out that another reading tells more exactly."""
    starts = [
        (c.bounds.start_lo, c.bounds.start_hi or date.max)
        for c in claims
        if c.bounds.start_lo is not None
        and not any(
            c.occurrence and c.occurrence == o.occurrence and is_coarser(c.bounds, o.bounds) for o in claims
        )
    ]
    if not starts:
        return None
    lo, hi = min(starts)
    return between(lo, None if hi == date.max else hi)


# --- flags -----------------------------------------------------------------------------------------------


def _flags(view: _View, deciding: Sequence[Claim], name: str, flows: Sequence[Flow]) -> Iterator[str]:
    if any(_is_contested(view, claim) for claim in deciding):
        yield "contested"
    yield from _quality(deciding)
    if any(not c.bounds.dated and _would_count(view, c) for c in view.claims):
        yield "undated"
    yield from _words_only(view)
    if name != MATERIAL and view.in_force:
        yield from _part_flags(view, flows)


def _quality(deciding: Sequence[Claim]) -> Iterator[str]:
    statuses = {c.status for c in deciding}
    marks = {
        "disputed": "disputed" in statuses,
        "needs work": "needs_work" in statuses,
        "alleged": any(c.alleged for c in deciding),
        "inferred": any(c.basis == "inferred" for c in deciding),
    }
    yield from (flag for flag, raised in marks.items() if raised)


def _would_count(view: _View, claim: Claim) -> bool:
    """Whether the claim would have a say if it were dated."""
    kinds = (_is_given(claim), _is_absence(claim), _would_be_in_force(view.book, claim))
    return any(kinds) or closes(claim, view.book.parts) or _is_empty_search(claim)


def _words_only(view: _View) -> Iterator[str]:
    """Flags for acts that opened nothing but would have been in force in the window."""
    forces = view.book.forces
    refused = [f.spell for c in view.claims if (f := forces.get(c.id)) and f.state == "refused"]
    if any(holds(spell, view.window) != "no" for spell in refused):
        yield "refused"
    if not view.in_force and any(_is_claimed(view, c) for c in view.claims):
        yield "claimed, not acknowledged"


def _is_claimed(view: _View, claim: Claim) -> bool:
    if claim.kind != "pledge" or claim.act not in CLAIMING_ACTS or not claim.bounds.dated:
        return False
    closing = [c for c in view.claims if closes(c, view.book.parts)]
    spell = _force_spell(_act(view.book, claim), _happenings(view.book, closing))
    return holds(spell, view.window) != "no"


def _is_contested(view: _View, claim: Claim) -> bool:
    others = [*_rivals(view.book, claim), *(c for c in view.claims if _gainsays(c, claim))]
    return any(_differs(view.book, c, claim) and _stands(view.book, c, view.window) for c in others)


def _differs(book: Ledger, rival: Claim, claim: Claim) -> bool:
    """Whether a rival says something else, or names other days than the claim or days within it."""
    if content(rival, book.parts) != content(claim, book.parts):
        return True
    same_days = (rival.bounds.start_lo, rival.bounds.end_hi) == (claim.bounds.start_lo, claim.bounds.end_hi)
    return not same_days and not is_coarser(claim.bounds, rival.bounds)


def _gainsays(other: Claim, claim: Claim) -> bool:
    """Whether `other` is of the opposite presence on the same matter, accepted or disputed."""
    if other.kind != claim.kind or other.presence == claim.presence:
        return False
    if other.status not in ("accepted", "disputed"):
        return False
    if claim.kind == "tie":
        return {claim.tie_type, other.tie_type} <= set(COOPERATIVE_TIES)
    types = {claim.support_type, other.support_type}
    same_matter = len(types) == 1 or "any" in types
    return (
        claim.kind == "support" and other.stage == "given" and same_matter and bool(claim.flows & other.flows)
    )


def _part_flags(view: _View, flows: Iterable[Flow]) -> Iterator[str]:
    """`partly coded` and `rhetorical in part (years)`, the latter unless all the time in force is covered."""
    parts: list[_Stretch] = []
    for flow in flows:
        coded = [_coded(view, flow, support_type) for support_type in FIVE_TYPES]
        if any(coded) and not all(coded):
            yield "partly coded"
        common = _common(coded)
        if common != _merged(_in_force(view)):
            parts += common
    if parts:
        years = ", ".join(_years(s) for s in _merged(parts))
        yield f"rhetorical in part ({years})"


def _in_force(view: _View) -> list[_Stretch]:
    """The times in the window in which a tie is possibly in force."""
    return [_Stretch(n.w1_lo or date.min, n.w2_hi or date.max) for n in view.needs]


def _coded(view: _View, flow: Flow, support_type: str) -> list[_Stretch]:
    """The times in force for which absence of the type is possibly coded."""
    return _merged(_overlaps(_in_force(view), list(_grown(view, flow, support_type, False))))


def _overlaps(ones: Sequence[_Stretch], others: Sequence[_Stretch]) -> Iterator[_Stretch]:
    for a in ones:
        for b in others:
            lo, hi = max(a.lo, b.lo), min(a.hi, b.hi)
            if lo <= hi:
                yield _Stretch(lo, hi)


def _common(unions: Sequence[Sequence[_Stretch]]) -> list[_Stretch]:
    """The days that all unions have."""
    common = list(unions[0])
    for union in unions[1:]:
        common = _merged(_overlaps(common, union))
    return common


def _years(stretch: _Stretch) -> str:
    """`2014-2016`, `2014`, or `..-2016` when unbounded."""
    first = ".." if stretch.lo == date.min else stretch.lo.isoformat()[:4]
    last = ".." if stretch.hi == date.max else stretch.hi.isoformat()[:4]
    return first if first == last else f"{first}-{last}"
