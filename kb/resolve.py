"""Names to actors: a cell that expects an actor may hold a name instead of an id.

An exact name (case, diacritics and punctuation aside) of one actor is taken; of several it is ambiguous. A
country and a date only rank those that may be meant (model, section 6), and never choose one; but an actor
that is stated to be of other countries than the one asked for is not certain, and so not taken either. What
is merely like a known name is never taken, only shown: see `kb.likeness` for its score.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from heapq import nlargest
from typing import Any, Literal

from kb import dates
from kb.dates import Bounds
from kb.lexicon import COUNTRY_OF, WIDE
from kb.likeness import LONGEST, Likeness, acronym_letters, alike, compare
from kb.spelling import Spelled, Word, fold, neighbours, spelled

__all__ = ["Candidate", "Likeness", "Match", "NameIndex", "compare", "fold"]

Decision = Literal["taken", "ambiguous", "none"]

LEAST = 50.0  # below it names have little in common
_COMPARED = 60  # names that are compared in full for one question
_ENOUGH = 2_000  # names found by rare words, after which common ones only weigh
_FITS, _ELSEWHERE, _NOT_THEN = 10.0, -10.0, -5.0  # what country and date do to the rank, not to the score


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a name may mean: how near the name is (0 to 100), why, and the name that is near.

    `own` is the actor's own name. `borne` holds the spells in which the name was borne; empty when that is
    not limited or not known. `fits` and `then` say whether the country asked for is one of the actor's, and
    whether the name was borne at the date; None = not asked or not known.
    """

    actor: str
    name: str
    score: float
    borne: tuple[Bounds, ...] = ()
    reason: str = "same name"
    own: str = ""
    countries: tuple[str, ...] = ()
    fits: bool | None = None
    then: bool | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.actor}, {self.score:.0f}: {', '.join(self.notes)})"

    @property
    def notes(self) -> list[str]:
        """The reason of the score, and what country and date say."""
        place = ", ".join(self.countries)
        where = {True: f"in {place}", False: f"elsewhere ({place})", None: ""}[self.fits]
        then = {True: "borne then", False: "not borne then", None: ""}[self.then]
        return [note for note in (self.reason, where, then) if note]

    @property
    def rank(self) -> tuple[float, str]:
        """Smaller is better: the score, moved by country and date, then the id."""
        moved = {True: _FITS, False: _ELSEWHERE, None: 0.0}[self.fits] + _NOT_THEN * (self.then is False)
        return -(self.score + moved), self.actor

    def as_dict(self) -> dict[str, Any]:
        """For JSON; `valid` = the spells of the matched name, `in_use` = whether it was borne at the date."""
        return {
            "actor_id": self.actor,
            "name": self.own or self.name,
            "score": self.score,
            "reason": self.reason,
            "matched": self.name,
            "country": list(self.countries),
            "country_fits": self.fits,
            "valid": [dates.show(spell) for spell in self.borne],
            "in_use": self.then,
        }


@dataclass(frozen=True, slots=True)
class Match:
    """What a load does with a name: takes the one actor that bears it, or stops; and who may be meant.

    `other` is the label of the record whose id the name is, when that is no actor.
    """

    asked: str
    decision: Decision
    candidates: tuple[Candidate, ...]
    other: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        found = [candidate.as_dict() for candidate in self.candidates]
        return {"asked": self.asked, "decision": self.decision, "candidates": found}


@dataclass(slots=True)
class NameIndex:
    """Every name that is known, and the actors that bear or bore it."""

    names: dict[str, dict[str, Candidate]] = field(default_factory=lambda: defaultdict(dict))
    actors: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # own name, countries
    _near: _Near | None = None

    def describe(self, actor: str, own: str, countries: Iterable[str] = ()) -> None:
        """Enter an actor with its own name and its countries."""
        self.actors[actor] = own, tuple(countries)
        self.add(actor, [(own, None)])

    def add(self, actor: str, names: Iterable[tuple[str, Bounds | None]]) -> None:
        """Enter names of an actor, each with the spell in which it was borne, if that is known."""
        for name, spell in names:
            held = self.names[fold(name)].get(actor)
            if held is None:
                new = Candidate(actor, name, 100, (spell,) if spell else ())
                self._near = None
            elif held.borne:
                new = replace(held, borne=(*held.borne, spell) if spell else ())
            else:
                new = held
            self.names[fold(name)][actor] = new

    def find(self, name: str, country: Collection[str] = (), on: Bounds = dates.UNDATED) -> list[Candidate]:
        """The actors that bear exactly this name, case and diacritics aside; the likeliest first."""
        found = self.names.get(fold(name), {}).values()
        return sorted((self._ranked(c, country, on) for c in found), key=lambda c: c.rank)

    def nearest(
        self, name: str, limit: int = 3, country: Collection[str] = (), on: Bounds = dates.UNDATED
    ) -> list[Candidate]:
        """The nearest names with their scores and reasons, the likeliest first, one for an actor.

        In the country that is asked for, a name may be as much less near as the country moves it.
        """
        if len(name) > LONGEST:
            return []
        if self._near is None:
            self._near = _Near(self.names)
        near: dict[str, Candidate] = {}
        for key in self._near.some(name):
            for held in self.names[key].values():
                score, reason = compare(name, held.name)
                new = self._ranked(replace(held, score=score, reason=reason), country, on)
                least = LEAST - _FITS * (new.fits is True)
                if score >= least and (new.actor not in near or new.rank < near[new.actor].rank):
                    near[new.actor] = new
        return sorted(near.values(), key=lambda c: c.rank)[:limit]

    def of_id(self, actor: str) -> Candidate:
        """The actor of this id."""
        own, countries = self.actors[actor]
        return Candidate(actor, own, 100, reason="its id", own=own, countries=countries)

    def match(
        self, name: str, limit: int = 5, country: Collection[str] = (), on: Bounds = dates.UNDATED
    ) -> Match:
        """What a load does with a name; the nearest names follow those that are the same."""
        found = self.find(name, country, on)
        bearers = {candidate.actor for candidate in found}
        near = self.nearest(name, limit + len(found), country, on) if limit > len(found) else []
        others = [candidate for candidate in near if candidate.actor not in bearers]
        certain = len(found) == 1 and found[0].fits is not False
        decision: Decision = "taken" if certain else "ambiguous" if found else "none"
        return Match(name, decision, (*found, *others[: max(limit - len(found), 0)]))

    def _ranked(self, candidate: Candidate, country: Collection[str], on: Bounds) -> Candidate:
        own, countries = self.actors.get(candidate.actor, ("", ()))
        fits = lies_in(country, countries) if country and countries else None
        then = any(_meet(spell, on) for spell in candidate.borne) if candidate.borne and on.dated else None
        return replace(candidate, own=own, countries=countries, fits=fits, then=then)


def lies_in(places: Iterable[str], countries: Iterable[str]) -> bool:
    """Whether one of the places as written lies in one of the countries, as far as the words say."""
    return any(_same_place(place, country) for place in places for country in countries)


def names_country(place: str) -> bool:
    """Whether a place as written names a country, or a part of one, that is known."""
    return bool(_places(place) - WIDE)


def _same_place(asked: str, country: str) -> bool:
    return f" {fold(country)} " in f" {fold(asked)} " or bool(_places(asked) & _places(country))


def _places(text: str) -> set[str]:
    """The places in a text, and the countries in which they lie."""
    places = {word.place for word in spelled(text).words if word.place}
    return places | {COUNTRY_OF[place] for place in places if place in COUNTRY_OF}


def _meet(a: Bounds, b: Bounds) -> bool:
    (a_lo, a_hi), (b_lo, b_hi) = dates.span(a), dates.span(b)
    return not ((a_hi and b_lo and a_hi < b_lo) or (b_hi and a_lo and b_hi < a_lo))


class _Near:
    """An index of names by the words in them, so that few names have to be compared in full.

    A name is found by the keys of its words, their meanings, words whose consonants differ by one, all its
    letters in one, and its acronym.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.names = list(names)
        self.lengths: list[int] = []
        self.postings: dict[str, list[int]] = defaultdict(list)
        self.words: dict[str, Word] = {}
        self.near: dict[str, list[str]] = defaultdict(list)
        for n, name in enumerate(self.names):
            parts = spelled(name)
            self.lengths.append(len(parts.words))
            for key in {key for word in parts.words for key in self._keys(word)} | set(_whole(parts)):
                self.postings[key].append(n)

    def _keys(self, word: Word) -> Iterator[str]:
        if word.key not in self.words:
            self.words[word.key] = word
            for bones in neighbours(word.bones):
                self.near[bones].append(word.key)
        yield word.key
        yield from _senses(word)

    def some(self, name: str) -> list[str]:
        """The names that are worth comparing with this one."""
        found: dict[int, float] = defaultdict(float)
        for key, weight in sorted(self._asked(name).items(), key=lambda k: len(self.postings[k[0]])):
            posting = self.postings[key]
            if len(found) < _ENOUGH:
                for n in posting:
                    found[n] += weight
            else:  # a word that many have brings nobody new
                for n in found:
                    at = bisect_left(posting, n)
                    if at < len(posting) and posting[at] == n:
                        found[n] += weight
        best = nlargest(_COMPARED, ((weight, -self.lengths[n], -n) for n, weight in found.items()))
        return [self.names[-n] for _, _, n in best]

    def _asked(self, name: str) -> dict[str, float]:
        """The keys under which a name like this one may be found, and what each counts."""
        parts = spelled(name)
        asked = dict.fromkeys(_whole(parts, asked=True), 3.0)
        for word in parts.words:
            for key in (word.key, f"in English {word.key}", *word.meanings, *_senses(word)):
                asked[key] = max(asked.get(key, 0), word.weight)
            for key in self._like(word):
                if pair := alike(word, self.words[key]):
                    asked[key] = max(asked.get(key, 0), word.weight * pair.score)
        return {key: weight for key, weight in asked.items() if key in self.postings}

    def _like(self, word: Word) -> Iterator[str]:
        """The keys of words that may be near this one."""
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        same = self.near.get(word.bones, [])
        yield from (key for key in same if word.bare or self.words[key].bare)
        if not word.bare:
            some = {key for bones in neighbours(word.bones) for key in self.near.get(bones, ())}
            found = extract(word.key, some, scorer=OSA.normalized_similarity, score_cutoff=0.6, limit=40)
            yield from (key for key, _, _ in found)


def _senses(word: Word) -> Iterator[str]:
    yield from (f"in English {meaning}" for meaning in word.meanings)
    if word.place:
        yield f"place {word.place}"


def _whole(parts: Spelled, *, asked: bool = False) -> Iterator[str]:
    """Keys of the whole name; an acronym is looked for among names, and a name among acronyms."""
    short, long = ("acronym of", "acronym") if asked else ("acronym", "acronym of")
    yield from (f"bones {text}" for text in parts.bones if len(text) > 2)
    yield from (f"{long} {text}" for text in parts.acronyms)
    if letters := acronym_letters(parts.words):
        yield f"{short} {letters}"
