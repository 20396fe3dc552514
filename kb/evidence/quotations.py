"""The quotation proof (model, section 7): each selector is found again in its text, and its sum compared.

A selector holds the first and last words of a quotation, never the whole. From every place where the
first words stand, the passages that end with the last words are followed. An equal sum decides;
without one the passage nearest in length to `quote_words` is taken, and none beyond twice that. Two
places that begin alike are never chosen between: `line` only orders what is shown.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from kb.errors import NotFound
from kb.evidence.norm import norm
from kb.evidence.texts import FullText, Texts

Cells = Mapping[str, Any]
Verdict = Literal["exact", "changed", "ambiguous", "lost", "unchecked", "no_text"]
BAD: frozenset[Verdict] = frozenset({"changed", "ambiguous", "lost", "unchecked"})

REACH = 8_000  # characters between two segments: a page of notes, or the author's words
MANY = 100  # places looked at: what begins so more often is no selector
MOST = 200  # passages looked at from one place
LONG = 3_000  # words: no quotation is longer, whatever its sum
BETWEEN = 6  # marks between the words in front and a short quotation
NEAR = 50  # how alike a passage must be to be shown as the nearest, of 100
LINES = 5  # lines named where a quotation stands more than once
LONGEST = 60  # words of a nearest passage
_QUOTES = "“”‘’\"'"
_LAST_MARKS = re.compile(r"\W+$")


@dataclass(frozen=True, slots=True)
class Selector:
    """The cells `quote_*` of an evidence in norm 1; a segment is its first and its last words."""

    before: str
    segments: tuple[tuple[str, str], ...]
    words: int | None
    sha256: str | None
    line: int | None


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a text that a selector fits: offsets of its segments, words, and the sum of it all."""

    spans: tuple[tuple[int, int], ...]
    words: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one quotation.

    `reason` says why it is not exact; `nearest` is the passage that was found, or that comes nearest,
    and `line` where it stands. `sha256` is the sum of the passage when just one was found.
    """

    evidence: str
    verdict: Verdict
    source: str
    reason: str = ""
    nearest: str = ""
    line: int | None = None
    sha256: str | None = None

    def filled(self) -> Proof:
        """The proof once its sum is written."""
        return Proof(self.evidence, "exact", self.source, sha256=self.sha256)

    def as_dict(self) -> dict[str, str | None]:
        """The same for JSON: evidence, verdict, source, nearest."""
        return {
            "evidence": self.evidence,
            "verdict": self.verdict,
            "source": self.source,
            "nearest": self.nearest or None,
        }


def prove_all(evidence: Iterable[Cells], sources: Mapping[str, Cells], texts: Texts) -> list[Proof]:
    """A proof for each evidence that has a selector, in the order given.

    `sources` maps ids to the cells of sources: a quotation is looked for in the text of its `found_in`.
    Raises InputError when a text is there and cannot be read.
    """
    return [_prove_in(cells, sources, texts) for cells in evidence if cells.get("quote_start")]


def _prove_in(cells: Cells, sources: Mapping[str, Cells], texts: Texts) -> Proof:
    try:
        text = texts.of(sources.get(cells["found_in"]))
    except NotFound as missing:
        return Proof(cells["id"], "no_text", cells["found_in"], str(missing))
    return prove(cells, text)


def prove(cells: Cells, text: FullText) -> Proof:
    """Find the quotation of one evidence in a text and judge it."""
    return _judge(cells, text)[0]


def whole_quotation(cells: Cells, text: FullText) -> str:
    """The words of a quotation, segments joined by ` | `; empty unless it is proved exact."""
    proof, passage = _judge(cells, text)
    return _words(passage, text) if passage and proof.verdict == "exact" else ""


def selector_of(cells: Cells) -> Selector:
    """The selector of an evidence that has one."""
    starts = [norm(piece) for piece in cells["quote_start"].split("|")]
    ends = [norm(piece) for piece in (cells.get("quote_end") or "").split("|")]
    ends += [""] * (len(starts) - len(ends))
    before = _LAST_MARKS.sub("", norm(cells.get("quote_before") or ""))
    segments = tuple(zip(starts, ends, strict=False))
    return Selector(before, segments, cells.get("quote_words"), cells.get("quote_sha256"), cells.get("line"))


def _judge(cells: Cells, text: FullText) -> tuple[Proof, Passage | None]:
    """The proof, and the passage when just one is left."""
    selector = selector_of(cells)
    found = _found(selector, text)
    equal = _equal(selector, found)
    if len(equal or found) > 1:
        return _ambiguous(cells, selector, equal or found, text), None
    if not found:
        return _lost(cells, selector, text), None
    passage = (equal or found)[0]
    if equal:
        return Proof(cells["id"], "exact", cells["found_in"], sha256=passage.sha256), passage
    return _unequal(cells, passage, text), passage


def _words(passage: Passage, text: FullText) -> str:
    return " | ".join(text.passage(*span) for span in passage.spans)


def changed_texts(sources: Mapping[str, Cells], texts: Texts) -> dict[str, FullText]:
    """Source to text, where the file is not the one whose sum stands in `text_sha256`."""
    present = texts.present(sources)
    return {i: t for i, t in present.items() if sources[i].get("text_sha256", t.sha256) != t.sha256}


def missing_sums(
    proofs: Iterable[Proof], sources: Mapping[str, Cells], texts: Texts
) -> dict[tuple[str, str], str]:
    """(id, column) to sum: what `kb verify --fill` writes, of quotations found and of texts.

    Nothing is summed in a text that changed since it was summed itself.
    """
    changed = changed_texts(sources, texts)
    found = {
        (p.evidence, "quote_sha256"): p.sha256 or ""
        for p in proofs
        if p.verdict == "unchecked" and p.source not in changed
    }
    present = texts.present(sources)
    return found | {
        (i, "text_sha256"): t.sha256 for i, t in present.items() if not sources[i].get("text_sha256")
    }


# --- where a selector fits ----------------------------------------------------------------------


def _found(selector: Selector, text: FullText) -> list[Passage]:
    """The best passage from each place where the first words stand, none twice too long.

    One whose sum is equal may have any length: `quote_words` is only a hint.
    """
    near = _from_each(selector, text, 2 * selector.words if selector.words else LONG)
    if not selector.sha256 or _equal(selector, near):
        return near
    return _equal(selector, _from_each(selector, text, LONG)) or near


def _equal(selector: Selector, passages: Iterable[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.sha256 == selector.sha256]


def _from_each(selector: Selector, text: FullText, most: int) -> list[Passage]:
    return [best for at in _starts(selector, text) if (best := _best(selector, text, at, most))]


def _starts(selector: Selector, text: FullText) -> list[int]:
    places = text.find(selector.segments[0][0])
    return list(islice((at for at in places if _follows(text, selector.before, at)), MANY))


def _best(selector: Selector, text: FullText, at: int, most: int) -> Passage | None:
    """The passage that begins here and has the sum, else the length, that is wanted."""
    passages = list(islice(_passages(text, selector.segments, at, most), MOST))
    wanted = selector.words or 0
    return min(
        passages,
        key=lambda p: (p.sha256 != selector.sha256, abs(p.words - wanted), p.spans[-1]),
        default=None,
    )


def _passages(
    text: FullText,
    segments: tuple[tuple[str, str], ...],
    at: int,
    most: int,
    before: Passage | None = None,
) -> Iterator[Passage]:
    """Every passage whose first segment begins here, of at most so many words, short ones first."""
    start, end = segments[0]
    spans, words = (before.spans, before.words) if before else ((), 0)
    for stop in _stops(text, start, end, at):
        length = words + text.words_between(at, stop)
        if length > most:
            return
        passage = Passage((*spans, (at, stop)), length, "")
        if len(segments) == 1:
            yield Passage(passage.spans, length, _sum(passage, text))
            continue
        places = text.find(segments[1][0])
        for place in places[bisect_left(places, stop) : bisect_right(places, stop + REACH)]:
            yield from _passages(text, segments[1:], place, most, passage)


def _stops(text: FullText, start: str, end: str, at: int) -> list[int]:
    """Where a segment that begins here may end; its last words may be among its first."""
    if not end:
        return [at + len(start)]
    places = text.find(end)
    stops = (place + len(end) for place in places[bisect_left(places, at) :])
    return [stop for stop in stops if stop >= at + len(start)]


def _sum(passage: Passage, text: FullText) -> str:
    return hashlib.sha256("".join(text.normal.text[a:b] for a, b in passage.spans).encode()).hexdigest()


def _follows(text: FullText, before: str, at: int) -> bool:
    """Whether these words stand in front; marks such as the quotation mark may come between."""
    marks = _LAST_MARKS.search(text.normal.text[max(at - BETWEEN, 0) : at])
    return text.normal.text.endswith(before, 0, at - (len(marks[0]) if marks else 0))


# --- what to say when it does not ---------------------------------------------------------------


def _ambiguous(cells: Cells, selector: Selector, found: list[Passage], text: FullText) -> Proof:
    lines = [text.line_of(p.spans[0][0]) for p in found]
    near = min(range(len(found)), key=lambda n: abs(lines[n] - (selector.line or 0)))
    where = ", ".join(map(str, sorted(lines)[:LINES])) + " …" * (len(lines) > LINES)
    alike = "with the same sum " if found[0].sha256 == selector.sha256 else ""
    reason = f"it stands {len(found)} times {alike}in the text, in lines {where}"
    return Proof(cells["id"], "ambiguous", cells["found_in"], reason, _words(found[near], text), lines[near])


def _unequal(cells: Cells, passage: Passage, text: FullText) -> Proof:
    verdict: Verdict = "changed" if cells.get("quote_sha256") else "unchecked"
    reason = {"changed": "its words are not those that were summed", "unchecked": "found, and not summed yet"}
    words, line = _words(passage, text), text.line_of(passage.spans[0][0])
    return Proof(cells["id"], verdict, cells["found_in"], reason[verdict], words, line, passage.sha256)


def _lost(cells: Cells, selector: Selector, text: FullText) -> Proof:
    nearest, line = _nearest(selector, text)
    return Proof(cells["id"], "lost", cells["found_in"], _why_lost(selector, text), nearest, line)


def _why_lost(selector: Selector, text: FullText) -> str:
    for n, (start, end) in enumerate(selector.segments, 1):
        segment = f" of segment {n}" if len(selector.segments) > 1 else ""
        if not text.find(start):
            return f"the first words{segment} are not in the text"
        if end and not text.find(end):
            return f"the last words{segment} are not in the text"
    if not _starts(selector, text):
        return "the words do not follow those of quote_before"
    found = _from_each(selector, text, LONG)
    if not found:
        return "the first and the last words are there, but not in this order"
    fewest = min(passage.words for passage in found)
    return f"the last words follow only after {fewest} words, quote_words is {selector.words}"


def _nearest(selector: Selector, text: FullText) -> tuple[str, int | None]:
    """The passage most like the first words, else like the last, and its line."""
    from rapidfuzz.fuzz import partial_ratio_alignment

    count = min(selector.words or 12, LONGEST)
    for needle, direction in ((selector.segments[0][0], 1), (selector.segments[-1][1], -1)):
        near = partial_ratio_alignment(needle, text.normal.text, score_cutoff=NEAR) if needle else None
        if near and near.dest_end > near.dest_start:
            at = near.dest_start if direction == 1 else near.dest_end - 1
            return text.words_at(at, direction * count).strip(_QUOTES), text.line_of(at)
    return "", None
