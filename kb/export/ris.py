"""Works as RIS (Research Information Systems, 2001), the form that EndNote, Mendeley and Zotero read.

Tags as Zotero writes them; an archive is `DB`, the number of the document there `AN`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.export.csl import Item, items

_TYPES = {
    "article": "UNPB",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MPCT",
    "chapter": "CHAP",
    "collection": "GEN",
    "dataset": "DATA",
    "document": "GEN",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "pamphlet": "PAMP",
    "paper-conference": "CONF",
    "periodical": "SER",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "song": "SOUND",
    "speech": "GEN",
    "thesis": "THES",
    "treaty": "GEN",
    "webpage": "ELEC",
}
_TEXTS = {
    "container-title": "T2",
    "collection-title": "T3",
    "genre": "M3",
    "volume": "VL",
    "issue": "IS",
    "collection-number": "M1",
    "publisher": "PB",
    "publisher-place": "CY",
    "DOI": "DO",
    "URL": "UR",
    "archive": "DB",
    "archive_location": "AN",
    "language": "LA",
    "note": "N1",
}


def ris(sources: Sequence[Mapping[str, Any]]) -> str:
    """One record for each work (cells of the table `sources`), from `TY` to `ER`."""
    return "\n".join("".join(f"{tag}  - {text}\n" for tag, text in _lines(work)) for work in items(sources))


def _lines(work: Item) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[work["type"]]
    yield "ID", work["id"]
    for role, tag in (("author", "AU"), ("editor", "ED"), ("translator", "A4")):
        yield from ((tag, _name(name)) for name in work.get(role, ()))
    yield "TI", _one_line(work["title"])
    yield from _dates(work)
    yield from ((tag, _one_line(work[key])) for key, tag in _TEXTS.items() if work.get(key))
    if pages := work.get("page"):
        first, _, last = pages.partition("–")
        yield "SP", first
        if last:
            yield "EP", last
    yield "ER", ""


def _name(name: Item) -> str:
    if "literal" in name:
        return _one_line(name["literal"])
    return ", ".join(name[part] for part in ("family", "given", "suffix") if part in name)


def _dates(work: Item) -> Iterator[tuple[str, str]]:
    """Year, and the day as `YYYY/MM/DD/`; of a range the first year, and all of it in words."""
    issued = work.get("issued", {})
    parts = issued.get("date-parts")
    if not parts:
        return
    year, *rest = (f"{number:02}" for number in parts[0])
    season = ("", "Spring", "Summer", "Autumn", "Winter")[issued.get("season", 0)]
    range_ = f"to {parts[1][0]}" if len(parts) > 1 and parts[1][0] else ""
    words = " ".join(filter(None, ["circa" * issued.get("circa", False), season, range_]))
    yield "PY", f"{int(year):04}"
    yield "DA", "/".join([f"{int(year):04}", *rest, *[""] * (2 - len(rest))]) + f"/{words}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
