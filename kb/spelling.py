"""The words of a name, and by what they are known again in another spelling, language or script.

A word has a `key` (its sound, by the rules of how the press transliterates Arabic, Persian, Urdu, Turkish and
Russian names: q/k, dh/d, ou/u, ee/i, y/i, doubled letters, final h) and a coarser `bones` (its consonants,
which is all that Arabic and Hebrew write). Other scripts become Latin letters by anyascii.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from kb.lexicon import ARTICLES, GENERIC, KNOWN, MEANINGS, PLACES, QUALIFIERS, SMALL, SPELLINGS, SUN_ARTICLES

_BETWEEN = re.compile(r"[\W_]+")
# As in Da'esh; transliterations differ in them. The last one is the tatweel, which only makes a word longer.
_APOSTROPHES = re.compile(r"['`´‘’ʼʾʿʻʽˈ′ـ]")
_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ŧ": "t"}
    | {"ی": "ي", "ى": "ي", "ک": "ك"}  # one letter, typed in Persian and in Arabic
)
_CONSONANTS_ONLY = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")  # Hebrew, Arabic
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
_DOUBLED = re.compile(r"(.)\1+")
_LONG = 7  # letters of the longest acronym


def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation and repeated blanks, for comparing."""
    letters = name.casefold()
    if not letters.isascii():
        plain = unicodedata.normalize("NFKD", letters).casefold()  # some capitals only come out by NFKD
        letters = "".join(c for c in plain if not unicodedata.combining(c)).translate(_LETTERS)
    return _BETWEEN.sub(" ", _APOSTROPHES.sub("", letters)).strip() or name


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name that counts.

    `shown` is the word as printed; `weight` is low for words that many names have.
    """

    shown: str
    text: str
    key: str
    bones: str
    weight: float
    place: str | None = None
    qualifies: bool = False
    foreign: bool = False
    bare: bool = False

    @property
    def number(self) -> bool:
        """Whether it is a number in digits."""
        return self.text.isdigit()

    @property
    def tells_apart(self) -> bool:
        """Whether a group of this name with the word is another than one without."""
        return self.qualifies or self.number or self.place is not None

    @property
    def meanings(self) -> frozenset[str]:
        """Its English words, when it is known as a foreign one."""
        return MEANINGS.get(self.key, frozenset())


@dataclass(frozen=True, slots=True)
class Spelled:
    """A name in words: those that count, and those left out (articles, small words, its own acronym).

    `letters` are its words in one, with and without small words, `bones` their consonants; `acronyms` those
    it may have.
    """

    words: tuple[Word, ...]
    left_out: tuple[str, ...]
    letters: frozenset[str]
    bones: frozenset[str]
    acronyms: frozenset[str]


@lru_cache(maxsize=1 << 15)
def spelled(name: str) -> Spelled:
    """The words of a name, as they are compared."""
    tokens = _tokens(name)
    texts = [text for _, text in tokens]
    articles = _articles(texts)
    small = [text in SMALL and len(tokens) > 1 for text in texts]
    counted = [not (a or s) for a, s in zip(articles, small, strict=True)]
    if not any(counted):
        counted = [True] * len(tokens)
    all_words = [_word(*token) for token in tokens]
    plain = [word for word, counts in zip(all_words, counted, strict=True) if counts]
    with_articles = [word for word, is_small in zip(all_words, small, strict=True) if not is_small]
    words = _without_own_acronym(plain)
    left_out = Counter(word.text for word in all_words) - Counter(word.text for word in words)
    return Spelled(
        tuple(words),
        tuple(sorted(left_out.elements())),
        frozenset("".join(w.text for w in some) for some in (all_words, plain)),
        frozenset(_DOUBLED.sub(r"\1", "".join(w.bones for w in some)) for some in (all_words, plain)),
        frozenset(initials([w.text for w in some]) for some in (all_words, with_articles, words)) - {""},
    )


def initials(texts: Sequence[str]) -> str:
    """The first letters of words, numbers whole; empty when there are too few or too many."""
    short = "".join(text if text.isdigit() else text[:1] for text in texts)
    return short if len(texts) > 1 and len(short) <= _LONG + 2 else ""


def _without_own_acronym(words: list[Word]) -> list[Word]:
    """Moro Islamic Liberation Front (MILF) is the name without MILF."""
    for n, word in enumerate(words):
        others = words[:n] + words[n + 1 :]
        if len(word.text) >= len(others) > 1 and word.text == initials([other.text for other in others]):
            return others
    return words


def _tokens(name: str) -> list[tuple[str, str]]:
    """(as printed, in small Latin letters) for each word; single letters that follow each other are one."""
    folded = [_latin(text) for text in fold(name).split() if any(c.isalnum() for c in text)]
    printed = [text for text in _BETWEEN.split(_APOSTROPHES.sub("", name)) if text]
    pairs = list(zip(printed if len(printed) == len(folded) else folded, folded, strict=True))
    found: list[tuple[str, str]] = []
    run: list[tuple[str, str]] = []
    for pair in [*pairs, ("", "")]:
        if len(pair[1]) == 1 and not pair[1].isdigit():
            run.append(pair)
            continue
        found += [("".join(p for p, _ in run), "".join(f for _, f in run))] if len(run) > 1 else run
        run = []
        found.append(pair)
    return found[:-1]


def _articles(texts: Sequence[str]) -> list[bool]:
    """Which words are the Arabic article; its forms before letters of the sun only before such a letter."""
    return [_is_article(text, after, n == 0) for n, (text, after) in enumerate(pairwise([*texts, ""]))]


def _is_article(text: str, after: str, first: bool) -> bool:
    sun = text in SUN_ARTICLES and after.startswith(text[1:]) and (text[0] == "a" or not first)
    return after != "" and (text in ARTICLES or sun)


@lru_cache(maxsize=1 << 16)
def _word(shown: str, text: str) -> Word:
    foreign = not fold(shown).isascii()
    if not text.isascii():
        latin, bones = _of_consonants(text)
        return Word(shown, latin, latin, bones, 1.0, foreign=True, bare=True)
    text = _ORDINAL.sub(r"\1", text)
    key = known(text) or sound(text)
    weight = 0.3 if key in GENERIC or MEANINGS.get(key, frozenset()) & GENERIC else 1.0
    place = PLACES.get(key)
    return Word(shown, text, key, skeleton(text), weight, place, key in QUALIFIERS, foreign)


def known(text: str) -> str | None:
    """The first spelling of a word of the lexicon, also with an article at its end (Ansarul, Hizbul)."""
    if text in SPELLINGS:
        return SPELLINGS[text]
    if text in KNOWN:
        return text
    stem = re.sub(r"(?:[ua][ldsr]|u)$", "", text)
    return SPELLINGS.get(stem) if len(stem) > 3 else None


def _latin(text: str) -> str:
    """A folded word in Latin letters; as it is when its script writes no vowels."""
    if text.isascii() or _CONSONANTS_ONLY.search(text):
        return text
    from anyascii import anyascii

    return re.sub(r"[^a-z0-9]", "", anyascii(text).lower()) or text


# Letters for letters, in this order.
_SOUNDS = (
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("ph", "f"),
    ("ck", "k"),
    ("q", "k"),
    ("x", "ks"),
    ("dh", "d"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ie", "i"),
    ("ay", "ai"),
    ("ei", "ai"),
    ("ey", "ai"),
)
_BONES = (
    ("kh", "h"),
    ("gh", "j"),
    ("g", "j"),
    ("sh", "x"),
    ("ch", "x"),
    ("c", "x"),
    ("th", "t"),
    ("z", "d"),
    ("p", "b"),
    ("v", "f"),
)
_HARD_C = re.compile(r"c(?![heiy])")
_AU = re.compile(r"[ao]w(?![aeiou])")
_VOWELS = str.maketrans("yeo", "iiu")
_UNWRITTEN = str.maketrans("", "", "aiuw")


def _replace(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        text = text.replace(old, new)
    return text


@lru_cache(maxsize=1 << 16)
def sound(text: str) -> str:
    """A word in small Latin letters by its sound; spellings that differ by rule have one sound."""
    if text.isdigit():
        return text
    text = _AU.sub("au", _HARD_C.sub("k", _replace(text, _SOUNDS)))
    text = _DOUBLED.sub(r"\1", text.translate(_VOWELS))
    return text[:-1] if text.endswith(("ah", "ih", "uh")) else text


@lru_cache(maxsize=1 << 16)
def skeleton(text: str) -> str:
    """The consonants of a word in small Latin letters, alike sounds as one."""
    text = sound(text)
    if text.isdigit():
        return text
    text = _replace(text.removesuffix("t") if text.endswith("at") else text, _BONES)
    return _DOUBLED.sub(r"\1", text[:1].strip("aiu") + text[1:].translate(_UNWRITTEN))


_OF_LETTERS = {"dh": "d", "z": "d", "kh": "h", "gh": "j", "g": "j", "sh": "x", "th": "t", "q": "k", "v": "f"}


def _of_consonants(text: str) -> tuple[str, str]:
    """Latin letters and consonants of a word in Arabic or Hebrew script, without article and ending."""
    stem = re.sub(r"^(?:و?ال|لل)(?=..)", "", text)
    letters = [re.sub(r"[^a-z0-9]", "", _latin_letter(c)) for c in stem]
    bones = [_OF_LETTERS.get(letter, letter).replace("p", "b") for letter in letters if letter]
    if len(bones) > 1 and bones[-1] == "h":
        bones.pop()
    kept = [b for n, b in enumerate(bones) if not (b in "aeiou" or (n > 0 and b in "wy"))]
    return "".join(letters) or text, _DOUBLED.sub(r"\1", "".join(kept))


@lru_cache(maxsize=1 << 10)
def _latin_letter(letter: str) -> str:
    from anyascii import anyascii

    return anyascii(letter).lower()


def neighbours(bones: str) -> Iterator[str]:
    """The consonants and, of four and more, those with one left out; words near each other share one."""
    yield bones
    if len(bones) > 3:
        yield from {bones[:n] + bones[n + 1 :] for n in range(len(bones))}
