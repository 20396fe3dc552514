"""What the quotation proof says to a person: verdicts by source, a line for each that is not exact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from textwrap import shorten
from typing import Protocol

from kb.evidence.quotations import Proof


class Place(Protocol):
    """Where a record stands."""

    @property
    def sheet(self) -> str: ...

    @property
    def row(self) -> int: ...


_COLUMNS = {"changed": "quote_sha256", "unchecked": "quote_sha256", "no_text": "found_in"}
_WIDE = 160  # characters shown of a nearest passage


def proofs_text(proofs: Sequence[Proof], places: Mapping[str, Place]) -> Iterator[str]:
    """Lines under a heading for each source; `places` says where each evidence stands in its book."""
    for source, some in groupby(sorted(proofs, key=lambda p: p.source), key=lambda p: p.source):
        here = list(some)
        yield f"{source}: {counts(here)}"
        for proof in here:
            if proof.verdict != "exact":
                yield _line(proof, places[proof.evidence])


def counts(proofs: Sequence[Proof]) -> str:
    """`40 exact, 2 lost`, the most frequent verdict first."""
    return ", ".join(f"{n:,} {verdict}" for verdict, n in Counter(p.verdict for p in proofs).most_common())


def _line(proof: Proof, place: Place) -> str:
    column = _COLUMNS.get(proof.verdict, "quote_start")
    line = (
        f"  {proof.verdict} {proof.evidence} ({place.sheet} row {place.row}, column {column}): {proof.reason}"
    )
    if not proof.nearest:
        return line + "; nothing there comes near" * (proof.verdict == "lost")
    label = "nearest" if proof.verdict == "lost" else "here"
    return f"{line}; {label}, line {proof.line}: “{shorten(proof.nearest, _WIDE, placeholder=' …')}”"
