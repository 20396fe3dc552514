"""Whole quotations, kept on the evidence as the property `words` so that they can be found and shown.

They are read from the full texts and no part of a book: not in the change log, not exported. They stay when
a load rewrites the evidence, and go when its selector or its work changes (`kb.loading.derived`).
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.evidence.quotations import whole_quotation
from kb.evidence.texts import Texts
from kb.graph import Graph
from kb.loading import read
from kb.loading.read import chunks


@dataclass(frozen=True, slots=True)
class Kept:
    """How many quotations were looked for and are kept whole; ids of the evidence that was not found."""

    looked_for: int
    whole: int
    lost: tuple[str, ...]


def keep_words(graph: Graph, texts: Texts) -> Kept:
    """Store every quotation that is proved exact in the texts, and drop those that are so no longer.

    Evidence whose text is not in the folder is left as it is. Raises InputError for a text that cannot be
    read; then nothing is written.
    """
    sources = {ident: cells for _, ident, cells in read.nodes(graph, "Source")}
    present = texts.present(sources)
    found = {
        ident: whole_quotation(cells, present[cells["found_in"]])
        for _, ident, cells in read.nodes(graph, "Evidence")
        if cells.get("quote_start") and cells["found_in"] in present
    }
    rows = [{"id": ident, "words": words or None} for ident, words in found.items()]
    for chunk in chunks(rows):
        graph.write(lambda tx, some=chunk: tx.run(_KEEP, rows=some))  # type: ignore[misc]
    lost = tuple(ident for ident, words in found.items() if not words)
    return Kept(len(found), len(found) - len(lost), lost)


_KEEP = "UNWIND $rows AS row MATCH (e:Evidence {id: row.id}) SET e.words = row.words"


def copy_words(live: Graph, past: Graph) -> None:
    """Give a second graph the words that the first one keeps, where the selector is the same."""
    kept = {row["id"]: row for row in live.rows(_SELECTORS, {"ids": []})}
    rows = []
    for row in past.rows(_SELECTORS, {"ids": list(kept)}):
        one = kept.get(row["id"])
        words = one["words"] if one and one["selector"] == row["selector"] else None
        if words != row["words"]:
            rows.append({"id": row["id"], "words": words})
    for chunk in chunks(rows):
        past.write(lambda tx, some=chunk: tx.run(_KEEP, rows=some))  # type: ignore[misc]


_SELECTORS = """
MATCH (e:Evidence)-[:FOUND_IN]->(s:Source) WHERE e.words IS NOT NULL OR e.id IN $ids
RETURN e.id AS id, e.words AS words,
       [s.id, e.quote_before, e.quote_start, e.quote_end, e.quote_words, e.quote_sha256] AS selector
"""
