"""Which of many names are worth comparing: those that share a rare word, two words, letters or an acronym.

Comparing every name with every other grows with the square of their number. Here each name has keys
(blocking; Christen 2012, Data Matching, chapter 4), and only names under one key are compared; a key that
too many names have brings nobody together. Pairs whose words cannot reach the score are dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kb.likeness import acronym_letters
from kb.spelling import Word, initials, neighbours, spelled

MANY = 60  # names under one key, beyond which it says nothing


class Named(NamedTuple):
    """One name of one owner."""

    owner: str
    text: str


class _Entry(NamedTuple):
    """A name, the weight of each of its words, and all by which these and the whole are known again.

    `known` leads to the place of the word, `short` holds what may be an acronym in it, `long` the first
    letters of words that follow each other.
    """

    named: Named
    weights: tuple[float, ...]
    known: Mapping[str, int]
    whole: frozenset[str]
    short: frozenset[str]
    long: frozenset[str]


def worth_comparing(names: Mapping[str, Iterable[str]], least: float) -> Iterator[tuple[Named, Named]]:
    """Pairs of names of two owners that may be alike with at least this score (0 to 100), each pair once."""
    entries = [_entry(Named(owner, text)) for owner, texts in names.items() for text in texts]
    held: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        for key in _keys(entry):
            held[key].append(n)
    blocks = (block for block in held.values() if 1 < len(block) <= MANY)
    for p, q in {pair for block in blocks for pair in combinations(block, 2)}:
        one, other = entries[p], entries[q]
        if one.named.owner != other.named.owner and _may_reach(one, other, least / 100):
            yield one.named, other.named


def _entry(named: Named) -> _Entry:
    parts = spelled(named.text)
    texts = [word.text for word in parts.words]
    runs = (texts[p:q] for p, q in combinations(range(len(texts) + 1), 2))
    whole = {f"all {text}" for text in parts.bones if len(text) > 2}
    short = {text for text in texts if len(text) > 2} | {acronym_letters(parts.words)}
    long = {letters for run in runs if len(letters := initials(run)) > 2} | parts.acronyms
    known = {token: n for n, word in enumerate(parts.words) for token in _known_by(word)}
    weights = tuple(word.weight for word in parts.words)
    return _Entry(named, weights, known, frozenset(whole), frozenset(short - {""}), frozenset(long))


def _known_by(word: Word) -> set[str]:
    """The consonants of a word, with one left out, its place, and what it means in English."""
    found = {f"in English {meaning}" for meaning in word.meanings or {word.key}}
    found |= {word.bones or word.text} if word.bare else {*neighbours(word.bones or word.text)}
    if len(word.bones) == 3 and not word.bare:
        found |= {word.bones[:n] + word.bones[n + 1 :] for n in range(3)}
    return found | {f"place {word.place}"} if word.place else found


def _keys(entry: _Entry) -> set[str]:
    meant = sorted(token for token in entry.known if token.startswith("in English"))
    letters = (f"letters {text}" for text in entry.short | entry.long)
    return {*entry.known, *(f"{a} & {b}" for a, b in combinations(meant, 2)), *entry.whole, *letters}


def _may_reach(one: _Entry, other: _Entry, share: float) -> bool:
    """Whether words that may be alike weigh enough (Dice), or the names are alike as a whole."""
    if not one.whole.isdisjoint(other.whole):
        return True
    if not one.short.isdisjoint(other.long) or not other.short.isdisjoint(one.long):
        return True
    shared = one.known.keys() & other.known.keys()
    weight = sum(
        sum(entry.weights[n] for n in {entry.known[token] for token in shared}) for entry in (one, other)
    )
    return weight >= share * (sum(one.weights) + sum(other.weights))
