"""How alike two names are: folding, transliteration, comparison."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_BETWEEN = re.compile(r"[^\w]+")
_APOSTROPHES = re.compile(r"['`´‘’ʼʾʿʻʽ]")  # as in Da'esh; transliterations differ in them
LONGEST = 200  # no name is longer; what is longer is no name and would take long to compare


class Likeness(NamedTuple):
    """How near two names are (0 to 100; 100 = the same after folding), and why, in words."""

    score: float
    reason: str


def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation and repeated blanks, for comparing."""
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name).casefold())
    return _BETWEEN.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip() or name


def compare(a: str, b: str) -> Likeness:
    """How alike two names are; symmetric."""
    from rapidfuzz import fuzz

    one, other = sorted((fold(a), fold(b)))
    if one == other:
        return Likeness(100.0, "same name")
    if max(len(one), len(other)) > LONGEST:
        return Likeness(0.0, "too long to compare")
    return Likeness(min(99.0, fuzz.token_sort_ratio(one, other)), "near spelling")
