"""Which of many names are worth comparing: those that share a rare word, two words, an acronym or all letters.

Comparing every name with every other grows with the square of their number. Here each name has keys (blocking;
Christen 2012, Data Matching, chapter 4), and only names under one key are compared; a key that too many names
have brings nobody together. Of the pairs that are left, those whose words cannot reach the score are dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from kb.likeness import acronym_letters
from kb.spelling import Word, neighbours, spelled

MANY = 60  # names under one key, beyond which it says nothing


class Named(NamedTuple):
    """One name of one owner."""

    owner: str
    text: str


class _Entry(NamedTuple):
    """A name, the weight of each of its words, and all by which these and the whole are known again."""

    named: Named
    weights: tuple[float, ...]
    known: Mapping[str, int]  # to the place of the word
    whole: frozenset[str]


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
    whole = {f"all {text}" for text in parts.bones if len(text) > 2}
    whole |= {f"letters {text}" for text in parts.acronyms}
    if letters := acronym_letters(parts.words):
        whole.add(f"letters {letters}")
    known = {token: n for n, word in enumerate(parts.words) for token in _known_by(word)}
    return _Entry(named, tuple(word.weight for word in parts.words), known, frozenset(whole))


def _known_by(word: Word) -> set[str]:
    """The consonants of a word, with one left out, its place, and what it means in English."""
    found = {f"in English {meaning}" for meaning in word.meanings or {word.key}}
    found |= {word.bones or word.text} if word.bare else set(neighbours(word.bones or word.text))
    return found | {f"place {word.place}"} if word.place else found


def _keys(entry: _Entry) -> set[str]:
    meant = sorted(token for token in entry.known if token.startswith("in English"))
    return {*entry.known, *(f"{a} & {b}" for a, b in combinations(meant, 2)), *entry.whole}


def _may_reach(one: _Entry, other: _Entry, share: float) -> bool:
    """Whether the words that may be alike weigh enough (Dice's coefficient), or the names are alike as a whole."""
    if not one.whole.isdisjoint(other.whole):
        return True
    shared = one.known.keys() & other.known.keys()
    weight = sum(
        sum(entry.weights[n] for n in {entry.known[token] for token in shared}) for entry in (one, other)
    )
    return weight >= share * (sum(one.weights) + sum(other.weights))
