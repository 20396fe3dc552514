"""How alike two names are, from 0 to 100, and why.

The words of the two names are paired, best first; the score is the weight of what is paired (Dice's
coefficient, words that many names have counting three tenths), lowered for words that make another body of
the same name: Real and Provisional, General Command, numbers, countries.

100 = the same but for case, diacritics and punctuation; 90 and more = nothing but spelling differs; 75 and
more = an acronym, a translation, or a word more that says little; below 75 names share words and may well
mean two bodies. No score below 100 is a certainty.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from kb.lexicon import ARTICLES, KNOWN, OPTIONAL, SMALL, SUN_ARTICLES
from kb.spelling import Spelled, Word, fold, initials, sound, spelled

LONGEST = 200  # no name is longer; what is longer is no name and would take long to compare
# The most for names that differ in spelling only, for others, and where a word tells two bodies apart.
_SPELLING, _LESS, _APART = 98.0, 89.0, 74.0
# How alike two words are (0 to 1) when they are not the same.
_BY_RULE = 0.97
_FORM = 0.95  # singular and plural, a country and its people
_LOOSE = 0.92  # the same consonants, other vowels
_BARE = _MEANT = 0.85  # one without its vowels; a translation
_SWAPPED = 0.8  # two letters of a short word
_BARE_NEAR = 0.7


class Likeness(NamedTuple):
    """How near two names are (0 to 100; 100 = the same after folding), and why, in words."""

    score: float
    reason: str


class _Pair(NamedTuple):
    score: float
    note: str  # "" = the same word


def compare(a: str, b: str) -> Likeness:
    """How alike two names are; the same both ways."""
    (one, a), (other, b) = sorted([(fold(a), a), (fold(b), b)])
    if one == other:
        return Likeness(100.0, "same name")
    if max(len(one), len(other)) > LONGEST:
        return Likeness(0.0, "too long to compare")
    left, right = spelled(a), spelled(b)
    pairs = _paired(left.words, right.words)
    first = [w for n, w in enumerate(left.words) if n not in {p for p, _ in pairs}]
    second = [w for n, w in enumerate(right.words) if n not in {p for _, p in pairs}]
    if pairs and not first and not second:
        return _same_words(left, right, pairs)
    if found := _joined(left, right) or _acronym(left, right, first, second):
        return found
    return _some_words(left, right, pairs, first, second)


def _same_words(left: Spelled, right: Spelled, pairs: dict[tuple[int, int], _Pair]) -> Likeness:
    score = 100 * _share(left, right, pairs)
    notes = _notes(pairs.values())
    words = (*left.words, *right.words)
    if any(word.bare for word in words) and not all(word.bare for word in words):
        notes = ["same consonants after transliteration", *notes]
    elif any(word.foreign for word in words):
        notes = ["same after transliteration", *notes]
    elif not notes:
        notes = [_left_out(left, right)]
    if [q for _, q in pairs] != sorted(q for _, q in pairs):
        score, notes = score - 2, [*notes, "other order of words"]
    return Likeness(round(min(score, _most(pairs)), 1), ", ".join(notes))


def _most(pairs: dict[tuple[int, int], _Pair]) -> float:
    """The score that is not passed by names in which nothing but spelling differs, or more."""
    return _SPELLING if all(pair.score > _MEANT for pair in pairs.values()) else _LESS


def _left_out(left: Spelled, right: Spelled) -> str:
    """What makes two names of the same words differ."""
    one, other = Counter(left.left_out), Counter(right.left_out)
    rest = (one - other) + (other - one)
    if not rest:
        return "written together or apart"
    if all(text in SMALL or text in ARTICLES or text in SUN_ARTICLES for text in rest):
        return "article dropped" if not (one - other and other - one) else "other article or small word"
    return f"without its acronym ({' '.join(rest).upper()})"


def _joined(left: Spelled, right: Spelled) -> Likeness | None:
    """The same letters, or consonants, with other blanks between them."""
    from rapidfuzz.distance import Levenshtein

    if len(left.words) + len(left.left_out) == len(right.words) + len(right.left_out):
        return None
    joined = [{sound(letters) for letters in parts.letters} for parts in (left, right)]
    if joined[0] & joined[1]:
        return Likeness(95.0, "written together or apart")
    if max(map(len, left.bones & right.bones), default=0) < 3 or len(left.words) == len(right.words):
        return None
    if any(word.bare for word in (*left.words, *right.words)):
        return Likeness(86.0, "same consonants after transliteration")
    if any(len(re.findall("[aiu]", letters)) < 2 for letters in (*joined[0], *joined[1])):
        return None  # acronyms
    near = max(Levenshtein.normalized_similarity(a, b) for a in joined[0] for b in joined[1])
    return Likeness(92.0, "spelling, written together or apart") if near >= 0.7 else None


def _some_words(
    left: Spelled,
    right: Spelled,
    pairs: dict[tuple[int, int], _Pair],
    first: Sequence[Word],
    second: Sequence[Word],
) -> Likeness:
    if not pairs:
        return Likeness(0.0, "no word shared")
    factor, apart = _told_apart(first, second)
    if not any(left.words[n].weight == 1 for n, _ in pairs):
        factor *= 0.85  # what they share, many names have
    if all(left.words[n].place for n, _ in pairs):
        factor *= 0.8  # two groups of one country
    most = max(len(left.words), len(right.words))
    notes = [f"{len(pairs)} of {most} words shared", *apart, *_notes(pairs.values())]
    score = min(100 * factor * _share(left, right, pairs), _APART if apart else _LESS)
    return Likeness(round(score, 1), ", ".join(notes))


def _told_apart(first: Sequence[Word], second: Sequence[Word]) -> tuple[float, list[str]]:
    """What words that only one of the names has take from the score, and what is to say of them."""
    one, other = ([word for word in words if word.tells_apart] for words in (first, second))
    factor = 0.8 if first and second else 1.0
    if one and other:
        return factor * 0.7, [f"'{_shown(one)}' against '{_shown(other)}'"]
    for word in (*one, *other):
        factor *= 0.9 if word.place else 0.85
    if factor == 1 and any(word.weight < 1 and word.key not in OPTIONAL for word in (*first, *second)):
        factor = 0.8  # Kata'ib Hezbollah is not Hezbollah
    return factor, [f"only one has '{_shown([*one, *other])}'"] if one or other else []


def _shown(words: Sequence[Word]) -> str:
    return " ".join(word.shown for word in words)


def _share(left: Spelled, right: Spelled, pairs: dict[tuple[int, int], _Pair]) -> float:
    """Dice's coefficient over the weights of the words, each pair counting as much as it is alike."""
    shared = sum(
        pair.score * (left.words[p].weight + right.words[q].weight) for (p, q), pair in pairs.items()
    )
    return shared / sum(word.weight for word in (*left.words, *right.words))


def _notes(pairs: Iterable[_Pair]) -> list[str]:
    """What was found of the pairs, each kind once: spelling (Jabhat/Jabha, Beit/Bayt)."""
    said: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.note:
            kind, _, words = pair.note.rstrip(")").partition(" (")
            said.setdefault(kind, []).append(words)
    return [f"{kind} ({', '.join(words)})" for kind, words in said.items()]


def _acronym(left: Spelled, right: Spelled, first: Sequence[Word], second: Sequence[Word]) -> Likeness | None:
    """One name, or what is left of it, is the first letters of the other, or of what is left of that."""
    for short, long in ((left, right), (right, left)):
        letters = acronym_letters(short.words)
        if letters and letters in long.acronyms:
            return Likeness(88.0 if len(letters) > 2 else 78.0, "acronym")
    for some, others in ((first, second), (second, first)):
        letters = acronym_letters(some)
        if letters and letters == initials([word.text for word in others]):
            return Likeness(86.0, f"acronym ({_shown(some)})")
    return None


def acronym_letters(words: Sequence[Word]) -> str:
    """The words as one acronym; empty when they are too long for that."""
    text = "".join(word.text for word in words)
    return text if 1 < len(text) <= 7 and not text.isdigit() else ""


def _paired(left: Sequence[Word], right: Sequence[Word]) -> dict[tuple[int, int], _Pair]:
    """The words that are alike, by their places in the two names, in the order of the left one."""
    found = [(pair, p, q) for p, a in enumerate(left) for q, b in enumerate(right) if (pair := alike(a, b))]
    found.sort(key=lambda f: (-f[0].score, abs(f[1] - f[2]), f[1], f[2]))
    pairs: dict[tuple[int, int], _Pair] = {}
    used: tuple[set[int], set[int]] = set(), set()
    for pair, p, q in found:
        if p not in used[0] and q not in used[1]:
            pairs[p, q] = pair
            used[0].add(p)
            used[1].add(q)
    return dict(sorted(pairs.items()))


@lru_cache(maxsize=1 << 16)
def alike(one: Word, other: Word) -> _Pair | None:
    """How alike two words are (0 to 1), with a note when they are not the same; None when they are not."""
    if one.text == other.text:
        return _Pair(1.0, "")
    if one.number or other.number:
        return None
    words = f"({one.shown}/{other.shown})"
    if one.key == other.key:
        return _Pair(_BY_RULE, f"spelling {words}")
    if one.place and one.place == other.place:
        return _Pair(_FORM, f"form {words}")
    if one.bare or other.bare:
        return _alike_bare(one, other)
    if one.text in _longer(other) or other.text in _longer(one):
        return _Pair(_FORM, f"form {words}")
    if one.key in other.meanings or other.key in one.meanings:
        return _Pair(_MEANT, f"translation {words}")
    if one.key in KNOWN and other.key in KNOWN:
        return None  # Iran is no misprint of Iraq
    return _alike_letters(one, other, words)


def _longer(word: Word) -> tuple[str, ...]:
    """The plural, and the word with an article that is written together with it."""
    text = word.text
    if word.place or len(text) < 3:
        return ()
    return f"al{text}", f"el{text}", f"ul{text}", *((f"{text}s",) if len(text) > 4 else ())


def _alike_letters(one: Word, other: Word, words: str) -> _Pair | None:
    from rapidfuzz.distance import OSA

    shortest = min(len(one.text), len(other.text))
    if shortest < 5 and OSA.distance(one.text, other.text) == 1 and sorted(one.text) == sorted(other.text):
        return _Pair(_SWAPPED, f"near spelling {words}")
    if shortest < 4:
        return None  # one letter makes another word
    ratio = max(
        OSA.normalized_similarity(one.text, other.text), OSA.normalized_similarity(one.key, other.key)
    )
    if one.bones == other.bones and ratio >= (0.7 if shortest < 6 else 0.6):
        return _Pair(_LOOSE, f"spelling {words}")
    return _Pair(ratio * _LOOSE, f"near spelling {words}") if shortest > 4 and ratio >= 0.75 else None


def _alike_bare(one: Word, other: Word) -> _Pair | None:
    """Two words of which one at least is written without its vowels."""
    from rapidfuzz.distance import Levenshtein

    if one.bones == other.bones:
        return _Pair(_BARE, "") if len(one.bones) > 1 else None
    near = Levenshtein.normalized_similarity(one.bones, other.bones)
    return _Pair(_BARE_NEAR, "") if min(len(one.bones), len(other.bones)) > 3 and near >= 0.75 else None
