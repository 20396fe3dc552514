"""Works as BibTeX, with the id of the work as its key.

Types go to the entry types of BibTeX's own styles (Patashnik, BibTeXing, 1988); what they lack is `@misc`.
Text is UTF-8 with the characters escaped that LaTeX takes for commands; titles stand in double braces, so
that no style changes their case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kb.export.csl import Item, items, years

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry-encyclopedia": "incollection",
    "manuscript": "unpublished",
    "pamphlet": "booklet",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_CONTAINER = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
_PUBLISHER = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}
_OTHERS = {  # the styles print none of these; a `note` would stand in the bibliography
    "archive": "archive",
    "archive_location": "archive_location",
    "language": "language",
    "note": "annote",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ESCAPES = {
    **{char: f"\\{char}" for char in "&%$#_{}"},
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def bibtex(sources: Sequence[Mapping[str, Any]]) -> str:
    """One entry for each work (cells of the table `sources`), with an empty line between them."""
    return "\n".join(_entry(work) for work in items(sources))


def escaped(text: str) -> str:
    """Text in which LaTeX finds no command."""
    return "".join(_ESCAPES.get(char, char) for char in " ".join(text.split()))


def _entry(work: Item) -> str:
    kind = _TYPES.get(work["type"], "misc")
    if kind == "phdthesis" and work.get("genre", "").startswith("M"):
        kind = "mastersthesis"
    fields = "".join(f"  {field} = {value},\n" for field, value in _fields(work, kind))
    return f"@{kind}{{{work['id']},\n{fields}}}\n"


def _fields(work: Item, kind: str) -> Iterator[tuple[str, str]]:
    for role in ("author", "editor", "translator"):
        if role in work:
            yield role, "{" + " and ".join(map(_name, work[role])) + "}"
    yield "title", "{{" + escaped(work["title"]) + "}}"
    texts = {
        _CONTAINER.get(kind, "howpublished"): work.get("container-title") or _kept(work, kind),
        _PUBLISHER.get(kind, "publisher"): work.get("publisher"),
        "address": work.get("publisher-place"),
        "type": work.get("genre"),
        "series": work.get("collection-title"),
        "volume": work.get("volume"),
        "number": work.get("issue") or work.get("collection-number"),
        "pages": work.get("page", "").replace("–", "--"),
        "year": _year(work),
    }
    yield from ((field, "{" + escaped(text) + "}") for field, text in texts.items() if text)
    yield from _day(work)
    for field in ("DOI", "URL"):
        if field in work:
            yield field.lower(), "{" + _verbatim(work[field]) + "}"
    if kind == "unpublished":  # the styles ask for it
        yield "note", "{Unpublished manuscript}"
    for key, field in _OTHERS.items():
        if key in work:
            yield field, "{" + escaped(work[key]) + "}"


def _kept(work: Item, kind: str) -> str:
    """Where a document lies that was never published: the styles print `howpublished`."""
    return ", ".join(work[key] for key in ("archive", "archive_location") if key in work) * (kind == "misc")


def _name(name: Item) -> str:
    if "literal" in name:
        return "{" + escaped(name["literal"]) + "}"
    return ", ".join(escaped(name[part]) for part in ("family", "suffix", "given") if part in name)


def _year(work: Item) -> str:
    return ("ca. " if work.get("issued", {}).get("circa") else "") + years(work) if years(work) else ""


def _day(work: Item) -> Iterator[tuple[str, str]]:
    parts = work.get("issued", {}).get("date-parts", [])
    if len(parts) == 1 and len(parts[0]) > 1:
        yield "month", _MONTHS[parts[0][1] - 1]
    if len(parts) == 1 and len(parts[0]) > 2:
        yield "day", "{" + str(parts[0][2]) + "}"


def _verbatim(text: str) -> str:
    """An address: nothing is escaped in it, and braces and backslashes are written as URLs have them."""
    return re.sub(r"[{}\\\s]", lambda match: f"%{ord(match[0]):02X}", text)
