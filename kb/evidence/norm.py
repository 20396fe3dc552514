"""norm 1 (model, section 7): the form in which quotations are compared and summed.

Two stages. Single characters first: white space, hyphens, dashes, superscript digits and the marks of
Markdown emphasis go out; curly quotation marks and ligatures become plain. Then what takes several
characters, until nothing changes: composition (NFC), `<sup>…</sup>`, link targets, ellipses. In this
order a line break or a hyphen put in by a text layer is nowhere seen, not even inside an ellipsis or a
tag, and norming twice is norming once. Letters, digits, case, diacritics and punctuation stay.

A link is only taken for one when its target looks like an address: `[x](#)`, `[x](https://…)`,
`[x](../page.html)`. In `[of Iraq] (ISI)` the second bracket holds words, and they count.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

Edit = tuple[int, int, str]  # from, to, what stands there instead

_WHITE = [c for c in map(chr, range(0x3001)) if c.isspace()] + list("\u180e\u200b\u2060\ufeff")
_DASHES = (
    "-\u00ad\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2e3a\u2e3b\ufe58\ufe63\uff0d"
)
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_EMPHASIS = "*_"
_CHANGES = {
    **dict.fromkeys([*_WHITE, *_DASHES, *_SUPERSCRIPTS, *_EMPHASIS], ""),
    **dict.fromkeys("‘’‚‛ʼ", "'"),
    **dict.fromkeys("“”„‟", '"'),
    **{c: unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆ"},
    "⋯": "…",
}
_TRANSLATION = str.maketrans(_CHANGES)
_CHARACTERS = re.compile(f"[{re.escape(''.join(_CHANGES))}]")
_SUP = re.compile(r"<sup[^<>]*>(?:(?!</?sup).){0,300}</sup>", re.IGNORECASE | re.DOTALL)
_LABEL = r"!?\[((?:[^\[\]]|\[[^\[\]]*\]){0,500})\]"
_ADDRESS = (
    r"(?:[a-z][a-z0-9+.]*://|mailto:|www\.|\.{0,2}/)(?:[^()]|\([^()]*\))*|[\w./%~]+\.[a-z]{2,5}(?:#[^()]*)?"
)
_LINK = re.compile(_LABEL + rf"\((?:#[^()]*|{_ADDRESS}|)\)", re.DOTALL)
_ELLIPSIS = re.compile(r"(?:\.\.\.|\.+…|…(?=[.…]))[.…]*|\[…\]|\(…\)")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in norm 1, and the way back: character i stands for `starts[i]` to `ends[i]` of the text."""

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the text of the characters from `start` up to, not including, `end`."""
        return self.starts[start], self.ends[end - 1]


def normal(text: str) -> Normal:
    """The text in norm 1, with its map of offsets."""
    size = len(text)
    made = Normal(text, array("I", range(size)), array("I", range(1, size + 1)))
    made = _edited(made, [(m.start(), m.end(), _CHANGES[m[0]]) for m in _CHARACTERS.finditer(text)])
    while edits := _first_edits(made.text):
        made = _edited(made, edits)
    return made


def norm(text: str) -> str:
    """The text in norm 1."""
    text = text.translate(_TRANSLATION)
    while edits := _first_edits(text):
        text = _replaced(text, edits)
    return text


def sum_of(words: str) -> str:
    """SHA-256 of the words in norm 1 (UTF-8), as hexadecimal digits."""
    return hashlib.sha256(norm(words).encode()).hexdigest()


def shown(words: str) -> str:
    """The words as a person reads them: notes, emphasis and link targets out, white space made single.

    Its sum is that of the words.
    """
    words = _SUP.sub("", words)
    words = re.sub(_LABEL + r"\(\s*(?:#[^()]*|https?://[^()\s]*|)\s*\)", r"\1", words)
    words = re.sub(rf"[{_SUPERSCRIPTS}*\u00ad]|(?<!\w)_+|_+(?!\w)", "", words)
    return " ".join(words.split())


def _first_edits(text: str) -> list[Edit]:
    return next((edits for step in _STEPS if (edits := list(step(text)))), [])


def _replaced(text: str, edits: Iterable[Edit]) -> str:
    pieces: list[str] = []
    at = 0
    for start, end, new in edits:
        pieces += (text[at:start], new)
        at = end
    return "".join((*pieces, text[at:]))


def _edited(old: Normal, edits: Sequence[Edit]) -> Normal:
    """The same with pieces replaced; each character put in stands for all that it replaces."""
    starts, ends = array("I"), array("I")
    at = 0
    for start, end, new in edits:
        starts += old.starts[at:start]
        ends += old.ends[at:start]
        if new:
            starts.extend([old.starts[start]] * len(new))
            ends.extend([old.ends[end - 1]] * len(new))
        at = end
    return Normal(_replaced(old.text, edits), starts + old.starts[at:], ends + old.ends[at:])


def _composed(text: str) -> Iterator[Edit]:
    if unicodedata.is_normalized("NFC", text):
        return
    for match in _clusters().finditer(text):
        if (new := unicodedata.normalize("NFC", match[0])) != match[0]:
            yield (*match.span(), new)


@cache
def _clusters() -> re.Pattern[str]:
    """A character with all that may compose with it: marks, and the later letters of a Hangul syllable."""
    marks = (chr(n) for n in range(0x300, 0x20000) if unicodedata.category(chr(n))[0] == "M")
    joins = f"[{''.join(marks)}\u1160-\u11ff]"
    return re.compile(f".?{joins}+|[^\\x00-\\x7f]", re.DOTALL)


def _without_notes(text: str) -> Iterator[Edit]:
    return ((*match.span(), "") for match in _SUP.finditer(text))


def _without_targets(text: str) -> Iterator[Edit]:
    for match in _LINK.finditer(text):
        yield match.start(), match.start(1), ""
        yield match.end(1), match.end(), ""


def _one_ellipsis(text: str) -> Iterator[Edit]:
    return ((*match.span(), "…") for match in _ELLIPSIS.finditer(text))


_STEPS: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _composed,
    _without_notes,
    _without_targets,
    _one_ellipsis,
)
