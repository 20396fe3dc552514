"""Quotations of a book that the full texts do not hold, as faults of their rows."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from kb.errors import Fault
from kb.evidence.quotations import Proof, prove_all
from kb.evidence.texts import Texts
from kb.loading.book import Book, Placed


def lost_quotations(book: Book, texts: Texts) -> list[Fault]:
    """A `quote-lost` fault for each quotation that its text does not hold; without a text there is none.

    Raises InputError for a text that cannot be read.
    """
    evidence = {p.record.ident: p for p in book.of("evidence")}
    sources = {p.record.ident: p.record.cells() for p in book.of("sources")}
    proofs = prove_all((p.record.cells() for p in evidence.values()), sources, texts)
    return [_lost(evidence[proof.evidence], proof) for proof in proofs if proof.verdict == "lost"]


def _lost(placed: Placed, proof: Proof) -> Fault:
    record: Any = placed.record
    hint = "Correct the selector, or the work in found_in."
    if proof.nearest:
        passage = shorten(proof.nearest, 80, placeholder=" …")
        hint = f"Nearest, line {proof.line}: “{passage}”. {hint}"
    message = f"the quotation is not found in {proof.source}: {proof.reason}"
    return placed.fault("quote_start", record.quote_start, "quote-lost", message, hint)
